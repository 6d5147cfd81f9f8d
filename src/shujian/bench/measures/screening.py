"""Keyword screening in memory on one core, beside bare hyperscan and beside polars ``extract_many``."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from shujian.bench.complaints import make
from shujian.bench.measure import Item, Measure, alternate, cpu_facts
from shujian.bench.text_peers import bare_hyperscan, polars_extract, same_as_bare, same_as_polars
from shujian.lake.read import find_words

ROWS = 300_000
BARE_BAR = 0.8
POLARS_BARS = {96: 2.0, 2000: 4.0}


def screening(words: int, rows: int = ROWS) -> list[Item]:
    """Rows a second: every word with its place in every row."""
    data = make(rows, words)
    ours = find_words(data.column, data.words)
    peers = {"bare": bare_hyperscan(data), "polars": polars_extract(data)}
    works: dict[str, Callable[[], object]] = {"ours": lambda: find_words(data.column, data.words)}
    works |= {key: work for key, work in peers.items() if work is not None}
    times = dict(zip(works, alternate(*works.values()), strict=True))
    rates = {key: rows / timing.wall for key, timing in times.items()}
    same = {
        "bare": same_as_bare(ours, works["bare"](), data) if "bare" in works else None,
        "polars": same_as_polars(ours, works["polars"](), data.words) if "polars" in works else None,
    }
    facts = {
        "hits": ours.num_rows,
        "rows_with_hits": len(ours["row"].unique()),
        "keywords": words,
        "megabytes": round(data.column.nbytes / 1e6, 1),
    }
    return [
        Item(
            name=f"screening.{words}",
            title=f"内存中关键词匹配，{words} 词，单核",
            figure=rates["ours"],
            unit="行/秒",
            peer=peer,
            peer_figure=rates.get(key),
            bar=bar,
            better="higher",
            same=same[key],
            rows=rows,
            facts=facts | (cpu_facts(times["ours"], times[key]) if key in times else {}),
            note=None if key in rates else f"未安装 {peer}，无从比较",
        )
        for key, peer, bar in (
            ("bare", "hyperscan", BARE_BAR),
            ("polars", "polars extract_many", POLARS_BARS[words]),
        )
    ]


MEASURES = [
    Measure(f"screening.{words}", f"内存中关键词匹配，{words} 词", partial(screening, words))
    for words in POLARS_BARS
]
