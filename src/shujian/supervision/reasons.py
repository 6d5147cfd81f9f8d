"""Says in Chinese why a hit came out: each step on its way, the match, the absence and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from shujian.supervision.compile import Plan
from shujian.supervision.coverage import RightSide
from shujian.supervision.emission import EmitPlan
from shujian.supervision.forms import AbsentStep, GroupStep, MatchStep, ScreenStep
from shujian.supervision.further_forms import NearStep
from shujian.supervision.further_words import row_words
from shujian.supervision.group_words import group_columns, group_row
from shujian.supervision.result import AbsenceFound, KeywordHit, MatchFound
from shujian.supervision.way import way_of

GRADE_WORDS = {
    "A": "证件号码有效且一致，姓名（名称）一致或仅差一字",
    "A-": "证件号码一致而姓名（名称）不同，须人工核对",
    "B": "姓名、出生日期一致且性别或户籍地一致（企业为全称一致），证件号码不全，须人工核对",
    "B-": "姓名一致，掩码证件号码首尾一致，须人工核对",
    "C": "仅姓名（字号）一致，只供排查，不得作为认定依据",
}
STATE_WORDS = {"proved": "可以确认没有", "possible": "可能有", "unknown": "无法判断"}


def absences_of(plan: Plan, emit: EmitPlan, row: Mapping[str, Any]) -> tuple[AbsenceFound, ...]:
    """One entry for each ``absent`` on the way of a row."""
    found = []
    for name in way_of(plan, emit, row):
        step = plan.model.spec.step(name)
        state = row.get(f"{name}_state")
        if not isinstance(step, AbsentStep | NearStep) or state is None:
            continue
        alias = plan.relations[step.right].aliases[0]
        right, title = plan.rights.get(alias), plan.contracts[alias].title
        start, end = row.get(f"{name}_from"), row.get(f"{name}_to")
        found.append(
            AbsenceFound(
                name,
                plan.contracts[alias].id,
                str(state),
                start,
                end,
                _because(str(state), right, title, start, end) + _set_aside(plan, name, row),
            )
        )
    return tuple(found)


def _set_aside(plan: Plan, step: str, row: Mapping[str, Any]) -> str:
    """Records that people judged not to be the subject's: they no longer count, and that is said."""
    told = plan.judged.get(step)
    if told is None:
        return ""
    own = row.get(f"{told.left}._row")
    found = [numbers for (left, _), numbers in told.different.items() if left == own]
    listed = "、".join(dict.fromkeys(number for numbers in found for number in numbers))
    return f"；另有 {len(found)} 条记录经人工认定不属于同一主体，不计在内（{listed}）" if found else ""


def _because(state: str, right: RightSide | None, title: str, start: date | None, end: date | None) -> str:
    span = f"{start or '（起始日不详）'} 至 {end or '（截止日不详）'}"
    if right is None:
        return f"“{title}”不在本次快照中，无法判断"
    if state == "possible":
        return (
            f"“{title}”在 {span} 内有可能属于同一主体的记录（号码缺失、掩码、仅姓名一致或日期缺失），须先核对"
        )
    if state == "proved":
        return f"{right.describe()}；{right.fresh_because}；在 {span} 内没有任何级别的匹配记录"
    doubts = "；".join(_doubts(right, start, end)) or "本条缺少可用于查找的有效号码"
    return f"“{title}”在 {span} 内没有找到记录，但不能据此认定没有：{doubts}"


def _doubts(right: RightSide, start: date | None, end: date | None) -> list[str]:
    doubts = []
    if not right.fresh or right.extract_on is None:
        doubts.append(right.fresh_because)
    share = max(right.unmatchable.values(), default=None)
    if share is not None and share > right.limit:
        doubts.append(f"该来源有 {share:.1%} 的记录没有可用于查找的号码，超过 {right.limit:.1%} 的限度")
    if start is not None and end is not None:
        doubts += [month.describe() for month in right.thin if month.start <= end and start <= month.end]
    if not right.spans:
        doubts.append(right.describe())
    elif start is None or end is None:
        doubts.append("起止日期不详")
    elif right.extract_on is not None:
        last = min(end, right.extract_on)
        if not any(span.start <= start and last <= span.end and not span.area for span in right.spans):
            doubts.append(f"{right.describe()}，没有盖住 {start} 至 {last}")
    return doubts


def explanation(
    plan: Plan,
    emit: EmitPlan,
    row: Mapping[str, Any],
    matches: Sequence[MatchFound],
    absences: Sequence[AbsenceFound],
    keywords: Sequence[KeywordHit],
    screened: Mapping[tuple[str, str], str],
) -> tuple[str, ...]:
    """One numbered sentence a step, with what this very row showed there. ``screened``: by screening and source row,
    how its hits came about.
    """
    lines, says = [], {step.id: step.says for step in plan.model.spec.steps}
    for number, name in enumerate(way_of(plan, emit, row), start=1):
        step = plan.model.spec.step(name)
        line = f"{number}. {step.says}"
        if isinstance(step, MatchStep):
            own = next((match for match in matches if match.step == name), None)
            if own is not None and own.judged:
                line += f"：人工认定是同一人（{own.judged}），机器比对不足以确认"
            elif own is not None:
                line += f"：{own.grade} 级，{GRADE_WORDS.get(own.grade, '')}"
        elif isinstance(step, AbsentStep):
            absence = next((each for each in absences if each.step == name), None)
            if absence is not None:
                line += f"：{STATE_WORDS[absence.state]}。{absence.because}"
        elif isinstance(step, GroupStep) and all(name in row for name in group_columns(step)):
            told = group_row(step, row, plan.model.spec.columns)
            line += f"：{told}" if told else ""
        elif isinstance(step, ScreenStep):
            line += (
                f"：命中 {row.get(f'{name}_words') or '、'.join(dict.fromkeys(hit.word for hit in keywords))}"
            )
            refs = [str(row.get(f"{alias}._row")) for alias in emit.relation.aliases]
            line += "".join(f"（{screened[name, ref]}）" for ref in refs if (name, ref) in screened)
        lines.append(line + row_words(step, row, says))
    for alias in emit.relation.aliases:
        side = plan.rights.get(alias)
        if side is not None and side.stale:
            lines.append(f"注意：“{plan.contracts[alias].title}”{side.fresh_because}")
    if emit.relation.grouped:
        members = max((len(row[f"{alias}._rows"] or []) for alias in emit.relation.aliases), default=0)
        lines.append(f"汇总所依据的来源记录共 {members} 条，逐条列在证据中")
    return tuple(lines)
