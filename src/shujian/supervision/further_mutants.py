"""Small changes of the further steps that some proof must notice: a branch gone, a place more, an order turned."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from shujian.supervision.during_forms import Days, DuringStep
from shujian.supervision.flips import flipped_conditions
from shujian.supervision.forms import FilterStep, GroupStep
from shujian.supervision.further_forms import Apart, NearStep, RankStep, ResolveStep, UnionStep
from shujian.supervision.spec import ModelSpec

Changes = Callable[[Any], Iterator[tuple[str, dict[str, Any]]]]
Mutants = Iterator[tuple[str, ModelSpec]]


def further_mutations(spec: ModelSpec, position: int) -> Mutants:
    """Models that differ from ``spec`` in one thing of the step at ``position``."""
    step = spec.steps[position]
    if isinstance(step, UnionStep):
        yield from _without_branch(spec, position, step)
    elif isinstance(step, ResolveStep):
        other = ["A"] if "A-" in step.grades else ["A", "A-"]
        yield (
            f"{step.id}：grades 改为 {'、'.join(other)}",
            changed(spec, position, step.model_copy(update={"grades": other})),
        )
        if len(step.inputs()) > 1:
            yield from _without_branch(spec, position, step)
    elif isinstance(step, GroupStep):
        for name, add in _group_changes(step):
            yield f"{step.id}.{name}", changed(spec, position, step.model_copy(update={"add": add}))
    elif isinstance(step, RankStep | NearStep | DuringStep):
        changes: dict[type[Any], Changes] = {
            RankStep: _rank_changes,
            NearStep: _near_changes,
            DuringStep: _during_changes,
        }
        for name, change in changes[type(step)](step):
            yield f"{step.id}：{name}", changed(spec, position, step.model_copy(update=change))


def changed(spec: ModelSpec, position: int, step: Any) -> ModelSpec:
    """``spec`` with another step at ``position``."""
    return spec.model_copy(update={"steps": [*spec.steps[:position], step, *spec.steps[position + 1 :]]})


def _without_branch(spec: ModelSpec, position: int, step: UnionStep | ResolveStep) -> Mutants:
    for place, name in enumerate(step.inputs()):
        empty = f"{step.id}_without_{place}"
        gone = FilterStep.model_validate(
            {"id": empty, "says": "去掉这一路", "use": "filter", "from": name, "where": "false"}
        )
        branches = [*step.inputs()[:place], empty, *step.inputs()[place + 1 :]]
        mutant = changed(spec, position, step.model_copy(update={"from_": branches}))
        yield f"{step.id}：去掉来自 {name} 的", mutant.model_copy(update={"steps": [*mutant.steps, gone]})


def _rank_changes(step: RankStep) -> Iterator[tuple[str, dict[str, Any]]]:
    if step.top is not None:
        yield "多取一名", {"top": f"{step.top} + 1"}
        yield "少取一名", {"top": f"{step.top} - 1"}
        other = "drop" if step.ties == "keep" else "keep"
        yield f"ties 改为 {other}", {"ties": other}
    for place, written in enumerate(step.scores()):
        body, direction = written.strip().rsplit(maxsplit=1)
        turned = f"{body} {'asc' if direction.lower() == 'desc' else 'desc'}"
        listed = [*step.scores()[:place], turned, *step.scores()[place + 1 :]]
        yield f"{written} 改为 {turned}", {"order": listed}


def _near_changes(step: NearStep) -> Iterator[tuple[str, dict[str, Any]]]:
    within, time = step.within, step.time
    if within.metres is not None:
        yield (
            "距离加一倍",
            {"within": within.model_copy(update={"metres": f"({within.metres}) + ({within.metres})"})},
        )
        yield (
            "距离改为零",
            {"within": within.model_copy(update={"metres": f"({within.metres}) - ({within.metres})"})},
        )
    if within.address is not None:
        other = "town" if within.address != "town" else "same"
        yield f"地址比到 {other}", {"within": within.model_copy(update={"address": other})}
    if time is not None:
        yield "不看日期", {"time": None}
        yield from ((name, {"time": each}) for name, each in _time_changes(time))


def _time_changes(time: Apart) -> Iterator[tuple[str, Apart]]:
    yield "多一天", time.model_copy(update={"days": f"{time.days} + 1"})
    yield "少一天", time.model_copy(update={"days": f"{time.days} - 1"})
    for side in ("either", "after", "before"):
        if side != time.side:
            yield f"side 改为 {side}", time.model_copy(update={"side": side})


def _during_changes(step: DuringStep) -> Iterator[tuple[str, dict[str, Any]]]:
    for part, other in (("within", "beyond"), ("beyond", "within")):
        told: Days | None = getattr(step, part)
        if told is not None:
            yield f"{part} 改为 {other}", {part: None, other: told}
            yield from ((name, {part: each}) for name, each in _counted_changes(told))
            if told.count == "natural" and told.side == "after":
                yield "roll 改变", {part: told.model_copy(update={"roll": not told.roll})}
    for part, other in (("overlaps", "contains"), ("contains", "overlaps")):
        span = getattr(step, part)
        if span is not None:
            yield f"{part} 改为 {other}", {part: None, other: span}
    if step.apart is not None:
        yield from ((name, {"apart": each}) for name, each in _counted_changes(step.apart))
    if step.uncovered is not None:
        longer = f"({step.uncovered.longer or 0}) + 1"
        yield "多一天", {"uncovered": step.uncovered.model_copy(update={"longer": longer})}


def _counted_changes(told: Any) -> Iterator[tuple[str, Any]]:
    yield "多一天", told.model_copy(update={"days": f"({told.days}) + 1"})
    yield "少一天", told.model_copy(update={"days": f"({told.days}) - 1"})
    other = "working" if told.count == "natural" else "natural"
    if not getattr(told, "roll", False):
        yield f"count 改为 {other}", told.model_copy(update={"count": other})
        for side in ("after", "before", "either"):
            if side != told.side:
                yield f"side 改为 {side}", told.model_copy(update={"side": side})


def _group_changes(step: GroupStep) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, body in step.add.items():
        if not isinstance(body, dict):
            continue
        changes: list[tuple[str, dict[str, Any]]] = [
            (f"{part} {'多' if sign == '+' else '少'}一", {part: f"({body[part]}) {sign} 1"})
            for part in ("least", "percent", "days")
            if body.get(part) is not None
            for sign in "+-"
        ]
        for part in ("share", "of", "where"):
            changes += [
                (told, {part: each}) for told, each in flipped_conditions(str(body.get(part) or "true"))
            ]
        for told, change in changes:
            yield f"{name}：{told}", {**step.add, name: {**body, **change}}
