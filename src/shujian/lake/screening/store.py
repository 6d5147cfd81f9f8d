"""Hits are paid once: each word over each data file, stored beside the lake, found again by every run.

A *pack* holds all hits of some words in one field of one data file, and says in its footer which words and
which file. Data files never change, so a pack never ages. A *cut* is the part of many packs that one model
asks for, kept for its next run. Both appear under their name only when whole; a torn or foreign one is made
anew. ``hits/<dataset>/.lock`` lets one writer in at a time and dies with its process.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from shujian.kernel.failpoints import failpoint
from shujian.kernel.home import home, private_folder
from shujian.kernel.progress import Progress, Silent
from shujian.lake.screening.matchers import checked
from shujian.lake.screening.scan import TEXT_HITS, prepared, text_hits

BATCH_ROWS = 10_000
_FOOTER = b"shujian.hits"
_VERSION = 1
_CUTS_KEPT = 4
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
    wanted = checked(sorted(set(words)))
    files = [Path(name) for name in dict.fromkeys(pin.files)]
    if not wanted or not files:
        return []
    folder = _folder(dataset, field)
    cut = folder / "cuts" / f"{_digest(wanted)}-{_digest([_identity(file) for file in files])}.parquet"
    if _footer(cut) is not None:
        return [cut]
    with _one_writer(dataset):
        chosen = _pay(folder, field, wanted, files, progress or Silent())
        if all(pack.words == taken for pack, taken in chosen):
            return [pack.path for pack, _ in chosen if pack.rows] or [chosen[0][0].path]
        _write_cut(cut, chosen)
    return [cut]


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
    """Remove the hits of data files that no snapshot names any more, and all cuts; answers how many went.

    ``keep``: data files (paths or names) that may still be read. Call it behind erasure and vacuum.
    """
    names = {_pack_folder_name(Path(file)) for file in keep}
    removed = 0
    with _one_writer(dataset):
        for path in sorted(_dataset_folder(dataset).glob("*/*/*")):
            if path.parent.name not in names:
                path.unlink()
                removed += path.suffix == ".parquet"
    return removed


def carry(dataset: str, old: Sequence[Path], new: Path, without: Collection[str] = ()) -> int:
    """Take the stored hits of some data files over to the one that now holds their rows; answers how many.

    ``without``: rows that the new file has no more. Only words paid for every old file are taken over: the others
    are paid again when somebody asks.
    """
    taken = 0
    with _one_writer(dataset):
        for folder in sorted(path for path in _dataset_folder(dataset).glob("*") if path.is_dir()):
            packs = [_packs(folder, file) for file in old]
            paid_for = [frozenset[str]().union(*(pack.words for pack in of_file)) for of_file in packs]
            words = frozenset.intersection(*paid_for)
            if words:
                taken += _carry_field(folder, packs, sorted(words), new, without)
    return taken


def _carry_field(
    folder: Path, packs: Sequence[Sequence[Pack]], words: Sequence[str], new: Path, without: Collection[str]
) -> int:
    path = folder / _pack_folder_name(new) / f"{_digest(words)}.parquet"
    footer = {"file": new.name, "size": new.stat().st_size, "words": list(words)}
    gone, taken = pa.array(sorted(without), pa.string()), 0
    with _written_whole(path, footer, "screening.pack") as sink:
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
                        sink.write_table(hits)
    return taken


def _pay(
    folder: Path, field: str, wanted: Sequence[str], files: Sequence[Path], progress: Progress
) -> list[tuple[Pack, frozenset[str]]]:
    """Scan what is missing, then say for each pack which words are taken from it, each word once per file."""
    chosen: list[tuple[Pack, frozenset[str]]] = []
    begun = False
    for file in files:
        packs = _packs(folder, file)
        missing = sorted(set(wanted).difference(*(pack.words for pack in packs)))
        if missing:
            if not begun:
                progress.begin("关键词匹配", None)
                begun = True
            packs.append(_scan_file(folder, field, file, missing, progress))
        left = set(wanted)
        for pack in packs:
            taken = frozenset(pack.words & left)
            left -= taken
            if taken:
                chosen.append((pack, taken))
    return chosen


def _scan_file(folder: Path, field: str, file: Path, words: Sequence[str], progress: Progress) -> Pack:
    source = pq.ParquetFile(file)
    path = folder / _pack_folder_name(file) / f"{_digest(words)}.parquet"
    footer = {"file": file.name, "size": file.stat().st_size, "words": list(words)}
    with _written_whole(path, footer, "screening.pack") as sink:
        if field in source.schema_arrow.names:
            needles, waiting = prepared(words), list[pa.Table]()
            for batch in _ahead(source.iter_batches(batch_size=BATCH_ROWS, columns=["_row", field])):
                waiting.append(text_hits(batch.column("_row"), batch.column(field), needles))
                progress.advance(batch.num_rows)
                if sum(table.num_rows for table in waiting) >= _WRITE_AFTER:
                    sink.write_table(pa.concat_tables(waiting))
                    waiting = []
            if waiting:
                sink.write_table(pa.concat_tables(waiting))
    return Pack(path, frozenset(words), pq.read_metadata(path).num_rows)


def _ahead(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The same batches, the next one being decoded while the caller looks at this one."""
    with ThreadPoolExecutor(1) as decoder:
        waiting = decoder.submit(next, batches, None)
        while (batch := waiting.result()) is not None:
            waiting = decoder.submit(next, batches, None)
            yield batch


def _write_cut(path: Path, chosen: Sequence[tuple[Pack, frozenset[str]]]) -> None:
    with _written_whole(path, {"cut": True}, "screening.cut") as sink:
        for pack, taken in chosen:
            if not pack.rows:
                continue
            hits = pq.read_table(pack.path, schema=TEXT_HITS)
            if taken != pack.words:
                hits = hits.filter(pc.is_in(hits["word"], value_set=pa.array(sorted(taken), pa.string())))
            if hits.num_rows:
                sink.write_table(hits)
    same_words = sorted(path.parent.glob(path.name.partition("-")[0] + "-*.parquet"), key=_age, reverse=True)
    for old in same_words[_CUTS_KEPT:]:
        old.unlink(missing_ok=True)


@contextmanager
def _written_whole(path: Path, footer: Mapping[str, object], name: str) -> Iterator[pq.ParquetWriter]:
    """A Parquet file that appears under its name only when it is whole and on the disk."""
    private_folder(path.parent)
    for torn in path.parent.glob("*.part"):  # of a writer that died: we hold the lock
        torn.unlink(missing_ok=True)
    part = path.with_name(f"{path.stem}-{secrets.token_hex(4)}.part")
    schema = TEXT_HITS.with_metadata(
        {_FOOTER: json.dumps({"version": _VERSION, **footer}, ensure_ascii=False)}
    )
    with pq.ParquetWriter(part, schema, compression="zstd", compression_level=1) as sink:
        yield sink
    _to_disk(part)
    failpoint(f"{name}.written")
    part.replace(path)
    _to_disk(path.parent)
    failpoint(f"{name}.kept")


def _packs(folder: Path, file: Path) -> list[Pack]:
    """The whole packs of one data file, oldest first. One of another file of the same name is left out."""
    size = file.stat().st_size
    found = []
    for path in sorted((folder / _pack_folder_name(file)).glob("*.parquet"), key=_age):
        footer = _footer(path)
        if footer is not None and (footer["file"], footer["size"]) == (file.name, size):
            found.append(Pack(path, frozenset(footer["words"]), footer["rows"]))
    return found


def _footer(path: Path) -> dict[str, Any] | None:
    """What a stored file says of itself, or None where it is absent, torn, or of another version."""
    try:
        metadata = pq.read_metadata(path)
        footer = json.loads((metadata.metadata or {})[_FOOTER])
    except (OSError, pa.ArrowInvalid, KeyError, ValueError):
        return None
    return {**footer, "rows": metadata.num_rows} if footer.get("version") == _VERSION else None


def _dataset_folder(dataset: str) -> Path:
    return home().lake / "hits" / dataset


def _folder(dataset: str, field: str) -> Path:
    return _dataset_folder(dataset) / field


def _pack_folder_name(file: Path) -> str:
    return _digest([file.name])


def _identity(file: Path) -> str:
    return f"{file.name}/{file.stat().st_size}"


def _digest(parts: Sequence[str]) -> str:
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:24]


def _age(path: Path) -> tuple[int, str]:
    return path.stat().st_mtime_ns, path.name


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _one_writer(dataset: str) -> Iterator[None]:
    folder = private_folder(_dataset_folder(dataset))
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
