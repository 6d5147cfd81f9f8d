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
    """One pollutant at one outlet in one month: kilograms discharged."""

    pollutant: str
    kg: Decimal


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


def mass_from_concentration(flow_m3: Decimal, concentration: Decimal, medium: str) -> Decimal:
    """Kilograms: air in mg/m³, water in mg/L."""
    return flow_m3 * concentration / (Decimal(1_000_000) if medium == "AIR" else Decimal(1000))


def reduction_factor(params: Table, concentration: Decimal, standard: Decimal) -> Decimal:
    """Art. 13: the share of the tax that stays when the monitored value is under the standard by so much."""
    under = (standard - concentration) / standard
    fitting = [step for step in params["reduction"] if under >= number(step["ratio"])]
    return number(max(fitting, key=lambda step: number(step["ratio"]))["factor"]) if fitting else Decimal(1)


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
        table[each.pollutant] = table.get(each.pollutant, ZERO) + equivalents(
            params, medium, each.pollutant, each.kg
        )
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


def noise(params: Table, day_over: Decimal, night_over: Decimal, days: int) -> Decimal:
    """Day and night summed; a source over the limit on fewer days than the threshold pays half (附表一 注)."""
    amount = noise_step(params, day_over) + noise_step(params, night_over)
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
