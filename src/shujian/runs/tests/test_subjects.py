"""The typed number of ``model explain -``: every way of writing it finds the same subject; a broken one is refused."""

from __future__ import annotations

import pytest

from shujian.kernel.errors import BadInput
from shujian.runs.subjects import read_subject

FIRM = "91999999MA0100390G"


@pytest.mark.parametrize(
    "typed",
    [
        "999999198801010036",
        "９９９９９９１９８８０１０１００３６",
        " 999999198801010036\n",
        "999999880101003",
    ],
)
def test_all_ways_of_writing_a_number(typed: str) -> None:
    assert read_subject(typed) == ("person", "999999198801010036")


def test_lower_case_and_credit_codes() -> None:
    assert read_subject("91999999ma0100390g") == ("org", FIRM)
    assert read_subject(FIRM) == ("org", FIRM)
    assert read_subject("示例花园 ") == ("org", "示例花园")


@pytest.mark.parametrize("typed", ["999999198801010037", "999999********0036", "91999999MA0100390H"])
def test_a_number_that_keys_nobody_is_refused_without_repeating_it(typed: str) -> None:
    with pytest.raises(BadInput) as raised:
        read_subject(typed)
    assert raised.value.faults[0].code == "bad_subject" and typed not in str(raised.value)
