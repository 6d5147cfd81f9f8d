"""M04's lists written as the police and the court would send them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from shujian.demo.correction_rows import PENALISED
from shujian.demo.tables import Declared, Delivery, Shape, ordered, write_table
from shujian.demo.women import CALLS, LETTERS, ORDERS, SEEN, Women

POLICE_SEEN = date(2026, 6, 29)


def write_women(folder: Path, plan: Women) -> Iterator[Delivery]:
    """Calls about violence at home, letters of warning, penalties, orders of protection."""
    yield write_table(
        folder,
        "police_incident",
        CALLS,
        sorted(plan.calls, key=lambda row: str(row[1])),
        Shape(
            "110警情_家庭纠纷.csv", ordered(CALLS, {"警情编号": "接警编号", "受害人": "被害人"}), "utf-8-sig"
        ),
        as_of=POLICE_SEEN,
    )
    yield write_table(
        folder,
        "warning_letter",
        LETTERS,
        plan.letters,
        Shape(
            "家庭暴力告诫书.xlsx",
            ordered(LETTERS, {"加害人": "被告诫人"}),
            sheet="告诫书",
            title="家庭暴力告诫书登记表",
        ),
        as_of=SEEN,
        declared=(Declared(date(2025, 6, 1), SEEN, "示例市公安局复函〔2026〕21号"),),
    )
    yield write_table(
        folder,
        "police_penalty",
        PENALISED,
        plan.penalties,
        Shape("公安行政处罚_家庭纠纷.csv", ordered(PENALISED), "gb18030"),
        as_of=POLICE_SEEN,
        declared=(Declared(date(2025, 6, 1), POLICE_SEEN, "示例市公安局复函〔2026〕22号"),),
    )
    yield write_table(
        folder,
        "protection_order",
        ORDERS,
        plan.protections,
        Shape("人身安全保护令.xlsx", ordered(ORDERS, {"裁定书文号": "案号"}), sheet="保护令"),
        as_of=SEEN,
    )
