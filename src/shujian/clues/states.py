"""States of a clue and the one table of what leads from where to where (domain.md §2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from django.db.models import TextChoices

from shujian.accounts.read import Role


class State(TextChoices):
    """From the machine's hit (C0) by a first check (C1–C3) and an assessment (C4, C5) to an end (C6, C8, C9)."""

    C0 = "C0", "疑似命中"
    C1 = "C1", "待初核"
    C2 = "C2", "初核中"
    C3 = "C3", "待补充数据"
    C4 = "C4", "已登记"
    C5 = "C5", "评估调查中"
    C6 = "C6", "已成案"
    C7 = "C7", "内部移送中"
    C8 = "C8", "已移送他院他机关"
    C9 = "C9", "已排除"


class Held(TextChoices):
    """Why a machine did not push a clue by itself."""

    NONE = "", "—"
    IDENTITY = "identity", "待核身份"
    POSSIBLE = "possible", "可能存在记录"
    UNKNOWN = "unknown", "数据不全"
    RETURNED = "returned", "已退回"


class Origin(TextChoices):
    """Where a clue comes from."""

    MODEL = "model", "监督模型"
    HAND = "hand", "人工录入"
    SPLIT = "split", "分出"


class Exclusion(TextChoices):
    """The closed list of reasons why a clue is no matter; they feed the model's precision."""

    SAME_NAME = "same_name", "同名异人"
    WRONG_DATA = "wrong_data", "数据错误"
    OLD_DATA = "old_data", "数据过期"
    DONE = "done", "已处理／已整改"
    DOUBLE = "double", "重复线索"
    NO_OFFENCE = "no_offence", "法律上不构成"
    EXEMPT = "exempt", "有豁免情形"
    WEAK = "weak", "证据不足"
    NOT_OURS = "not_ours", "不属管辖"
    RULE = "rule", "规则误报（关键词歧义）"
    OTHER = "other", "其他"


NEUTRAL = frozenset({Exclusion.DONE.value, Exclusion.DOUBLE.value, Exclusion.NOT_OURS.value})
"""Reasons that say nothing of whether the machine was right."""


class ReturnReason(TextChoices):
    """Why a unit sends a pushed clue back."""

    WRONG_UNIT = "wrong_unit", "归口不符"
    THIN = "thin", "材料不全"
    DOUBLE = "double", "重复推送"
    OTHER = "other", "其他"


class Asks(Enum):
    """What a step asks for besides reasons and words: a unit of the procuratorate, an outside body, a case number."""

    UNIT = "unit", "移送部门"
    BODY = "body", "接收机关"
    CASE = "case", "案件编号"

    @property
    def code(self) -> str:
        """The name in a form."""
        return self.value[0]

    @property
    def title(self) -> str:
        """The label in a form."""
        return self.value[1]


class Place(Enum):
    """Where a person must stand to take a step."""

    UNIT = "归口单元"
    OFFERED = "接收部门"
    HOUSE = "本院"


@dataclass(frozen=True)
class Transition:
    """One legal step. ``reasons``: closed list to choose from; ``note``: whether words are asked for; ``place``: whose
    people take it; ``outward``: it lets the clue count as more than a machine's guess, so its ground must hold.
    """

    verb: str
    title: str
    sources: tuple[State, ...]
    target: State
    roles: frozenset[Role]
    handler_only: bool = False
    reasons: type[TextChoices] | None = None
    note: bool = False
    hint: str = ""
    asks: Asks | None = None
    place: Place = Place.UNIT
    outward: bool = False


_UNIT = frozenset({Role.BMFZR, Role.CBR})
TRANSITIONS: dict[str, Transition] = {
    step.verb: step
    for step in (
        Transition(
            "push", "核实后推送", (State.C0,), State.C1, _UNIT, note=True,
            hint="写明如何核实了身份，或如何排除了可能存在的记录", outward=True,
        ),
        Transition("sign", "签收", (State.C1,), State.C2, _UNIT),
        Transition(
            "return", "退回", (State.C1,), State.C0, _UNIT, reasons=ReturnReason, note=True,
            hint="写明退回的具体情况",
        ),
        Transition(
            "transfer", "转其他部门", (State.C1,), State.C1, _UNIT, note=True, asks=Asks.UNIT,
            hint="写明为什么应由该部门初核",
        ),
        Transition(
            "need_data", "待补充数据", (State.C2,), State.C3, frozenset({Role.CBR}), handler_only=True, note=True,
            hint="写明缺什么数据、向谁调取",
        ),
        Transition(
            "data_here", "数据到位", (State.C3,), State.C2, frozenset({Role.CBR, Role.ZL}), handler_only=True, note=True,
            hint="写明收到了什么",
        ),
        Transition(
            "register", "登记为正式线索", (State.C2,), State.C4, frozenset({Role.CBR}), handler_only=True, note=True,
            hint="写明初核情况和认为有价值的理由", outward=True,
        ),
        Transition("assess", "开展评估调查", (State.C4,), State.C5, frozenset({Role.CBR}), handler_only=True),
        Transition(
            "refer_out", "移送他院他机关", (State.C4, State.C5), State.C8, frozenset({Role.JCZ}), note=True,
            hint="写明不属本院管辖的理由", asks=Asks.BODY, place=Place.HOUSE, outward=True,
        ),
        Transition(
            "receipt", "登记回执", (State.C8,), State.C8, frozenset({Role.AG, Role.CBR}), note=True,
            hint="写明回执的日期和内容", place=Place.HOUSE,
        ),
        Transition(
            "refer_inside", "内部移送", (State.C5,), State.C7, frozenset({Role.CBR}), handler_only=True, note=True,
            hint="写明移送的理由；由案件管理部门审核后分流", asks=Asks.UNIT, outward=True,
        ),
        Transition(
            "dispatch", "分流", (State.C7,), State.C7, frozenset({Role.AG}), note=True,
            hint="写明审核意见", asks=Asks.UNIT, place=Place.HOUSE,
        ),
        Transition("accept", "接收", (State.C7,), State.C5, _UNIT, place=Place.OFFERED),
        Transition(
            "decline", "退回移送", (State.C7,), State.C5, frozenset({Role.BMFZR}), reasons=ReturnReason, note=True,
            hint="只能退回一次，写明理由", place=Place.OFFERED,
        ),
        Transition(
            "file_case", "立案", (State.C5,), State.C6, frozenset({Role.JCZ}), note=True,
            hint="写明立案决定书的日期和案由", asks=Asks.CASE, place=Place.HOUSE, outward=True,
        ),
        Transition(
            "no_case", "不立案", (State.C5,), State.C9, frozenset({Role.BMFZR}), reasons=Exclusion, note=True,
            hint="写明评估调查的结论和不立案的理由",
        ),
        Transition(
            "exclude", "排除", (State.C0, State.C2, State.C3), State.C9, frozenset({Role.CBR, Role.ZL, Role.BMFZR}),
            handler_only=True, reasons=Exclusion, note=True, hint="写明核查经过；理由将回填到模型的误报统计",
        ),
        Transition(
            "reopen", "复查", (State.C9,), State.C2, frozenset({Role.BMFZR}), note=True,
            hint="写明新的证据或复查的理由",
        ),
    )
}  # fmt: skip
"""verb → transition. The machine's own push (C0 → C1 of a sure hit) is in ``merging`` and asks no role."""

DEEDS = {
    "snooze": "暂缓", "wake": "结束暂缓", "join": "并入", "unjoin": "拆开", "split": "分出", "unsplit": "收回分出",
    "help_on": "增加协办", "help_off": "结束协办", "object": "登记异议", "answer": "答复异议", "look": "抽查", "assign": "分派",
}  # fmt: skip
"""What people do to a clue besides the steps of the table; the state stays, or is told in the note."""
