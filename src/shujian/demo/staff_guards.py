"""M08's near misses: one or more for every guard of the model, and the answers that are less than proved."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from shujian.demo.staff import GRACE_DAYS, LOOKBACK_DAYS, OVERLAP, StaffPlan
from shujian.demo.staff_rows import AS_OF, Settled, staff_row


def plant_guards(plan: StaffPlan) -> None:
    """Everything beside the thirteen; fills up to the 59 with people who were disciplined."""
    _off_post(plan)
    _in_grace(plan)
    _other_emits(plan)
    _absence_possible(plan)
    _absence_unknown(plan)
    _unsure_identity(plan)
    _kept_out(plan)
    _other_outcomes(plan)
    _namesakes(plan)
    _disciplined(plan)


def _off_post(plan: StaffPlan) -> None:
    rng = plan.stage.rng
    for number in range(5):
        settled = plan.settled()
        left = settled.on - timedelta(days=rng.randint(1, 300))
        status = "退休" if number < 3 else "离职"
        who = plan.stage.person(born=(1955, 1960) if number < 3 else (1970, 1985))
        how: dict[str, Any] = {"left": left, "status": status}
        if number == 0:  # an earlier extract still showed this person on post: the newer version counts
            plan.staff_before.append(staff_row(rng, who, "教育", date(1985, 9, 1)))
            how |= {"joined": date(1985, 9, 1), "changes": {"单位": plan.staff_before[-1][4]}}
        plan.pair("教育", settled, person=who, post=how)
        plan.truth.spare(who.number, "serving", f"处理结果之日已{status}")
    for _ in range(2):
        settled = plan.settled(last=date(2020, 12, 31))
        who = plan.pair("卫健", settled, post={"joined": settled.on + timedelta(days=rng.randint(1, 700))})
        plan.truth.spare(who.number, "serving", "处理结果之后才入编")
    settled = plan.settled(first=date(2026, 2, 1))
    who = plan.pair("教育", settled, post={"changes": {"数据截止日": settled.on - timedelta(days=1)}})
    plan.truth.spare(who.number, "serving", "名册该行的数据截止日早于处理结果之日")


def _in_grace(plan: StaffPlan) -> None:
    for days, outcome in ((GRACE_DAYS - 1, "有罪判决"), (30, "相对不起诉"), (3, "有罪判决")):
        who = plan.pair("教育", Settled(outcome, AS_OF - timedelta(days=days)))
        plan.truth.spare(who.number, "discipline.grace_days", f"处理结果至今{days}日，尚在处分办理期内")


def _other_emits(plan: StaffPlan) -> None:
    """Weaker clues that the model tells apart from the thirteen."""
    for status in ("退休", "离职"):
        settled = plan.settled(last=date(2024, 12, 31))
        who = plan.pair("教育", settled, post={"left": settled.on + timedelta(days=200), "status": status})
        plan.expect(who, "A", "proved", f"处理结果之后才{status}", emit="left_post")
    settled = plan.settled()
    who = plan.stage.person()
    plan.pair(
        "水利", settled, person=who, case={"changes": {"行为日": settled.decided - timedelta(days=390)}}
    )
    plan.punish(who, settled.on - timedelta(days=LOOKBACK_DAYS + 60), sanction="记过")
    plan.expect(
        who, "A", "proved", "行为日以后、处理结果以前另有处分，待核是否同一事实", emit="earlier_sanction"
    )
    for _ in range(2):
        settled = Settled("相对不起诉", plan.settled(first=date(2021, 1, 1), last=date(2025, 6, 30)).on)
        who = plan.pair("农业农村", settled)
        plan.punish(who, settled.on + timedelta(days=50), sanction="警告")
        plan.expect(who, "A", "proved", "相对不起诉后只受警告，通常应予撤职", emit="lenient")


def _absence_possible(plan: StaffPlan) -> None:
    ways: list[tuple[dict[str, Any], str]] = [
        ({"id_form": "missing"}, "处分记录没有身份证号，姓名、出生、性别相同（B）"),
        ({"id_form": "masked", "birth": False}, "处分记录身份证号掩码，首尾与姓名相同（B-）"),
        ({"id_form": "missing", "birth": False}, "处分记录只有姓名（C）"),
        ({"id_form": "wrong_check", "birth": False}, "处分记录身份证号校验位不符，姓名相同（C）"),
        ({"undated": True}, "处分记录没有决定日期"),
    ]
    for how, why in ways:
        settled = plan.settled(last=date(2025, 6, 30))
        who = plan.pair("教育", settled)
        undated = how.pop("undated", False)
        plan.punish(
            who, None if undated else settled.on + timedelta(days=plan.stage.rng.randint(20, 200)), **how
        )
        plan.expect(who, "A", "possible", why)


def _absence_unknown(plan: StaffPlan) -> None:
    for day in (date(2014, 3, 12), date(2014, 11, 5), date(2015, 6, 30)):
        who = plan.pair("教育", Settled("有罪判决", day))
        plan.expect(who, "A", "unknown", "处分记录声明2015年上半年档案缺失")


def _unsure_identity(plan: StaffPlan) -> None:
    stage = plan.stage
    for _ in range(3):
        who = stage.person()
        plan.prosecute(who, plan.settled())
        plan.employ(who.called(stage.renamed(who.name)), "农业农村")
        plan.expect(who, "A-", "proved", "身份证号相同而姓名不同（改名）")
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
        plan.expect(who, grade, "proved", why)


def _kept_out(plan: StaffPlan) -> None:
    """Guards before the collision. The register lacks the number of these people, so that the 59 stay 59."""
    ways: list[tuple[dict[str, Any], dict[str, Any], str, str]] = [
        ({"犯罪记录封存": "是"}, {}, "open_record", "犯罪记录已封存"),
        ({"救济状态": "上诉中"}, {}, "open_record", "案件上诉中"),
        ({"救济状态": "再审中"}, {}, "open_record", "案件再审中"),
        ({}, {"涉密单位": "是"}, "roster", "涉密单位人员"),
        ({}, {"编制类别": "编外"}, "roster", "编外人员"),
        ({}, {"编制类别": "劳务"}, "roster", "劳务人员"),
        ({}, {"状态": "死亡", "变动日期": date(2026, 1, 5)}, "roster", "已去世"),
        ({}, {"状态": "开除", "变动日期": date(2026, 1, 5)}, "roster", "已被开除"),
    ]
    for case, post, guard, why in ways:
        who = plan.stage.person()
        plan.prosecute(who, plan.settled(), changes=case)
        plan.employ(who, "教育", id_form="missing", changes=post)
        plan.truth.spare(who.number, guard, why)
        plan.shut_cases += "犯罪记录封存" in case
        plan.shut_staff += "涉密单位" in post
    who = plan.stage.person(born=(1998, 1998))
    acted = date(who.born.year + 17, 12, 31)
    settled = Settled("有罪判决", date(2017, 3, 1))
    plan.prosecute(who, settled, changes={"行为日": acted, "刑种": "有期徒刑", "刑期(月)": 10, "缓刑": "是"})
    plan.employ(who, "教育", date(2016, 9, 1), id_form="missing")
    plan.truth.spare(who.number, "open_record", "犯罪时不满十八周岁")
    plan.shut_cases += 1


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
        after = {2: -LOOKBACK_DAYS, 4: -LOOKBACK_DAYS - 80}.get(number, rng.randint(0, 240))
        name = stage.renamed(person.name) if number == 3 else None
        case_no = plan.case_no(settled.decided) if number in (4, 5, 6) else ""
        plan.pair(rng.choice(("教育", "卫健", "乡镇", "公安", "水利")), settled, person=person)
        plan.punish(
            person,
            settled.on + timedelta(days=after),
            id_form=forms[number % 5],
            name=name,
            case_no=case_no,
        )
        whys = {
            2: "处分恰在处理结果前30日",
            3: "处分记录姓名为曾用名，身份证号相同",
            4: "处分更早，但写明依据本案",
        }
        plan.truth.spare(person.number, "undisciplined", whys.get(number, "已受处分"))
        number += 1
