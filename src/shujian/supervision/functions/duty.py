"""Whether a decision cites a ground that was no longer in force on its day (the grounds stand in ``parameters/duty.yaml``),
and how far the ends of a list of fines lie from their mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
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


def spread(
    highest: Decimal, lowest: Decimal, total: Decimal, squares: Decimal, cases: int
) -> tuple[Decimal, Decimal] | None:
    """How many standard deviations (of the sample) the highest and the lowest lie from the mean, to two places.

    ``total``, ``squares``: the sums of the fines and of their squares. None for fewer than two; nought where all are equal.
    """
    if cases < 2:
        return None
    mean = total / cases
    variance = (squares - total * mean) / (cases - 1)
    if variance <= 0:
        return Decimal(0), Decimal(0)
    deviation, place = variance.sqrt(), Decimal("0.01")
    high, low = (highest - mean) / deviation, (mean - lowest) / deviation
    return high.quantize(place, ROUND_HALF_UP), low.quantize(place, ROUND_HALF_UP)
