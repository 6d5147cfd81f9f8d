"""Two invented lists of persons as the lake stores them, by a fixed seed: half of each is on the other.

One number in ten is missing or masked, one name in fifty is miswritten, names repeat as in a county.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

ROW_GROUP = 122_880
"""Rows of a group, as the lake writes them: DuckDB shares groups out among its threads."""
SEED = 20261122
AREAS = 2_000  # from 990000 up: no county bears such a code
FIRST_DAY = date(1950, 1, 1)
_DAYS = 20_000
_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
_CHECK = np.array(list("10X98765432"))
_FIRST_CHARACTER, _CHARACTERS = ord("一"), 600

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class People:
    """Persons by number: what is true of them, before each list writes it down in its own way."""

    ids: npt.NDArray[np.str_]
    names: npt.NDArray[np.str_]
    births: npt.NDArray[np.datetime64]
    sexes: npt.NDArray[np.str_]


def population(count: int) -> People:
    """``count`` persons with distinct valid numbers (areas 990000 and up) and names of three characters."""
    chance = np.random.default_rng(SEED)
    numbers = chance.choice(_DAYS * 1000, count, replace=False)
    days, order = numbers // 1000, numbers % 1000
    births = np.datetime64(FIRST_DAY) + days
    second, third = (chance.integers(0, _CHARACTERS, count) for _ in range(2))
    alphabet = np.array([chr(_FIRST_CHARACTER + place) for place in range(_CHARACTERS)])
    names = np.char.add(np.char.add("示", alphabet[second]), alphabet[third])
    areas = (990_000 + chance.integers(0, AREAS, count)).astype(str)
    return People(_id_numbers(areas, births, order), names, births, np.where(order % 2 == 1, "男", "女"))


def write_lists(folder: Path, left: int, right: int) -> tuple[Path, Path]:
    """Both lists as Parquet: ``left`` and ``right`` persons, half of the shorter one on both."""
    shared = min(left, right) // 2
    everyone = population(left + right - shared)
    chance = np.random.default_rng(SEED + 1)
    first = chance.permutation(left)
    second = chance.permutation(right) + (left - shared)
    paths = (folder / "left.parquet", folder / "right.parquet")
    folder.mkdir(parents=True, exist_ok=True)
    for path, members, column in ((paths[0], first, "settled_on"), (paths[1], second, "decided_on")):
        pq.write_table(_list(everyone, members, column, path.stem, chance), path, row_group_size=ROW_GROUP)
    return paths


def _list(
    everyone: People, members: Ints, day_column: str, prefix: str, chance: np.random.Generator
) -> pa.Table:
    count = len(members)
    ids, names = everyone.ids[members], everyone.names[members]
    luck = chance.random(count)
    areas = ids.astype("U6")
    masks = np.char.add(np.char.add(areas, "|"), _tails(ids))
    one_off, another = np.char.add(names.astype("U2"), "误"), np.roll(names, 1)
    slip = chance.random(count)
    written = np.select([slip < 0.005, slip < 0.02], [another, one_off], names)
    days = np.datetime64(date(2024, 1, 1)) + chance.integers(0, 730, count)
    return pa.table({
        "_row": pa.array([f"{prefix}{place:031d}" for place in range(count)]),
        "doc_no": pa.array(np.char.add("D", members.astype(np.str_))),
        "person__id": pa.array(ids, mask=luck < 0.10),
        "person__mask": pa.array(masks, mask=luck < 0.05),
        "person__name": pa.array(written),
        "person__birth": pa.array(everyone.births[members], mask=(luck >= 0.03) & (luck < 0.06)),
        "person__sex": pa.array(everyone.sexes[members]),
        "person__area": pa.array(areas, mask=luck < 0.10),
        day_column: pa.array(days, mask=chance.random(count) < 0.01),
    })  # fmt: skip


def _id_numbers(
    areas: npt.NDArray[np.str_], births: npt.NDArray[np.datetime64], order: Ints
) -> npt.NDArray[np.str_]:
    days = np.char.replace(births.astype(str), "-", "")
    first17 = np.char.add(np.char.add(areas, days), np.char.zfill(order.astype(str), 3))
    digits = first17.view("U1").reshape(len(first17), -1)[:, :17].astype(np.int64)
    return np.char.add(first17, _CHECK[(digits @ _WEIGHTS) % 11])


def _tails(ids: npt.NDArray[np.str_]) -> npt.NDArray[np.str_]:
    """The last four characters."""
    signs = np.ascontiguousarray(ids.view("U1").reshape(len(ids), -1)[:, 14:18])
    return signs.view("U4").reshape(-1)
