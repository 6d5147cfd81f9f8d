"""Expired grounds: from the first day on which they are gone, by name, and faulty rows told."""

from __future__ import annotations

from datetime import date

import pytest

from shujian.kernel.errors import BadInput
from shujian.supervision.functions.duty import expired
from shujian.supervision.parameters import parameter_book

ROWS = parameter_book().value("duty.expired", date(2026, 6, 30))


@pytest.mark.parametrize(
    ("text", "on", "cited"),
    [
        ("《执业医师法》第三十九条", date(2022, 3, 1), "《执业医师法》"),
        ("《中华人民共和国执业医师法》第三十九条", date(2026, 3, 1), "《执业医师法》"),
        ("《执业医师法》第三十九条", date(2022, 2, 28), None),
        ("《医师法》第五十九条", date(2026, 3, 1), None),
        ("参照原执业医师法的精神", date(2026, 3, 1), None),
    ],
)
def test_a_ground_is_expired_from_its_last_day_on(text: str, on: date, cited: str | None) -> None:
    found = expired(ROWS, text, on)
    assert (found or "").startswith(cited) if cited else found is None


def test_faulty_rows_are_told_all_at_once() -> None:
    with pytest.raises(BadInput) as told:
        expired(
            [{"cites": "甲", "ended": "2020", "basis": "乙"}, {"cites": ["甲"], "ended": date(2020, 1, 1)}],
            "",
            date(2026, 1, 1),
        )
    assert [fault.field for fault in told.value.faults] == [
        "param.duty.expired.1.cites", "param.duty.expired.1.ended", "param.duty.expired.2.basis",
    ]  # fmt: skip
