"""One current row by its id, with everything that is stored of it."""

from __future__ import annotations

import re
from typing import Any

from shujian.lake.engines.duckdb import Session
from shujian.lake.physical import literal
from shujian.lake.snapshots import Snapshot

_ROW = re.compile(r"[0-9a-f]{16,64}")


def row(snapshot: Snapshot, dataset: str, row_id: str) -> dict[str, Any] | None:
    """All columns of a current row; None where there is none. Raises UnknownSource."""
    if not _ROW.fullmatch(row_id):
        return None
    with Session(snapshot=snapshot, threads=1) as session:
        view = session.attach(dataset)
        found = session.sql(f"select * from {view} where _row = {literal(row_id)}").to_pylist()
    return found[0] if found else None
