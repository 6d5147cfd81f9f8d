"""``shujian doctor``: is everything there that the work needs, and closed to others? Changes nothing."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from shujian.cli.findings import Finding, agreements, backups, master_key
from shujian.cli.output import emit_items, say, table
from shujian.kernel.errors import ShujianError
from shujian.kernel.home import Home, home

FREE_SPACE = 5 * 1024**3
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
PACKAGES = ("duckdb", "pyarrow", "deltalake", "sqlglot", "pydantic", "Django", "uvicorn", "cryptography")


def _python(_: Home) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding("python", sys.version_info >= (3, 11), version, "安装 Python 3.11 以上，再运行 make setup")


def _pins() -> dict[str, str]:
    """Package → pinned version, in a checkout; an installed wheel has no list to compare with."""
    locked = Path(__file__).resolve().parents[3] / "requirements" / "base.txt"
    if not locked.exists():
        return {}
    return dict(re.findall(r"^([a-z0-9.-]+)==([^ ;\\]+)", locked.read_text("utf-8"), re.MULTILINE))


def _packages(_: Home) -> Iterator[Finding]:
    pins, lacking, other = _pins(), [], []
    for name in PACKAGES:
        try:
            version = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            lacking.append(name)
            continue
        pinned = pins.get(name.lower())
        if pinned and pinned != version:
            other.append(f"{name} {version}（锁定的是 {pinned}）")
    bad = [f"缺少 {name}" for name in lacking] + other
    yield Finding("packages", not bad, "；".join(bad) or f"{len(PACKAGES)} 个主要依赖齐全", "运行 make setup")


def _mode(path: Path) -> str:
    return format(stat.S_IMODE(path.stat().st_mode), "04o")


def _folders(here: Home) -> Iterator[Finding]:
    if not here.root.exists():
        yield Finding("home", True, f"{here.root}（尚未建立，首次使用时自动建立）")
        above = _existing(here.root)
        fit = above.is_dir() and os.access(above, os.W_OK | os.X_OK)
        found = "可写" if fit else f"{above} 不是文件夹或不可写，建不了 {here.root}"
        yield Finding("writable", fit, found, "把 SHUJIAN_HOME 设到运行数检的用户可写的文件夹")
        return
    private = (here.root, here.lake, here.secrets, here.database.parent, here.demo)
    open_to_others = [path for path in private if path.exists() and path.stat().st_mode & 0o077]
    found = f"{here.root}（{_mode(here.root)}）"
    if open_to_others:
        found = "；".join(f"{path} 权限为 {_mode(path)}" for path in open_to_others)
    remedy = "运行 chmod 700 " + " ".join(map(str, open_to_others))
    only_root = open_to_others == [here.root]
    yield Finding("home", not open_to_others, found, remedy, hint=only_root)
    mine = os.access(here.root, os.W_OK | os.X_OK)
    yield Finding("writable", mine, "可写" if mine else "不可写", f"把 {here.root} 交给运行数检的用户")


def _existing(path: Path) -> Path:
    while not path.exists():
        path = path.parent
    return path


def _disk(here: Home) -> Iterator[Finding]:
    at = _existing(here.root)
    free = shutil.disk_usage(at).free
    left = f"剩余 {free / 1024**3:.1f} GB"
    yield Finding("free_space", free >= FREE_SPACE, left, "腾出至少 5 GB", hint=True)
    encrypted = _is_encrypted(at)
    said = {True: "在加密的磁盘上", False: "不在加密的磁盘上", None: "看不出磁盘是否加密"}[encrypted]
    remedy = "把 SHUJIAN_HOME 放到加密的磁盘上（如 LUKS）：数据湖的文件本身不加密"
    yield Finding("disk_encryption", encrypted is True, said, remedy, hint=True)


def _is_encrypted(path: Path) -> bool | None:
    """Whether a device under this path is a dm-crypt one; None where the system does not tell."""
    device = path.stat().st_dev
    block = Path("/sys/dev/block") / f"{os.major(device)}:{os.minor(device)}"
    if not block.exists():
        return None
    waiting, seen = [block.resolve()], set()
    while waiting:
        current = waiting.pop()
        seen.add(current)
        uuid = current / "dm" / "uuid"
        if uuid.exists() and uuid.read_text("ascii").startswith("CRYPT-"):
            return True
        below = current / "slaves"
        if below.exists():
            waiting += [found.resolve() for found in below.iterdir() if found.resolve() not in seen]
    return False


def _secrets(here: Home) -> Iterator[Finding]:
    if not here.secrets.exists():
        yield Finding("secrets", True, "尚未生成（首次使用时自动生成，没有默认口令）")
        return
    keys = sorted(here.secrets.glob("*.key"))
    loose = [path for path in keys if path.stat().st_mode & 0o077]
    found = "；".join(f"{path.name} 权限为 {_mode(path)}" for path in loose) or f"{len(keys)} 把，均为 0600"
    yield Finding("secrets", not loose, found, "运行 chmod 600 " + " ".join(map(str, loose)))


def _database(here: Home) -> Iterator[Finding]:
    if os.environ.get("SHUJIAN_DATABASE_URL"):
        yield Finding("database", True, "由 SHUJIAN_DATABASE_URL 指定，启动服务时检查")
        return
    if not here.database.exists():
        yield Finding("database", True, "尚未建立（首次使用时自动建立）")
        return
    try:
        with sqlite3.connect(f"file:{here.database}?mode=ro", uri=True, timeout=5) as connection:
            said = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.Error as error:
        said = str(error)
    yield Finding("database", said == "ok", f"SQLite：{said}", "停止服务，从备份恢复 " + str(here.database))


def _catalogue(_: Home) -> Iterator[Finding]:
    from shujian.lake.read import sources
    from shujian.supervision.read import faults, models

    for check, load, noun in (("sources", sources, "个数据源"), ("models", models, "个监督模型")):
        try:
            loaded: object = load()
            left_out = faults() if check == "models" else []
        except ShujianError as error:
            loaded, left_out = {}, list(error.faults)
        said = "；".join(fault.sentence() for fault in left_out)
        count = f"{len(loaded)} {noun}" if isinstance(loaded, dict) else noun
        yield Finding(check, not left_out, said or count, "按提示改正文件")


def _lake(here: Home) -> Iterator[Finding]:
    if not (here.lake / "tables").is_dir():
        return
    from shujian.lake.read import MANY, datasets, small_files

    crowded = {one.id: count for one in datasets() if (count := small_files(one.id)) >= MANY}
    said = "；".join(f"{name} 有 {count} 个小文件" for name, count in crowded.items())
    remedy = "运行 shujian lake compact " + " ".join(crowded)
    yield Finding("small_files", not crowded, said or "数据湖没有过多的小文件", remedy, hint=True)


def _erasure(here: Home) -> Iterator[Finding]:
    if not here.root.is_dir():
        return
    from shujian.lake.read import first_bad_record, unfinished_erasure

    left, bad = unfinished_erasure(), first_bad_record()
    said = f"有一次销毁没有做完：{left['number']}" if left else "没有未完成的销毁"
    yield Finding("erasure", left is None, said, "运行 shujian lake erase --resume")
    said = f"销毁记录 {bad} 被改动过，或它前面少了一份" if bad else "销毁记录先后相扣"
    yield Finding("erasure_records", bad is None, said, "与打印件核对，查明原因")


def _evaluation(here: Home) -> Iterator[Finding]:
    on = here.evaluation.exists()
    yield Finding("mode", True, "评估模式：日期已停住，免去二次验证，不得放真实数据" if on else "正式模式")


def _pages(_: Home) -> Iterator[Finding]:
    browser = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    remedy = "apt-get install chromium（只有浏览器测试需要）"
    yield Finding("chromium", browser is not None, browser or "没有", remedy, hint=True)
    fonts = ""
    if shutil.which("fc-list"):
        fonts = subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True, text=True).stdout
    count = len(set(fonts.splitlines()))
    found = f"{count} 种中文字体" if count else "没有找到中文字体"
    yield Finding("fonts", count > 0, found, "apt-get install fonts-noto-cjk（打印与截图需要）", hint=True)


CHECKS: tuple[Callable[[Home], Iterator[Finding]], ...] = (
    _python, _packages, _folders, _disk, _secrets, master_key, _database, _catalogue, _lake, _erasure, backups, agreements, _evaluation,
    _pages,
)  # fmt: skip


@click.command("doctor", context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--json", "as_json", is_flag=True, help="只在标准输出打印一个 JSON 对象")
def command(as_json: bool) -> None:
    """体检：环境、目录权限、密钥、数据库、目录内容。什么都不改动；有必须处理的问题时以 4 退出。"""
    here = home()
    findings = [finding for check in CHECKS for finding in check(here)]
    if as_json:
        emit_items("doctor", (finding.as_item() for finding in findings))
    else:
        rows = ((one.mark, one.check, one.found, one.as_item()["remedy"]) for one in findings)
        table("体检", ("", "项目", "情况", "怎么办"), rows)
    if any(not finding.ok and not finding.hint for finding in findings):
        say("有必须处理的问题，见上表。")
        raise click.exceptions.Exit(4)
