"""Fetching by a list, against a server on the loopback: kept whole, replayed without network, never off the list."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from shujian.kernel.errors import ShujianError
from shujian.lake import read
from shujian.lake.arrivals import allowed, snapshots
from shujian.lake.arrivals.allowed import WebSettings, check_url, resolve
from shujian.lake.arrivals.fetching import fetch, replay

PAGE = "<table><tr><td>受案编号</td><td>示公受案〔2026〕{n}号</td></tr><tr><td>公开时间</td><td>2026-05-0{n}</td></tr></table>"
INDEX = (
    '<a href="p/1.html">一</a><a href="/pub/p/2.html#x">二</a><a href="p/1.html">又</a>'
    '<a href="/other/3.html">三</a><a href="p/4.html">四</a>'
)


class Site:
    """A server whose pages a test sets; it remembers what was asked."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                status, headers, body = site.pages.get(self.path, (404, {}, b"none"))
                if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                    status, body = 304, b""
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                return None

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_port}"

    def put(self, path: str, body: str | bytes, status: int = 200, **headers: str) -> None:
        content = body.encode() if isinstance(body, str) else body
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = (status, {"Content-Type": "text/html", **told}, content)


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    thread = threading.Thread(target=made.server.serve_forever)
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


@pytest.fixture
def settings(arrivals_home: Path, site: Site) -> Callable[..., Path]:
    def write(**changed: Any) -> Path:
        told = {
            "enabled": True, "interval": 0, "allow": [f"{site.base}/pub/"], "private": ["127.0.0.1"],
            "targets": {
                "进展": {"source": "police_disclosure", "url": f"{site.base}/pub/index.html", "as": "index", "links": r"/p/\d\.html$"},
                "一页": {"source": "police_disclosure", "url": f"{site.base}/pub/p/1.html", "as": "page"},
                "名册": {"source": "police_disclosure", "url": f"{site.base}/pub/list.csv", "as": "file"},
            }, **changed,
        }  # fmt: skip
        path = arrivals_home / "http.yaml"
        path.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
        path.chmod(0o600)
        return path

    return write


def _fill(site: Site) -> None:
    site.put("/pub/index.html", INDEX)
    for n in (1, 2):
        site.put(f"/pub/p/{n}.html", PAGE.format(n=n), ETag=f'"v{n}"')


def _code(source: str, name: str) -> tuple[str, int]:
    with pytest.raises(ShujianError) as caught:
        fetch(source, name)
    return caught.value.faults[0].code, caught.value.exit_code


def test_an_index_gives_its_pages_once_each_and_only_those_on_the_list(
    settings: Callable[..., Path], site: Site
) -> None:
    settings()
    _fill(site)
    kept, report = fetch("police_disclosure", "进展", max_rejects="1")
    assert (report.files[0].landed, report.files[0].rejected) == (2, 1)
    assert [path for path, _ in site.asked] == [
        "/robots.txt",
        "/pub/index.html",
        "/pub/p/1.html",
        "/pub/p/2.html",
        "/pub/p/4.html",
    ]
    (reject,) = read.rejects(report.batch)
    assert (reject.file, reject.code) == (f"{site.base}/pub/p/4.html", "http_status")
    with read.open_session(read.pin()) as session:
        files = session.sql(f"select _file from {session.attach('police_disclosure')} order by 1")[
            "_file"
        ].to_pylist()
    assert files == [f"{site.base}/pub/p/1.html", f"{site.base}/pub/p/2.html"]
    answers = kept.record["answers"]
    assert [entry["role"] for entry in answers] == ["index", "page", "page", "page"]
    assert (kept.folder / answers[1]["file"]).read_bytes() == PAGE.format(n=1).encode()
    assert answers[1]["headers"]["etag"] == '"v1"' and answers[1]["status"] == 200


def test_a_snapshot_is_replayed_without_network_and_adds_nothing(
    settings: Callable[..., Path], site: Site
) -> None:
    settings()
    _fill(site)
    kept, _ = fetch("police_disclosure", "进展", max_rejects="1")
    asked = len(site.asked)
    again, report = replay("police_disclosure", kept.id, max_rejects="1")
    assert (again.id, report.files[0].state, len(site.asked)) == (kept.id, "same", asked)


def test_an_unchanged_page_is_not_sent_again_but_kept_whole(
    settings: Callable[..., Path], site: Site
) -> None:
    settings()
    _fill(site)
    fetch("police_disclosure", "一页")
    kept, report = fetch("police_disclosure", "一页")
    assert site.asked[-1][1]["if-none-match"] == '"v1"'
    (entry,) = kept.record["answers"]
    assert (entry["status"], entry["unchanged"], report.files[0].state) == (304, True, "same")
    assert (kept.folder / entry["file"]).read_bytes() == PAGE.format(n=1).encode()
    assert len(snapshots.snapshots("police_disclosure")) == 2


def test_a_data_file_lands_as_a_file(settings: Callable[..., Path], site: Site) -> None:
    settings()
    site.put("/pub/list.csv", "受案编号,公开时间\n示1号,2026-05-01\n".encode("gb18030"))
    _, report = fetch("police_disclosure", "名册")
    assert (report.files[0].landed, report.files[0].encoding) == (1, "gb18030")


def test_it_is_off_by_default_and_names_only_targets(
    settings: Callable[..., Path], arrivals_home: Path, site: Site
) -> None:
    assert _code("police_disclosure", "一页") == ("fetch_off", 3)
    settings(enabled=False)
    assert _code("police_disclosure", "一页") == ("fetch_off", 3)
    path = settings()
    assert _code("police_disclosure", f"{site.base}/pub/p/1.html") == ("unknown_target", 2)
    assert _code("judgment", "一页") == ("unknown_target", 2)
    path.chmod(0o644)
    assert _code("police_disclosure", "一页") == ("open_to_others", 3)
    assert site.asked == [] and snapshots.snapshots("police_disclosure") == []


def test_a_redirect_off_the_list_is_not_followed(settings: Callable[..., Path], site: Site) -> None:
    settings()
    site.put("/pub/p/1.html", "", 302, Location="/secret.html")
    site.put("/secret.html", PAGE.format(n=9))
    assert _code("police_disclosure", "一页") == ("not_allowed", 3)
    assert "/secret.html" not in [path for path, _ in site.asked]
    site.put("/pub/p/1.html", "", 301, Location="2.html")
    site.put("/pub/p/2.html", PAGE.format(n=2))
    assert fetch("police_disclosure", "一页")[1].files[0].landed == 1
    site.put("/pub/p/1.html", "", 302, Location="/pub/p/1.html")
    assert _code("police_disclosure", "一页") == ("redirects", 4)


def test_limits_and_refusals(settings: Callable[..., Path], site: Site) -> None:
    site.put("/pub/p/1.html", "x" * 2000)
    settings(max_bytes=1000)
    assert _code("police_disclosure", "一页") == ("response_too_large", 2)
    settings()
    site.put("/pub/p/1.html", b"\x1f\x8b", Content_Encoding="gzip")
    assert _code("police_disclosure", "一页") == ("encoded_body", 4)
    site.put("/pub/p/1.html", "no", 500)
    assert _code("police_disclosure", "一页") == ("http_status", 4)
    site.put("/robots.txt", "User-agent: *\nDisallow: /pub/p/")
    assert _code("police_disclosure", "一页") == ("robots", 3)
    settings(private=[])
    assert _code("police_disclosure", "一页") == ("private_address", 3)


def test_it_waits_between_two_requests_to_one_host(settings: Callable[..., Path], site: Site) -> None:
    settings(interval=30)
    _fill(site)
    waited: list[float] = []
    fetch("police_disclosure", "进展", max_rejects="1", pause=waited.append)
    assert len(waited) == 4 and all(29 < one <= 30 for one in waited)


TOLD = WebSettings(
    enabled=True, allow=("https://www.example.gov.cn/pub", "https://data.example.gov.cn:8443/")
)


@pytest.mark.parametrize(
    ("url", "ok"),
    [
        ("https://www.example.gov.cn/pub", True),
        ("https://www.example.gov.cn/pub/a.html?x=1", True),
        ("https://WWW.EXAMPLE.gov.cn/pub/a.html", True),
        ("https://data.example.gov.cn:8443/a", True),
        ("https://www.example.gov.cn/public", False),
        ("https://www.example.gov.cn/pub/../secret", False),
        ("https://www.example.gov.cn/pub/%2e%2e/secret", False),
        ("https://www.example.gov.cn:444/pub/a", False),
        ("https://user@www.example.gov.cn/pub/a", False),
        ("https://www.example.gov.cn.evil.example/pub/", False),
        ("http://www.example.gov.cn/pub/a", False),
        ("file:///pub/a", False),
        ("https://www.example.gov.cn:x/pub", False),
        ("https://www.example.gov.cn/pub/\r\nHost: x", False),
    ],
)
def test_the_list_is_scheme_host_port_and_folder(url: str, ok: bool) -> None:
    if ok:
        assert check_url(TOLD, url).hostname
        return
    with pytest.raises(ShujianError) as caught:
        check_url(TOLD, url)
    assert caught.value.exit_code == 3


def test_a_name_that_leads_inside_is_refused_and_the_checked_address_is_the_one_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The fake resolver answers an outside address first and an inside one after: the second is never asked for."""
    answers = [["8.8.8.8"], ["127.0.0.1"], ["8.8.8.8", "10.0.0.5"]]

    def fake(host: str, port: int, **_: Any) -> list[Any]:
        return [(2, 1, 6, "", (address, port)) for address in answers.pop(0)]

    monkeypatch.setattr(socket, "getaddrinfo", fake)
    parts = check_url(TOLD, "https://www.example.gov.cn/pub/a")
    assert resolve(TOLD, parts) == allowed.Place("8.8.8.8", "www.example.gov.cn", 443)
    for _ in range(2):
        with pytest.raises(ShujianError) as caught:
            resolve(TOLD, parts)
        assert caught.value.faults[0].code == "private_address"
