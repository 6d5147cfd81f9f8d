"""The text side of M05 planted: offices that several people say do nothing, and complaints that blame nobody by name."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta

from shujian.demo.draws import dice
from shujian.demo.identity import phone
from shujian.demo.orders import GRID, HOTLINE
from shujian.demo.places import COUNTY, HANDLERS
from shujian.demo.truth import Truth

_IDLE = (
    "{who}接到投诉一直推诿，",
    "多次反映，{who}不闻不问，",
    "{who}对违法行为不予处罚，超期办案，",
    "处罚之后当事人逾期未缴，{who}未申请强制执行，",
)


class Told:
    """Orders and grid events so far."""

    def __init__(self, seed: int) -> None:
        self.rng: random.Random = dice(seed, "urging-told")
        self.orders: list[list[str]] = []
        self.events: list[list[str]] = []

    def order(self, text: str, subject: str = "", **how: str) -> None:
        """One order of the last weeks."""
        moment = self._moment()
        row = dict.fromkeys(HOTLINE, "")
        row |= {
            "工单编号": f"RX{moment:%Y%m%d}6{len(self.orders):05d}", "来电时间": f"{moment:%Y-%m-%d %H:%M:%S}", "渠道": "网站",
            "联系电话": phone(93_000_000 + len(self.orders)), "诉求类型": "投诉", "一级分类": "政务", "标题": "反映办事问题",
            "诉求内容": f"网民留言，{text}请核实。", "经度": "0", "纬度": "0", "涉及主体": subject, "承办单位": HANDLERS[3],
            "办结状态": "已办结", "是否重复": "否", "退单次数": "0", "涉密标识": "否",
        }  # fmt: skip
        self.orders.append(list((row | how).values()))

    def event(self, text: str, department: str) -> None:
        """One grid event of the last weeks."""
        moment = self._moment()
        cells = {
            "事件编号": f"WG{moment:%Y%m%d}6{len(self.events):05d}", "上报时间": f"{moment:%Y-%m-%d %H:%M:%S}", "网格编码": "SLWG0001",
            "大类": "城市管理", "小类": "其他", "描述": text, "经度": "0", "纬度": "0", "处置部门": department, "状态": "已办结",
        }  # fmt: skip
        self.events.append([cells.get(title, "") for title in GRID])

    def _moment(self) -> datetime:
        return datetime.combine(date(2026, 4, 10), time(9)) + timedelta(days=self.rng.randrange(70))


def plant_told(seed: int, truth: Truth) -> Told:
    """Everything of M05's text side."""
    told = Told(seed)

    def ring(who: str, count: int, text: str = "", **how: str) -> None:
        for _ in range(count):
            told.order((text or told.rng.choice(_IDLE)).format(who=who), **{"subject": who, **how})

    body = HANDLERS[0]
    ring(body, 2)
    told.order(f"{body}互相推诿，", 承办单位=body)
    told.event(f"居民称{body}对乱搭建不闻不问。", body)
    truth.expect("told", "agency", body, "A", "none", "四人反映，一件来自网格，一件没有写涉及主体")
    ring(HANDLERS[12], 3)
    truth.expect("told", "agency", HANDLERS[12], "A", "none", "三人反映")
    ring(HANDLERS[13], 2)
    truth.spare(HANDLERS[13], "duty.told_people", "只有两人反映")
    ring(HANDLERS[11], 3, 联系电话=phone(93_900_001))
    truth.spare(HANDLERS[11], "duty.told_people", "同一人三次")
    ring(HANDLERS[10], 3, 诉求类型="咨询")
    truth.spare(HANDLERS[10], "lately", "咨询")
    ring(HANDLERS[9], 3, 来电时间="2026-03-31 20:00:00")
    truth.spare(HANDLERS[9], "lately", "早于观察期")
    for _ in range(3):
        told.order("投诉以后一直推诿，城管局不管，", 承办单位=HANDLERS[3])
    truth.spare(HANDLERS[3], "naming", "只是承办，正文没有写它")
    for _ in range(3):
        told.event("居民称城管局对乱搭建不闻不问。", HANDLERS[2])
    truth.spare(HANDLERS[2], "noting", "只是处置部门，正文没有写它")
    ring(HANDLERS[7], 3, "处罚决定已批准分期缴纳，当事人逾期未缴，")
    truth.spare(HANDLERS[7], "blamed", "被排除词抵消")
    ring(f"{COUNTY}盛达物业有限公司", 3)
    truth.spare(f"{COUNTY}盛达物业有限公司", "naming", "被反映的不是机关")
    return told
