"""What a computed column is called on a page, in Chinese."""

from __future__ import annotations

from shujian.supervision.spec import ModelSpec

MADE = {
    "match": {"grade": "比对等级"},
    "absent": {"state": "有无记录", "from": "所问期间起", "to": "所问期间止"},
    "during": {
        "due": "期限", "days": "相隔天数", "gap_from": "空白起", "gap_to": "空白止", "gap_days": "空白天数",
    },
    "near": {"metres": "相距（米）", "days": "相隔天数", "how": "怎样相近", "state": "有无", "from": "所问期间起", "to": "所问期间止"},
    "screen": {"words": "命中的词", "count": "命中词数", "score": "词的得分"},
    "rank": {"place": "名次", "of": "共有"},
    "resolve": {"members": "合并行数", "lists": "来源数", "sources": "来源", "why": "合并依据", "subject": "主体"},
    "union": {"from": "来自"},
}  # fmt: skip
"""Kind of step → what follows its id in the names of its own columns → title."""


def column_title(spec: ModelSpec, name: str) -> str:
    """The model's own title of a computed column, else what its step calls it, else its name."""
    if name in spec.columns:
        return spec.columns[name]
    for step in spec.steps:
        title = MADE.get(step.use, {}).get(name.removeprefix(f"{step.id}_"))
        if title and name.startswith(f"{step.id}_"):
            return title
    return name
