"""Expired grounds: from the first day on which they are gone, by name, and faulty rows told."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from statistics import mean, stdev

import pytest

from shujian.kernel.errors import BadInput
from shujian.supervision.functions.duty import expired, spread
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


@pytest.mark.parametrize(
    "fines",
    [(1000,) * 9 + (5000,), (100,) * 8 + (10_000,) * 2, (1, 2), (300, 300, 301), (0, 70_000, 120_000)],
)
def test_the_spread_is_the_standard_score(fines: tuple[int, ...]) -> None:
    money = [Decimal(fine) for fine in fines]
    told = spread(
        max(money), min(money), sum(money, Decimal(0)), sum((m * m for m in money), Decimal(0)), len(money)
    )
    scores = [(max(money) - mean(money)) / stdev(money), (mean(money) - min(money)) / stdev(money)]
    assert told == tuple(score.quantize(Decimal("0.01"), ROUND_HALF_UP) for score in scores)


def test_the_spread_of_one_fine_is_unknown_and_of_equal_fines_nought() -> None:
    five = Decimal(5)
    assert spread(five, five, five, Decimal(25), 1) is None
    assert spread(five, five, Decimal(15), Decimal(75), 3) == (Decimal(0), Decimal(0))
