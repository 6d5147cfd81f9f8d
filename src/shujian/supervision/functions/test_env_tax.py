"""Vectors T1–T5 and T7 of domain.md §4.5, on the shipped tables of Hunan."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from shujian.kernel.home import SHIPPED_CATALOGUE
from shujian.supervision.functions import env_tax
from shujian.supervision.functions.env_tax import Discharge, NoRate
from shujian.supervision.functions.named import NAMED
from shujian.supervision.parameters import load_parameters

D = Decimal


@pytest.fixture(scope="module")
def tables() -> dict[str, Any]:
    book = load_parameters((SHIPPED_CATALOGUE,))
    return {
        name.partition(".")[2]: book.value(name, date(2025, 6, 30))
        for name in book.items
        if name.startswith("env_tax.")
    }


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
