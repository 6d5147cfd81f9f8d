"""The crowd around M08's planted people: it fills the three lists to their exact sizes and matches nobody."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Container, Iterator
from datetime import date, timedelta

from shujian.demo.dirt import rough, soiled
from shujian.demo.draws import dice, stream
from shujian.demo.identity import Register
from shujian.demo.people import Person, Stage, crowd
from shujian.demo.staff import (
    CONVICTED,
    EDUCATION,
    ESTABLISHMENT,
    OVERLAP,
    UNDISCIPLINED,
    StaffPlan,
    plant_undisciplined,
)
from shujian.demo.staff_guards import plant_guards
from shujian.demo.staff_rows import AS_OF, SYSTEM_WEIGHTS, Settled

_OTHER = (("存疑不起诉", 250), ("法定不起诉", 90), ("撤案", 140), ("无罪", 24))
_DISCIPLINED = 1250
_CHANGED = 40
_UNSURE = ("missing", "wrong_check", "masked")
_SANCTIONS = ("警告", "记过", "记大过", "降级", "撤职", "留党察看", "严重警告", "开除")
_FIRST = date(2014, 1, 1)


def staff_lists(seed: int, register: Register) -> StaffPlan:
    """The whole of M08's three lists for this seed."""
    rng = stream(seed, "staff")
    staffers = crowd(rng, register, ESTABLISHMENT, men=0.48, born=(1966, 2001))
    accused = crowd(rng, register, CONVICTED + 600, men=0.86, born=(1955, 2004))
    outsiders = crowd(rng, register, 400, men=0.7, born=(1960, 2000))
    names = [Counter(person.name for person in people) for people in (staffers, accused, outsiders)]
    stage = Stage(dice(seed, "staff"), register, set().union(*names))
    plan = StaffPlan(stage)
    plant_undisciplined(plan)
    plant_guards(plan)
    _plant_common_name(plan, names[0], names[1])
    luck = dice(seed, "crowd")
    known = set(names[0]) | set(names[2])
    _prosecute(plan, luck, accused, known)
    kept = staffers[: ESTABLISHMENT + plan.shut_staff - len(plan.staff)]
    _employ(plan, luck, kept, set(names[1]))
    _discipline(plan, luck, kept, outsiders, set(names[1]))
    plan.truth.figures = {
        "convicted": CONVICTED,
        "establishment": ESTABLISHMENT,
        "overlap": OVERLAP,
        "undisciplined": UNDISCIPLINED,
        "education": EDUCATION,
    }
    return plan


def _plant_common_name(plan: StaffPlan, staff: Counter[str], accused: Counter[str]) -> None:
    """A register line with a name only that many bear: a match by name must not come of it."""
    name = max(staff, key=lambda each: (min(staff[each], accused[each]), each))
    who = plan.stage.person().called(name)
    plan.employ(who, "教育", id_form="missing", birth=False)
    plan.truth.spare(name, "C", f"常见姓名：名册{staff[name]}人、案件{accused[name]}人同名，只有姓名不成线索")


def _prosecute(plan: StaffPlan, luck: random.Random, accused: list[Person], known: Container[str]) -> None:
    people = iter(accused)
    for who in _take(people, CONVICTED + plan.shut_cases - plan.convicted):
        outcome = "有罪判决" if luck.random() < 0.78 else "相对不起诉"
        _accuse(plan, luck, who, outcome, known)
    for outcome, count in _OTHER:
        for who in _take(people, count):
            _accuse(plan, luck, who, outcome, known)


def _take(people: Iterator[Person], count: int) -> list[Person]:
    return [next(people) for _ in range(count)]


def _accuse(plan: StaffPlan, luck: random.Random, who: Person, outcome: str, known: Container[str]) -> None:
    first = max(_FIRST, date(who.born.year + 20, 1, 1))
    settled = Settled(outcome, first + timedelta(days=luck.randrange((AS_OF - first).days - 8)))
    form = _form(luck, "lists.prosecuted_id", namesake=who.name in known)
    plan.prosecute(who, settled, id_form=form)
    plan.prosecuted[-1] = rough(plan.prosecuted[-1], luck)


def _form(luck: random.Random, place: str, *, namesake: bool) -> str:
    """How a number is typed. A number that names nobody for sure is kept from people with a namesake on another list:
    they would be doubts that nobody planted.
    """
    form = soiled(luck, place)
    return "clean" if namesake and form in _UNSURE else form


def _employ(plan: StaffPlan, luck: random.Random, people: list[Person], accused: Container[str]) -> None:
    systems, weights = list(SYSTEM_WEIGHTS), list(SYSTEM_WEIGHTS.values())
    for number, who in enumerate(people):
        form = _form(luck, "lists.staff_id", namesake=who.name in accused)
        if form == "clean" and who.born.year < 1975:
            form = soiled(luck, "lists.staff_old_id")
        joined = date(max(1990, who.born.year + 22 + luck.randrange(6)), luck.choice((3, 7, 9)), 1)
        system = luck.choices(systems, weights)[0]
        plan.employ(who, system, min(joined, date(2025, 9, 1)), id_form=form)
        if number < _CHANGED and form == "clean":
            row = plan.staff[-1]
            plan.staff_before.append(list(row))
            row[11:14] = [date(2026, 5, 31), luck.choice(("退休", "离职")), date(2026, 5, 31)]


def _discipline(
    plan: StaffPlan,
    luck: random.Random,
    staffers: list[Person],
    outsiders: list[Person],
    accused: Container[str],
) -> None:
    for number in range(_DISCIPLINED):
        who = outsiders[number % len(outsiders)] if number % 5 == 0 else staffers[-1 - number]
        decided = _FIRST + timedelta(days=luck.randrange((AS_OF - _FIRST).days))
        if date(2015, 1, 1) <= decided <= date(2015, 6, 30):
            decided += timedelta(days=200)  # the files of that half year are lost
        form = _form(luck, "lists.discipline_id", namesake=who.name in accused)
        plan.punish(who, decided, id_form=form, employer="示例市某单位", sanction=luck.choice(_SANCTIONS))
