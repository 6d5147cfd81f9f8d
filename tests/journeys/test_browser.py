"""A handler in a real browser, with scripts off: log in, filter, open a clue, sign for it, exclude it."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from house import SHUJIAN, House

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.lane("browser")

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
FLAGS += ["--disable-component-update", "--disable-sync"]
SIZES = {"wall": (1920, 1080), "desk": (1366, 768), "phone": (390, 844)}


@dataclass(frozen=True)
class Site:
    """A served home: its address and the account of each role."""

    address: str
    accounts: dict[str, tuple[str, str]]


@pytest.fixture(scope="module")
def site(ran: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    house = ran.copy(tmp_path_factory.mktemp("site") / "home")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [SHUJIAN, "serve", "--port", str(port)], stdout=subprocess.PIPE, text=True, env=house.environment()
    )
    try:
        assert server.stdout is not None
        assert server.stdout.readline().startswith(f"READY http://127.0.0.1:{port}/")
        path = house.root / "demo-accounts.json"
        assert path.stat().st_mode & 0o077 == 0
        made = json.loads(path.read_text("utf-8"))["accounts"]
        yield Site(
            f"http://127.0.0.1:{port}", {one["role"]: (one["username"], one["password"]) for one in made}
        )
    finally:
        server.terminate()
        assert server.wait(timeout=20) == 0


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    found = next(
        path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))
    )
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=found, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: playwright.Browser, request: pytest.FixtureRequest) -> Iterator[playwright.Page]:
    """A page that keeps every complaint of the browser; scripts are off, as on a locked-down desk."""
    width, height = SIZES[getattr(request, "param", "desk")]
    context = browser.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=False, locale="zh-CN"
    )
    complaints: list[str] = []
    opened = context.new_page()
    opened.on(
        "console",
        lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None,
    )
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("requestfailed", lambda asked: complaints.append(f"failed: {asked.url}"))
    opened.on(
        "response", lambda got: complaints.append(f"{got.status} {got.url}") if got.status >= 400 else None
    )
    yield opened
    context.close()
    refused = request.node.get_closest_marker("refused") is not None
    assert [told for told in complaints if not (refused and "403" in told)] == []


def _log_in(page: playwright.Page, site: Site, role: str) -> None:
    username, password = site.accounts[role]
    page.goto(site.address + "/")
    page.get_by_label("账号").fill(username)
    page.get_by_label("口令").fill(password)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(site.address + "/")


def _fits(page: playwright.Page) -> bool:
    """Whether the page needs no sideways scrolling (measured from outside: scripts are off)."""
    size = page.locator("body").bounding_box()
    view = page.viewport_size
    assert size is not None and view is not None
    return bool(size["width"] <= view["width"] + 1)


def test_a_handler_excludes_a_clue_with_a_reason(page: playwright.Page, site: Site) -> None:
    _log_in(page, site, "CBR")
    page.get_by_role("link", name="线索", exact=True).first.click()
    page.get_by_label("状态").select_option(label="待初核")
    page.get_by_role("button", name="筛选").click()
    page.locator("a.clue-title").click()
    text = page.inner_text("main")
    assert "咬伤" in text and "dog_complaint.csv" in text and "第 2 行" in text.replace("第2行", "第 2 行")
    assert "999999198001010011" not in page.content()
    page.get_by_role("button", name="签收").click()
    page.locator("summary", has_text="排除").click()
    page.get_by_role("region", name="办理").get_by_label("理由").select_option(label="数据过期")
    page.get_by_role("region", name="办理").get_by_label("说明").last.fill("已向公安局核对，登记在前一日补办")
    page.get_by_role("button", name="确认排除").click()
    assert "数据过期" in page.inner_text("main")
    page.goto(site.address + "/clues/?state=C9")
    assert page.locator("a.clue-title").count() == 1


@pytest.mark.parametrize("page", SIZES, indirect=True)
def test_pages_fit_and_complain_of_nothing(page: playwright.Page, site: Site) -> None:
    _log_in(page, site, "CBR")
    for where in ("/", "/clues/", "/models/", "/models/convicted_staff/"):
        page.goto(site.address + where)
        assert page.locator("h1").count() == 1
        assert _fits(page), where
    page.goto(site.address + "/clues/")
    page.locator("a.clue-title").first.click()
    assert _fits(page)


@pytest.mark.refused
def test_a_wrong_password_says_so_and_opens_nothing(page: playwright.Page, site: Site) -> None:
    page.goto(site.address + "/clues/")
    page.get_by_label("账号").fill("demo_cbr")
    page.get_by_label("口令").fill("不对的口令")
    page.get_by_role("button", name="登录").click()
    assert page.get_by_role("alert").count() == 1
    assert "咬伤" not in page.content()


def test_a_clue_prints_on_paper(page: playwright.Page, site: Site, tmp_path: Path) -> None:
    _log_in(page, site, "CBR")
    page.goto(site.address + "/clues/")
    page.locator("a.clue-title").first.click()
    page.get_by_role("link", name="打印稿").click()
    path = tmp_path / "clue.pdf"
    page.pdf(path=str(path), format="A4")
    done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True)
    assert "犬只投诉" in done.stdout
