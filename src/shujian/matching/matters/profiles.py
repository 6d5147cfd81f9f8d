"""What one complaint says, as it is compared: signs, names of places, kinds of matter, regions."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from shujian.matching.matters.book import MatterBook
from shujian.matching.normalise.text import fold

LONGEST = 4000
"""Signs of a text that are looked at."""
_NOT_SIGNS = re.compile(r"[\W_]")
_BORDER = "|"
_HEAD = 200
"""Signs of the text in which names are looked for: people name the place first."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """One complaint. ``places`` and ``bodies``: declared ones, normalised; ``key`` is the caller's own name for it."""

    key: str
    title: str
    text: str
    on: date | None = None
    places: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    regions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Profile:
    """A complaint as compared. ``vector``: unit length; ``rare``: three-sign strings that few others have."""

    complaint: Complaint
    signs: str
    grams: frozenset[str]
    title_grams: frozenset[str]
    names: frozenset[str]
    matters: Mapping[str, float]
    vector: Mapping[str, float]


@dataclass(frozen=True)
class Corpus:
    """How many complaints of a batch hold a string of two or of three signs."""

    size: int
    twos: Mapping[str, int]
    threes: Mapping[str, int]

    def weight(self, gram: str) -> float:
        """How much a string tells: the logarithm of how seldom it is; a small batch is filled up with others."""
        seen = (self.twos if len(gram) == 2 else self.threes).get(gram, 1)
        return math.log(max(self.size, _FILLED) / seen)


_FILLED = 1000


class Reader:
    """Reads complaints of one batch by one book."""

    def __init__(self, book: MatterBook, complaints: Iterable[Complaint]) -> None:
        self.book = book
        longest_first = sorted(book.suffixes, key=len, reverse=True)
        self._name = re.compile(
            "([\u4e00-\u9fff0-9a-z]{2,7}?)(?:" + "|".join(map(re.escape, longest_first)) + ")"
        )
        self._breaks = re.compile("[^\u4e00-\u9fffA-Za-z0-9]|" + "|".join(map(re.escape, book.breaks)))
        self._told = [(one, _signs(one.title), _signs(one.text[:LONGEST])) for one in complaints]
        twos: Counter[str] = Counter()
        threes: Counter[str] = Counter()
        for _, title, text in self._told:
            signs = title + _BORDER + text
            twos.update(_grams(signs, 2))
            threes.update(_grams(signs, 3))
        self.corpus = Corpus(len(self._told), twos, threes)

    def profiles(self) -> list[Profile]:
        """One a complaint, in the order given."""
        return [self._profile(*one) for one in self._told]

    def _profile(self, complaint: Complaint, title: str, text: str) -> Profile:
        signs = title + _BORDER + text
        return Profile(
            complaint=complaint,
            signs=signs,
            grams=frozenset(_grams(signs, 3)),
            title_grams=frozenset(_grams(title, 3)),
            names=self._names(f"{complaint.title}。{complaint.text[:_HEAD]}"),
            matters=self._matters(title, title + text),
            vector=self._vector(signs),
        )

    def _names(self, text: str) -> frozenset[str]:
        found = set()
        for part in self._breaks.split(fold(text)):
            bare = _REGION.sub(_BORDER, part)
            found |= {match.group(1) for match in self._name.finditer(bare)}
        return frozenset(found)

    def _matters(self, title: str, whole: str) -> dict[str, float]:
        told = {}
        for matter in self.book.matters:
            worth = sum(3 * (word in title) + min(2, whole.count(word)) for word in matter.words)
            if worth:
                told[matter.id] = float(worth)
        return told

    def _vector(self, signs: str) -> dict[str, float]:
        counts = Counter(signs[at : at + 2] for at in range(len(signs) - 1))
        weights = {
            gram: (1 + math.log(times)) * self.corpus.weight(gram)
            for gram, times in counts.items()
            if _BORDER not in gram
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {gram: weight / length for gram, weight in weights.items()}


_REGION = re.compile("西地省|[A-Z][0-9]*[市县区]")
"""Codes that stand for regions in papers whose places were replaced (A市, A3区)."""


def _signs(text: str) -> str:
    return _NOT_SIGNS.sub("", text)


def _grams(signs: str, width: int) -> set[str]:
    return {gram for at in range(len(signs) - width + 1) if _BORDER not in (gram := signs[at : at + width])}


def regions_in(text: str) -> frozenset[str]:
    """Region codes below a city that a text names (A3区, A7县); none for texts with real names."""
    found = re.findall("[A-Z][0-9]+(?:市|县|区)", text[: LONGEST // 10])
    return frozenset(found)
