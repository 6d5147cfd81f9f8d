"""Seeded chance: one independent stream per name and chunk, so that adding a source moves no other."""

from __future__ import annotations

import random
import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Text = npt.NDArray[np.object_]


def dice(seed: int, name: str) -> random.Random:
    """A stream for planted, hand-sized work; the same seed and name give the same draws."""
    return random.Random(f"shujian-demo:{seed}:{name}")


def stream(seed: int, name: str, chunk: int = 0) -> np.random.Generator:
    """A stream for bulk columns; chunks are independent, so that any chunk can be made alone."""
    entropy = [seed & 0xFFFFFFFF, seed >> 32 & 0xFFFFFFFF, zlib.crc32(name.encode()), chunk]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy)))


def pick(rng: np.random.Generator, options: Sequence[Any], count: int, weights: Sequence[float] = ()) -> Text:
    """``count`` draws from ``options``, weighted where weights are given."""
    pool = np.empty(len(options), dtype=object)
    pool[:] = list(options)
    if not weights:
        return pool[rng.integers(0, len(options), count)]
    return pool[weighted(rng, weights, count)]


def weighted(rng: np.random.Generator, weights: Sequence[float], count: int) -> npt.NDArray[np.int64]:
    """``count`` indices drawn by weight (inverse of the cumulated weights: stable across versions)."""
    edges = np.cumsum(np.asarray(weights, dtype=np.float64))
    drawn: npt.NDArray[np.int64] = np.searchsorted(edges, rng.random(count) * edges[-1], side="right")
    return drawn


def joined(*columns: Text | str) -> Text:
    """Element-wise concatenation of text columns and constants."""
    length = next(len(column) for column in columns if not isinstance(column, str))
    parts = [[column] * length if isinstance(column, str) else column.tolist() for column in columns]
    out = np.empty(length, dtype=object)
    out[:] = list(map("".join, zip(*parts, strict=True)))
    return out
