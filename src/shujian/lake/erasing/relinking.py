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
    closing: bool = False


def closings(versions: Iterable[Version], gone: frozenset[str]) -> dict[str, str | None]:
    """Row that went and that a closing row ended → the version behind it, which that closing row must end instead.
    None where nothing is left behind: then the closing row ends itself only.
    """
    every = list(versions)
    before = {one.row: one.supersedes for one in every if not one.closing}
    return {
        one.supersedes: _behind(one.supersedes, before, gone)
        for one in every
        if one.closing and one.supersedes in gone and one.supersedes is not None
    }


def relinked(versions: Iterable[Version], gone: frozenset[str]) -> dict[str, str | None]:
    """Remaining row → what it supersedes from now on, for the rows where that changes. ``versions``: all versions of
    the keys concerned, the going ones too. Rows that close a key are left to ``closings``.
    """
    groups: dict[str, list[Version]] = {}
    for one in versions:
        groups.setdefault(one.key, []).append(one)
    changed: dict[str, str | None] = {}
    for group in groups.values():
        changed |= _of_key(group, gone)
    return changed


def _of_key(group: list[Version], gone: frozenset[str]) -> dict[str, str | None]:
    closed = any(one.closing for one in group)
    group = [one for one in group if not one.closing]
    before = {one.row: one.supersedes for one in group}
    left = [one for one in group if one.row not in gone]
    links: dict[str, str | None] = {one.row: _behind(one.row, before, gone) for one in left}
    if not closed and any(one.row in gone for one in group):
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
