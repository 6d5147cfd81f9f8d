"""M02 planted: housing quarters where people complain again and again, the register of charging points, fires."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from shujian.demo.matters import NOW, Matters, town_of
from shujian.demo.orders import RESERVED_QUARTERS
from shujian.demo.phrases import QUARTER_COUNT, quarter_of
from shujian.demo.sheets import Cell

POINTS = (
    "充电点编号",
    "小区名称",
    "地址",
    "乡镇街道",
    "经度",
    "纬度",
    "户数",
    "物业",
    "运营单位",
    "运营单位信用代码",
    "端口数",
    "室内外",
    "建成日期",
    "拆除日期",
    "状态",
)
INCIDENTS = (
    "警情编号",
    "报警时间",
    "警情类别",
    "报警人",
    "报警电话",
    "警情地址",
    "小区名称",
    "辖区",
    "警情内容",
    "处警单位",
    "处警结果",
)
_BULK_INCIDENTS = 4000
_ORDINARY = (
    ("纠纷", "报警人称与邻居因停车争吵。"),
    ("纠纷", "报警人称与商贩因价格争执。"),
    ("求助", "报警人称老人走失。"),
    ("求助", "报警人称钥匙锁在屋内。"),
    ("交通事故", "两车剐蹭，无人受伤。"),
    ("交通事故", "摩托车侧滑，一人轻伤。"),
    ("盗窃", "报警人称店内现金被盗。"),
    ("噪声", "报警人称楼下吵闹。"),
    ("火警", "厨房油锅起火，已自行扑灭。"),
    ("火警", "路边荒草着火。"),
    ("诈骗", "报警人称网上购物被骗。"),
    ("治安", "报警人称有人酒后闹事。"),
)


@dataclass
class Charging:
    """The two further lists of M02."""

    points: list[list[Cell]] = field(default_factory=list)
    incidents: list[list[str]] = field(default_factory=list)

    def point(self, matters: Matters, estate: str, **changes: Cell) -> None:
        """A charging point of a quarter, in use."""
        rng = matters.rng
        town = town_of(estate)
        cells: list[Cell] = [
            f"CD{len(self.points) + 1:05d}",
            estate,
            f"{estate}东门",
            town,
            None,
            None,
            rng.randrange(120, 900),
            "示例市安居物业服务有限公司",
            "示例市驰充新能源有限公司",
            "",
            rng.choice((10, 12, 20)),
            "室外",
            date(2023, 3, 1) + timedelta(days=rng.randrange(900)),
            None,
            "在用",
        ]
        for title, value in changes.items():
            cells[POINTS.index(title)] = value
        self.points.append(cells)

    def incident(self, matters: Matters, at: datetime, kind: str, text: str, estate: str) -> None:
        """A call to the police."""
        rng = matters.rng
        town = town_of(estate)
        self.incidents.append(
            [
                f"JQ{at:%Y%m%d}{len(self.incidents):05d}",
                f"{at:%Y-%m-%d %H:%M:%S}",
                kind,
                "",
                f"100{rng.randrange(10**8):08d}",
                f"{estate}{rng.randint(1, 20)}栋",
                estate,
                town,
                text,
                f"{town}派出所",
                rng.choice(("现场处置", "调解", "移交处理")),
            ]
        )


def plant_charging(matters: Matters, scale: float) -> Charging:
    """Everything of M02; ``scale`` shrinks the crowd of incidents."""
    lists = Charging()
    _unserved(matters, lists)
    _served(matters, lists)
    _after_fire(matters, lists)
    _too_few(matters, lists)
    _guarded(matters)
    _old_orders(matters)
    for index in range(RESERVED_QUARTERS, QUARTER_COUNT):
        if index % 3 == 0:
            lists.point(matters, quarter_of(index)[1])
    for _ in range(round(_BULK_INCIDENTS * scale)):
        kind, text = matters.rng.choice(_ORDINARY)
        estate = quarter_of(matters.rng.randrange(RESERVED_QUARTERS, QUARTER_COUNT))[1]
        lists.incident(matters, matters.days_ago(3, 900), kind, text, estate)
    return lists


def _ring(matters: Matters, estate: str, count: int, **how: Any) -> list[str]:
    days = how.pop("days", (3, 85))
    return [
        matters.order(
            "ebike", matters.sure("ebike"), matters.days_ago(*days), estate=how.pop("typed", estate), **how
        )
        for _ in range(count)
    ]


def _unserved(matters: Matters, lists: Charging) -> None:
    truth = matters.ebike
    for number in range(14):
        estate = matters.next_quarter()
        _ring(matters, estate, 3 + number % 4)
        why = "观察期内多次投诉，没有充电设施"
        if number == 3:
            lists.point(matters, estate, 状态="拆除", 拆除日期=date(2026, 1, 5))
            why += "（原有设施已拆除）"
        elif number == 4:
            lists.point(matters, estate, 状态="故障")
            why += "（设施故障）"
        elif number == 5:
            matters.order(
                "ebike", matters.sure("ebike"), matters.days_ago(3, 85), estate=f"{estate[:6]} {estate[6:]}"
            )
            why += "（一件的小区名称带空格）"
        elif number == 6:
            matters.order("ebike", matters.sure("ebike"), NOW - timedelta(days=90, hours=-1), estate=estate)
            why += "（一件恰在观察期首日）"
        matters.event(estate, matters.days_ago(3, 85))
        truth.expect("unserved", "place", estate, "A", "proved", why)
    spot = f"{matters.next_quarter()[:6]}人民路老县委宿舍"
    for _ in range(3):
        matters.order("ebike", "县委宿舍有人飞线充电，", matters.days_ago(3, 85), address=spot)
    truth.expect("unserved", "place", spot, "A", "proved", "没有小区名称，按地址合并")


def _served(matters: Matters, lists: Charging) -> None:
    for number in range(6):
        estate = matters.next_quarter()
        _ring(matters, estate, 3 + number % 3)
        for _ in range(1 + number % 2):
            lists.point(matters, estate)
        matters.ebike.expect("repeated", "place", estate, "A", "none", "有充电设施仍多次投诉")


def _after_fire(matters: Matters, lists: Charging) -> None:
    truth = matters.ebike
    for number in range(4):
        estate = matters.next_quarter()
        lists.incident(
            matters,
            matters.days_ago(120, 340),
            "火警",
            f"{estate}{number + 1}栋一楼电动车起火，已扑灭。",
            estate,
        )
        lists.point(matters, estate)
        _ring(matters, estate, 1)
        truth.expect("after_fire", "place", estate, "A", "none", "起火之后仍有投诉")
    for days, text, why in (
        ((370, 600), "楼道内电动自行车自燃。", "起火早于一年"),
        ((120, 340), "厨房起火，已扑灭。", "起火的不是电动自行车"),
        ((120, 340), "电动车被盗。", "没有起火"),
        ((1, 2), "地下车库电瓶车起火。", "投诉都在起火之前"),
    ):
        estate = matters.next_quarter()
        lists.incident(
            matters,
            matters.days_ago(*days),
            "火警" if "火" in text or "燃" in text else "盗窃",
            f"{estate}{text}",
            estate,
        )
        lists.point(matters, estate)
        _ring(matters, estate, 2)
        truth.spare(estate, "burned", why)


def _too_few(matters: Matters, lists: Charging) -> None:
    truth = matters.ebike
    for _ in range(8):
        estate = matters.next_quarter()
        _ring(matters, estate, 2)
        truth.spare(estate, "ebike.min_orders", "观察期内只有两件")
    estate = matters.next_quarter()
    first = _ring(matters, estate, 2)[0]
    _ring(matters, estate, 2, dup_of=first)
    truth.spare(estate, "recent", "两件以外都是重复件")
    estate = matters.next_quarter()
    _ring(matters, estate, 2)
    _ring(matters, estate, 3, kind="咨询")
    truth.spare(estate, "recent", "两件以外都是咨询")
    estate = matters.next_quarter()
    _ring(matters, estate, 2)
    _ring(matters, estate, 4, days=(92, 200))
    truth.spare(estate, "ebike.window_days", "两件以外都早于观察期")
    estate = matters.next_quarter()
    _ring(matters, estate, 2)
    lists.point(matters, estate)
    truth.spare(estate, "ebike.min_orders", "有充电设施，只有两件")


def _guarded(matters: Matters) -> None:
    estate = matters.next_quarter()
    matters.guarded("ebike", matters.days_ago(3, 85), estate=estate, kind="投诉")
    matters.ebike.spare(estate, "charging", "只有被排除词、否定词抵消的诉求，或词语分在标题和内容两处")
    estate = matters.next_quarter()
    _ring(matters, estate, 2)
    matters.guarded("ebike", matters.days_ago(3, 85), estate=estate, kind="投诉")
    matters.ebike.spare(estate, "charging", "两件之外都被排除词或否定词抵消")


def _old_orders(matters: Matters) -> None:
    """Complaints of earlier years: the words are there, the window is not."""
    for _ in range(100):
        matters.event(
            quarter_of(matters.rng.randrange(RESERVED_QUARTERS, QUARTER_COUNT))[1], matters.days_ago(100, 880)
        )
    for _ in range(260):
        matters.order(
            "ebike",
            matters.sure("ebike"),
            matters.days_ago(100, 1200),
            estate=quarter_of(matters.rng.randrange(RESERVED_QUARTERS, QUARTER_COUNT))[1],
        )
