"""Estimates of unpaid environmental protection tax, low and high, each with its arithmetic in Chinese.

An estimate tells how big a clue may be. It is never an assessment, and every sentence ends by saying so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from shujian.kernel.money import to_fen
from shujian.supervision.functions import env_tax
from shujian.supervision.functions.env_tax import NoRate, number, pick
from shujian.supervision.functions.env_tax_due import Part, due_of, ground, late, parts, quarter_last

Table = Mapping[str, Any]
ZERO = Decimal(0)
DUST = "一般性粉尘"
HALF = Decimal("0.5")


@dataclass(frozen=True)
class Estimate:
    """Low and high tax and late fee in 元; None where nothing can be said. ``how``: the arithmetic in words."""

    low: Decimal | None
    high: Decimal | None
    late_low: Decimal | None
    late_high: Decimal | None
    how: str


@dataclass(frozen=True)
class Substance:
    """A pollutant as the tables list it: 大气 or 水, its class there, its equivalent in kg."""

    name: str
    medium: str
    listed: str
    value: Decimal


def plain(value: Decimal) -> str:
    """A number without trailing zeros, at most six places."""
    text = format(value.quantize(Decimal("0.000001")).normalize(), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def substance(params: Table, written: str, outlet: str | None = None, medium: str | None = None) -> Substance:
    """Find a pollutant in the tables. One that is listed for air and for water needs its outlet or its medium; else NoRate."""
    name = str(params["pollutant_names"].get(written.strip(), written.strip()))
    prefix = (outlet or "").strip().upper()[:2]
    known = medium or params["outlet_media"].get(prefix)
    tables = params["equivalents"]
    found = [
        Substance(name, "大气" if listed == "AIR" else "水", listed, number(tables[listed][name]))
        for listed in ("AIR", "W1", "W2")
        if name in tables[listed]
    ]
    fitting = [each for each in found if known is None or each.medium == known]
    if len(fitting) != 1:
        raise NoRate(written)
    return fitting[0]


def tax_of_mass(params: Table, found: Substance, kg: Decimal) -> tuple[Decimal, str]:
    """Tax of so many kilograms, with its arithmetic."""
    rate = number(params["rate_air" if found.medium == "大气" else "rate_water"])
    units = kg / found.value
    tax = to_fen(units * rate)
    return (
        tax,
        f"{plain(kg)}千克÷污染当量值{plain(found.value)}千克={plain(units.quantize(Decimal('0.01')))}"
        + (f"个当量，×每当量{plain(rate)}元={tax}元"),
    )


def closed(
    params: Table, low: Decimal, high: Decimal, quarters: Sequence[tuple[Decimal, Decimal, date]], seen: date,
    told: Sequence[str], names: Sequence[str],
) -> Estimate:  # fmt: skip
    """An estimate with the late fee of each quarter (low, high, its last day), the grounds and the closing words."""
    fees = [(late(params, one, last, seen), late(params, other, last, seen)) for one, other, last in quarters]
    late_low = sum((fee for (fee, _), _ in fees), ZERO)
    late_high = sum((fee for _, (fee, _) in fees), ZERO)
    daily = plain(number(params["late_fee_daily"]) * 100)
    spans = "；".join(
        f"{due_of(params, last).words(params)}，次日起至{seen.isoformat()}计{days}日"
        for (_, _, last), ((_, days), _) in zip(quarters, fees, strict=True)
    )
    grounds = "；".join(ground(params, name) for name in (*names, "滞纳金"))
    how = "。".join(
        (
            *told,
            f"滞纳金按日{daily}%估算：{spans}，合计低值{late_low}元、高值{late_high}元",
            f"依据：{grounds}",
            ground(params, "结语"),
        )
    )
    return Estimate(low, high, late_low, late_high, how)


def unable(params: Table, why: str) -> Estimate:
    """No figure, and why there is none."""
    return Estimate(None, None, None, None, f"{why}，不能估算税额。{ground(params, '结语')}")


def site(
    params: Table, area: Decimal, start: date, end: date, kind: str, seen: date, measures: str | None = None
) -> Estimate:
    """施工扬尘 of a site between two days: low with all measures in place, high with none."""
    if end < start:
        return unable(params, "施工期与所问时期没有重合")
    spans = parts(params, start, end)
    months = sum((part.months for part in spans), ZERO)
    each = {name: _month(params, kind, area, taken) for name, taken in (("低", None), ("高", ()))}
    quarters = [
        (to_fen(each["低"][0] * part.months), to_fen(each["高"][0] * part.months), part.last)
        for part in spans
    ]
    low, high = sum((one for one, _, _ in quarters), ZERO), sum((one for _, one, _ in quarters), ZERO)
    told = [
        f"{kind}工地，面积{plain(area)}平方米，{_span(spans, start, end)}计{plain(months)}个月",
        f"高值（没有措施）：{each['高'][1]}，{plain(months)}个月共{high}元",
        f"低值（措施全部到位）：{each['低'][1]}，{plain(months)}个月共{low}元",
    ]
    listed = [name for name in pick(params["dust_reduction"], kind) if name in (measures or "")]
    if listed:
        tax, words = _month(params, kind, area, listed)
        told.append(
            f"许可资料写明的措施（{'、'.join(listed)}，是否达标待核）：{words}，{plain(months)}个月共{to_fen(tax * months)}元"
        )
    return closed(params, low, high, quarters, seen, told, ("扬尘",))


def _month(params: Table, kind: str, area: Decimal, taken: Sequence[str] | None) -> tuple[Decimal, str]:
    net = env_tax.dust_rate(params, kind, taken)
    kg = net * area
    tax, words = tax_of_mass(params, substance(params, DUST), kg)
    return tax, f"每月{plain(area)}平方米×{plain(net)}千克/平方米={words}"


def _span(spans: Sequence[Part], start: date, end: date) -> str:
    return f"{start.year}年{start.month}月至{end.year}年{end.month}月（{len(spans)}个季度）"


def penalised(params: Table, row: Mapping[str, Any]) -> Estimate:
    """What a penalty lets one estimate: dust by the site, solids by tonnes, noise by decibels, air and water by kilograms.

    ``row``: medium, dust, pollutant, outlet, quantity, over_db, area, kind, start, end, last, seen, stock_kind, stock.
    """
    medium, last, seen = row["medium"], row["last"], row["seen"]
    quantity = None if row.get("quantity") is None else number(row["quantity"])
    known = all(row.get(name) is not None for name in ("area", "start", "end"))
    if row.get("dust") == "是" and known:
        return site(params, number(row["area"]), row["start"], row["end"], row["kind"], seen)
    if medium == "固体废物" and quantity is not None:
        rate = number(pick(params["rate_solid"], str(row.get("pollutant"))))
        tax = to_fen(quantity * rate)
        told = f"{row['pollutant']}{plain(quantity)}吨×每吨{plain(rate)}元={tax}元"
        return closed(params, tax, tax, [(tax, tax, last)], seen, [told], ("固体废物",))
    if medium == "噪声" and row.get("over_db") is not None:
        return _noise(params, number(row["over_db"]), last, seen)
    if medium in ("大气", "水") and quantity is not None and row.get("pollutant") is not None:
        tax, words = tax_of_mass(
            params, substance(params, row["pollutant"], row.get("outlet"), medium), quantity
        )
        told = f"{row['pollutant']}{words}（超标排放的不减征）"
        return closed(params, tax, tax, [(tax, tax, last)], seen, [told], (medium,))
    if medium == "水" and row.get("stock") is not None and row.get("stock_kind") is not None:
        return _farm(params, str(row["stock_kind"]), number(row["stock"]), last, seen)
    return unable(params, "没有查到工地面积和工期" if row.get("dust") == "是" else "处罚没有写明排放量")


def _noise(params: Table, over: Decimal, last: date, seen: date) -> Estimate:
    high = env_tax.noise_step(params, over)
    if not high:
        return unable(params, "超标不足一分贝")
    low = to_fen(high * HALF)
    told = f"工业噪声超标{plain(over)}分贝，按一处一个月：高值{high}元；低值（当月超标不足{params['noise_half_days']}日减半）{low}元"
    return closed(params, low, high, [(low, high, last)], seen, [told], ("噪声",))


def farm_item(params: Table, kind: str) -> str:
    """The row of the small dischargers' table for a kind of stock. Raises NoRate."""
    for word, item in params["farm_kinds"].items():
        if word in kind:
            return str(item)
    raise NoRate(kind)


def _farm(params: Table, kind: str, stock: Decimal, last: date, seen: date) -> Estimate:
    value, rate = (
        number(pick(params["small_dischargers"], farm_item(params, kind))),
        number(params["rate_water"]),
    )
    month = to_fen(stock / value * rate)
    high = month * 3
    told = (
        f"存栏{kind}{plain(stock)}，÷当量值{plain(value)}，×每当量{plain(rate)}元=每月{month}元：低值一个月{month}元，"
        f"高值全季{high}元（当量值未核实，只用于不能监测的）"
    )
    return closed(params, month, high, [(month, high, last)], seen, [told], ("水",))


def permit(
    params: Table, pollutant: str, outlet: str | None, tons: Decimal, start: date, end: date, seen: date
) -> Estimate:
    """A permit holder that filed nothing: high by the permitted tonnes a year, low by the share of the parameter."""
    found, share = substance(params, pollutant, outlet), number(params["permit_low_share"])
    spans = parts(params, start, end)
    quarters, told = [], []
    for part in spans:
        kg = tons * 1000 / 12 * part.months
        high, words = tax_of_mass(params, found, kg)
        quarters.append((to_fen(high * share), high, part.last))
        told.append(f"{_span([part], date(part.last.year, part.last.month - 2, 1), part.last)}{words}")
    low, high = sum((one for one, _, _ in quarters), ZERO), sum((one for _, one, _ in quarters), ZERO)
    head = f"{found.name}许可排放量每年{plain(tons)}吨，高值按许可量{high}元（{'；'.join(told)}），低值按其{plain(share * 100)}%计{low}元"
    return closed(params, low, high, quarters, seen, [head], (found.medium,))


def shortfall(
    params: Table, pollutant: str, outlet: str | None, owed: Decimal, filed: Decimal, last: date, seen: date
) -> Estimate:
    """Measured less filed: high in full, low with the strongest reduction of art. 13."""
    found = substance(params, pollutant, outlet)
    missing = max(owed - filed, ZERO)
    high, words = tax_of_mass(params, found, missing)
    least = min((number(step["factor"]) for step in params["reduction"]), default=Decimal(1))
    low = to_fen(high * least)
    told = (
        f"{found.name}监测量{plain(owed)}千克，申报{plain(filed)}千克，相差{plain(missing)}千克："
        f"高值{words}；低值按最大减征比例×{plain(least)}={low}元"
    )
    return closed(params, low, high, [(low, high, last)], seen, [told], (found.medium, "减征"))


def generated(
    params: Table, medium: str, pollutant: str, outlet: str | None, made: Decimal, filed: Decimal, last: date,
    seen: date,
) -> Estimate:  # fmt: skip
    """条例 6–7: what was generated counts, less what was filed. Low and high are one figure."""
    missing = max(made - filed, ZERO)
    if medium == "固体废物":
        rate = number(pick(params["rate_solid"], pollutant))
        tax = to_fen(missing * rate)
        words = f"{plain(missing)}吨×每吨{plain(rate)}元={tax}元"
        unit = "吨"
    else:
        tax, words = tax_of_mass(params, substance(params, pollutant, outlet, medium), missing)
        unit = "千克"
    told = f"{pollutant}处罚认定{plain(made)}{unit}，申报{plain(filed)}{unit}，相差{plain(missing)}{unit}：{words}"
    return closed(params, tax, tax, [(tax, tax, last)], seen, [told], (medium, "产生量"))


def reduced(params: Table, relief: Decimal, day: date, seen: date) -> Estimate:
    """Tax that was reduced without right, with its late fee."""
    told = f"申报的减征税额{relief}元"
    return closed(params, relief, relief, [(relief, relief, quarter_last(day))], seen, [told], ("减征",))
