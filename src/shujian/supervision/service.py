"""The door by which other rooms use the model language: check, prove, run, explain, replay."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shujian.kernel.clock import today
from shujian.kernel.errors import Fault, ShujianError
from shujian.kernel.home import home
from shujian.kernel.progress import Progress, Silent
from shujian.lake.read import Session, Snapshot, people_of
from shujian.supervision import common_words
from shujian.supervision.check import check_models, model_files
from shujian.supervision.common_words import WordShare
from shujian.supervision.execute import execute
from shujian.supervision.explain import ExplainedStep, Explanation, explain_subject
from shujian.supervision.fairness import Fairness
from shujian.supervision.fairness import fairness as _fairness
from shujian.supervision.frozen import Frozen, thaw
from shujian.supervision.judged import JudgedPeople
from shujian.supervision.keyword_lint import register as word_register
from shujian.supervision.landed import published_words, screen_landed
from shujian.supervision.library import find_model, load_model, load_models
from shujian.supervision.packages.mapping import MapFile, SourcePair, read_map, written_map
from shujian.supervision.packages.package import pack as _pack
from shujian.supervision.packages.unpacking import MappingUnconfirmed, Unpacked, proposed, unpack
from shujian.supervision.parameters import parameter_book
from shujian.supervision.prove import Proved, ProveReport, prove_models
from shujian.supervision.result import RunResult, StepCount
from shujian.supervision.reviewed import SqlState, sql_of, write_sql
from shujian.supervision.run import contracts_of, make_plan, rights_of, run_frozen, run_model
from shujian.supervision.several import beside, run_several
from shujian.supervision.spec import ModelSpec
from shujian.supervision.trying import Kept, screening_of, try_step, try_words

__all__ = [
    "ExplainedStep",
    "Explanation",
    "Fairness",
    "Kept",
    "MapFile",
    "MappingUnconfirmed",
    "ProveReport",
    "Proved",
    "Replayed",
    "SourcePair",
    "SqlState",
    "Unpacked",
    "WordShare",
    "check",
    "explain",
    "fairness",
    "pack",
    "prepare",
    "proposed",
    "prove",
    "published_words",
    "read_map",
    "renew_sql",
    "replay",
    "run",
    "run_many",
    "screen_landed",
    "screening_of",
    "sql",
    "try_step",
    "try_words",
    "unpack",
    "word_register",
    "word_shares",
    "written_map",
]


@dataclass(frozen=True)
class Replayed:
    """What a replay found: the digest expected, the digest found, and the result itself."""

    same: bool
    expected_sm3: str
    found_sm3: str
    result: RunResult


def run(
    model: str | Path,
    *,
    snapshot: Snapshot,
    as_of: date,
    threads: int | None = None,
    progress: Progress | None = None,
    judgements: JudgedPeople | None = None,
    engine: str = "duckdb",
) -> RunResult:
    """Run one model of the catalogue, or the file of a draft, on a pinned snapshot, with what people have judged.

    Raises BadInput, GuardRefused.
    """
    return run_model(
        find_model(model),
        snapshot,
        as_of,
        threads=threads,
        progress=progress,
        judgements=judgements,
        engine=engine,
    )


def run_many(
    models: Sequence[str],
    *,
    snapshot: Snapshot,
    as_of: date,
    threads: int | None = None,
    progress: Progress | None = None,
    judgements: JudgedPeople | None = None,
    engine: str = "duckdb",
) -> Iterator[tuple[str, RunResult | ShujianError]]:
    """``run`` for several models, two at once on DuckDB; in the order given, each with its result or its error."""
    told = progress or Silent()
    alone = len(models) == 1
    if not alone:
        told.begin("运行模型", len(models))

    def one(name: str) -> RunResult:
        return run(
            name, snapshot=snapshot, as_of=as_of, threads=threads, progress=told if alone else Silent(),
            judgements=judgements, engine=engine,
        )  # fmt: skip

    at_once = beside(snapshot, threads) if engine == "duckdb" else 1
    known = load_models() if at_once > 1 else {}
    weights = {name: len(known[name].spec.steps) for name in models if name in known}
    for name, result in run_several(models, one, at_once, weights):
        if not alone:
            told.advance(1)
        yield name, result


def prepare(
    model: str, *, snapshot: Snapshot, as_of: date, session: Session
) -> Callable[[], tuple[StepCount, ...]]:
    """Compile a model against an open session. Each call of the answer makes the tables of its steps there
    (``st_<step>``) and counts them; no hits are made. For measuring and for looking into a plan.
    """
    loaded = find_model(model)
    contracts = contracts_of(loaded)
    rights = rights_of(loaded, contracts, snapshot.datasets, as_of, session)
    people = people_of(snapshot.datasets)
    plan = make_plan(loaded, contracts, parameter_book(), as_of, rights, people=people)
    return lambda: execute(plan, session, Silent())


def pack(model: str) -> tuple[bytes, ModelSpec, str]:
    """The signed package of a model, its form, its fingerprint. Raises BadInput, GuardRefused without keys."""
    found = find_model(model)
    return _pack(found), found.spec, found.fingerprint


def sql(model: str) -> str:
    """The SQL of a model as it would be reviewed. Raises BadInput."""
    return sql_of(find_model(model))


def replay(
    frozen: str,
    *,
    snapshot: Snapshot,
    as_of: date,
    expected_sm3: str,
    threads: int | None = None,
    engine: str = "duckdb",
) -> Replayed:
    """Run a frozen model again on its snapshot with its own contracts and parameters and compare the digests."""
    result = run_frozen(thaw(frozen), snapshot, as_of, threads=threads, engine=engine)
    return Replayed(result.result_sm3 == expected_sm3, expected_sm3, result.result_sm3, result)


def explain(
    model: str,
    *,
    snapshot: Snapshot,
    as_of: date,
    subject: str,
    subject_id: str | None = None,
    rows: Mapping[str, Sequence[str]] | None = None,
    frozen: str | None = None,
    judgements: JudgedPeople | None = None,
) -> Explanation:
    """What happened to a subject at each step, given by plain id or by its source rows.

    ``judgements``: what is judged now; a frozen run has what was judged then.
    """
    if frozen is None:
        loaded = find_model(model)
        made = Frozen(loaded, contracts_of(loaded), {}, people_of(snapshot.datasets))
    else:
        made = thaw(frozen)
        judgements = None
    return explain_subject(
        made, snapshot, as_of, subject=subject, subject_id=subject_id, rows=rows, judgements=judgements
    )


def fairness(frozen: str, *, snapshot: Snapshot, as_of: date, among: str | None = None) -> Fairness:
    """Whom a frozen run flagged how often; ``among``: compare only whom this step kept. Raises BadInput."""
    return _fairness(thaw(frozen), snapshot, as_of, among)


def word_shares(model: str, *, snapshot: Snapshot, as_of: date | None = None) -> list[WordShare]:
    """How much of the lake's texts each keyword and pattern of a model hits."""
    return common_words.word_shares(find_model(model), snapshot, as_of or today())


def check(paths: Sequence[Path], as_of: date | None = None) -> list[Fault]:
    """Every fault of these model files, or of the whole catalogue."""
    return check_models(paths, as_of or today())


def prove(
    paths: Sequence[Path],
    *,
    mutants: bool | None = None,
    engine: str = "duckdb",
    progress: Progress | None = None,
) -> ProveReport:
    """Run the proofs of these models, or of all."""
    return prove_models(paths, mutants=mutants, engine=engine, progress=progress)


def renew_sql(paths: Sequence[Path]) -> list[Path]:
    """Write the SQL of these models, or of the user's own where none is named, beside them for review; the files."""
    files = model_files(paths) if paths else sorted((home().catalogue / "models").glob("**/model.yaml"))
    return [write_sql(load_model(path)) for path in files]
