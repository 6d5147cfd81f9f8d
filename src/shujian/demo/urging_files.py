"""M05's lists written as the agencies, the court and the public site would give them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from shujian.demo.tables import Declared, Delivery, Shape, ordered, write_table
from shujian.demo.urging import APPLIED, LEDGER, PERMITS, PERMITS_SEEN, SEEN, UrgingPlan

APPLIED_COVERAGE = Declared(date(2025, 1, 1), SEEN, "示例市人民法院复函〔2026〕7号")


def write_urging(folder: Path, plan: UrgingPlan) -> Iterator[Delivery]:
    """The ledger of penalties, the court's list with its declaration, the published permits."""
    yield write_table(
        folder,
        "penalty_ledger",
        LEDGER,
        plan.ledger,
        Shape(
            "卫健交通行政处罚台账.csv",
            ordered(LEDGER, {"处罚机关": "执法机关", "罚款额": "罚款金额(元)"}),
            "gb18030",
            torn=2,
        ),
        as_of=SEEN,
    )
    yield write_table(
        folder,
        "enforcement_application",
        APPLIED,
        plan.applied,
        Shape(
            "行政非诉执行申请.xlsx",
            ordered(APPLIED, {"申请机关": "申请人"}),
            sheet="申请",
            title="行政非诉执行审查案件清单",
        ),
        as_of=SEEN,
        declared=(APPLIED_COVERAGE,),
    )
    yield write_table(
        folder,
        "public_permit",
        PERMITS,
        plan.permits,
        Shape("双公示行政许可.csv", ordered(PERMITS, {"行政相对人名称": "相对人名称"}), "utf-8-sig"),
        as_of=PERMITS_SEEN,
    )
