"""A free address taken apart over a county's gazetteer: county, town, village, group, road, number, rest.

Every character of the address key lands in exactly one piece. A town is named only where the text and the
gazetteer leave one possibility; what else was possible stands in ``candidates`` for a person to decide.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from shujian.matching.normalise import address
from shujian.matching.normalise import address_shapes as shapes
from shujian.matching.normalise.gazetteer import Form, Gazetteer

Label = Literal["above", "county", "town", "village", "group", "road", "number", "rest"]
TownHow = Literal["name", "short", "alias", "former", "village", "road"]
Note = Literal[
    "outside",
    "town_unknown",
    "town_ambiguous",
    "village_ambiguous",
    "village_unknown",
    "village_elsewhere",
    "two_towns",
    "name_not_in_force",
]

LONGEST = 200
"""Signs. A longer text is a story: its head still names the town, its road and number stay in the rest."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A present town or village by code and present name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Address:
    """One address; ``pieces`` joined are ``text``.

    ``county``: six digits, or None where it is another county or nothing says. ``town_how`` village: the town
    follows from its village alone, which is weak beside the note ``town_unknown``. ``town_text``,
    ``village_text``, ``group``, ``road``, ``number`` (without 号), ``rest``: as written, or None.
    """

    text: str
    pieces: tuple[tuple[Label, str], ...] = ()
    county: str | None = None
    county_named: bool = False
    town: Unit | None = None
    town_how: TownHow | None = None
    town_text: str | None = None
    village: Unit | None = None
    village_text: str | None = None
    group: str | None = None
    road: str | None = None
    number: str | None = None
    rest: str | None = None
    candidates: tuple[Unit, ...] = ()
    notes: tuple[Note, ...] = ()
    dated: bool = False
    """Whether a name in it began or ended on some day, so that ``on`` may change the answer."""


def parse(text: str | None, gazetteer: Gazetteer, on: date | None = None) -> Address | None:
    """Take one address apart, or None where there is none.

    ``on``: the day of the record; of two places that bore one name at different times it picks the one of that
    day, and a name that was not in force then is noted. Towns and villages are always those of today.
    """
    key = address.key(text)
    return None if key is None else _Parser(key, gazetteer, on).parse()


def parse_many(
    values: Iterable[str | None], gazetteer: Gazetteer, on: date | None = None
) -> list[Address | None]:
    """``parse`` over a column, once per distinct value."""
    known: dict[str | None, Address | None] = {}
    return [
        known[value] if value in known else known.setdefault(value, parse(value, gazetteer, on))
        for value in values
    ]


class _Parser:
    """Walks the key from left to right; ``at`` is the first character that no piece has taken."""

    def __init__(self, key: str, gazetteer: Gazetteer, on: date | None) -> None:
        self.key, self.gazetteer, self.on = key, gazetteer, on
        self.at = 0
        self.pieces: list[tuple[Label, str]] = []
        self.notes: list[Note] = []
        self.candidates: set[str] = set()
        self.town: str | None = None
        self.how: TownHow | None = None
        self.village: str | None = None
        self.named = self.dated = False
        self.known: dict[tuple[int, bool], str | None] = {}

    def parse(self) -> Address:
        """All pieces, then what they mean."""
        inside = self._county()
        if inside:
            self._town_and_village()
        self._door()
        return self._answer(inside)

    def _take(self, label: Label, length: int) -> None:
        if length:
            self.pieces.append((label, self.key[self.at : self.at + length]))
            self.at += length

    def _county(self) -> bool:
        """Take province, prefecture and county. False where another county's name stands there."""
        taken = True
        while taken and not self._town_at(self.at):
            taken = False
            for name in self.gazetteer.above:
                if not self.named and self.key.startswith(name, self.at):
                    after = self.key[self.at + len(name) :]
                    if after[:1] not in ("县", "区"):
                        self._take("above", len(name) + len(_first(after, ("省", "自治区", "地区", "市"))))
                        taken = True
            county = self._county_form()
            if county and not self._town_at(self.at):
                self._take("county", len(county))
                self.named = taken = True
        if self.named or self._town_at(self.at):
            return True
        if shapes.OUTSIDE.match(self.key, self.at):
            self.notes.append("outside")
            return False
        return True

    def _county_form(self) -> str | None:
        """The county's name here. A bare alias counts only before a known town or village, and not as the head
        of a place's own name (示例石湾镇).
        """
        for form in self.gazetteer.county:
            if self.key.startswith(form.text, self.at):
                after = self.at + len(form.text)
                fits = form.how != "alias" or (self._known_at(after) and not self._known_at(self.at))
                return form.text if fits else None
        return None

    def _known_at(self, at: int) -> bool:
        return bool(self._town_at(at) or self._village_at(at))

    def _town_at(self, at: int) -> str | None:
        """The longest known form of a town that stands at a position and is not the head of a road's name."""
        return self._place_at(at, True)

    def _village_at(self, at: int) -> str | None:
        """Likewise of a village."""
        return self._place_at(at, False)

    def _place_at(self, at: int, town: bool) -> str | None:
        heads = self.gazetteer.town_heads if town else self.gazetteer.village_heads
        forms = heads.get(self.key[at : at + 2])
        if forms is None:
            return None
        if (at, town) not in self.known:
            fitting = (text for text in forms if self.key.startswith(text, at) and self._fits(text, at, town))
            self.known[at, town] = next(fitting, None)
        return self.known[at, town]

    def _fits(self, text: str, at: int, town: bool) -> bool:
        after = at + len(text)
        if shapes.ROAD_NEXT.match(self.key, after):
            return False
        if text.endswith("办") and self.key[after : after + 1] in ("公", "理", "案"):
            return False
        return not town or bool(shapes.MARKED.search(text)) or self._short_fits(text, after)

    def _short_fits(self, text: str, after: int) -> bool:
        """A town's name without 镇 counts only where the text ends there, or one of its own villages follows; some
        village, if nobody has listed this town's and the county stands before it.
        """
        if shapes.AFTER_SHORT.match(self.key, after):
            return True
        towns = {form.unit for form in self.gazetteer.towns[text]}
        village = self._village_at(after)
        if any(form.unit[:9] in towns for form in self.gazetteer.villages.get(village or "", ())):
            return True
        if not self.named or towns & self.gazetteer.listed:
            return False
        unlisted = shapes.VILLAGE_ANY.match(self.key, after)
        return unlisted is not None and len(unlisted.group()) >= shapes.WHOLE_VILLAGE

    def _town_and_village(self) -> None:
        town = self._town_at(self.at)
        village = self._village_at(self.at)
        if town:
            forms = self._in_force(self.gazetteer.towns[town])
            self._take("town", len(town))
            self._settle_town(forms, self.at)
        elif village is None and not self._unknown_town() and self._found_inside():
            return
        self._village()
        self._second_town()

    def _unknown_town(self) -> bool:
        """Take a town's name that the gazetteer lacks."""
        unknown = shapes.TOWN_ANY.match(self.key, self.at)
        if unknown is None or shapes.ROAD_NEXT.match(self.key, unknown.end()):
            return False
        self._take("town", len(unknown.group()))
        self.notes.append("town_unknown")
        return True

    def _found_inside(self) -> bool:
        """A town or village that is named behind road and number: known, though its text stays in the rest."""
        town = self._inside(True)
        if town:
            after = town[0] + len(town[1])
            self._settle_town(self._in_force(self.gazetteer.towns[town[1]]), after)
            village = self._village_at(after)
        else:
            found = self._inside(False)
            village = found[1] if found else None
        if village:
            self._settle_village(self._in_force(self.gazetteer.villages[village]))
        return bool(town or village)

    def _second_town(self) -> None:
        other = self._inside(True)
        if self.town and other and self.town not in {form.unit for form in self.gazetteer.towns[other[1]]}:
            self.notes.append("two_towns")

    def _inside(self, town: bool) -> tuple[int, str] | None:
        """A known full name further on, behind a sign that ends another name."""
        for at in range(self.at + 1, min(len(self.key), LONGEST)):
            if self.key[at - 1] not in shapes.EDGES:
                continue
            text = self._place_at(at, town)
            if text and (not town or shapes.MARKED.search(text)):
                return at, text
        return None

    def _in_force(self, forms: tuple[Form, ...]) -> tuple[Form, ...]:
        self.dated = self.dated or any(form.until or form.since for form in forms)
        held = tuple(form for form in forms if form.held(self.on))
        if self.on and not held:
            self.notes.append("name_not_in_force")
        exact = tuple(form for form in held if self.gazetteer.names[form.unit] == form.text)
        return exact if exact and all(form.until is None for form in held) else held or forms

    def _settle_town(self, forms: tuple[Form, ...], after: int) -> None:
        units = {form.unit for form in forms}
        if len(units) > 1:
            village = self._village_at(after)
            own = {form.unit[:9] for form in self.gazetteer.villages.get(village or "", ())} & units
            if len(own) != 1:
                self.notes.append("town_ambiguous")
                self.candidates |= units
                return
            units = own
        self.town = units.pop()
        self.how = next(form.how for form in forms if form.unit == self.town)

    def _village(self) -> None:
        village = self._village_at(self.at)
        if village is None:
            unknown = shapes.VILLAGE_ANY.match(self.key, self.at)
            if unknown and not shapes.ROAD_NEXT.match(self.key, unknown.end()):
                self._take("village", len(unknown.group()))
                self.notes.append("village_unknown")
            return
        self._take("village", len(village))
        self._settle_village(self._in_force(self.gazetteer.villages[village]))

    def _settle_village(self, forms: tuple[Form, ...]) -> None:
        if self.town or self.candidates:
            towns = {self.town} if self.town else self.candidates
            own = {form.unit for form in forms if form.unit[:9] in towns}
            if not own:
                self.notes.append("village_elsewhere")
                self.candidates |= {form.unit for form in forms}
                return
        else:
            own = {form.unit for form in forms}
        if len(own) > 1:
            self.notes.append("village_ambiguous")
            self.candidates |= own
            return
        self.village = own.pop()
        if self.town is None:
            self.town, self.how = self.village[:9], "village"

    def _door(self) -> None:
        """Group, road and number, wherever they stand in what is left."""
        done: set[Label] = set()
        forms: tuple[tuple[Label, re.Pattern[str], Callable[[], bool]], ...] = (
            ("group", shapes.GROUP, lambda: True), ("road", shapes.ROAD, lambda: True), ("number", shapes.NUMBER, lambda: True),
            ("number", shapes.BARE_NUMBER, lambda: bool(self.pieces) and self.pieces[-1][0] == "road"),
        )  # fmt: skip
        while self.at < len(self.key) <= LONGEST and "number" not in done:
            hits = [(label, found) for label, form, allowed in forms
                    if allowed() and (label not in done or label == "road") and (found := form.match(self.key, self.at))]  # fmt: skip
            if hits:
                label, found = hits[0]
                self._take(label, len(found.group()))
                done.add(label)
            elif (ahead := shapes.NUMBER.search(self.key, self.at)) and not shapes.ROAD.search(
                self.key, self.at, ahead.start()
            ):
                self._take("rest", ahead.start() - self.at)
            else:
                self._take("rest", 1)
        self._take("rest", len(self.key) - self.at)

    def _answer(self, inside: bool) -> Address:
        joined: list[tuple[Label, str]] = []
        texts: dict[Label, str] = {}
        for label, text in self.pieces:
            if joined and joined[-1][0] == label and label in ("rest", "road"):
                joined[-1] = (label, joined[-1][1] + text)
            else:
                joined.append((label, text))
            texts[label] = texts.get(label, "") + text
        part = {label: text.strip(",()-") or None for label, text in texts.items()}
        if inside and not self.town and not self.candidates:
            self._by_road(part.get("road"))
        known = inside and (self.named or self.town is not None or bool(self.candidates))
        number = part.get("number")
        return Address(
            text=self.key, pieces=tuple(joined), county=self.gazetteer.code if known else None, county_named=self.named,
            town=self._unit(self.town), town_how=self.how, town_text=part.get("town"), village=self._unit(self.village),
            village_text=part.get("village"), group=part.get("group"), road=part.get("road"),
            number=number.replace("号", "") if number else None, rest=part.get("rest"),
            candidates=tuple(Unit(code, self.gazetteer.names[code]) for code in sorted(self.candidates)),
            notes=tuple(dict.fromkeys(self.notes)), dated=self.dated,
        )  # fmt: skip

    def _by_road(self, road: str | None) -> None:
        """A road that lies in one town alone names it; one of several leaves it open."""
        towns = self.gazetteer.roads.get(road or "", frozenset())
        if len(towns) == 1 and "town_unknown" not in self.notes:
            self.town, self.how = next(iter(towns)), "road"
        elif towns:
            self.notes.append("town_ambiguous")
            self.candidates |= towns

    def _unit(self, code: str | None) -> Unit | None:
        return Unit(code, self.gazetteer.names[code]) if code else None


def _first(text: str, heads: tuple[str, ...]) -> str:
    return next((head for head in heads if text.startswith(head)), "")
