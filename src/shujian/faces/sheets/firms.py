"""The answers of ``lake firms`` as a workbook: one line a firm, an empty column for what the person finds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from shujian.faces.sheets.columns import safe
from shujian.faces.sheets.xlsx import cell_of
from shujian.matching.firms.report import DECISIONS
from shujian.matching.firms.stages import TITLES

COLUMNS = (
    "单位", "信用代码", "行数", "结论", "等级", "依据", "对方单位", "对方信用代码", "比对", "其他候选", "总分机构", "逐级记录", "核对结果",
)  # fmt: skip
_WIDTHS = (34, 20, 6, 16, 6, 16, 34, 20, 40, 34, 34, 50, 16)


@dataclass(frozen=True)
class FirmLine:
    """One firm's answer as texts, in the order of ``COLUMNS`` without the last."""

    name: str
    uscc: str
    rows: str
    decision: str
    grade: str
    stage: str
    other: str
    other_uscc: str
    compared: str
    more: str
    related: str
    tried: str

    @classmethod
    def of(cls, item: Mapping[str, Any], because: Callable[[dict[str, Any]], str]) -> FirmLine:
        """From an item of ``lake firms --json``; ``because`` says a candidate's comparison."""
        best = item["candidates"][0] if item["candidates"] else {}
        return cls(
            item["name"] or "", item["uscc"] or "", str(item["rows"]), DECISIONS[item["decision"]], best.get("grade", ""),
            TITLES[best["stage"]] if best else "", best.get("name") or "", best.get("uscc") or "",
            because(best) if best else "", "、".join(each["name"] or "" for each in item["candidates"][1:]),
            "、".join(f"{'总机构' if each['relation'] == 'head' else '分支'}：{each['name']}" for each in item["related"]),
            "；".join(f"{each['title']}：{each['says']}" for each in item["tried"] if each["outcome"] != "not_asked"),
        )  # fmt: skip


def firms_xlsx(lines: Sequence[FirmLine], mark: str) -> bytes:
    """The workbook as bytes; ``mark`` stands in its first row."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet("单位认定")
    for number, width in enumerate(_WIDTHS):
        sheet.column_dimensions[chr(ord("A") + number)].width = width
    sheet.freeze_panes = "B3"
    sheet.append([cell_of(sheet, safe(f"{mark}　只有 A 级可以不经人工核对"), colour="666666")])
    sheet.append([cell_of(sheet, title, bold=True) for title in COLUMNS])
    for line in lines:
        sheet.append([cell_of(sheet, safe(text)) for text in (*astuple(line), "")])
    made = BytesIO()
    book.save(made)
    return made.getvalue()
