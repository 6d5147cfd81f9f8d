"""Rows of the three lists of M08: prosecuted persons, the establishment register, discipline records."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from shujian.demo.dirt import ID_FORMS
from shujian.demo.people import Person
from shujian.demo.sheets import Cell

AS_OF = date(2026, 6, 30)
"""The day at which the demo's clock stands still."""

PROSECUTED = (
    "案件编号",
    "姓名",
    "身份证号",
    "性别",
    "出生",
    "工作单位",
    "职业",
    "案由",
    "案件结果",
    "行为日",
    "判决或决定日期",
    "生效日期",
    "刑种",
    "刑期(月)",
    "缓刑",
    "故意/过失",
    "单处罚金",
    "剥夺政治权利",
    "采取强制措施起",
    "采取强制措施止",
    "救济状态",
    "犯罪记录封存",
    "承办人",
)
STAFF = (
    "姓名",
    "身份证号",
    "性别",
    "出生日期",
    "单位",
    "主管部门",
    "系统",
    "编制类别",
    "身份",
    "岗位",
    "入编日期",
    "离编日期",
    "状态",
    "变动日期",
    "涉密单位",
    "数据截止日",
)
DISCIPLINE = (
    "姓名",
    "身份证号",
    "性别",
    "出生日期",
    "单位",
    "处分类别",
    "处分种类",
    "决定日期",
    "处分期",
    "所依据案件",
    "处分决定文号",
)

CHARGES = (
    ("危险驾驶罪", 26, "故意"),
    ("盗窃罪", 20, "故意"),
    ("故意伤害罪", 10, "故意"),
    ("诈骗罪", 9, "故意"),
    ("交通肇事罪", 8, "过失"),
    ("帮助信息网络犯罪活动罪", 7, "故意"),
    ("开设赌场罪", 6, "故意"),
    ("寻衅滋事罪", 5, "故意"),
    ("掩饰、隐瞒犯罪所得罪", 4, "故意"),
    ("非法捕捞水产品罪", 3, "故意"),
    ("滥伐林木罪", 2, "故意"),
    ("失火罪", 1, "过失"),
    ("贪污罪", 1, "故意"),
    ("受贿罪", 1, "故意"),
)
SYSTEMS: dict[str, tuple[tuple[str, ...], tuple[str, ...], str]] = {
    "教育": (
        tuple(
            f"示例市{school}"
            for school in (
                "第一中学",
                "第二中学",
                "第四中学",
                "东堡镇中学",
                "西塘镇中心小学",
                "南桥小学",
                "北岭小学",
                "青竹实验学校",
                "职业中专学校",
                "特殊教育学校",
                "云溪镇中心小学",
                "机关幼儿园",
            )
        ),
        ("教师", "高级教师", "班主任", "教务员"),
        "事业",
    ),
    "卫健": (
        tuple(f"示例市{body}" for body in ("人民医院", "中医院", "妇幼保健院", "东堡镇卫生院", "疾控中心")),
        ("医师", "护士", "药师", "检验师"),
        "事业",
    ),
    "住建": (("示例市住房保障中心", "示例市质量安全监督站"), ("科员", "工程师"), "事业"),
    "交通": (("示例市公路养护中心", "示例市交通运输综合执法大队"), ("科员", "养护工"), "事业"),
    "公安": (("示例市公安局城关派出所", "示例市公安局交通警察大队"), ("民警", "副所长"), "行政"),
    "农业农村": (("示例市农业技术推广中心", "示例市畜牧兽医站"), ("农艺师", "科员"), "事业"),
    "自然资源": (("示例市不动产登记中心", "示例市林业工作站"), ("科员", "工程师"), "事业"),
    "乡镇": (
        tuple(f"示例{town}人民政府" for town in ("东堡镇", "石湾镇", "枫坪镇", "白石镇")),
        ("科员", "副主任", "主任"),
        "行政",
    ),
    "水利": (("示例市水库管理所", "示例市河道管理站"), ("科员", "闸门工"), "工勤"),
}
BODIES = {
    "教育": "示例市教育局",
    "卫健": "示例市卫生健康局",
    "住建": "示例市住房和城乡建设局",
    "交通": "示例市交通运输局",
    "公安": "示例市公安局",
    "农业农村": "示例市农业农村局",
    "自然资源": "示例市自然资源局",
    "乡镇": "示例市乡镇事务中心",
    "水利": "示例市水利局",
}
SYSTEM_WEIGHTS = {
    "教育": 47,
    "卫健": 18,
    "住建": 5,
    "交通": 5,
    "公安": 7,
    "农业农村": 4,
    "自然资源": 4,
    "乡镇": 8,
    "水利": 2,
}
_TERMS = {"拘役": (1, 5), "有期徒刑": (6, 84), "管制": (3, 20)}


@dataclass(frozen=True)
class Settled:
    """How and when a case ended. ``on`` is the day that counts: effect of a judgment, day of a decision."""

    outcome: str
    on: date

    @property
    def decided(self) -> date:
        """A judgment is pronounced eleven days before it takes effect."""
        return self.on - timedelta(days=11) if self.outcome in ("有罪判决", "无罪") else self.on

    @property
    def effective(self) -> date | None:
        """Decisions not to prosecute have no separate day of effect."""
        return self.on if self.outcome in ("有罪判决", "无罪") else None


def prosecuted_row(
    rng: random.Random,
    person: Person,
    settled: Settled,
    case_no: str,
    *,
    id_form: str = "clean",
    name: str | None = None,
    birth: bool = True,
    changes: dict[str, Cell] | None = None,
) -> list[Cell]:
    """One line of the case system's export. ``changes`` overrides cells by title."""
    charge, _, intent = rng.choices(CHARGES, [weight for _, weight, _ in CHARGES])[0]
    acted = settled.decided - timedelta(days=rng.randint(40, 400))
    kind, months, suspended, fine = _punished(rng, settled.outcome, charge)
    held = acted + timedelta(days=rng.randint(1, 20))
    cells: list[Cell] = [
        case_no,
        name or person.name,
        _form(id_form)(person.number),
        person.sex,
        person.born if birth else None,
        rng.choice(("务农", "无", "个体", "务工", "自由职业", "")),
        rng.choice(("农民", "无业", "工人", "个体经营者", "职员")),
        charge,
        settled.outcome,
        acted,
        settled.decided,
        settled.effective,
        kind,
        months,
        suspended,
        intent,
        fine,
        "否",
        held,
        held + timedelta(days=rng.randint(7, 30)),
        "无",
        "否",
        f"示例检察官{rng.randint(1, 9)}",
    ]
    return _changed(cells, PROSECUTED, changes)


def _punished(rng: random.Random, outcome: str, charge: str) -> tuple[str, Cell, str, str]:
    if outcome != "有罪判决":
        return "", None, "", "否"
    if charge == "危险驾驶罪":
        return "拘役", rng.randint(1, 4), rng.choice("是否"), "否"
    kind = rng.choices(("有期徒刑", "拘役", "管制", "单处罚金"), (74, 18, 4, 4))[0]
    if kind == "单处罚金":
        return kind, None, "", "是"
    low, high = _TERMS[kind]
    months = rng.randint(low, high)
    return kind, months, "是" if kind != "管制" and months <= 36 and rng.random() < 0.5 else "否", "否"


def staff_row(
    rng: random.Random,
    person: Person,
    system: str,
    joined: date,
    *,
    id_form: str = "clean",
    name: str | None = None,
    birth: bool = True,
    left: date | None = None,
    status: str = "在编",
    changes: dict[str, Cell] | None = None,
) -> list[Cell]:
    """One line of the establishment register."""
    employers, posts, kind = SYSTEMS[system]
    cells: list[Cell] = [
        name or person.name,
        _form(id_form)(person.number),
        person.sex,
        person.born if birth else None,
        rng.choice(employers),
        BODIES[system],
        system,
        kind,
        {"行政": "公务员", "工勤": "工人"}.get(kind, "专业技术人员"),
        rng.choice(posts),
        joined,
        left,
        status,
        left,
        "否",
        date(2026, 6, 15),
    ]
    return _changed(cells, STAFF, changes)


def discipline_row(
    person: Person,
    decided: date | None,
    number: int,
    *,
    id_form: str = "clean",
    name: str | None = None,
    birth: bool = True,
    case_no: str = "",
    employer: str = "",
    sanction: str = "开除",
    changes: dict[str, Cell] | None = None,
) -> list[Cell]:
    """One line of the discipline list."""
    year = decided.year if decided else 2024
    cells: list[Cell] = [
        name or person.name,
        _form(id_form)(person.number),
        person.sex,
        person.born if birth else None,
        employer,
        "政务处分",
        sanction,
        decided,
        {"警告": 6, "记过": 12, "记大过": 18, "开除": None}.get(sanction, 24),
        case_no,
        f"示监政〔{year}〕{number}号",
    ]
    return _changed(cells, DISCIPLINE, changes)


def _form(name: str) -> Callable[[str], str]:
    return ID_FORMS[name]


def _changed(cells: list[Cell], titles: tuple[str, ...], changes: dict[str, Cell] | None) -> list[Cell]:
    for title, value in (changes or {}).items():
        cells[titles.index(title)] = value
    return cells
