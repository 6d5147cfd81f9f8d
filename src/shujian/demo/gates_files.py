"""M01's registers written as the education office and the market office would send them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from shujian.demo.gates import PERMITS, SCHOOLS, Gates, last_day
from shujian.demo.tables import Declared, Delivery, Shape, ordered, write_table


def write_gates(folder: Path, gates: Gates) -> Iterator[Delivery]:
    """Schools with their gates; permits and registrations with their declaration."""
    yield write_table(
        folder,
        "school",
        SCHOOLS,
        gates.schools,
        Shape(
            "学校名录.xlsx",
            ordered(SCHOOLS, {"经度": "校门经度（CGCS2000）", "纬度": "校门纬度（CGCS2000）"}),
            sheet="名录",
            title="示例市中小学名录",
        ),
        as_of=date(2025, 9, 1),
    )
    yield write_table(
        folder,
        "food_permit",
        PERMITS,
        gates.permits,
        Shape(
            "食品经营许可和登记.csv",
            ordered(PERMITS, {"主体": "主体名称", "经度": "经度（CGCS2000）", "纬度": "纬度（CGCS2000）"}),
            "gb18030",
            torn=2,
        ),
        as_of=last_day(),
        declared=(Declared(date(2020, 1, 1), last_day(), "示例市市场监督管理局复函〔2026〕11号"),),
    )
