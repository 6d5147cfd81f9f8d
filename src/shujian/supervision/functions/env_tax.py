"""Environmental protection tax (环境保护税法 2025-10-28, 实施条例), exact decimals over dated tables.

Every rate, equivalent, coefficient and step comes from ``parameters/env_tax.yaml``. An estimate for a clue, never an
assessment: only the tax authority assesses (税法 14, 20, 21). Amounts in 元, rounded half up to 分 at the item.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from shujian.kernel.errors import Fault, ShujianError
from shujian.kernel.money import to_fen

Table = Mapping[str, Any]
ZERO = Decimal(0)


class NoRate(ShujianError):
    """A pollutant, site or kind that the table of the day does not list."""

    def __init__(self, key: str) -> None:
        super().__init__(Fault(code="no_rate", message="当日的税目税额表中没有这一项", found=key))


@dataclass(frozen=True)
class Discharge:
    """One pollutant at one outlet in one month: kilograms discharged.

    For pH, 色度, 大肠菌群数 and 余氯量 ``tons`` of sewage count, with ``level`` the pH value or the times of colour.
    """

    pollutant: str
    kg: Decimal = ZERO
    tons: Decimal | None = None
    level: Decimal | None = None


def number(value: Any) -> Decimal:
    """A table's value as Decimal."""
    return value if isinstance(value, Decimal) else Decimal(str(value))


def pick(table: Table, *keys: str) -> Any:
    """A value of a nested table. Raises NoRate with the key that is missing."""
    found: Any = table
    for key in keys:
        if not isinstance(found, Mapping) or key not in found:
            raise NoRate(key)
        found = found[key]
    return found


def equivalents(params: Table, medium: str, pollutant: str, kg: Decimal) -> Decimal:
    """污染当量数 = kg ÷ 当量值 (附表二). ``medium``: AIR, W1 or W2."""
    return kg / number(pick(params["equivalents"], medium, pollutant))


def ph_equivalents(params: Table, ph: Decimal, tons: Decimal) -> Decimal:
    """pH 值: tonnes of sewage ÷ the value of its step; none between 6 and 9. Low steps hold their lower bound, high
    steps their upper one (5–6 is ≥5 and <6, 9–10 is >9 and ≤10).
    """
    for step in params["equivalents_ph"]:
        low, high = step.get("low"), step.get("high")
        if low and number(low[0]) <= ph < number(low[1]):
            return tons / number(step["tons"])
        if high and number(high[0]) < ph <= number(high[1]):
            return tons / number(step["tons"])
    return ZERO


def sewage_equivalents(params: Table, name: str, tons: Decimal, times: Decimal = Decimal(1)) -> Decimal:
    """色度 (tonnes × times over), 大肠菌群数, 余氯量: tonnes of sewage ÷ the value."""
    return tons * times / number(pick(params["equivalents_other_water"], name))


def _water_equivalents(params: Table, each: Discharge, medium: str) -> Decimal:
    if each.tons is None:
        return equivalents(params, medium, each.pollutant, each.kg)
    if each.pollutant == "pH值":
        if each.level is None:
            raise NoRate("pH值")
        return ph_equivalents(params, each.level, each.tons)
    times = each.level if each.level is not None else Decimal(1)
    return sewage_equivalents(params, each.pollutant, each.tons, times)


def mass_from_concentration(flow_m3: Decimal, concentration: Decimal, medium: str) -> Decimal:
    """Kilograms: air in mg/m³, water in mg/L."""
    return flow_m3 * concentration / (Decimal(1_000_000) if medium == "AIR" else Decimal(1000))


def reduction_factor(params: Table, concentration: Decimal, standard: Decimal) -> Decimal:
    """Art. 13: the share of the tax that stays when the monitored value is under the standard by so much."""
    under = (standard - concentration) / standard
    fitting = [step for step in params["reduction"] if under >= number(step["ratio"])]
    return number(max(fitting, key=lambda step: number(step["ratio"]))["factor"]) if fitting else Decimal(1)


def on_the_edge(params: Table, concentration: Decimal, standard: Decimal) -> bool:
    """Whether a value stands exactly on a step of art. 13, where a person must confirm."""
    under = (standard - concentration) / standard
    return any(under == number(step["ratio"]) for step in params["reduction"])


def small_discharger(params: Table, item: str, count: Decimal) -> Decimal | None:
    """Equivalents a month of a small discharger that cannot be measured (附表二); None at or under the floor of scale."""
    floor = params["small_discharger_floor"].get(item)
    if floor is not None and count <= number(floor):
        return None
    return count / number(pick(params["small_dischargers"], item))


def air_by_concentration(
    params: Table, pollutant: str, flow_m3: Decimal, concentration: Decimal, standard: Decimal | None = None
) -> Decimal:
    """Tax of one air pollutant in one month, reduced by art. 13 where a standard is given."""
    mass = mass_from_concentration(flow_m3, concentration, "AIR")
    gross = equivalents(params, "AIR", pollutant, mass) * number(params["rate_air"])
    return to_fen(gross * reduction_factor(params, concentration, standard) if standard else gross)


def air_outlet(params: Table, discharges: Iterable[Discharge]) -> Decimal:
    """Art. 9: at one outlet the first three pollutants by equivalents are taxed."""
    ranked = sorted(
        (equivalents(params, "AIR", each.pollutant, each.kg) for each in discharges), reverse=True
    )
    rate = number(params["rate_air"])
    return sum((to_fen(each * rate) for each in ranked[: int(pick(params["top_n"], "AIR"))]), ZERO)


def water_outlet(params: Table, discharges: Iterable[Discharge]) -> Decimal:
    """Art. 9: first-class pollutants five, others three; of each group of ``one_of`` only the largest is taxed."""
    first: dict[str, Decimal] = {}
    other: dict[str, Decimal] = {}
    for each in discharges:
        table, medium = (
            (first, "W1") if each.pollutant in params["equivalents"].get("W1", {}) else (other, "W2")
        )
        table[each.pollutant] = table.get(each.pollutant, ZERO) + _water_equivalents(params, each, medium)
    for group in params["one_of"]:
        inside = sorted((name for name in group if name in other), key=lambda name: other[name], reverse=True)
        for name in inside[1:]:
            del other[name]
    rate = number(params["rate_water"])
    taxed = sorted(first.values(), reverse=True)[: int(pick(params["top_n"], "W1"))]
    taxed += sorted(other.values(), reverse=True)[: int(pick(params["top_n"], "W2"))]
    return sum((to_fen(each * rate) for each in taxed), ZERO)


def solid(
    params: Table,
    kind: str,
    generated: Decimal,
    *,
    stored: Decimal = ZERO,
    disposed: Decimal = ZERO,
    reused: Decimal = ZERO,
    unlawful: bool = False,
) -> Decimal:
    """Tonnes × rate; unlawful dumping or false filing makes all that was generated taxable (条例 5–6)."""
    tonnes = generated if unlawful else max(generated - stored - disposed - reused, ZERO)
    return to_fen(tonnes * number(pick(params["rate_solid"], kind)))


def noise_step(params: Table, over_db: Decimal) -> Decimal:
    """Monthly amount for industrial noise over the limit; decibels rounded half up."""
    whole = over_db.quantize(Decimal(1), rounding=ROUND_HALF_UP)
    for step in params["rate_noise"]:
        upper = step.get("to_db")
        if whole >= step["from_db"] and (upper is None or whole <= upper):
            return number(step["amount"])
    return ZERO


def noise(
    params: Table,
    day_over: Decimal,
    night_over: Decimal,
    days: int,
    *,
    boundary_m: Decimal = ZERO,
    spots: int = 1,
) -> Decimal:
    """Day and night summed, each the highest of its spots; a source over the limit on fewer days than the threshold
    pays half; a boundary longer than the limit with two spots or more counts as two units (附表一 注).
    """
    amount = noise_step(params, day_over) + noise_step(params, night_over)
    if spots >= 2 and boundary_m > int(params["noise_long_boundary_m"]):
        amount *= 2
    return to_fen(amount / 2 if days < int(params["noise_half_days"]) else amount)


def dust_rate(params: Table, site: str, measures: Sequence[str] | None) -> Decimal:
    """Net kg per m² and month; ``measures`` None means all of them, of alternatives the stronger."""
    reductions = pick(params["dust_reduction"], site)
    taken = set(reductions) if measures is None else set(measures) & set(reductions)
    for group in params["dust_alternatives"]:
        inside = [name for name in group if name in taken]
        taken -= set(sorted(inside, key=lambda name: number(reductions[name]), reverse=True)[1:])
    return number(pick(params["dust_generation"], site)) - sum(
        (number(reductions[name]) for name in taken), ZERO
    )


def dust(
    params: Table, site: str, area_m2: Decimal, months: Decimal, measures: Sequence[str] | None = ()
) -> Decimal:
    """施工扬尘 by sampling coefficients: area × net coefficient ÷ equivalent × rate, a month at a time."""
    mass = dust_rate(params, site, measures) * area_m2
    return to_fen(equivalents(params, "AIR", "一般性粉尘", mass) * number(params["rate_air"])) * months


def late_fee(params: Table, unpaid: Decimal, days: int) -> Decimal:
    """滞纳金 estimate: unpaid × daily rate × days (税收征管法 32)."""
    return to_fen(unpaid * number(params["late_fee_daily"]) * max(days, 0))
