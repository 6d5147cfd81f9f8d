"""Standards of prosecution: the figure that a text tells, the law of the day, what nobody may be told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from shujian.kernel.errors import BadInput
from shujian.supervision.functions.referral import read_standards, weigh
from shujian.supervision.parameters import parameter_book

TODAY = date(2026, 6, 30)


def told(text: str, amount: int | None = None, since: date = date(2025, 1, 1)) -> tuple[Any, ...] | None:
    table = read_standards(parameter_book().value("referral.standards", TODAY))
    found = weigh(table, text, None if amount is None else Decimal(amount), since, TODAY)
    return None if found is None else (found.state, found.standard.id, found.figure)


@pytest.mark.parametrize(
    ("text", "amount", "answer"),
    [
        ("无证经营卷烟，非法经营数额6.2万元", None, ("达到", "tobacco", Decimal("62000.0"))),
        ("销售不合格产品，销售金额49,999元", None, ("未达到", "product_sales", Decimal(49999))),
        ("销售不合格砖，销售金额五万元", None, ("达到", "product_sales", Decimal(50000))),
        ("销售假冒化肥，销售金额共计人民币5万余元", None, ("达到", "product_sales", Decimal(50000))),
        ("销售过期食品，货值14.9万元", 150000, ("达到", "product_goods", Decimal(150000))),
        ("倾倒废机油3吨", None, ("达到", "hazardous_waste", Decimal(3))),
        ("倾倒废机油2.9吨", None, ("未达到", "hazardous_waste", Decimal("2.9"))),
        ("销售卷烟20万支", None, ("达到", "cigarettes", Decimal(200000))),
        ("盗采河砂", 100000, ("可能", "sand", Decimal(100000))),
        ("盗采河砂", 99999, ("未达到", "sand", Decimal(99999))),
        ("盗采河砂", 300000, ("达到", "sand", Decimal(300000))),
        ("在禁采期采砂，河砂价值6万元", None, ("可能", "sand_banned", Decimal(60000))),
        ("偷税数额12万元", None, ("可能", "tax", Decimal(120000))),
        ("火锅底料食品中添加罂粟壳", None, ("可能", "toxic_food", None)),
        ("电镀废水通过暗管外排", None, ("可能", "hidden_pipe", None)),
        ("销售假药三盒", None, ("可能", "fake_drug", None)),
    ],
)
def test_a_figure_is_read_where_the_standard_says(
    text: str, amount: int | None, answer: tuple[Any, ...]
) -> None:
    assert told(text, amount) == answer


@pytest.mark.parametrize(
    "text",
    [
        "超证采伐，立木蓄积约25立方米",  # about so much is no figure
        "销售金额不足6万元的不合格产品",  # less than so much neither
        "销售不合格产品，罚款6万元",  # another figure
        "倾倒建筑垃圾30吨，未发现危险废物",  # denied
        "火锅底料食品中未检出罂粟壳",
        "电镀废水处理后排放，没有发现暗管",
        "普通的占道经营",
    ],
)
def test_what_is_not_told_is_not_known(text: str) -> None:
    assert told(text) is None


def test_the_milder_of_the_standards_since_the_act_decides() -> None:
    assert told("偷税数额6万元", since=date(2020, 1, 1)) == ("未达到", "tax", Decimal(60000))
    assert told("盗伐立木蓄积4.9立方米", since=date(2022, 1, 1)) == (
        "未达到",
        "timber_stolen",
        Decimal("4.9"),
    )
    assert told("滥伐立木蓄积20立方米", since=date(2022, 1, 1)) == ("达到", "timber", Decimal(20))


def test_faulty_rows_are_told_all_at_once() -> None:
    fine = {"id": "x", "sector": "甲", "charge": "某罪", "about": ["甲"], "says": "甲", "basis": "某条",
            "from": date(2020, 1, 1), "source": "甲", "figures": ["数"], "least": 1}  # fmt: skip
    assert len(read_standards([fine])) == 1
    wrong = [{**fine, "least": None}, {**fine, "to": date(2019, 1, 1)}, {**fine, "unit": "斤"}]
    with pytest.raises(BadInput) as told_error:
        read_standards(wrong)
    fields = [fault.field for fault in told_error.value.faults]
    assert len(fields) == 3
    assert fields[2] == "param.referral.standards.x.unit"


def test_the_shipped_table_says_its_ground_and_joins_its_periods() -> None:
    table = read_standards(parameter_book().value("referral.standards", TODAY))
    assert {each.sector for each in table} >= {"食品", "药品", "生态环境", "河道采砂", "烟草", "税收", "林业"}
    by_id: dict[str, list[Any]] = {}
    for each in table:
        assert each.basis and each.source
        by_id.setdefault(each.id, []).append(each)
    for periods in by_id.values():
        ordered = sorted(periods, key=lambda each: each.from_)
        assert all(one.to is not None and one.to < two.from_ for one, two in pairwise(ordered))
        assert ordered[-1].to is None
