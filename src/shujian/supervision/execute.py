"""Runs a plan on a session: makes the views and tables, runs named functions, counts every step."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa

from shujian.kernel.progress import Progress
from shujian.lake.read import Session
from shujian.supervision.adapting import table_of
from shujian.supervision.builder import PEOPLE, Call, Statement
from shujian.supervision.compile import Plan
from shujian.supervision.functions.named import NAMED
from shujian.supervision.relation import quoted, text
from shujian.supervision.result import GRADES, JUDGED, StepCount, grade_of

NUMBER = pa.decimal128(18, 2)
SMALL = 50_000
"""A list of at most so many rows is read from its files once, not at every step that looks into it."""


def execute(plan: Plan, session: Session, progress: Progress) -> tuple[StepCount, ...]:
    """Make every table of the plan in ``session``; answer the counts of the steps, in order."""
    for alias, select in plan.views.items():
        body = select.replace("{table}", table_of(session, plan.contracts[alias]))
        kind = "TABLE" if alias in plan.reread and plan.rights[alias].rows <= SMALL else "VIEW"
        session.execute(f"CREATE OR REPLACE TEMP {kind} {quoted(f'src_{alias}')} AS {body}")
    if plan.people:
        session.people(PEOPLE, plan.people)
    progress.begin(f"{plan.model.spec.title}", len(plan.statements))
    counts = []
    for statement in plan.statements:
        make_statement(statement, session)
        if statement.final:
            counts.append(_counted(plan, statement, session))
        progress.advance(1)
    return tuple(counts)


def make_statement(statement: Statement, session: Session) -> None:
    """Make the table of one statement."""
    sql = statement.sql
    if statement.words is not None:
        dataset, fields, words = statement.words
        found = [
            f"SELECT *, {text(field)} AS field FROM {session.hits(dataset, statement.homes.get(field, field), words)}"
            for field in fields
        ]
        sql = sql.replace("{hits}", f"({' UNION ALL '.join(found)})")
    if statement.call is not None:
        session.register(f"call_{statement.step}", _called(statement.call, sql, session))
        sql = f"SELECT * FROM {quoted(f'call_{statement.step}')}"
    session.execute(f"CREATE OR REPLACE TEMP TABLE {quoted(statement.name)} AS {sql}")


def _called(call: Call, sql: str, session: Session) -> pa.Table:
    arguments = ", ".join(f"{body} AS {quoted(f'_arg_{name}')}" for name, body in call.arguments.items())
    table = session.sql(f"SELECT *{', ' + arguments if arguments else ''} FROM ({sql})")
    params = {name.partition(".")[2]: value for name, value in call.parameters.items()}
    rows = table.select([f"_arg_{name}" for name in call.arguments]).to_pylist()
    function = NAMED[call.function]
    answers = [
        function.run({key.removeprefix("_arg_"): value for key, value in row.items()}, params) for row in rows
    ]
    kept = table.drop_columns([f"_arg_{name}" for name in call.arguments])
    # The new columns stand before the source rows, as in the relation's column order.
    rows_from = next(
        (index for index, name in enumerate(kept.column_names) if name.endswith(("._row", "._rows"))),
        len(kept.column_names),
    )
    for offset, (answer, column) in enumerate(call.outputs.items()):
        values: list[Decimal | str | None] = [each[answer] for each in answers]
        kind = NUMBER if function.gives[answer] == "number" else pa.string()
        kept = kept.add_column(rows_from + offset, column, pa.array(values, kind))
    return kept


def _count(session: Session, sql: str) -> int:
    return int(session.sql(sql).column(0)[0].as_py())


def _counted(plan: Plan, statement: Statement, session: Session) -> StepCount:
    unsure = f"count(*) FILTER ({statement.unknown_rows})" if statement.unknown_rows else "0"
    table = session.sql(f"SELECT _g, count(*) AS n, {unsure} AS u FROM {quoted(statement.name)} GROUP BY 1")
    rows = table.to_pylist()
    graded = {grade_of(row["_g"]): row["n"] for row in rows}
    unknown = _count(session, statement.unknown) if statement.unknown else sum(row["u"] for row in rows)
    return StepCount(
        id=statement.step, says=plan.model.spec.step(statement.step).says, rows=sum(graded.values()), unknown=unknown,
        by_grade={name: graded[name] for name in (*GRADES, JUDGED) if name in graded}, notes=_notes(statement, session),
    )  # fmt: skip


def _notes(statement: Statement, session: Session) -> tuple[str, ...]:
    if statement.notes is None:
        return ()
    (row,) = session.sql(statement.notes.sql).to_pylist()
    counted = zip(statement.notes.sentences, row.values(), strict=True)
    return tuple(sentence.replace("{n}", str(count)) for sentence, count in counted if count)
