"""M09 planted, the other way: penalties that reach a standard of prosecution and were never referred, referrals that
the police did not decide in time; near misses beside them.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from shujian.demo.referral import SEEN, ReferralPlan
from shujian.demo.sheets import Cell

_HEAVY: tuple[tuple[str, str, str], ...] = (
    ("烟草专卖局", "无证经营烟草", "未取得烟草专卖零售许可证经营卷烟，非法经营数额{a}.{b}万元。"),
    ("林业局", "滥伐林木", "未取得采伐许可证采伐，立木蓄积2{a}.{b}立方米。"),
    ("市场监督管理局", "销售不合格产品", "销售不合格电线，销售金额{a}.{b}万元。"),
    ("生态环境局", "非法处置危险废物", "将危险废物{a}.{b}吨倾倒在山沟。"),
)


def plant_forward(plan: ReferralPlan) -> None:
    """Everything of the forward direction."""
    _published(plan)
    _fined(plan)
    _police(plan)


def _heavy(plan: ReferralPlan, which: int) -> tuple[str, str, str]:
    agency, what, fact = _HEAVY[which % len(_HEAVY)]
    return agency, what, fact.format(a=plan.rng.randint(6, 9), b=plan.rng.randint(0, 9))


def _published(plan: ReferralPlan) -> None:
    truth, bureau = plan.truth, plan.bureau
    late = (date(2025, 2, 3), date(2026, 4, 20))
    for which in range(4):
        agency, what, fact = _heavy(plan, which)
        number = plan.publish(bureau.found(), plan.day(*late), agency, what, fact)
        truth.expect("published", "case", number, "A", "proved", "公示的处罚达到追诉标准，台账没有移送")
    number = plan.publish(
        bureau.found(),
        plan.day(*late),
        "水利局",
        "河道采砂",
        f"在河道采砂，砂石价值{plan.rng.randint(11, 28)}万元。",
    )
    truth.expect("published_hint", "case", number, "A", "proved", "砂石价值在各省定的幅度以内")
    agency, what, fact = _heavy(plan, 0)
    firm, decided = bureau.found(), plan.day(*late)
    number = plan.publish(firm, decided, agency, what, fact)
    _transfer(plan, decided, 当事人类型="单位", 当事单位=firm.name, 当事单位信用代码=firm.code)
    truth.expect("published_other", "case", number, "A", "proved", "同一单位另有移送，待核是否同一事实")
    number = plan.publish(bureau.found(), date(2024, 3, 15), agency, what, fact)
    truth.expect("published", "case", number, "A", "unknown", "行为日可能早于台账声明完整的时期")
    number = plan.publish(bureau.found(), plan.day(*late), agency, what, fact)
    _transfer(plan, plan.day(*late), 处罚决定书文号=number)
    truth.spare(number, "by_document", "台账已移送这份处罚决定")
    for said, guard, why in (
        ("经营卷烟，非法经营数额49999元。", "shown_criminal", "差一元达到标准"),
        ("经营卷烟，非法经营数额约8万元。", "shown_criminal", "只有约数"),
    ):
        truth.spare(plan.publish(bureau.found(), plan.day(*late), agency, what, said), guard, why)
    for decided, why in (
        (SEEN - timedelta(days=10), "处罚不满三十日，可能正在移送"),
        (date(2021, 6, 1), "超过追诉时效"),
    ):
        truth.spare(plan.publish(bureau.found(), decided, agency, what, fact), "shown_criminal", why)


def _transfer(plan: ReferralPlan, on: date, **how: Cell) -> str:
    """A case that was referred and filed by the police in time."""
    received, serial = on + timedelta(days=1), f"{len(plan.platform):06d}"
    cells: dict[str, Cell] = {
        "案由": "无证经营烟草", "是否涉嫌犯罪": "是", "拟移送罪名": "非法经营罪", "移送书文号": f"示移{serial}", "移送日期": on,
        "公安接收机关": "示例市公安局", "公安接收时间": datetime.combine(received, time(10)).isoformat(" "),
        "回执号": f"示回{serial}", "审查结论": "立案", "结论日期": received + timedelta(days=2),
    }  # fmt: skip
    return plan.send("烟草专卖局", on - timedelta(days=20), **(cells | how))


def _fined(plan: ReferralPlan) -> None:
    truth = plan.truth
    late = (date(2025, 2, 3), date(2026, 4, 1))

    def case(which: int, filed: date, **how: Cell) -> str:
        agency, what, fact = _heavy(plan, which)
        return plan.send(agency, filed, 案由=what, 违法事实=fact, **how)

    for which in range(4):
        filed = plan.day(*late)
        number = case(
            which,
            filed,
            处罚决定书文号=f"示罚重{which:06d}",
            处罚决定书日期=filed + timedelta(days=20),
            处罚金额=5000,
        )
        truth.expect("fined_instead", "case", number, "A", "none", "达到追诉标准而只处罚，没有移送")
    number = case(1, plan.day(*late))
    truth.expect("unreferred", "case", number, "A", "none", "达到追诉标准，没有处罚也没有移送")
    number = plan.send("税务局", plan.day(*late), 案由="偷税", 违法事实="偷税数额待核实。", 是否涉嫌犯罪="是")
    truth.expect("unreferred", "case", number, "A", "none", "机关自认涉嫌犯罪而没有移送")
    number = plan.send(
        "税务局", plan.day(*late), 案由="偷税", 违法事实="少缴税款，偷税数额12万元。", 是否涉嫌犯罪="否"
    )
    truth.expect("hint", "case", number, "A", "none", "偷税数额达到，还要看占比")
    truth.spare(_transfer(plan, plan.day(*late), 违法事实="非法经营数额9万元。"), "unsent", "已移送并立案")
    truth.spare(case(0, SEEN - timedelta(days=12)), "unsent", "立案不满三十日")
    truth.spare(case(0, date(2021, 6, 1)), "unsent", "超过追诉时效")
    number = plan.send(
        "税务局", date(2023, 3, 1), 案由="偷税", 违法事实="偷税数额7万元。", 处罚决定书日期=date(2023, 5, 1)
    )
    truth.spare(number, "weighed", "达到旧标准而没有达到新标准（从旧兼从轻）")


def _police(plan: ReferralPlan) -> None:
    truth = plan.truth

    def received(on: date, **how: Cell) -> str:
        return plan.send(
            "烟草专卖局", on - timedelta(days=15), 案由="无证经营烟草", 是否涉嫌犯罪="是", 移送日期=on, 公安接收机关="示例市公安局",
            公安接收时间=datetime.combine(on, time(9)).isoformat(" "), **how,
        )  # fmt: skip

    for _ in range(2):
        number = received(plan.day(date(2025, 6, 2), date(2026, 4, 20)))
        truth.expect("overdue", "case", number, "A", "none", "公安接收两个月以上没有结论")
    number = received(SEEN - timedelta(days=plan.rng.randint(12, 25)))
    truth.expect("extendable", "case", number, "A", "none", "超过三日，没有超过延长的期限")
    on = plan.day(date(2025, 6, 2), date(2026, 3, 20))
    number = received(on, 审查结论="立案", 结论日期=on + timedelta(days=plan.rng.randint(45, 70)))
    truth.expect("late", "case", number, "A", "none", "四十五日以后才立案")
    truth.spare(received(on, 审查结论="转送", 结论日期=on + timedelta(days=60)), "open", "转送有管辖权的机关")
    truth.spare(
        received(date(2026, 4, 10), 审查结论="不立", 结论日期=date(2026, 5, 11)),
        "late",
        "第三十日是周日，顺延到周一",
    )
    truth.spare(received(SEEN - timedelta(days=2)), "undecided", "接收不满三日")
