"""Hits are paid once: each word over each data file, stored beside the lake, found again by every run.

A *pack* holds all hits of some words in one field of one data file, and says in its footer which words and
which file. Data files never change, so a pack never ages. A *cut* (``cuts``) is the part of a file's packs that
one screening asks for, kept for its next run. Both appear under their name only when whole; a torn or foreign one
is made anew. ``hits/<dataset>/.lock`` lets one writer in at a time and dies with its process.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from shujian.kernel.progress import Progress, Silent
from shujian.lake.screening import cuts
from shujian.lake.screening.files import (
    Stored,
    age,
    dataset_folder,
    digest,
    footer_of,
    one_writer,
    written_whole,
)
from shujian.lake.screening.matchers import checked
from shujian.lake.screening.scan import TEXT_HITS, prepared, text_hits

BATCH_ROWS = 10_000
_WRITE_AFTER = 200_000


class Pin(Protocol):
    """What this room needs of a ``DatasetPin``: the Parquet files of one version, as absolute paths."""

    @property
    def files(self) -> tuple[str, ...]:
        """Absolute paths; file names are unique within a dataset, as Delta makes them."""


@dataclass(frozen=True)
class Pack:
    """One stored scan: where it lies and which words it answers for."""

    path: Path
    words: frozenset[str]
    rows: int


def ensure(
    dataset: str, field: str, words: Collection[str], pin: Pin, *, progress: Progress | None = None
) -> list[Path]:
    """Parquet files that together hold ``(_row, word, offset, length)`` for exactly these words over the
    pin's files, each hit once. Words not yet paid for a file are scanned now, by themselves.

    No files or no words: an empty list. Raises BadInput for a word that is empty or holds a NUL.
    """
    return ensure_each(dataset, field, [words], pin, progress=progress)[0]


def ensure_each(
    dataset: str, field: str, lists: Sequence[Collection[str]], pin: Pin, *, progress: Progress | None = None
) -> list[list[Path]]:
    """``ensure`` for several lists of words; each text, and each stored hit, is read once for all of them."""
    wanted = [tuple(checked(sorted(set(words)))) for words in lists]
    files = [Path(name) for name in dict.fromkeys(pin.files)]
    folder, asked = _folder(dataset, field), [words for words in dict.fromkeys(wanted) if words]
    if not asked or not files:
        return [[] for _ in wanted]
    found = _all_cut(folder, asked, files)
    if found is None:
        with (
            one_writer(dataset),
            ThreadPoolExecutor(1) as cutter,
        ):  # one file is cut while the next is scanned
            paid = _pay(folder, field, asked, files, progress or Silent())
            cutting = [cutter.submit(_of_file, folder, asked, file, packs) for file, packs in paid]
            found = [each.result() for each in cutting]
    told = {words: _told([of_file[place] for of_file in found]) for place, words in enumerate(asked)}
    return [told.get(words, []) for words in wanted]


def _all_cut(
    folder: Path, lists: Sequence[Sequence[str]], files: Sequence[Path]
) -> list[list[list[Stored]]] | None:
    """By file and list what is stored, if every list has its cut of every file."""
    found = []
    for file in files:
        stored = [cuts.stored(folder, words, file) for words in lists]
        if None in stored:
            return None
        found.append([[each] for each in stored if each is not None])
    return found


def _of_file(
    folder: Path, lists: Sequence[Sequence[str]], file: Path, packs: Sequence[Pack]
) -> list[list[Stored]]:
    """By list: the packs that hold nothing else, or its cut of this file."""
    found: list[list[Stored]] = []
    missing: dict[int, list[tuple[Path, frozenset[str]]]] = {}
    for place, words in enumerate(lists):
        chosen, left = list[tuple[Path, frozenset[str]]](), set(words)
        whole = list[Stored]()
        for pack in packs:
            taken = frozenset(pack.words & left)
            left -= taken
            if taken:
                chosen.append((pack.path, taken))
                if taken == pack.words:
                    whole.append(Stored(pack.path, pack.rows))
        if len(whole) == len(chosen):
            found.append(whole)
            continue
        known = cuts.stored(folder, words, file)
        found.append([known] if known else [])
        if known is None:
            missing[place] = chosen
    made = cuts.write(folder, file, {place: (lists[place], chosen) for place, chosen in missing.items()})
    for place, cut in made.items():
        found[place] = [cut]
    return found


def _told(of_files: Sequence[Sequence[Stored]]) -> list[Path]:
    """The files that hold hits; one where none does, so that there is something to read."""
    every = [each for of_file in of_files for each in of_file]
    return [each.path for each in every if each.rows] or [every[0].path]


def in_memory(table: pa.Table, field: str, words: Collection[str]) -> pa.Table:
    """The same columns for a table that is not stored; it must have ``_row``. No such field: no hits."""
    wanted = checked(sorted(set(words)))
    if field not in table.column_names or not wanted:
        return TEXT_HITS.empty_table()
    return text_hits(table["_row"], table[field], prepared(wanted))


def paid(dataset: str, field: str, file: str | Path) -> frozenset[str]:
    """The words whose hits in this data file are stored."""
    return frozenset[str]().union(*(pack.words for pack in _packs(_folder(dataset, field), Path(file))))


def sweep(dataset: str, keep: Collection[str]) -> int:
    """Remove the hits of data files that no snapshot names any more; answers how many files of hits went.

    ``keep``: data files (paths or names) that may still be read. Call it behind erasure and vacuum.
    """
    names = {_pack_folder_name(Path(file)) for file in keep}
    removed = 0
    with one_writer(dataset):
        for path in sorted(dataset_folder(dataset).glob("*/*/*")):
            of = cuts.of_file(path) if path.parent.name == "cuts" else path.parent.name
            if of not in names:
                path.unlink()
                removed += path.suffix == ".parquet"
    return removed


def carry(dataset: str, old: Sequence[Path], new: Path, without: Collection[str] = ()) -> int:
    """Take the stored hits of some data files over to the one that now holds their rows; answers how many.

    ``without``: rows that the new file has no more. Only words paid for every old file are taken over: the others
    are paid again when somebody asks.
    """
    taken = 0
    with one_writer(dataset):
        for folder in sorted(path for path in dataset_folder(dataset).glob("*") if path.is_dir()):
            packs = [_packs(folder, file) for file in old]
            paid_for = [frozenset[str]().union(*(pack.words for pack in of_file)) for of_file in packs]
            words = frozenset.intersection(*paid_for)
            if words:
                taken += _carry_field(folder, packs, sorted(words), new, without)
    return taken


def _carry_field(
    folder: Path, packs: Sequence[Sequence[Pack]], words: Sequence[str], new: Path, without: Collection[str]
) -> int:
    path = folder / _pack_folder_name(new) / f"{digest(words)}.parquet"
    footer = {"file": new.name, "size": new.stat().st_size, "words": list(words)}
    gone, taken = pa.array(sorted(without), pa.string()), 0
    with written_whole({path: footer}, "screening.pack") as sinks:
        for of_file in packs:
            left = set(words)
            for pack in of_file:
                here = pack.words & left
                left -= here
                if here and pack.rows:
                    hits = pq.read_table(pack.path, schema=TEXT_HITS)
                    hits = hits.filter(pc.is_in(hits["word"], value_set=pa.array(sorted(here), pa.string())))
                    hits = hits.filter(pc.invert(pc.is_in(hits["_row"], value_set=gone)))
                    taken += hits.num_rows
                    if hits.num_rows:
                        sinks[path].write_table(hits)
    return taken


def _pay(
    folder: Path, field: str, lists: Sequence[Sequence[str]], files: Sequence[Path], progress: Progress
) -> Iterator[tuple[Path, list[Pack]]]:
    """Scan what is missing of each file; its packs, which hold every word of the lists."""
    words = set[str]().union(*lists)
    begun = False
    for file in files:
        packs = _packs(folder, file)
        missing = sorted(words.difference(*(pack.words for pack in packs)))
        if missing:
            if not begun:
                progress.begin("关键词匹配", None)
                begun = True
            packs.append(_scan_file(folder, field, file, missing, progress))
        yield file, packs


def _scan_file(folder: Path, field: str, file: Path, words: Sequence[str], progress: Progress) -> Pack:
    source = pq.ParquetFile(file)
    path = folder / _pack_folder_name(file) / f"{digest(words)}.parquet"
    footer = {"file": file.name, "size": file.stat().st_size, "words": list(words)}
    with written_whole({path: footer}, "screening.pack") as sinks:
        if field in source.schema_arrow.names:
            needles, waiting = prepared(words), list[pa.Table]()
            for batch in _ahead(source.iter_batches(batch_size=BATCH_ROWS, columns=["_row", field])):
                waiting.append(text_hits(batch.column("_row"), batch.column(field), needles))
                progress.advance(batch.num_rows)
                if sum(table.num_rows for table in waiting) >= _WRITE_AFTER:
                    sinks[path].write_table(pa.concat_tables(waiting))
                    waiting = []
            if waiting:
                sinks[path].write_table(pa.concat_tables(waiting))
    return Pack(path, frozenset(words), pq.read_metadata(path).num_rows)


def _ahead(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The same batches, the next one being decoded while the caller looks at this one."""
    with ThreadPoolExecutor(1) as decoder:
        waiting = decoder.submit(next, batches, None)
        while (batch := waiting.result()) is not None:
            waiting = decoder.submit(next, batches, None)
            yield batch


def _packs(folder: Path, file: Path) -> list[Pack]:
    """The whole packs of one data file, oldest first. One of another file of the same name is left out."""
    size = file.stat().st_size
    found = []
    for path in sorted((folder / _pack_folder_name(file)).glob("*.parquet"), key=age):
        footer = footer_of(path)
        if footer is not None and (footer["file"], footer["size"]) == (file.name, size):
            found.append(Pack(path, frozenset(footer["words"]), footer["rows"]))
    return found


def _folder(dataset: str, field: str) -> Path:
    return dataset_folder(dataset) / field


def _pack_folder_name(file: Path) -> str:
    return digest([file.name])
