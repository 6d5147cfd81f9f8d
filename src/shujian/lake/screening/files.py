"""How hits lie on the disk: Parquet files that say in their footer what they are, and appear only when whole."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from shujian.kernel.failpoints import failpoint
from shujian.kernel.home import home, private_folder
from shujian.lake.screening.scan import TEXT_HITS

_FOOTER = b"shujian.hits"
_VERSION = 1


@dataclass(frozen=True)
class Stored:
    """A file of hits, and how many it holds."""

    path: Path
    rows: int


@contextmanager
def written_whole(
    footers: Mapping[Path, Mapping[str, object]], name: str
) -> Iterator[dict[Path, pq.ParquetWriter]]:
    """Files of one folder that appear under their names only when all of them are whole and on the disk."""
    folder = private_folder(next(iter(footers)).parent)
    for torn in folder.glob("*.part"):  # of a writer that died: we hold the lock
        torn.unlink(missing_ok=True)
    parts = {path: path.with_name(f"{path.stem}-{secrets.token_hex(4)}.part") for path in footers}
    with ExitStack() as open_files:
        sinks = {}
        for path, footer in footers.items():
            told = json.dumps({"version": _VERSION, **footer}, ensure_ascii=False)
            schema = TEXT_HITS.with_metadata({_FOOTER: told})
            sink = pq.ParquetWriter(parts[path], schema, compression="lz4", use_dictionary=["word"])
            sinks[path] = open_files.enter_context(sink)
        yield sinks
    with ThreadPoolExecutor(8) as waiting:  # the disk takes many at once hardly slower than one
        list(waiting.map(_to_disk, parts.values()))
    failpoint(f"{name}.written")
    for path, part in parts.items():
        part.replace(path)
    _to_disk(folder)
    failpoint(f"{name}.kept")


def footer_of(path: Path) -> dict[str, Any] | None:
    """What a stored file says of itself, or None where it is absent, torn, or of another version."""
    try:
        metadata = pq.read_metadata(path)
        footer = json.loads((metadata.metadata or {})[_FOOTER])
    except (OSError, pa.ArrowInvalid, KeyError, ValueError):
        return None
    return {**footer, "rows": metadata.num_rows} if footer.get("version") == _VERSION else None


def dataset_folder(dataset: str) -> Path:
    """Where the hits of a dataset lie."""
    return home().lake / "hits" / dataset


def digest(parts: Sequence[str]) -> str:
    """A short name of some texts."""
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:24]


def age(path: Path) -> tuple[int, str]:
    """Sorts files by when they were written."""
    return path.stat().st_mtime_ns, path.name


@contextmanager
def one_writer(dataset: str) -> Iterator[None]:
    """One writer of a dataset's hits at a time, of all processes."""
    folder = private_folder(dataset_folder(dataset))
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
