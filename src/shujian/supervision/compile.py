"""From a model to a plan: statements in order, one emit query each. Every fault of the model is found here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shujian.kernel.errors import FaultList
from shujian.lake.read import People, SourceContract
from shujian.supervision.builder import Builder, Memo, Statement
from shujian.supervision.coverage import RightSide
from shujian.supervision.emission import EmitPlan, plan_emit
from shujian.supervision.judged import JudgedRows
from shujian.supervision.library import Model
from shujian.supervision.parameters import ParameterBook
from shujian.supervision.printing import printed
from shujian.supervision.relation import Relation
from shujian.supervision.steps import BUILDERS

PLAIN_NUMBERS = {"0", "1", "3", "12"}
"""Nought, one, the months of a quarter and of a year are no thresholds."""


@dataclass(frozen=True)
class Plan:
    """A compiled model: source views, statements, emits; and the parameter values it was compiled with."""

    model: Model
    contracts: Mapping[str, SourceContract]
    rights: Mapping[str, RightSide]
    as_of: date
    views: Mapping[str, str]
    """Alias → SELECT with ``{table}`` for the lake's view."""
    statements: tuple[Statement, ...]
    relations: Mapping[str, Relation]
    emits: tuple[EmitPlan, ...]
    parameters: Mapping[str, Any]
    scoring: Mapping[str, Any]
    candidates: Mapping[str, tuple[Any, Any, str]]
    """Absent step → the two sides of its key, and the query for the candidates of its possible rows."""
    judged: Mapping[str, Any] = field(default_factory=dict)
    """Step → what people judged of the pairs of its two lists."""
    people: People = field(default_factory=dict)
    """Whom the lake names, where a step counts them."""
    readers: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """(alias, column) → the steps and emits (``emit:<name>``) that read it."""
    used: Mapping[str, set[str]] = field(default_factory=dict)
    """Alias → the columns of its source that the plan reads."""

    def sql(self) -> str:
        """The whole plan as readable DuckDB SQL, one table a step, for review."""
        parts = []
        for statement in self.statements:
            body = statement.sql.replace("{hits}", f'"hits_{statement.step}"')
            parts.append(f'-- {statement.step}\nCREATE TEMP TABLE "{statement.name}" AS\n{printed(body)};')
        return "\n\n".join(parts)


SCORING = (
    "scoring.strength",
    "scoring.grade",
    "scoring.absence",
    "scoring.repeat_each",
    "scoring.repeat_cap",
)


def compile_model(
    model: Model,
    contracts: Mapping[str, SourceContract],
    book: ParameterBook,
    as_of: date,
    rights: Mapping[str, RightSide],
    overrides: Mapping[str, Any] | None = None,
    people: People | None = None,
    judged: JudgedRows | None = None,
) -> tuple[Plan | None, FaultList]:
    """Compile twice: learn which columns are read, then write what reads only those.

    Answers the plan, or None and every fault found, each placed in the model's file.
    """
    memo = _memo(model, as_of, rights)
    first = Builder(model, contracts, book, as_of, rights, overrides, people=people, judged=judged, memo=memo)
    _build(first)
    _lint(first)
    if first.faults.items:
        return None, first.faults
    second = Builder(
        model,
        contracts,
        book,
        as_of,
        rights,
        first.values,
        used=first.used,
        people=people,
        judged=judged,
        memo=memo,
    )
    return _planned(second, first), second.faults


_memos: dict[tuple[Any, ...], Memo] = {}
_MEMOS = 32


def _memo(model: Model, as_of: date, rights: Mapping[str, RightSide]) -> Memo:
    """What the expressions of a model compiled to before, on the same day and extracts; they rest on nothing else that
    their own keys do not say.
    """
    extracts = tuple(sorted((alias, right.extract_on) for alias, right in rights.items()))
    key = (model.fingerprint, as_of, extracts)
    if key not in _memos and len(_memos) >= _MEMOS:
        _memos.pop(next(iter(_memos)), None)
    return _memos.setdefault(key, {})


def compile_again(
    model: Model,
    contracts: Mapping[str, SourceContract],
    book: ParameterBook,
    as_of: date,
    rights: Mapping[str, RightSide],
    values: Mapping[str, Any],
    used: Mapping[str, set[str]],
    memo: Memo,
) -> Plan | None:
    """Compile a model that differs a little from one of which is known what it reads (``used``), in one pass and with
    what expressions compiled to before. None where it does not compile, or reads anything else.
    """
    builder = Builder(model, contracts, book, as_of, rights, values, used=used, memo=memo)
    plan = _planned(builder, builder)
    return None if builder.faults.items else plan


def _planned(second: Builder, first: Builder) -> Plan:
    contracts = second.contracts
    emits = _build(second)
    scoring = {name: second.lookup(name) for name in SCORING}
    views = {alias: second.source_view(alias, "{table}") for alias in contracts}
    return Plan(
        model=second.model,
        contracts=contracts,
        rights=second.rights,
        as_of=second.as_of,
        views=views,
        statements=tuple(second.statements),
        relations=second.relations,
        emits=tuple(emits),
        parameters=dict(sorted(second.values.items())),
        scoring=scoring,
        candidates=second.candidates,
        judged=second.judged,
        people=second.people if second.people_read else {},
        used=first.used,
        readers={place: tuple(names) for place, names in first.readers.items()},
    )


def _build(builder: Builder) -> list[EmitPlan]:
    for step in _ordered(builder):
        builder.reader = step.id
        BUILDERS[step.use](step, builder)
    emits: list[EmitPlan | None] = []
    for position, emit in enumerate(builder.model.spec.emit):
        builder.reader = f"emit:{emit.name}"
        emits.append(plan_emit(emit, position, builder))
    return [emit for emit in emits if emit is not None]


def _ordered(builder: Builder) -> list[Any]:
    """Steps so that each comes after what it reads; a fault for a cycle or an id used twice."""
    steps: dict[str, Any] = {}
    for position, step in enumerate(builder.model.spec.steps):
        if step.id in steps or step.id in builder.contracts:
            builder.fault(
                ("steps", position, "id"),
                "duplicate_step",
                "步骤名重复，或与数据别名相同",
                step.id,
                "另取一个名字",
            )
            continue
        steps[step.id] = step
    done: list[Any] = []
    state: dict[str, str] = {}

    def visit(name: str, trail: tuple[str, ...]) -> None:
        if name not in steps or state.get(name) == "done":
            return
        if state.get(name) == "open":
            loop = [*trail[trail.index(name) :], name]
            builder.fault(
                builder.at(name), "cycle", "步骤互相引用，成了环", " → ".join(loop), "步骤只能引用前面的步骤"
            )
            return
        state[name] = "open"
        for source in steps[name].inputs():
            visit(source, (*trail, name))
        state[name] = "done"
        done.append(steps[name])

    for name in steps:
        visit(name, ())
    return done


def _lint(builder: Builder) -> None:
    spec = builder.model.spec
    for position, name in enumerate(spec.parameters):
        if name not in builder.read_parameters:
            builder.fault(
                ("parameters", position),
                "unused_parameter",
                "参数声明了却没有用到",
                name,
                "删去，或在步骤中使用",
            )
    made = {name for relation in builder.relations.values() for name in relation.columns}
    for name in spec.columns:
        if name not in made:
            builder.fault(
                ("columns", name), "unknown_column", "没有步骤算出这一列", name, "步骤 add 或 into 里的列名"
            )
    reached: set[str] = set()
    queue = [emit.from_ for emit in spec.emit]
    steps = {step.id: step for step in spec.steps}
    while queue:
        name = queue.pop()
        if name in steps and name not in reached:
            reached.add(name)
            queue.extend(steps[name].inputs())
    for position, step in enumerate(spec.steps):
        if step.id not in reached:
            builder.fault(
                ("steps", position),
                "unreached_step",
                "这一步没有通向任何线索",
                step.id,
                "被后面的步骤或 emit 引用",
            )
    for where, number in dict.fromkeys(builder.numbers):
        if number not in PLAIN_NUMBERS:
            builder.fault(where, "bare_number", "数字应写成参数，注明依据与生效日", number, "param.组.名")
    used = {alias for step in spec.steps for alias in step.inputs()} | {emit.from_ for emit in spec.emit}
    for alias in spec.needs:
        if alias not in used:
            builder.fault(("needs", alias), "unused_need", "数据别名没有用到", alias, "删去，或在步骤中使用")
