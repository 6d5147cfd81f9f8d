"""Cuts: the hits of one list of words in one data file, taken out of its packs once and read by every later run.

A new batch brings a new file, so the cuts of the files before it stay as they are.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from shujian.lake.screening.files import Stored, age, digest, footer_of, written_whole
from shujian.lake.screening.scan import TEXT_HITS

_KEPT = 96
"""Cuts of one data file beyond so many go, the oldest first."""

Key = TypeVar("Key", bound=Hashable)


def stored(folder: Path, words: Sequence[str], file: Path) -> Stored | None:
    """The cut of these words of a data file, if there is one."""
    path = _path(folder, words, file)
    footer = footer_of(path)
    if footer is None or (footer.get("file"), footer.get("size")) != (file.name, file.stat().st_size):
        return None
    return Stored(path, footer["rows"])


def write(
    folder: Path, file: Path, lists: Mapping[Key, tuple[Sequence[str], Sequence[tuple[Path, frozenset[str]]]]]
) -> dict[Key, Stored]:
    """Make cuts of one data file: by key its words, and of which packs which words are taken. Each pack is read once."""
    if not lists:
        return {}
    paths = {key: _path(folder, words, file) for key, (words, _) in lists.items()}
    rows = dict.fromkeys(lists, 0)
    packs = dict.fromkeys(pack for _, chosen in lists.values() for pack, _ in chosen)
    footer = {"file": file.name, "size": file.stat().st_size}
    with written_whole(dict.fromkeys(paths.values(), footer), "screening.cut") as sinks:
        for pack in packs:
            hits = pq.read_table(pack, schema=TEXT_HITS).combine_chunks()
            coded = hits["word"].combine_chunks().dictionary_encode()
            known = coded.dictionary.to_numpy(zero_copy_only=False)
            numbers = coded.indices.to_numpy()
            for key, (_, chosen) in lists.items():
                taken = frozenset[str]().union(*(words for each, words in chosen if each == pack))
                part = hits.filter(pa.array(np.isin(known, list(taken))[numbers]))
                if part.num_rows:
                    sinks[paths[key]].write_table(part)
                    rows[key] += part.num_rows
    every = sorted((folder / "cuts").glob(f"*-{digest([file.name])}.parquet"), key=age, reverse=True)
    for old in every[_KEPT:]:
        old.unlink(missing_ok=True)
    return {key: Stored(path, rows[key]) for key, path in paths.items()}


def of_file(path: Path) -> str:
    """The name that a cut bears for its data file: the digest of the file's name."""
    return path.stem.rpartition("-")[2]


def _path(folder: Path, words: Sequence[str], file: Path) -> Path:
    return folder / "cuts" / f"{digest(words)}-{digest([file.name])}.parquet"
