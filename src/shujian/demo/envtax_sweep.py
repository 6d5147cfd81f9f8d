"""M03's sweep planted: sites under work without a dust filing (E3), permit holders without source or filing (E2).

Their estimates together lie round 4,000,000 元, low below and high above; near misses stand beside them.
"""

from __future__ import annotations

from typing import Any

from shujian.demo.envtax import EnvTaxPlan
from shujian.demo.envtax_rows import Quarter, licence_row, permit_no, source_row, works_row
from shujian.demo.firms import Firm
from shujian.demo.sheets import Cell

SITES, HOLDERS, IDLE, SWEEP = 26, 3, 2, 4_000_000
FROM, UNTIL = Quarter(2025, 2), Quarter(2026, 1)
"""The four quarters that the model looks at on the day of the demo."""
_HIGH_A_YEAR = {"建筑施工": 7.272, "市政拆迁施工": 11.808}
_MEASURES = "道路硬化、边界围挡、定期喷洒抑制剂"


def plant_sweep(plan: EnvTaxPlan) -> None:
    """Everything of E2 and E3."""
    _sites(plan)
    _site_misses(plan)
    _holders(plan)
    _holder_misses(plan)
    plan.truth.figures |= {"sweep_sites": SITES, "sweep_holders": HOLDERS + IDLE, "sweep": SWEEP}


def _site(plan: EnvTaxPlan, contractor: Firm, builder: Firm, area: int, **changes: Cell) -> str:
    number = len(plan.works) + 1
    kind = changes.get("工程类别")
    if kind == "市政拆迁施工":
        changes |= {"施工面积": area, "建筑面积": None}
    plan.works.append(
        works_row(
            builder,
            contractor,
            number,
            area=area,
            start=FROM.moved(-2).first,
            end=UNTIL.moved(3).last,
            project=f"示例{contractor.name[3:5]}片区{number}号工程",
            changes=changes,
        )
    )
    return permit_no(number)


def _sites(plan: EnvTaxPlan) -> None:
    rng = plan.rng
    kinds = ["市政拆迁施工" if number % 9 == 4 else "建筑施工" for number in range(SITES)]
    drawn = [rng.uniform(8, 24) * (0.5 if kind != "建筑施工" else 1.0) for kind in kinds]
    high = sum(size * _HIGH_A_YEAR[kind] for size, kind in zip(drawn, kinds, strict=True))
    for number, (size, kind) in enumerate(zip(drawn, kinds, strict=True)):
        area = round(size * SWEEP * 1.34 / high / 10) * 10
        contractor, builder = plan.bureau.found("路桥工程"), plan.bureau.found("城建置业")
        changes: dict[str, Cell] = {} if kind == "建筑施工" else {"工程类别": kind}
        why = "在建工地四个季度没有扬尘申报"
        if number == 3:
            plan.file(contractor, FROM, "二氧化硫")
            why += "；施工单位申报过别的污染物"
        if number == 5:
            plan.file(contractor, FROM.moved(-1))
            why += "；以前申报过扬尘"
        if number == 7:
            changes["扬尘防治措施"] = _MEASURES
        permit = _site(plan, contractor, builder, area, **changes)
        plan.truth.expect("site", "case", permit, "A", "proved", why)


def _site_misses(plan: EnvTaxPlan) -> None:
    ways: list[tuple[dict[str, Cell], str, str]] = [
        ({"状态": "停工"}, "building", "工地停工"),
        ({"状态": "竣工"}, "building", "工地已竣工"),
        ({"状态": "未开工"}, "building", "工地没有开工"),
        ({"状态": ""}, "building", "工程状态没有写，不能判断"),
        ({"建筑面积": 0}, "building", "面积为零"),
        ({"合同竣工日期": FROM.moved(-1).last}, "building", "合同竣工早于所看的季度"),
        ({"合同开工日期": UNTIL.moved(1).first}, "building", "申报期未满：本季度才开工"),
    ]
    for changes, guard, why in ways:
        contractor = plan.bureau.found("路桥工程")
        _site(plan, contractor, plan.bureau.found("城建置业"), 12_000, **changes)
        plan.truth.spare(contractor.code, guard, why)
    for filer, how in (("contractor", {}), ("builder", {"changes": {"代申报项目": "示例片区工程"}})):
        contractor, builder = plan.bureau.found("路桥工程"), plan.bureau.found("城建置业")
        _site(plan, contractor, builder, 12_000)
        who = contractor if filer == "contractor" else builder
        told: dict[str, Any] = how
        plan.file(who, UNTIL, **told)
        guard = "no_dust" if filer == "contractor" else "no_dust_owner"
        plan.truth.spare(
            contractor.code,
            guard,
            "施工单位有扬尘申报" if filer == "contractor" else "由建设单位合并申报扬尘",
        )
    contractor = plan.bureau.found("路桥工程")
    permit = _site(plan, contractor, plan.bureau.found("城建置业"), 12_000, 建设单位信用代码="")
    plan.truth.expect("site", "case", permit, "A", "unknown", "建设单位没有信用代码，不能证明它没有申报")


def _license(plan: EnvTaxPlan, firm: Firm, pollutant: str, **changes: Cell) -> None:
    cells: dict[str, Cell] = {"类别": "重点", **changes}
    plan.licences.append(licence_row(firm, len(plan.licences) + 1, pollutant=pollutant, changes=cells))


def _holders(plan: EnvTaxPlan) -> None:
    pollutants = ("二氧化硫", "化学需氧量(CODcr)", "烟尘")
    for number in range(HOLDERS):
        firm = plan.bureau.found("水泥制品")
        _license(plan, firm, pollutants[number], 许可量=20 + 15 * number)
        if number == 0:
            _license(plan, firm, "氮氧化物", 许可量=18, 类别="简化")
        plan.truth.expect(
            "permit", "org", firm.code, "A", "proved", "持证在产，没有税源登记，两个季度没有申报"
        )
    for number in range(IDLE):
        firm = plan.bureau.found("水泥制品")
        _license(plan, firm, pollutants[number], 许可量=30)
        plan.sources.append(source_row(firm, len(plan.sources) + 1, pollutant=pollutants[number]))
        plan.file(firm, FROM, pollutants[number])
        plan.truth.expect(
            "permit_idle", "org", firm.code, "A", "proved", "持证在产、有税源登记，两个季度没有申报"
        )


def _holder_misses(plan: EnvTaxPlan) -> None:
    ways: list[tuple[str, dict[str, Cell], str]] = [
        ("水泥制品", {"类别": "登记"}, "登记管理，没有许可证"),
        ("水泥制品", {"生产状态": "停产"}, "停产"),
        ("水泥制品", {"生产状态": ""}, "生产状态没有写，不能判断"),
        ("水泥制品", {"状态": "过期"}, "许可证过期"),
        ("水泥制品", {"有效期起": UNTIL.moved(-1).last}, "季中才取得许可证"),
        ("种植", {"行业类别": "蔬菜种植"}, "农业生产免征"),
        ("污水处理", {"行业类别": "污水处理及其再生利用"}, "城乡污水集中处理场所，达标免征，不能判断"),
    ]
    for trade, changes, why in ways:
        firm = plan.bureau.found(trade)
        _license(plan, firm, "化学需氧量(CODcr)", **changes)
        plan.truth.spare(firm.code, "operating", why)
    firm = plan.bureau.found("水泥制品")
    _license(plan, firm, "二氧化硫")
    plan.file(firm, UNTIL.moved(-1), "二氧化硫")
    plan.truth.spare(firm.code, "idle", "两个季度中有一季申报")
