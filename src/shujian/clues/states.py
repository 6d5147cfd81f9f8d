"""States of a clue and the one table of what leads from where to where (domain.md §2.1)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices

from shujian.accounts.read import Role


class State(TextChoices):
    """C3 to C8 come with the casework; these four carry a clue from the machine to a first judgement."""

    C0 = "C0", "疑似命中"
    C1 = "C1", "待初核"
    C2 = "C2", "初核中"
    C9 = "C9", "已排除"


class Held(TextChoices):
    """Why a machine did not push a clue by itself."""

    NONE = "", "—"
    IDENTITY = "identity", "待核身份"
    POSSIBLE = "possible", "可能存在记录"
    UNKNOWN = "unknown", "数据不全"
    RETURNED = "returned", "已退回"


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


class ReturnReason(TextChoices):
    """Why a unit sends a pushed clue back."""

    WRONG_UNIT = "wrong_unit", "归口不符"
    THIN = "thin", "材料不全"
    DOUBLE = "double", "重复推送"
    OTHER = "other", "其他"


@dataclass(frozen=True)
class Transition:
    """One legal step. ``reasons``: closed list to choose from; ``note``: whether words are asked for."""

    verb: str
    title: str
    sources: tuple[State, ...]
    target: State
    roles: frozenset[Role]
    handler_only: bool = False
    reasons: type[TextChoices] | None = None
    note: bool = False
    hint: str = ""


_UNIT = frozenset({Role.BMFZR, Role.CBR})
TRANSITIONS: dict[str, Transition] = {
    step.verb: step
    for step in (
        Transition(
            "push", "核实后推送", (State.C0,), State.C1, _UNIT, note=True,
            hint="写明如何核实了身份，或如何排除了可能存在的记录",
        ),
        Transition("sign", "签收", (State.C1,), State.C2, _UNIT),
        Transition(
            "return", "退回", (State.C1,), State.C0, _UNIT, reasons=ReturnReason, note=True,
            hint="写明退回的具体情况",
        ),
        Transition(
            "exclude", "排除", (State.C0, State.C2), State.C9, frozenset({Role.CBR, Role.ZL, Role.BMFZR}),
            handler_only=True, reasons=Exclusion, note=True, hint="写明核查经过；理由将回填到模型的误报统计",
        ),
        Transition(
            "reopen", "复查", (State.C9,), State.C2, frozenset({Role.BMFZR}), note=True,
            hint="写明新的证据或复查的理由",
        ),
    )
}  # fmt: skip
"""verb → transition. The machine's own push (C0 → C1 of a sure hit) is in ``merging`` and asks no role."""
