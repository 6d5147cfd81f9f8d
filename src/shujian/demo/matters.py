"""M02, M06 and the complaint side of M03 planted: orders whose words are used in earnest, and orders that only look so."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from shujian.demo.firms import Bureau, Firm
from shujian.demo.identity import phone
from shujian.demo.names import SURNAMES
from shujian.demo.orders import GRID, HOTLINE, RESERVED_QUARTERS
from shujian.demo.phrases import QUARTER_COUNT, phrasebook, pieces, quarter_of
from shujian.demo.places import HANDLERS, ROADS
from shujian.demo.staff_rows import AS_OF
from shujian.demo.truth import Truth

NOW = datetime.combine(AS_OF, time())


@dataclass
class Matters:
    """Planted orders so far, and what each model must make of them."""

    rng: random.Random
    bureau: Bureau
    orders: list[list[str]] = field(default_factory=list)
    events: list[list[str]] = field(default_factory=list)
    ebike: Truth = field(default_factory=lambda: Truth("ebike_charging"))
    wages: Truth = field(default_factory=lambda: Truth("support_litigation"))
    quarters: int = 0
    callers: int = 0

    def next_quarter(self) -> str:
        """A housing quarter that no ordinary row speaks of."""
        self.quarters += 1
        return quarter_of(self.quarters - 1)[1]

    def caller(self) -> str:
        """The phone of a caller who rings only here."""
        self.callers += 1
        return phone(90_000_000 + self.callers)

    def days_ago(self, first: int, last: int) -> datetime:
        """A moment between ``first`` and ``last`` days before the demo's day."""
        return NOW - timedelta(days=self.rng.randint(first, last), seconds=self.rng.randint(3600, 80_000))

    def order(
        self,
        matter: str,
        body: str,
        at: datetime,
        *,
        estate: str = "",
        firm: str = "",
        caller: str | None = None,
        title: str | None = None,
        kind: str | None = None,
        dup_of: str = "",
        detail: bool = True,
        address: str = "",
    ) -> str:
        """One planted order; answers its number. ``body`` may hold the placeholders of the phrasebook."""
        rng, content, book = self.rng, pieces("planted")[matter], phrasebook("everyday")
        number = f"RX{at:%Y%m%d}9{len(self.orders):05d}"
        town = (
            town_of(estate or address)
            if estate or address
            else quarter_of(rng.randrange(RESERVED_QUARTERS, QUARTER_COUNT))[0]
        )
        place = f"{town}{rng.choice(ROADS)}{rng.randint(1, 399)}号"
        own = rng.choice(content["detail"]) if detail and "detail" in content else ""
        filled = {"quarter": estate or place, "place": place, "firm": firm, "n": str(rng.randint(2, 9))}
        row = dict.fromkeys(HOTLINE, "")
        row |= zip(("一级分类", "二级分类", "三级分类"), content["cats"], strict=True)
        row |= {
            "工单编号": number,
            "来电时间": _moment(at),
            "派单时间": _moment(at + timedelta(hours=1)),
            "渠道": rng.choice(("电话", "微信", "网站")),
            "诉求人": _caller_name(rng),
            "联系电话": caller or self.caller(),
            "诉求类型": kind or rng.choice(("投诉", "举报", "求助")),
            "标题": (title or rng.choice(content["title"])).format(**filled),
            "诉求内容": (rng.choice(_OPENINGS) + body + own + rng.choice(book.closing)).format(**filled),
            "事发地址": address or estate or place,
            "小区名称": estate,
            "区划": town,
            "经度": "0",
            "纬度": "0",
            "涉及主体": firm,
            "承办单位": HANDLERS[content["handler"]],
            "办理结果": rng.choice(book.results),
            "办结状态": "已办结",
            "是否重复": "是" if dup_of else "否",
            "原工单号": dup_of,
            "退单次数": "0",
            "涉密标识": "否",
        }
        self.orders.append(list(row.values()))
        return number

    def event(self, estate: str, at: datetime) -> None:
        """A grid worker saw the same as the callers: the same matter through another channel."""
        body = str(self.rng.choice(pieces("planted")["ebike"]["grid"])).format(
            quarter=estate, n=self.rng.randint(2, 9)
        )
        cells: dict[str, str] = {
            "事件编号": f"WG{at:%Y%m%d}9{len(self.events):05d}",
            "上报时间": _moment(at),
            "网格编码": "SLWG0001",
            "大类": "安全隐患",
            "小类": "电动自行车",
            "描述": f"日常巡查发现，{body}已当场劝导。",
            "地址": estate,
            "小区名称": estate,
            "经度": "0",
            "纬度": "0",
            "处置部门": HANDLERS[6],
            "状态": "已办结",
        }
        self.events.append([cells.get(title, "") for title in GRID])

    def sure(self, matter: str, group: str = "sure") -> str:
        """A sentence that holds a keyword used in earnest."""
        return str(self.rng.choice(pieces("planted")[matter][group]))

    def guarded(self, matter: str, at: datetime, **how: Any) -> list[str]:
        """One order for each sentence whose keyword a guard must cancel."""
        numbers = []
        for each in pieces("planted")[matter]["guarded"]:
            numbers.append(self.order(matter, each["text"], at, title=each.get("title"), detail=False, **how))
        return numbers


def town_of(place: str) -> str:
    """The town that a place name begins with."""
    for mark in ("街道", "镇"):
        if mark in place:
            return place[: place.index(mark) + len(mark)]
    raise ValueError(place)


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"


def _caller_name(rng: random.Random) -> str:
    return rng.choice(("", "匿名", rng.choice(SURNAMES[:60]) + rng.choice(("先生", "女士"))))


_OPENINGS = (
    "市民反映，",
    "来电人反映，",
    "诉求人称，",
    "市民来电，",
    "领导好，",
    "有市民通过网站留言，",
    "请工作人员记录，",
)


def polluters(matters: Matters, truth: Truth, filer: Firm) -> None:
    """E7 of M03: firms that people complain about and that filed nothing; weak, and never proved by a name alone."""

    def ring(
        firm: str,
        count: int,
        *,
        caller: str | None = None,
        days: tuple[int, int] = (5, 80),
        dup: bool = False,
    ) -> None:
        first = ""
        for _ in range(count):
            number = matters.order(
                "dust",
                matters.sure("dust"),
                matters.days_ago(*days),
                firm=firm,
                caller=caller,
                dup_of=first if dup else "",
            )
            first = first or number

    for _ in range(2):
        firm = matters.bureau.found("预制构件")
        ring(firm.name, 3)
        truth.expect(
            "reported", "org", firm.name, "A", "unknown", "多人反映排污；工单只写名称，不能证明没有申报"
        )
    for firm, how, why in (
        (matters.bureau.found("预制构件"), {"count": 1}, "只有一人反映"),
        (matters.bureau.found("预制构件"), {"count": 4, "caller": matters.caller()}, "同一人反复来电"),
        (matters.bureau.found("预制构件"), {"count": 3, "dup": True, "caller": matters.caller()}, "重复件"),
        (matters.bureau.found("预制构件"), {"count": 3, "days": (92, 200)}, "早于观察期"),
        (filer, {"count": 3}, "同名企业有申报"),
    ):
        ring(firm.name, **how)
        truth.spare(firm.name, "by_firm", why)
