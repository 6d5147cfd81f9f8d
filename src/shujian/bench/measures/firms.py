"""Resolving firms at scale: 100,000 that ask among 1,000,000 registered, from columns as the lake keeps them.

Beside it, on the same rows: comparing everything with everything by rapidfuzz (a thousandth of it, extrapolated),
an exact join on core names, and Splink, where it is installed.
"""

from __future__ import annotations

import resource
import time
from functools import partial
from typing import Any

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from shujian.bench.firm_lists import Lists, made_apart
from shujian.bench.measure import Item, Measure
from shujian.matching.firms import joins, peer
from shujian.matching.firms.hashing import whole
from shujian.matching.firms.ladder import Resolved, resolve
from shujian.matching.firms.lists import aligned
from shujian.supervision.read import firm_limits

BAR_SECONDS, BAR_MB = 6.0, 1024.0
_BLOCKS = ("uscc", "core", "left(core, 4)", "address")
"""For Splink at this size: by the last characters of a core too, it took 18 GB and was stopped."""
SAMPLE = 20
"""Left firms of the brute-force run; its time is multiplied up."""


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _resolved(given: Lists) -> Resolved:
    limits = firm_limits()
    return resolve(*aligned(given.left, given.right, least_region=limits.least_region), limits)


def measured(left: int, right: int) -> list[Item]:
    """Seconds and peak memory of ours, then the peers one after the other in the same process."""
    given = made_apart(left, right)
    before = _peak()
    began, burned = time.perf_counter(), time.process_time()
    found = _resolved(given)
    ours, cpu = time.perf_counter() - began, time.process_time() - burned
    peak = _peak()
    facts: dict[str, Any] = {
        **_quality(given, found), "cpu": round(cpu, 2), "lists_mb": round(before), "peak_mb_of_ours": round(peak),
        "exact_join_seconds": _exact(given), "cuts": len(found.cuts),
    }  # fmt: skip
    brute = _brute(given)
    title = f"认定单位，{left:,} × {right:,}"
    shared: dict[str, Any] = {"unit": "秒", "better": "lower", "rows": left + right}
    items = [
        Item(
            name="firms.100k_1m", title=title, figure=ours, peer="rapidfuzz 逐一比较（按千分之一推算）", peer_figure=brute,
            bar=BAR_SECONDS, bar_on="figure", facts=facts, **shared,
        ),
        Item(
            name="firms.memory", title=f"{title}，峰值内存（含两份名单 {before:,.0f} MB）", figure=peak, unit="MB", peer="两份名单本身",
            peer_figure=before, bar=BAR_MB, bar_on="figure", better="lower", rows=left + right,
        ),
    ]  # fmt: skip
    return [*items, _splink(given, ours, title, shared)]


def _quality(given: Lists, found: Resolved) -> dict[str, int]:
    pairs = found.pairs
    link = np.where(found.answer >= 0, pairs.right[found.answer], -1)
    true = given.truth >= 0
    return {
        "true": int(true.sum()), "right": int((true & (link == given.truth)).sum()),
        "false": int(((link >= 0) & (link != given.truth)).sum()),
    }  # fmt: skip


def _exact(given: Lists) -> float:
    """Seconds of the exact join on core names alone, without the neighbourhood."""
    began = time.perf_counter()
    joins.equal(whole(given.left.core), whole(given.right.core), cap=200)
    return round(time.perf_counter() - began, 3)


def _brute(given: Lists) -> float:
    few, many = given.left.core.slice(0, SAMPLE).to_pylist(), given.right.core.to_pylist()
    began = time.perf_counter()
    for start in range(0, len(many), 100_000):
        cdist(
            few, many[start : start + 100_000], scorer=OSA.distance, score_cutoff=1, dtype=np.int8, workers=-1
        )
    return (time.perf_counter() - began) * len(given.left) / SAMPLE


def _splink(given: Lists, ours: float, title: str, shared: dict[str, Any]) -> Item:
    named = partial(
        Item,
        name="firms.splink",
        title=f"{title}，与 Splink 5 相比",
        figure=ours,
        peer="Splink 5（DuckDB）",
        bar=1.0,
        **shared,
    )
    if not peer.available():
        return named(peer_figure=None, note="未安装 Splink")
    began = time.perf_counter()
    found = peer.linked(given.left, given.right, least=0.5, blocks=_BLOCKS)
    seconds = time.perf_counter() - began
    link = dict(zip(found["left"].to_pylist(), found["right"].to_pylist(), strict=True))
    right = sum(given.truth[row] == place for row, place in link.items())
    return named(
        peer_figure=seconds, facts={"splink_right": int(right), "splink_false": len(link) - int(right)}
    )


MEASURES = [
    Measure("firms.100k_1m", "认定单位，十万对一百万", partial(measured, 100_000, 1_000_000), one_core=False)
]
