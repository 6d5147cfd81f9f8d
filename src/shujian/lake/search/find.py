"""Search over all datasets that a reader may know of: shards asked one by one, merged, verified, cut to a page."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import tantivy

from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.progress import Progress
from shujian.lake.search.ask import Answer, IndexDamaged, ask, damaged, fields_of, open_shard
from shujian.lake.search.plan import Plan, plan_of
from shujian.lake.search.scope import ORDERS, SearchHit, SearchPage, SearchRequest, SearchRights, SearchScope
from shujian.lake.search.shards import Ready, Shard, discard, ready
from shujian.lake.search.snippets import snippet
from shujian.lake.search.text import forms
from shujian.lake.snapshots import Snapshot

MOST = 200
_DEEPEST = 5_000
_SNIPPETS = 3
_TRIES = 3


@dataclass(frozen=True)
class _Cursor:
    """Where a page ended. ``at``: its last order number; ``shown``: rows shown that have it, or rows shown in all
    where the order is by score.
    """

    order: str
    snapshot: str
    at: int
    shown: int
    total: int
    at_least: bool


@dataclass(frozen=True)
class _Place:
    """A found row before it is read; sorts as it is shown."""

    value: Any
    dataset: str
    shard: Shard
    address: tantivy.DocAddress

    @property
    def rank(self) -> tuple[Any, ...]:
        """Highest first; then as the shards lie."""
        return (-self.value, self.dataset, self.shard.path.name, self.address.segment_ord, self.address.doc)


@dataclass(frozen=True)
class _Side:
    """One dataset of a search."""

    plan: Plan
    allowed: SearchRights
    ready: Ready


def search(
    request: SearchRequest,
    scope: SearchScope,
    snapshot: Snapshot,
    *,
    most_rows: int | None = None,
    wait: bool = True,
    progress: Progress | None = None,
) -> SearchPage:
    """One page of what the reader may find in a snapshot's current rows.

    Missing indexes are made first; ``most_rows`` and ``wait`` are those of ``shards.ready``. Raises BadInput for
    an unknown order, a limit out of range, or a cursor that is not of this search.
    """
    _check(request)
    cursor = _read_cursor(request, snapshot)
    for attempt in range(_TRIES):
        sides = _sides(request, scope, snapshot, most_rows, wait, progress)
        try:
            return _page(request, snapshot, sides, cursor)
        except IndexDamaged as error:  # or another process has just replaced the shard
            if attempt == _TRIES - 1:
                raise
            discard(error.shard)
    raise AssertionError("every try ends")


def _check(request: SearchRequest) -> None:
    if request.order not in ORDERS:
        raise _bad("order", "排序方式不认识", request.order, "、".join(ORDERS))
    if not 1 <= request.limit <= MOST:
        raise _bad("limit", "每页条数不对", str(request.limit), f"1 至 {MOST}")
    if request.since and request.until and request.until < request.since:
        raise _bad("until", "起止日期颠倒", f"{request.since} 至 {request.until}", "起在止前")


def _sides(
    request: SearchRequest,
    scope: SearchScope,
    snapshot: Snapshot,
    most_rows: int | None,
    wait: bool,
    progress: Progress | None,
) -> dict[str, _Side]:
    found = {}
    for dataset, pin in sorted(snapshot.datasets.items()):
        if dataset not in scope or not pin.files or (request.datasets and dataset not in request.datasets):
            continue
        plan = plan_of(dataset)
        if plan is None or not (request.person or fields_of(plan, scope[dataset], request)):
            continue
        made = ready(plan, pin.files, most_rows=most_rows, wait=wait, progress=progress)
        most_rows = None if most_rows is None else most_rows - made.made
        found[dataset] = _Side(plan, scope[dataset], made)
    return found


def _page(
    request: SearchRequest, snapshot: Snapshot, sides: Mapping[str, _Side], cursor: _Cursor | None
) -> SearchPage:
    by_score = request.order == "best"
    skip = cursor.shown if cursor else 0
    below = cursor.at if cursor and not by_score else None
    places: list[_Place] = []
    total, at_least = 0, False
    for dataset, side in sides.items():
        for shard in side.ready.shards:
            answer: Answer = ask(
                shard, side.plan, side.allowed, request, most=skip + request.limit + 1, below=below,
                struck=side.ready.struck,
            )  # fmt: skip
            places += [_Place(value, dataset, shard, address) for value, address in answer.hits]
            total += answer.count
            at_least = at_least or answer.at_least
    if cursor:
        total, at_least = cursor.total, cursor.at_least
    places.sort(key=lambda place: place.rank)
    page = places[skip : skip + request.limit]
    more = len(places) > skip + request.limit and not (by_score and skip + request.limit >= _DEEPEST)
    last = _Cursor(
        request.order, snapshot.id, 0 if by_score or not page else int(page[-1].value),
        _shown(page, cursor, by_score), total, at_least,
    )  # fmt: skip
    behind = {dataset: side.ready.behind for dataset, side in sides.items() if side.ready.behind}
    items = _hits(page, sides, request)
    return SearchPage(
        items, _write_cursor(last) if more else None, total, at_least, snapshot.id, snapshot.pinned_at, behind
    )


def _shown(page: list[_Place], cursor: _Cursor | None, by_score: bool) -> int:
    before = cursor.shown if cursor else 0
    if by_score:
        return before + len(page)
    last = int(page[-1].value) if page else None
    same = sum(int(place.value) == last for place in page)
    return same + (before if cursor and last == cursor.at else 0)


def _hits(page: list[_Place], sides: Mapping[str, _Side], request: SearchRequest) -> tuple[SearchHit, ...]:
    words = request.wanted.words if request.wanted else ()
    told = [_told(place) for place in page]
    fields = [
        [field for field in fields_of(sides[place.dataset].plan, sides[place.dataset].allowed, request)
         if field in one["texts"]]
        for place, one in zip(page, told, strict=True)
    ]  # fmt: skip
    searched = iter(
        forms([one["texts"][field] for one, named in zip(told, fields, strict=True) for field in named])
    )
    found = []
    for place, one, named in zip(page, told, fields, strict=True):
        plan = sides[place.dataset].plan
        texts = {field: next(searched) for field in named}
        if not _holds(request, texts):
            raise damaged(place.shard)
        holding = [field for field in named if any(word in texts[field] for word in words)]
        shown = tuple(
            snippet(field, plan.texts[field], one["texts"][field], words)
            for field in (holding or named)[:_SNIPPETS]
        )
        found.append(
            SearchHit(
                place.dataset, plan.title, one["row"], date.fromisoformat(one["day"]) if one["day"] else None,
                one["region"], one["file"], one["sheet"], one["line"], shown,
            )
        )  # fmt: skip
    return tuple(found)


def _told(place: _Place) -> dict[str, Any]:
    raw = open_shard(place.shard).searcher.doc(place.address).get_first("doc")
    if raw is None:
        raise damaged(place.shard)
    told: dict[str, Any] = json.loads(raw)
    return told


def _holds(request: SearchRequest, texts: Mapping[str, str]) -> bool:
    """Whether the row's text holds what the index promises; else the index must not be believed."""
    if request.wanted is None:
        return True
    clauses, without = request.wanted.clauses, request.wanted.without
    found = all(any(word in text for word in clause for text in texts.values()) for clause in clauses)
    return found and not any(word in text for word in without for text in texts.values())


def _read_cursor(request: SearchRequest, snapshot: Snapshot) -> _Cursor | None:
    if not request.cursor:
        return None
    try:
        told = json.loads(base64.urlsafe_b64decode(request.cursor.encode() + b"=="))
        order, named, at, shown, total, at_least = told
        if order != request.order or not all(type(one) is int and one >= 0 for one in (at, shown, total)):
            raise ValueError
    except (ValueError, TypeError, binascii.Error):
        raise _bad("cursor", "翻页标记不对", request.cursor[:40], "同一次检索上一页给出的 next") from None
    if order == "best" and named != snapshot.id:
        raise _bad("cursor", "数据已经更新，按相关排序的结果请从第一页重新看", named, snapshot.id)
    return _Cursor(order, str(named), at, min(shown, _DEEPEST), total, bool(at_least))


def _write_cursor(cursor: _Cursor) -> str:
    raw = json.dumps([*vars(cursor).values()], separators=(",", ":"))
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def _bad(field: str, message: str, found: str, expected: str) -> BadInput:
    return BadInput(Fault(code="bad_filter", message=message, field=field, found=found, expected=expected))
