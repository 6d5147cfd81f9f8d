"""Broken inputs by the thousand: seeds of every format, mutated, those kept that reach lines not reached before.

A reader may refuse a file or reject its rows, by an error of ours; nothing else may come out of it, and it must end.
"""

from __future__ import annotations

import io
import json
import random
import signal
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import broken
from shujian.kernel.errors import ShujianError
from shujian.kernel.yamlfile import read_yaml
from shujian.lake.contracts import check, source
from shujian.lake.proposing import propose
from shujian.lake.reading.encoding import sniff
from shujian.lake.reading.opening import open_any
from shujian.lake.reading.quick import NeedsCare

LONGEST_SECONDS = 5
SAMPLE = Path(__file__).resolve().parent / "sample"
_WATCHED = (str(Path("lake", "reading", "_"))[:-1], "yamlfile.py")
_TOKENS = [
    b'"', b'""', b",", b"\t", b"\n", b"\r\n", b"\r", b"\0", b"\xff", b"\xef\xbb\xbf", "示例".encode(), "示例".encode("gb18030"),
    b"{", b"}", b"[", b"]", b":", b"\\", b"\\ud800", b"\\u0000", b"1e999", b"-", b"null", b"NaN", b"[[[[[[[[", b"<td>", b"</tr>",
    b"<table>", b'rowspan="99999"', b'colspan="99999"', b"<!--", b"&#0;", b"9" * 40, b"2025-02-30", b"&a", b"*a", b"<<: *a", b"!!python",
    b"- ", b"? ", b"|", b">", b"%YAML", b"---", b'r="XFD1048576"', b't="e"', b"<f>1</f>", b'<mergeCell ref="A1:XFD1048576"/>',
    b'hidden="1"',
]  # fmt: skip


class Hung(Exception):
    """An input kept a reader busy for too long."""


@contextmanager
def _limited() -> Iterator[None]:
    def ring(_number: int, _frame: FrameType | None) -> None:
        raise Hung

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, LONGEST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _read_table(path: Path) -> None:
    """Open and read as an ingest does; every row must have a line, every column every row."""
    work = path.parent / "work"
    work.mkdir(exist_ok=True)
    sniffed = sniff(path)
    opened = open_any(path, sniffed, source("dog_permit"), None, work)
    try:
        chunks = list(opened.chunks())
    except NeedsCare:
        chunks = list(opened.careful())
    for chunk in chunks:
        assert all(len(array) == len(chunk.lines) for array in chunk.arrays)
        assert all(line > 0 for line in chunk.lines) and all(bad.line > 0 for bad in chunk.bad)
        for array in chunk.arrays:
            array.validate(full=True)


def _propose(path: Path) -> None:
    assert propose(path).format


def _check(path: Path) -> None:
    assert isinstance(check([path]), list)
    assert read_yaml(path).path == path


def _zipped(parts: dict[str, bytes]) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return into.getvalue()


def seeds() -> dict[str, list[bytes]]:
    """Good and half-good files by format."""
    files = {one.name[:2]: one.content for one in broken.thirty() if len(one.content) < 100_000}
    rows = [
        dict(zip(broken.TITLES, row, strict=True))
        for row in ([f"证{n}", "示例甲", "", "2025-01-01", "300"] for n in range(4))
    ]
    ragged, repeated = files["26"].decode(), files["12"].decode()
    named = ("13", "14", "15", "16", "27")
    texts = [
        *(files[name] for name in named),
        repeated.encode(),
        ragged.encode("gb18030"),
        repeated.encode("utf-16"),
    ]
    page = b"<html><table><tr><td rowspan=2>" + "养犬人".encode() + b"<td>x<tr><td>y</table></html>"
    inside = {"a": {"b": rows}, "c": 1}
    return {
        "csv": texts,
        "xlsx": [files["08"], files["24"], files["25"]],
        "json": [
            *(json.dumps(one, ensure_ascii=False, indent=1).encode() for one in (rows, inside)),
            files["23"],
        ],
        "html": [files["10"], page],
        "parquet": [broken.parquet("列")],
        "yaml": [path.read_bytes() for path in sorted((SAMPLE / "catalogue").rglob("*.yaml"))],
    }


def mutated(body: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """One to four random changes."""
    data = bytearray(body)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) + 1)
        size = chance.choice((1, 2, 8, 64, 512))
        match chance.randrange(7):
            case 0:
                data[at:at] = chance.choice(_TOKENS)
            case 1:
                del data[at : at + size]
            case 2:
                data[at:at] = data[at : at + size] * chance.choice((1, 3, 50))
            case 3:
                del data[at:]
            case 4 if data:
                data[at % len(data)] ^= 1 << chance.randrange(8)
            case 5:
                other = chance.choice(others)
                start = chance.randrange(len(other) + 1)
                data[at : at + size] = other[start : start + size]
            case _:
                data[at : at + size] = chance.choice(_TOKENS)
    return bytes(data[:200_000])


def _mutated_book(body: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """Mostly a change inside one part, so that the archive itself stays whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError):
        return mutated(chance.choice(others), others, chance)
    if not parts or chance.random() < 0.2:
        return mutated(body, others, chance)
    name = chance.choice([one for one in parts if "sheet1" in one] * 3 + list(parts))
    parts[name] = mutated(parts[name], list(parts.values()), chance)
    return _zipped(parts)


class _Coverage:
    """Lines of the readers that were run."""

    def __init__(self) -> None:
        self.seen: set[tuple[str, int]] = set()

    def __enter__(self) -> _Coverage:
        sys.settrace(self._call)
        return self

    def __exit__(self, *_: object) -> None:
        sys.settrace(None)

    def _call(self, frame: FrameType, event: str, argument: Any) -> Any:
        return self._line if any(part in frame.f_code.co_filename for part in _WATCHED) else None

    def _line(self, frame: FrameType, event: str, argument: Any) -> Any:
        if event == "line":
            self.seen.add((frame.f_code.co_filename, frame.f_lineno))
        return self._line


TARGETS: dict[str, tuple[str, list[Callable[[Path], None]]]] = {
    "csv": ("csv", [_read_table, _propose]),
    "xlsx": ("xlsx", [_read_table]),
    "json": ("json", [_read_table, _propose]),
    "html": ("xls", [_read_table]),
    "parquet": ("parquet", [_read_table]),
    "yaml": ("yaml", [_check]),
}


def fuzz(
    form: str, folder: Path, seed: int, *, inputs: int | None = None, seconds: float | None = None
) -> tuple[int, int]:
    """Feed a format's readers; answers how many inputs, and how many lines of the readers they reached. Raises what
    a reader raised, with the input kept beside it."""
    chance = random.Random(seed)
    suffix, readers = TARGETS[form]
    pool = list(seeds()[form])
    coverage = _Coverage()
    path = folder / f"input.{suffix}"
    started, count = time.monotonic(), 0
    while (inputs is None or count < inputs) and (seconds is None or time.monotonic() - started < seconds):
        parent = pool[count] if count < len(pool) else chance.choice(pool)
        change = _mutated_book if form == "xlsx" else mutated
        body = parent if count < len(pool) and seed == 0 else change(parent, pool, chance)
        path.write_bytes(body)
        before = len(coverage.seen)
        for reader in readers[: 1 if chance.random() < 0.8 else 2]:
            try:
                with coverage, _limited():
                    reader(path)
            except ShujianError as error:
                assert error.faults and all(fault.message for fault in error.faults)
            except Exception as error:
                kept = folder / f"found-{form}-{seed}-{count}.{suffix}"
                kept.write_bytes(body)
                raise AssertionError(f"{form} seed {seed} input {count} ({kept}): {error!r}") from error
        if len(coverage.seen) > before:
            pool.append(body)
        count += 1
    return count, len(coverage.seen)
