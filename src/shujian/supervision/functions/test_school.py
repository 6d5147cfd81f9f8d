"""Days of term, of holidays, and days of which the table says nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from shujian.kernel.errors import BadInput
from shujian.supervision.functions.named import NAMED
from shujian.supervision.functions.school import term_on

ROWS = [
    {"from": date(2025, 9, 1), "to": date(2026, 1, 30)},
    {"from": date(2026, 3, 2), "to": date(2026, 7, 5)},
]


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2025, 8, 31), None), (date(2025, 9, 1), "学期"), (date(2026, 1, 30), "学期"), (date(2026, 1, 31), "假期"),
        (date(2026, 3, 1), "假期"), (date(2026, 3, 2), "学期"), (date(2026, 7, 5), "学期"), (date(2026, 7, 6), None),
        (datetime(2026, 7, 5, 23, 59, tzinfo=UTC), "学期"),
    ],
)  # fmt: skip
def test_both_ends_count_and_outside_the_table_nothing_is_known(day: date, told: str | None) -> None:
    assert term_on(ROWS, day) == told
    assert NAMED["school.term"].run({"on": day}, {"terms": ROWS}) == {"term": told}


def test_without_a_day_or_a_table_nothing_is_known() -> None:
    assert term_on([], date(2026, 5, 1)) is None
    assert NAMED["school.term"].run({"on": None}, {"terms": ROWS}) == {"term": None}


def test_faulty_rows_are_told_all_at_once() -> None:
    with pytest.raises(BadInput) as caught:
        term_on(
            [
                {"from": "九月", "to": date(2026, 1, 1)},
                {"from": date(2026, 2, 1), "to": date(2026, 1, 1)},
                {},
            ],
            date(2026, 1, 1),
        )
    assert [fault.field for fault in caught.value.faults] == [
        "param.school_food.terms.1.from", "param.school_food.terms.2.to", "param.school_food.terms.3.from",
        "param.school_food.terms.3.to",
    ]  # fmt: skip
