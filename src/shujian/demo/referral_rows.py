"""Rows of M09's lists: cases of the referral platform, cases of the procuratorate, published penalties."""

from __future__ import annotations

import random
from datetime import date, timedelta

from shujian.demo.sheets import Cell

PLATFORM = (
    "行政案件编号",
    "执法机关",
    "立案日期",
    "当事人类型",
    "当事人名称",
    "当事人证件",
    "当事单位",
    "当事单位信用代码",
    "案由",
    "违法事实",
    "涉案金额",
    "处罚决定书文号",
    "处罚决定书日期",
    "处罚金额",
    "是否涉嫌犯罪",
    "拟移送罪名",
    "移送书文号",
    "移送日期",
    "公安接收机关",
    "公安接收时间",
    "回执号",
    "审查结论",
    "结论日期",
    "结果",
    "检察意见文号",
    "检察意见日期",
    "回复日期",
    "回复结果",
)
CASES = (
    "案件编号",
    "受理日期",
    "罪名",
    "嫌疑人",
    "嫌疑人身份证号",
    "案件类别",
    "承办部门",
    "办案期限",
    "阶段",
    "处理结果",
    "处理日期",
)
PUBLISHED = (
    "行政相对人名称",
    "统一社会信用代码",
    "决定书文号",
    "违法行为类型",
    "违法事实",
    "依据",
    "处罚类别",
    "处罚内容",
    "罚款金额",
    "处罚决定日期",
    "处罚机关",
)

PETTY = (
    ("无证经营烟草", "未取得烟草专卖零售许可证经营卷烟，非法经营数额{small}元。", "烟草专卖局"),
    ("销售过期食品", "货架上有过期食品，货值金额{tiny}元。", "市场监督管理局"),
    ("超限运输", "货车超限运输，超限{tons}吨。", "交通运输局"),
    ("占道经营", "店外占道经营，经劝导未改正。", "城市管理和综合执法局"),
    ("未按规定公示健康证", "从业人员健康证未公示。", "卫生健康局"),
    ("滥伐林木", "未取得采伐许可证采伐，立木蓄积{few}立方米。", "林业局"),
    ("河道采砂", "在河道零星采砂，砂石价值{small}元。", "水利局"),
    ("未按规定申报", "逾期未申报，已补缴。", "税务局"),
)
"""Ordinary penalties: type, fact and agency; no figure of theirs comes near a standard of prosecution."""


def petty_fact(rng: random.Random, fact: str) -> str:
    """The fact with figures far below every standard."""
    return fact.format(
        small=rng.randrange(300, 18_000),
        tiny=rng.randrange(10, 900),
        tons=rng.randrange(1, 9),
        few=rng.randrange(1, 9),
    )


def platform_row(number: int, agency: str, filed: date, changes: dict[str, Cell]) -> list[Cell]:
    """One case of the platform."""
    cells: dict[str, Cell] = dict.fromkeys(PLATFORM)
    cells |= {"行政案件编号": platform_no(number), "执法机关": f"示例市{agency}", "立案日期": filed}
    return _row(PLATFORM, cells | changes)


def platform_no(number: int) -> str:
    """The number of a platform case."""
    return f"示行衔{number:06d}"


def case_row(number: str, accepted: date, name: str, id_card: str, changes: dict[str, Cell]) -> list[Cell]:
    """One case of the procuratorate with one suspect."""
    cells: dict[str, Cell] = dict.fromkeys(CASES)
    cells |= {"案件编号": number, "受理日期": accepted, "嫌疑人": name, "嫌疑人身份证号": id_card}
    return _row(CASES, cells | changes)


def published_row(
    number: int, party: str, code: str, decided: date, rng: random.Random, changes: dict[str, Cell]
) -> list[Cell]:
    """One published penalty."""
    fine = rng.randrange(2, 80) * 100
    cells: dict[str, Cell] = dict.fromkeys(PUBLISHED)
    cells |= {
        "行政相对人名称": party,
        "统一社会信用代码": code,
        "决定书文号": published_no(number),
        "处罚类别": "罚款",
        "处罚内容": f"罚款{fine}元",
        "罚款金额": fine,
        "处罚决定日期": decided,
    }
    return _row(PUBLISHED, cells | changes)


def published_no(number: int) -> str:
    """The number of a published decision."""
    return f"示罚公{number:06d}"


def some_day(rng: random.Random, first: date, last: date) -> date:
    """A day between two, both included."""
    return first + timedelta(days=rng.randrange((last - first).days + 1))


def _row(titles: tuple[str, ...], cells: dict[str, Cell]) -> list[Cell]:
    return [cells[title] for title in titles]
