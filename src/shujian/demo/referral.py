"""M09 planted: the seed's thirty-one gaps after a decision not to prosecute, and penalties that should have been
referred; near misses of every guard beside them.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from shujian.demo.dirt import ID_FORMS, code_text, money_text, rough, scanned
from shujian.demo.draws import dice, stream
from shujian.demo.firms import Bureau, Firm
from shujian.demo.identity import Register
from shujian.demo.people import Person, Stage, crowd
from shujian.demo.referral_rows import (
    PETTY,
    case_row,
    petty_fact,
    platform_no,
    platform_row,
    published_no,
    published_row,
    some_day,
)
from shujian.demo.sheets import Cell
from shujian.demo.truth import Truth

MODEL = "referral_gaps"
REVERSE = 31
DROPPED, PLATFORM_CASES, PUBLISHED_CASES = 900, 700, 1600
SEEN = date(2026, 6, 20)
"""The day at which the platform and the case system were extracted."""
FIRST = date(2024, 12, 2)
_CHARGES = ("盗窃罪", "故意伤害罪", "危险驾驶罪", "诈骗罪", "非法捕捞水产品罪", "寻衅滋事罪")


@dataclass
class ReferralPlan:
    """The three lists of M09 so far, and what they must yield."""

    stage: Stage
    bureau: Bureau
    truth: Truth = field(default_factory=lambda: Truth(MODEL))
    platform: list[list[Cell]] = field(default_factory=list)
    cases: list[list[Cell]] = field(default_factory=list)
    published: list[list[Cell]] = field(default_factory=list)

    @property
    def rng(self) -> random.Random:
        """The chance of all that is planted here."""
        return self.stage.rng

    def drop(self, who: Person, decided: date, **how: Cell) -> str:
        """A decision not to prosecute; answers the case number. ``how``: cells by title, and ``number``."""
        number = f"示检刑{len(self.cases) + 1:06d}"
        changes: dict[str, Cell] = {
            "罪名": self.rng.choice(_CHARGES), "案件类别": "审查起诉", "承办部门": "刑事检察部门", "阶段": "审结",
            "处理结果": self.rng.choice(("相对不起诉", "相对不起诉", "存疑不起诉")), "处理日期": decided,
        }  # fmt: skip
        id_card = str(how.pop("id_card", who.number))
        accepted = decided - timedelta(days=self.rng.randint(10, 40))
        self.cases.append(case_row(number, accepted, who.name, id_card, changes | how))
        return number

    def reverse(self, who: Person, accepted: date, ended: date | None, **how: Cell) -> str:
        """The case that the administrative department registers afterwards."""
        number = f"示检行{len(self.cases) + 1:06d}"
        changes: dict[str, Cell] = {
            "案件类别": "行刑反向衔接", "承办部门": "行政检察部门", "阶段": "审结" if ended else "审查",
            "处理结果": self.rng.choice(("终结审查", "检察意见")) if ended else None, "处理日期": ended,
        }  # fmt: skip
        id_card = str(how.pop("id_card", who.number))
        self.cases.append(case_row(number, accepted, who.name, id_card, changes | how))
        return number

    def send(self, agency: str, filed: date, **how: Cell) -> str:
        """A case of the platform; answers its number."""
        number = len(self.platform) + 1
        self.platform.append(platform_row(number, agency, filed, how))
        return platform_no(number)

    def publish(self, firm: Firm, decided: date, agency: str, what: str, fact: str, **how: Cell) -> str:
        """A published penalty; answers its number."""
        number = len(self.published) + 1
        changes: dict[str, Cell] = {"违法行为类型": what, "违法事实": fact, "处罚机关": f"示例市{agency}"}
        self.published.append(published_row(number, firm.name, firm.code, decided, self.rng, changes | how))
        return published_no(number)

    def day(self, first: date = date(2025, 1, 6), last: date = date(2026, 4, 20)) -> date:
        """A day from the planted span."""
        return some_day(self.rng, first, last)


def referral_lists(seed: int, register: Register, bureau: Bureau, scale: float) -> ReferralPlan:
    """The whole of M09's lists for this seed; ``scale`` shrinks the crowds."""
    people = crowd(stream(seed, "referral"), register, round(DROPPED * scale), men=0.85, born=(1960, 2004))
    stage = Stage(dice(seed, "referral"), register, {who.name for who in people})
    plan = ReferralPlan(stage, bureau)
    _reverse_gaps(plan)
    _reverse_doubts(plan)
    plan.truth.figures = {"reverse": REVERSE}
    _fill(plan, people, scale)
    return plan


def _reverse_gaps(plan: ReferralPlan) -> None:
    """Eighteen never sent, and one whose namesake was; five sent late, four reviewed late, three opinions unanswered."""
    truth, stage = plan.truth, plan.stage
    for _ in range(18):
        truth.expect(
            "not_sent",
            "case",
            plan.drop(stage.person(), plan.day()),
            "A",
            "proved",
            "不起诉后没有移送行政检察",
        )
    for _ in range(5):
        who, decided = stage.person(), plan.day()
        number = plan.drop(who, decided)
        registered = decided + timedelta(days=plan.rng.randint(16, 40))
        plan.reverse(who, registered, registered + timedelta(days=6))
        truth.expect("sent_late", "case", number, "A", "proved", "不起诉后十六日以上才移送")
    for position in range(4):
        who, decided = stage.person(), plan.day()
        plan.drop(who, decided)
        accepted = decided + timedelta(days=1)
        ended = accepted + timedelta(days=plan.rng.randint(35, 60)) if position % 2 else None
        truth.expect(
            "review_late",
            "case",
            plan.reverse(who, accepted, ended),
            "A",
            "none",
            "反向衔接三十五日以上未审结",
        )
    for position in range(3):
        opinion = plan.day(date(2025, 6, 2), date(2026, 3, 2))
        number = plan.send(
            "卫生健康局", opinion - timedelta(days=90), 结果="不起诉", 检察意见文号=f"示检行意{position + 1}号", 检察意见日期=opinion
        )  # fmt: skip
        truth.expect("unanswered", "case", number, "A", "none", "检察意见发出三个多月没有回复")


def _reverse_doubts(plan: ReferralPlan) -> None:
    truth, stage = plan.truth, plan.stage
    for _ in range(2):
        who, decided = stage.person(), plan.day()
        number = plan.drop(who, decided)
        plan.reverse(who, decided + timedelta(days=2), decided + timedelta(days=8), id_card="")
        truth.expect("not_sent", "case", number, "A", "possible", "登记的反向衔接案件没有证件号码，姓名相同")
    for _ in range(2):
        number = plan.drop(stage.person(), plan.day(), id_card="")
        truth.expect("not_sent", "case", number, "A", "unknown", "不起诉案件没有证件号码")
    edge = date(2026, 4, 1)  # 清明节 4 月 4—6 日放假：第五个工作日是 4 月 9 日
    who = stage.person()
    truth.spare(plan.drop(who, edge), "untimely", "第五个工作日登记")
    plan.reverse(who, date(2026, 4, 9), date(2026, 4, 15))
    who = stage.person()
    number = plan.drop(who, edge)
    plan.reverse(stage.twin_of(who), date(2026, 4, 2), date(2026, 4, 10))
    truth.expect("not_sent", "case", number, "A", "proved", "登记的是同名异人")
    for outcome, why in (
        ("法定不起诉（没有犯罪事实）", "没有犯罪事实"),
        ("法定不起诉（嫌疑人死亡）", "嫌疑人死亡"),
        ("起诉", "已起诉"),
    ):
        truth.spare(plan.drop(stage.person(), plan.day(), 处理结果=outcome), "dropped", why)
    truth.spare(plan.drop(stage.person(), date(2024, 11, 25)), "dropped", "指引施行前一日作出")
    truth.spare(plan.drop(stage.person(), SEEN - timedelta(days=3)), "due", "数据提取时期限未满")
    _reviews(plan, edge)


def _reviews(plan: ReferralPlan, edge: date) -> None:
    truth, stage = plan.truth, plan.stage
    guards: tuple[tuple[date | None, dict[str, Cell], str, str], ...] = (
        (date(2026, 4, 17), {}, "review", "第十个工作日审结"),
        (None, {"阶段": "中止审查"}, "running", "中止审查"),
        (None, {"办案期限": date(2026, 7, 30)}, "unextended", "办案期限已延长"),
        (None, {"处理结果": "终结审查"}, "running", "已审结而没有登记日期"),
    )
    for ended, changes, guard, why in guards:
        who = stage.person()
        plan.drop(who, edge)
        truth.spare(plan.reverse(who, date(2026, 4, 2), ended, **changes), guard, why)
    for replied, why in ((date(2026, 6, 1), "超期后已回复"), (date(2026, 3, 20), "按期回复")):
        number = plan.send(
            "交通运输局", date(2025, 11, 3), 结果="不起诉", 检察意见文号="示检行意前号", 检察意见日期=date(2026, 2, 2),
            回复日期=replied, 回复结果="已处罚",
        )  # fmt: skip
        truth.spare(number, "asked", why)
    number = plan.send(
        "交通运输局", date(2025, 11, 3), 结果="不起诉", 检察意见文号="示检行意近号", 检察意见日期=SEEN - timedelta(days=60)
    )  # fmt: skip
    truth.spare(number, "unanswered", "回复期未满")


def _fill(plan: ReferralPlan, people: list[Person], scale: float) -> None:
    """The crowd: sent the next day and reviewed within a week; petty penalties; cases referred and decided."""
    rng = plan.rng
    for who in people:
        decided = plan.day(FIRST, date(2026, 6, 1))
        plan.drop(who, decided)
        plan.cases[-1] = rough(plan.cases[-1], rng)
        registered = decided + timedelta(days=rng.randint(0, 1))
        form = ID_FORMS[rng.choice(("clean",) * 12 + ("wide", "spaced", "lower_x"))]
        ended = registered + timedelta(days=rng.randint(1, 7))
        plan.reverse(who, registered, ended, id_card=form(who.number))
        plan.cases[-1] = rough(plan.cases[-1], rng)
    for _ in range(round(PLATFORM_CASES * scale)):
        what, fact, agency = rng.choice(PETTY)
        filed = plan.day(date(2023, 1, 3), date(2026, 5, 20))
        plan.send(
            agency, filed, 当事人类型="单位", 当事单位=(firm := plan.bureau.found()).name,
            当事单位信用代码=code_text(firm.code, rng), 案由=what, 违法事实=scanned(petty_fact(rng, fact), rng),
            处罚决定书文号=f"示罚台{len(plan.platform):06d}", 处罚决定书日期=filed + timedelta(days=30),
            处罚金额=money_text(rng.randrange(2, 80) * 100, rng), 是否涉嫌犯罪="否",
        )  # fmt: skip
    for _ in range(round(PUBLISHED_CASES * scale)):
        what, fact, agency = rng.choice(PETTY)
        plan.publish(
            plan.bureau.found(),
            plan.day(date(2023, 1, 3), date(2026, 6, 1)),
            agency,
            what,
            petty_fact(rng, fact),
        )
