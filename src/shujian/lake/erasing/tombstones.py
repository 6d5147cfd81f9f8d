"""Who and what must not come back: keyed handles of erased persons and files, and the check that ingest makes.

A handle cannot be undone without the installation's key. ``hint`` is twenty keyed bits of a number: by them a column
of millions is looked through in one go, and only what agrees is hashed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shujian.kernel.clock import now
from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.gm import hmac_sm3_hex
from shujian.kernel.home import home, private_folder
from shujian.kernel.secrets import secret
from shujian.lake.erasing.spellings import MANY_DIGITS, keys_in

ERASED_EXPECTED = "已按规定删除，不再入库（解除见 shujian lake erasures --lift）"
_BITS = 20


@dataclass(frozen=True)
class Tombstone:
    """One thing that was erased. ``kind``: person or file. ``lifted``: why and by whom it may come again."""

    kind: str
    handle: str
    hint: int
    record: str
    at: str
    lifted: str = ""


def folder() -> Path:
    """Where the lake keeps what it needs for erasing."""
    return home().lake / "erasing"


def _path() -> Path:
    return folder() / "tombstones.json"


def tombstones() -> list[Tombstone]:
    """All of them, the lifted ones too."""
    if not _path().exists():
        return []
    return [Tombstone(**one) for one in json.loads(_path().read_text("utf-8"))]


def _write(every: Iterable[Tombstone]) -> None:
    private_folder(folder())
    draft = _path().with_suffix(".draft")
    draft.write_text(json.dumps([asdict(one) for one in every], ensure_ascii=False), "utf-8")
    draft.chmod(0o600)
    draft.replace(_path())


def bury(kind: str, values: Iterable[str], record: str) -> int:
    """Keep persons (valid numbers) or files (digests) out from now on; answers how many are new."""
    every = tombstones()
    known = {(one.kind, one.handle) for one in every if not one.lifted}
    new = [
        Tombstone(kind, handle, _hint(value) if kind == "person" else 0, record, now().isoformat())
        for value in sorted(set(values))
        if (kind, handle := _handle(kind, value)) not in known
    ]
    if new:
        _write([*every, *new])
    return len(new)


def lift(record: str, reason: str, actor: str) -> int:
    """Let what one erasure took away come again; answers how many. Raises BadInput where nothing is held by it."""
    every = tombstones()
    mine = [one for one in every if one.record == record and not one.lifted]
    if not mine:
        raise BadInput(
            Fault(code="nothing_to_lift", message="这份销毁记录没有仍在生效的“不得再入库”限制", found=record,
                  expected="shujian lake erasures 列出的编号")
        )  # fmt: skip
    told = f"{now().isoformat()} {actor} {reason}"
    _write([replace(one, lifted=told) if one in mine else one for one in every])
    return len(mine)


def _handle(kind: str, value: str) -> str:
    return hmac_sm3_hex(secret("erased"), f"{kind}\x1f{value}".encode())


def _factor() -> np.uint64:
    return np.uint64(int.from_bytes(secret("erased")[:8], "big") | 1)


def _hint(key: str) -> int:
    return int(_hints(pa.array([key]))[0])


def _hints(numbers: pa.Array) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    digits = pc.utf8_slice_codeunits(numbers, 0, 17).cast(pa.uint64()).to_numpy(zero_copy_only=False)
    with np.errstate(over="ignore"):
        answer: np.ndarray[tuple[int], np.dtype[np.uint64]] = (digits * _factor()) >> np.uint64(64 - _BITS)
    return answer


class Gate:
    """The tombstones in force, ready to be asked about many rows."""

    def __init__(self) -> None:
        standing = [one for one in tombstones() if not one.lifted]
        self._persons = {one.handle for one in standing if one.kind == "person"}
        self._hints = np.array(sorted({one.hint for one in standing if one.kind == "person"}), np.uint64)
        self._files = {one.handle for one in standing if one.kind == "file"}

    def file(self, sha256: str) -> bool:
        """Whether these very bytes were taken away."""
        return bool(self._files) and _handle("file", sha256) in self._files

    def text(self, text: str | None) -> bool:
        """Whether a text holds the number of an erased person."""
        return bool(self._persons and text) and any(self._person(key) for key in keys_in(text or ""))

    def rows(self, table: pa.Table) -> pa.ChunkedArray | None:
        """Which rows name an erased person, as booleans; None where there is none."""
        if not self._persons or not table.num_rows:
            return None
        shut = np.zeros(table.num_rows, bool)
        for name in table.column_names:
            kind = table.schema.field(name).type
            if pa.types.is_string(kind) or pa.types.is_integer(kind):
                shut |= self._column(table[name].cast(pa.string()).combine_chunks())
        return pa.chunked_array([pa.array(shut)]) if shut.any() else None

    def _person(self, key: str) -> bool:
        return _handle("person", key) in self._persons

    def _column(self, column: pa.Array) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        shut = np.zeros(len(column), bool)
        long = pc.fill_null(pc.greater_equal(pc.utf8_length(column), 15), False)
        places = np.flatnonzero(long.to_numpy(zero_copy_only=False))
        if not len(places):
            return shut
        values = column.take(pa.array(places))
        plain = pc.match_substring_regex(values, "^[0-9]{17}[0-9X]$").to_numpy(zero_copy_only=False)
        agreeing = np.flatnonzero(plain)
        if len(agreeing):
            hints = _hints(values.take(pa.array(agreeing)))
            agreeing = agreeing[np.isin(hints, self._hints)]
            for place in agreeing:
                shut[places[place]] = self._person(values[int(place)].as_py())
        other = ~plain & pc.match_substring_regex(values, MANY_DIGITS).to_numpy(zero_copy_only=False)
        for place in np.flatnonzero(other):
            shut[places[place]] = self.text(values[int(place)].as_py())
        return shut
