"""The named functions of the environmental protection tax, as a ``compute`` step calls them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import ROUND_DOWN, Decimal
from typing import Any

from shujian.supervision.functions import env_tax, env_tax_due, env_tax_estimate, env_tax_words
from shujian.supervision.functions.env_tax_estimate import Estimate
from shujian.supervision.functions.form import Answers, Named, Row, amount, guarded

ESTIMATED = ("low", "high", "late_low", "late_high", "how")
_PLACED = ("listed", "group", "most")
_GIVES = {name: "text" if name == "how" else "number" for name in ESTIMATED}


@guarded(("low", "high"), ("area", "months", "site"))
def _dust(row: Row, params: Mapping[str, Any]) -> Answers:
    area, months = Decimal(str(row["area"])), Decimal(str(row["months"]))
    return {
        "low": env_tax.dust(params, row["site"], area, months, None),
        "high": env_tax.dust(params, row["site"], area, months, ()),
    }


@guarded(("tax",), ("medium", "items"))
def _outlet(row: Row, params: Mapping[str, Any]) -> Answers:
    items = [
        env_tax.Discharge(
            str(each["pollutant"]),
            Decimal(str(each.get("kg", 0))),
            amount(each.get("tons")),
            amount(each.get("level")),
        )
        for each in json.loads(row["items"])
    ]
    outlet = env_tax.air_outlet if row["medium"] == "AIR" else env_tax.water_outlet
    return {"tax": outlet(params, items)}


@guarded(("tax", "check"), ("pollutant", "flow", "concentration"))
def _air(row: Row, params: Mapping[str, Any]) -> Answers:
    flow, concentration = Decimal(str(row["flow"])), Decimal(str(row["concentration"]))
    standard = amount(row.get("standard"))
    edge = standard is not None and env_tax.on_the_edge(params, concentration, standard)
    return {
        "tax": env_tax.air_by_concentration(params, row["pollutant"], flow, concentration, standard),
        "check": "浓度恰在减征界上，须人工确认" if edge else None,
    }


@guarded(("tax",), ("kind", "generated"))
def _solid(row: Row, params: Mapping[str, Any]) -> Answers:
    amounts = {name: amount(row.get(name)) or Decimal(0) for name in ("stored", "disposed", "reused")}
    return {
        "tax": env_tax.solid(
            params, row["kind"], Decimal(str(row["generated"])), unlawful=bool(row.get("unlawful")), **amounts
        )
    }


@guarded(("tax",), ("days",))
def _noise(row: Row, params: Mapping[str, Any]) -> Answers:
    day, night, boundary = (
        amount(row.get(name)) or Decimal(0) for name in ("day_over", "night_over", "boundary_m")
    )
    tax = env_tax.noise(
        params, day, night, int(row["days"]), boundary_m=boundary, spots=int(row.get("spots") or 1)
    )
    return {"tax": tax}


@guarded(("due", "days", "from_calendar"), ("last",))
def _due(row: Row, params: Mapping[str, Any]) -> Answers:
    due = env_tax_due.due_of(params, row["last"])
    days = Decimal((due.day - row["last"]).days)
    return {"due": due.day.isoformat(), "days": days, "from_calendar": "是" if due.published else "否"}


def _mass(row: Row, params: Mapping[str, Any]) -> Answers:
    """Kilograms and the pollutant's name in the schedule, each unknown by itself."""
    name = None if row.get("pollutant") is None else _listed(params, row["pollutant"])
    flow, value, unit = row.get("flow"), row.get("value"), str(row.get("unit") or "").strip().lower()
    medium = {"mg/m3": "AIR", "mg/m³": "AIR", "mg/l": "WATER"}.get(unit)
    if flow is None or value is None or medium is None:
        return {"kg": None, "name": name}
    kg = env_tax.mass_from_concentration(Decimal(str(flow)), Decimal(str(value)), medium)
    # Rounded down: what is measured must never come out higher than it was.
    return {"kg": kg.quantize(Decimal("0.01"), rounding=ROUND_DOWN), "name": name}


def _listed(params: Mapping[str, Any], written: Any) -> str:
    return str(params["pollutant_names"].get(str(written).strip(), str(written).strip()))


@guarded(("name",), ("pollutant",))
def _name(row: Row, params: Mapping[str, Any]) -> Answers:
    return {"name": _listed(params, row["pollutant"])}


@guarded(("answer", "why"), ("trade", "about"))
def _exempt(row: Row, params: Mapping[str, Any]) -> Answers:
    answer, why = env_tax_words.exempt(
        params,
        row["trade"],
        row["about"],
        row.get("stock_kind"),
        amount(row.get("stock")),
        row.get("facility") == "否",
    )
    return {"answer": answer, "why": why}


@guarded(("why",), ("medium", "about"))
def _trigger(row: Row, params: Mapping[str, Any]) -> Answers:
    return {"why": env_tax_words.trigger(params, row["medium"], row["about"])}


def _estimating(
    needed: tuple[str, ...], estimate: Callable[[Row, Mapping[str, Any]], Estimate]
) -> Callable[[Row, Mapping[str, Any]], Answers]:
    @guarded(ESTIMATED, needed)
    def run(row: Row, params: Mapping[str, Any]) -> Answers:
        found = estimate(row, params)
        return {name: getattr(found, name) for name in ESTIMATED}

    return run


def _number(row: Row, name: str) -> Decimal:
    return Decimal(str(row[name]))


def _penalised(row: Row, params: Mapping[str, Any]) -> Estimate:
    return env_tax_estimate.penalised(params, row)


def _site(row: Row, params: Mapping[str, Any]) -> Estimate:
    return env_tax_estimate.site(
        params, _number(row, "area"), row["start"], row["end"], row["kind"], row["seen"], row.get("measures")
    )


@guarded((*ESTIMATED, *_PLACED), ("pollutant", "tons", "start", "end", "seen"))
def _permit(row: Row, params: Mapping[str, Any]) -> Answers:
    written, outlet = row["pollutant"], row.get("outlet")
    found = env_tax_estimate.permit(
        params, written, outlet, _number(row, "tons"), row["start"], row["end"], row["seen"]
    )
    told = env_tax_estimate.substance(params, written, outlet)
    group = next(("、".join(names) for names in params["one_of"] if told.name in names), told.name)
    most = Decimal(int(env_tax.pick(params["top_n"], told.listed)))
    placed: Answers = {"listed": told.listed, "group": group, "most": most}
    return {**{name: getattr(found, name) for name in ESTIMATED}, **placed}


def _short(row: Row, params: Mapping[str, Any]) -> Estimate:
    return env_tax_estimate.shortfall(
        params, row["pollutant"], row.get("outlet"), _number(row, "owed"), _number(row, "filed"),
        env_tax_due.quarter_last(row["day"]), row["seen"],
    )  # fmt: skip


def _generated(row: Row, params: Mapping[str, Any]) -> Estimate:
    return env_tax_estimate.generated(
        params, row["medium"], row["pollutant"], row.get("outlet"), _number(row, "made"), _number(row, "filed"),
        env_tax_due.quarter_last(row["day"]), row["seen"],
    )  # fmt: skip


def _reduced(row: Row, params: Mapping[str, Any]) -> Estimate:
    return env_tax_estimate.reduced(params, _number(row, "relief"), row["day"], row["seen"])


def _tables(*names: str) -> tuple[str, ...]:
    return tuple(f"env_tax.{name}" for name in names)


_AIR = _tables("rate_air", "equivalents", "top_n", "reduction")
_LATE = _tables("tax_calendar", "filing_days", "late_fee_daily", "grounds")
_SUBSTANCE = _tables("rate_air", "rate_water", "equivalents", "pollutant_names", "outlet_media")
_DUST = _tables("dust_generation", "dust_reduction", "dust_alternatives", "dust_part_month")
_FARM = _tables("small_dischargers", "small_discharger_floor", "farm_kinds")
_PENALTY = (
    "medium", "dust", "pollutant", "outlet", "quantity", "over_db", "area", "kind", "start", "end", "last", "seen",
    "stock_kind", "stock",
)  # fmt: skip
ENV_TAX: Mapping[str, Named] = {
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
        (*_AIR, *_tables("rate_water", "one_of", "equivalents_ph", "equivalents_other_water")),
        _outlet,
        "一个排放口一个月的税额；items 为 JSON 列表",
    ),
    "env_tax.air": Named(
        ("pollutant", "flow", "concentration", "standard"),
        frozenset({"standard"}),
        {"tax": "number", "check": "text"},
        _AIR,
        _air,
        "按浓度计算的大气污染物税额；恰在减征界上的，check 写明须人工确认",
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
        ("day_over", "night_over", "days", "boundary_m", "spots"),
        frozenset({"day_over", "night_over", "boundary_m", "spots"}),
        {"tax": "number"},
        _tables("rate_noise", "noise_half_days", "noise_long_boundary_m"),
        _noise,
        "工业噪声月税额；昼夜相加，长边界两处以上超标按两个单位",
    ),
    "env_tax.due": Named(
        ("last",),
        frozenset(),
        {"due": "text", "days": "number", "from_calendar": "text"},
        _tables("tax_calendar", "filing_days"),
        _due,
        "季度末对应的申报期满日，days 为季度终了到这一天的日数：先查征期日历，没有的按季度终了后的日数",
    ),
    "env_tax.mass": Named(
        ("flow", "value", "unit", "pollutant"),
        frozenset({"pollutant"}),
        {"kg": "number", "name": "text"},
        _tables("pollutant_names"),
        _mass,
        "流量（立方米）乘浓度得千克（舍去尾数）；单位不是 mg/m3、mg/L 的为空；name 为污染物在附表二里的名称",
    ),
    "env_tax.name": Named(
        ("pollutant",),
        frozenset(),
        {"name": "text"},
        _tables("pollutant_names"),
        _name,
        "污染物在附表二里的名称：各部门写法不同的归到一个",
    ),
    "env_tax.exempt": Named(
        ("trade", "about", "stock_kind", "stock", "facility"),
        frozenset({"stock_kind", "stock", "facility"}),
        {"answer": "text", "why": "text"},
        _tables("exempt_words", "small_discharger_floor", "farm_kinds"),
        _exempt,
        "由行业、名称和事实看是否免征：answer 为 应税、免征，断不定的为空；facility 为来源写明的是否排入集中处理设施",
    ),
    "env_tax.trigger": Named(
        ("medium", "about"),
        frozenset(),
        {"why": "text"},
        _tables("generation_words"),
        _trigger,
        "应按产生量计算的情形，没有的为“无”",
    ),
    "env_tax.penalised": Named(
        _PENALTY,
        frozenset(_PENALTY) - {"medium", "last", "seen"},
        _GIVES,
        (*_SUBSTANCE, *_DUST, *_FARM, *_LATE, *_tables("rate_solid", "rate_noise", "noise_half_days")),
        _estimating(("medium", "last", "seen"), _penalised),
        "由一份处罚估算当季税额和滞纳金（低、高），how 为算式",
    ),
    "env_tax.site": Named(
        ("area", "start", "end", "kind", "seen", "measures"),
        frozenset({"measures"}),
        _GIVES,
        (*_SUBSTANCE, *_DUST, *_LATE),
        _estimating(("area", "start", "end", "kind", "seen"), _site),
        "工地在一段时间的扬尘税额和滞纳金（低、高），how 为算式",
    ),
    "env_tax.permit": Named(
        ("pollutant", "outlet", "tons", "start", "end", "seen"),
        frozenset({"outlet"}),
        {**_GIVES, "listed": "text", "group": "text", "most": "number"},
        (*_SUBSTANCE, *_LATE, *_tables("permit_low_share", "dust_part_month", "top_n", "one_of")),
        _permit,
        "持证单位按许可排放量估算的税额和滞纳金（低、高），how 为算式；listed 为附表二的类，group 相同的只征一项，一个排放口每类征 most 项",
    ),
    "env_tax.short": Named(
        ("pollutant", "outlet", "owed", "filed", "day", "seen"),
        frozenset({"outlet"}),
        _GIVES,
        (*_SUBSTANCE, *_LATE, *_tables("reduction")),
        _estimating(("pollutant", "owed", "filed", "day", "seen"), _short),
        "监测量与申报量之差的税额和滞纳金（低、高），how 为算式",
    ),
    "env_tax.generated": Named(
        ("medium", "pollutant", "outlet", "made", "filed", "day", "seen"),
        frozenset({"outlet"}),
        _GIVES,
        (*_SUBSTANCE, *_LATE, *_tables("rate_solid")),
        _estimating(("medium", "pollutant", "made", "filed", "day", "seen"), _generated),
        "产生量与申报量之差的税额和滞纳金，how 为算式",
    ),
    "env_tax.reduced": Named(
        ("relief", "day", "seen"),
        frozenset(),
        _GIVES,
        _LATE,
        _estimating(("relief", "day", "seen"), _reduced),
        "违规减征的税额和滞纳金，how 为算式",
    ),
}
