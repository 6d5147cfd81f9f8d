"""M03's near misses: each guard of the model once, and the absences that are possible or cannot be known."""

from __future__ import annotations

from datetime import date
from typing import Any

from shujian.demo.envtax import EMIT, EnvTaxPlan
from shujian.demo.envtax_rows import Quarter, quarter_of_day
from shujian.demo.envtax_short import plant_short
from shujian.demo.envtax_sweep import plant_sweep
from shujian.demo.sheets import Cell

_BASE = Quarter(2025, 2)


def plant_env_guards(plan: EnvTaxPlan) -> None:
    """Everything beside the thirteen."""
    _not_taxed(plan)
    _filed_otherwise(plan)
    _joint_filing(plan)
    _out_of_time(plan)
    _possible(plan)
    _unknown(plan)
    plant_sweep(plan)
    plant_short(plan)


def _not_taxed(plan: EnvTaxPlan) -> None:
    ways: list[tuple[str, dict[str, Cell], str, str]] = [
        (
            "一般性粉尘",
            {"程序性违法": "是", "违法类型": "未批先建", "违法事实": "未依法报批环评文件即开工建设。"},
            "actual",
            "未批先建，程序性违法",
        ),
        (
            "烟尘",
            {"程序性违法": None, "违法类型": "未按证记录台账", "违法事实": "未按排污许可证要求记录台账。"},
            "actual",
            "台账类程序性违法，来源没有标注",
        ),
        (
            "烟尘",
            {"程序性违法": None, "违法类型": "未验先投", "违法事实": "环保设施未经验收即投入生产。"},
            "actual",
            "未验先投",
        ),
        ("一般性粉尘", {"当事人类型": "个人"}, "actual", "当事人是个人"),
        ("二氧化硫", {"处罚状态": "撤销"}, "actual", "处罚已撤销"),
        ("化学需氧量(CODcr)", {"排入集中处理设施": "是"}, "actual", "废水排入集中处理设施"),
        (
            "工业噪声",
            {"噪声来源": "建筑施工", "违法事实": "夜间施工噪声扰民。"},
            "actual",
            "建筑施工噪声不征",
        ),
        ("工业噪声", {"噪声来源": "社会生活", "违法事实": "音响噪声超标。"}, "actual", "社会生活噪声不征"),
        ("其他固体废物", {"违法事实": "固体废物贮存场所未设置标志。"}, "actual", "固体废物没有倾倒"),
    ]
    for pollutant, changes, guard, why in ways:
        firm = plan.bureau.found()
        plan.fine(firm, plan.day_in(_BASE), pollutant, changes)
        plan.truth.spare(firm.code, guard, why)


def _filed_otherwise(plan: EnvTaxPlan) -> None:
    ways: list[tuple[int, dict[str, Any], str]] = [
        (0, {}, "当季已申报"),
        (-1, {}, "前一季度已申报"),
        (1, {}, "后一季度已申报"),
        (0, {"outlet": "DA009"}, "在另一排放口名下申报"),
        (-1, {"changes": {"申报方式": "零申报", "税额": 0, "排放量": 0}}, "前一季度零申报"),
        (0, {"changes": {"申报方式": "按次"}}, "按次申报"),
    ]
    for moved, how, why in ways:
        firm = plan.bureau.found()
        plan.fine(firm, plan.day_in(_BASE), "烟尘")
        plan.file(firm, _BASE.moved(moved), "烟尘", **how)
        plan.truth.spare(firm.code, "unfiled", why)
    firm = plan.bureau.found()
    plan.fine(firm, plan.day_in(_BASE), "烟尘")
    plan.file(firm.called(plan.bureau.found().name), _BASE, "烟尘")
    plan.truth.spare(firm.code, "unfiled", "以曾用名申报，信用代码相同")
    firm = plan.bureau.found()
    plan.fine(firm, plan.day_in(_BASE), "烟尘")
    plan.file(firm, _BASE, "烟尘", changes={"纳税人识别号": firm.code.lower()})
    plan.truth.spare(firm.code, "unfiled", "申报的信用代码小写")


def _joint_filing(plan: EnvTaxPlan) -> None:
    for builder_fined in (False, True):
        builder, contractor = plan.bureau.found("房地产开发"), plan.bureau.found("建设工程")
        fined, filer = (builder, contractor) if builder_fined else (contractor, builder)
        permit = plan.build(builder, contractor, _BASE, 9000)
        plan.fine(fined, plan.day_in(_BASE), changes={"施工许可证号": permit})
        plan.file(filer, _BASE, changes={"代申报项目": "示例花园一期"})
        plan.truth.spare(fined.code, "alone", "由施工单位合并申报" if builder_fined else "由建设单位合并申报")


def _out_of_time(plan: EnvTaxPlan) -> None:
    for violated, why in (
        (date(2026, 4, 20), "申报期未满：二季度的申报要到七月"),
        (date(2026, 6, 5), "申报期未满"),
    ):
        firm = plan.bureau.found()
        plan.fine(firm, violated, "二氧化硫")
        plan.truth.spare(firm.code, "timely", why)


def _possible(plan: EnvTaxPlan) -> None:
    # Trades of their own: a name near to theirs would make others' absences possible too.
    for trade, pollutant, form, why in (
        ("特种玻璃", "烟尘", "full", "申报没有识别号，名称相同（B）"),
        ("羽绒制品", "化学需氧量(CODcr)", "core", "申报没有识别号，简称相同（C）"),
        ("再生橡胶", "危险废物", "wrong", "申报的识别号校验位不符，名称相同（B）"),
    ):
        firm = plan.bureau.found(trade)
        plan.fine(firm, plan.day_in(_BASE), pollutant)
        changes: dict[str, Cell] = {"纳税人识别号": ""}
        if form == "core":
            changes["名称"] = firm.name.removesuffix("有限公司")
        if form == "wrong":
            changes["纳税人识别号"] = firm.code[:-1] + ("1" if firm.code[-1] != "1" else "2")
        plan.file(firm, _BASE, pollutant, changes=changes)
        plan.truth.expect(EMIT, "org", firm.code, "A", "possible", why)


def _unknown(plan: EnvTaxPlan) -> None:
    for violated, pollutant in (
        (date(2023, 7, 20), "二氧化硫"),
        (date(2023, 11, 6), "氨氮"),
        (date(2023, 8, 8), "工业噪声"),
    ):
        firm = plan.bureau.found("玻璃制品")
        plan.fine(firm, violated, pollutant)
        quarter = quarter_of_day(violated)
        plan.truth.expect(EMIT, "org", firm.code, "A", "unknown", f"{quarter.year}年三季度申报数据缺失")
