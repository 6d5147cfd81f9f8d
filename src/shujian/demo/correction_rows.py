"""Rows of M07's lists: people under correction, administrative penalties of the police, coercive measures."""

from __future__ import annotations

import random
from datetime import date, timedelta

from shujian.demo.dirt import ID_FORMS
from shujian.demo.people import Person
from shujian.demo.places import TOWNS, VILLAGES
from shujian.demo.sheets import Cell
from shujian.demo.staff_rows import AS_OF

CORRECTED = (
    "姓名",
    "身份证号",
    "性别",
    "出生日期",
    "原判案号",
    "罪名",
    "判决摘要",
    "犯罪行为日期",
    "判决日期",
    "刑种",
    "缓刑考验期起",
    "缓刑考验期止",
    "社矫起",
    "社矫止",
    "解矫日期",
    "执行地司法所",
    "训诫次数",
    "训诫日期",
    "警告次数",
    "警告日期",
    "治安处罚",
    "请销假",
    "脱管起",
    "脱管止",
    "撤销缓刑建议书文号",
    "撤销缓刑建议日期",
    "状态",
)
PENALISED = (
    "决定书文号",
    "被处罚人",
    "身份证号",
    "性别",
    "出生日期",
    "违法行为时间",
    "地点",
    "案由",
    "违法事实",
    "处罚种类",
    "拘留天数",
    "罚款金额",
    "决定日期",
    "依据",
    "办案单位",
    "决定状态",
)
MEASURED = (
    "姓名",
    "身份证号",
    "性别",
    "出生日期",
    "案件编号",
    "措施",
    "涉嫌罪名",
    "涉嫌行为日期",
    "起",
    "止",
    "办案单位",
)

EXPLOSIVE_CHARGES = (
    "非法制造爆炸物罪",
    "非法买卖爆炸物罪",
    "非法运输爆炸物罪",
    "非法储存爆炸物罪",
    "非法携带危险物品危及公共安全罪",
    "危险物品肇事罪",
)
_FACTS = {
    "赌博": "在{place}以扑克牌参与赌博，赌资三百元。",
    "殴打他人": "在{place}因琐事殴打他人，致轻微伤。",
    "盗窃": "在{place}盗窃他人财物。",
    "吸毒": "在{place}出租屋内吸食毒品。",
    "违规燃放烟花爆竹": "在{place}禁放区燃放烟花爆竹。",
    "扰乱公共秩序": "在{place}酒后吵闹，扰乱秩序。",
    "非法携带管制器具": "在{place}随身携带管制刀具。",
    "非法储存烟花爆竹": "在{place}杂房内非法储存烟花爆竹二十箱。",
    "阻碍执行职务": "在{place}阻碍人民警察执行职务。",
    "谎报警情": "在{place}酒后谎报警情。",
    "非法运输爆炸物": "在{place}非法运输炸药。",
}


def correction_row(
    rng: random.Random,
    person: Person,
    charge: str,
    begin: date,
    end: date,
    number: int,
    *,
    id_form: str = "clean",
    name: str | None = None,
    birth: bool = True,
    changes: dict[str, Cell] | None = None,
) -> list[Cell]:
    """One line of the correction authority's list; 缓刑 unless ``changes`` says otherwise."""
    judged = begin - timedelta(days=20)
    over = end < AS_OF
    cells: list[Cell] = [
        name or person.name,
        ID_FORMS[id_form](person.number),
        person.sex,
        person.born if birth else None,
        f"（{judged.year}）示刑初{number}号",
        charge,
        f"犯{charge}，判处有期徒刑，宣告缓刑。",
        judged - timedelta(days=rng.randint(120, 300)),
        judged,
        "缓刑",
        begin,
        end,
        begin,
        end,
        end if over else None,
        f"{rng.choice(TOWNS)}司法所",
        0,
        None,
        0,
        None,
        "",
        "",
        None,
        None,
        "",
        None,
        "解矫" if over else "在矫",
    ]
    return _changed(cells, CORRECTED, changes)


def penalty_row(
    rng: random.Random,
    person: Person,
    cause: str,
    violated: date,
    number: int,
    *,
    id_form: str = "clean",
    name: str | None = None,
    birth: bool = True,
    decided: date | None = None,
    changes: dict[str, Cell] | None = None,
) -> list[Cell]:
    """One administrative penalty decision of the police."""
    day = decided or violated + timedelta(days=rng.randint(0, 25))
    place = f"{rng.choice(TOWNS)}{rng.choice(VILLAGES)}"
    days = rng.choice((0, 0, 5, 10, 15))
    law = "治安管理处罚法"
    cells: list[Cell] = [
        f"示公（城）行罚决字〔{day.year}〕{number}号",
        name or person.name,
        ID_FORMS[id_form](person.number),
        person.sex,
        person.born if birth else None,
        violated,
        place,
        cause,
        _FACTS[cause].replace("{place}", place),
        "行政拘留" if days else "罚款",
        days,
        0 if days else rng.choice((200, 300, 500)),
        day,
        law,
        "示例市公安局",
        "有效",
    ]
    return _changed(cells, PENALISED, changes)


def measure_row(
    rng: random.Random,
    person: Person,
    charge: str,
    begin: date,
    number: int,
    *,
    id_form: str = "clean",
    name: str | None = None,
    birth: bool = True,
    changes: dict[str, Cell] | None = None,
) -> list[Cell]:
    """One coercive measure in a criminal case."""
    measure = rng.choice(("取保候审", "拘留", "逮捕", "监视居住"))
    cells: list[Cell] = [
        name or person.name,
        ID_FORMS[id_form](person.number),
        person.sex,
        person.born if birth else None,
        f"示公刑立〔{begin.year}〕{number}号",
        measure,
        charge,
        begin - timedelta(days=rng.randint(1, 120)),
        begin,
        begin + timedelta(days=rng.randint(7, 180)),
        "示例市公安局",
    ]
    return _changed(cells, MEASURED, changes)


def _changed(cells: list[Cell], titles: tuple[str, ...], changes: dict[str, Cell] | None) -> list[Cell]:
    for title, value in (changes or {}).items():
        cells[titles.index(title)] = value
    return cells
