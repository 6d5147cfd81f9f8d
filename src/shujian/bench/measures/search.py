"""Search over a million texts: the whole way of a question, beside an exact scan and beside SQLite's FTS5."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from shujian.bench.homes import own_home
from shujian.bench.measure import Item, Measure
from shujian.bench.search_data import DATASET, QUESTIONS, TOWNS, Texts, texts
from shujian.bench.search_peers import Fts5, Scan
from shujian.lake.read import SearchPage, SearchRequest, SearchRights, SearchScope, search, wanted

ROWS, FTS_ROWS, ROUNDS, BAR_MS, BUILD_BAR = 1_000_000, 200_000, 15, 20.0, 5_000.0
ALL: SearchScope = {DATASET: SearchRights(frozenset({"content"}))}
THREE_TOWNS: SearchScope = {DATASET: SearchRights(frozenset({"content"}), regions=frozenset(TOWNS[:3]))}


@dataclass(frozen=True)
class Times:
    """Milliseconds of every question, each asked several times."""

    by_kind: dict[str, list[float]]

    def at(self, share: float) -> float:
        """A quantile over all questions."""
        every = sorted(one for taken in self.by_kind.values() for one in taken)
        return every[min(len(every) - 1, int(share * len(every)))]

    def medians(self) -> dict[str, float]:
        """The median of each kind."""
        return {kind: round(statistics.median(taken), 2) for kind, taken in self.by_kind.items()}


def measured(rows: int = ROWS, fts_rows: int = FTS_ROWS) -> list[Item]:
    """p95 of a first page, of a first page under rights, and the index built, each beside its peer."""
    with own_home() as folder:
        lake = texts(folder, rows)
        started, burned = time.perf_counter(), time.process_time()
        _ask("示例", lake, ALL)
        seconds, cpu = time.perf_counter() - started, time.process_time() - burned
        size = _bytes(folder / "lake" / "search")
        scan = Scan(lake.files)
        fts = Fts5(folder / "fts.sqlite3", lake.files, fts_rows)
        items = [
            _latency("search.1m", "检索首页", lake, ALL, scan, ()),
            _latency("search.1m", "检索首页，只许看三个镇", lake, THREE_TOWNS, scan, TOWNS[:3]),
        ]
        return [*items, _built(lake, rows / seconds, rows / cpu, size, fts)]


def _ask(question: str, lake: Texts, scope: SearchScope) -> SearchPage:
    return search(SearchRequest(wanted=wanted(question)), scope, lake.snapshot)


def _latency(
    name: str, title: str, lake: Texts, scope: SearchScope, scan: Scan, towns: Sequence[str]
) -> Item:
    ours, burned, theirs, same = Times({}), Times({}), Times({}), True
    counts: dict[str, Any] = {}
    for kind, questions in QUESTIONS.items():
        for question in questions:
            started = time.perf_counter()
            total, moments = scan.first_page(question, towns)
            theirs.by_kind.setdefault(kind, []).append(1000 * (time.perf_counter() - started))
            page = _ask(question, lake, scope)
            counts[question] = f"≥{page.total}" if page.at_least else page.total
            same = same and _agrees(page, total, moments)
    for _ in range(ROUNDS):
        for kind, questions in QUESTIONS.items():
            for question in questions:
                started, used = time.perf_counter(), time.process_time()
                _ask(question, lake, scope)
                burned.by_kind.setdefault(kind, []).append(1000 * (time.process_time() - used))
                ours.by_kind.setdefault(kind, []).append(1000 * (time.perf_counter() - started))
    return Item(
        name=name, title=f"{title}，{lake.rows:,} 条，p95", figure=ours.at(0.95), unit="毫秒",
        peer="DuckDB contains 扫描", peer_figure=theirs.at(0.95), bar=BAR_MS, better="lower", bar_on="figure",
        same=same, rows=lake.rows,
        facts={"p50": round(ours.at(0.5), 2), "p99": round(ours.at(0.99), 2), "cpu_p50": round(burned.at(0.5), 2),
               "cpu_p95": round(burned.at(0.95), 2), "medians": ours.medians(), "cpu_medians": burned.medians(),
               "peer_p50": round(theirs.at(0.5), 1), "counts": counts},
    )  # fmt: skip


def _agrees(page: SearchPage, total: int, moments: list[Any]) -> bool:
    """Whether count and newest rows are those of the scan; "at least" must not say more than there is."""
    counted = page.total <= total if page.at_least else page.total == total
    return counted and [hit.day for hit in page.items] == [moment.date() for moment in moments]


def _built(lake: Texts, rate: float, cpu_rate: float, size: int, fts: Fts5) -> Item:
    two, three = "欠薪", "电动车"
    return Item(
        name="search.1m", title=f"建检索索引，{lake.rows:,} 条", figure=rate, unit="行/秒",
        peer=f"SQLite FTS5 trigram（{fts.rows:,} 条）", peer_figure=fts.rows / fts.seconds, bar=BUILD_BAR, bar_on="figure",
        better="higher", same=None, rows=lake.rows,
        facts={
            "rows_per_cpu_second": round(cpu_rate), "megabytes": round(size / 1e6, 1), "bytes_a_row": round(size / lake.rows, 1),
            "peer_megabytes": round(fts.bytes / 1e6, 1), "peer_bytes_a_row": round(fts.bytes / fts.rows, 1),
            "peer_finds": {two: fts.count(two), three: fts.count(three)},
            "we_find": {word: _ask(word, lake, ALL).total for word in (two, three)},
        },
        note="FTS5 的三字索引找不到两个字的词",
    )  # fmt: skip


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


MEASURES = [Measure("search.1m", "一百万条文字的检索", partial(measured), one_core=False)]
