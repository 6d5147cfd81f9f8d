"""Amounts by the shipped tables of Hunan: air, water, solids, noise, dust, at their edges."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from shujian.supervision.functions import env_tax
from shujian.supervision.functions.env_tax import Discharge, NoRate
from shujian.supervision.functions.named import NAMED

D = Decimal


def test_t1_sulphur_dioxide_forty_per_cent_under_the_standard(tables: dict[str, Any]) -> None:
    mass = env_tax.mass_from_concentration(D(10_000_000), D(120), "AIR")
    assert mass == D(1200)
    assert env_tax.equivalents(tables, "AIR", "二氧化硫", mass).quantize(D("0.01")) == D("1263.16")
    assert env_tax.air_by_concentration(tables, "二氧化硫", D(10_000_000), D(120)) == D("3031.58")
    assert env_tax.air_by_concentration(tables, "二氧化硫", D(10_000_000), D(120), D(200)) == D("2273.68")


@pytest.mark.parametrize(
    ("concentration", "factor"), [(141, "1"), (140, "0.75"), (101, "0.75"), (100, "0.5"), (201, "1")]
)
def test_reduction_steps_hold_at_their_edges(tables: dict[str, Any], concentration: int, factor: str) -> None:
    assert env_tax.reduction_factor(tables, D(concentration), D(200)) == D(factor)


def test_t2_building_dust_without_measures(tables: dict[str, Any]) -> None:
    assert env_tax.dust(tables, "建筑施工", D(20_000), D(1)) == D("12120.00")
    assert env_tax.dust(tables, "建筑施工", D(20_000), D(6)) == D("72720.00")


def test_t3_building_dust_with_all_measures_counts_the_stronger_washing_only(tables: dict[str, Any]) -> None:
    assert env_tax.dust_rate(tables, "建筑施工", None) == D("0.48")
    assert env_tax.dust(tables, "建筑施工", D(20_000), D(6), None) == D("34560.00")


def test_simple_washing_counts_where_it_is_the_only_one(tables: dict[str, Any]) -> None:
    assert env_tax.dust_rate(tables, "建筑施工", ["运输车辆简易冲洗装置"]) == D("0.855")
    both = ["运输车辆简易冲洗装置", "运输车辆机械冲洗装置"]
    assert env_tax.dust_rate(tables, "建筑施工", both) == D("0.70")


def test_t4_of_cod_bod_and_toc_only_the_largest_then_three(tables: dict[str, Any]) -> None:
    outlet = [
        Discharge("化学需氧量(CODcr)", D(500)),
        Discharge("生化需氧量(BOD5)", D(400)),
        Discharge("氨氮", D(80)),
        Discharge("总磷", D(25)),
        Discharge("悬浮物(SS)", D(400)),
    ]
    assert env_tax.water_outlet(tables, outlet) == D("3000.00")


def test_first_class_pollutants_are_taxed_beside_the_others(tables: dict[str, Any]) -> None:
    assert env_tax.water_outlet(tables, [Discharge("总铅", D("0.025")), Discharge("氨氮", D("0.8"))]) == D(
        "6.00"
    )


def test_air_takes_the_first_three(tables: dict[str, Any]) -> None:
    names = ["二氧化硫", "氮氧化物", "烟尘", "一般性粉尘"]
    kgs = [D("9.5"), D("8.55"), D("15.26"), D(4)]
    assert env_tax.air_outlet(tables, map(Discharge, names, kgs)) == D("62.40")


def test_t5_industrial_noise_day_and_night_under_fifteen_days(tables: dict[str, Any]) -> None:
    assert env_tax.noise(tables, D(8), D(2), 10) == D("875.00")
    assert env_tax.noise(tables, D(8), D(2), 15) == D("1750.00")
    assert env_tax.noise(tables, D("0.4"), D(0), 20) == D(0)
    assert env_tax.noise(tables, D("15.5"), D(0), 20) == D(11200)


def test_t7_unlawful_dumping_makes_all_that_was_generated_taxable(tables: dict[str, Any]) -> None:
    assert env_tax.solid(tables, "危险废物", D(12), disposed=D(9), unlawful=True) == D("12000.00")
    assert env_tax.solid(tables, "危险废物", D(12), disposed=D(9)) == D("3000.00")
    assert env_tax.solid(tables, "炉渣", D(1), disposed=D(9)) == D("0.00")


def test_late_fee(tables: dict[str, Any]) -> None:
    assert env_tax.late_fee(tables, D(10_000), 30) == D("150.00")
    assert env_tax.late_fee(tables, D(10_000), -1) == D(0)


def test_an_unlisted_pollutant_has_no_rate(tables: dict[str, Any]) -> None:
    with pytest.raises(NoRate):
        env_tax.equivalents(tables, "AIR", "花粉", D(1))


def test_named_function_answers_unknown_for_what_it_cannot_know(tables: dict[str, Any]) -> None:
    dust = NAMED["env_tax.dust"].run
    assert dust({"area": D(20_000), "months": D(6), "site": "建筑施工"}, tables) == {
        "low": D("34560.00"),
        "high": D("72720.00"),
    }
    assert dust({"area": None, "months": D(6), "site": "建筑施工"}, tables) == {"low": None, "high": None}
    assert dust({"area": D(1), "months": D(6), "site": "花园"}, tables) == {"low": None, "high": None}


def test_named_outlet_reads_its_list(tables: dict[str, Any]) -> None:
    items = json.dumps([{"pollutant": "氨氮", "kg": "0.8"}], ensure_ascii=False)
    assert NAMED["env_tax.outlet"].run({"medium": "WATER", "items": items}, tables) == {"tax": D("3.00")}


@pytest.mark.parametrize(
    ("ph", "value"),
    [
        ("0", "0.06"), ("0.99", "0.06"), ("1", "0.125"), ("2", "0.25"), ("3", "0.5"), ("4", "1"), ("5", "5"), ("5.99", "5"),
        ("9.01", "1"), ("10", "1"), ("10.01", "0.5"), ("11", "0.5"), ("12", "0.25"), ("13", "0.125"), ("13.01", "0.06"), ("14", "0.06"),
    ],
)  # fmt: skip
def test_ph_steps_hold_the_side_that_the_table_says(tables: dict[str, Any], ph: str, value: str) -> None:
    assert env_tax.ph_equivalents(tables, D(ph), D(10)) == D(10) / D(value)


@pytest.mark.parametrize("ph", ["6", "7.5", "9"])
def test_sewage_within_the_ph_limits_has_no_equivalents(tables: dict[str, Any], ph: str) -> None:
    assert env_tax.ph_equivalents(tables, D(ph), D(10)) == 0


def test_colour_and_bacteria_count_by_tonnes(tables: dict[str, Any]) -> None:
    assert env_tax.sewage_equivalents(tables, "色度", D(100), D(4)) == D(80)
    assert env_tax.sewage_equivalents(tables, "大肠菌群数", D(33)) == D(10)
    both = [Discharge("大肠菌群数", tons=D(33)), Discharge("余氯量", tons=D("3.3"))]
    assert env_tax.water_outlet(tables, both) == D("30.00")


def test_ph_competes_with_the_other_second_class_pollutants(tables: dict[str, Any]) -> None:
    outlet = [
        Discharge("氨氮", D(8)),
        Discharge("总磷", D(2)),
        Discharge("总锌", D(1)),
        Discharge("pH值", tons=D(50), level=D("4.5")),
    ]
    assert env_tax.water_outlet(tables, outlet) == (D(50) + D(10) + D(8)) * 3
    with pytest.raises(NoRate):
        env_tax.water_outlet(tables, [Discharge("pH值", tons=D(1))])


@pytest.mark.parametrize(
    ("boundary", "spots", "tax"), [("101", 2, "700.00"), ("100", 2, "350.00"), ("101", 1, "350.00")]
)
def test_a_long_boundary_with_two_spots_counts_twice(
    tables: dict[str, Any], boundary: str, spots: int, tax: str
) -> None:
    assert env_tax.noise(tables, D(2), D(0), 20, boundary_m=D(boundary), spots=spots) == D(tax)


@pytest.mark.parametrize(
    ("over", "amount"),
    [
        (1, 350),
        (3, 350),
        (4, 700),
        (6, 700),
        (7, 1400),
        (9, 1400),
        (10, 2800),
        (12, 2800),
        (13, 5600),
        (15, 5600),
        (16, 11200),
        (40, 11200),
    ],
)
def test_noise_steps(tables: dict[str, Any], over: int, amount: int) -> None:
    assert env_tax.noise_step(tables, D(over)) == amount


@pytest.mark.parametrize(
    ("item", "count", "units"),
    [
        ("牛(头)", 50, None),
        ("牛(头)", 51, "510"),
        ("猪(头)", 500, None),
        ("猪(头)", 501, "501"),
        ("鸡鸭等家禽(羽)", 5000, None),
        ("鸡鸭等家禽(羽)", 5010, "167"),
    ],
)
def test_small_dischargers_above_their_floor(
    tables: dict[str, Any], item: str, count: int, units: str | None
) -> None:
    assert env_tax.small_discharger(tables, item, D(count)) == (None if units is None else D(units))


def test_exactly_on_a_step_of_the_reduction_a_person_confirms(tables: dict[str, Any]) -> None:
    air = NAMED["env_tax.air"].run
    row = {"pollutant": "二氧化硫", "flow": D(10_000_000), "concentration": D(140), "standard": D(200)}
    assert air(row, tables)["check"] == "浓度恰在减征界上，须人工确认"
    assert air(row | {"concentration": D(139)}, tables)["check"] is None
    assert air(row | {"standard": None}, tables)["check"] is None


def test_the_rates_of_the_province_lie_in_the_span_of_the_law(tables: dict[str, Any]) -> None:
    for medium, rate in (("大气", tables["rate_air"]), ("水", tables["rate_water"])):
        low, high = (D(str(value)) for value in tables["rate_range"][medium])
        assert low <= D(str(rate)) <= high


def test_every_row_of_the_second_schedule_is_there(tables: dict[str, Any]) -> None:
    sizes = {name: len(rows) for name, rows in tables["equivalents"].items()}
    assert sizes == {"W1": 10, "W2": 51, "AIR": 44}
    assert tables["voc_pilot"] == {}
