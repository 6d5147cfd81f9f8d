"""Identity numbers, credit codes, telephone numbers and plates: tables of cases and independent oracles."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric
from stdnum.cn import uscc as stdnum_uscc

from shujian.matching.normalise import id_card, phone, plate, uscc


def _number(area: str, birth: date, order: int) -> str:
    first17 = f"{area}{birth:%Y%m%d}{order:03d}"
    return first17 + id_card.check_character(first17)


areas = st.integers(0, 999999).map("{:06d}".format)
births = st.dates(date(1900, 1, 1), date(2098, 12, 31))
numbers = st.builds(_number, areas, births, st.integers(0, 999))


def test_lower_case_x_is_the_check_character() -> None:
    first17 = next(
        f"99999919900101{n:03d}"
        for n in range(999)
        if id_card.check_character(f"99999919900101{n:03d}") == "X"
    )
    read = id_card.parse(first17 + "x")
    assert (read.key, read.state, read.mask) == (first17 + "X", "valid", f"999999|{first17[14:]}X")


@given(numbers)
def test_the_check_character_is_that_of_the_independent_library(number: str) -> None:
    assert ric.calc_check_digit(number) == number[17]
    read = id_card.parse(number)
    assert (read.key, read.state) == (number, "valid")
    assert read.birth == date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    assert (read.area, read.sex) == (number[:6], "男" if int(number[16]) % 2 else "女")
    assert read.mask == f"{number[:6]}|{number[-4:]}"


@given(numbers, st.integers(0, 17), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_always_caught(number: str, place: int, digit: str) -> None:
    wrong = number[:place] + digit + number[place + 1 :]
    if wrong != number:
        assert id_card.parse(wrong).state == "invalid"


@given(numbers.filter(lambda number: number[6:8] == "19"))
def test_fifteen_digits_become_the_eighteen_of_the_same_person(number: str) -> None:
    assert id_card.parse(number[:6] + number[8:17]).key == number


@given(numbers)
def test_how_it_was_typed_does_not_matter(number: str) -> None:
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in number)
    spaced = f"\ufeff {number[:6]} {number[6:14]}\u3000{number[14:].lower()}\t"
    assert {id_card.parse(text).key for text in (wide, spaced, f"'{number}", number)} == {number}


@given(numbers, st.sampled_from("*×＊●"))
def test_a_masked_number_has_the_mask_of_the_whole_one(number: str, star: str) -> None:
    masked = id_card.parse(number[:6] + star * 8 + number[14:])
    assert (masked.state, masked.key, masked.birth) == ("masked", None, None)
    assert masked.mask == id_card.parse(number).mask


@pytest.mark.parametrize(
    ("text", "mask", "state"),
    [
        ("999999********001X", "999999|001X", "masked"),
        ("999999XXXXXXXX001X", "999999|001X", "masked"),
        ("999999xxxxxxxx0013", "999999|0013", "masked"),
        ("999999****0013", "999999|0013", "masked"),
        ("9999991990****0013", "999999|0013", "masked"),
        ("99999919900101****", None, "masked"),
        ("9999991990010100XX", None, "masked"),
        ("99************0013", None, "masked"),
        ("999999******013", None, "masked"),  # fifteen: its last four are not those of the new number
        ("******", None, "masked"),
        ("999999199001010014", None, "invalid"),
        ("999999199002300013", None, "invalid"),
        ("99999919900101001", None, "invalid"),
        ("999999900230001", None, "invalid"),
        ("护照E12345678", None, "invalid"),
        ("", None, "missing"),
        ("　", None, "missing"),
        ("无", None, "missing"),
        ("n/a", None, "missing"),
        (None, None, "missing"),
    ],
)
def test_table_of_numbers_without_a_key(text: str | None, mask: str | None, state: str) -> None:
    read = id_card.parse(text)
    assert (read.key, read.mask, read.state) == (None, mask, state)


def test_real_days_and_leap_years() -> None:
    for birth, state in ((date(2000, 2, 29), "valid"), (date(1999, 2, 28), "valid")):
        assert id_card.parse(_number("999999", birth, 1)).state == state
    first17 = "99999919990229001"
    assert id_card.parse(first17 + id_card.check_character(first17)).state == "invalid"
    too_early = "99999917900101001"
    assert id_card.parse(too_early + id_card.check_character(too_early)).state == "invalid"


def test_area_is_a_soft_check() -> None:
    assert id_card.plausible_area("430212") and id_card.plausible_area("999999")
    assert not id_card.plausible_area("000000") and not id_card.plausible_area("260101")


@given(st.text(max_size=25))
def test_any_text_is_read_without_raising(text: str) -> None:
    assert id_card.parse(text).state in ("valid", "invalid", "masked", "missing")
    assert uscc.parse(text).state in ("valid", "invalid", "old", "missing")
    phone.normalise(text)
    plate.normalise(text)


codes = st.builds(
    lambda head, region, tail: head + region + tail,
    st.sampled_from(["91", "92", "93", "11", "12", "51", "52", "53"]),
    areas,
    st.text(alphabet=uscc.ALPHABET, min_size=9, max_size=9),
).map(lambda first17: first17 + uscc.check_character(first17))


@given(codes)
def test_credit_codes_agree_with_the_independent_library(code: str) -> None:
    assert stdnum_uscc.is_valid(code)
    assert uscc.parse(code) == uscc.Uscc(code, code, "valid")
    assert uscc.parse(f" {code[:4].lower()} {code[4:]}\u200b").key == code


@given(codes, st.integers(0, 17), st.sampled_from(uscc.ALPHABET + "IOZSV"))
def test_a_wrong_character_is_always_caught_and_never_repaired(code: str, place: int, sign: str) -> None:
    wrong = code[:place] + sign + code[place + 1 :]
    assert (uscc.parse(wrong).state == "valid") == (wrong == code)
    assert (uscc.parse(wrong).key is not None) == stdnum_uscc.is_valid(wrong) or not wrong[:2].isdigit()


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("430999000012345", "old"),
        ("9199999900000000", "invalid"),
        ("919999990000000000", "invalid"),
        ("无", "missing"),
        (None, "missing"),
        ("9199999*********1X", "invalid"),
    ],
)
def test_table_of_codes_without_a_key(text: str | None, state: str) -> None:
    assert (uscc.parse(text).key, uscc.parse(text).state) == (None, state)


def test_letters_after_the_department_are_allowed() -> None:
    first17 = "N1999999MA0000000"
    assert uscc.parse(first17 + uscc.check_character(first17)).state == "valid"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("10000001234", "10000001234"),
        ("+86 100-0000-1234", "10000001234"),
        ("００８６ １０００００01234", "10000001234"),
        ("0100-80000123 转 12", "010080000123"),
        ("(0999)8000012", "09998000012"),
        ("80000123", "80000123"),
        ("12345", "12345"),
        ("100****1234", None),
        ("10000001234/10000001235", None),
        ("100000012345", None),
        ("无", None),
        ("", None),
        (None, None),
    ],
)
def test_table_of_telephone_numbers(text: str | None, number: str | None) -> None:
    assert phone.normalise(text) == number
    assert phone.normalise(number) == number
    if number:
        assert phone.is_mobile(number) == (len(number) == 11 and number[0] == "1")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("示A·12345", "示A12345"),
        ("示a 1234 5", "示A12345"),
        ("示ＡＤ１２３４５", "示AD12345"),
        ("示A1234学", "示A1234学"),
        ("示AI2345", None),
        ("示A1234", None),
        ("A12345", None),
        ("未上牌", None),
        (None, None),
    ],
)
def test_table_of_plates(text: str | None, number: str | None) -> None:
    assert plate.normalise(text) == number


def test_a_column_is_read_once_per_value() -> None:
    later = date(1990, 1, 1) + timedelta(days=1)
    column = [_number("999999", later, 1), None, _number("999999", later, 1)]
    answers = id_card.parse_many(column)
    assert [read.key for read in answers] == column
    assert answers[0] is answers[2]
