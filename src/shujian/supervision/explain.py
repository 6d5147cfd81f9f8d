"""``model explain``: what happened to one subject at each step, also where nothing came out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from shujian.kernel.masking import mask_text
from shujian.kernel.progress import Silent
from shujian.lake.read import Session, Snapshot, open_session
from shujian.supervision.adapting import table_of
from shujian.supervision.builder import Builder
from shujian.supervision.compile import Plan
from shujian.supervision.coverage import STRONG_KEY
from shujian.supervision.during_forms import DuringStep
from shujian.supervision.during_words import during_condition
from shujian.supervision.evidence import Shelf
from shujian.supervision.execute import execute
from shujian.supervision.expressions import compile_tree, conjuncts, parse_expression
from shujian.supervision.forms import (
    AbsentStep,
    ComputeStep,
    FilterStep,
    GroupStep,
    MatchStep,
    ScreenStep,
)
from shujian.supervision.frozen import Frozen
from shujian.supervision.further_forms import NearStep, ResolveStep, UnionStep
from shujian.supervision.further_words import subject_words
from shujian.supervision.group_words import group_columns, group_row
from shujian.supervision.judged import JudgedPeople, resolve
from shujian.supervision.parameters import parameter_book
from shujian.supervision.relation import Relation, quoted, text
from shujian.supervision.result import JUDGED
from shujian.supervision.run import make_plan, rights_of
from shujian.supervision.scope import Column
from shujian.supervision.screen_words import screened_subject
from shujian.supervision.steps.during import asked, days_of
from shujian.supervision.withheld import HIDDEN, is_withheld
from shujian.supervision.wording import say_condition

SHOWN = 5


@dataclass(frozen=True)
class ExplainedStep:
    """One step: rows of the subject that came in and left, why, and the source rows as ``dataset:file:line``."""

    id: str
    says: str
    came: int
    left: int
    reason: str
    rows: tuple[str, ...]


@dataclass(frozen=True)
class Explanation:
    """The way of a subject through a model. ``verdict``: hit, miss or unknown."""

    subject: str
    verdict: str
    steps: tuple[ExplainedStep, ...]


def explain_subject(
    made: Frozen,
    snapshot: Snapshot,
    as_of: date,
    *,
    subject: str,
    subject_id: str | None = None,
    rows: Mapping[str, Sequence[str]] | None = None,
    judgements: JudgedPeople | None = None,
) -> Explanation:
    """Explain a subject given by its plain id, or by its source rows (dataset → row ids)."""
    model, contracts = made.model, made.contracts
    session = open_session(snapshot)
    try:
        rights = rights_of(model, contracts, snapshot.datasets, as_of, session)
        judged = made.judged or resolve(judgements, contracts, session)
        plan = make_plan(
            model, contracts, parameter_book(), as_of, rights, made.parameters or None, made.people, judged
        )
        execute(plan, session, Silent())
        own = _own_rows(plan, session, subject_id, rows or {})
        return _explained(plan, session, subject, own)
    finally:
        session.close()


def _own_rows(
    plan: Plan, session: Session, subject_id: str | None, rows: Mapping[str, Sequence[str]]
) -> dict[str, set[str]]:
    own: dict[str, set[str]] = {}
    for alias, contract in plan.contracts.items():
        found = set(rows.get(contract.id, ()))
        for subject, form in contract.subjects.items():
            if subject_id is None:
                break
            key = quoted(f"{subject}__{STRONG_KEY[form.kind]}")
            table = session.sql(
                f"SELECT _row FROM {table_of(session, contract)} WHERE {key} = {text(subject_id)}"
            )
            found.update(table.column("_row").to_pylist())
        own[alias] = found
    return own


def _involves(relation: Relation, own: Mapping[str, set[str]]) -> str:
    tests = []
    for alias in relation.aliases:
        if not own.get(alias):
            continue
        listed = ", ".join(text(row) for row in sorted(own[alias]))
        column = quoted(f"{alias}._rows" if relation.grouped else f"{alias}._row")
        tests.append(f"list_has_any({column}, [{listed}])" if relation.grouped else f"{column} IN ({listed})")
    return " OR ".join(tests) or "FALSE"


def _explained(plan: Plan, session: Session, subject: str, own: Mapping[str, set[str]]) -> Explanation:
    shelf, steps, doubtful = Shelf(session, plan.contracts), [], False
    for step in plan.model.spec.steps:
        relation = plan.relations[step.id]
        came = [_count(session, plan.relations[name], own) for name in _entering(step)]
        left = _count(session, relation, own)
        entered = sum(came) if isinstance(step, UnionStep | ResolveStep) else max(came, default=0)
        reason, doubt = _reason(plan, session, step, own, entered, left)
        doubtful = doubtful or doubt
        steps.append(
            ExplainedStep(step.id, step.says, entered, left, reason, _refs(session, relation, own, shelf))
        )
    if steps and not any(own.values()):
        steps[0] = replace(steps[0], reason="本模型用到的各数据中都没有这个主体的记录")
    return Explanation(subject, _verdict(plan, session, own, doubtful), tuple(steps))


def _entering(step: Any) -> tuple[str, ...]:
    return (step.left,) if isinstance(step, MatchStep | AbsentStep | NearStep) else step.inputs()


def _count(session: Session, relation: Relation, own: Mapping[str, set[str]]) -> int:
    return int(
        session.sql(f"SELECT count(*) AS n FROM {quoted(relation.name)} WHERE {_involves(relation, own)}")
        .column(0)[0]
        .as_py()
    )


def _refs(session: Session, relation: Relation, own: Mapping[str, set[str]], shelf: Shelf) -> tuple[str, ...]:
    if relation.grouped:
        return ()
    columns = ", ".join(quoted(f"{alias}._row") for alias in relation.aliases)
    found = session.sql(
        f"SELECT DISTINCT {columns} FROM {quoted(relation.name)} WHERE {_involves(relation, own)} ORDER BY ALL LIMIT {SHOWN}"
    )
    named: list[str] = []
    for row in found.to_pylist():
        for alias in relation.aliases:
            ref = row[f"{alias}._row"]
            if ref:
                shelf.fetch({alias: [ref]})
                seen = shelf.evidence(alias, ref, [])
                named.append(f"{seen.dataset}:{seen.file}:{seen.line}")
    return tuple(dict.fromkeys(named))


def _verdict(plan: Plan, session: Session, own: Mapping[str, set[str]], doubtful: bool) -> str:
    states = set()
    for emit in plan.emits:
        found = session.sql(f"SELECT DISTINCT _st FROM ({emit.sql}) WHERE {_involves(emit.relation, own)}")
        states.update(found.column(0).to_pylist())
    if states & {0, 1}:
        return "hit"
    return "unknown" if states or doubtful else "miss"


def _reason(
    plan: Plan, session: Session, step: Any, own: Mapping[str, set[str]], came: int, left: int
) -> tuple[str, bool]:
    """Why so many rows left the step; and whether a null made the answer unknown."""
    if came == 0:
        return "没有记录进入这一步", False
    if isinstance(step, FilterStep) or (isinstance(step, DuringStep) and step.uncovered is None):
        return _filtered(plan, session, step, own, came, left)
    if isinstance(step, MatchStep):
        return _matched(plan, session, step, own, left), False
    if isinstance(step, AbsentStep):
        return _missed(plan, session, step, own, left), False
    if isinstance(step, ScreenStep):
        return _screened(plan, session, step, own, left), False
    if isinstance(step, GroupStep):
        return _grouped(plan, session, step, own, left), False
    relation, says = plan.relations[step.id], {each.id: each.says for each in plan.model.spec.steps}
    said = subject_words(step, left, says, lambda names: _rows(session, relation, names, own))
    if said is not None:
        return said, False
    return f"{left} 条" + ("，算出新列" if isinstance(step, ComputeStep) else ""), False


def _grouped(plan: Plan, session: Session, step: GroupStep, own: Mapping[str, set[str]], left: int) -> str:
    names = group_columns(step)
    seen = _rows(session, plan.relations[step.id], names, own) if names else []
    told = "；".join(dict.fromkeys(group_row(step, row, plan.model.spec.columns) for row in seen))
    return f"归入 {left} 组" + (f"：{told}" if told else "")


def _filtered(
    plan: Plan, session: Session, step: Any, own: Mapping[str, set[str]], came: int, left: int
) -> tuple[str, bool]:
    if left == came:
        return "条件成立", False
    source = plan.relations[step.from_]
    told, doubt = [], False
    for said, condition, columns in _conditions(plan, step, source):
        values = ", ".join(quoted(name) for name in sorted(columns)) or "1"
        found = session.sql(
            f"SELECT {values}, ({condition}) AS _ok FROM {quoted(source.name)} "
            f"WHERE ({_involves(source, own)}) AND ({condition}) IS NOT TRUE LIMIT 1"
        )
        for row in found.to_pylist():
            told_of = [name for name in sorted(columns) if row[name] is not None or "__" not in name]
            seen = "，".join(
                f"{_title(source, name)}{HIDDEN if is_withheld(plan.model.spec, plan.contracts, name) else f'为{_say(row[name])}'}"
                for name in told_of
            )
            doubt = doubt or row["_ok"] is None
            told.append(
                f"“{said}”{'无法判断' if row['_ok'] is None else '不成立'}" + (f"（{seen}）" if seen else "")
            )
    return f"{came - left} 条不符合：" + "；".join(told), doubt and left == 0


def _conditions(plan: Plan, step: Any, source: Relation) -> list[tuple[str, str, set[str]]]:
    """Each part of a condition: in words, as SQL, and the columns that it reads."""
    builder = Builder(plan.model, plan.contracts, parameter_book(), plan.as_of, plan.rights, plan.parameters)
    builder.relations.update(plan.relations)
    scope = builder.scope(source)

    def said(text: str) -> str:
        return say_condition(parse_expression(text), source, plan.parameters, plan.as_of)

    if isinstance(step, DuringStep) and step.span is None:
        found = asked(step, builder, source)
        assert found is not None
        return [(during_condition(step, said), found.condition, set(days_of(step, builder, source)))]
    if isinstance(step, DuringStep):
        assert step.span is not None
        ends = [f"({step.event}) >= ({step.span.from_})"]
        until = f"({step.event}) <= ({step.span.to})"
        ends.append(f"({step.span.to}) is null or {until}" if step.span.open_end else until)
        trees = [parse_expression(each) for each in ends]
    else:
        trees = conjuncts(parse_expression(step.where))
    compiled = [compile_tree(tree, scope) for tree in trees]
    words = [say_condition(tree, source, plan.parameters, plan.as_of) for tree in trees]
    return [(told, each.sql, each.columns) for told, each in zip(words, compiled, strict=True)]


def _title(source: Relation, name: str) -> str:
    return source.columns[name].title or name


def _say(value: Any) -> str:
    return "空" if value is None else mask_text(str(value))


def _matched(plan: Plan, session: Session, step: MatchStep, own: Mapping[str, set[str]], left: int) -> str:
    relation = plan.relations[step.id]
    if not left:
        return f"在“{step.right}”中没有可以认作同一主体的记录（证件号码都有效而不同的，即使同名也不匹配）"
    grades = _tally(session, relation, f"{step.id}_grade", own)
    said = ["人工认定" if grade == JUDGED else f"{grade or '无'} 级" for grade, _ in grades]
    return "匹配 " + "、".join(f"{title} {count} 对" for title, (_, count) in zip(said, grades, strict=True))


def _screened(plan: Plan, session: Session, step: ScreenStep, own: Mapping[str, set[str]], left: int) -> str:
    source = plan.relations[step.from_]
    alias, _, bare = step.fields()[0].rpartition(".")
    column = source.resolve(alias or None, bare)
    assert isinstance(column, Column)
    return screened_subject(
        session, step.id, _involves(source, own), source.name, f"{column.alias}._row", left
    )


def _tally(
    session: Session, relation: Relation, column: str, own: Mapping[str, set[str]]
) -> list[tuple[Any, int]]:
    found = session.sql(
        f"SELECT {quoted(column)} AS v, count(*) AS n FROM {quoted(relation.name)} "
        f"WHERE {_involves(relation, own)} GROUP BY 1 ORDER BY 1"
    )
    return [(row["v"], row["n"]) for row in found.to_pylist()]


def _rows(
    session: Session, relation: Relation, names: Sequence[str], own: Mapping[str, set[str]]
) -> list[dict[str, Any]]:
    listed = ", ".join(quoted(name) for name in names)
    found = session.sql(
        f"SELECT DISTINCT {listed} FROM {quoted(relation.name)} WHERE {_involves(relation, own)} ORDER BY ALL LIMIT {SHOWN}"
    )
    return [dict(row) for row in found.to_pylist()]


def _missed(plan: Plan, session: Session, step: AbsentStep, own: Mapping[str, set[str]], left: int) -> str:
    relation = plan.relations[step.id]
    if not left:
        return f"“{step.right}”中已有同一主体、符合条件的记录"
    words = {
        "proved": "可以确认没有",
        "possible": "可能有，须核对",
        "unknown": "无法判断（来源未声明完整、已过时或号码不全）",
    }
    return "；".join(
        f"{words[state]} {count} 条" for state, count in _tally(session, relation, f"{step.id}_state", own)
    )
