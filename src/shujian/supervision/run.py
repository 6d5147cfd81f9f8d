"""One execution of a model on a snapshot, and the digest by which it can be told the same years later."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from shujian.kernel.canonical import canonical
from shujian.kernel.clock import today
from shujian.kernel.errors import BadInput, Fault, GuardRefused
from shujian.kernel.gm import sm3_hex
from shujian.kernel.progress import Progress, Silent
from shujian.lake.read import (
    DatasetPin,
    People,
    Session,
    Snapshot,
    SourceContract,
    open_session,
    people_of,
    source,
)
from shujian.supervision.adapting import adapted, unknown_names
from shujian.supervision.compile import Plan, compile_model
from shujian.supervision.coverage import RightSide, right_side
from shujian.supervision.execute import execute
from shujian.supervision.forms import AbsentStep
from shujian.supervision.frozen import Frozen, freeze
from shujian.supervision.further_forms import NearStep
from shujian.supervision.hits import hits_of
from shujian.supervision.judged import JudgedPeople, JudgedRows, resolve
from shujian.supervision.library import Model
from shujian.supervision.parameters import ParameterBook, parameter_book
from shujian.supervision.result import Hit, RunResult
from shujian.supervision.spec import ModelSpec


def contracts_of(model: Model) -> dict[str, SourceContract]:
    """The source contracts behind a model's aliases. Raises BadInput for unknown sources, all at once."""
    found: dict[str, SourceContract] = {}
    faults: list[Fault] = []
    for alias, need in model.spec.needs.items():
        try:
            contract = source(need.source)
            wrong = unknown_names(contract, need)
            faults += [
                model.file.fault(
                    ("needs", alias, *where),
                    "unknown_field",
                    "数据源没有这个字段或主体",
                    found=name,
                    expected=known,
                )
                for where, name, known in wrong
            ]
            found[alias] = contract if wrong else adapted(contract, need)
        except BadInput as error:
            told = error.faults[0]
            if told.code != "unknown_source":  # the contract is there, but faulty: its own faults say more
                faults += error.faults
                continue
            faults.append(
                model.file.fault(
                    ("needs", alias, "source"),
                    "unknown_source",
                    "没有这个数据源",
                    found=need.source,
                    expected=told.expected,
                )
            )
    if faults:
        raise BadInput(faults)
    return found


def rights_of(
    model: Model,
    contracts: Mapping[str, SourceContract],
    pins: Mapping[str, DatasetPin],
    as_of: date,
    session: Session,
) -> dict[str, RightSide]:
    """What each source of the model lets us know on the day."""
    asked = _asked(model.spec)
    return {
        alias: right_side(
            alias,
            model.spec.needs[alias],
            contract,
            pins.get(contract.id),
            as_of,
            session,
            asked=alias in asked,
        )
        for alias, contract in contracts.items()
    }


def _asked(spec: ModelSpec) -> set[str]:
    """The sources in which some step may find nothing and say so."""
    steps = {step.id: step for step in spec.steps}
    waiting = [step.right for step in spec.steps if isinstance(step, AbsentStep | NearStep)]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += steps[name].inputs() if name in steps else ()
    return seen & spec.needs.keys()


def make_plan(
    model: Model,
    contracts: Mapping[str, SourceContract],
    book: ParameterBook,
    as_of: date,
    rights: Mapping[str, RightSide],
    overrides: Mapping[str, Any] | None = None,
    people: People | None = None,
    judged: JudgedRows | None = None,
) -> Plan:
    """Compile, or raise BadInput with every fault of the model."""
    plan, faults = compile_model(model, contracts, book, as_of, rights, overrides, people, judged)
    faults.raise_if_any()
    assert plan is not None
    return plan


def run_model(
    model: Model,
    snapshot: Snapshot,
    as_of: date,
    *,
    threads: int | None = None,
    progress: Progress | None = None,
    judgements: JudgedPeople | None = None,
    engine: str = "duckdb",
) -> RunResult:
    """Run on one pinned snapshot; ``judgements``: what is judged now. Raises BadInput (model), GuardRefused (agreement expired)."""
    contracts = contracts_of(model)
    _agreements(model, contracts, max(as_of, today()))
    session = open_session(snapshot, threads=threads, engine=engine)
    try:
        judged = resolve(judgements, contracts, session)
        return run_in(
            model, contracts, snapshot.datasets, snapshot.id, as_of, session, progress or Silent(),
            people=people_of(snapshot.datasets), judged=judged,
        )  # fmt: skip
    finally:
        session.close()


def run_frozen(
    frozen: Frozen, snapshot: Snapshot, as_of: date, *, threads: int | None = None, engine: str = "duckdb"
) -> RunResult:
    """Run again what a run was made of. An agreement that has ended since does not stop the check of what was done
    under it; whether the data may still be held is for retention to say.
    """
    session = open_session(snapshot, threads=threads, engine=engine)
    try:
        return run_in(
            frozen.model, frozen.contracts, snapshot.datasets, snapshot.id, as_of, session, Silent(),
            frozen.parameters, people=frozen.people, judged=frozen.judged,
        )  # fmt: skip
    finally:
        session.close()


def run_in(
    model: Model,
    contracts: Mapping[str, SourceContract],
    pins: Mapping[str, DatasetPin],
    snapshot_id: str,
    as_of: date,
    session: Session,
    progress: Progress,
    overrides: Mapping[str, Any] | None = None,
    book: ParameterBook | None = None,
    people: People | None = None,
    judged: JudgedRows | None = None,
) -> RunResult:
    """Run in an open session; proofs use this with tables of their own."""
    started = time.perf_counter()
    rights = rights_of(model, contracts, pins, as_of, session)
    plan = make_plan(model, contracts, book or parameter_book(), as_of, rights, overrides, people, judged)
    steps = execute(plan, session, progress)
    hits = hits_of(plan, session)
    return RunResult(
        model=model.spec.id,
        title=model.spec.title,
        unit=model.spec.unit,
        fingerprint=model.fingerprint,
        snapshot=snapshot_id,
        as_of=as_of,
        engine=session.engine,
        engine_version=session.engine_version,
        parameters=plan.parameters,
        steps=steps,
        hits=tuple(hits),
        result_sm3=result_sm3(model.spec.id, hits),
        seconds=time.perf_counter() - started,
        verify=tuple(model.spec.verify),
        warnings=tuple(_warnings(rights, as_of)),
        frozen=freeze(model, contracts, plan.parameters, plan.people, judged),
    )


def _agreements(model: Model, contracts: Mapping[str, SourceContract], day: date) -> None:
    # The day is today, not an earlier as_of: to look back does not bring an ended agreement back.
    # Nor does a later as_of begin one that has not begun.
    faults: list[Fault] = []
    for contract in contracts.values():
        told = contract.agreement
        if told.expires is not None and told.expires < day:
            faults.append(
                _stopped("agreement_expired", "已到期", contract, model, told.expires, f"不早于 {day}")
            )
        if told.from_ is not None and told.from_ > today():
            faults.append(
                _stopped("agreement_not_begun", "尚未生效", contract, model, told.from_, f"不晚于 {today()}")
            )
    if faults:
        raise GuardRefused(faults)


def _stopped(
    code: str, words: str, contract: SourceContract, model: Model, found: date, expected: str
) -> Fault:
    message = f"数据源“{contract.title}”的使用约定{words}，模型“{model.spec.title}”不能运行"
    return Fault(code=code, message=message, found=str(found), expected=expected)


def _warnings(rights: Mapping[str, RightSide], as_of: date) -> Iterable[str]:
    if as_of > today():
        yield f"基准日 {as_of} 晚于今天 {today()}：此后按今天运行不会更新这些线索"
    for alias, right in rights.items():
        if not right.fresh:
            yield f"{alias}：{right.fresh_because}"


def result_sm3(model: str, hits: Iterable[Hit]) -> str:
    """SM3 over the hits as canonical JSON lines, sorted; only content, nothing of file, batch or time."""
    return sm3_hex("\n".join(sorted(canonical(_content(model, hit)) for hit in hits)).encode())


def _content(model: str, hit: Hit) -> dict[str, Any]:
    return {
        "model": model,
        "emit": hit.emit,
        "subject_kind": hit.subject_kind,
        "subject": hit.subject_id,
        "title": hit.title,
        "grade": hit.grade,
        "absence": hit.absence,
        "strength": hit.strength,
        "score": hit.score,
        "score_parts": hit.score_parts,
        "figures": hit.figures,
        "region": hit.region,
        "evidence": sorted([row.alias, row.dataset, row.row] for row in hit.evidence),
        "keywords": sorted(
            [word.dataset, word.row, word.field, word.offset, word.word] for word in hit.keywords
        ),
        "absences": [[each.step, each.state, each.asked_from, each.asked_to] for each in hit.absences],
        "matches": sorted([each.step, each.left, each.right, each.grade] for each in hit.matches),
    }
