"""What a face writes outside the database: files for people to take away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from shujian.accounts.read import Actor
from shujian.campaigns.read import CampaignTold
from shujian.clues import read as clues
from shujian.clues.read import ClueRow, Filters
from shujian.faces.api.replays import COLUMNS as SEALED_COLUMNS
from shujian.faces.plain.model_facts import page_of
from shujian.faces.sheets.campaign import campaign_docx
from shujian.faces.sheets.docx import docx_of
from shujian.faces.sheets.letters import letter_docx
from shujian.faces.sheets.xlsx import xlsx_of
from shujian.kernel.clock import now, today
from shujian.kernel.errors import ShujianError
from shujian.supervision import read as supervision
from shujian.supervision.read import Letter

__all__ = ["SEALED_COLUMNS", "campaign_report", "export_clues", "letter_files", "model_page"]


def model_page(name: str) -> str:
    """The page of a model as one self-contained HTML file. Raises BadInput."""
    return page_of(name)


def export_clues(*, actor: Actor, filters: Filters, file: Path, most: int = 5000) -> int:
    """Write the masked clue list as .xlsx or .docx, with who, when and data day on it; answers the rows.

    The file stands under its name only when it is whole. OSError where the place cannot be written.
    """
    rows = list(_rows(actor, filters, most))
    mark = f"导出人 {actor.display}　导出时间 {now().astimezone():%Y-%m-%d %H:%M}　数据日期 {_day(rows)}　内部资料，线索不是结论"
    made = docx_of(rows, mark) if file.suffix.lower() == ".docx" else xlsx_of(rows, mark)
    partial = file.with_name(f".{file.name}.partial")
    try:
        partial.touch(mode=0o600)
        partial.write_bytes(made)
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)
    return len(rows)


def campaign_report(told: CampaignTold, by: str) -> bytes:
    """The report of a campaign as a document, with who made it and when."""
    try:
        titles = {
            name: f"{spec.number or ''} {spec.title}".strip() for name, spec in supervision.models().items()
        }
    except ShujianError:
        titles = {}
    mark = f"{by}　{now().astimezone():%Y-%m-%d %H:%M}　内部资料，线索不是结论"
    return campaign_docx(told, titles, mark)


def letter_files(letters: Sequence[Letter], folder: Path) -> list[Path]:
    """Write each request as a .docx into the folder, which is made; answers the files. OSError where that fails."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for one in letters:
        path = folder / f"{re.sub(r'[^0-9A-Za-z_一-鿿]+', '_', one.to).strip('_')}.docx"
        path.write_bytes(letter_docx(one))
        written.append(path)
    return written


def _rows(actor: Actor, filters: Filters, most: int) -> Iterator[ClueRow]:
    cursor: str | None = None
    left = most
    while left > 0:
        page = clues.list_clues(actor, filters, limit=min(left, 500), cursor=cursor)
        yield from page.items
        left, cursor = left - len(page.items), page.next
        if cursor is None:
            return


def _day(rows: list[ClueRow]) -> str:
    return max((row.as_of for row in rows), default=today()).isoformat()
