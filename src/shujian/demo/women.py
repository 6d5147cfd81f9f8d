"""M04 planted: stations that let repeated calls rest, units that let harassment rest; near misses beside."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from shujian.demo.correction_rows import PENALISED
from shujian.demo.draws import dice
from shujian.demo.identity import Register, phone
from shujian.demo.orders import HOTLINE
from shujian.demo.people import Person, Stage
from shujian.demo.places import COUNTY, HANDLERS, TOWNS
from shujian.demo.sheets import Cell
from shujian.demo.truth import Truth

MODEL = "women_protection"
CALLS = (
    "警情编号",
    "报警时间",
    "警情类别",
    "受害人",
    "受害人身份证号",
    "加害人",
    "加害人身份证号",
    "警情地址",
    "辖区",
    "警情内容",
    "处警单位",
    "处警结果",
)
LETTERS = (
    "告诫书文号",
    "加害人",
    "加害人身份证号",
    "受害人",
    "受害人身份证号",
    "警情编号",
    "家暴日期",
    "出具日期",
    "出具单位",
)
ORDERS = (
    "裁定书文号",
    "作出法院",
    "申请人",
    "申请人身份证号",
    "被申请人",
    "被申请人身份证号",
    "裁定日期",
    "有效期至",
    "裁定种类",
    "状态",
)
SEEN = date(2026, 6, 25)
"""The day at which the lists of letters and orders were extracted."""
FIRST, SECOND = date(2026, 2, 10), date(2026, 4, 20)
_LETTER_CROWD = 240
_WORDS = (
    "报警人称被丈夫打，",
    "报警人称遭受家庭暴力，",
    "报警人称丈夫殴打妻子，",
    "邻居称楼上丈夫殴打妻子，",
)


@dataclass
class Women:
    """The lists of M04 so far, and what they must yield. The truth names stations and units, never a victim."""

    rng: random.Random
    stage: Stage
    truth: Truth = field(default_factory=lambda: Truth(MODEL))
    calls: list[list[Cell]] = field(default_factory=list)
    letters: list[list[Cell]] = field(default_factory=list)
    penalties: list[list[Cell]] = field(default_factory=list)
    protections: list[list[Cell]] = field(default_factory=list)
    orders: list[list[str]] = field(default_factory=list)
    stations: int = 0

    def station(self) -> str:
        """A station that plays in one planted matter only."""
        self.stations += 1
        at = self.stations - 1
        return f"{TOWNS[at % len(TOWNS)]}{('第二', '第三', '第四')[at // len(TOWNS)]}派出所"

    def couple(self) -> tuple[Person, Person]:
        """A woman and a man whom nobody else in the county is."""
        return self.stage.person(sex="女"), self.stage.person(sex="男")

    def call(self, who: tuple[Person, Person], on: date, station: str, **how: Cell) -> str:
        """A call to the police; answers its number."""
        rng, number = self.rng, f"JQJ{on:%Y%m%d}{len(self.calls):05d}"
        cells: dict[str, Cell] = {
            "警情编号": number, "报警时间": f"{on} {rng.randint(8, 23):02d}:{rng.randint(0, 59):02d}:00", "警情类别": "家庭纠纷",
            "受害人": who[0].name, "受害人身份证号": who[0].number, "加害人": who[1].name, "加害人身份证号": who[1].number,
            "警情地址": f"{station[: station.index('第')]}滨河路{len(self.calls) + 1}号", "辖区": station[: station.index("第")],
            "警情内容": rng.choice(_WORDS), "处警单位": station, "处警结果": rng.choice(("现场调解", "口头劝解")),
        }  # fmt: skip
        self.calls.append([(cells | how)[title] for title in CALLS])
        return number

    def twice(self, station: str, who: tuple[Person, Person], **how: Cell) -> None:
        """Two calls ten weeks apart."""
        self.call(who, FIRST, station, **how)
        self.call(who, SECOND, station, **how)

    def letter(self, who: tuple[Person, Person], on: date, **how: Cell) -> None:
        """A letter of warning."""
        cells: dict[str, Cell] = {
            "告诫书文号": f"示公告诫〔2026〕{len(self.letters) + 1}号", "加害人": who[1].name, "加害人身份证号": who[1].number,
            "受害人": who[0].name, "受害人身份证号": who[0].number, "家暴日期": on, "出具日期": on, "出具单位": f"{COUNTY}公安局",
        }  # fmt: skip
        self.letters.append([(dict.fromkeys(LETTERS) | cells | how)[title] for title in LETTERS])

    def penalise(self, who: Person, on: date, **how: Cell) -> None:
        """A penalty by the police."""
        cells: dict[str, Cell] = {
            "决定书文号": f"示公行罚〔2026〕J{len(self.penalties) + 1}号", "被处罚人": who.name, "身份证号": who.number, "性别": who.sex,
            "出生日期": who.born, "违法行为时间": on, "案由": "殴打他人", "违法事实": "因家庭琐事殴打他人。", "处罚种类": "警告",
            "决定日期": on, "办案单位": f"{COUNTY}公安局", "决定状态": "有效",
        }  # fmt: skip
        self.penalties.append([(dict.fromkeys(PENALISED) | cells | how)[title] for title in PENALISED])

    def protect(self, who: tuple[Person, Person], on: date, **how: Cell) -> None:
        """An order of protection."""
        cells: dict[str, Cell] = {
            "裁定书文号": f"（2026）示民保令{len(self.protections) + 1}号", "作出法院": f"{COUNTY}人民法院", "申请人": who[0].name,
            "申请人身份证号": who[0].number, "被申请人": who[1].name, "被申请人身份证号": who[1].number, "裁定日期": on,
            "裁定种类": "首次", "状态": "有效",
        }  # fmt: skip
        self.protections.append([(dict.fromkeys(ORDERS) | cells | how)[title] for title in ORDERS])

    def order(self, text: str, unit: str, **how: str) -> None:
        """One complaint of harassment at work."""
        moment = datetime.combine(date(2026, 3, 2), time(9)) + timedelta(days=self.rng.randrange(90))
        row = dict.fromkeys(HOTLINE, "")
        row |= {
            "工单编号": f"RX{moment:%Y%m%d}7{len(self.orders):05d}", "来电时间": f"{moment:%Y-%m-%d %H:%M:%S}", "渠道": "电话",
            "联系电话": phone(92_000_000 + len(self.orders)), "诉求类型": "投诉", "一级分类": "人社", "二级分类": "劳动保护",
            "标题": "反映职场问题", "诉求内容": f"来电人反映，{text}请核实。", "经度": "0", "纬度": "0", "涉及主体": unit,
            "承办单位": HANDLERS[4], "办结状态": "已办结", "是否重复": "否", "退单次数": "0", "涉密标识": "否",
        }  # fmt: skip
        self.orders.append(list((row | how).values()))


def plant_women(seed: int, register: Register) -> Women:
    """Everything of M04 that must come out; the near misses stand in ``women_guards``."""
    plan = Women(dice(seed, "women"), Stage(dice(seed, "women-people"), register))
    _crowd(plan)
    _repeated(plan)
    _protected(plan)
    return plan


def _crowd(plan: Women) -> None:
    """Letters and penalties about other people: the lists hold rows each month."""
    for at in range(_LETTER_CROWD):
        plan.letter(plan.couple(), date(2025, 7, 3) + timedelta(days=at % 350))
    for at in range(14):
        plan.penalise(plan.stage.person(sex="男"), date(2025, 5, 12) + timedelta(days=at * 30))


def _repeated(plan: Women) -> None:
    truth = plan.truth
    for victims, why in (
        (2, "两名受害人各报警两次，没有告诫书和处罚"),
        (1, "一名受害人报警两次，没有告诫书和处罚"),
    ):
        station = plan.station()
        for _ in range(victims):
            plan.twice(station, plan.couple())
        truth.expect("no_letter", "agency", station, "A", "proved", why)
    station, who = plan.station(), plan.couple()
    plan.call(who, SECOND - timedelta(days=180), station)
    plan.call(who, SECOND, station)
    truth.expect("no_letter", "agency", station, "A", "proved", "相隔恰一百八十日")
    station, who = plan.station(), plan.couple()
    plan.call(who, date(2025, 7, 6), station)
    plan.call(who, date(2025, 8, 6), station)
    truth.expect(
        "no_letter_open",
        "agency",
        station,
        "A",
        "unknown",
        "告诫书清单声明从 2025 年 6 月起完整，更早的不知道",
    )
    station = plan.station()
    plan.twice(station, plan.couple(), 加害人=None, 加害人身份证号=None)
    truth.expect("no_letter_open", "agency", station, "A", "unknown", "加害人没有登记")
    station, who = plan.station(), plan.couple()
    plan.twice(station, who)
    other = plan.stage.person(sex="男")
    plan.letter(
        who,
        SECOND + timedelta(days=2),
        受害人身份证号=None,
        加害人=other.name,
        加害人身份证号=other.number,
    )
    truth.expect("no_letter_open", "agency", station, "A", "possible", "有一份同名而没有证件号的告诫书")


def _protected(plan: Women) -> None:
    truth = plan.truth
    station, who = plan.station(), plan.couple()
    plan.protect(who, SECOND - timedelta(days=30))
    plan.call(who, SECOND, station)
    truth.expect("after_order", "agency", station, "A", "proved", "保护令有效期内又报警，没有处罚")
    station, who = plan.station(), plan.couple()
    plan.protect(who, SECOND - timedelta(days=90), 有效期至=SECOND)
    plan.call(who, SECOND, station)
    truth.expect("after_order", "agency", station, "A", "proved", "恰在届满日")
    station, who = plan.station(), plan.couple()
    plan.protect(who, SECOND - timedelta(days=30))
    plan.call(who, SECOND, station)
    plan.penalise(who[1], SECOND + timedelta(days=3), 身份证号=None)
    truth.expect("after_order_open", "agency", station, "A", "possible", "有一份同名同生日而没有证件号的处罚")
