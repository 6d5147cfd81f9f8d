"""M08 planted: 8,168 convicted or not prosecuted, 13,565 on the establishment, 59 in both, 13 undisciplined, 6 of
them in education; and beside them a near miss for every guard of the model.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from shujian.demo.identity import Register
from shujian.demo.people import Person, Stage
from shujian.demo.sheets import Cell
from shujian.demo.staff_rows import (
    AS_OF,
    Settled,
    discipline_row,
    prosecuted_row,
    staff_row,
)
from shujian.demo.truth import Truth

CONVICTED, ESTABLISHMENT, OVERLAP, UNDISCIPLINED, EDUCATION = 8168, 13565, 59, 13, 6
GAP = (date(2015, 1, 1), date(2015, 6, 30))
"""Discipline files of this half year were lost: nothing settled before its end can be proved absent."""

MODEL, EMIT = "convicted_staff", "undisciplined"


@dataclass
class StaffPlan:
    """The three lists so far, and what they must yield."""

    stage: Stage
    register: Register
    truth: Truth = field(default_factory=lambda: Truth(MODEL))
    prosecuted: list[list[Cell]] = field(default_factory=list)
    convicted: int = 0
    staff: list[list[Cell]] = field(default_factory=list)
    staff_before: list[list[Cell]] = field(default_factory=list)
    discipline: list[list[Cell]] = field(default_factory=list)
    overlap: int = 0

    def case_no(self, day: date) -> str:
        """The next case number of the year."""
        return f"示检刑诉〔{day.year}〕{len(self.prosecuted) + 1}号"

    def prosecute(self, person: Person, settled: Settled, **how: Any) -> str:
        """Add a line to the case system; answers the case number."""
        number = self.case_no(settled.decided)
        self.prosecuted.append(prosecuted_row(self.stage.rng, person, settled, number, **how))
        self.convicted += settled.outcome in ("有罪判决", "相对不起诉")
        return number

    def employ(self, person: Person, system: str, joined: date | None = None, **how: Any) -> None:
        """Add a line to the register."""
        start = joined or date(self.stage.rng.randint(1996, 2012), self.stage.rng.randint(1, 12), 1)
        self.staff.append(staff_row(self.stage.rng, person, system, start, **how))

    def punish(self, person: Person, decided: date | None, **how: Any) -> None:
        """Add a line to the discipline list."""
        self.discipline.append(discipline_row(self.stage.rng, person, decided, len(self.discipline) + 1, **how))

    def settled(self, first: date = date(2015, 9, 1), last: date = date(2026, 3, 31)) -> Settled:
        """An end of a case in the span, two thirds of them judgments."""
        day = first + timedelta(days=self.stage.rng.randrange((last - first).days + 1))
        return Settled(self.stage.rng.choice(("有罪判决", "有罪判决", "相对不起诉")), day)

    def pair(
        self, system: str, settled: Settled, *, person: Person | None = None, case: dict[str, Any] | None = None,
        post: dict[str, Any] | None = None,
    ) -> Person:
        """One person in both lists by the same number: one of the 59."""
        who = person or self.stage.person()
        self.prosecute(who, settled, **(case or {}))
        self.employ(who, system, **(post or {}))
        self.overlap += 1
        return who


def plant_staff(stage: Stage) -> StaffPlan:
    """Everything of M08 that is planted by hand; the crowd is added by :mod:`shujian.demo.crowds`."""
    plan = StaffPlan(stage, stage.register)
    _undisciplined(plan)
    _off_post(plan)
    _in_grace(plan)
    _absence_possible(plan)
    _absence_unknown(plan)
    _unsure_identity(plan)
    _other_outcomes(plan)
    _namesakes(plan)
    _disciplined(plan)
    plan.truth.figures = {
        "convicted": CONVICTED, "establishment": ESTABLISHMENT, "overlap": OVERLAP,
        "undisciplined": UNDISCIPLINED, "education": EDUCATION,
    }
    return plan


def _undisciplined(plan: StaffPlan) -> None:
    stage = plan.stage
    forms: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
        ("教育", {}, {}, "两侧身份证号都规范"),
        ("教育", {"id_form": "lower_x"}, {}, "身份证号末位小写 x"),
        ("教育", {}, {"id_form": "fifteen"}, "编制名册仍为15位身份证号"),
        ("教育", {"id_form": "wide"}, {}, "身份证号为全角数字"),
        ("教育", {"id_form": "spaced"}, {}, "身份证号带空格"),
        ("教育", {}, {"one_off": True}, "姓名一字之差，身份证号相同"),
        ("卫健", {"early": True}, {}, "办理期之前另有处分，与本案无关"),
        ("卫健", {"edge": True}, {}, "恰好满处分办理期"),
        ("乡镇", {"twin": True}, {}, "同名同出生的另一人受过处分"),
        ("乡镇", {"id_form": "wide"}, {"id_form": "spaced"}, "两侧身份证号都不规范"),
        ("交通", {}, {}, "2015年9月以后最早的一件"),
        ("住建", {}, {"recent": True}, "行为后、判决前入编"),
        ("公安", {"id_form": "fifteen"}, {"id_form": "fifteen"}, "两侧都是15位身份证号"),
    ]
    for system, case, post, why in forms:
        person = stage.person_with_x() if case.get("id_form") == "lower_x" else stage.person()
        settled = Settled("有罪判决", AS_OF - timedelta(days=60)) if case.pop("edge", False) else plan.settled()
        if post.pop("one_off", False):
            post["name"] = stage.one_off(person.name)
        if post.pop("recent", False):
            post["joined"] = settled.on - timedelta(days=3)
        if case.pop("early", False):
            plan.punish(person, settled.on - timedelta(days=31))
        if case.pop("twin", False):
            plan.punish(stage.twin_of(person), settled.on + timedelta(days=40))
        plan.pair(system, settled, person=person, case=case, post=post)
        plan.truth.expect(EMIT, "person", person.number, "A", "proved", why)


def _off_post(plan: StaffPlan) -> None:
    rng = plan.stage.rng
    for number in range(5):
        settled = plan.settled()
        left = settled.on - timedelta(days=rng.randint(1, 900))
        status = "退休" if number < 3 else "离职"
        who = plan.stage.person(born=(1955, 1960) if number < 3 else (1970, 1990))
        how: dict[str, Any] = {"left": left, "status": status}
        if number == 0:  # an earlier extract still showed this person on post: the newer version counts
            plan.staff_before.append(staff_row(rng, who, "教育", date(1999, 9, 1)))
            how |= {"joined": date(1999, 9, 1), "changes": {"单位": plan.staff_before[-1][4]}}
        plan.pair("教育", settled, person=who, post=how)
        plan.truth.spare(who.number, "serving", f"处理结果之日已{status}")
    for _ in range(2):
        settled = plan.settled(last=date(2020, 12, 31))
        who = plan.pair("卫健", settled, post={"joined": settled.on + timedelta(days=rng.randint(1, 700))})
        plan.truth.spare(who.number, "serving", "处理结果之后才入编")


def _in_grace(plan: StaffPlan) -> None:
    for days, outcome in ((59, "有罪判决"), (30, "相对不起诉"), (3, "有罪判决")):
        who = plan.pair("教育", Settled(outcome, AS_OF - timedelta(days=days)))
        plan.truth.spare(who.number, "discipline.grace_days", f"处理结果至今{days}日，尚在处分办理期内")


def _absence_possible(plan: StaffPlan) -> None:
    ways: list[tuple[dict[str, Any], str]] = [
        ({"id_form": "missing"}, "处分记录没有身份证号，姓名、出生、性别相同（B）"),
        ({"id_form": "masked", "birth": False}, "处分记录身份证号掩码，首尾与姓名相同（B-）"),
        ({"id_form": "missing", "birth": False}, "处分记录只有姓名（C）"),
        ({"id_form": "wrong_check", "birth": False}, "处分记录身份证号校验位不符，姓名相同（C）"),
    ]
    for how, why in ways:
        settled = plan.settled(last=date(2025, 6, 30))
        who = plan.pair("教育", settled)
        plan.punish(who, settled.on + timedelta(days=plan.stage.rng.randint(20, 200)), **how)
        plan.truth.expect(EMIT, "person", who.number, "A", "possible", why)


def _absence_unknown(plan: StaffPlan) -> None:
    for day in (date(2014, 3, 12), date(2014, 11, 5), date(2015, 6, 30)):
        who = plan.pair("教育", Settled("有罪判决", day))
        plan.truth.expect(EMIT, "person", who.number, "A", "unknown", "处分记录声明2015年上半年档案缺失")


def _unsure_identity(plan: StaffPlan) -> None:
    stage = plan.stage
    for _ in range(3):
        who = stage.person()
        plan.prosecute(who, plan.settled())
        plan.employ(who.called(stage.renamed(who.name)), "农业农村")
        plan.truth.expect(EMIT, "person", who.number, "A-", "proved", "身份证号相同而姓名不同（改名）")
    ways: list[tuple[str, dict[str, Any], str]] = [
        ("B", {"id_form": "missing"}, "名册没有身份证号，姓名、出生、性别相同"),
        ("B", {"id_form": "wrong_check"}, "名册身份证号校验位不符，姓名、出生、性别相同"),
        ("B-", {"id_form": "masked", "birth": False}, "名册身份证号掩码，首尾与姓名相同"),
        ("B-", {"id_form": "masked", "birth": False}, "名册身份证号掩码，首尾与姓名相同"),
        ("C", {"id_form": "missing", "birth": False}, "名册只有姓名"),
    ]
    for grade, how, why in ways:
        who = stage.person()
        plan.prosecute(who, plan.settled())
        plan.employ(who, "自然资源", **how)
        plan.truth.expect(EMIT, "person", who.number, grade, "proved", why)


def _other_outcomes(plan: StaffPlan) -> None:
    for outcome, count in (("存疑不起诉", 4), ("法定不起诉", 3), ("无罪", 2), ("撤案", 2)):
        for _ in range(count):
            who = plan.stage.person()
            plan.prosecute(who, Settled(outcome, plan.settled().on))
            plan.employ(who, "教育")
            plan.truth.spare(who.number, "convicted", f"案件结果为{outcome}")


def _namesakes(plan: StaffPlan) -> None:
    for _ in range(40):
        who = plan.stage.person()
        plan.prosecute(who, plan.settled())
        plan.employ(plan.stage.twin_of(who), "教育")
        plan.truth.spare(who.number, "X", "同名、同出生、同性别，身份证号都有效而不同")


def _disciplined(plan: StaffPlan) -> None:
    """Fill up to the 59: people who were disciplined, in every way in which a sure record may be written."""
    rng, stage = plan.stage.rng, plan.stage
    forms = ("clean", "lower_x", "wide", "spaced", "fifteen")
    number = 0
    while plan.overlap < OVERLAP:
        person = stage.person_with_x() if number % 5 == 1 else stage.person()
        settled = plan.settled(last=date(2025, 9, 30))
        after = -30 if number == 2 else rng.randint(0, 240)
        name = stage.renamed(person.name) if number == 3 else None
        case_no = plan.case_no(settled.decided)
        plan.pair(rng.choice(("教育", "卫健", "乡镇", "公安", "水利")), settled, person=person)
        plan.punish(
            person, settled.on + timedelta(days=after), id_form=forms[number % 5], name=name, case_no=case_no,
        )
        why = {2: "处分恰在处理结果前30日", 3: "处分记录姓名为曾用名，身份证号相同"}.get(number, "已受处分")
        plan.truth.spare(person.number, "undisciplined", why)
        number += 1
