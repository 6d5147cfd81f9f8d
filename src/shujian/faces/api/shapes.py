"""Shapes of what the API answers that are no frozen value of a room already. The clue as CONTRACT has it, with what may be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any, Generic, TypeVar, get_type_hints

from ninja import Schema
from pydantic import create_model

from shujian.clues.read import Around, ClueDetail, ClueRow, JudgementRow, MatchJudged

T = TypeVar("T")


class Page(Schema, Generic[T]):
    """一页：``next`` 是下一页的标记，没有就是 null；``total`` 是全部条数，不知道就是 null。"""

    items: list[T]
    next: str | None = None
    total: int | None = None


class Done(Schema):
    """办理结果：做了什么（中文），现在的状态和版本；办完以后看不到的线索没有版本。"""

    done: str
    number: str
    state: str | None = None
    state_title: str | None = None
    revision: int | None = None


class Made(Schema):
    """办理结果：新记录的编号和一句话。"""

    done: str
    number: str


class Told(Schema):
    """能不能、为什么、哪一条规则。"""

    allowed: bool
    because: str
    rule: str


def _whole_clue() -> Any:
    kept = {one.name for one in fields(ClueDetail)} - {"row"}
    hints = {
        **get_type_hints(ClueRow),
        **{name: kind for name, kind in get_type_hints(ClueDetail).items() if name in kept},
    }
    told: dict[str, Any] = {name: (kind, ...) for name, kind in hints.items()}
    told |= {"judged": (tuple[MatchJudged, ...], ...), "may_judge": (bool, ...), "judge_because": (str, ...)}
    return create_model("Clue", __base__=Schema, **told)


Clue = _whole_clue()
"""``clue show`` of CONTRACT, and: ``actions``, ``may_unmask``, ``revision``, what may be judged."""


class Beside(Schema):
    """线索旁边的事：协办、批注、附件、并案、异议，和谁能做。"""

    around: Around
    judgements: list[JudgementRow]
    may_look_again: bool


class Look(Schema):
    """看过一次：谁、什么时候、看了什么、为什么；拒绝的也在内。"""

    seq: int
    at: datetime
    actor: str
    display: str
    look: str
    look_title: str
    object: str
    refused: bool
    why: str


class Entry(Schema):
    """审计链上的一条。"""

    seq: int
    at: datetime
    actor: str
    action: str
    object: str
    detail: Mapping[str, Any]
    hash: str
