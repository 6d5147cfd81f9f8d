"""M08 planted: 8,168 convicted or not prosecuted, 13,565 on the establishment, 59 in both, 13 undisciplined, 6 of
them in education. The near misses stand in :mod:`shujian.demo.staff_guards`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from shujian.demo.people import Person, Stage
from shujian.demo.sheets import Cell
from shujian.demo.staff_rows import AS_OF, BODIES, Settled, discipline_row, prosecuted_row, staff_row
from shujian.demo.truth import Truth

CONVICTED, ESTABLISHMENT, OVERLAP, UNDISCIPLINED, EDUCATION = 8168, 13565, 59, 13, 6
GAP = (date(2015, 1, 1), date(2015, 6, 30))
"""Discipline files of this half year were lost: nothing settled before its end can be proved absent."""

MODEL, EMIT = "convicted_staff", "undisciplined"
GRACE_DAYS, LOOKBACK_DAYS = 60, 30
"""What the model documents. If the catalogue changes them, the demo must say that it misses something."""


@dataclass
class StaffPlan:
    """The three lists so far, and what they must yield."""

    stage: Stage
    truth: Truth = field(default_factory=lambda: Truth(MODEL))
    prosecuted: list[list[Cell]] = field(default_factory=list)
    convicted: int = 0
    staff: list[list[Cell]] = field(default_factory=list)
    staff_before: list[list[Cell]] = field(default_factory=list)
    discipline: list[list[Cell]] = field(default_factory=list)
    overlap: int = 0
    shut_cases: int = 0
    shut_staff: int = 0
    """Lines that the lake shuts at ingest (封存、未成年、涉密): in the files, beyond the seed's figures."""

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
        start = joined or date(
            person.born.year + self.stage.rng.randint(22, 26), self.stage.rng.randint(1, 12), 1
        )
        self.staff.append(staff_row(self.stage.rng, person, system, start, **how))

    def punish(self, person: Person, decided: date | None, **how: Any) -> None:
        """Add a line to the discipline list."""
        self.discipline.append(discipline_row(person, decided, len(self.discipline) + 1, **how))

    def settled(self, first: date = date(2015, 9, 1), last: date = date(2026, 3, 31)) -> Settled:
        """An end of a case in the span, two thirds of them judgments."""
        day = first + timedelta(days=self.stage.rng.randrange((last - first).days + 1))
        return Settled(self.stage.rng.choice(("有罪判决", "有罪判决", "相对不起诉")), day)

    def pair(
        self,
        system: str,
        settled: Settled,
        *,
        person: Person | None = None,
        case: dict[str, Any] | None = None,
        post: dict[str, Any] | None = None,
    ) -> Person:
        """One person in both lists by the same number: one of the 59."""
        who = person or self.stage.person()
        self.prosecute(who, settled, **(case or {}))
        self.employ(who, system, **(post or {}))
        self.overlap += 1
        return who

    def expect(self, who: Person, grade: str, absence: str, why: str, emit: str = EMIT) -> None:
        """A clue about this person must come out."""
        self.truth.expect(emit, "person", who.number, grade, absence, why)


def plant_undisciplined(plan: StaffPlan) -> None:
    """The thirteen, each through another kind of dirt or at another edge; and the group clue of education."""
    stage = plan.stage
    for system, why, case, post in (
        ("教育", "两侧身份证号都规范", "clean", "clean"),
        ("教育", "身份证号末位小写 x", "lower_x", "clean"),
        ("教育", "编制名册仍为15位身份证号", "clean", "fifteen"),
        ("教育", "身份证号为全角数字", "wide", "clean"),
        ("教育", "身份证号带空格", "spaced", "clean"),
        ("乡镇", "两侧身份证号都不规范", "wide", "spaced"),
        ("公安", "两侧都是15位身份证号", "fifteen", "fifteen"),
    ):
        who = stage.person_with_x() if case == "lower_x" else stage.person()
        plan.pair(system, plan.settled(), person=who, case={"id_form": case}, post={"id_form": post})
        plan.expect(who, "A", "proved", why)
    who = stage.person()
    plan.pair("教育", plan.settled(), person=who, post={"name": stage.one_off(who.name)})
    plan.expect(who, "A", "proved", "姓名一字之差，身份证号相同")
    who = plan.pair("卫健", Settled("有罪判决", AS_OF - timedelta(days=GRACE_DAYS)))
    plan.expect(who, "A", "proved", "恰好满处分办理期")
    settled = plan.settled(first=date(2018, 1, 1))
    who = plan.pair("卫健", settled)
    plan.punish(who, settled.on - timedelta(days=700), sanction="警告")
    plan.expect(who, "A", "proved", "行为日以前另有处分，与本案无关")
    settled = plan.settled()
    who = plan.pair("乡镇", settled)
    plan.punish(stage.twin_of(who), settled.on + timedelta(days=40))
    plan.expect(who, "A", "proved", "同名同出生的另一人受过处分")
    who = plan.pair("交通", Settled("有罪判决", GAP[1] + timedelta(days=LOOKBACK_DAYS + 1)))
    plan.expect(who, "A", "proved", "缺失档案的时期刚过")
    settled = plan.settled()
    who = plan.pair("住建", settled, post={"joined": settled.on - timedelta(days=3)})
    plan.expect(who, "A", "proved", "行为后、判决前入编")
    plan.truth.expect("by_body", "agency", BODIES["教育"], "A", "proved", "教育系统6人，占13人的46%")
