"""Groups complaints of one issue; every link says what was alike. Proposes, never decides.

Two complaints are one issue where their likeness reaches the book's threshold, something says that they mean the
same place or body, nothing says that they do not, and no more than ``window_days`` lie between them. Likeness
alone never suffices: a hundred estates complain of the same thing in the same words.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shujian.matching.matters.book import MatterBook
from shujian.matching.matters.profiles import Complaint, Corpus, Profile, Reader

_SHORT_NAME = 3
_SURE_RARE = 30.0
"""Weight of seldom strings in common from which on they count as a name without suffix (six strings of a thousand)."""


@dataclass(frozen=True)
class Likeness:
    """What two complaints have in common. ``place``: declared, named, rare, or None where nothing says so;
    ``elsewhere``: both declare places or bodies, and they differ.
    """

    score: float
    text: float
    rare: float
    name: float
    matter: float
    other_region: bool
    place: str | None
    elsewhere: bool
    shared: str | None = None

    def says(self) -> str:
        """The reason in Chinese."""
        where = {
            "declared": "地点或主体相同",
            "named": "提到同一名称",
            "rare": "有相同的少见字句",
            None: "没有说明同一地点",
        }[self.place]
        name = f"“{self.shared}”" if self.shared else ""
        return f"{where}{name}，文字相似 {self.text:.2f}，事项相近 {self.matter:.2f}"


@dataclass(frozen=True)
class Joined:
    """Why one complaint stands in a group: the earlier one that it is like."""

    key: str
    to: str
    likeness: Likeness


@dataclass(frozen=True)
class Group:
    """One issue: the keys of its complaints, earliest first, and why each later one is in it."""

    keys: tuple[str, ...]
    joined: tuple[Joined, ...]


@dataclass(frozen=True)
class Grouped:
    """All groups, those of one complaint too; ``cut``: strings too common to look for candidates by."""

    groups: tuple[Group, ...]
    cut: int


def likeness(book: MatterBook, corpus: Corpus, left: Profile, right: Profile) -> Likeness:
    """Compare two complaints; symmetric."""
    text = _dot(left, right)
    rare = _rare(book, corpus, left, right)
    name, shared = _name(corpus, left, right)
    matter = _matter(left, right)
    regions = left.complaint.regions, right.complaint.regions
    other_region = bool(regions[0] and regions[1] and not regions[0] & regions[1])
    weights = book.weights
    score = (
        weights.text * text
        + weights.rare * min(rare, book.rare_cap)
        + weights.place * min(name, book.place_cap)
        + weights.matter * matter
        - weights.other_region * other_region
    )
    declared, elsewhere = _declared(left.complaint, right.complaint)
    if declared:
        score += weights.place * book.place_cap
        place: str | None = "declared"
    else:
        place = "named" if name > 0 else "rare" if rare >= _SURE_RARE else None
    return Likeness(score, text, rare, name, matter, other_region, place, elsewhere, declared or shared)


def same_issue(book: MatterBook, found: Likeness) -> bool:
    """Whether the likeness is enough, time apart."""
    return found.score >= book.threshold and found.place is not None and not found.elsewhere


def group(book: MatterBook, complaints: Sequence[Complaint]) -> Grouped:
    """Each complaint joins the group of the earliest one that it is like within the window, else starts its own.

    The answer does not depend on the order given. Without a date nothing is joined: the window cannot be told.
    """
    ordered = sorted(complaints, key=lambda one: (one.on or date.max, one.key))
    reader = Reader(book, ordered)
    profiles = reader.profiles()
    candidates = _Candidates(book, reader.corpus)
    home: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    why: dict[int, Joined] = {}
    for place, profile in enumerate(profiles):
        for other in candidates.of(profile):
            found = _joins(book, reader.corpus, profiles, place, other, members[home[other]])
            if found is not None:
                home[place] = home[other]
                why[place] = Joined(profile.complaint.key, profiles[other].complaint.key, found)
                break
        members.setdefault(home.setdefault(place, place), []).append(place)
        candidates.add(place, profile)
    groups = tuple(
        Group(
            tuple(profiles[place].complaint.key for place in places),
            tuple(why[place] for place in places if place in why),
        )
        for places in members.values()
    )
    return Grouped(groups, candidates.cut)


def _joins(
    book: MatterBook,
    corpus: Corpus,
    profiles: Sequence[Profile],
    place: int,
    other: int,
    group: Sequence[int],
) -> Likeness | None:
    """Why complaint ``place`` joins the group of ``other``; None where it does not: no member may lie elsewhere."""
    mine, theirs = profiles[place].complaint, profiles[other].complaint
    if mine.on is None or theirs.on is None or abs((mine.on - theirs.on).days) > book.window_days:
        return None
    if _declared(mine, theirs)[1]:
        return None
    found = likeness(book, corpus, profiles[place], profiles[other])
    if not same_issue(book, found):
        return None
    if any(_declared(mine, profiles[member].complaint)[1] for member in group):
        return None
    return found


class _Candidates:
    """Finds earlier complaints that may mean the same place: by declared places and bodies, by names in the text, by
    seldom strings. Strings that too many share are no key; how many were left out is counted.
    """

    def __init__(self, book: MatterBook, corpus: Corpus) -> None:
        self.book, self.corpus = book, corpus
        self.blocks: dict[str, list[int]] = defaultdict(list)
        self.left_out: set[str] = set()

    @property
    def cut(self) -> int:
        """How many strings were too common to look by."""
        return len(self.left_out)

    def _keys(self, profile: Profile) -> set[str]:
        complaint = profile.complaint
        declared = (*complaint.places, *complaint.bodies)
        keys = {f"={each}" for each in declared}
        named = {gram for each in (*declared, *profile.names) for gram in _pieces(each)}
        if self.corpus.size >= self.book.batch_least:
            seldom = self.book.rare_most
            named |= {gram for gram in profile.grams if self.corpus.threes[gram] <= seldom}
        return keys | named

    def of(self, profile: Profile) -> list[int]:
        """Earlier complaints worth comparing, earliest first."""
        found: set[int] = set()
        for key in self._keys(profile):
            block = self.blocks.get(key, ())
            if len(block) > self.book.block_cap and not key.startswith("="):
                self.left_out.add(key)
            else:
                found.update(block)
        return sorted(found)

    def add(self, place: int, profile: Profile) -> None:
        """Let later ones find this one."""
        for key in self._keys(profile):
            self.blocks[key].append(place)


def _pieces(name: str) -> set[str]:
    """Three signs each; a shorter name whole."""
    return {name[at : at + 3] for at in range(len(name) - 2)} or {name}


def _dot(left: Profile, right: Profile) -> float:
    few, many = sorted((left.vector, right.vector), key=len)
    return sum(weight * many.get(gram, 0.0) for gram, weight in few.items())


def _rare(book: MatterBook, corpus: Corpus, left: Profile, right: Profile) -> float:
    if corpus.size < book.batch_least:
        return 0.0
    common = (left.title_grams & right.grams) | (right.title_grams & left.grams)
    return math.fsum(sorted(corpus.weight(gram) for gram in common if corpus.threes[gram] <= book.rare_most))


def _name(corpus: Corpus, left: Profile, right: Profile) -> tuple[float, str | None]:
    best: tuple[float, str | None] = (0.0, None)
    for mine in sorted(left.names):
        for theirs in sorted(right.names):
            shared = _longest_common(mine, theirs)
            if len(shared) < _SHORT_NAME and shared not in (mine, theirs):
                continue
            if len(shared) >= 2:
                worth = corpus.weight(shared[:3]) * min(len(shared), 4) / 3
                best = max(best, (worth, shared), key=lambda pair: (pair[0], pair[1] or ""))
    return best


def _longest_common(left: str, right: str) -> str:
    best = ""
    for start in range(len(left)):
        while left[start : start + len(best) + 1] in right and start + len(best) < len(left):
            best = left[start : start + len(best) + 1]
    return best


def _matter(left: Profile, right: Profile) -> float:
    lengths = [math.sqrt(sum(worth * worth for worth in one.matters.values())) for one in (left, right)]
    if not all(lengths):
        return 0.5
    return sum(worth * right.matters.get(name, 0.0) for name, worth in left.matters.items()) / math.prod(
        lengths
    )


def _declared(left: Complaint, right: Complaint) -> tuple[str | None, bool]:
    """The declared place or body that both share; and whether both declare some and share none."""
    asked = False
    for mine, theirs in ((left.places, right.places), (left.bodies, right.bodies)):
        for one in mine:
            for other in theirs:
                asked = True
                if min(len(one), len(other)) >= 2 and (one in other or other in one):
                    return (one if len(one) <= len(other) else other), False
    return None, asked
