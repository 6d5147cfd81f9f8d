"""One page for all news: what each is about, how it is said, and who is told. Numbers, verbs and units, no personal data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shujian.accounts.events import DeputyNamed
from shujian.accounts.read import Role, holders
from shujian.clues.events import (
    ClueMoved,
    CluesMerged,
    GroundChanged,
    HelpAsked,
    ObjectionAnswered,
    ObjectionRaised,
    SnoozeEnded,
)
from shujian.jobs.events import JobQuarantined, WorkerEnded
from shujian.runs.events import PublicationAsked, PublicationDecided, ScheduleFailed, ScheduleMissed

Ids = frozenset[int]
_HEADS, _DESK = (Role.BMFZR,), (Role.BMFZR, Role.CBR)


@dataclass(frozen=True)
class Form:
    """``thing``: ``clue:…``, ``unit:…``, ``model:…``, ``job:…``, ``duty``; ``to``: ids of accounts, asked when delivered."""

    thing: Callable[[Any], str]
    says: Callable[[Any], str]
    to: Callable[[Any], Ids]


def _ids(*found: int | None) -> Ids:
    return frozenset(one for one in found if one is not None)


def _moved(news: ClueMoved) -> Ids:
    """The undertaker; and whoever has to do the next thing where that is another."""
    told = _ids(news.handler)
    if news.verb in ("push", "transfer"):
        told |= holders(_DESK, news.unit)
    elif news.verb == "return":
        told |= holders((Role.SJZT,))
    elif news.verb in ("refer_inside", "accept", "decline"):
        told |= holders((Role.AG,))
    elif news.verb == "dispatch":
        told |= holders(_HEADS, news.offered)
    elif news.verb in ("file_case", "refer_out", "receipt"):
        told |= holders(_HEADS, news.unit)
    return told - _ids(news.by)


def _said_moved(news: ClueMoved) -> str:
    where = f"（{news.offered or news.unit}）" if news.verb in ("transfer", "dispatch", "push") else ""
    return f"线索 {news.number}：{news.title}{where}"


def _said_merged(news: CluesMerged) -> str:
    parts = [f"新推送线索 {news.pushed} 条"] if news.pushed else []
    parts += [f"依据已变 {news.withdrawn} 条"] if news.withdrawn else []
    return f"{news.unit}：{'，'.join(parts)}"


def _handler_or_heads(news: Any) -> Ids:
    return _ids(news.handler) or holders(_HEADS, news.unit)


def _objected(news: Any) -> Ids:
    return (_ids(news.handler) | holders(_HEADS, news.unit)) - _ids(news.by)


def _clue(news: Any) -> str:
    return f"clue:{news.number}"


def _model(news: Any) -> str:
    return f"model:{news.model}"


_ASKED = (Role.SJZT, Role.JCZ, Role.FGLD)
FORMS: dict[type, Form] = {
    CluesMerged: Form(lambda n: f"unit:{n.unit}", _said_merged, lambda n: holders(_DESK, n.unit)),
    ClueMoved: Form(_clue, _said_moved, _moved),
    GroundChanged: Form(
        _clue, lambda n: f"线索 {n.number}：依据已变，请核对，已发出的文书须研究是否撤回", lambda n: _ids(n.handler)
    ),
    SnoozeEnded: Form(_clue, lambda n: f"线索 {n.number}：暂缓到期（{n.until}）", _handler_or_heads),
    ObjectionRaised: Form(_clue, lambda n: f"线索 {n.number}：有异议，{n.due} 前答复", _objected),
    ObjectionAnswered: Form(
        _clue, lambda n: f"线索 {n.number}：异议已答复，{'异议成立' if n.upheld else '异议不成立'}", _objected
    ),
    HelpAsked: Form(_clue, lambda n: f"线索 {n.number}：请您协办", lambda n: _ids(n.helper)),
    DeputyNamed: Form(
        lambda _: "duty", lambda n: f"请您代理：{n.from_on} 至 {n.to_on}，本部门有同事请假", lambda n: _ids(n.deputy)
    ),
    PublicationAsked: Form(
        _model, lambda n: f"监督模型“{n.title}”申请发布，等另一个人确认", lambda n: holders(_ASKED) - _ids(n.by)
    ),
    PublicationDecided: Form(
        _model, lambda n: f"监督模型“{n.title}”：{'已确认发布' if n.passed else '不同意发布'}", lambda n: _ids(n.asked_by)
    ),
    ScheduleMissed: Form(_model, lambda n: f"定期运行 {n.model}：{n.due} 错过", lambda _: holders((Role.SJZT,))),
    ScheduleFailed: Form(
        _model, lambda n: f"定期运行 {n.model}：{n.due} {n.state}", lambda _: holders((Role.SJZT,))
    ),
    JobQuarantined: Form(
        lambda n: f"job:{n.job}", lambda n: f"后台任务 {n.job}（{n.title}）试了 {n.attempts} 次没有成功，已隔离",
        lambda _: holders((Role.XTGL,)),
    ),
    WorkerEnded: Form(
        lambda _: "job:", lambda n: f"后台任务进程意外结束（{n.code}），已重新启动", lambda _: holders((Role.XTGL,))
    ),
}  # fmt: skip
"""Every event that people are told of. ``server/subscriptions.py`` subscribes the outbox to each."""

_BY_NAME = {event.__name__: event for event in FORMS}


def news_of(kind: str, body: dict[str, Any]) -> Any | None:
    """The event behind an item; None where this version no longer knows it, or knows it otherwise."""
    event = _BY_NAME.get(kind)
    try:
        return event(**body) if event else None
    except TypeError:
        return None


def said(kind: str, body: dict[str, Any]) -> str:
    """An item as a line of Chinese."""
    news = news_of(kind, body)
    return FORMS[type(news)].says(news) if news is not None else "（以前版本的消息）"
