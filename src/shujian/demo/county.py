"""The invented county: every file it hands over, and the truth about what is in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from shujian.demo.bulk_files import least_rows, write_grid, write_hotline
from shujian.demo.charging import plant_charging
from shujian.demo.claims import plant_claims
from shujian.demo.correction import correction_lists
from shujian.demo.crowds import staff_lists
from shujian.demo.dirt import rates
from shujian.demo.draws import dice
from shujian.demo.envtax import env_tax_plan, fill_env_tax
from shujian.demo.envtax_files import write_env_tax
from shujian.demo.envtax_guards import plant_env_guards
from shujian.demo.gates import plant_gates
from shujian.demo.gates_files import write_gates
from shujian.demo.identity import Register
from shujian.demo.market import market_lists, write_market
from shujian.demo.matter_files import write_charging
from shujian.demo.matters import Matters, polluters
from shujian.demo.referral import referral_lists
from shujian.demo.referral_files import write_referral
from shujian.demo.referral_forward import plant_forward
from shujian.demo.staff_files import write_correction, write_staff
from shujian.demo.tables import Delivery
from shujian.demo.truth import Truth
from shujian.demo.urging import urging_lists
from shujian.demo.urging_files import write_urging
from shujian.demo.urging_told import plant_told
from shujian.demo.women import plant_women
from shujian.demo.women_files import write_women
from shujian.demo.women_guards import plant_women_guards
from shujian.kernel.home import private_folder
from shujian.kernel.progress import Progress

DEFAULT_ROWS, DEFAULT_SEED = 1_250_000, 20260630
_HOTLINE_SHARE, _GRID_MONTHS = 0.66, 30
_FULL_CROWDS = 200_000
"""From this size on the crowds of the smaller lists are whole; below it they shrink. M08's lists never do."""
_LEAST_ORDINARY = 3_000


@dataclass(frozen=True)
class County:
    """What was written: the files in the order of delivery, and what must come of them."""

    seed: int
    rows: int
    deliveries: tuple[Delivery, ...]
    truths: tuple[Truth, ...]


def write_county(folder: Path, seed: int, rows: int, progress: Progress) -> County:
    """Write all files. ``rows`` is the number of lines over all sources; where the planted lists alone need more,
    it is what they need.
    """
    private_folder(folder)
    register, scale = Register(), min(1.0, max(0.1, rows / _FULL_CROWDS))
    staff, correction = staff_lists(seed, register), correction_lists(seed, register, scale)
    tax = env_tax_plan(seed)
    plant_env_guards(tax)
    fill_env_tax(tax, scale)
    matters = Matters(dice(seed, "matters"), tax.bureau)
    charging = plant_charging(matters, scale)
    plant_claims(matters)
    polluters(matters, tax.truth, tax.filer)
    referral = referral_lists(seed, register, tax.bureau, scale)
    plant_forward(referral)
    urging = urging_lists(seed, tax.bureau, scale)
    gates, women = plant_gates(seed, scale), plant_women(seed, register)
    plant_women_guards(women)
    told = plant_told(seed, urging.truth)
    matters.orders += gates.orders + women.orders + told.orders
    matters.events += told.events
    market = market_lists(seed, scale)
    progress.begin("生成示例县数据", rows)
    listed = chain(
        write_staff(folder, staff),
        write_correction(folder, correction),
        write_env_tax(folder, tax),
        write_charging(folder, charging),
        write_referral(folder, referral),
        write_urging(folder, urging),
        write_gates(folder, gates),
        write_women(folder, women),
        write_market(folder, market),
    )
    deliveries = list(_told(listed, progress))
    deliveries += _told(_bulk(folder, seed, rows - sum(each.rows for each in deliveries), matters), progress)
    truths = (
        staff.truth,
        correction.truth,
        tax.truth,
        matters.ebike,
        matters.wages,
        referral.truth,
        urging.truth,
        gates.truth,
        women.truth,
    )
    return County(seed, sum(each.rows for each in deliveries), tuple(deliveries), truths)


def _bulk(folder: Path, seed: int, rows: int, matters: Matters) -> Iterator[Delivery]:
    planted = len(matters.orders) + len(matters.events)
    ordinary = max(rows - planted - least_rows(), _LEAST_ORDINARY)
    hotline = round(ordinary * _HOTLINE_SHARE)
    shared = round((ordinary - hotline) * rates("shared.events")["of_grid"] / _GRID_MONTHS)
    yield from write_hotline(folder, seed, hotline, matters.orders, shared)
    yield from write_grid(folder, seed, ordinary - hotline, matters.events, shared)


def _told(deliveries: Iterator[Delivery], progress: Progress) -> Iterator[Delivery]:
    for delivery in deliveries:
        progress.advance(delivery.rows)
        yield delivery
