"""Named functions that a ``compute`` step may call: row in, answers out, exact decimals, parameters by date."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shujian.supervision.functions import duty, env_tax, referral, school

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Named:
    """A function of the law: its arguments, its answers with their kinds, its parameters, one line of help."""

    takes: tuple[str, ...]
    optional: frozenset[str]
    gives: Mapping[str, str]
    parameters: tuple[str, ...]
    run: Callable[[Row, Mapping[str, Any]], dict[str, Decimal | str | None]]
    help: str


def _amount(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _guarded(answers: tuple[str, ...], needed: tuple[str, ...]) -> Callable[..., Any]:
    # A missing argument or an unlisted pollutant gives “unknown”, never a made-up zero.
    def wrap(function: Callable[[Row, Mapping[str, Any]], dict[str, Decimal | str | None]]) -> Any:
        def run(row: Row, params: Mapping[str, Any]) -> dict[str, Decimal | str | None]:
            if any(row.get(name) is None for name in needed):
                return dict.fromkeys(answers)
            try:
                return function(row, params)
            except env_tax.NoRate:
                return dict.fromkeys(answers)

        return run

    return wrap


@_guarded(("low", "high"), ("area", "months", "site"))
def _dust(row: Row, params: Mapping[str, Any]) -> dict[str, Decimal | str | None]:
    area, months = Decimal(str(row["area"])), Decimal(str(row["months"]))
    return {
        "low": env_tax.dust(params, row["site"], area, months, None),
        "high": env_tax.dust(params, row["site"], area, months, ()),
    }


@_guarded(("tax",), ("medium", "items"))
def _outlet(row: Row, params: Mapping[str, Any]) -> dict[str, Decimal | str | None]:
    items = [
        env_tax.Discharge(str(each["pollutant"]), Decimal(str(each["kg"])))
        for each in json.loads(row["items"])
    ]
    outlet = env_tax.air_outlet if row["medium"] == "AIR" else env_tax.water_outlet
    return {"tax": outlet(params, items)}


@_guarded(("tax",), ("pollutant", "flow", "concentration"))
def _air(row: Row, params: Mapping[str, Any]) -> dict[str, Decimal | str | None]:
    flow, concentration = Decimal(str(row["flow"])), Decimal(str(row["concentration"]))
    return {
        "tax": env_tax.air_by_concentration(
            params, row["pollutant"], flow, concentration, _amount(row.get("standard"))
        )
    }


@_guarded(("tax",), ("kind", "generated"))
def _solid(row: Row, params: Mapping[str, Any]) -> dict[str, Decimal | str | None]:
    amounts = {name: _amount(row.get(name)) or Decimal(0) for name in ("stored", "disposed", "reused")}
    return {
        "tax": env_tax.solid(
            params, row["kind"], Decimal(str(row["generated"])), unlawful=bool(row.get("unlawful")), **amounts
        )
    }


@_guarded(("tax",), ("days",))
def _noise(row: Row, params: Mapping[str, Any]) -> dict[str, Decimal | str | None]:
    day, night = (_amount(row.get(name)) or Decimal(0) for name in ("day_over", "night_over"))
    return {"tax": env_tax.noise(params, day, night, int(row["days"]))}


def _standard(row: Row, params: Mapping[str, Any]) -> dict[str, Decimal | str | None]:
    none: dict[str, Decimal | str | None] = dict.fromkeys(("charge", "says", "state", "figure", "limit"))
    if row.get("text") is None or row.get("since") is None or row.get("until") is None:
        return none
    table = referral.read_standards(params["standards"])
    found = referral.weigh(table, row["text"], _amount(row.get("amount")), row["since"], row["until"])
    if found is None:
        return none
    told = found.standard
    return {
        "charge": told.charge,
        "says": f"{told.says}（{told.basis}）",
        "state": found.state,
        "figure": found.figure,
        "limit": found.limit,
    }


def _expired(row: Row, params: Mapping[str, Any]) -> dict[str, Decimal | str | None]:
    if row.get("text") is None or row.get("on") is None:
        return {"ground": None}
    return {"ground": duty.expired(params["expired"], row["text"], row["on"])}


def _term(row: Row, params: Mapping[str, Any]) -> dict[str, Decimal | str | None]:
    return {"term": None if row.get("on") is None else school.term_on(params["terms"], row["on"])}


def _tables(*names: str) -> tuple[str, ...]:
    return tuple(f"env_tax.{name}" for name in names)


_AIR = _tables("rate_air", "equivalents", "top_n", "reduction")
NAMED: Mapping[str, Named] = {
    "env_tax.dust": Named(
        ("area", "months", "site"),
        frozenset(),
        {"low": "number", "high": "number"},
        _tables("rate_air", "equivalents", "dust_generation", "dust_reduction", "dust_alternatives"),
        _dust,
        "施工扬尘税额估算：low 为全部措施到位，high 为没有措施",
    ),
    "env_tax.outlet": Named(
        ("medium", "items"),
        frozenset(),
        {"tax": "number"},
        (*_AIR, *_tables("rate_water", "one_of")),
        _outlet,
        "一个排放口一个月的税额；items 为 JSON 列表",
    ),
    "env_tax.air": Named(
        ("pollutant", "flow", "concentration", "standard"),
        frozenset({"standard"}),
        {"tax": "number"},
        _AIR,
        _air,
        "按浓度计算的大气污染物税额",
    ),
    "env_tax.solid": Named(
        ("kind", "generated", "stored", "disposed", "reused", "unlawful"),
        frozenset({"stored", "disposed", "reused", "unlawful"}),
        {"tax": "number"},
        _tables("rate_solid"),
        _solid,
        "固体废物税额；非法倾倒按产生量",
    ),
    "env_tax.noise": Named(
        ("day_over", "night_over", "days"),
        frozenset({"day_over", "night_over"}),
        {"tax": "number"},
        _tables("rate_noise", "noise_half_days"),
        _noise,
        "工业噪声月税额；昼夜相加",
    ),
    "referral.standard": Named(
        ("text", "amount", "since", "until"),
        frozenset({"amount"}),
        {"charge": "text", "says": "text", "state": "text", "figure": "number", "limit": "number"},
        ("referral.standards",),
        _standard,
        "案情达到哪一项立案追诉标准：state 为 达到、可能、未达到，读不出数的为空；行为日只知道范围时取最宽的标准",
    ),
    "duty.expired": Named(
        ("text", "on"),
        frozenset(),
        {"ground": "text"},
        ("duty.expired",),
        _expired,
        "处罚依据引用了决定日已经失效的法律、法规：ground 为它的名称和失效日，没有的为空",
    ),
    "school.term": Named(
        ("on",),
        frozenset(),
        {"term": "text"},
        ("school_food.terms",),
        _term,
        "这一天是学期还是假期：term 为 学期、假期，校历没有写到的日子为空",
    ),
}
