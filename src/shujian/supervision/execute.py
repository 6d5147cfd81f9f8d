"""Runs a plan on a session: makes the views and tables, runs named functions, counts every step."""

from __future__ import annotations

from collections import defaultdict

from shujian.kernel.progress import Progress
from shujian.lake.read import Session
from shujian.supervision.adapting import table_of
from shujian.supervision.builder import PEOPLE, Call, Skew, Statement
from shujian.supervision.compile import Plan
from shujian.supervision.functions.calling import Calling
from shujian.supervision.relation import quoted, text
from shujian.supervision.result import GRADES, JUDGED, StepCount, grade_of

SMALL = 50_000
"""A list of at most so many rows is read from its files once, not at every step that looks into it."""


def execute(plan: Plan, session: Session, progress: Progress) -> tuple[StepCount, ...]:
    """Make every table of the plan in ``session``; answer the counts of the steps, in order."""
    open_views(plan, session)
    progress.begin(f"{plan.model.spec.title}", len(plan.statements))
    counts, cuts = [], defaultdict[str, list[str]](list)
    for statement in plan.statements:
        cuts[statement.step] += make_statement(statement, session)
        if statement.final:
            counts.append(_counted(plan, statement, session, cuts[statement.step]))
        progress.advance(1)
    return tuple(counts)


def open_views(plan: Plan, session: Session) -> None:
    """What every statement reads of the lake: a view of each list, and whom the lake names."""
    for alias, select in plan.views.items():
        body = select.replace("{table}", table_of(session, plan.contracts[alias]))
        kind = "TABLE" if plan.rights[alias].rows <= SMALL else "VIEW"
        session.execute(f"CREATE OR REPLACE TEMP {kind} {quoted(f'src_{alias}')} AS {body}")
    if plan.people:
        session.people(PEOPLE, plan.people)


def make_statement(statement: Statement, session: Session) -> list[str]:
    """Make the table; answer what was left out because a key stands on too many rows."""
    sql, cuts = statement.sql, list[str]()
    if statement.skew is not None and _crowded(statement.skew, session):
        sql, cuts = statement.skew.sql, _cut(statement.skew, session)
    if statement.words is not None:
        dataset, fields, words = statement.words
        found = [
            f"SELECT *, {text(field)} AS field FROM {session.hits(dataset, statement.homes.get(field, field), words)}"
            for field in fields
        ]
        sql = sql.replace("{hits}", f"({' UNION ALL '.join(found)})")
    if statement.call is not None:
        _call(statement.call, statement, sql, session)
        return cuts
    if statement.local is not None:
        session.local(statement.name, sql, *statement.local)
        return cuts
    session.execute(f"CREATE OR REPLACE TEMP TABLE {quoted(statement.name)} AS {sql}")
    return cuts


def _crowded(skew: Skew, session: Session) -> bool:
    counted = ", ".join(
        f"(SELECT count(*) FROM {table}) AS {name}" for name, table in zip("lr", skew.sides, strict=True)
    )
    (rows,) = session.sql(f"SELECT {counted}").to_pylist()
    return rows["l"] * rows["r"] > skew.most and _count(session, skew.check) > 0


def _cut(skew: Skew, session: Session) -> list[str]:
    for name, body in skew.tables:
        session.execute(f"CREATE OR REPLACE TEMP TABLE {quoted(name)} AS {body}")
    if not skew.left_out:
        return []
    every = " UNION ALL ".join(f"SELECT pairs FROM {quoted(name)}" for name in skew.left_out)
    (row,) = session.sql(
        f"SELECT count(*) AS n, CAST(coalesce(sum(pairs), 0) AS BIGINT) AS p FROM ({every})"
    ).to_pylist()
    return [
        f"{row['n']} 个比对键在两边都有过多的行（每键超过 {skew.most:,} 对，共 {row['p']:,} 对），没有逐对比较，"
        "这些行的结果不能判断"
    ]


def _call(call: Call, statement: Statement, sql: str, session: Session) -> None:
    columns = {name: f"_arg_{name}" for name in call.arguments}
    told = "".join(f", {body} AS {quoted(columns[name])}" for name, body in call.arguments.items())
    params = {name.partition(".")[2]: value for name, value in call.parameters.items()}
    calling = Calling(call.function, params, columns, dict(call.outputs))
    session.derive(statement.name, f"SELECT *{told} FROM ({sql})", calling)


def _count(session: Session, sql: str) -> int:
    return int(session.sql(sql).column(0)[0].as_py())


def _counted(plan: Plan, statement: Statement, session: Session, cuts: list[str]) -> StepCount:
    unsure = f"count(*) FILTER ({statement.unknown_rows})" if statement.unknown_rows else "0"
    table = session.sql(f"SELECT _g, count(*) AS n, {unsure} AS u FROM {quoted(statement.name)} GROUP BY 1")
    rows = table.to_pylist()
    graded = {grade_of(row["_g"]): row["n"] for row in rows}
    unknown = _count(session, statement.unknown) if statement.unknown else sum(row["u"] for row in rows)
    return StepCount(
        id=statement.step, says=plan.model.spec.step(statement.step).says, rows=sum(graded.values()), unknown=unknown,
        by_grade={name: graded[name] for name in (*GRADES, JUDGED) if name in graded}, notes=(*_notes(statement, session), *cuts),
    )  # fmt: skip


def _notes(statement: Statement, session: Session) -> tuple[str, ...]:
    if statement.notes is None:
        return ()
    (row,) = session.sql(statement.notes.sql).to_pylist()
    counted = zip(statement.notes.sentences, row.values(), strict=True)
    return tuple(sentence.replace("{n}", str(count)) for sentence, count in counted if count)
