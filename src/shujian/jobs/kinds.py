"""What can be done behind the pages: kinds of work by name. ``server/subscriptions.py`` lists them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.module_loading import import_string

from shujian.kernel.errors import Fault, Unavailable

Work = Callable[[Mapping[str, Any]], str]
"""Takes the arguments of a job and says in a few words what was done, without personal data. It may be called twice for
one job (its worker may die after the work and before the report), so doing it again must change nothing."""


@dataclass(frozen=True)
class Kind:
    """``path``: dotted name of its ``Work``, imported when first done. ``every``: minutes between regular jobs, 0 for none."""

    name: str
    title: str
    path: str
    every: int = 0


_kinds: dict[str, Kind] = {}


def offer(*kinds: Kind) -> None:
    """Make kinds of work known; offering one again replaces it."""
    for kind in kinds:
        _kinds[kind.name] = kind


def kinds() -> tuple[Kind, ...]:
    """All that is known, in the order of offering."""
    return tuple(_kinds.values())


def title_of(name: str) -> str:
    """What a kind is called on a page; its own name where the code no longer knows it."""
    return _kinds[name].title if name in _kinds else name


def work_of(name: str) -> Work:
    """The function behind a name. Raises Unavailable where this version knows none."""
    if name not in _kinds:
        raise Unavailable(Fault(code="unknown_work", message="这个版本没有这种后台任务"))
    found: Work = import_string(_kinds[name].path)
    return found
