"""Several models on one snapshot, two at once: while one reads, the other counts. Each result is as if it ran alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from shujian.kernel.errors import ShujianError
from shujian.lake.read import Snapshot
from shujian.supervision.result import RunResult

AT_ONCE = 2
"""More than two hold more in memory and are no faster: the engine itself uses every core for large work."""
MOST_ROWS = 4_000_000
"""In a larger lake one model alone keeps every core busy, and two would hold twice the memory."""


def run_several(
    names: Sequence[str], run: Callable[[str], RunResult], at_once: int, weights: Mapping[str, int]
) -> Iterator[tuple[str, RunResult | ShujianError]]:
    """Run models, the heaviest first; answers come in the order of ``names``, each with its result or with what was wrong.

    ``at_once``: how many run beside each other; with one, each is run when its answer is asked for.
    """
    if at_once < 2 or len(names) < 2:
        yield from ((name, _told(run, name)) for name in names)
        return
    pool = ThreadPoolExecutor(at_once, "model")
    try:
        heaviest = sorted(dict.fromkeys(names), key=lambda name: -weights.get(name, 0))
        running = {name: pool.submit(_told, run, name) for name in heaviest}
        for name in names:
            yield name, running[name].result()
    finally:
        pool.shutdown(cancel_futures=True)


def beside(snapshot: Snapshot, threads: int | None) -> int:
    """How many models may run at once on a lake, with so many threads (None: as many as there are cores)."""
    large = sum(pin.rows for pin in snapshot.datasets.values()) > MOST_ROWS
    return 1 if large else min(AT_ONCE, threads or os.cpu_count() or 1)


def _told(run: Callable[[str], RunResult], name: str) -> RunResult | ShujianError:
    try:
        return run(name)
    except ShujianError as error:
        return error
