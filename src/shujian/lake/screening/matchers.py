"""The two engines under a scan: hyperscan, and ahocorasick_rs where hyperscan has no wheel. Same answer."""

from __future__ import annotations

import os
import threading
from array import array
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Protocol

import ahocorasick_rs
import numpy as np
import numpy.typing as npt

from shujian.kernel.errors import BadInput, Fault, FaultList

hyperscan: Any
try:
    import hyperscan
except ImportError:  # no wheel for this platform
    hyperscan = None

_ID_BITS = 24
_ID_MASK = (1 << _ID_BITS) - 1
MOST_WORDS = 1 << _ID_BITS

Found = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]
"""Word numbers, and where each match ends (exclusive, in bytes), in no promised order."""


class Matcher(Protocol):
    """Finds every occurrence of every word in a run of bytes, overlapping and nested ones too."""

    name: str

    def find(self, slices: Sequence[tuple[int, memoryview]]) -> Found:
        """Scan slices of one buffer; each comes with its place in the buffer, which is added to the ends."""


def collector() -> tuple[array[int], Callable[[int, int, int, int, Any], None]]:
    """An array and the callback that fills it: one packed integer a hit, end above and word number below."""
    packed = array("Q")
    keep = packed.append

    def on_match(word: int, _start: int, end: int, _flags: int, _context: Any) -> None:
        keep(end << _ID_BITS | word)

    return packed, on_match


class HyperscanMatcher:
    """One pass over the bytes, nearly flat in the number of words."""

    name = "hyperscan"

    def __init__(self, patterns: Sequence[bytes]) -> None:
        self.database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        count = len(patterns)
        self.database.compile(
            expressions=list(patterns), ids=list(range(count)), elements=count, flags=0, literal=True
        )
        self._scratch_is_ours = threading.Lock()

    def find(self, slices: Sequence[tuple[int, memoryview]]) -> Found:
        """See ``Matcher``. One thread at a time: the scratch space is the database's own."""
        words, ends = [], []
        with self._scratch_is_ours:
            for base, view in slices:
                packed, on_match = collector()
                self.database.scan(view, match_event_handler=on_match)
                if packed:
                    found = np.frombuffer(packed, np.uint64).astype(np.int64)
                    words.append(found & _ID_MASK)
                    ends.append((found >> _ID_BITS) + base)
        return _joined(words), _joined(ends)


class AhoCorasickMatcher:
    """The fallback: every platform has it; three to six times slower."""

    name = "ahocorasick"

    def __init__(self, patterns: Sequence[bytes]) -> None:
        self._automaton = ahocorasick_rs.BytesAhoCorasick(list(patterns))

    def find(self, slices: Sequence[tuple[int, memoryview]]) -> Found:
        """See ``Matcher``."""
        words, ends = [], []
        for base, view in slices:
            matches = self._automaton.find_matches_as_indexes(view, overlapping=True)
            if matches:
                found = np.array(matches, np.int64)
                words.append(found[:, 0])
                ends.append(found[:, 2] + base)
        return _joined(words), _joined(ends)


def checked(words: Sequence[str]) -> tuple[str, ...]:
    """The words as given. Raises BadInput, with every fault, for an empty word, a NUL, a doubled word."""
    faults, seen = FaultList(), set[str]()
    for word in words:
        if not word:
            faults.add(Fault(code="word_empty", message="关键词不能为空", found=repr(word)))
        elif "\x00" in word:
            faults.add(Fault(code="word_nul", message="关键词不能含空字符（NUL）", found=repr(word)))
        elif not _encodable(word):
            faults.add(Fault(code="word_surrogate", message="关键词含不成对的代理字符", found=repr(word)))
        elif word in seen:
            faults.add(Fault(code="word_doubled", message="关键词重复", found=word))
        seen.add(word)
    if len(words) >= MOST_WORDS:
        faults.add(Fault(code="words_too_many", message="关键词过多", found=str(len(words))))
    faults.raise_if_any(BadInput)
    return tuple(words)


def matcher(words: tuple[str, ...], engine: str | None = None) -> Matcher:
    """The compiled words; kept for the next call. ``engine``: hyperscan or ahocorasick, else
    ``SHUJIAN_SCREENING``, else the faster one that is installed.
    """
    chosen = engine or os.environ.get("SHUJIAN_SCREENING") or ("hyperscan" if hyperscan else "ahocorasick")
    return _compiled(words, chosen)


@lru_cache(maxsize=32)
def _compiled(words: tuple[str, ...], engine: str) -> Matcher:
    patterns = [word.encode() for word in words]
    if engine == "hyperscan" and hyperscan is not None:
        return HyperscanMatcher(patterns)
    if engine == "ahocorasick":
        return AhoCorasickMatcher(patterns)
    raise BadInput(
        Fault(
            code="no_such_engine",
            message="没有这种关键词匹配引擎",
            found=engine,
            expected="hyperscan 或 ahocorasick",
        )
    )


def _encodable(word: str) -> bool:
    try:
        word.encode()
    except UnicodeEncodeError:
        return False
    return True


def _joined(parts: list[npt.NDArray[np.int64]]) -> npt.NDArray[np.int64]:
    return np.concatenate(parts) if parts else np.empty(0, np.int64)
