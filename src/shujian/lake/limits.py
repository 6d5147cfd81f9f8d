"""How many rows of a file may be rejected before the whole file is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from shujian.kernel.errors import BadInput, Fault

_FORM = re.compile(r"(?P<number>[0-9]{1,12}(?:\.[0-9]{1,6})?)(?P<percent>%?)")


@dataclass(frozen=True)
class RejectLimit:
    """A share (``5%``) or a count (``100``)."""

    text: str
    number: Decimal
    percent: bool

    def exceeded(self, rejected: int, read: int) -> bool:
        """Whether so many rejects are too many."""
        if self.percent:
            return Decimal(rejected) * 100 > self.number * read
        return Decimal(rejected) > self.number


def reject_limit(text: str) -> RejectLimit:
    """Read ``5%``, ``0.5%`` or ``100``. Raises BadInput."""
    found = _FORM.fullmatch(text.strip().replace("％", "%"))
    if found is None or (found["percent"] and Decimal(found["number"]) > 100):
        raise BadInput(
            Fault(
                code="bad_limit",
                message="剔除上限写法不对",
                field="--max-rejects",
                found=text,
                expected="如 5% 或 100",
            )
        )
    return RejectLimit(text.strip(), Decimal(found["number"]), bool(found["percent"]))
