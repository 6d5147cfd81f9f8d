"""Which rows of a batch are new, changed or known: by content, then by natural key. Plain SQL over ids.

``_row`` is the digest of the row's content, so it does not depend on file, line or order. Where a row comes
back to a content that was superseded, the content's id stays superseded and the row gets an id of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from shujian.lake.engines.duckdb import Scratch, scan
from shujian.lake.physical import RAW_KEPT, literal, quoted
from shujian.lake.snapshots import DatasetPin
from shujian.lake.sources import SourceContract

_WIDTH = 32


@dataclass(frozen=True)
class Settled:
    """How many staged rows are new, replace an older version, or are known."""

    landed: int
    changed: int
    unchanged: int

    @property
    def kept(self) -> int:
        """Rows that will be written."""
        return self.landed + self.changed


def _piece(name: str, text: str) -> str:
    return f"case when {text} is null then '' else concat({literal(name + '=')}, strlen({text}), ':', {text}, ';') end"


def _text(contract: SourceContract, field_id: str) -> str:
    field = contract.field(field_id)
    typed = f"cast({quoted(field_id)} as varchar)"
    kept = field is not None and field.type in RAW_KEPT
    return f"coalesce({typed}, {quoted(field_id + '__raw')})" if kept else typed


def content_sql(contract: SourceContract) -> str:
    """Digest of every filled field and extra column; empty ones leave no trace, so that new fields may come."""
    pieces = [_piece(field.id, _text(contract, field.id)) for field in contract.fields]
    pieces.append(_piece("_extra", "_extra"))
    return f"left(sha256(concat({literal(contract.id + ';')}, {', '.join(pieces)})), {_WIDTH})"


def key_sql(contract: SourceContract) -> str:
    """Digest of the natural key; null where a part of it is empty (such a row is keyed by its content)."""
    empty = " or ".join(f"{quoted(part)} is null" for part in contract.key)
    pieces = ", ".join(_piece(part, f"cast({quoted(part)} as varchar)") for part in contract.key)
    return f"case when {empty} then null else left(sha256(concat('key;', {pieces})), {_WIDTH}) end"


def row_digests(contract: SourceContract, rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Content and key digests of a few typed rows, as ``content_sql`` and ``key_sql`` give them for many."""
    found = []
    for row in rows:
        pieces = [_written(field.id, _shown(row, field.id)) for field in contract.fields]
        pieces.append(_written("_extra", row.get("_extra")))
        content = hashlib.sha256(f"{contract.id};{''.join(pieces)}".encode()).hexdigest()[:_WIDTH]
        parts = [_plain(row[part]) for part in contract.key]
        key = content
        if None not in parts:
            told = "".join(_written(name, part) for name, part in zip(contract.key, parts, strict=True))
            key = hashlib.sha256(f"key;{told}".encode()).hexdigest()[:_WIDTH]
        found.append((content, key))
    return found


def _shown(row: Mapping[str, Any], field_id: str) -> str | None:
    typed = _plain(row[field_id])
    raw: str | None = row.get(f"{field_id}__raw")
    return raw if typed is None else typed


def _plain(value: Any) -> str | None:
    """A typed value as the engine casts it to text."""
    if isinstance(value, datetime):
        text = value.isoformat(" ")
        return text.rstrip("0") if "." in text else text
    if isinstance(value, Decimal):
        return format(value, "f")
    return None if value is None else str(value)


def _written(name: str, text: str | None) -> str:
    return "" if text is None else f"{name}={len(text.encode())}:{text};"


def settle(scratch: Scratch, before: DatasetPin | None, as_of: date | None) -> Settled:
    """Sort out the table ``staged`` into ``kept`` (line, row, content, supersedes).

    A later extract supersedes an earlier one whatever the order of landing: a row of an extract older than what is
    current is kept as a version and supersedes itself. Extracts of one day, or of no known day: the last landed wins.
    """
    scratch.execute(
        "create or replace temp table fresh as select _content as content, coalesce(any_value(_key), _content) as key,"
        " min(_line) as line from staged group by _content"
    )
    if before is None or not before.files:
        scratch.execute(
            "create or replace temp table kept as select line, content as row, cast(null as varchar) as content,"
            " cast(null as varchar) as supersedes from fresh"
        )
    else:
        _against(scratch, before, as_of)
    staged, kept, changed = (
        int(str(one))
        for one in scratch.row("select (select count(*) from staged), count(*), count(supersedes) from kept")
    )
    return Settled(kept - changed, changed, staged - kept)


def _against(scratch: Scratch, before: DatasetPin, as_of: date | None) -> None:
    stored = scan(before)
    later = f"_as_of > cast({literal(as_of.isoformat())} as date)" if as_of else "false"
    scratch.execute(f"""
        create or replace temp table past as
        select _row as row, _key as key, coalesce(_content, _row) as content,
               coalesce({later}, false) as later,
               _row in (select _supersedes from {stored} where _supersedes is not null) as gone
        from {stored}
        where _key in (select key from fresh) or coalesce(_content, _row) in (select content from fresh)""")
    scratch.execute("""
        create or replace temp table coming as
        select content, key, line, row_number() over (partition by key order by content) as place,
               (select count(*) from past where past.content = fresh.content) as times
        from fresh where content not in (select content from past where not gone)""")
    scratch.execute("""
        create or replace temp table going as
        select row, key, row_number() over (partition by key order by row) as place
        from past where not gone and content not in (select content from fresh)""")
    scratch.execute(f"""
        create or replace temp table named as
        select *, case when times = 0 then content
                       else left(sha256(concat(content, '#', times)), {_WIDTH}) end as row,
               key in (select key from past where not gone and later) as stale
        from coming""")
    scratch.execute("""
        create or replace temp table kept as
        select line, named.row as row, case when times > 0 then content end as content,
               case when stale then named.row else going.row end as supersedes
        from named left join going using (key, place)""")


def sums_sql(table: str) -> str:
    """Two sums over row ids modulo 2^64, as text: what a snapshot's content id is made of."""

    def part(column: str, start: int) -> str:
        return f"coalesce(sum(cast('0x' || substr({column}, {start}, 15) as ubigint)::hugeint), 0)"

    modulus = 1 << 64
    first = f"({part('row', 1)}) % {modulus}"
    second = f"({part('row', 16)} + {part('supersedes', 1)}) % {modulus}"
    return f"select cast({first} as varchar), cast({second} as varchar) from {table}"
