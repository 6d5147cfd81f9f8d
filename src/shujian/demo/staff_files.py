"""M08's and M07's lists written as their providers would send them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from shujian.demo.correction import CorrectionPlan
from shujian.demo.correction_rows import CORRECTED, MEASURED, PENALISED
from shujian.demo.sheets import Cell
from shujian.demo.staff import GAP, StaffPlan
from shujian.demo.staff_rows import AS_OF, DISCIPLINE, PROSECUTED, STAFF
from shujian.demo.tables import Declared, Delivery, Shape, ordered, write_table

DISCIPLINE_COVERAGE = Declared(
    date(2014, 1, 1),
    AS_OF,
    "示例市监察委员会来函〔2026〕6号",
    ((*GAP, "机构改革前的纸质档案缺失"),),
)
_REPEATED = 200


def write_staff(folder: Path, plan: StaffPlan) -> Iterator[Delivery]:
    """Prosecuted persons in three files that overlap, the register with an earlier extract, discipline records."""
    cases = sorted(plan.prosecuted, key=lambda row: (_year(row), str(row[0])))
    early = [row for row in cases if _year(row) <= 2018]
    middle = [row for row in cases if 2019 <= _year(row) <= 2022]
    late = [row for row in cases if _year(row) >= 2023]
    spoilt = _unreadable(late[0])
    yield write_table(
        folder,
        "prosecuted_person",
        PROSECUTED,
        early,
        Shape("检察业务系统人员_2014至2018.csv", ordered(PROSECUTED), "gb18030", torn=2),
        as_of=date(2026, 6, 28),
    )
    reordered = [*PROSECUTED[8:], *PROSECUTED[:8]]
    yield write_table(
        folder,
        "prosecuted_person",
        PROSECUTED,
        [*early[-_REPEATED:], *middle],
        Shape(
            "检察业务系统人员_2019至2022.csv",
            ordered(reordered, {"姓名": "被告人", "身份证号": "公民身份号码", "案由": "罪名"}),
            "utf-8-sig",
        ),
        as_of=date(2026, 6, 28),
    )
    yield write_table(
        folder,
        "prosecuted_person",
        PROSECUTED,
        [*late, *spoilt],
        Shape(
            "检察业务系统人员_2023至2026.xlsx",
            ordered(PROSECUTED, {"出生": "出生日期", "判决或决定日期": "判决/决定日期"}),
            sheet="人员",
            title="检察业务应用系统刑事案件人员导出表",
            serial=True,
        ),
        as_of=date(2026, 6, 28),
        rejected=len(spoilt),
    )
    yield from _write_register(folder, plan)


def _write_register(folder: Path, plan: StaffPlan) -> Iterator[Delivery]:
    before = [*plan.staff_before, *plan.staff[: len(plan.staff) // 2]]
    replaced = {(row[1], row[4]) for row in plan.staff_before}
    first = [row for row in before if row in plan.staff_before or (row[1], row[4]) not in replaced]
    yield write_table(
        folder,
        "establishment_person",
        STAFF,
        first,
        Shape("编办在编名册_2026年3月.xlsx", ordered(STAFF), sheet="在编人员", title="示例市在编人员名册"),
        as_of=date(2026, 3, 31),
    )
    yield write_table(
        folder,
        "establishment_person",
        STAFF,
        plan.staff,
        Shape(
            "编办在编名册_2026年6月.csv",
            ordered([*STAFF[4:], *STAFF[:4]], {"单位": "单位名称", "状态": "在编状态"}),
            "gb18030",
        ),
        as_of=date(2026, 6, 15),
    )
    yield write_table(
        folder,
        "discipline_record",
        DISCIPLINE,
        plan.discipline,
        Shape(
            "处分记录_2014至2026.xlsx",
            ordered(DISCIPLINE, {"姓名": "被处分人", "决定日期": "处分日期"}),
            sheet="处分台账",
            title="示例市监察委员会处分台账",
        ),
        as_of=AS_OF,
        declared=(DISCIPLINE_COVERAGE,),
    )


def write_correction(folder: Path, plan: CorrectionPlan) -> Iterator[Delivery]:
    """People under correction, police penalties, coercive measures."""
    yield write_table(
        folder,
        "correction_person",
        CORRECTED,
        plan.corrected,
        Shape(
            "社区矫正对象_2026年6月.xlsx",
            ordered(CORRECTED, {"罪名": "原判罪名", "社矫起": "矫正开始日期", "社矫止": "矫正结束日期"}),
            sheet="矫正对象",
            title="示例市社区矫正对象名册",
            serial=True,
        ),
        as_of=date(2026, 6, 29),
    )
    half = len(plan.penalties) // 2
    yield write_table(
        folder,
        "police_penalty",
        PENALISED,
        plan.penalties[:half],
        Shape("公安行政处罚_一.csv", ordered(PENALISED), "gb18030", torn=2),
        as_of=date(2026, 6, 29),
    )
    yield write_table(
        folder,
        "police_penalty",
        PENALISED,
        plan.penalties[half:],
        Shape(
            "公安行政处罚_二.csv",
            ordered([*PENALISED[5:], *PENALISED[:5]], {"被处罚人": "姓名", "决定日期": "处罚日期"}),
            "utf-8-sig",
        ),
        as_of=date(2026, 6, 29),
    )
    yield write_table(
        folder,
        "coercive_measure",
        MEASURED,
        plan.measures,
        Shape("刑事强制措施.csv", ordered(MEASURED, {"起": "起日", "止": "止日"})),
        as_of=date(2026, 6, 29),
    )


def _year(row: Sequence[Cell]) -> int:
    """The year in the case number: 示检刑诉〔2019〕12号."""
    text = str(row[0])
    return int(text[text.index("〔") + 1 : text.index("〕")])


def _unreadable(model: Sequence[Cell]) -> list[list[Cell]]:
    """Lines whose date no one can read: they must be refused, and counted."""
    rows = []
    for number, day in enumerate(("2024年13月5日", "2023.06.31", "2023-02-30")):
        row = list(model)
        row[0], row[1], row[2] = f"示检刑诉〔2023〕旧{number}号", "佚名", ""
        row[PROSECUTED.index("判决或决定日期")] = day
        rows.append(row)
    return rows
