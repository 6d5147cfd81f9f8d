"""``NECESSITY.md`` beside a model: why the data is needed, and the assessment that PIPL 55 and 56 ask for.

Written by people, with fixed heads, so that nothing can be left out unnoticed. A model is not ``stable`` without it. It
stands beside the model and not in it: to word it better changes no fingerprint.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shujian.kernel.errors import Fault
from shujian.supervision.library import Model
from shujian.supervision.spec import ModelSpec

FILE = "NECESSITY.md"
PERIODS = "调取时段"
HEADS = (
    "目的",
    "为什么需要这些字段",
    "考虑过的更小的办法",
    "影响到的人",
    "风险",
    "防护",
    "保存期限",
    PERIODS,
)
LEAST = 10
"""Letters of a section: fewer say nothing."""
_DATED = re.compile(r"^编制日期：\s*(\d{4}-\d{2}-\d{2})\s*$")
_PERIOD = re.compile(r"^-\s*([^：]+)：\s*(.+)$")


@dataclass(frozen=True)
class Necessity:
    """The note as it stands. ``parts``: head → text; ``periods``: alias → which period of its data is needed."""

    path: Path
    written_on: date | None
    parts: Mapping[str, str]
    lines: Mapping[str, int]
    periods: Mapping[str, str]
    period_lines: Mapping[str, int]


def read_necessity(model: Model) -> Necessity | None:
    """The note beside a model; None where there is none."""
    path = model.folder / FILE
    if not path.is_file():
        return None
    parts: dict[str, list[str]] = {}
    lines: dict[str, int] = {}
    periods: dict[str, tuple[str, int]] = {}
    written: date | None = None
    head = ""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if line.startswith("## "):
            head = line[3:].strip()
            lines.setdefault(head, number)
            parts.setdefault(head, [])
        elif head:
            parts[head].append(line)
            if head == PERIODS and (period := _PERIOD.match(line)):
                periods[period[1].strip()] = (period[2].strip(), number)
        elif (told := _DATED.match(line)) is not None:
            written = _day(told[1])
    return Necessity(
        path, written, {name: "\n".join(body).strip() for name, body in parts.items()}, lines,
        {name: text for name, (text, _) in periods.items()}, {name: line for name, (_, line) in periods.items()},
    )  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def necessity_faults(model: Model) -> list[Fault]:
    """What is missing in the note; for a ``stable`` model also that there is none."""
    found = read_necessity(model)
    if found is None:
        if model.spec.status != "stable":
            return []
        return [
            model.file.fault(
                ("status",), "no_necessity", "正式使用的模型须有必要性说明（个人信息保护法 55、56）",
                found="没有 NECESSITY.md", expected=f"模型旁边的 {FILE}，写明：{'、'.join(HEADS)}",
            )
        ]  # fmt: skip
    return [*_heads(found), *_periods(found, model.spec)]


def _heads(found: Necessity) -> list[Fault]:
    faults = []
    if found.written_on is None:
        faults.append(_fault(found, 1, "no_date", "必要性说明没有写明日期", None, "编制日期：2026-01-05"))
    for head in HEADS:
        if head not in found.parts:
            faults.append(_fault(found, None, "missing_section", "必要性说明缺少一节", None, f"## {head}"))
        elif len(found.parts[head]) < LEAST:
            line, text = found.lines[head], found.parts[head] or "空"
            faults.append(
                _fault(
                    found, line, "empty_section", f"“{head}”一节没有写内容", text, "针对这个模型写的几句话"
                )
            )
    return faults


def _periods(found: Necessity, spec: ModelSpec) -> list[Fault]:
    line = found.lines.get(PERIODS)
    if line is None:
        return []
    faults = [
        _fault(found, line, "no_period", "没有写明这份数据调取哪一时段", alias, f"- {alias}：……")
        for alias in spec.needs
        if alias not in found.periods
    ]
    return faults + [
        _fault(
            found, found.period_lines[name], "unknown_alias", "没有这个数据别名", name, "、".join(spec.needs)
        )
        for name in found.periods
        if name not in spec.needs
    ]


def _fault(
    note: Necessity, line: int | None, code: str, message: str, found: str | None, expected: str
) -> Fault:
    return Fault(code=code, message=message, file=str(note.path), line=line, found=found, expected=expected)
