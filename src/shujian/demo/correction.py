"""M07 planted: one person under correction for storing explosives who transported them again, and near misses."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from shujian.demo.correction_rows import EXPLOSIVE_CHARGES, correction_row, measure_row, penalty_row
from shujian.demo.dirt import rough
from shujian.demo.draws import dice, stream
from shujian.demo.identity import Register
from shujian.demo.people import Person, Stage, crowd
from shujian.demo.sheets import Cell
from shujian.demo.staff_rows import AS_OF
from shujian.demo.truth import Truth

MODEL = "explosives_correction"
CORRECTED, PENALISED, MEASURED = 900, 9000, 5000
STORING, CARRYING = "非法储存爆炸物罪", "非法运输爆炸物"


@dataclass
class CorrectionPlan:
    """The three lists of M07 so far, and what they must yield."""

    stage: Stage
    truth: Truth = field(default_factory=lambda: Truth(MODEL))
    corrected: list[list[Cell]] = field(default_factory=list)
    penalties: list[list[Cell]] = field(default_factory=list)
    measures: list[list[Cell]] = field(default_factory=list)

    def correct(self, who: Person, charge: str, begin: date, months: int = 24, **how: Any) -> None:
        """Put a person under correction."""
        end = begin + timedelta(days=months * 30)
        self.corrected.append(
            correction_row(self.stage.rng, who, charge, begin, end, len(self.corrected) + 1, **how)
        )

    def penalise(self, who: Person, cause: str, violated: date, **how: Any) -> None:
        """Add an administrative penalty of the police."""
        self.penalties.append(
            penalty_row(self.stage.rng, who, cause, violated, len(self.penalties) + 1, **how)
        )

    def hold(self, who: Person, charge: str, begin: date, **how: Any) -> None:
        """Add a coercive measure."""
        self.measures.append(measure_row(self.stage.rng, who, charge, begin, len(self.measures) + 1, **how))


def correction_lists(seed: int, register: Register, scale: float) -> CorrectionPlan:
    """The whole of M07's lists for this seed; ``scale`` shrinks the crowds."""
    sizes = [round(size * scale) for size in (CORRECTED, PENALISED, MEASURED)]
    rng = stream(seed, "correction")
    crowds = [crowd(rng, register, size, men=0.88, born=(1958, 2005)) for size in sizes]
    stage = Stage(dice(seed, "correction"), register, {who.name for people in crowds for who in people})
    plan = CorrectionPlan(stage)
    _golden(plan)
    _outside_the_term(plan)
    _unsure(plan)
    _other_guards(plan)
    plan.truth.figures = {"correction": 1}
    _fill(plan, dice(seed, "correction-crowd"), crowds)
    return plan


def _golden(plan: CorrectionPlan) -> None:
    who = plan.stage.person(born=(1972, 1985), sex="男")
    plan.correct(
        who,
        STORING,
        date(2024, 9, 10),
        36,
        changes={
            "训诫次数": 1,
            "训诫日期": date(2025, 3, 18),
            "治安处罚": "2025年4月因不服从信息化核查管理被处罚",
            "判决摘要": "在自家杂屋非法储存炸药、雷管，判处有期徒刑三年，缓刑三年。",
        },
    )
    plan.penalise(
        who,
        CARRYING,
        date(2025, 11, 20),
        changes={
            "违法事实": "驾驶面包车非法运输炸药十二公斤、雷管三十枚，途经示例石湾镇被查获。",
            "处罚种类": "行政拘留",
            "拘留天数": 15,
        },
    )
    plan.truth.expect(
        "explosive_again",
        "person",
        who.number,
        "A",
        "none",
        "非法储存被判缓刑，矫正期内又非法运输被行政处罚，此前受过训诫",
    )


def _outside_the_term(plan: CorrectionPlan) -> None:
    begin = date(2024, 3, 1)
    running, over = begin + timedelta(days=1080), begin + timedelta(days=720)
    cases: list[tuple[date, date, date, dict[str, Cell], str]] = [
        (
            running,
            begin - timedelta(days=1),
            begin + timedelta(days=20),
            {},
            "违法行为在矫正开始前一日，决定在矫正期内",
        ),
        (running, begin - timedelta(days=200), begin - timedelta(days=180), {}, "处罚早于矫正期"),
        (
            over,
            over + timedelta(days=1),
            over + timedelta(days=15),
            {"状态": "在矫", "解矫日期": None},
            "违法行为在矫正期满次日",
        ),
        (over, over - timedelta(days=30), over - timedelta(days=10), {}, "矫正期内违法，但已解矫"),
    ]
    for end, violated, decided, changes, why in cases:
        who = plan.stage.person()
        plan.correct(who, STORING, begin, (end - begin).days // 30, changes=changes)
        plan.penalise(who, CARRYING, violated, decided=decided)
        plan.truth.spare(who.number, "within", why)
    who = plan.stage.person()
    plan.correct(who, STORING, begin, 36, changes={"犯罪行为日期": begin + timedelta(days=5)})
    plan.penalise(who, CARRYING, begin + timedelta(days=5), decided=date(2024, 5, 20))
    plan.truth.spare(who.number, "new_fact", "处罚与原判是同一事实")


def _unsure(plan: CorrectionPlan) -> None:
    for _ in range(12):
        who = plan.stage.person()
        plan.correct(who, STORING, date(2025, 1, 6), 36)
        plan.penalise(plan.stage.twin_of(who), CARRYING, date(2025, 8, 8))
        plan.truth.spare(who.number, "X", "同名同出生，身份证号都有效而不同")
    who = plan.stage.person()
    plan.correct(who, STORING, date(2025, 1, 6), 36)
    plan.penalise(who, CARRYING, date(2025, 8, 8), id_form="missing", birth=False)
    plan.truth.spare(who.number, "punished", "处罚记录只有姓名")


def _other_guards(plan: CorrectionPlan) -> None:
    stage, begin, during = plan.stage, date(2024, 6, 3), date(2025, 6, 1)
    who = stage.person()
    plan.correct(who, STORING, begin, 36)
    plan.penalise(who, CARRYING, during, changes={"决定状态": "撤销"})
    plan.truth.spare(who.number, "standing", "处罚决定已撤销")
    gone: tuple[tuple[dict[str, Cell], str], ...] = (
        (
            {"撤销缓刑建议书文号": "示矫撤建〔2025〕1号", "撤销缓刑建议日期": date(2025, 7, 1)},
            "已提请撤销缓刑",
        ),
        ({"状态": "收监"}, "已收监"),
        ({"状态": "变更执行地"}, "已变更执行地"),
        ({"状态": "死亡"}, "已死亡"),
    )
    for changes, why in gone:
        who = stage.person()
        plan.correct(who, STORING, begin, 36, changes=changes)
        plan.penalise(who, CARRYING, during)
        plan.truth.spare(who.number, "serving", why)
    who = stage.person(born=(2006, 2006))
    plan.correct(who, STORING, begin, 36, changes={"犯罪行为日期": date(2023, 11, 1)})
    plan.penalise(who, CARRYING, during)
    plan.truth.spare(who.number, "serving", "犯罪时不满十八周岁")
    for _ in range(12):
        who = stage.person()
        plan.correct(who, stage.rng.choice(("危险驾驶罪", "盗窃罪", "故意伤害罪", "交通肇事罪")), begin, 36)
        plan.penalise(who, stage.rng.choice(("赌博", "殴打他人")), during)
        plan.truth.spare(who.number, "explosive", "原判不是涉爆罪名")
    _within_limits(plan, begin)


def _within_limits(plan: CorrectionPlan, begin: date) -> None:
    stage = plan.stage
    for charge in EXPLOSIVE_CHARGES:
        who = stage.person()
        plan.correct(who, charge, date(2025, 2, 1), 24, id_form="wide")
        plan.truth.spare(who.number, "punished", "涉爆罪名，矫正期内没有处罚")
    limits: tuple[tuple[dict[str, Cell], str], ...] = (
        ({"训诫次数": 1, "训诫日期": date(2025, 5, 6)}, "只受过一次训诫"),
        (
            {"训诫次数": 2, "训诫日期": date(2025, 5, 6), "警告次数": 1, "警告日期": date(2025, 6, 6)},
            "两次训诫后已警告",
        ),
        ({"脱管起": date(2025, 5, 1), "脱管止": date(2025, 5, 11)}, "脱离监管恰好十日"),
        (
            {
                "脱管起": date(2025, 5, 1),
                "脱管止": date(2025, 5, 31),
                "警告次数": 1,
                "警告日期": date(2025, 6, 6),
            },
            "脱离监管三十日，已警告",
        ),
    )
    for changes, why in limits:
        who = stage.person()
        plan.correct(who, STORING, begin, 36, changes=changes)
        plan.truth.spare(who.number, "serving", why)
    for acted, held, why in (
        (date(2023, 10, 2), date(2023, 11, 2), "强制措施早于矫正期，即原案的强制措施"),
        (date(2023, 9, 2), date(2025, 3, 2), "矫正期内的强制措施针对矫正前的行为"),
    ):
        who = stage.person()
        plan.correct(who, STORING, begin, 36)
        plan.hold(who, STORING, held, changes={"涉嫌行为日期": acted})
        plan.truth.spare(who.number, "new_crime", why)


def _fill(plan: CorrectionPlan, luck: random.Random, crowds: list[list[Person]]) -> None:
    charges = ("危险驾驶罪", "盗窃罪", "故意伤害罪", "交通肇事罪", "开设赌场罪", "诈骗罪", "滥伐林木罪")
    corrected, penalised, measured = (iter(people) for people in crowds)
    for who in _until(corrected, len(crowds[0]) - len(plan.corrected)):
        plan.correct(
            who,
            luck.choice(charges),
            date(2021, 1, 4) + timedelta(days=luck.randrange(1900)),
            24,
            id_form=luck.choice(("clean",) * 12 + ("wide", "spaced")),
        )
    causes = (
        "赌博",
        "殴打他人",
        "盗窃",
        "吸毒",
        "违规燃放烟花爆竹",
        "扰乱公共秩序",
        "非法携带管制器具",
        "非法储存烟花爆竹",
        "阻碍执行职务",
        "谎报警情",
    )
    names = {str(row[0]) for row in plan.corrected}
    for who in _until(penalised, len(crowds[1]) - len(plan.penalties)):
        form = "missing" if who.name not in names and luck.random() < 0.01 else "clean"
        plan.penalise(
            who, luck.choice(causes), date(2021, 1, 4) + timedelta(days=luck.randrange(1980)), id_form=form
        )
    for who in _until(measured, len(crowds[2]) - len(plan.measures)):
        begin = date(2021, 1, 4) + timedelta(days=luck.randrange(1950))
        plan.hold(who, luck.choice(charges), min(begin, AS_OF - timedelta(days=5)))
        plan.measures[-1] = rough(plan.measures[-1], luck)


def _until(people: Iterator[Person], count: int) -> list[Person]:
    return [next(people) for _ in range(count)]
