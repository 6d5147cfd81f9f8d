"""Lanes of the test suite: which tests belong together, what each lane needs, one line per lane at the end.

``make test LANES=unit,contract`` picks lanes. A lane whose tool is missing says so and, under
``SHUJIAN_REQUIRE=all``, fails the run. Every test process gets a throwaway SHUJIAN_HOME.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")

settings.register_profile("quick", max_examples=60, deadline=None, derandomize=True, database=None)
settings.register_profile(
    "soak", max_examples=500, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

for inherited in ("SHUJIAN_HOME", "SHUJIAN_TODAY", "SHUJIAN_FAILPOINT", "PYTHONDONTWRITEBYTECODE"):
    os.environ.pop(inherited, None)
sys.dont_write_bytecode = (
    False  # the suite starts a thousand processes: compiling anew doubles each one's start
)
THROWAWAY = tempfile.mkdtemp(prefix="shujian-tests-")
os.environ["SHUJIAN_HOME"] = THROWAWAY


@dataclass(frozen=True)
class Lane:
    """A part of the suite. ``lacks`` answers what to install, or None; ``daily`` lanes make up ``all``."""

    what: str
    lacks: Callable[[], str | None] = lambda: None
    demanded: bool = True
    daily: bool = True


def _without_modules(*names: str) -> Callable[[], str | None]:
    def lacks() -> str | None:
        missing = [name for name in names if importlib.util.find_spec(name) is None]
        return f"make dev（缺少 {'、'.join(missing)}）" if missing else None

    return lacks


def _without_browser() -> str | None:
    if not any(shutil.which(name) for name in CHROMIUM):
        return "apt-get install chromium fonts-noto-cjk"
    return _without_modules("playwright")()


def _without_postgres() -> str | None:
    if shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        return None
    return "apt-get install postgresql"


def _without_spark() -> str | None:
    if not shutil.which("java"):
        return "apt-get install default-jre-headless"
    return "make spark" if _without_modules("pyspark", "pandas")() else None


def _without_ocr() -> str | None:
    return "make ocr" if _without_modules("rapidocr", "onnxruntime")() else _without_browser()


def _without_reference_data() -> str | None:
    told = os.environ.get("SHUJIAN_REFERENCE_DATA")
    if told and Path(told).is_dir():
        return None
    return "把 SHUJIAN_REFERENCE_DATA 设为参考数据所在的目录（数据不随本仓库分发）"


LANES: dict[str, Lane] = {
    "house": Lane("规矩：ruff、mypy、方向、尺寸、用词", _without_modules("ruff", "mypy", "importlinter")),
    "docs": Lane("文档与命令一致"),
    "unit": Lane("各房间自己的测试"),
    "properties": Lane("性质测试", _without_modules("hypothesis")),
    "contract": Lane("对外契约：输出形状与退出码"),
    "journeys": Lane("从文件到线索的全程"),
    "postgres": Lane("真实的 PostgreSQL", _without_postgres),
    "spark": Lane("第二引擎 Spark，逐字节相同", _without_spark),
    "browser": Lane("用浏览器走一遍网页", _without_browser),
    "ocr": Lane("真实的文字识别引擎（另装）", _without_ocr, demanded=False),
    "reference": Lane("真实留言上的模型", _without_reference_data, demanded=False),
    "soak": Lane("随机断电、多个种子（make soak）", daily=False),
    "cluster": Lane("真实的 Spark 集群（make soak SOAK=cluster）", _without_spark, daily=False),
}

FOLDERS = {
    "architecture": "house",
    "docs": "docs",
    "postgres": "postgres",
    "contract": "contract",
    "journeys": "journeys",
    "soak": "soak",
    "cluster": "cluster",
}


def lane_of(item: pytest.Item) -> str:
    """The lane of a test: its mark, else hypothesis, else its folder."""
    marked = item.get_closest_marker("lane")
    if marked:
        return str(marked.args[0])
    if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
        return "properties"
    parts = item.path.relative_to(ROOT).parts
    folder = parts[1] if parts[0] == "tests" and len(parts) > 2 else ""
    return FOLDERS.get(folder, "unit")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--lanes", default="all", help="comma-separated lanes: " + ", ".join(LANES))


def pytest_configure(config: pytest.Config) -> None:
    told = [name.strip() for name in str(config.getoption("--lanes")).split(",") if name.strip()]
    unknown = sorted(set(told) - set(LANES) - {"all"})
    if unknown:
        raise pytest.UsageError(f"unknown lanes: {', '.join(unknown)}; there are: {', '.join(LANES)}")
    chosen = [name for name, lane in LANES.items() if name in told or (lane.daily and "all" in told)]
    config.stash[CHOSEN] = chosen
    config.stash[LACKING] = {name: lack for name in chosen if (lack := LANES[name].lacks())}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    runnable = set(config.stash[CHOSEN]) - set(config.stash[LACKING])
    kept, left = [], []
    for item in items:
        lane = lane_of(item)
        item.user_properties.append(("lane", lane))
        (kept if lane in runnable else left).append(item)
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = kept


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    seconds: Counter[str] = Counter()
    for outcome in ("passed", "failed", "error", "skipped", "xfailed"):
        for report in terminalreporter.stats.get(outcome, []):
            lane = dict(getattr(report, "user_properties", ())).get("lane")
            if lane:
                counts[lane][outcome] += 1
                seconds[lane] += report.duration
    terminalreporter.section("lanes")
    for name in config.stash[CHOSEN]:
        lack = config.stash[LACKING].get(name)
        if lack:
            terminalreporter.write_line(f"SKIPPED {name}: {lack}")
            continue
        said = "，".join(f"{outcome} {n}" for outcome, n in counts[name].items()) or "no tests"
        terminalreporter.write_line(f"{name:<11}{said:<34}{seconds[name]:7.1f} s  {LANES[name].what}")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if os.environ.get("SHUJIAN_REQUIRE") != "all" or hasattr(session.config, "workerinput"):
        return
    if any(LANES[name].demanded for name in session.config.stash[LACKING]):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_unconfigure() -> None:
    shutil.rmtree(THROWAWAY, ignore_errors=True)


CHOSEN = pytest.StashKey[list[str]]()
LACKING = pytest.StashKey[dict[str, str]]()
