"""Every operation of the API: the right that it asks, what goes on record, and what a request must bring.

``operation`` is the one decorator of all of them, as ``plain.doors.route`` is of the pages. ``guard`` reads ``DOORS``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpRequest
from ninja import Router

from shujian.accounts.read import Actor
from shujian.faces.plain.doors import actor_of

F = TypeVar("F", bound=Callable[..., Any])
Thing = Callable[[HttpRequest, Actor, Mapping[str, Any]], str]


@dataclass(frozen=True, kw_only=True)
class Door:
    """One operation. ``address``: as Django writes it, ``clues/<number>``.

    ``reads``: it shows persons' data; the look at ``thing`` is on record under this name before it happens. ``stranger``:
    open without a session. ``before_change``: open before a one-time password is changed and a second factor enrolled.
    ``look``: a POST that shows and changes nothing, so that it takes no Idempotency-Key. ``once``: its answer holds a
    password and is never kept. ``if_match``: it changes a clue and asks for the version it rests on. ``upload``: takes a
    file. ``file``: the media types of an answer that is a file.
    """

    name: str
    method: str
    address: str
    action: str
    summary: str
    reads: str = ""
    thing: Thing | None = None
    stranger: bool = False
    before_change: bool = False
    look: bool = False
    once: bool = False
    if_match: bool = False
    upload: bool = False
    file: tuple[str, ...] = ()
    tagged: bool = False

    @property
    def unsafe(self) -> bool:
        """Whether it changes something, or is a look that is asked for by POST."""
        return self.method != "GET"

    @property
    def keyed(self) -> bool:
        """Whether it takes an Idempotency-Key."""
        return self.method == "POST" and not self.look and not self.stranger


DOORS: dict[tuple[str, str], Door] = {}
"""(address, method) → operation."""


def operation(
    router: Router, method: str, path: str, *, action: str, summary: str, answer: Any, status: int = 200, tag: str, **told: Any
) -> Callable[[F], F]:  # fmt: skip
    """List the function as an operation; ``answer``: the shape of what it answers, None for none or a file."""

    def decorate(function: F) -> F:
        address = path.lstrip("/").replace("{", "<").replace("}", ">")
        name = function.__name__
        door = Door(name=name, method=method, address=address, action=action, summary=summary, **told)
        if (address, method) in DOORS and DOORS[address, method].name != name:
            raise AssertionError(f"{method} {address}: two operations")
        DOORS[address, method] = door
        router.api_operation(
            [method], path, response={status: answer}, operation_id=name, summary=summary, tags=[tag],
            description=(function.__doc__ or "").strip().splitlines()[0], url_name=f"{name}",
        )(function)  # fmt: skip
        return function

    return decorate


def who(request: HttpRequest) -> Actor:
    """The person behind a request that the guard let through."""
    actor = actor_of(request)
    assert actor is not None, "the guard lets nobody through without a session"
    return actor
