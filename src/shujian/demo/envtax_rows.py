"""Rows of M03's lists: environmental penalties, tax filings and sources, construction and discharge permits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from shujian.demo.firms import Firm
from shujian.demo.sheets import Cell

PENALTY = (
    "文号",
    "企业",
    "信用代码",
    "当事人类型",
    "行业类别",
    "养殖种类",
    "存栏量",
    "地址",
    "乡镇街道",
    "违法时间",
    "立案日期",
    "处罚决定日期",
    "违法类型",
    "污染物",
    "污染介质",
    "程序性违法",
    "噪声来源",
    "超标倍数",
    "超标分贝",
    "数量",
    "排口",
    "排入集中处理设施",
    "违法事实",
    "处罚依据",
    "处罚额",
    "处罚机关",
    "处罚状态",
    "施工许可证号",
)
FILING = (
    "纳税人识别号",
    "名称",
    "登记状态",
    "税款所属期起",
    "税款所属期止",
    "申报日期",
    "申报方式",
    "征收品目",
    "征收子目",
    "排放口编码",
    "排放量",
    "污染当量值",
    "当量数",
    "税额",
    "减免性质",
    "减免税额",
    "应补退",
    "入库日期",
    "税源编号",
    "主管税务所",
    "代申报项目",
)
SOURCE = (
    "税源编号",
    "纳税人识别号",
    "名称",
    "登记状态",
    "税源登记日期",
    "税源有效期起",
    "税源有效期止",
    "污染物类别",
    "污染物",
    "排放口编码",
    "排污许可证编号",
    "计算方法",
    "主管税务所",
)
WORKS = (
    "施工许可证号",
    "项目",
    "建设单位",
    "建设单位信用代码",
    "施工单位",
    "施工单位信用代码",
    "监理单位",
    "监理单位信用代码",
    "建筑面积",
    "施工面积",
    "工程类别",
    "合同开工日期",
    "合同竣工日期",
    "发证日期",
    "地址",
    "乡镇街道",
    "经度",
    "纬度",
    "状态",
    "扬尘防治措施",
)
LICENCE = (
    "许可证号",
    "企业",
    "信用代码",
    "类别",
    "行业类别",
    "地址",
    "乡镇街道",
    "有效期起",
    "有效期止",
    "排口",
    "污染物",
    "许可量",
    "状态",
    "生产状态",
)
MONITORING = (
    "监测点",
    "企业",
    "信用代码",
    "排口",
    "因子",
    "监测时间",
    "小时/日均",
    "监测值",
    "标准值",
    "单位",
    "流量",
    "是否超标",
    "监测方式",
)

MEDIA = {
    "一般性粉尘": "大气",
    "烟尘": "大气",
    "二氧化硫": "大气",
    "氮氧化物": "大气",
    "化学需氧量(CODcr)": "水",
    "氨氮": "水",
    "悬浮物(SS)": "水",
    "危险废物": "固体废物",
    "其他固体废物": "固体废物",
    "工业噪声": "噪声",
}


@dataclass(frozen=True)
class Quarter:
    """A calendar quarter."""

    year: int
    number: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.moved(1).first - timedelta(days=1)

    def moved(self, by: int) -> Quarter:
        """So many quarters later (earlier if negative)."""
        index = self.year * 4 + self.number - 1 + by
        return Quarter(index // 4, index % 4 + 1)


def quarter_of_day(day: date) -> Quarter:
    """The quarter in which a day lies."""
    return Quarter(day.year, (day.month + 2) // 3)


def penalty_row(
    firm: Firm,
    violated: date,
    number: int,
    *,
    pollutant: str,
    fact: str,
    fine: Cell,
    changes: dict[str, Cell] | None = None,
) -> list[Cell]:
    """One decision of the environment office for an actual discharge, in force."""
    filed = violated + timedelta(days=12)
    decided = violated + timedelta(days=70)
    medium = MEDIA[pollutant]
    kind = {"大气": "大气污染", "水": "水污染", "固体废物": "固体废物污染", "噪声": "噪声污染"}[medium]
    cells: list[Cell] = [
        f"示环罚字〔{decided.year}〕{number}号",
        firm.name,
        firm.code,
        "企业",
        "",
        "",
        None,
        firm.address,
        firm.town,
        violated,
        filed,
        decided,
        kind,
        pollutant,
        medium,
        "否",
        "工业" if medium == "噪声" else "",
        None,
        None,
        None,
        "DA001" if medium == "大气" else "",
        "否",
        fact,
        "环境保护法、专项污染防治法",
        fine,
        "示例市生态环境局",
        "有效",
        "",
    ]
    return _changed(cells, PENALTY, changes)


def filing_row(
    firm: Firm,
    quarter: Quarter,
    number: int,
    *,
    pollutant: str,
    tax: int,
    outlet: str = "DA001",
    changes: dict[str, Cell] | None = None,
) -> list[Cell]:
    """One line of a quarterly filing."""
    filed = quarter.last + timedelta(days=9)
    cells: list[Cell] = [
        firm.code,
        firm.name,
        "正常",
        quarter.first,
        quarter.last,
        filed,
        "按季",
        f"{MEDIA[pollutant]}污染物",
        pollutant,
        outlet,
        tax * 4,
        None,
        tax,
        tax,
        "",
        0,
        0,
        filed + timedelta(days=2),
        f"SY{number:06d}",
        f"{firm.town[:4]}税务所",
        "",
    ]
    return _changed(cells, FILING, changes)


def source_row(
    firm: Firm,
    number: int,
    *,
    pollutant: str,
    outlet: str = "DA001",
    changes: dict[str, Cell] | None = None,
) -> list[Cell]:
    """One registered tax source."""
    medium = MEDIA[pollutant]
    cells: list[Cell] = [
        f"SY{number:06d}",
        firm.code,
        firm.name,
        "正常",
        date(2022, 1, 10),
        date(2022, 1, 1),
        date(2027, 12, 31),
        medium,
        pollutant,
        outlet,
        "",
        "抽样测算" if pollutant == "一般性粉尘" else "监测机构监测",
        f"{firm.town[:4]}税务所",
    ]
    return _changed(cells, SOURCE, changes)


def works_row(
    builder: Firm,
    contractor: Firm,
    number: int,
    *,
    area: int,
    start: date,
    end: date,
    project: str,
    changes: dict[str, Cell] | None = None,
) -> list[Cell]:
    """One construction permit."""
    cells: list[Cell] = [
        permit_no(number),
        project,
        builder.name,
        builder.code,
        contractor.name,
        contractor.code,
        "示例市正方工程监理有限公司",
        "",
        area,
        None,
        "建筑施工",
        start,
        end,
        start - timedelta(days=10),
        contractor.address,
        contractor.town,
        None,
        None,
        "在建",
        "",
    ]
    return _changed(cells, WORKS, changes)


def permit_no(number: int) -> str:
    """Number of the ``number``-th construction permit."""
    return f"示建施〔2024〕{number:04d}号"


def licence_row(
    firm: Firm, number: int, *, pollutant: str, changes: dict[str, Cell] | None = None
) -> list[Cell]:
    """One discharge permit line."""
    cells: list[Cell] = [
        f"SLPW{number:06d}",
        firm.name,
        firm.code,
        ("重点", "简化", "登记")[number % 3],
        "制造业",
        firm.address,
        firm.town,
        date(2023, 1, 1),
        date(2027, 12, 31),
        "DW001" if MEDIA[pollutant] == "水" else "DA001",
        pollutant,
        12,
        "有效",
        "在产",
    ]
    return _changed(cells, LICENCE, changes)


def monitoring_row(firm: Firm, day: date, value: Cell, changes: dict[str, Cell] | None = None) -> list[Cell]:
    """One daily mean of ammonia at the firm's waste water outlet, below its standard."""
    cells: list[Cell] = [
        "废水总排口",
        firm.name,
        firm.code,
        "DW001",
        "氨氮",
        f"{day.isoformat()} 00:00:00",
        "日均",
        value,
        35,
        "mg/L",
        1000,
        "否",
        "自动监测",
    ]
    return _changed(cells, MONITORING, changes)


def _changed(cells: list[Cell], titles: tuple[str, ...], changes: dict[str, Cell] | None) -> list[Cell]:
    for title, value in (changes or {}).items():
        cells[titles.index(title)] = value
    return cells
