"""The SQL of a model as people reviewed it: a text file beside the model, and where the present SQL parts from it.

It is compiled for one fixed day against sources that declare everything complete, so that it changes with the model,
its keywords, its parameters, its contracts and the compiler, and with nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from pathlib import Path

from shujian.lake.read import Coverage, DatasetPin, memory_session
from shujian.lake.service import typed_table
from shujian.supervision.adapting import base_of
from shujian.supervision.holidays import TABLE
from shujian.supervision.library import Model
from shujian.supervision.parameters import parameter_book
from shujian.supervision.printing import printed
from shujian.supervision.run import contracts_of, make_plan, rights_of

FILE = "plan.sql"
REVIEW_DAY = date(2026, 6, 30)
"""The day of law that the reviewed text speaks of; a run has its own."""
_START = date(2000, 1, 1)


@dataclass(frozen=True)
class SqlState:
    """``state``: same, missing, differs; for the last the first line that differs, as reviewed and as it is now."""

    model: str
    file: str
    state: str
    line: int | None = None
    reviewed: str | None = None
    now: str | None = None


def sql_of(model: Model) -> str:
    """The whole plan as DuckDB SQL, one table a step, with the clues that it yields. Raises BadInput for a faulty model."""
    contracts = contracts_of(model)
    whole = Coverage(_START, REVIEW_DAY, (), True, (), "审阅")
    pins = {
        contract.id: DatasetPin(contract.id, 0, (), False, 0, REVIEW_DAY, (whole,))
        for contract in contracts.values()
    }
    session = memory_session({one.id: typed_table(base_of(one), []) for one in contracts.values()})
    try:
        rights = rights_of(model, contracts, pins, REVIEW_DAY, session)
        plan = make_plan(model, contracts, parameter_book(), REVIEW_DAY, rights)
    finally:
        session.close()
    parameters = [
        f"--   {name} = {value}" for name, value in plan.parameters.items() if name in model.spec.parameters
    ]
    head = [
        f"-- {model.spec.title}（{model.spec.id}）",
        f"-- 供审阅：基准日 {REVIEW_DAY}，各来源声明完整、当日提取。由 shujian model sql 写出，不要手改。",
        *(["-- 参数：", *parameters] if parameters else []),
        *(["-- 用到节假日表"] if TABLE in plan.parameters else []),
    ]
    sources = [
        f"-- 数据：{alias}\n{printed(sql.replace('{table}', contracts[alias].id))};"
        for alias, sql in plan.views.items()
    ]
    emits = [f"-- 产出：{emit.emit.name}\n{printed(emit.sql)};" for emit in plan.emits]
    return "\n\n".join(["\n".join(head), *sources, plan.sql(), *emits]) + "\n"


def sql_state(model: Model) -> SqlState:
    """How the present SQL of a model stands to the reviewed text beside it."""
    path = model.folder / FILE
    if not path.exists():
        return SqlState(model.spec.id, str(path), "missing")
    kept, now = path.read_bytes().decode("utf-8"), sql_of(model)
    if kept == now:
        return SqlState(model.spec.id, str(path), "same")
    pairs = zip_longest(kept.split("\n"), now.split("\n"))
    line, (old, new) = next((n, pair) for n, pair in enumerate(pairs, 1) if pair[0] != pair[1])
    return SqlState(model.spec.id, str(path), "differs", line, old, new)


def write_sql(model: Model) -> Path:
    """Put the present SQL in the place of the reviewed text; answers the file."""
    path = model.folder / FILE
    path.write_bytes(sql_of(model).encode())  # a pattern may hold a carriage return: no newline is translated
    return path
