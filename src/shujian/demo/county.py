"""The invented county: every file it hands over, and the truth about what is in them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from shujian.demo.bulk_files import least_rows, write_grid, write_hotline
from shujian.demo.correction import correction_lists
from shujian.demo.crowds import staff_lists
from shujian.demo.identity import Register
from shujian.demo.staff_files import write_correction, write_staff
from shujian.demo.tables import Declared, Delivery
from shujian.demo.truth import Truth
from shujian.kernel.home import private_folder
from shujian.kernel.progress import Progress

DEFAULT_ROWS, DEFAULT_SEED = 320_000, 20260630
HOTLINE_SHARE = 0.66


@dataclass(frozen=True)
class County:
    """What was written: the files in the order of delivery, and what must come of them."""

    seed: int
    rows: int
    deliveries: tuple[Delivery, ...]
    truths: tuple[Truth, ...]


def write_county(folder: Path, seed: int, rows: int, progress: Progress) -> County:
    """Write all files. ``rows`` is the number of lines over all sources; fewer than the planted lists need is raised
    to what they need.
    """
    private_folder(folder)
    register = Register()
    staff = staff_lists(seed, register)
    correction = correction_lists(seed, register)
    progress.begin("生成示例县数据", rows)
    deliveries: list[Delivery] = []
    for delivery in _listed(folder, staff, correction):
        deliveries.append(delivery)
        progress.advance(delivery.rows)
    fixed = sum(each.rows for each in deliveries)
    bulk = max(rows - fixed, least_rows(0))
    hotline = round(bulk * HOTLINE_SHARE)
    for delivery in _bulk(folder, seed, hotline, bulk - hotline):
        deliveries.append(delivery)
        progress.advance(delivery.rows)
    truths = (staff.truth, correction.truth)
    return County(seed, sum(each.rows for each in deliveries), tuple(deliveries), truths)
