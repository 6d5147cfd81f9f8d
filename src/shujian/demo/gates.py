"""M01 planted: stalls at school gates that several people complain of, shops without a permit; near misses beside."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import cos, radians

from shujian.demo.draws import dice
from shujian.demo.identity import phone
from shujian.demo.orders import HOTLINE
from shujian.demo.places import COUNTY, HANDLERS, TOWNS
from shujian.demo.sheets import Cell
from shujian.demo.staff_rows import AS_OF
from shujian.demo.truth import Truth

MODEL = "school_gate_food"
SCHOOLS = (
    "学校代码",
    "学校名称",
    "简称",
    "学段",
    "地址",
    "校门",
    "乡镇街道",
    "经度",
    "纬度",
    "在校生数",
    "状态",
)
PERMITS = ("许可证号", "主体", "许可类别", "地址", "乡镇街道", "经度", "纬度", "有效期起", "有效期", "状态")
_ANCHORS = (("示例市人民政府", 124.400, 28.250), ("示例汽车站", 124.352, 28.231))
"""Places that the region file knows: by them the system of the month's coordinates is recognised."""
_BAD = (
    "校门口摊贩卖过期零食，",
    "放学后校门口的小摊卖三无食品给学生，",
    "校门口有人摆摊卖五毛零食，",
    "学校旁的小卖部卖过期变质的面包，",
)
_GENERIC = ("", "流动摊贩", "小摊贩")
_PERMIT_CROWD = 600


@dataclass
class Gates:
    """The registers of M01 so far, the orders, and what they must yield."""

    rng: random.Random
    truth: Truth = field(default_factory=lambda: Truth(MODEL))
    schools: list[list[Cell]] = field(default_factory=list)
    permits: list[list[Cell]] = field(default_factory=list)
    orders: list[list[str]] = field(default_factory=list)
    corners: int = 400

    def place(self, at: int, east: float) -> tuple[str, str]:
        """Longitude and latitude so many metres east of the gate of school ``at``."""
        north = 28.13 + at // 10 * 0.06
        return f"{124.23 + at % 10 * 0.03 + east / (111195 * cos(radians(north))):.6f}", f"{north:.6f}"

    def order(self, text: str, at: int | None, east: float, **how: str) -> str:
        """One order of June; ``at``: whose gate it is near, None without coordinates. Answers its number."""
        rng, number = self.rng, f"RX202606018{len(self.orders):05d}"
        moment = datetime.combine(date(2026, 6, 2), time()) + timedelta(seconds=rng.randrange(26 * 86400))
        lon, lat = self.place(at, east) if at is not None else ("0", "0")
        row = dict.fromkeys(HOTLINE, "")
        row |= {
            "工单编号": number, "来电时间": f"{moment:%Y-%m-%d %H:%M:%S}", "渠道": "电话", "诉求人": "",
            "联系电话": phone(91_000_000 + len(self.orders)), "诉求类型": rng.choice(("投诉", "举报")),
            "一级分类": "市场监管", "二级分类": "食品安全", "三级分类": "校园周边", "标题": "反映食品问题",
            "诉求内容": f"市民反映，{text}请核实处理。", "经度": lon, "纬度": lat, "承办单位": HANDLERS[1],
            "办结状态": "已办结", "是否重复": "否", "退单次数": "0", "涉密标识": "否",
        }  # fmt: skip
        self.orders.append(list((row | how).values()))
        return number

    def ring(self, at: int | None, count: int, east: float = 60, text: str = "", **how: str) -> None:
        """Several people complain of one stall."""
        for _ in range(count):
            self.order(text or self.rng.choice(_BAD), at, east, **how)

    def permit(
        self, name: str, at: int, east: float, until: date = date(2028, 3, 1), state: str = "有效"
    ) -> None:
        """A permit or a registration at a place east of a gate."""
        lon, lat = self.place(at, east)
        number = len(self.permits) + 1
        town = TOWNS[at % len(TOWNS)]
        since, address = until - timedelta(days=1096), f"{town}滨河路{self.rng.randint(1, 899)}号"
        self.permits.append(
            [f"JY1999999{number:08d}", name, "小餐饮许可", address, town, lon, lat, since, until, state]
        )

    def corner(self, at: int) -> str:
        """An address at the gate of a school that no other stall has."""
        self.corners += 1
        return f"{TOWNS[at % len(TOWNS)]}学院路{self.corners}号"


def school_name(at: int) -> str:
    """The full name of a school of the county."""
    stem = TOWNS[at % len(TOWNS)].removeprefix("示例").removesuffix("街道").removesuffix("镇")
    return f"{COUNTY}{stem}{'中心小学' if at < len(TOWNS) else '初级中学'}"


def plant_gates(seed: int, scale: float) -> Gates:
    """Everything of M01; ``scale`` shrinks the crowd of permits."""
    gates = Gates(dice(seed, "gates"))
    for at in range(40):
        lon, lat = gates.place(at, 0)
        town = TOWNS[at % len(TOWNS)]
        gates.schools.append(
            [f"示校{at + 1:04d}", school_name(at), "", "小学" if at < 20 else "初中", f"{town}学院路{at + 1}号", "正门", town, lon, lat,
             gates.rng.randrange(200, 2400), "停办" if at == 39 else "在办"]
        )  # fmt: skip
    gates.schools[38][2], gates.schools[38][7], gates.schools[38][8] = "示例实验分校", None, None
    for name, lon_at, lat_at in _ANCHORS:
        gates.order(
            "门前路灯不亮，", None, 0, 来电时间="2026-06-01 00:00:01", 事发地址=name, 经度=f"{lon_at:.6f}", 纬度=f"{lat_at:.6f}",
            二级分类="市政", 标题="路灯不亮",
        )  # fmt: skip
    for number in range(max(round(_PERMIT_CROWD * scale), 60)):
        gates.permit(f"{COUNTY}同福{number:03d}小吃店", number % 38, 1200 + number // 38 * 60)
    _stalls(gates)
    _shops(gates)
    _told(gates)
    _near_misses(gates)
    return gates


def _stalls(gates: Gates) -> None:
    for at in range(6):
        spot = gates.corner(at)
        gates.ring(at, 2 + at % 3, 20 + at * 30, 事发地址=spot, 涉及主体=_GENERIC[at % 3])
        gates.truth.expect("stall", "place", spot, "A", "none", "校门周边同一摊位两人以上反映")
    spot = gates.corner(6)
    gates.order("校门口摊贩卖过期零食，四名学生吃了呕吐，", 6, 40, 事发地址=spot)
    gates.truth.expect("stall", "place", spot, "A", "none", "一件诉求写明四名学生呕吐")
    spot = gates.corner(7)
    gates.ring(7, 3, 40, "校门口摊贩卖过期零食，孩子吃了拉肚子，", 事发地址=spot)
    gates.truth.expect("stall", "place", spot, "A", "none", "三人各说孩子拉肚子")


def _shops(gates: Gates) -> None:
    """Shops by name: four that no permit fits, four that one may fit."""
    truth = gates.truth
    for at, why in enumerate(("没有许可", "许可已注销", "许可在观察期以前到期", "最近的许可在六十米外"), 10):
        name = f"{COUNTY}{('鲜味轩', '学友居', '麦香坊', '甜心屋')[at - 10]}小吃店"
        if at == 11:
            gates.permit(name, at, 60, state="注销")
        elif at == 12:
            gates.permit(name, at, 60, until=date(2026, 5, 30))
        elif at == 13:
            gates.permit(f"{COUNTY}福满堂小吃店", at, 120)
        gates.ring(at, 2, 60, 事发地址=gates.corner(at), 涉及主体=name)
        truth.expect("stall", "place", name, "A", "none", "校门周边同一店两人以上反映")
        truth.expect("unlicensed", "org", name, "A", "proved", why)
    for at, why in enumerate(
        ("同名的许可登记在别处", "许可的名称相近", "同一地点有别的名称的许可", "许可恰在观察期首日到期"), 14
    ):
        name = f"{COUNTY}{('知味轩', '书香居', '豆香坊', '蜜语屋')[at - 14]}小吃店"
        permitted = (name, name.removeprefix(COUNTY), f"{COUNTY}换了名的小吃店", name)[at - 14]
        gates.permit(
            permitted, at, 2000 if at < 16 else 90, until=date(2026, 5, 31) if at == 17 else date(2028, 3, 1)
        )
        gates.ring(at, 2, 60, 事发地址=gates.corner(at), 涉及主体=name)
        truth.expect("stall", "place", name, "A", "none", "有许可，仍被两人以上反映")
        truth.spare(name, "by_place" if at == 16 else "by_name", why)


def _told(gates: Gates) -> None:
    truth = gates.truth
    for at, text in ((18, ""), (19, ""), (20, "校门口摊贩卖过期零食，五名学生吃了腹泻，")):
        spot = gates.corner(at)
        said = f"{school_name(at)}旁，{text or '校门口摊贩卖过期零食，'}"
        gates.ring(None, 1 if text else 2, 0, said, 事发地址=spot)
        truth.expect("told", "place", spot, "A", "unknown", "没有坐标，文字写明学校")
    spot = gates.corner(38)
    gates.ring(38, 2, 40, "示例实验分校校门口摊贩卖过期零食，", 事发地址=spot)
    truth.expect("told", "place", spot, "A", "unknown", "学校没有坐标，文字写明简称")


def _near_misses(gates: Gates) -> None:
    truth = gates.truth
    single: Sequence[tuple[int, float, int, str, dict[str, str], str, str]] = (
        (21, 230, 3, "", {}, "beside", "离校门二百三十米"),
        (22, 60, 3, "", {"联系电话": phone(91_900_001)}, "school_food.min_people", "同一人三次来电"),
        (23, 60, 3, "", {"诉求类型": "咨询"}, "recent", "咨询"),
        (24, 60, 3, "", {"是否重复": "是"}, "recent", "重复件"),
        (25, 60, 3, "", {"来电时间": "2026-05-30 20:00:00"}, "recent", "早于观察期"),
        (26, 60, 3, "未发现校门口有人摆摊，", {}, "food", "被否定词抵消"),
        (26, 60, 3, "食堂招标公告贴在校门口，有人摆摊，", {}, "food", "被排除词抵消"),
        (39, 60, 3, "", {}, "running", "学校停办"),
        (27, 60, 1, "校门口摊贩卖过期零食，担心三名学生拉肚子，", {}, "sick", "只是担心，一人反映"),
        (28, 60, 1, "校门口摊贩卖过期零食，两名学生拉肚子，", {}, "school_food.many_score", "两名学生，一人反映"),
    )  # fmt: skip
    for at, east, count, text, how, guard, why in single:
        spot = gates.corner(at)
        gates.ring(at, count, east, text, 事发地址=spot, **how)
        truth.spare(spot, guard, why)
    for at in (29, 30):
        spot = gates.corner(at)
        gates.ring(at, 1, 60, 事发地址=spot, 涉及主体="小卖部")
        truth.spare(spot, "stalls", "都叫“小卖部”，是两处")
    spot = gates.corner(31)
    gates.ring(31, 2, 1200, f"{school_name(31)}旁校门口摊贩卖过期零食，", 事发地址=spot)
    truth.spare(spot, "told", "有坐标而不在周边，文字写明学校也不算")
    spot = gates.corner(32)
    gates.ring(None, 2, 0, "校门口摊贩卖过期零食，", 事发地址=spot)
    truth.spare(spot, "told", "没有坐标，没有写明哪所学校")


def last_day() -> date:
    """The day at which the registers were extracted."""
    return AS_OF - timedelta(days=10)
