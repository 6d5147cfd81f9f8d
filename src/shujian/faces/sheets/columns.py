"""The columns of an exported clue list, and the guard against formulas in cells."""

from __future__ import annotations

from shujian.clues.read import ClueRow
from shujian.kernel.controls import without

ABSENCE = {"proved": "已证明没有", "possible": "可能存在记录", "unknown": "数据不全", "none": "不涉及"}
COLUMNS = (
    "编号", "标题", "主体", "模型", "状态", "归口单元", "比对等级", "缺失判断", "强度", "得分", "证据行", "发现时间", "数据日期", "备注",
)  # fmt: skip
_STARTERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe stands before a suspicious start.

    Control characters, which these files cannot hold, are left out.
    """
    text = without(text)
    return "'" + text if text.startswith(_STARTERS) else text


def cells(row: ClueRow) -> list[str]:
    """One clue as texts, masked as it came."""
    marks = [
        word
        for flag, word in (
            (row.ground_changed, "依据已变"),
            (row.fresh_evidence, "有新证据"),
            (row.relapsed, "整改后再现"),
        )
        if flag
    ]
    raw = [
        row.id, row.title, row.subject_masked, row.model, row.state_title, row.unit,
        "人工认定" if row.grade == "judged" else row.grade,
        ABSENCE[row.absence], row.strength, str(row.score), str(row.evidence_count),
        f"{row.found_at.astimezone():%Y-%m-%d %H:%M}", row.as_of.isoformat(), "、".join(marks),
    ]  # fmt: skip
    return [safe(text) for text in raw]
