"""What search is measured against: a DuckDB scan, whose answers are true, and SQLite's FTS5 with three-sign terms."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow.parquet as pq


class Scan:
    """``contains`` over the same Parquet files; the newest twenty and how many there are."""

    def __init__(self, files: Sequence[Path]) -> None:
        listed = ", ".join(f"'{path}'" for path in files)
        self._from = f"read_parquet([{listed}])"
        self._connection = duckdb.connect()

    def first_page(self, question: str, towns: Sequence[str] = ()) -> tuple[int, list[object]]:
        """(rows in all, the moments of the newest twenty)."""
        where = " and ".join(_conditions(question))
        if towns:
            where += f" and town in ({', '.join(repr(town) for town in towns)})"
        found = self._connection.execute(
            f'select "at", count(*) over () from {self._from} where {where} order by "at" desc limit 20'
        ).fetchall()
        return (int(found[0][1]) if found else 0), [row[0] for row in found]


def _conditions(question: str) -> list[str]:
    """The question as SQL, read without our parser; these questions have no more than this."""
    if " OR " in question:
        return ["(" + " or ".join(f"contains(content, '{word}')" for word in question.split(" OR ")) + ")"]
    if question.startswith('"'):
        return [f"contains(content, '{question.strip(chr(34))}')"]
    words = re.findall(r"-?\S+", question)
    return [("not " if word[0] == "-" else "") + f"contains(content, '{word.lstrip('-')}')" for word in words]


class Fts5:
    """A contentless FTS5 table with the trigram tokenizer."""

    def __init__(self, path: Path, files: Sequence[Path], rows: int) -> None:
        self._connection = sqlite3.connect(path)
        started = time.perf_counter()
        self._connection.execute(
            "create virtual table texts using fts5(content, content='', tokenize='trigram')"
        )
        left = rows
        for file in files:
            for batch in pq.ParquetFile(file).iter_batches(batch_size=10_000, columns=["content"]):
                taken = batch["content"].to_pylist()[:left]
                self._connection.executemany(
                    "insert into texts(content) values (?)", ((text,) for text in taken)
                )
                left -= len(taken)
            if left <= 0:
                break
        self._connection.commit()
        self.seconds = time.perf_counter() - started
        self.rows = rows - max(left, 0)
        self.bytes = path.stat().st_size

    def count(self, word: str) -> int:
        """Rows that it finds for one word."""
        quoted = '"' + word.replace('"', "") + '"'
        return int(
            self._connection.execute("select count(*) from texts where texts match ?", (quoted,)).fetchone()[
                0
            ]
        )
