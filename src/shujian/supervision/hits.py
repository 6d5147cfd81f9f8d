"""From the rows of an emit to hits that say why: one hit a subject, every row kept as evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from shujian.kernel.masking import mask_name, mask_text, mask_value
from shujian.kernel.money import money_text
from shujian.lake.read import Session
from shujian.supervision.candidates import Candidates
from shujian.supervision.comparing import compared_of, grade_rows
from shujian.supervision.compile import Plan
from shujian.supervision.emission import PLACEHOLDER, EmitPlan
from shujian.supervision.evidence import Shelf, keyword_hits
from shujian.supervision.forms import KeyOn, MatchStep, ScreenStep
from shujian.supervision.reasons import absences_of, explanation
from shujian.supervision.result import (
    ABSENCES,
    JUDGED,
    Hit,
    KeywordHit,
    MatchFound,
    grade_of,
)
from shujian.supervision.scope import Column
from shujian.supervision.screen_words import screened_rows
from shujian.supervision.steps.pairs import subject_of
from shujian.supervision.way import ref_of, way_of
from shujian.supervision.withheld import HIDDEN, withheld_fields

Row = Mapping[str, Any]


def hits_of(plan: Plan, session: Session) -> list[Hit]:
    """Every hit of an executed plan, sorted by emit and subject."""
    shelf, candidates = Shelf(session, plan.contracts, _read(plan)), Candidates(plan, session)
    gathered = [(emit, *_gathered(emit, session, candidates)) for emit in plan.emits]
    whole: dict[str, set[str]] = {}
    for _, _, wanted in gathered:
        for alias, ids in wanted.items():
            whole.setdefault(alias, set()).update(ids)
    shelf.fetch(whole)
    found: list[Hit] = []
    for emit, by_subject, wanted in gathered:
        words, screened = _words(plan, emit, session, shelf, wanted)
        found += [
            _hit(plan, emit, subject, rows, shelf, words, screened, candidates)
            for subject, rows in sorted(by_subject.items())
        ]
    return found


def _gathered(
    emit: EmitPlan, session: Session, candidates: Candidates
) -> tuple[dict[str, list[Row]], dict[str, set[str]]]:
    """The rows of an emit by subject, and the source rows behind them by alias."""
    by_subject: dict[str, list[Row]] = {}
    wanted: dict[str, set[str]] = {}
    for row in session.sql(emit.sql).to_pylist():
        by_subject.setdefault(_subject(emit, row), []).append(row)
    for rows in by_subject.values():
        for row in rows:
            for alias, ids in _refs(emit, row).items():
                wanted.setdefault(alias, set()).update(ids)
            for match, alias in candidates.of(emit, row):
                wanted.setdefault(alias, set()).add(match.right)
    return by_subject, wanted


def _read(plan: Plan) -> dict[str, set[str]]:
    """By alias, the fields of source rows that a hit can show, and the texts around its keywords."""
    read = {
        alias: {name for emit in plan.emits for name in _shown_fields(plan, emit, alias)}
        for alias in plan.contracts
    }
    for step in plan.model.spec.steps:
        for written in step.fields() if isinstance(step, ScreenStep) else ():
            alias, _, bare = written.rpartition(".")
            column = plan.relations[step.id].resolve(alias or None, bare)
            if isinstance(column, Column) and column.alias and column.field:
                read[column.alias].add(column.field)
    return read


def _subject(emit: EmitPlan, row: Row) -> str:
    if row["_subject"] is not None:
        return str(row["_subject"])
    return "row:" + "|".join(ref for ids in _refs(emit, row).values() for ref in ids[:1])


def _refs(emit: EmitPlan, row: Row) -> dict[str, list[str]]:
    if emit.relation.grouped:
        return {alias: [ref for ref in row[f"{alias}._rows"] or [] if ref] for alias in emit.relation.aliases}
    return {alias: [row[f"{alias}._row"]] for alias in emit.relation.aliases if row[f"{alias}._row"]}


def _words(
    plan: Plan, emit: EmitPlan, session: Session, shelf: Shelf, wanted: Mapping[str, set[str]]
) -> tuple[dict[str, list[KeywordHit]], dict[tuple[str, str], str]]:
    """The hits by row; and by screening and row, how they came about."""
    found: dict[str, list[KeywordHit]] = {}
    told: dict[tuple[str, str], str] = {}
    for name in emit.relation.path:
        step = plan.model.spec.step(name)
        if not isinstance(step, ScreenStep):
            continue
        alias, _, bare = step.fields()[0].rpartition(".")
        column = plan.relations[name].resolve(alias or None, bare)
        assert isinstance(column, Column) and column.alias and column.field
        dataset = plan.contracts[column.alias].id
        rows = keyword_hits(session, name, dataset, column.alias, wanted.get(column.alias, ()), shelf)
        if {each.rpartition(".")[2] for each in step.fields()} & withheld_fields(plan.model.spec):
            rows = {ref: [replace(hit, snippet=HIDDEN) for hit in hits] for ref, hits in rows.items()}
        for ref, hits in rows.items():
            found.setdefault(ref, []).extend(hits)
        titles = [pattern.title for pattern in plan.model.keywords[step.keywords].patterns]
        said = screened_rows(session, name, rows, titles)
        told |= {(name, ref): words for ref, words in said.items()}
    return found, told


def _sureness(row: Row) -> tuple[bool, int, int]:
    return (not (row["_g"] == 0 and row["_st"] <= 1), row["_st"], row["_g"])


def _hit(
    plan: Plan,
    emit: EmitPlan,
    subject: str,
    rows: Sequence[Row],
    shelf: Shelf,
    words: Mapping[str, list[KeywordHit]],
    screened: Mapping[tuple[str, str], str],
    candidates: Candidates,
) -> Hit:
    # The surest single row speaks for the subject; a sure id of one row never lends itself to another's absence.
    ordered = sorted(rows, key=lambda row: (_sureness(row), str(sorted(_refs(emit, row).items()))))
    best = ordered[0]
    refs: dict[str, list[str]] = {}
    for row in ordered:
        for alias, ids in _refs(emit, row).items():
            refs.setdefault(alias, []).extend(ref for ref in sorted(ids) if ref not in refs.get(alias, []))
    maybe = [pair for row in ordered for pair in candidates.of(emit, row)]
    for match, alias in maybe:
        if match.right not in refs.setdefault(alias, []):
            refs[alias].append(match.right)
    grade, absence = grade_of(best["_g"]), ABSENCES[best["_st"]]
    keywords = tuple(hit for ids in refs.values() for ref in ids for hit in words.get(ref, ()))
    matches = (
        *(match for row in ordered for match in _matches(plan, emit, row)),
        *(match for match, _ in maybe),
    )
    absences = absences_of(plan, emit, best)
    parts = _score(plan, emit, grade, absence, rows, best)
    act = best[emit.act_on.name] if emit.act_on else None
    shown = {alias: _shown_fields(plan, emit, alias) for alias in refs}
    return Hit(
        emit=emit.emit.name,
        subject_kind=emit.kind,
        subject_id=subject,
        title=_title(emit, best),
        grade=grade,
        absence=absence,
        strength=emit.emit.strength,
        score=max(0, sum(parts.values())),
        score_parts=parts,
        basis=_basis(plan, act),
        evidence=tuple(
            row
            for alias, ids in refs.items()
            for row in sorted(
                (shelf.evidence(alias, ref, shown[alias]) for ref in ids),
                key=lambda row: (row.file, row.sheet or "", row.line),
            )
        ),
        matches=tuple(dict.fromkeys(matches)),
        keywords=keywords,
        absences=absences,
        explanation=explanation(plan, emit, best, matches, absences, keywords, screened),
        region=best[emit.region.name] if emit.region else None,
        mask=_mask(emit, best, subject),
        figures={name: best[column.name] for name, column in emit.figures.items()},
        path=_path(plan, emit, ordered),
        unit=emit.emit.unit or "",
    )


def _path(plan: Plan, emit: EmitPlan, rows: Sequence[Row]) -> tuple[str, ...]:
    ways = {name for row in rows for name in way_of(plan, emit, row)}
    return tuple(name for name in emit.relation.path if name in ways)


def _shown_fields(plan: Plan, emit: EmitPlan, alias: str) -> list[str]:
    """Whose row it is, where the model compares that; what the model names; for a row that it does not name, its day.

    A subject that the model never compares, such as the caller of a hotline order, is not shown.
    """
    contract, read = plan.contracts[alias], plan.relations[alias].columns
    whose = [
        getattr(form, part, None)
        for subject, form in contract.subjects.items()
        if any(name.startswith(f"{alias}.{subject}__") for name in read)
        for part in ("name", "id_card", "uscc")
    ]
    named = emit.evidence.get(alias, [contract.date_field])
    hidden = withheld_fields(plan.model.spec)
    return [name for name in dict.fromkeys([*whose, *named]) if name and name not in hidden]


def _matches(plan: Plan, emit: EmitPlan, row: Row) -> list[MatchFound]:
    found = []
    for name in way_of(plan, emit, row):
        step = plan.model.spec.step(name)
        if emit.relation.grouped or not isinstance(step, MatchStep) or isinstance(step.key, KeyOn):
            continue
        left, right = (subject_of(plan.contracts, plan.relations[side], key) for side, key in _keys(step))
        if left is None or right is None or left[2] not in ("person", "org"):
            continue
        refs = [
            ref_of(plan.relations[side], holder[0], row)
            for (side, _), holder in zip(_keys(step), (left, right), strict=True)
        ]
        if refs[0] is None or refs[1] is None:
            continue
        graded, told = grade_rows(row, left, right), plan.judged.get(name)
        numbers = told.same.get((refs[0], refs[1]), ()) if told else ()
        found.append(
            MatchFound(
                name,
                refs[0],
                refs[1],
                JUDGED if numbers else str(graded.grade),
                compared_of(graded, plan.model.spec, plan.contracts, (left, right)),
                "、".join(numbers),
            )
        )
    return found


def _keys(step: MatchStep) -> tuple[tuple[str, str], tuple[str, str]]:
    assert not isinstance(step.key, KeyOn)
    names = (step.key, step.key) if isinstance(step.key, str) else (step.key.left, step.key.right)
    return (step.left, names[0]), (step.right, names[1])


def _score(
    plan: Plan, emit: EmitPlan, grade: str, absence: str, rows: Sequence[Row], best: Row
) -> dict[str, int]:
    scoring = {name.partition(".")[2]: value for name, value in plan.scoring.items()}
    parts = {"强度": int(scoring["strength"][emit.emit.strength])}
    way = way_of(plan, emit, best)
    screens = [name for name in way if f"{name}_score" in best]
    if screens:
        parts["关键词"] = sum(int(best[f"{name}_score"] or 0) for name in screens)
    if any(isinstance(plan.model.spec.step(name), MatchStep) for name in way):
        parts["主体核对"] = int(scoring["grade"].get(grade, scoring["grade"]["A-"]))
    if absence != "none":
        parts["缺失判断"] = int(scoring["absence"][absence])
    if len(rows) > 1:
        parts["多条依据"] = min((len(rows) - 1) * int(scoring["repeat_each"]), int(scoring["repeat_cap"]))
    return parts


def _basis(plan: Plan, act: Any) -> tuple[dict[str, Any], ...]:
    day = act.date() if isinstance(act, datetime) else act if isinstance(act, date) else plan.as_of
    return tuple(
        {
            "law": item.law,
            "article": item.article,
            "from": item.from_,
            "to": item.to,
            "verified": item.verified,
        }
        for item in plan.model.spec.basis
        if item.in_force(day)
    )


def _title(emit: EmitPlan, row: Row) -> str:
    def fill(found: Any) -> str:
        column = emit.titled.get(found.group(1))
        return "" if column is None else _shown(column, row[column.name])

    return PLACEHOLDER.sub(fill, emit.emit.title)


def _shown(column: Column, value: Any) -> str:
    if value is None:
        return "（不详）"
    if isinstance(value, Decimal) and column.semantic == "money":
        return money_text(value)
    if isinstance(value, Decimal):
        return format(value.normalize() if value != value.to_integral() else value.quantize(Decimal(1)), "f")
    return str(mask_value(column.semantic or "", value))


def _mask(emit: EmitPlan, row: Row, subject: str) -> str:
    shown = row[emit.named.name] if emit.named else None
    if emit.kind == "person":
        return mask_name(str(shown)) if shown else "（姓名不详）"
    if emit.kind == "org":
        return str(shown or "（名称不详）")
    return mask_text(str(shown if shown is not None else subject))
