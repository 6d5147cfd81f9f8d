"""``model prove``: run every proof of a model, then change the model a little and see that some proof notices.

A mutant that no proof catches is a condition that nobody has proved (``survived``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.progress import Progress, Silent
from shujian.supervision.bench import Bench
from shujian.supervision.check import model_files
from shujian.supervision.equivalents import equivalents
from shujian.supervision.library import Model, load_model
from shujian.supervision.mutants import mutants_of
from shujian.supervision.parameters import ParameterBook, parameter_book
from shujian.supervision.proof import ProofFile, disagreements, read_proofs, run_proof
from shujian.supervision.reviewed import SqlState, sql_state
from shujian.supervision.run import contracts_of
from shujian.supervision.trials import caught


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
    """Mutants that were tried; ``among``: of so many."""
    among: int = 0
    caught: int = 0
    survived: list[str] = field(default_factory=list)
    equivalent: dict[str, str] = field(default_factory=dict)
    """Mutants that no proof can notice, and the reason that the model's folder states."""
    stale: list[str] = field(default_factory=list)
    """Mutants that are said to be equivalent there, though a proof notices them."""
    places: dict[str, str] = field(default_factory=dict)
    """Mutant → file and line."""
    steps_unreached: list[str] = field(default_factory=list)
    sql: list[SqlState] = field(default_factory=list)
    """How the SQL stands to what was reviewed; it tells, and fails nothing."""

    @property
    def ok(self) -> bool:
        """Whether every proof holds, every step is reached, and nothing is called equivalent that a proof notices."""
        return all(item.ok for item in self.items) and not self.steps_unreached and not self.stale


def prove_models(
    paths: Sequence[Path],
    *,
    mutants: bool | None = None,
    engine: str = "duckdb",
    progress: Progress | None = None,
    every: int = 1,
) -> ProveReport:
    """Prove the models below the paths, or all, on one engine. Raises BadInput for faults of form.

    Mutants test the proofs, not the engine: they always run on DuckDB.

    ``mutants`` None: made for a single model, not for many, because each costs all proofs. ``every``: only each so
    many-th mutant is tried, always the same ones: a sample, not a proof.
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
            rows = _prove(model, proofs, book, report, engine)
            if changed and proofs and rows is not None:
                _mutate(model, proofs, rows, book, report, every, progress or Silent())
    if faults:
        raise BadInput(faults)
    return report


def _prove(
    model: Model, proofs: Sequence[ProofFile], book: ParameterBook, report: ProveReport, engine: str
) -> list[Mapping[str, int]] | None:
    """Run the proofs. Answers of each the rows that left each step; None where a proof fails."""
    rows: list[Mapping[str, int]] = []
    verdicts = [_verdict(model, each, book, rows, engine) for each in proofs]
    report.items += verdicts
    reached = {step for each in rows for step, count in each.items() if count}
    report.steps_unreached += [
        f"{model.spec.id}.{step.id}" for step in model.spec.steps if step.id not in reached
    ]
    return rows if all(verdict.ok for verdict in verdicts) else None


def _mutate(
    model: Model, proofs: Sequence[ProofFile], rows: Sequence[Mapping[str, int]], book: ParameterBook,
    report: ProveReport, every: int, progress: Progress,
) -> None:  # fmt: skip
    declared = equivalents(model)
    bench = Bench(model, contracts_of(model), proofs, book, rows)
    try:
        made = list(mutants_of(model, book))
        report.among += len(made)
        made = made[::every]
        progress.begin(f"改动 {model.spec.title}", len(made))
        for mutant in made:
            report.made += 1
            name = f"{model.spec.id}：{mutant.name}"
            report.places[name] = f"{model.file.path} 第 {model.file.place(mutant.where)[0]} 行"
            noticed = caught(bench, mutant)
            report.caught += noticed
            if noticed and mutant.name in declared:
                report.stale.append(name)
            elif not noticed and mutant.name in declared:
                report.equivalent[name] = declared[mutant.name]
            elif not noticed:
                report.survived.append(name)
            progress.advance(1)
    finally:
        bench.close()


def _verdict(
    model: Model, each: ProofFile, book: ParameterBook, rows: list[Mapping[str, int]], engine: str
) -> Proved:
    try:
        result = run_proof(model, each.proof, book, engine=engine)
    except BadInput as error:
        told = tuple(f"{each.file.path.name}：{fault.sentence()}" for fault in error.faults)
        return Proved(model.spec.id, each.proof.name, each.proof.kind, engine, False, told)
    rows.append({step.id: step.rows for step in result.steps})
    told = tuple(disagreements(each.proof, result))
    return Proved(model.spec.id, each.proof.name, each.proof.kind, engine, not told, told)
