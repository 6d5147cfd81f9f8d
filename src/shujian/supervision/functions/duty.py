"""Whether a decision cites a ground that was no longer in force on its day; the grounds stand in ``parameters/duty.yaml``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from shujian.kernel.errors import BadInput, Fault

TABLE = "param.duty.expired"
_NEEDED = {"cites": list, "ended": date, "basis": str}


def expired(rows: Sequence[Mapping[str, Any]], text: str, on: date) -> str | None:
    """The first expired ground that ``text`` cites, as 《…》 with its last day; None where it cites none.

    ``on``: the day of the decision; a ground ends with ``ended``, the first day on which it is no longer in force.
    Raises BadInput for faulty rows, all at once.
    """
    faults = [
        Fault(
            code="bad_row", message=f"失效依据表第 {number} 行写错", field=f"{TABLE}.{number}.{name}",
            found=str(row.get(name))[:60], expected={"cites": "词的列表", "ended": "日期", "basis": "依据"}[name],
        )
        for number, row in enumerate(rows, 1) for name, kind in _NEEDED.items() if not isinstance(row.get(name), kind)
    ]  # fmt: skip
    if faults:
        raise BadInput(faults)
    for row in rows:
        cited = next(
            (word for word in row["cites"] if f"《{word}" in text or f"《中华人民共和国{word}" in text), None
        )
        if cited is not None and on >= row["ended"]:
            return f"《{cited}》（{row['ended']} 起失效，{row['basis']}）"
    return None
