"""What lies beside the tables: rejected rows in their own words, reports, commit logs, drafts, spills."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from shujian.kernel.home import home
from shujian.lake import log
from shujian.lake import register as registers
from shujian.lake.derived import Forgotten, Gone
from shujian.lake.engines.spill import clear_spills
from shujian.lake.erasing.tables import BLANK

_WORDS, _PLACE = ("raw", "found", "expected"), ("file", "sheet")


def forget_rejects(gone: Gone, dry: bool) -> Forgotten:
    """Rejected rows keep their place and reason; what they said goes. All of a batch that went whole goes."""
    found = 0
    for path in sorted((home().lake / "batches").glob("*/rejects-*.parquet")):
        table = pq.read_table(path)
        whole = path.parent.name in gone.batches
        blank = [whole or _says(row, gone) for row in table.to_pylist()]
        found += sum(blank)
        named = any(gone.hits(one) for name in _PLACE for one in table[name].unique().to_pylist())
        if (any(blank) or named) and not dry:
            _replace(path, _blanked(table, blank, gone.pattern))
    for draft in (home().lake / "batches").glob("*/*.draft"):
        found += dry
        if not dry:
            draft.unlink()
    return Forgotten(
        "rejects", "剔除清单的原文", found, 0 if dry else found, "行号和原因保留，原文删除" if found else ""
    )


def _says(row: Mapping[str, Any], gone: Gone) -> bool:
    return any(gone.hits(row[name]) for name in _WORDS)


def _blanked(table: pa.Table, blank: list[bool], pattern: re.Pattern[str] | None) -> pa.Table:
    def told(name: str, value: str | None, goes: bool) -> str | None:
        if value is None or name in _PLACE:
            return pattern.sub(BLANK, value) if pattern and value else value
        if not goes:
            return value
        return "" if name == "raw" else None

    for name in (*_WORDS, *_PLACE):
        values = [told(name, value, goes) for value, goes in zip(table[name].to_pylist(), blank, strict=True)]
        table = table.set_column(table.schema.get_field_index(name), name, pa.array(values, pa.string()))
    return table


def _replace(path: Path, table: pa.Table) -> None:
    draft = path.with_suffix(".erased")
    pq.write_table(table, draft)
    draft.chmod(0o600)
    draft.replace(path)


def forget_reports(gone: Gone, dry: bool) -> Forgotten:
    """Batch reports, quality counts and logs that hold the number, in a file's name or in what was found wrong."""
    found = _blank_texts((home().lake / "batches").glob("*/*.json"), gone, dry)
    return Forgotten("reports", "批次报告", found, 0 if dry else found)


def forget_logs(gone: Gone, dry: bool) -> Forgotten:
    """The tables' commit logs say the names of delivered files. The register is a copy of them: it is made anew."""
    found = _blank_texts(log.tables_root().glob("*/_delta_log/*.json"), gone, dry)
    if not dry:
        for path in registers.register_path().parent.glob("register.sqlite3*"):
            if found or gone.hits(path.read_bytes().decode("utf-8", "replace")) or "damaged" in path.name:
                path.unlink(missing_ok=True)
    return Forgotten("logs", "提交日志与登记库", found, 0 if dry else found)


def _blank_texts(paths: Iterable[Path], gone: Gone, dry: bool) -> int:
    found = 0
    for path in sorted(paths):
        text = path.read_text("utf-8")
        if not gone.hits(text):
            continue
        found += 1
        if not dry and gone.pattern:
            draft = path.with_name(f"{path.name}.erased")
            draft.write_text(gone.pattern.sub(BLANK, text), "utf-8")
            draft.replace(path)
    return found


def forget_drafts(gone: Gone, dry: bool) -> Forgotten:
    """Decoded copies in staging and what dead engines spilled. The caller holds every dataset's lock."""
    staging = home().lake / "staging"
    left = sum(1 for path in staging.rglob("*") if path.is_file()) if staging.is_dir() else 0
    if dry:
        return Forgotten("drafts", "暂存与溢出文件", left, 0)
    for folder in staging.glob("*"):
        shutil.rmtree(folder)
    return Forgotten("drafts", "暂存与溢出文件", left, left + clear_spills())


PAPERS: tuple[Callable[[Gone, bool], Forgotten], ...] = (
    forget_rejects, forget_reports, forget_logs, forget_drafts,
)  # fmt: skip
