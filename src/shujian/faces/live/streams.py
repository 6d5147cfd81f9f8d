"""One stream: what its reader missed, then what comes, a sign of life now and then, and its end with the session."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass

from asgiref.sync import sync_to_async
from django.db import Error, connections

from shujian.accounts import read as accounts
from shujian.faces.addresses import address_of
from shujian.faces.live.hub import ask, hub
from shujian.notify import read
from shujian.notify.read import News, may_read_news

LIFE = 15.0
"""Seconds between signs of life, and at most until an ended session ends its stream."""
ENDED = "登录已经结束，请重新登录"
STOPPED = "服务正在停止，稍后自动重新连接"
AHEAD = "编号比现有的还新（数据可能从备份恢复过），请重新打开消息列表"
GONE = "编号之前的消息已按期限清除，请重新打开消息列表"


@dataclass(frozen=True)
class Pass:
    """Whose stream it is, and the session on which it hangs."""

    user: int
    session: str
    mark: str


@dataclass(frozen=True)
class _Look:
    news: tuple[News, ...]
    upto: int | None
    unread: int


def _begin(seq: int | None) -> tuple[int, str]:
    """Where to go on, and why the reader has to look anew (empty where not)."""
    floor, newest = read.bounds()
    if seq is None:
        return newest, ""
    if seq > newest:
        return newest, AHEAD
    return (newest, GONE) if seq < floor else (seq, "")


def _look(held: Pass, seq: int) -> _Look | None:
    """What came after ``seq``; None where the session or the right is gone."""
    if not accounts.lasts(held.session, held.user, held.mark):
        return None
    actor = accounts.actor(held.user, held.mark)
    if actor is None or actor.must_change or actor.needs_factor or not may_read_news(actor):
        return None
    news, upto = read.after(actor, seq)
    # Counted up to what was looked at, so that no count runs ahead of its line.
    return _Look(tuple(news), upto, read.unread(actor, upto=seq if upto is None else upto))


async def stream(held: Pass, last: int | None) -> AsyncIterator[str]:
    """The lines of one stream; ends when the session does. A reader that stops reading is held back by the server."""
    await sync_to_async(connections.close_all)()  # the request's own thread keeps none while we wait
    streams = hub()
    with streams.joined(held.user) as bell:
        yield "retry: 5000\n\n"
        seq, reset = await ask(_begin, last)
        if reset:
            yield _event("reset", {"because": reset}, seq)
        told: int | None = None
        while not streams.closing:
            bell.clear()
            try:
                found = await ask(_look, held, seq)
            except Error:
                found = _Look((), None, told or 0)
            if found is None:
                yield _event("end", {"because": ENDED})
                return
            for one in found.news:
                yield _event("news", _line(one), one.seq)
            if found.upto is not None:
                seq = found.upto
            if told is None or found.news or found.unread != told:
                told = found.unread
                yield _event("unread", {"unread": told}, seq)
            elif found.upto is not None:
                yield f"id: {seq}\n\n"
            if found.upto is None:
                yield ": 在\n\n"
                await _wait(bell)
        yield f": {STOPPED}\n\n"


async def _wait(bell: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(bell.wait(), LIFE)
    except TimeoutError:
        return


def _line(one: News) -> dict[str, object]:
    return {"says": one.says, "thing": one.thing, "address": address_of(one.thing), "at": one.at.isoformat()}


def _event(name: str, data: dict[str, object], seq: int | None = None) -> str:
    head = f"id: {seq}\n" if seq is not None else ""
    return f"{head}event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
