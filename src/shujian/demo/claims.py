"""M06 planted: people who may need support to sue, employers who owe wages to many, and guards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from shujian.demo.firms import Firm
from shujian.demo.matters import NOW, Matters

WINDOW = (3, 175)


def plant_claims(matters: Matters) -> None:
    """Everything of M06."""
    truth = matters.wages
    for number in range(110):
        group = "family" if number % 3 == 0 else "sure"
        named = matters.bureau.found().name if group == "sure" and number % 2 else ""
        _claim(matters, "反映欠薪、赡养或抚养问题", group=group, firm=named)
    for people, repeats, why in (
        (12, 0, "十二人反映同一用人单位欠薪"),
        (10, 0, "恰好十人"),
        (9, 1, "九人十件"),
        (6, 0, "六人"),
        (5, 0, "恰好五人"),
    ):
        firm = matters.bureau.found("建筑劳务")
        _workers(matters, firm, people, repeats)
        truth.expect("employer", "org", firm.name, "A", "none", why)
    for people, repeats, why in ((4, 0, "只有四人"), (4, 3, "四人七件")):
        firm = matters.bureau.found("建筑劳务")
        _workers(matters, firm, people, repeats)
        truth.spare(firm.name, "support_litigation.group_min_people", why)
    _guards(matters)


def _claim(matters: Matters, why: str, *, group: str = "sure", **how: Any) -> str:
    number = matters.order(
        "wages", matters.sure("wages", group), how.pop("at", None) or matters.days_ago(*WINDOW), **how
    )
    matters.wages.expect("claim", "case", number, "A", "none", why)
    return number


def _workers(matters: Matters, firm: Firm, people: int, repeats: int) -> None:
    """``people`` workers ring, the first of them ``repeats`` times more; some write the firm's name another way."""
    callers = [matters.caller() for _ in range(people)]
    for number, caller in enumerate([*callers, *callers[:1] * repeats]):
        name = firm.name.replace("有限公司", "有限责任公司") if number % 4 == 3 else firm.name
        number_text = "{firm}拖欠工资，" if number % 2 else "多次到{firm}讨薪被推出来，"
        order = matters.order("wages", number_text, matters.days_ago(*WINDOW), firm=name, caller=caller)
        matters.wages.expect("claim", "case", order, "A", "none", "同一用人单位的欠薪诉求之一")


def _guards(matters: Matters) -> None:
    truth, firm = matters.wages, matters.bureau.found("建筑劳务")
    for number in matters.guarded("wages", matters.days_ago(*WINDOW), firm=firm.name, kind="投诉"):
        truth.spare(number, "claims", "被排除词或否定词抵消，或词语分在标题和内容两处")
    for kind in ("咨询", "建议"):
        for _ in range(6):
            number = matters.order(
                "wages", matters.sure("wages"), matters.days_ago(*WINDOW), firm=firm.name, kind=kind
            )
            truth.spare(number, "recent", f"诉求类型为{kind}")
    first = _claim(matters, "原件", firm=matters.bureau.found().name)
    for _ in range(4):
        number = matters.order(
            "wages", matters.sure("wages"), matters.days_ago(*WINDOW), firm=firm.name, dup_of=first
        )
        truth.spare(number, "recent", "重复件")
    _claim(matters, "恰在观察期首日", at=NOW - timedelta(days=180, hours=-1))
    for _ in range(240):
        at = matters.days_ago(182, 1200)
        number = matters.order("wages", matters.sure("wages"), at, firm=matters.bureau.found().name)
    truth.spare(number, "support_litigation.window_days", "早于观察期（另有二百余件）")
