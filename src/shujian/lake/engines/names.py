"""The names in a query, and digests of what a table is made of."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

import pyarrow as pa

from shujian.lake.physical import quoted

_WORD = re.compile(r"""'(?:[^']|'')*'|"((?:[^"]|"")+)"|([^\W\d]\w*)""")
_QUERIES = 4096
_known: dict[str, tuple[str, ...]] = {}


def names_in(sql: str) -> tuple[str, ...]:
    """Every name in a query, once; texts are left out. Those of the last queries are kept."""
    key = digest(sql)
    if key not in _known:
        if len(_known) >= _QUERIES:
            _known.clear()
        _known[key] = tuple(dict.fromkeys(name for each in _WORD.finditer(sql) if (name := _name(each))))
    return _known[key]


def renamed(sql: str, names: Mapping[str, str]) -> str:
    """The query with other names; texts are left alone."""

    def other(found: re.Match[str]) -> str:
        name = _name(found)
        return quoted(names[name]) if name in names else found.group(0)

    return _WORD.sub(other, sql) if names else sql


def plain(name: str) -> str:
    """A name as it is meant, without the quotes that it may stand in."""
    return name[1:-1].replace('""', '"') if name.startswith('"') else name


def digest(*parts: str) -> str:
    """One digest of several texts, none of which holds a NUL."""
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()


def digest_of(table: pa.Table) -> str:
    """The digest of a table: its columns, kinds and values."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return hashlib.sha256(sink.getvalue()).hexdigest()


def _name(found: re.Match[str]) -> str:
    return found.group(1).replace('""', '"') if found.group(1) else found.group(2) or ""
