"""``model fairness``: how often a finished run flagged whom, by sex, age band and town, against everybody it looked at.

Only counts leave this module. Sex and birth come from the columns that ingest normalised (the number first, then the
field beside it); nothing is asked for that the model does not hold anyway.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.progress import Silent
from shujian.lake.read import Session, Snapshot, SourceContract, open_session
from shujian.supervision.adapting import table_of
from shujian.supervision.compile import Plan
from shujian.supervision.emission import EmitPlan
from shujian.supervision.execute import execute
from shujian.supervision.frozen import Frozen
from shujian.supervision.parameters import parameter_book
from shujian.supervision.relation import quoted, text
from shujian.supervision.run import make_plan, rights_of
from shujian.supervision.shares import FEW, FEWEST, Cell, cells_of

UNKNOWN = "不详"
BANDS = ("不满18岁", "18至34岁", "35至49岁", "50至59岁", "60岁以上", UNKNOWN)
SEXES = ("男", "女", UNKNOWN)
CAUTION = (
    "“明显偏高、偏低”只是说两个区间没有重叠，可能来自数据（哪些人更容易被登记、被处理）、来自规则，也可能本来如此，本表分不清；"
    "表里比较的组多，偶然也会出现。请先核对数据源和参数，说明理由后再继续使用。"
)


@dataclass(frozen=True)
class Division:
    """Everybody divided one way. ``missing``: why it cannot be done, then there are no cells."""

    title: str
    cells: tuple[Cell, ...]
    missing: str = ""


@dataclass(frozen=True)
class Looked:
    """One list of subjects that the run looked at. ``unit``: 人, or 条 for rows that are no persons."""

    source: str
    unit: str
    clues: tuple[str, ...]
    base: int
    flagged: int | None
    """None where so few were flagged that every cell is hidden."""
    divisions: tuple[Division, ...]


@dataclass(frozen=True)
class Fairness:
    """The report on one run."""

    model: str
    title: str
    as_of: date
    among: str
    lists: tuple[Looked, ...]
    cautions: tuple[str, ...]

    def plain(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {**asdict(self), "as_of": self.as_of.isoformat()}


def fairness(made: Frozen, snapshot: Snapshot, as_of: date, among: str | None = None) -> Fairness:
    """Run the frozen model again on its snapshot and count. ``among``: a step; then only whom it kept are everybody.

    Raises BadInput for an unknown step.
    """
    session = open_session(snapshot)
    try:
        rights = rights_of(made.model, made.contracts, snapshot.datasets, as_of, session)
        plan = make_plan(
            made.model, made.contracts, parameter_book(), as_of, rights, made.parameters or None, made.people, made.judged
        )  # fmt: skip
        execute(plan, session, Silent())
        return counted(plan, session, as_of, among)
    finally:
        session.close()


def counted(plan: Plan, session: Session, as_of: date, among: str | None = None) -> Fairness:
    """The report on an executed plan."""
    if among is not None and among not in {step.id for step in plan.model.spec.steps}:
        known = "、".join(step.id for step in plan.model.spec.steps)
        raise BadInput(Fault(code="unknown_step", message="没有这个步骤", found=among, expected=known))
    groups: dict[tuple[str, str], list[EmitPlan]] = {}
    for emit in plan.emits:
        if (place := _place(emit)) is not None:
            groups.setdefault(place, []).append(emit)
    lists = []
    for (alias, subject), emits in groups.items():
        if among is not None and alias not in plan.relations[among].aliases:
            continue
        lists.append(_looked(plan, session, alias, subject, emits, as_of, among))
    said = plan.model.spec.step(among).says if among else ""
    cautions = [
        f"“{one.source}”{division.title}“{cell.group}”的提示比例明显偏{cell.apart}"
        for one in lists
        for division in one.divisions
        for cell in division.cells
        if cell.apart
    ]
    spec = plan.model.spec
    return Fairness(spec.id, spec.title, as_of, said, tuple(lists), (*cautions, CAUTION) if cautions else ())


def _place(emit: EmitPlan) -> tuple[str, str] | None:
    """(alias, subject) of a clue about a person; (alias, "") of another, by the first list of its evidence."""
    named = emit.named
    if emit.kind == "person" and named is not None and named.alias and named.field:
        return named.alias, named.field.rpartition("__")[0]
    alias = next((each for each in emit.evidence if each in emit.relation.aliases), None)
    return None if alias is None else (alias, "")


def _looked(
    plan: Plan,
    session: Session,
    alias: str,
    subject: str,
    emits: Sequence[EmitPlan],
    as_of: date,
    among: str | None,
) -> Looked:
    contract = plan.contracts[alias]
    flagged = " UNION ALL ".join(_rows(f"({emit.sql})", alias, emit.relation.grouped) for emit in emits)
    kept = ""
    if among is not None:
        relation = plan.relations[among]
        kept = f" WHERE _row IN ({_rows(quoted(relation.name), alias, relation.grouped)})"
    town = _town(contract)
    who = f"coalesce({quoted(subject + '__id')}, 'row:' || _row)" if subject else "_row"
    sex = quoted(f"{subject}__sex") if subject else "NULL"
    birth = quoted(f"{subject}__birth") if subject else "CAST(NULL AS DATE)"
    session.execute(
        f"CREATE OR REPLACE TEMP TABLE fair_base AS SELECT {who} AS who, max({sex}) AS sex, min({birth}) AS birth, "
        f"min({quoted(town) if town else 'NULL'}) AS town, max(CASE WHEN _row IN ({flagged}) THEN 1 ELSE 0 END) AS flagged "
        f"FROM {table_of(session, contract)}{kept} GROUP BY 1"
    )
    divisions = []
    if subject:
        divisions.append(Division("性别", cells_of(_count(session, _sex_sql()), SEXES)))
        divisions.append(Division("年龄", cells_of(_count(session, _band_sql(as_of)), BANDS)))
    if town is None:
        divisions.append(Division("乡镇街道", (), "这份数据没有乡镇街道"))
    else:
        told = f"coalesce(CAST(town AS VARCHAR), {text(UNKNOWN)})"
        divisions.append(Division("乡镇街道", cells_of(_count(session, told))))
    (row,) = session.sql("SELECT count(*) AS n, coalesce(sum(flagged), 0) AS f FROM fair_base").to_pylist()
    base, hit = int(row["n"]), int(row["f"])
    clues = tuple(dict.fromkeys(emit.emit.name for emit in emits))
    shown = any(not cell.hidden for division in divisions for cell in division.cells)
    return Looked(
        contract.title,
        "人" if subject else "条",
        clues,
        base,
        hit if shown or hit == 0 else None,
        tuple(divisions),
    )


def _rows(table: str, alias: str, grouped: bool) -> str:
    column = quoted(f"{alias}._rows" if grouped else f"{alias}._row")
    return f"SELECT {f'unnest({column})' if grouped else column} AS r FROM {table} WHERE {column} IS NOT NULL"


def _town(contract: SourceContract) -> str | None:
    """The column that names the town: of a place first, else the field that the contract calls its region."""
    for subject, form in contract.subjects.items():
        field = contract.field(form.address) if form.kind == "place" and form.address else None
        if field and field.type == "address":
            return f"{subject}__town_name"
    return contract.region_field


def _sex_sql() -> str:
    return f"CASE WHEN sex IN ('男', '女') THEN sex ELSE {text(UNKNOWN)} END"


def _band_sql(as_of: date) -> str:
    day = f"DATE '{as_of.isoformat()}'"
    years = f"date_sub('year', birth, {day})"
    return (
        f"CASE WHEN birth IS NULL OR birth > {day} THEN {text(UNKNOWN)} WHEN {years} < 18 THEN {text(BANDS[0])} "
        f"WHEN {years} < 35 THEN {text(BANDS[1])} WHEN {years} < 50 THEN {text(BANDS[2])} "
        f"WHEN {years} < 60 THEN {text(BANDS[3])} ELSE {text(BANDS[4])} END"
    )


def _count(session: Session, group: str) -> Mapping[str, tuple[int, int]]:
    rows = session.sql(
        f"SELECT {group} AS g, count(*) AS n, sum(flagged) AS f FROM fair_base GROUP BY 1"
    ).to_pylist()
    return {row["g"]: (int(row["n"]), int(row["f"])) for row in rows}


def fairness_lines(found: Fairness) -> list[str]:
    """The report in sentences, without the tables."""
    told = [
        f"{found.title}（{found.model}），基准日 {found.as_of}。比较的是模型看过的人里被提示的比例，95% 区间（Wilson）。"
        f"不足 {FEWEST} 人的组，被提示或未被提示不足 {FEW} 人的组，以及能由合计倒推出来的组，不列数字。"
    ]
    if found.among:
        told.append(f"只在通过“{found.among}”一步的人里比较。")
    if not any(one.unit == "人" for one in found.lists):
        told.append("线索的主体不是个人，不作性别、年龄比较，也不为此另外调取个人信息。")
    return told
