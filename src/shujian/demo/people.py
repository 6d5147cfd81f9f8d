"""Invented persons, each with a number of their own."""

from __future__ import annotations

import random
from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from shujian.demo.draws import pick
from shujian.demo.identity import Register
from shujian.demo.names import NameWell, bulk_names, one_off, renamed


@dataclass(frozen=True)
class Person:
    """One invented person. ``number`` is the valid 18-character identity number."""

    name: str
    sex: str
    born: date
    number: str

    def called(self, name: str) -> Person:
        """The same person under another name."""
        return replace(self, name=name)


def crowd(
    rng: np.random.Generator,
    register: Register,
    count: int,
    *,
    men: float,
    born: tuple[int, int],
) -> list[Person]:
    """``count`` people born between the years given; names repeat as they do in life."""
    sexes = pick(rng, ("男", "女"), count, (men, 1 - men))
    first = date(born[0], 1, 1)
    days = rng.integers(0, (date(born[1], 12, 31) - first).days + 1, count)
    names = bulk_names(rng, sexes)
    births = [first + timedelta(days=int(day)) for day in days]
    return [
        Person(name, sex, day, register.issue(day, sex))
        for name, sex, day in zip(names.tolist(), sexes.tolist(), births, strict=True)
    ]


class Stage:
    """Where planted people come from: names that nobody else bears."""

    def __init__(self, rng: random.Random, register: Register, taken: Container[str] = ()) -> None:
        self.rng = rng
        self.register = register
        self._well = NameWell(rng, taken)
        self._fours: set[str] = set()

    def person(self, born: tuple[int, int] = (1966, 1985), sex: str | None = None) -> Person:
        """A fresh person with a name and last four digits of their own."""
        sex = sex or self.rng.choice("男男男女")
        first = date(born[0], 1, 1)
        while True:
            day = first + timedelta(days=self.rng.randrange((date(born[1], 12, 31) - first).days + 1))
            number = self.register.issue(day, sex)
            if number[-4:] not in self._fours:
                self._fours.add(number[-4:])
                return Person(self._well.draw(sex), sex, day, number)

    def twin_of(self, person: Person) -> Person:
        """Another person of the same name, sex and day of birth, with a number of their own (grade X)."""
        return replace(person, number=self.register.issue(person.born, person.sex))

    def person_with_x(self) -> Person:
        """A fresh person whose number ends in X."""
        while True:
            who = self.person()
            if who.number.endswith("X"):
                return who

    def one_off(self, name: str) -> str:
        """The name with one character misread."""
        return one_off(name, self.rng)

    def renamed(self, name: str) -> str:
        """Another given name under the same family name."""
        return renamed(name, self.rng)
