"""Which version replaces which, once some versions are gone: the rest stands as if they had never come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Version:
    """One stored row as far as versions go."""

    row: str
    key: str
    supersedes: str | None
    as_of: date | None
    received: datetime | None


def relinked(versions: Iterable[Version], gone: frozenset[str]) -> dict[str, str | None]:
    """Remaining row → what it supersedes from now on, for the rows where that changes. ``versions``: all versions of
    the keys concerned, the going ones too.
    """
    groups: dict[str, list[Version]] = {}
    for one in versions:
        groups.setdefault(one.key, []).append(one)
    changed: dict[str, str | None] = {}
    for group in groups.values():
        changed |= _of_key(group, gone)
    return changed


def _of_key(group: list[Version], gone: frozenset[str]) -> dict[str, str | None]:
    before = {one.row: one.supersedes for one in group}
    left = [one for one in group if one.row not in gone]
    links: dict[str, str | None] = {one.row: _behind(one.row, before, gone) for one in left}
    if any(one.row in gone for one in group):
        _wake(left, links)
    return {row: link for row, link in links.items() if link != before[row]}


def _behind(row: str, before: Mapping[str, str | None], gone: frozenset[str]) -> str | None:
    """The nearest version behind a row that remains."""
    link = before[row]
    if link == row:
        return row
    seen = {row}
    while link in gone and link is not None and link not in seen:
        seen.add(link)
        link = before.get(link)
    return None if link in gone or link in seen else link


def _wake(left: list[Version], links: dict[str, str | None]) -> None:
    """A version that came late from an older extract superseded itself, because a later one stood. Where that later
    one is gone, the newest such version takes the place of what is older than it.
    """
    asleep = sorted((one for one in left if links[one.row] == one.row), key=_age, reverse=True)
    for one in asleep:
        replaced = {link for row, link in links.items() if link is not None}
        current = [other for other in left if other.row not in replaced]
        if any(_age(other) >= _age(one) for other in current):
            return
        oldest = min(current, key=_age, default=None)
        links[one.row] = oldest.row if oldest else None


def _age(one: Version) -> tuple[date, str, str]:
    return one.as_of or date.min, one.received.isoformat() if one.received else "", one.row
