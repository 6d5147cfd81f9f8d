"""M03's filings planted: too little beside the meter or the year before (E4), reductions without right (E5), what was
generated not counted (E6), nil returns; near misses beside them.
"""

from __future__ import annotations

from datetime import date, timedelta

from shujian.demo.envtax import EnvTaxPlan
from shujian.demo.envtax_rows import Quarter, monitoring_row
from shujian.demo.firms import Firm
from shujian.demo.sheets import Cell

Q = Quarter(2025, 4)
_MONTH = (date(2025, 11, 1), date(2025, 11, 30))
_DAY = date(2025, 11, 12)
_RELIEF: dict[str, Cell] = {"减免性质": "低于标准百分之三十减按75%征收", "减免税额": 1200}


def plant_short(plan: EnvTaxPlan) -> None:
    """Everything of E4 to E6, and what the guards of E1 turn into weaker clues."""
    _metered(plan)
    _year(plan)
    _relief(plan)
    _generated(plan)
    _cautious(plan)


def _line(plan: EnvTaxPlan, firm: Firm, quantity: Cell, **changes: Cell) -> None:
    told: dict[str, Cell] = {"排放量": quantity, **changes}
    plan.file(firm, Q, "氨氮", outlet="DW001", changes=told)


def _meter(plan: EnvTaxPlan, firm: Firm, day: date, value: Cell, **changes: Cell) -> None:
    plan.monitoring.append(monitoring_row(firm, day, value, changes))


def _metered(plan: EnvTaxPlan) -> None:
    """Ninety-two daily means of 20 mg/L at 1,000 m³: 1,840 kg in the quarter."""
    for quantity, changes, why in (
        (800, {}, ""),
        (1200, {"因子": "NH3-N"}, ""),
        (1300, {}, "申报不低于监测量七成"),
        (300, {"监测方式": "手工监测"}, "手工监测不能推算全季"),
        (300, {"排口": "DW002"}, "监测的是另一排放口"),
    ):
        firm = plan.bureau.found("化工新材料")
        _line(plan, firm, quantity)
        cells: dict[str, Cell] = dict(changes)
        for step in range(92):
            _meter(plan, firm, Q.first + timedelta(days=step), 20, **cells)
        if why:
            plan.truth.spare(firm.code, "lower", why)
        else:
            plan.truth.expect("short", "org", firm.code, "A", "none", "申报量不到自动监测量的七成")


def _year(plan: EnvTaxPlan) -> None:
    for now, tax, stopped, why in (
        (400, 3000, False, ""),
        (500, 3000, False, "恰为上年同期一半"),
        (400, 900, False, "上年税额太小"),
        (400, 3000, True, "许可证上已停产"),
    ):
        firm = plan.bureau.found("精细陶瓷")
        _line(plan, firm, now)
        plan.file(firm, Q.moved(-4), "氨氮", outlet="DW001", changes={"排放量": 1000, "税额": tax})
        if stopped:
            plan.license(firm, "氨氮")
            plan.licences[-1][-1] = "停产"
        if why:
            plan.truth.spare(firm.code, "running" if stopped else "halved", why)
        else:
            plan.truth.expect("short_year", "org", firm.code, "A", "none", "申报量不到上年同期一半")


def _relief(plan: EnvTaxPlan) -> None:
    month: dict[str, Cell] = {"税款所属期起": _MONTH[0], "税款所属期止": _MONTH[1]}
    over: dict[str, Cell] = {"是否超标": "是"}
    lines: list[tuple[str, dict[str, Cell], dict[str, Cell], str]] = [
        ("relief_over", month | _RELIEF, over, "当月监测超标仍减征"),
        ("relief_over_check", _RELIEF, over, "整季减征，季内一日超标"),
        ("", month | _RELIEF, {}, "没有超标"),
        (
            "",
            month | {"减免性质": "达标的城乡污水集中处理免征", "减免税额": 900},
            over,
            "是免征，不是按浓度减征",
        ),
        ("", month | _RELIEF, over | {"排口": "DW007"}, "超标的是另一排放口"),
        ("", month | _RELIEF, over | {"监测时间": "2025-12-01 00:00:00"}, "超标在次月"),
    ]
    by_hand: dict[str, Cell] = {"监测方式": "监督性监测", "流量": None}
    for emit, filed, met, why in lines:
        firm = plan.bureau.found("电镀表面处理")
        _line(plan, firm, 500, **filed)
        _meter(plan, firm, _DAY, 14, **(by_hand | met))
        if emit:
            plan.truth.expect(emit, "org", firm.code, "A", "none", why)
        else:
            plan.truth.spare(firm.code, "over", why)
    for emit, status, why in (
        ("relief_fined", "有效", "当月受罚仍减征"),
        ("relief_fined_check", "诉讼中", "处罚在诉讼中"),
    ):
        firm = plan.bureau.found("电镀表面处理")
        _line(plan, firm, 500, **(month | _RELIEF))
        plan.fine(firm, _DAY, "氨氮", {"排口": "DW001", "处罚状态": status})
        plan.truth.expect(emit, "org", firm.code, "A", "none", why)


def _generated(plan: EnvTaxPlan) -> None:
    pipe = "私设暗管排放生产废水，氨氮超标。"
    for emit, made, fact, why in (
        ("by_generation", 900, pipe, "私设暗管，认定的量大于申报量"),
        ("by_generation_check", None, pipe, "私设暗管，处罚没有写量"),
        ("", 400, pipe, "申报量不小于认定的量"),
        ("", 900, "废水氨氮超标。", "没有应按产生量的情形"),
    ):
        firm = plan.bureau.found("皮革加工")
        _line(plan, firm, 400)
        plan.fine(firm, _DAY, "氨氮", {"数量": made, "违法事实": fact, "排口": "DW001"})
        if emit:
            plan.truth.expect(emit, "org", firm.code, "A", "none", why)
        else:
            plan.truth.spare(firm.code, "generating" if made == 900 else "by_generation", why)


def _cautious(plan: EnvTaxPlan) -> None:
    """Fined, nothing filed, but first to be checked: appeals, more than three years ago, branches, firms struck off."""
    for changes, day, why in (
        ({"处罚状态": "复议中"}, _DAY, "处罚在复议中"),
        ({"处罚状态": "变更"}, _DAY, "处罚已变更"),
        ({}, date(2023, 6, 29), "超过三年追征期，未过五年"),
    ):
        firm = plan.bureau.found("耐火材料")
        cells: dict[str, Cell] = dict(changes)
        plan.fine(firm, day, "烟尘", cells)
        plan.truth.expect("unfiled_check", "org", firm.code, "A", "proved", why)
    branch = plan.bureau.found("耐火材料")
    branch = branch.called(f"{branch.name}第一分公司")
    plan.fine(branch, _DAY, "烟尘")
    plan.truth.expect("unfiled_check", "org", branch.code, "A", "proved", "分公司，可能由总机构申报")
    old = plan.bureau.found("耐火材料")
    plan.fine(old, date(2023, 2, 10), "烟尘")
    plan.truth.expect("unfiled_check", "org", old.code, "A", "unknown", "超过三年，申报数据没有那么早")
    nil = plan.bureau.found("耐火材料")
    plan.fine(nil, _DAY, "烟尘")
    plan.file(nil, Q, "烟尘", changes={"申报方式": "零申报", "税额": 0, "排放量": 0})
    plan.truth.expect("zero", "org", nil.code, "A", "proved", "受罚当季零申报")
    gone = plan.bureau.found("耐火材料")
    plan.fine(gone, date(2021, 3, 1), "烟尘")
    plan.truth.spare(gone.code, "timely", "超过五年")
    exempt: list[tuple[str, dict[str, Cell], str]] = [
        ("种植", {}, "农业生产免征"),
        ("生态养殖", {"养殖种类": "生猪", "存栏量": 500}, "规模以下养殖免征"),
        ("生态养殖", {}, "养殖规模不明，不能判断"),
        ("冷链运输", {"违法事实": "车辆尾气超标。"}, "流动源免征"),
        (
            "豆制品",
            {"违法事实": "废水经污水管网进入污水处理厂。", "排入集中处理设施": ""},
            "排入污水处理厂，不能判断",
        ),
    ]
    for trade, told, why in exempt:
        firm = plan.bureau.found(trade)
        plan.fine(firm, _DAY, "氨氮", told)
        plan.truth.spare(firm.code, "actual", why)
