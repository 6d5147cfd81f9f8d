"""A county of invented persons, and two lists of them: a clean-looking register and a dirty list.

Names follow a steep frequency, so that homonyms abound; numbers lie in areas 990000 and up, which no county bears.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

SEED = 20261125
KINDS = {
    "clean": "照抄无误",
    "id_digit": "证号错一位",
    "id_swap": "证号相邻两位颠倒",
    "id_masked": "证号有掩码",
    "id_missing": "没有证号",
    "id_15": "十五位旧证号",
    "id_form": "证号有空格、全角或小写 x",
    "name_alike": "姓名错一字",
    "name_changed": "姓名全改",
    "name_form": "姓名夹空格",
    "birth_wrong": "出生日期登记错误",
    "sex_missing": "没有性别",
    "homonym": "名册上只有同名的另一人（半数同生日、同性别），自己半数没有证号",
}
"""What befell a row of the dirty list: twelve kinds of error, and rows without any."""
RECOVERABLE = (
    "clean",
    "id_15",
    "id_form",
    "name_alike",
    "name_changed",
    "name_form",
    "birth_wrong",
    "sex_missing",
)
"""Kinds after which the person's number can still be read off the row with certainty."""

_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
_CHECK = np.array(list("10X98765432"))
_FIRST_DAY, _DAYS = date(1950, 1, 1), 17_500
_SHARE = 0.04
"""Of the dirty list, each kind of error."""
_ALSO_BARE = 0.15
"""Rows that have neither birth nor sex besides, whatever else befell them."""

Texts = npt.NDArray[np.str_]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class People:
    """Persons by number: what is true of them."""

    ids: Texts
    names: Texts
    births: npt.NDArray[np.datetime64]
    sexes: Texts

    def take(self, places: Ints) -> People:
        """Some of them, in this order."""
        return People(self.ids[places], self.names[places], self.births[places], self.sexes[places])


@dataclass(frozen=True)
class Listed:
    """A list as a file would have it. ``person``: who it truly is; ``kind``: place in ``KINDS``."""

    person: Ints
    kind: Ints
    ids: Texts
    names: Texts
    births: Texts
    sexes: Texts


def population(count: int, seed: int = SEED) -> People:
    """``count`` persons with distinct valid numbers."""
    chance = np.random.default_rng(seed)
    drawn = chance.choice(_DAYS * 1000, count, replace=False)
    days, order = drawn // 1000, drawn % 1000
    births = np.datetime64(_FIRST_DAY) + days
    areas = (990_000 + chance.integers(0, 2000, count)).astype(str)
    first17 = np.char.add(
        np.char.add(areas, np.char.replace(births.astype(str), "-", "")), np.char.zfill(order.astype(str), 3)
    )
    return People(checked(first17), _names(count, chance), births, np.where(order % 2 == 1, "男", "女"))


def checked(first17: Texts) -> Texts:
    """Eighteen characters from seventeen digits (GB 11643)."""
    digits = first17.astype("U17").view("U1").reshape(len(first17), 17).astype(np.int64)
    return np.char.add(first17, _CHECK[(digits @ _WEIGHTS) % 11])


def _names(count: int, chance: np.random.Generator) -> Texts:
    """A surname and one or two characters; each drawn by a falling frequency."""
    alphabet = np.array([chr(ord("一") + place * 7) for place in range(900)])

    def drawn(size: int) -> Texts:
        share = 1 / (np.arange(size) + 4.0)
        found: Texts = alphabet[chance.choice(size, count, p=share / share.sum())]
        return found

    third = np.where(chance.random(count) < 0.2, "", drawn(700))
    return np.char.add(np.char.add(drawn(120), drawn(700)), third)


def lists(people: int, dirty: int, seed: int = SEED) -> tuple[Listed, Listed]:
    """The dirty list and the register. A tenth of the dirty list's clean rows are persons outside the register."""
    chance = np.random.default_rng(seed + 1)
    everyone = population(people + dirty // 5, seed)
    kinds = list(KINDS)
    shares = np.array([1 - _SHARE * (len(kinds) - 1), *[_SHARE] * (len(kinds) - 1)])
    kind = chance.choice(len(kinds), dirty, p=shares)
    who = chance.choice(people, dirty, replace=False)
    outside = (kind == kinds.index("homonym")) | ((kind == 0) & (chance.random(dirty) < 0.1))
    who[outside] = people + chance.permutation(len(everyone.ids) - people)[: int(outside.sum())]
    left = _written(everyone.take(who), who, kind, chance)
    register = _with_homonyms(everyone, people, who[kind == kinds.index("homonym")], chance)
    plain = np.zeros(len(register.ids), dtype=np.int64)
    members = np.where(np.arange(len(register.ids)) < people, np.arange(len(register.ids)), -1)
    right = Listed(members, plain, register.ids, register.names, register.births.astype(str), register.sexes)
    return left, right


def written(people: People, who: Ints, share: float, also_name: float, seed: int = SEED) -> Listed:
    """A list of these persons in which ``share`` of the rows bear some error of number, name or birth; of those,
    ``also_name`` have the name miswritten besides, so that neither number nor name leads to the person.
    """
    chance = np.random.default_rng(seed + 2)
    size = len(who)
    kinds = np.flatnonzero([name not in ("clean", "homonym") for name in KINDS])
    kind = np.where(chance.random(size) < share, chance.choice(kinds, size), 0)
    made = _written(people.take(who), who, kind, chance)
    worse = (kind > 0) & (chance.random(size) < also_name)
    names = np.where(worse, np.char.add(made.names.astype("U11"), "误"), made.names)
    return Listed(made.person, made.kind, made.ids, names, made.births, made.sexes)


def _with_homonyms(everyone: People, people: int, named: Ints, chance: np.random.Generator) -> People:
    """The register, and for each of ``named`` another person of the same name; of half of them, the same birth and sex
    too. The others' numbers differ from every number in the county.
    """
    double = everyone.take(named)
    births = np.where(np.arange(len(named)) % 2 == 0, double.births, double.births + 400)
    order = np.where(double.sexes == "男", 1, 0) + 2 * chance.integers(0, 499, len(named))
    areas = (995_000 + chance.integers(0, 2000, len(named))).astype(str)
    first17 = np.char.add(
        np.char.add(areas, np.char.replace(births.astype(str), "-", "")), np.char.zfill(order.astype(str), 3)
    )
    inside = everyone.take(np.arange(people))
    return People(
        np.concatenate([inside.ids, checked(first17)]), np.concatenate([inside.names, double.names]),
        np.concatenate([inside.births, births]), np.concatenate([inside.sexes, double.sexes]),
    )  # fmt: skip


def _written(people: People, who: Ints, kind: Ints, chance: np.random.Generator) -> Listed:
    ids, names = people.ids.astype("U24"), people.names.astype("U12")
    births, sexes = people.births.astype(str).astype("U10"), people.sexes.astype("U2")
    place = {name: np.flatnonzero(kind == number) for number, name in enumerate(KINDS)}
    for at in place["id_digit"]:
        ids[at] = _digit_wrong(str(ids[at]), chance)
    for at in place["id_swap"]:
        ids[at] = _swapped(str(ids[at]), chance)
    for at in place["id_form"]:
        ids[at] = f"{ids[at][:6]} {ids[at][6:14]} {ids[at][14:].lower()}"
    ids[place["id_masked"]] = [f"{ids[at][:6]}********{ids[at][14:]}" for at in place["id_masked"]]
    ids[place["id_missing"]] = ""
    ids[place["id_15"]] = [ids[at][:6] + ids[at][8:17] for at in place["id_15"]]
    names[place["name_alike"]] = [f"{names[at][:-1]}误" for at in place["name_alike"]]
    names[place["name_changed"]] = [f"改{names[at][-1]}名后" for at in place["name_changed"]]
    names[place["name_form"]] = [f"{names[at][:1]}　{names[at][1:]}" for at in place["name_form"]]
    shifted = people.births[place["birth_wrong"]] + 31
    births[place["birth_wrong"]] = shifted.astype(str)
    sexes[place["sex_missing"]] = ""
    bare = chance.random(len(who)) < _ALSO_BARE
    births[bare], sexes[bare] = "", ""
    unnumbered = place["homonym"][chance.random(len(place["homonym"])) < 0.5]
    ids[unnumbered] = ""
    return Listed(who, kind, ids, names, births, sexes)


def _digit_wrong(number: str, chance: np.random.Generator) -> str:
    at = int(chance.integers(0, 17))
    other = str((int(number[at]) + int(chance.integers(1, 10))) % 10)
    return number[:at] + other + number[at + 1 :]


def _swapped(number: str, chance: np.random.Generator) -> str:
    places = [at for at in range(16) if number[at] != number[at + 1]]
    at = places[int(chance.integers(0, len(places)))]
    return number[:at] + number[at + 1] + number[at] + number[at + 2 :]
