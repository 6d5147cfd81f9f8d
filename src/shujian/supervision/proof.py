"""Proof files: a few rows for each source, and the exact set of hits that must come out. Beside the model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.progress import Silent
from shujian.kernel.yamlfile import YamlFile, read_yaml
from shujian.lake.read import Coverage, DatasetPin, Gap, Session, SourceContract, memory_session
from shujian.lake.service import typed_table
from shujian.supervision.adapting import base_of, rows_of
from shujian.supervision.hits import Outline
from shujian.supervision.judged import JudgedPeople, resolve
from shujian.supervision.library import Model
from shujian.supervision.parameters import ParameterBook
from shujian.supervision.result import Hit, RunResult, StepCount
from shujian.supervision.run import contracts_of, run_in


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class GapForm(_Form):
    """A span that a declaration excepts."""

    from_: date = Field(alias="from")
    to: date
    area: list[str] = []
    why: str = "未提供"


class CoverageForm(_Form):
    """What the source declares in this proof."""

    from_: date = Field(alias="from")
    to: date
    area: list[str] = []
    complete: bool = True
    gaps: list[GapForm] = []


class Expected(_Form):
    """One hit that must come out; what is not written is not asked."""

    subject: str
    emit: str | None = None
    grade: str | None = None
    absence: str | None = None
    strength: str | None = None
    figures: dict[str, Any] = {}
    because: list[str] = []


class Proof(_Form):
    """One proof: the day, the rows by alias, what is declared, the exact set of hits, row counts of steps.

    ``extract_on``: the day of each source's extract, else that of the proof; null: the source has told none.
    ``after``: rows that leave a step; ``unknown``: rows of which a step cannot say whether its condition holds.
    """

    name: str
    says: str
    kind: Literal["hit", "miss", "edge"]
    as_of: date
    given: dict[str, list[dict[str, Any]]]
    coverage: dict[str, list[CoverageForm]] = {}
    extract_on: dict[str, date | None] = {}
    expect: list[Expected]
    after: dict[str, int] = {}
    unknown: dict[str, int] = {}


@dataclass(frozen=True)
class ProofFile:
    """A proof and the file it stands in."""

    proof: Proof
    file: YamlFile


def read_proofs(model: Model) -> tuple[list[ProofFile], list[Fault]]:
    """The proofs beside a model, and every fault of their form."""
    found: list[ProofFile] = []
    faults: list[Fault] = []
    for path in sorted((model.folder / "proofs").glob("*.yaml")):
        try:
            file = read_yaml(path)
            proof = Proof.model_validate(file.value)
        except BadInput as error:
            faults += error.faults
        except ValidationError as error:
            faults += file.faults_of(error)
        else:
            faults += _aliases(model, file, proof)
            found.append(ProofFile(proof, file))
    return found, faults


def _aliases(model: Model, file: YamlFile, proof: Proof) -> list[Fault]:
    named = [("given", name) for name in proof.given] + [("coverage", name) for name in proof.coverage]
    named += [("extract_on", name) for name in proof.extract_on]
    faults = [
        file.fault(
            (part, name),
            "unknown_alias",
            "没有这个数据别名",
            found=name,
            expected="、".join(model.spec.needs),
        )
        for part, name in named
        if name not in model.spec.needs
    ]
    steps = {step.id for step in model.spec.steps}
    faults += [
        file.fault(
            (part, name), "unknown_step", "没有这个步骤", found=name, expected="、".join(sorted(steps))
        )
        for part, named_steps in (("after", proof.after), ("unknown", proof.unknown))
        for name in named_steps
        if name not in steps
    ]
    return faults


def run_proof(
    model: Model,
    proof: Proof,
    book: ParameterBook,
    contracts: Mapping[str, SourceContract] | None = None,
    judgements: JudgedPeople | None = None,
    engine: str = "duckdb",
    overrides: Mapping[str, Any] | None = None,
) -> RunResult:
    """Run a model on a proof's rows, through the same normalising as ingest; ``judgements``: what was judged of them.

    Raises BadInput for bad rows.
    """
    contracts = contracts or contracts_of(model)
    session, pins = opened(model, proof, contracts, engine)
    try:
        judged = resolve(judgements, contracts, session)
        return run_in(
            model,
            contracts,
            pins,
            f"proof:{proof.name}",
            proof.as_of,
            session,
            Silent(),
            overrides=overrides or None,
            book=book,
            judged=judged,
        )
    finally:
        session.close()


def opened(
    model: Model, proof: Proof, contracts: Mapping[str, SourceContract], engine: str = "duckdb"
) -> tuple[Session, dict[str, DatasetPin]]:
    """A session over a proof's rows, and what the proof declares of each source. Raises BadInput for bad rows."""
    rows: dict[str, list[dict[str, Any]]] = {contract.id: [] for contract in contracts.values()}
    pins: dict[str, DatasetPin] = {}
    for alias, contract in contracts.items():
        rows[contract.id] += rows_of(contract, proof.given.get(alias, []))
    for contract in contracts.values():
        # Aliases of one source share its rows, its extract date and its declaration.
        aliases = [alias for alias, each in contracts.items() if each.id == contract.id]
        told = [proof.extract_on[alias] for alias in aliases if alias in proof.extract_on]
        pins[contract.id] = DatasetPin(
            dataset=contract.id,
            version=0,
            files=(),
            superseding=False,
            rows=len(rows[contract.id]),
            extract_on=None if None in told else min([day for day in told if day], default=proof.as_of),
            coverage=tuple(_coverage(form) for alias in aliases for form in proof.coverage.get(alias, [])),
        )
    tables = {one.id: typed_table(base_of(one), rows[one.id]) for one in contracts.values()}
    return memory_session(tables, engine=engine), pins


def _coverage(form: CoverageForm) -> Coverage:
    gaps = tuple(Gap(from_=gap.from_, to=gap.to, area=tuple(gap.area), why=gap.why) for gap in form.gaps)
    return Coverage(
        from_=form.from_,
        to=form.to,
        area=tuple(form.area),
        complete=form.complete,
        gaps=gaps,
        stated_by="证明用例",
    )


@dataclass(frozen=True)
class Counted:
    """How many rows left a step, and of how many it could not say."""

    id: str
    rows: int
    unknown: int


@dataclass(frozen=True)
class Outcome:
    """As much of a result as a proof asks for."""

    steps: Sequence[Counted | StepCount]
    hits: tuple[Outline, ...]


def disagreements(proof: Proof, result: RunResult | Outcome) -> list[str]:
    """How a result differs from what the proof expects, in Chinese; empty where it agrees exactly."""
    told: list[str] = []
    left: list[Hit | Outline] = list(result.hits)
    for expected in proof.expect:
        found = next((hit for hit in left if _meets(expected, hit)), None)
        if found is None:
            near = [_say(hit) for hit in left if _same_subject(expected.subject, hit)]
            told.append(
                f"缺少命中：{expected.model_dump(exclude_defaults=True)}"
                + (f"（实际为 {'；'.join(near)}）" if near else "")
            )
        else:
            left.remove(found)
    told += [f"多出命中：{_say(hit)}" for hit in left]
    counts = {step.id: step.rows for step in result.steps}
    told += [
        f"步骤 {name} 应有 {rows} 行，实际 {counts.get(name)} 行"
        for name, rows in proof.after.items()
        if counts.get(name) != rows
    ]
    unsure = {step.id: step.unknown for step in result.steps}
    told += [
        f"步骤 {name} 应有 {rows} 行无法判断，实际 {unsure.get(name)} 行"
        for name, rows in proof.unknown.items()
        if unsure.get(name) != rows
    ]
    return told


def _say(hit: Hit | Outline) -> str:
    return f"{hit.emit} {hit.subject_id} 等级 {hit.grade} 缺失 {hit.absence} 强度 {hit.strength}"


def _same_subject(subject: str, hit: Hit | Outline) -> bool:
    return hit.subject_id == subject or hit.subject_id.startswith(f"{subject}|")


def _meets(expected: Expected, hit: Hit | Outline) -> bool:
    wanted = {
        "emit": expected.emit,
        "grade": expected.grade,
        "absence": expected.absence,
        "strength": expected.strength,
    }
    figures = all(str(hit.figures.get(name)) == str(value) for name, value in expected.figures.items())
    return (
        _same_subject(expected.subject, hit)
        and figures
        and set(expected.because) <= set(hit.path)
        and all(value is None or getattr(hit, name) == value for name, value in wanted.items())
    )
