"""The next chunk is made while the last one is written; the order stays, and so do the bytes."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Each = TypeVar("Each")
_END = object()


def ahead(source: Iterator[Each]) -> Iterator[Each]:
    """The same items, each made on another thread while the caller is busy with the one before."""
    with ThreadPoolExecutor(1) as worker:
        waiting = worker.submit(next, source, _END)
        while (item := waiting.result()) is not _END:
            waiting = worker.submit(next, source, _END)
            yield item  # type: ignore[misc]
