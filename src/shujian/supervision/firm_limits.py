"""The limits of the ladder of firms, from the dated parameters."""

from __future__ import annotations

from datetime import date

from shujian.kernel.clock import today
from shujian.matching.firms.limits import PARAMETERS, Limits
from shujian.supervision.parameters import parameter_book


def firm_limits(on: date | None = None) -> Limits:
    """The limits in force on a day, today unless given. Raises BadInput where a parameter has no value then."""
    book, day = parameter_book(), on or today()
    return Limits(**{field: book.value(name, day) for field, name in PARAMETERS.items()})
