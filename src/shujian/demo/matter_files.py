"""M02's registers written as the fire-safety office and the police would send them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from shujian.demo.charging import INCIDENTS, POINTS, Charging
from shujian.demo.tables import Declared, Delivery, Shape, ordered, write_table

POINT_COVERAGE = Declared(
    date(2020, 1, 1), date(2026, 6, 20), "示例市消防安全委员会办公室台账说明〔2026〕2号"
)


def write_charging(folder: Path, lists: Charging) -> Iterator[Delivery]:
    """Charging points with their declaration, and calls to the police."""
    yield write_table(
        folder,
        "charging_point",
        POINTS,
        lists.points,
        Shape(
            "充电设施台账.xlsx",
            ordered(POINTS, {"充电点编号": "编号", "小区名称": "所在小区"}),
            sheet="台账",
            title="示例市电动自行车充电设施台账",
        ),
        as_of=date(2026, 6, 20),
        declared=(POINT_COVERAGE,),
    )
    yield write_table(
        folder,
        "police_incident",
        INCIDENTS,
        sorted(lists.incidents, key=lambda row: str(row[1])),
        Shape(
            "110警情.csv",
            ordered(INCIDENTS, {"警情编号": "接警编号", "警情内容": "简要警情"}),
            "gb18030",
            torn=2,
        ),
        as_of=date(2026, 6, 29),
    )
