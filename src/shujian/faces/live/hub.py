"""One look at the outbox a second for all streams of a process, so that an idle stream asks and holds nothing."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from django.db import Error, connections

from shujian.notify.read import bounds, told_since

P = ParamSpec("P")
R = TypeVar("R")
EVERY = 1.0
_POOL = ThreadPoolExecutor(4, thread_name_prefix="live")


async def ask(question: Callable[P, R], *args: P.args, **named: P.kwargs) -> R:
    """Ask the database in a thread that gives its connection back at once."""
    return await asyncio.get_running_loop().run_in_executor(
        _POOL, partial(_and_close, partial(question, *args, **named))
    )


def _and_close(question: Callable[[], R]) -> R:
    try:
        return question()
    finally:
        connections.close_all()


class Hub:
    """The streams of one event loop by account, each with a bell that rings when there may be news."""

    def __init__(self) -> None:
        self._bells: dict[int, set[asyncio.Event]] = defaultdict(set)
        self._watch: asyncio.Task[None] | None = None
        self.closing = False

    def count(self, user: int) -> int:
        """How many streams an account has open."""
        return len(self._bells.get(user, ()))

    @contextmanager
    def joined(self, user: int) -> Iterator[asyncio.Event]:
        """A bell for one stream, while it is open."""
        bell = asyncio.Event()
        self._bells[user].add(bell)
        if self._watch is None or self._watch.done():
            self._watch = asyncio.get_running_loop().create_task(self._look())
        try:
            yield bell
        finally:
            self._bells[user].discard(bell)
            if not self._bells[user]:
                del self._bells[user]

    def close(self) -> None:
        """Let every stream end: the server is about to stop."""
        self.closing = True
        self._ring(tuple(self._bells))

    def _ring(self, users: tuple[int, ...]) -> None:
        for user in users:
            for bell in self._bells.get(user, ()):
                bell.set()

    async def _look(self) -> None:
        seq = -1
        while self._bells and not self.closing:
            try:
                if seq < 0:
                    seq = (await ask(bounds))[1]
                    self._ring(tuple(self._bells))  # whatever came before the first look
                newest, users = await ask(told_since, seq, tuple(self._bells))
                seq = newest
                self._ring(tuple(users))
            except Error:
                pass  # a database that is away for a moment: the next look finds what was missed
            await asyncio.sleep(EVERY)


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def hub() -> Hub:
    """The hub of the running loop."""
    return _hubs.setdefault(asyncio.get_running_loop(), Hub())


def open_streams(user: int) -> int:
    """How many streams an account has open in this process; asked from any thread."""
    return sum(one.count(user) for one in tuple(_hubs.values()))


def close_streams() -> None:
    """Let all streams of the running loop end."""
    hub().close()
