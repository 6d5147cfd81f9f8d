"""归口: to which unit a clue goes, by dated rules over supervision point, area, unit and region, and who takes it up there.

Where no rule fits, the model's own unit stands. A clue whose unit is no unit of this office is never lost: it is marked
待分派 and stands in a queue until somebody gives it to one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import combinations
from pathlib import Path

from django.db import transaction
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shujian.accounts.read import Actor, Role, colleague, unit_names
from shujian.clues import desk, details
from shujian.clues.deputies import deputies
from shujian.clues.desk_policy import may_assign
from shujian.clues.models import Clue
from shujian.clues.refusals import refusals_told
from shujian.kernel.errors import BadInput, Fault, FaultList, ShujianError
from shujian.kernel.home import home
from shujian.kernel.yamlfile import YamlFile, read_yaml
from shujian.supervision.read import model

CRITERIA = ("model", "point", "area", "region", "unit")


class Rule(BaseModel):
    """One line: from when, for which clues, to which unit, and who may be asked to take them up."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    from_: date = Field(alias="from")
    to: date | None = None
    model: str | None = None
    point: str | None = None
    area: str | None = None
    region: str | None = None
    unit: str | None = None
    goes: str = Field(min_length=2, max_length=80)
    handler: str | None = None
    note: str | None = None

    @property
    def weight(self) -> int:
        """How many criteria it names; more go first."""
        return sum(getattr(self, name) is not None for name in CRITERIA)

    def fits(self, facts: Mapping[str, Sequence[str]], day: date) -> bool:
        """Whether it is in force and every criterion that it names is met."""
        if day < self.from_ or (self.to is not None and day > self.to):
            return False
        return all(getattr(self, name) in (None, *facts.get(name, ())) for name in CRITERIA)

    def meets(self, other: Rule) -> bool:
        """Whether both may fit one clue on one day."""
        apart = any(
            None not in (one := getattr(self, name), two := getattr(other, name)) and one != two
            for name in CRITERIA
        )
        days = self.from_ <= (other.to or date.max) and other.from_ <= (self.to or date.max)
        return days and not apart


@dataclass(frozen=True)
class Book:
    """All rules, each with where it stands, and what is wrong with the files."""

    rules: tuple[tuple[str, int, Rule], ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Routed:
    """Where a clue goes. ``handler``: an account in the unit that is to take it up."""

    unit: str
    handler: int | None


def book() -> Book:
    """The rules of the catalogue; read anew when a file changes."""
    paths = [path for root in home().catalogue_roots() for path in sorted((root / "routing").glob("*.yaml"))]
    return _read(tuple((path, path.stat().st_mtime_ns) for path in paths))


@lru_cache(maxsize=8)
def _read(paths: tuple[tuple[Path, int], ...]) -> Book:
    faults, rules = FaultList(), list[tuple[str, int, Rule]]()
    for path, _ in paths:
        try:
            file = read_yaml(path)
        except BadInput as error:
            faults.items.extend(error.faults)
            continue
        rules += _rules(file, faults)
    for (one_file, one_line, one), (file_, line, other) in combinations(rules, 2):
        same = one.weight == other.weight and one.meets(other)
        if same and (one.goes, one.handler) != (other.goes, other.handler):
            faults.add(
                Fault(code="rules_clash", message="两条归口规则都符合时去处不同", file=file_, line=line, field="goes", found=other.goes,
                      expected=f"与 {one_file} 第 {one_line} 行一样归到{one.goes}，或者多写一个条件")
            )  # fmt: skip
    return Book(tuple(rules), tuple(faults.items))


def _rules(file: YamlFile, faults: FaultList) -> list[tuple[str, int, Rule]]:
    told = file.value.get("rules") if isinstance(file.value, dict) else None
    if not isinstance(told, list) or set(file.value) != {"rules"}:
        faults.add(file.fault((), "no_rules", "归口文件只有一项 rules，是列表", expected="rules: [...]"))
        return []
    found = []
    for place, body in enumerate(told):
        try:
            rule = Rule.model_validate(body)
        except ValidationError as error:
            faults.items.extend(file.faults_of(error, ("rules", place)))
            continue
        if rule.weight == 0 or (rule.to is not None and rule.to < rule.from_):
            faults.add(
                file.fault(("rules", place), "bad_rule", "规则没有写对哪些线索，或者止期早于起期", expected="、".join(CRITERIA))
            )  # fmt: skip
            continue
        found.append((str(file.path), file.place(("rules", place))[0], rule))
    return found


def check() -> list[Fault]:
    """What is wrong: the files, and rules that go to no unit or to nobody of this office."""
    found = book()
    faults, units = list(found.faults), unit_names()
    for file, line, rule in found.rules:
        if rule.goes not in units:
            faults.append(
                Fault(code="no_unit", message="没有这个部门，线索会进“待分派”", file=file, line=line, field="goes", found=rule.goes,
                      expected="、".join(units) or "先建立部门")
            )  # fmt: skip
        if rule.handler and _handler(rule.handler, rule.goes) is None:
            faults.append(
                Fault(code="no_handler", message="没有这位承办人，线索由部门签收", file=file, line=line, field="handler",
                      found=rule.handler, expected=f"{rule.goes}的承办检察官的账号")
            )  # fmt: skip
    return faults


class Router:
    """Routes the clues of one run: rules, units and the model's place in the taxonomy are read once."""

    def __init__(self, model_id: str, day: date) -> None:
        self.day, self.model = day, model_id
        self.rules = [rule for _, _, rule in book().rules if rule.goes in set(unit_names())]
        self.taxonomy: dict[str, tuple[str, ...]] = {}
        self.handlers: dict[tuple[str, str], int | None] = {}
        if self.rules:
            try:
                told = model(model_id).taxonomy
                points = (told.point,) if isinstance(told.point, str) else tuple(told.point)
                self.taxonomy = {"area": (told.area, told.programme), "point": points}
            except ShujianError:
                self.taxonomy = {}

    def route(self, unit: str, region: str) -> Routed:
        """Where a clue of this unit and region goes. A rule to a unit that is not there does not count."""
        facts = {**self.taxonomy, "model": (self.model,), "unit": (unit,), "region": (region,)}
        fitting = [rule for rule in self.rules if rule.fits(facts, self.day)]
        if not fitting:
            return Routed(unit, None)
        rule = max(fitting, key=lambda one: one.weight)
        return Routed(rule.goes, self._taker(rule.handler, rule.goes) if rule.handler else None)

    def _taker(self, username: str, unit: str) -> int | None:
        """Who takes it up: the one named, or who stands in for him; None leaves it to the unit."""
        if (username, unit) not in self.handlers:
            stands = deputies().stands_for(username, self.day)
            self.handlers[username, unit] = _handler(stands, unit) if stands else None
        return self.handlers[username, unit]


def _handler(username: str, unit: str) -> int | None:
    found = colleague(username)
    fits = found is not None and Role.CBR in found.roles and unit in found.units
    return found.id if found is not None and fits else None


@refusals_told("assign")
def assign(*, actor: Actor, number: str, unit: str, note: str) -> str:
    """Give a clue that stands in no unit of this office to one; its state stays. Raises ClueUnknown, ClueRefused, BadInput."""
    with transaction.atomic():
        clue, units = desk.held(actor, number), unit_names()
        desk.ask(may_assign(actor, details.standing(clue), units))
        if unit not in units:
            raise BadInput(
                Fault(code="no_unit", message="请选择部门", field="unit", found=unit[:60], expected="、".join(units))
            )  # fmt: skip
        told = desk.words(note, "为什么归这个部门")
        clue.unit, clue.handler = unit, None
        desk.put_down(clue, actor, "assign", told, to=unit, detail={"unit": unit})
    return unit


def open_unrouted() -> int:
    """How many open clues stand in no unit of this office."""
    return Clue.objects.exclude(unit__in=unit_names()).exclude(state__in=("C6", "C8", "C9")).count()
