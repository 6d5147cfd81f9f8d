"""Indexes that follow the data files: found again by every search, made anew where anything is missing or torn.

A *shard* is one index over some data files of one dataset; its ``shard.json``, written last, says which. It
appears under its name only when whole. A data file that no snapshot names any more takes its shard with it, so
that erased text leaves no byte. New small files are taken together with shards no bigger than they, so that
there are few shards. ``search/<dataset>/.lock`` lets one writer in at a time and dies with its process.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from shujian.kernel.failpoints import failpoint
from shujian.kernel.home import home, private_folder
from shujian.kernel.progress import Progress, Silent
from shujian.lake.search.build import Built, build, strike, superseded_by
from shujian.lake.search.plan import Plan

_STATEMENT = "shard.json"
_NOT_CHECKED = frozenset({_STATEMENT, "meta.json", ".managed.json"})


@dataclass(frozen=True)
class Shard:
    """One whole index. ``files``: data file → bytes; ``heeded``: data files whose replaced rows were struck out."""

    path: Path
    files: Mapping[str, int]
    heeded: frozenset[str]
    rows: int
    marks: tuple[int, ...]
    stamp: tuple[int, int]


@dataclass(frozen=True)
class Ready:
    """What can be searched now. ``behind``: rows of data files that are not indexed yet; ``struck``: rows that
    were replaced and still stand in a shard; ``made``: rows that had to be indexed for this answer.
    """

    shards: tuple[Shard, ...]
    behind: int
    struck: frozenset[str]
    made: int = 0


def ready(
    plan: Plan,
    files: Sequence[str],
    *,
    most_rows: int | None = None,
    wait: bool = True,
    progress: Progress | None = None,
) -> Ready:
    """The shards that together hold the current rows of these data files, made or mended where need be.

    ``most_rows``: leave it and say how many rows are missing where more would have to be indexed. ``wait``:
    whether to wait for another writer; without it, a busy index answers with what it has.
    """
    paths = [Path(name) for name in dict.fromkeys(files)]
    found = _shards(plan)
    if _complete(found, paths):
        return Ready(found, 0, frozenset())
    with _one_writer(plan.dataset, wait=wait) as mine:
        if mine:
            found = _kept(plan, paths)
            missing = [path for path in paths if not any(path.name in shard.files for shard in found)]
            rows = _rows(missing)
            fits = most_rows is None or rows <= most_rows
            if missing and fits:
                found = _made(plan, paths, missing, found, progress or Silent())
            found = _heeded(plan, paths, found)
            return Ready(found, _behind(found, paths), frozenset(), rows if fits else 0)
    names = {path.name for path in paths}
    usable = tuple(shard for shard in _single(found) if shard.files.keys() <= names)
    unheeded = [path for path in paths if not all(path.name in shard.heeded for shard in usable)]
    return Ready(usable, _behind(usable, paths), frozenset(superseded_by(unheeded)))


def sweep(dataset: str, keep: Sequence[str]) -> int:
    """Remove every shard that holds a data file which is not in ``keep`` (paths or names), and every torn one;
    answers how many went. Call it behind erasure and compaction: the next search indexes what is left anew.
    """
    names = {Path(file).name for file in keep}
    removed = 0
    with _one_writer(dataset, wait=True):
        for path in _folders(dataset):
            shard = _read(path, None)
            if shard is None or not shard.files.keys() <= names:
                shutil.rmtree(path)
                removed += 1
    return removed


def discard(shard: Shard) -> None:
    """Remove a shard that must not be believed, unless another process has replaced it already."""
    with _one_writer(shard.path.parent.name, wait=True):
        now = _read(shard.path, None)
        if now is not None and now.stamp == shard.stamp:
            shutil.rmtree(shard.path)


def folder(dataset: str) -> Path:
    """Where the shards of a dataset lie."""
    return home().lake / "search" / dataset


def indexed() -> list[str]:
    """Datasets that have a folder of shards, by name."""
    return sorted(path.name for path in (home().lake / "search").glob("*") if path.is_dir())


def _complete(found: Sequence[Shard], paths: Sequence[Path]) -> bool:
    names = {path.name for path in paths}
    held = [name for shard in found for name in shard.files]
    sizes = {name: size for shard in found for name, size in shard.files.items()}
    return (
        len(held) == len(names)
        and all(sizes.get(path.name) == path.stat().st_size for path in paths)
        and all(names <= shard.heeded for shard in found)
    )


def _kept(plan: Plan, paths: Sequence[Path]) -> tuple[Shard, ...]:
    """The good shards; leftovers of dead writers, torn shards and shards of files that are gone are removed."""
    sizes = {path.name: path.stat().st_size for path in paths}
    good = []
    for path in _folders(plan.dataset):
        shard = _read(path, plan)
        if shard is not None and all(sizes.get(name) == size for name, size in shard.files.items()):
            good.append(shard)
        else:
            shutil.rmtree(path)
    single = _single(good)
    for shard in good:
        if shard not in single:
            shutil.rmtree(shard.path)
    return single


def _single(found: Sequence[Shard]) -> tuple[Shard, ...]:
    """Shards that hold each data file once, the bigger ones first: a writer died between two steps."""
    chosen: list[Shard] = []
    for shard in sorted(found, key=lambda one: (-len(one.files), one.path.name)):
        if not any(shard.files.keys() & other.files.keys() for other in chosen):
            chosen.append(shard)
    return tuple(sorted(chosen, key=lambda one: one.path.name))


def _made(
    plan: Plan, paths: Sequence[Path], missing: list[Path], found: tuple[Shard, ...], progress: Progress
) -> tuple[Shard, ...]:
    """One new shard for the missing files and for every shard that is no bigger than what it would join."""
    rows, joined = _rows(missing), set[Path]()
    for shard in sorted(found, key=lambda one: one.rows):
        if shard.rows <= rows:
            rows += shard.rows
            joined.add(shard.path)
    taken = {name for shard in found if shard.path in joined for name in shard.files}
    together = [path for path in paths if path in missing or path.name in taken]
    progress.begin(f"检索索引 {plan.title}", _rows(together))
    made = _write(plan, together, paths, progress)
    for path in joined:
        shutil.rmtree(path)
    return (*(shard for shard in found if shard.path not in joined), made)


def _write(plan: Plan, files: Sequence[Path], paths: Sequence[Path], progress: Progress) -> Shard:
    name = hashlib.sha256("\x00".join(sorted(path.name for path in files)).encode()).hexdigest()[:24]
    part = private_folder(folder(plan.dataset) / f"{name}-{secrets.token_hex(4)}.part")
    built = build(part, plan, files, superseded_by(paths), progress)
    sizes = {path.name: path.stat().st_size for path in files}
    _state(part, plan, sizes, [path.name for path in paths], built)
    failpoint("search.written")
    target = part.with_name(name)
    if target.exists():
        shutil.rmtree(target)
    part.rename(target)
    _to_disk(target.parent)
    failpoint("search.kept")
    shard = _read(target, plan)
    if shard is None:
        raise AssertionError("a shard that was just written is whole")
    return shard


def _heeded(plan: Plan, paths: Sequence[Path], found: Sequence[Shard]) -> tuple[Shard, ...]:
    """Strike out what newer files replace."""
    names = [path.name for path in paths]
    done = []
    for shard in found:
        new = [path for path in paths if path.name not in shard.heeded]
        if new:
            rows = superseded_by(new)
            if rows:
                strike(shard.path, rows)
                failpoint("search.struck")
            _state(shard.path, plan, shard.files, names, Built(shard.rows, shard.marks))
            shard = _read(shard.path, plan) or shard
        done.append(shard)
    return tuple(done)


def _state(path: Path, plan: Plan, files: Mapping[str, int], heeded: Sequence[str], built: Built) -> None:
    """Say of an index what it holds, after all its files are on the disk."""
    parts = {file.name: file.stat().st_size for file in sorted(path.iterdir()) if _checked(file)}
    for file in path.iterdir():
        _to_disk(file)
    told = {
        "plan": plan.fingerprint, "files": dict(files), "heeded": sorted(heeded), "rows": built.rows,
        "marks": built.marks, "parts": parts,
    }  # fmt: skip
    draft = path / f"{_STATEMENT}.draft"
    draft.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    _to_disk(draft)
    draft.replace(path / _STATEMENT)
    _to_disk(path)


def _checked(file: Path) -> bool:
    return file.name not in _NOT_CHECKED and not file.name.endswith((".lock", ".draft"))


def _shards(plan: Plan) -> tuple[Shard, ...]:
    found = (_read(path, plan) for path in _folders(plan.dataset))
    return tuple(shard for shard in found if shard is not None)


def _folders(dataset: str) -> list[Path]:
    return sorted(path for path in folder(dataset).glob("*") if path.is_dir())


def _read(path: Path, plan: Plan | None) -> Shard | None:
    """A shard as it says of itself; None where it is torn, half built, or made by another plan."""
    try:
        statement = path / _STATEMENT
        stat = statement.stat()
        told = _told(statement, (stat.st_ino, stat.st_mtime_ns))
        whole = all((path / name).stat().st_size == size for name, size in told["parts"].items())
        if path.name.endswith(".part") or not whole or (plan and told["plan"] != plan.fingerprint):
            return None
        stamp = (stat.st_ino, stat.st_mtime_ns)
        return Shard(
            path, told["files"], frozenset(told["heeded"]), told["rows"], tuple(told["marks"]), stamp
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


@lru_cache(maxsize=256)
def _told(statement: Path, stamp: tuple[int, int]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(statement.read_text("utf-8"))
    return told


def _rows(paths: Sequence[Path]) -> int:
    return sum(pq.read_metadata(path).num_rows for path in paths)


def _behind(found: Sequence[Shard], paths: Sequence[Path]) -> int:
    return _rows([path for path in paths if not any(path.name in shard.files for shard in found)])


def _to_disk(path: Path) -> None:
    with suppress(FileNotFoundError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _one_writer(dataset: str, *, wait: bool) -> Iterator[bool]:
    """Whether the right to write was got; always, where ``wait``."""
    private_folder(folder(dataset))
    with (folder(dataset) / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
