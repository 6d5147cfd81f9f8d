"""The dirt of the bulk, column by column, at the rates of ``content/dirt.yaml``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shujian.demo.columns import (
    Column,
    Mask,
    Numbers,
    constant,
    digits,
    either,
    glued,
    moments,
    patched,
    some,
    texts,
)
from shujian.demo.dirt import rates
from shujian.demo.draws import pick
from shujian.demo.names import bulk_names
from shujian.demo.places import COUNTY, LAT, LON
from shujian.demo.shifts import shifted

HALL, HALL_POINT = f"{COUNTY}人民政府", (124.400000, 28.250000)
"""The place whose coordinates the county's own catalogue knows."""
_WIDE = dict(zip("0123456789", "０１２３４５６７８９", strict=True))


class Drawn:
    """For each row the kind of dirt drawn for it; ``drawn[kind]`` is the mask of one kind."""

    def __init__(self, rng: np.random.Generator, count: int, place: str) -> None:
        shares = rates(place)
        self._kinds = {kind: number for number, kind in enumerate(shares)}
        edges = np.cumsum(list(shares.values()))
        self._drawn = np.searchsorted(edges, rng.random(count), side="right")

    def __getitem__(self, kind: str) -> Mask:
        mask: Mask = self._drawn == self._kinds[kind]
        return mask


def phones(rng: np.random.Generator, count: int) -> Column:
    """Numbers that no operator gives out, some masked, some missing."""
    drawn, tail = Drawn(rng, count, "hotline.phone"), rng.integers(0, 100_000_000, count)
    masked = glued("100****", digits(tail % 10_000, 4))
    return either(drawn["missing"], "", either(drawn["masked"], masked, glued("100", digits(tail, 8))))


def callers(rng: np.random.Generator, count: int) -> Column:
    """Full names, family names with a title, anonymous, nothing."""
    drawn = Drawn(rng, count, "hotline.caller")
    sexes = pick(rng, ("男", "女"), count)
    names = texts(bulk_names(rng, sexes).tolist())
    titled = glued(pc.utf8_slice_codeunits(names, 0, 1), either(sexes == "男", "先生", "女士"))
    named = either(drawn["surname_only"], titled, names)
    return either(drawn["missing"], "", either(drawn["anonymous"], "匿名", named))


def typed(rng: np.random.Generator, part: str, shown: Column) -> Column:
    """Moments as a hand or another system types them; each still names the same moment."""
    drawn = Drawn(rng, len(shown), f"{part}.moment")
    forms: dict[str, Callable[[Column], Column]] = {
        "chinese": lambda column: pc.replace_substring_regex(
            column, r"^(\d+)-(\d+)-(\d+) (\d+):(\d+):\d+$", r"\1年\2月\3日 \4时\5分"
        ),
        "wide": _wide,
        "compact": lambda column: pc.replace_substring_regex(column, r"^(\d+)-(\d+)-(\d+) ", r"\1\2\3 "),
    }
    for kind, form in forms.items():
        shown = patched(shown, drawn[kind], form)
    return shown


def finished(rng: np.random.Generator, part: str, seconds: Numbers, done: Mask) -> Column:
    """When a matter ended: blank where it has not; now and then a year too late, or only the month is known."""
    drawn = Drawn(rng, len(seconds), f"{part}.finished")
    shown = moments(seconds + np.where(drawn["future"], 10 * 365 * 86_400, 0))
    shown = patched(
        shown,
        drawn["month_only"],
        lambda column: pc.replace_substring_regex(column, r"^(\d+)-(\d+)-.*$", r"\1年\2月"),
    )
    return either(done, shown, "")


def addressed(rng: np.random.Generator, place: str, column: Column) -> Column:
    """Addresses as people write them: the town cut short or by its old name, no house number, full-width digits."""
    drawn = Drawn(rng, len(column), place)
    column = patched(
        column,
        drawn["short_town"],
        lambda cells: pc.replace_substring_regex(cells, "(镇|街道)", "", max_replacements=1),
    )
    column = patched(
        column, drawn["old_name"], lambda cells: pc.replace_substring(cells, "镇", "乡", max_replacements=1)
    )
    column = patched(
        column, drawn["no_number"], lambda cells: pc.replace_substring_regex(cells, r"\d+号$", "")
    )
    return patched(column, drawn["wide_digits"], _wide)


def located(rng: np.random.Generator, part: str, count: int, system: str) -> tuple[Column, Column, Mask]:
    """Longitude and latitude in a system that the file does not name: some 0, some swapped, some far outside. The last
    answer marks the rows that stand at the county hall.
    """
    drawn, hall = Drawn(rng, count, f"{part}.coordinates"), Drawn(rng, count, f"{part}.anchor")["county_hall"]
    lon, lat = LON + 0.01 + 0.38 * rng.random(count), LAT + 0.01 + 0.28 * rng.random(count)
    lon, lat = np.where(hall, HALL_POINT[0], lon), np.where(hall, HALL_POINT[1], lat)
    away = drawn["outside"] & ~hall
    lon, lat = shifted(lon + 6.0 * away, lat - 3.0 * away, system)
    turned = drawn["swapped"] & ~hall
    east, north = (_degrees(np.where(turned, one, other)) for one, other in ((lat, lon), (lon, lat)))
    zero = drawn["zero"] & ~hall
    return either(zero, "0", east), either(zero, "0", north), hall


def firms(rng: np.random.Generator, pool: Column, count: int) -> Column:
    """Whom a caller complains about, in the ways in which callers write a firm's name; mostly nobody."""
    drawn = Drawn(rng, count, "hotline.firm")
    names = pool.take(pa.array(rng.integers(0, len(pool), count)))
    tail = "有限公司$"
    forms: dict[str, Callable[[Column], Column]] = {
        "full": lambda cells: cells,
        "bracketed": lambda cells: pc.replace_substring_regex(cells, tail, "（有限责任公司）"),
        "half_brackets": lambda cells: pc.replace_substring_regex(cells, tail, "(有限公司)"),
        "short": lambda cells: pc.replace_substring(
            pc.replace_substring_regex(cells, tail, ""), COUNTY, COUNTY[:2]
        ),
        "branch": lambda cells: glued(cells, "城南分公司"),
        "shop": lambda cells: pc.replace_substring_regex(cells, tail, "经营部（个体工商户）"),
        "former": lambda cells: glued(cells, "（曾用名", pc.replace_substring(cells, "有限公司", "厂"), "）"),
    }
    column = constant("", count)
    for kind, form in forms.items():
        mask = drawn[kind]
        column = pc.replace_with_mask(column, pa.array(mask), form(names.filter(pa.array(mask))))
    return column


def leaked(rng: np.random.Generator, column: Column, sentences: tuple[str, ...]) -> Column:
    """Texts into which now and then somebody writes a child's name and a parent's phone."""
    mask = Drawn(rng, len(column), "hotline.leak")["minor"]
    children = texts(bulk_names(rng, pick(rng, ("男", "女"), int(mask.sum()))).tolist())

    def told(cells: Column) -> Column:
        said = some(rng, sentences, len(cells))
        # Each sentence holds {name} before {phone}: cut there.
        head = pc.replace_substring_regex(said, r"\{name\}.*$", "")
        middle = pc.replace_substring_regex(said, r"^.*\{name\}|\{phone\}.*$", "")
        tail = pc.replace_substring_regex(said, r"^.*\{phone\}", "")
        return glued(
            cells, head, children, middle, "100", digits(rng.integers(0, 10**8, len(cells)), 8), tail
        )

    return patched(column, mask, told)


def serial_days(column: Column) -> list[float | None]:
    """Moments as a workbook without formats holds them: days since 1899-12-30."""
    epoch = (date(1970, 1, 1) - date(1899, 12, 30)).days
    read = pc.strptime(column, format="%Y-%m-%d %H:%M:%S", unit="s", error_is_null=True)
    seconds = pc.cast(read, pa.int64()).to_pylist()
    return [None if each is None else round(each / 86_400 + epoch, 6) for each in seconds]


def _degrees(values: object) -> Column:
    micro = np.rint(np.asarray(values) * 1e6).astype(np.int64)
    return glued(digits(micro // 1_000_000), ".", digits(micro % 1_000_000, 6))


def _wide(column: Column) -> Column:
    for digit, wide in _WIDE.items():
        column = pc.replace_substring(column, digit, wide)
    return column
