"""Numbers that look right and belong to nobody."""

from __future__ import annotations

from datetime import date

import pytest
from stdnum.cn import ric
from stdnum.cn import uscc as codes

from shujian.demo.identity import Register, id_card, masked_id_card, phone, short_id_card, uscc, wrong_check


def test_the_check_digit_of_the_standard() -> None:
    # The checksum alone: the validator knows no area 999999.
    for serial in (1, 2, 500, 999):
        number = id_card(date(1949, 12, 31), serial)
        assert number[:6] == "999999"
        assert ric.calc_check_digit(number) == number[-1]


def test_credit_codes_are_valid_and_of_no_region() -> None:
    made = [uscc(serial) for serial in range(1, 400, 7)]
    assert all(codes.is_valid(code) and code[2:8] == "999999" for code in made)
    assert len(set(made)) == len(made)


def test_forms_that_name_nobody_for_sure() -> None:
    number = id_card(date(1980, 1, 2), 4)
    assert short_id_card(number) == number[:6] + "800102" + number[14:17]
    assert masked_id_card(number) == "999999********" + number[-4:]
    assert wrong_check(number)[:17] == number[:17] and wrong_check(number) != number
    with pytest.raises(ValueError, match="another century"):
        short_id_card(id_card(date(2001, 1, 2), 4))


def test_phones_start_with_100() -> None:
    assert phone(7) == "10000000007"
    assert len(phone(123_456_789)) == 11


def test_a_register_issues_no_number_twice_and_says_the_sex() -> None:
    register = Register()
    made = [register.issue(date(1970, 5, 6), sex) for sex in ("男", "女") for _ in range(500)]
    assert len(set(made)) == 1000
    assert {int(number[16]) % 2 for number in made[:500]} == {1}
    assert {int(number[16]) % 2 for number in made[500:]} == {0}
    with pytest.raises(ValueError, match="five hundred"):
        register.issue(date(1970, 5, 6), "男")
