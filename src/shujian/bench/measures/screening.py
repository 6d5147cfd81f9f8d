"""Keyword screening in memory on one core, beside bare hyperscan and beside polars ``extract_many``."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa

from shujian.bench.complaints import Complaints, make
from shujian.bench.measure import Item, Measure, alternate
from shujian.lake.screening.matchers import HyperscanMatcher, collector, matcher
from shujian.lake.screening.scan import buffers, scan, slices

ROWS = 300_000
BARE_BAR = 0.8
POLARS_BARS = {96: 2.0, 2000: 4.0}


def screening(words: int, rows: int = ROWS) -> list[Item]:
    """Rows a second: every word with its place in every row."""
    data = make(rows, words)
    ours = scan(data.column, data.words)
    bare, polars = bare_hyperscan(data), polars_extract(data)
    works: list[Callable[[], object]] = [lambda: scan(data.column, data.words)]
    works += [peer for peer in (bare, polars) if peer is not None]
    keys = ["ours", *(key for key, peer in (("bare", bare), ("polars", polars)) if peer is not None)]
    seconds = dict(zip(keys, alternate(*works), strict=True))
    same_words = None if polars is None else same_as_polars(ours, polars(), data.words)
    same_bare = None if bare is None else same_as_bare(ours, bare(), data)
    facts = {
        "hits": ours.num_rows,
        "rows_with_hits": len(ours["row"].unique()),
        "keywords": words,
        "megabytes": round(data.column.nbytes / 1e6, 1),
    }

    def item(peer: str, key: str, bar: float, same: bool | None) -> Item:
        return Item(
            name=f"screening.{words}",
            title=f"内存中关键词匹配，{words} 词，单核",
            figure=rows / seconds["ours"],
            unit="行/秒",
            peer=peer,
            peer_figure=rows / seconds[key] if key in seconds else None,
            bar=bar,
            better="higher",
            same=same,
            rows=rows,
            facts=facts,
            note=None if key in seconds else f"未安装 {peer}，无从比较",
        )

    return [
        item("hyperscan", "bare", BARE_BAR, same_bare),
        item("polars extract_many", "polars", POLARS_BARS[words], same_words),
    ]


def bare_hyperscan(data: Complaints) -> Callable[[], Any] | None:
    """The same slices, the same callback, the compiled words at hand; ends stay ends of the buffer."""
    compiled = matcher(data.words)
    if not isinstance(compiled, HyperscanMatcher):
        return None
    database = compiled.database
    offsets, values, _ = buffers(data.column)

    def scanned() -> list[Any]:
        found = []
        for base, view in slices(offsets, values):
            packed, on_match = collector()
            database.scan(view, match_event_handler=on_match)
            found.append((base, packed))
        return found

    return scanned


def polars_extract(data: Complaints) -> Callable[[], Any] | None:
    """``extract_many`` with overlaps on a polars column of the same texts."""
    try:
        import polars  # an optional peer
    except ImportError:
        return None
    column = polars.Series(data.column)
    return lambda: column.str.extract_many(list(data.words), overlapping=True)


def same_as_polars(ours: pa.Table, theirs: Any, words: tuple[str, ...]) -> bool:
    """The same words the same number of times in the same rows."""
    lists = theirs.to_arrow()
    counts = np.diff(np.asarray(lists.offsets))
    rows = np.repeat(np.arange(len(lists)), counts)
    flat = lists.flatten().cast(pa.large_string())
    encoded = flat.dictionary_encode()
    place = {word: number for number, word in enumerate(words)}
    number_of = np.array([place[word] for word in encoded.dictionary.to_pylist()], np.int64)
    codes = number_of[np.asarray(encoded.indices)]
    mine = np.stack([ours["row"].to_numpy(), ours["word"].to_numpy().astype(np.int64)])
    return np.array_equal(_sorted(mine), _sorted(np.stack([rows, codes])))


def same_as_bare(ours: pa.Table, theirs: Any, data: Complaints) -> bool:
    """Bare hyperscan's matches without those that cross a row border are ours."""
    offsets, _, _ = buffers(data.column)
    lengths = np.array([len(word.encode()) for word in data.words], np.int64)
    packed = [np.frombuffer(each, np.uint64).astype(np.int64) + (base << 24) for base, each in theirs if each]
    all_of_them = np.concatenate(packed) if packed else np.empty(0, np.int64)
    word, end = all_of_them & 0xFFFFFF, all_of_them >> 24
    row = np.searchsorted(offsets, end - 1, side="right") - 1
    inside = end - lengths[word] >= offsets[row]
    mine = np.stack([ours["row"].to_numpy(), ours["word"].to_numpy().astype(np.int64)])
    return np.array_equal(_sorted(mine), _sorted(np.stack([row[inside], word[inside]])))


def _sorted(pairs: Any) -> Any:
    return pairs[:, np.lexsort(pairs[::-1])]


MEASURES = [
    Measure(f"screening.{words}", f"内存中关键词匹配，{words} 词", partial(screening, words))
    for words in POLARS_BARS
]
