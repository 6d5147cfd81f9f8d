"""Synthetic complaints by a fixed seed: everyday sentences, with keywords planted in a few.

Near misses are as common as in life: parts of keywords stand in most texts, whole ones in about one of 25.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shujian.bench.vocabulary import OFFICES, PLACES, SENTENCES, SHORT, THINGS, TROUBLES

SEED = 20261122
PLANTED_SHARE = 0.04
_POOL = 4000


@dataclass(frozen=True)
class Complaints:
    """A column of texts and the keywords to look for in it."""

    column: pa.LargeStringArray
    words: tuple[str, ...]


def make(rows: int, words: int) -> Complaints:
    """``rows`` texts of about 170 characters, and ``words`` distinct keywords of two to seven characters."""
    chance = np.random.default_rng(SEED)
    chosen = keywords(words, chance)
    sentences = [_sentence(chance) for _ in range(_POOL)]
    offsets = np.concatenate([[0], np.cumsum(chance.integers(6, 16, rows))]).astype(np.int64)
    picks = chance.integers(0, _POOL, int(offsets[-1]))
    heads = offsets[:-1][chance.random(rows) < PLANTED_SHARE]
    picks[heads] = _POOL + chance.integers(0, len(chosen), len(heads))
    pool = pa.array([*sentences, *(f"反映{word}的情况，" for word in chosen)], pa.large_string())
    lists = pa.LargeListArray.from_arrays(pa.array(offsets), pool.take(pa.array(picks)))
    return Complaints(pc.binary_join(lists, pa.scalar("", pa.large_string())), tuple(chosen))


def keywords(count: int, chance: np.random.Generator) -> list[str]:
    """Rare short words (赌博) and things with troubles (噪声扰民, 井盖缺失), in an order that the seed fixes."""
    pairs = [thing + trouble for thing in THINGS for trouble in TROUBLES]
    order = chance.permutation(len(pairs))
    words = [*SHORT, *(pairs[place] for place in order)][:count]
    return [words[place] for place in chance.permutation(len(words))]


def _sentence(chance: np.random.Generator) -> str:
    return SENTENCES[chance.integers(len(SENTENCES))].format(
        place=f"{PLACES[chance.integers(len(PLACES))]}{chance.integers(1, 300)}号",
        thing=THINGS[chance.integers(len(THINGS))],
        trouble=TROUBLES[chance.integers(len(TROUBLES))],
        office=OFFICES[chance.integers(len(OFFICES))],
        days=chance.integers(2, 90),
    )
