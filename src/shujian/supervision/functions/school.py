"""Whether a day lies in a school term; the terms stand in ``parameters/school_food.yaml``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from shujian.kernel.errors import BadInput, Fault

TABLE = "param.school_food.terms"
TERM, BREAK = "学期", "假期"


def term_on(rows: Sequence[Mapping[str, Any]], on: date) -> str | None:
    """``学期`` where a term holds the day (both ends count), ``假期`` between two terms of the table, None before the first
    and after the last: of those days nothing is known.

    Raises BadInput for faulty rows, all at once.
    """
    faults = [
        Fault(
            code="bad_row", message=f"校历表第 {number} 行写错", field=f"{TABLE}.{number}.{name}",
            found=str(row.get(name))[:60], expected="日期，起不晚于止",
        )
        for number, row in enumerate(rows, 1) for name in ("from", "to")
        if not isinstance(row.get(name), date) or (isinstance(row.get("from"), date) and row["from"] > row[name])
    ]  # fmt: skip
    if faults:
        raise BadInput(faults)
    day = on.date() if isinstance(on, datetime) else on
    if any(row["from"] <= day <= row["to"] for row in rows):
        return TERM
    known = rows and min(row["from"] for row in rows) <= day <= max(row["to"] for row in rows)
    return BREAK if known else None
