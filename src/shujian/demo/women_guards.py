"""M04's near misses: calls after which something was done, calls and orders that do not count, words in passing."""

from __future__ import annotations

from datetime import date, timedelta

from shujian.demo.places import COUNTY
from shujian.demo.sheets import Cell
from shujian.demo.women import FIRST, SECOND, Women


def plant_women_guards(plan: Women) -> None:
    """One near miss or more for each guard."""
    _handled(plan)
    _apart(plan)
    _orders_of_no_use(plan)
    _harassed(plan)


def _handled(plan: Women) -> None:
    """Calls after which something was done."""
    truth = plan.truth
    for guard, why in (
        ("no_letter_victim", "有写给受害人的告诫书"),
        ("no_letter_suspect", "有写给加害人的告诫书，受害人写的是另一人"),
        ("no_letter", "有写明警情编号的告诫书"),
        ("unpunished", "加害人已受处罚"),
        ("settled", "处警结果写明告诫"),
    ):
        station, who = plan.station(), plan.couple()
        other = plan.couple()
        plan.call(who, FIRST, station)
        number = plan.call(
            who, SECOND, station, **({"处警结果": "已出具告诫书"} if guard == "settled" else {})
        )
        if guard == "no_letter_victim":
            plan.letter((who[0], other[1]), FIRST)
        elif guard == "no_letter_suspect":
            plan.letter((other[0], who[1]), FIRST)
        elif guard == "no_letter":
            plan.letter(other, FIRST, 警情编号=number)
        elif guard == "unpunished":
            plan.penalise(who[1], FIRST)
        truth.spare(station, guard, why)


def _apart(plan: Women) -> None:
    """Calls that are no repeated calls of one victim."""
    truth = plan.truth
    for first, second, why in (
        (SECOND - timedelta(days=181), SECOND, "相隔一百八十一日"),
        (SECOND, SECOND, "同一日两次"),
        (date(2026, 5, 6), date(2026, 6, 2), "报警不满三十日"),
        (None, SECOND, "只报警一次"),
    ):
        station, who = plan.station(), plan.couple()
        for on in (first, second):
            if on is not None:
                plan.call(who, on, station)
        truth.spare(station, "settled" if why == "报警不满三十日" else "again", why)
    station, who = plan.station(), plan.couple()
    plan.call(who, FIRST, station, 受害人身份证号=None)
    plan.call(who, SECOND, station, 受害人身份证号=None)
    truth.spare(station, "again", "同名而都没有证件号")
    station, who = plan.station(), plan.couple()
    plan.call(who, FIRST, station)
    plan.call((plan.stage.twin_of(who[0]), who[1]), SECOND, station)
    truth.spare(station, "again", "同名同生日而证件号不同")
    for text in ("报警人称夫妻争吵，不是家庭暴力，", "民警参加反家暴讲座，"):
        station, who = plan.station(), plan.couple()
        plan.twice(station, who, 警情内容=text)
        truth.spare(station, "violent", "被否定词、排除词抵消")


def _orders_of_no_use(plan: Women) -> None:
    truth = plan.truth
    before = SECOND - timedelta(days=30)
    cases: tuple[tuple[dict[str, Cell], date, str, str], ...] = (
        ({"状态": "撤销"}, before, "standing", "保护令已撤销"),
        ({"有效期至": SECOND - timedelta(days=1)}, before, "protected", "前一日届满"),
        ({}, SECOND, "protected", "报警在裁定当日"),
        ({}, SECOND - timedelta(days=200), "protected", "超过六个月"),
    )
    for how, on, guard, why in cases:
        station, who = plan.station(), plan.couple()
        plan.protect(who, on, **how)
        plan.call(who, SECOND, station)
        truth.spare(station, guard, why)
    station, who, other = plan.station(), plan.couple(), plan.couple()
    plan.protect((who[0], other[1]), before)
    plan.call(who, SECOND, station)
    truth.spare(station, "breached", "加害人不是被申请人")
    station, who = plan.station(), plan.couple()
    plan.protect(who, before)
    plan.call(who, SECOND, station)
    plan.penalise(who[1], SECOND + timedelta(days=2))
    truth.spare(station, "ignored", "报警后已处罚")


def _harassed(plan: Women) -> None:
    truth = plan.truth
    ignored = "在车间遭到主管性骚扰，向单位反映却不管，"
    for count, name in ((2, "瑞和纺织"), (1, "永悦酒店管理")):
        unit = f"{COUNTY}{name}有限公司"
        for _ in range(count):
            plan.order(ignored, unit)
        truth.expect("unprevented", "org", unit, "A", "none", f"{count} 人反映单位知情不管性骚扰")
    for number, (text, unit, how, guard, why) in enumerate((
        ("在车间遭到主管性骚扰，已经报警，", "", {}, "harassed", "没有说单位不管"),
        (ignored, f"{plan.stage.person(sex='男').name}", {}, "venues", "涉及主体写的是人名"),
        (ignored, "", {"诉求类型": "咨询"}, "recent", "咨询"),
        ("单位组织观看性骚扰普法片，领导不管，", "", {}, "women", "被排除词抵消"),
    )):  # fmt: skip
        told = unit or f"{COUNTY}恒悦{'一二三四'[number]}服饰有限公司"
        plan.order(text, told, **how)
        truth.spare("涉及主体是人名的工单" if unit else told, guard, why)
