"""``model prove``: run every proof of a model, then change the model a little and see that some proof notices.

A mutant that no proof catches is a condition that nobody has proved (``survived``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shujian.kernel.errors import BadInput, Fault
from shujian.supervision.check import model_files
from shujian.supervision.flips import flipped_conditions
from shujian.supervision.forms import ComputeStep, FilterStep
from shujian.supervision.further_mutants import further_mutations
from shujian.supervision.library import Model, load_model
from shujian.supervision.parameters import ParameterBook, parameter_book
from shujian.supervision.proof import ProofFile, disagreements, read_proofs, run_proof
from shujian.supervision.reviewed import SqlState, sql_state
from shujian.supervision.run import contracts_of
from shujian.supervision.screen_mutants import screen_mutations
from shujian.supervision.spec import ModelSpec


@dataclass(frozen=True)
class Proved:
    """The verdict on one proof; ``because`` lists what differs."""

    model: str
    proof: str
    kind: str
    engine: str
    ok: bool
    because: tuple[str, ...]


@dataclass
class ProveReport:
    """All verdicts, the mutants, and the steps that no proof reaches."""

    items: list[Proved] = field(default_factory=list)
    made: int = 0
    caught: int = 0
    survived: list[str] = field(default_factory=list)
    steps_unreached: list[str] = field(default_factory=list)
    sql: list[SqlState] = field(default_factory=list)
    """How the SQL stands to what was reviewed; it tells, and fails nothing."""

    @property
    def ok(self) -> bool:
        """Whether every proof holds and every step is reached."""
        return all(item.ok for item in self.items) and not self.steps_unreached


def prove_models(
    paths: Sequence[Path], *, mutants: bool | None = None, engine: str = "duckdb"
) -> ProveReport:
    """Prove the models below the paths, or all, on one engine. Raises BadInput for faults of form.

    Mutants test the proofs, not the engine: they always run on DuckDB.

    ``mutants`` None: made for a single model, not for many, because each costs all proofs.
    """
    report, book = ProveReport(), parameter_book()
    faults: list[Fault] = []
    files = model_files(paths)
    changed = len(files) == 1 if mutants is None else mutants
    for path in files:
        try:
            model = load_model(path)
            proofs, wrong = read_proofs(model)
        except BadInput as error:
            faults += error.faults
            continue
        faults += wrong
        if not wrong:
            report.sql.append(sql_state(model))
            _prove(model, proofs, book, report, changed, engine)
    if faults:
        raise BadInput(faults)
    return report


def _prove(
    model: Model,
    proofs: Sequence[ProofFile],
    book: ParameterBook,
    report: ProveReport,
    mutants: bool,
    engine: str,
) -> None:
    reached: set[str] = set()
    verdicts = [_verdict(model, each, book, reached, engine) for each in proofs]
    report.items += verdicts
    report.steps_unreached += [
        f"{model.spec.id}.{step.id}" for step in model.spec.steps if step.id not in reached
    ]
    if not mutants or not all(verdict.ok for verdict in verdicts) or not proofs:
        return
    mutants_made = [(name, spec, model.keywords) for name, spec in mutations(model.spec)]
    mutants_made += [
        (name, model.spec, words) for name, words in screen_mutations(model.spec, model.keywords)
    ]
    tried = list(proofs)
    for name, spec, words in mutants_made:
        report.made += 1
        changed = Model(spec=spec, keywords=words, file=model.file, fingerprint="mutant")
        catcher = _catcher(changed, tried, book)
        if catcher is not None:
            report.caught += 1
            # The next mutant is often one of the same condition: the proof that knows it is tried first.
            tried.remove(catcher)
            tried.insert(0, catcher)
        else:
            report.survived.append(f"{model.spec.id}：{name}")


def _verdict(model: Model, each: ProofFile, book: ParameterBook, reached: set[str], engine: str) -> Proved:
    try:
        result = run_proof(model, each.proof, book, engine=engine)
    except BadInput as error:
        told = tuple(f"{each.file.path.name}：{fault.sentence()}" for fault in error.faults)
        return Proved(model.spec.id, each.proof.name, each.proof.kind, engine, False, told)
    reached.update(step.id for step in result.steps if step.rows)
    told = tuple(disagreements(each.proof, result))
    return Proved(model.spec.id, each.proof.name, each.proof.kind, engine, not told, told)


def _catcher(model: Model, proofs: Sequence[ProofFile], book: ParameterBook) -> ProofFile | None:
    contracts = contracts_of(model)
    for each in proofs:
        try:
            if disagreements(each.proof, run_proof(model, each.proof, book, contracts)):
                return each
        except BadInput:
            return each
    return None


def mutations(spec: ModelSpec) -> Iterator[tuple[str, ModelSpec]]:
    """Models that differ in one comparison, or lack one part of a condition."""
    for position, step in enumerate(spec.steps):
        for attribute in ("where", "when"):
            source = getattr(step, attribute, None)
            if not isinstance(source, str):
                continue
            for name, changed in flipped_conditions(source):
                yield (
                    f"{step.id}.{attribute}：{name}",
                    _with(spec, position, step.model_copy(update={attribute: changed})),
                )
        yield from further_mutations(spec, position)
        if isinstance(step, ComputeStep) or not isinstance(step, FilterStep):
            continue
        yield f"{step.id}：去掉这一步", _with(spec, position, step.model_copy(update={"where": "true"}))


def _with(spec: ModelSpec, position: int, step: Any) -> ModelSpec:
    steps = [*spec.steps]
    steps[position] = step
    return spec.model_copy(update={"steps": steps})
