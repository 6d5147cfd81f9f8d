"""Vectors T1–T7 of the tax through the named functions, low and high, with late fee and words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from shujian.supervision.functions import env_tax_due
from shujian.supervision.functions.env_tax import NoRate
from shujian.supervision.functions.env_tax_estimate import Substance, substance
from shujian.supervision.functions.named import NAMED

D = Decimal
SEEN = date(2026, 6, 30)
END = "线索估算，非税额认定；以税务机关核定为准"


def run(tables: dict[str, Any], name: str, **row: Any) -> dict[str, Any]:
    return dict(NAMED[f"env_tax.{name}"].run(row, tables))


@pytest.mark.parametrize(
    ("flow", "value", "unit", "kg"),
    [
        (10_000_000, 120, "mg/m³", "1200"),
        (1000, 50, "mg/L", "50"),
        (1, 9, "mg/L", "0"),  # 9 g: rounded down, never up
        (1000, 50, "ppm", None),
        (None, 50, "mg/L", None),
        (1000, None, "mg/L", None),
        (1000, 50, None, None),
    ],
)
def test_t1_by_flow_and_concentration(
    tables: dict[str, Any], flow: int | None, value: int | None, unit: str | None, kg: str | None
) -> None:
    found = run(tables, "mass", flow=flow, value=value, unit=unit, pollutant=" SO2 ")
    assert found == {"kg": None if kg is None else D(kg), "name": "二氧化硫"}
    assert run(tables, "mass", flow=flow, value=value, unit=unit, pollutant=None)["name"] is None


def test_t2_and_t3_are_the_ends_of_one_estimate(tables: dict[str, Any]) -> None:
    found = run(
        tables,
        "site",
        area=D(20_000),
        start=date(2025, 7, 1),
        end=date(2025, 12, 31),
        kind="建筑施工",
        seen=SEEN,
    )
    assert (found["low"], found["high"]) == (D("34560.00"), D("72720.00"))
    # third quarter: due 2025-10-27, 246 days; fourth: due 2026-01-20, 161 days; half of the tax each
    assert found["late_low"] == D("2125.44") + D("1391.04")
    assert found["late_high"] == D("4472.28") + D("2926.98")
    for words in (
        "面积20000平方米", "计6个月", "×1.01千克/平方米=20200千克÷污染当量值4千克=5050个当量，×每当量2.4元=12120.00元",
        "×0.48千克/平方米=9600千克", "申报期满日2025-10-27", "计246日", "按日0.05%", END,
    ):  # fmt: skip
        assert words in found["how"], words


def test_a_site_measured_by_what_its_permit_lists(tables: dict[str, Any]) -> None:
    found = run(
        tables, "site", area=D(1000), start=date(2025, 7, 1), end=date(2025, 7, 31), kind="市政拆迁施工", seen=SEEN,
        measures="道路硬化、边界围挡",
    )  # fmt: skip
    # 1.64 − 0.102 − 0.102 = 1.436 kg/m²; 1436 ÷ 4 × 2.4
    assert "许可资料写明的措施（道路硬化、边界围挡，是否达标待核）" in found["how"]
    assert "1个月共861.60元" in found["how"]
    assert found["high"] == D("984.00")
    # all but the weaker washing: 1.64 − (0.102 + 0.102 + 0.066 + 0.03 + 0.68) = 0.66
    assert found["low"] == D("396.00")


def test_months_begun_count_whole_or_by_days(tables: dict[str, Any]) -> None:
    start, end = date(2025, 7, 16), date(2025, 10, 1)
    whole = env_tax_due.parts(tables, start, end)
    assert [(part.last, part.months) for part in whole] == [
        (date(2025, 9, 30), D(3)),
        (date(2025, 12, 31), D(1)),
    ]
    days = env_tax_due.parts({**tables, "dust_part_month": "按日"}, start, end)
    assert [part.months for part in days] == [D(16) / 31 + 2, D(1) / 31]


def test_a_site_outside_of_the_span_has_no_estimate(tables: dict[str, Any]) -> None:
    found = run(
        tables, "site", area=D(1), start=date(2025, 7, 2), end=date(2025, 7, 1), kind="建筑施工", seen=SEEN
    )
    assert found["low"] is None and found["high"] is None and "不能估算" in found["how"]


def test_t4_one_of_cod_and_bod(tables: dict[str, Any]) -> None:
    items = (
        '[{"pollutant":"化学需氧量(CODcr)","kg":"500"},{"pollutant":"生化需氧量(BOD5)","kg":"400"},'
        '{"pollutant":"氨氮","kg":"80"},{"pollutant":"总磷","kg":"25"},{"pollutant":"悬浮物(SS)","kg":"400"}]'
    )
    assert run(tables, "outlet", medium="WATER", items=items) == {"tax": D("3000.00")}


def test_t5_noise(tables: dict[str, Any]) -> None:
    assert run(tables, "noise", day_over=D(8), night_over=D(2), days=10) == {"tax": D("875.00")}


def test_t6_the_due_day_is_the_published_one_and_is_never_computed_from_holidays(
    tables: dict[str, Any],
) -> None:
    found = run(tables, "due", last=date(2024, 9, 30))
    assert found == {"due": "2024-10-24", "days": D(24), "from_calendar": "是"}
    unlisted = run(tables, "due", last=date(2018, 9, 30))
    assert unlisted == {"due": "2018-10-15", "days": D(15), "from_calendar": "否"}
    fee, days = env_tax_due.late(tables, D(10_000), date(2024, 9, 30), date(2024, 10, 25))
    assert (fee, days) == (D("5.00"), 1)
    assert env_tax_due.late(tables, D(10_000), date(2024, 9, 30), date(2024, 10, 24)) == (D(0), 0)
    assert "征期日历未载入" in env_tax_due.due_of(tables, date(2018, 9, 30)).words(tables)
    assert "征期日历，税总办征科函〔2024〕71号" in env_tax_due.due_of(tables, date(2025, 9, 30)).words(tables)


def test_the_calendar_holds_every_quarter_of_the_five_years_before(tables: dict[str, Any]) -> None:
    quarters = [
        date(year, month, day)
        for year in range(2021, 2026)
        for month, day in ((3, 31), (6, 30), (9, 30), (12, 31))
    ]
    for last in [date(2020, 12, 31), *quarters, date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30)]:
        due = env_tax_due.due_of(tables, last)
        assert due.published is not None and 15 <= (due.day - last).days <= 27 and due.day.weekday() < 5, last


def test_t7_the_whole_that_was_generated_less_what_was_filed(tables: dict[str, Any]) -> None:
    row = {"medium": "固体废物", "pollutant": "危险废物", "day": date(2025, 8, 1), "seen": SEEN}
    found = run(tables, "generated", made=D(12), filed=D(0), **row)
    assert found["low"] == found["high"] == D("12000.00")
    assert "12吨×每吨1000元=12000.00元" in found["how"] and END in found["how"]
    assert run(tables, "generated", made=D(12), filed=D(9), **row)["high"] == D("3000.00")
    assert run(tables, "generated", made=D(9), filed=D(12), **row)["high"] == D("0.00")


def test_penalties_estimate_what_they_let(tables: dict[str, Any]) -> None:
    base = {"last": date(2025, 9, 30), "seen": SEEN}
    solid = run(tables, "penalised", medium="固体废物", pollutant="炉渣", quantity=D(40), **base)
    assert (solid["low"], solid["high"], solid["late_high"]) == (D("1000.00"), D("1000.00"), D("123.00"))
    noise = run(tables, "penalised", medium="噪声", over_db=D(8), **base)
    assert (noise["low"], noise["high"]) == (D("700.00"), D("1400.00"))
    water = run(tables, "penalised", medium="水", pollutant="COD", quantity=D(500), **base)
    assert water["low"] == water["high"] == D("1500.00")
    farm = run(tables, "penalised", medium="水", stock_kind="生猪", stock=D(1000), **base)
    assert (farm["low"], farm["high"]) == (D("3000.00"), D("9000.00"))
    dust = {
        "medium": "大气",
        "dust": "是",
        "start": date(2025, 7, 1),
        "end": date(2025, 9, 30),
        "kind": "建筑施工",
    }
    assert run(tables, "penalised", area=D(20_000), **dust, **base)["high"] == D("36360.00")


@pytest.mark.parametrize(
    "row",
    [
        {"medium": "大气", "pollutant": "二氧化硫"},
        {"medium": "大气", "dust": "是"},
        {"medium": "噪声"},
        {"medium": "噪声", "over_db": D("0.4")},
    ],
)
def test_without_quantities_nothing_is_estimated(tables: dict[str, Any], row: dict[str, Any]) -> None:
    found = run(tables, "penalised", last=date(2025, 9, 30), seen=SEEN, **row)
    assert [found[name] for name in ("low", "high", "late_low", "late_high")] == [None] * 4
    assert "不能估算" in found["how"] and END in found["how"]


def test_unlisted_pollutants_are_unknown(tables: dict[str, Any]) -> None:
    found = run(
        tables, "penalised", medium="大气", pollutant="花粉", quantity=D(5), last=date(2025, 9, 30), seen=SEEN
    )
    assert set(found.values()) == {None}


def test_a_permit_holder_between_a_quarter_of_its_permit_and_all_of_it(tables: dict[str, Any]) -> None:
    row = {
        "pollutant": "二氧化硫",
        "outlet": "DA001",
        "start": date(2025, 10, 1),
        "end": date(2026, 3, 31),
        "seen": SEEN,
    }
    found = run(tables, "permit", tons=D(12), **row)
    # 6000 kg in six months ÷ 0.95 × 2.4, a quarter at a time
    assert (found["high"], found["low"]) == (D("15157.90"), D("3789.48"))
    assert "许可排放量每年12吨" in found["how"]


def test_a_shortfall_with_and_without_the_reduction(tables: dict[str, Any]) -> None:
    row = {"pollutant": "氨氮", "outlet": "DW001", "day": date(2025, 8, 9), "seen": SEEN}
    found = run(tables, "short", owed=D(180), filed=D(100), **row)
    assert (found["low"], found["high"]) == (D("150.00"), D("300.00"))
    assert run(tables, "short", owed=D(90), filed=D(100), **row)["high"] == D("0.00")


def test_a_reduction_taken_back(tables: dict[str, Any]) -> None:
    found = run(tables, "reduced", relief=D(1000), day=date(2025, 8, 31), seen=SEEN)
    assert (found["low"], found["late_low"]) == (D(1000), D("123.00"))


def test_one_name_in_two_tables_needs_its_outlet(tables: dict[str, Any]) -> None:
    assert substance(tables, "苯", "DA001") == Substance("苯", "大气", "AIR", D("0.05"))
    assert substance(tables, "苯", "DW001").value == D("0.02")
    assert substance(tables, "SO2").name == "二氧化硫"
    for written, outlet in (("苯", None), ("氨氮", "DA001"), ("花粉", "DA001")):
        with pytest.raises(NoRate):
            substance(tables, written, outlet)


@pytest.mark.parametrize(
    ("trade", "about", "kind", "stock", "answer"),
    [
        ("示例甲水泥有限公司", "扬尘", None, None, "应税"),
        ("示例甲种植专业合作社", "废水", None, None, "免征"),
        ("示例甲养殖场", "废水", "生猪", 500, "免征"),
        ("示例甲养殖场", "废水", "生猪", 501, "应税"),
        ("示例甲养殖场", "废水", "蛋鸡", 5000, "免征"),
        ("示例甲养殖场", "废水", "黄牛", 51, "应税"),
        ("示例甲养殖场", "废水", None, None, None),
        ("示例甲养殖场", "废水", "肉兔", 9000, None),
        ("示例甲污水处理有限公司", "排放", None, None, None),
        ("示例甲污水处理有限公司", "出水化学需氧量超标", None, None, "应税"),
        ("示例甲运输有限公司", "汽车尾气超标", None, None, "免征"),
        ("示例甲食品有限公司", "废水经污水管网进入污水处理厂", None, None, None),
        ("示例甲化工有限公司", "危险废物未办转移联单", None, None, None),
        ("示例甲化工有限公司", "无转移联单，倾倒危险废物", None, None, "应税"),
        ("示例甲砖厂", "煤矸石综合利用", None, None, None),
    ],
)
def test_exemptions_by_words(
    tables: dict[str, Any], trade: str, about: str, kind: str | None, stock: int | None, answer: str | None
) -> None:
    found = run(tables, "exempt", trade=trade, about=about, stock_kind=kind, stock=stock)
    assert found["answer"] == answer
    assert (found["why"] is None) == (answer == "应税")


def test_a_source_that_states_direct_discharge_settles_only_that(tables: dict[str, Any]) -> None:
    row = {"trade": "示例甲食品有限公司", "about": "绕过污水管网直排", "facility": "否"}
    assert run(tables, "exempt", **row)["answer"] == "应税"
    assert run(tables, "exempt", **(row | {"facility": "是"}))["answer"] is None
    assert run(tables, "exempt", **(row | {"about": "汽车尾气超标"}))["answer"] == "免征"


@pytest.mark.parametrize(
    ("medium", "about", "word"),
    [
        ("水", "私设暗管排放", "暗管"),
        ("大气", "篡改自动监测数据", "篡改"),
        ("固体废物", "倾倒废渣", "非法倾倒"),
        ("大气", "倾倒废渣", "无"),
        ("噪声", "暗管", "无"),
        ("水", "超标排放", "无"),
    ],
)
def test_what_makes_the_generated_quantity_count(
    tables: dict[str, Any], medium: str, about: str, word: str
) -> None:
    assert word in str(run(tables, "trigger", medium=medium, about=about)["why"])


def test_a_site_without_an_end_is_no_figure(tables: dict[str, Any]) -> None:
    found = run(
        tables, "penalised", medium="大气", dust="是", area=D(20000), kind="建筑施工", start=date(2025, 7, 1),
        end=None, last=date(2025, 9, 30), seen=SEEN,
    )  # fmt: skip
    assert (found["low"], found["high"]) == (None, None)


def test_a_permit_line_tells_its_class_and_how_many_of_it_are_taxed(tables: dict[str, Any]) -> None:
    """The largest of COD, BOD5 and TOC alone counts; three of the air, five and three of the water at one outlet."""
    row = {"tons": D(12), "start": date(2025, 10, 1), "end": date(2026, 3, 31), "seen": SEEN}
    one_of = "化学需氧量(CODcr)、生化需氧量(BOD5)、总有机碳(TOC)"
    for written, outlet, listed, group, most in (
        ("二氧化硫", "DA001", "AIR", "二氧化硫", 3),
        ("COD", "DW001", "W2", one_of, 3),
        ("总有机碳(TOC)", "DW001", "W2", one_of, 3),
        ("总汞", "DW001", "W1", "总汞", 5),
    ):
        found = run(tables, "permit", pollutant=written, outlet=outlet, **row)
        assert [found[name] for name in ("listed", "group", "most")] == [listed, group, D(most)], written
    none = run(tables, "permit", pollutant="没有的污染物", outlet="DA001", **row)
    assert none["listed"] is none["group"] is none["most"] is none["high"] is None
