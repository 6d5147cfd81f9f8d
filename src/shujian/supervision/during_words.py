"""What ``during`` says for itself: its condition, what one row showed, what became of one subject."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from shujian.supervision.during_forms import Days, DuringStep, Gap, Span

Row = Mapping[str, Any]
Said = Callable[[str], str]


def during_sentence(step: DuringStep) -> str:
    """What the sentence of a model adds to what the step says."""
    counted = step.days() or step.apart
    if counted is not None and counted.count == "working":
        return "（按工作日计，没有当年节假日表的记为无法判断）"
    if isinstance(counted, Days) and counted.roll:
        return "（末日是休息日的顺延，没有当年节假日表的记为无法判断）"
    if step.uncovered is not None:
        return "（只看已有的记录；有没有别的记录须另行查找，查不到不算没有）"
    return ""


def during_condition(step: DuringStep, said: Said) -> str:
    """The condition in words; ``said`` puts an expression into words."""
    if step.within is not None or step.beyond is not None:
        return _days(step, said)
    name = next(each for each in ("overlaps", "contains", "apart") if getattr(step, each) is not None)
    own = _span(step.whole, said) if step.whole is not None else said(str(step.event))
    other = _span(getattr(step, name), said)
    if step.apart is not None:
        place = {"after": f"{other}在{own}之后", "before": f"{other}在{own}之前", "either": f"{own}与{other}"}
        return f"{place[step.apart.side]}，相隔超过{said(str(step.apart.days))}{_unit(step.apart)}"
    return f"{own}与{other}有重合" if step.overlaps is not None else f"{own}包含{other}"


def _days(step: DuringStep, said: Said) -> str:
    told = step.days()
    assert told is not None
    event, since, days = said(str(step.event)), said(told.since), f"{said(str(told.days))}{_unit(told)}"
    if step.within is not None:
        return {
            "after": f"{event}在{since}之后{days}之内",
            "before": f"{event}在{since}之前{days}之内",
            "either": f"{event}与{since}相隔不超过{days}",
        }[told.side]
    return {
        "after": f"{event}在{since}之后超过{days}",
        "before": f"{event}在{since}之前超过{days}",
        "either": f"{event}与{since}相隔超过{days}",
    }[told.side]


def _unit(told: Days | Gap) -> str:
    if told.count == "working":
        return "个工作日"
    return "日（末日是休息日的顺延）" if isinstance(told, Days) and told.roll else "日"


def _span(span: Span, said: Said) -> str:
    return f"{said(span.from_)}至{said(span.to)}"


def during_row(step: DuringStep, row: Row) -> str:
    """What one row showed, to stand behind the step's own sentence."""
    if step.uncovered is not None:
        return f"：{_gap(step, row)}" if row.get(f"{step.id}_gap_from") is not None else ""
    if step.days() is None or row.get(f"{step.id}_days") is None:
        return ""
    due, days = row.get(f"{step.id}_due"), row[f"{step.id}_days"]
    limit = f"期限为 {due}" if due is not None else "期限所在的年份没有节假日表"
    return f"：{limit}，相隔 {abs(days)} 日"


def _gap(step: DuringStep, row: Row) -> str:
    days = row[f"{step.id}_gap_days"]
    told = f"，未覆盖的共 {days} 日" if days is not None else ""
    return f"{row[f'{step.id}_gap_from']} 至 {row[f'{step.id}_gap_to']} 没有被覆盖{told}"


def during_subject(step: DuringStep, left: int, rows: Callable[[Sequence[str]], Sequence[Row]]) -> str:
    """Why so many rows of a subject left a question for gaps."""
    assert step.uncovered is not None
    if not left:
        return f"“{step.uncovered.list}”已经覆盖，或者日期不明、没有可比的记录，不能判断"
    names = [f"{step.id}_gap_{part}" for part in ("from", "to", "days")]
    return f"{left} 条；{'；'.join(dict.fromkeys(_gap(step, row) for row in rows(names)))}"
