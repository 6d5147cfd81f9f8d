"""Masked numbers, telephones by kind, plates by kind."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shujian.matching.normalise import id_card, masks, phone
from shujian.matching.normalise.phone_parts import Phone, read_phone, read_phones
from shujian.matching.normalise.plate_parts import read_plate


def _number(birth: date, sequence: int) -> str:
    first17 = f"999999{birth:%Y%m%d}{sequence:03d}"
    return first17 + id_card.check_character(first17)


numbers = st.builds(_number, st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.integers(0, 999))
places = st.sets(st.integers(0, 17), min_size=1, max_size=12)


@given(numbers, places, st.sampled_from("*×＊●某"))
def test_a_number_agrees_with_its_own_mask(number: str, hidden: set[int], star: str) -> None:
    text = "".join("*" if place in hidden else sign for place, sign in enumerate(number))
    read = masks.read_id(text)
    assert read is not None and read.whole and read.pattern == text and read.agrees(number)
    assert read.shown == 18 - len(hidden)
    assert masks.read_id(text.replace("*", star) if star != "某" else text) == read


@given(numbers, numbers, places)
def test_another_number_agrees_only_if_it_shows_the_same(number: str, other: str, hidden: set[int]) -> None:
    read = masks.read_id("".join("*" if place in hidden else sign for place, sign in enumerate(number)))
    assert read is not None
    same = all(number[place] == other[place] for place in range(18) if place not in hidden)
    assert read.agrees(other) == same


@given(numbers, st.integers(1, 12))
def test_old_numbers_masked_in_fifteen_places(number: str, stars: int) -> None:
    old = number[:6] + number[8:17]
    read = masks.read_id(old[:1] + "*" * stars + old[1 + stars :])
    assert read is not None and masks.agrees_with_id(read, number)
    assert not masks.agrees_with_id(read, number[:6] + "20" + number[8:])


@pytest.mark.parametrize(
    ("text", "pattern", "whole", "block"),
    [
        ("999999********001X", "999999********001X", True, "999999|001X"),
        ("999999XXXXXXXX001x", "999999********001X", True, "999999|001X"),
        ("999999****0013", "999999****0013", False, "999999|0013"),
        ("9999991990********", "9999991990********", True, None),
        ("**************0013", "**************0013", True, None),
        ("999999某某0013", "999999**0013", False, "999999|0013"),
    ],
)
def test_table_of_masked_ids(text: str, pattern: str, whole: bool, block: str | None) -> None:
    read = masks.read_id(text)
    assert read is not None
    assert (read.pattern, read.whole, read.block()) == (pattern, whole, block)


@pytest.mark.parametrize("text", [None, "", "无", "******", "999999199001010013", "护照E1*", "张*"])
def test_no_masked_id(text: str | None) -> None:
    assert masks.read_id(text) is None


def test_a_mask_of_unknown_length_compares_its_ends() -> None:
    read = masks.read_id("999999****0013")
    assert read is not None and read.shown == 10
    assert read.agrees("999999199001010013") and not read.agrees("999999199001010021")
    assert read.agrees("9999990013") is False
    masked = masks.read_phone("100****0001")
    assert masked is not None and masked.agrees("10012340001") and not masked.agrees("10112340001")
    assert masks.read_phone("+86 100-****-0001") == masked
    assert masks.read_phone("10000000001") is None and masks.read_phone("***********") is None
    assert masks.read_ids(["无"]) == [None] and masks.read_phones(["100****0001"]) == [masked]


@pytest.mark.parametrize(
    ("text", "kind", "number", "area", "local", "extension"),
    [
        ("10000000001", "mobile", "10000000001", None, None, None),
        ("+86 100-0000-0001", "mobile", "10000000001", None, None, None),
        ("手机：１００００００００01", "mobile", "10000000001", None, None, None),
        ("0999-8000012", "landline", "09998000012", "0999", "8000012", None),
        ("(0999)80000123转12", "landline", "099980000123", "0999", "80000123", "12"),
        ("+86-999-80000123", "landline", "099980000123", "0999", "80000123", None),
        ("010-80000123", "landline", "01080000123", "010", "80000123", None),
        ("999-8000012", "landline", "09998000012", "0999", "8000012", None),
        ("8000012", "local", "8000012", None, "8000012", None),
        ("12345", "service", "12345", None, None, None),
        ("400-800-0001", "service", "4008000001", None, None, None),
        ("+852 1234 5678", "abroad", "+85212345678", None, None, None),
        ("100****0001", "masked", None, None, None, None),
        ("100000000011", "invalid", None, None, None, None),
        ("01234567890", "invalid", None, None, None, None),
        ("无", "missing", None, None, None, None),
        (None, "missing", None, None, None, None),
    ],
)
def test_table_of_telephones(
    text: str | None,
    kind: str,
    number: str | None,
    area: str | None,
    local: str | None,
    extension: str | None,
) -> None:
    read = read_phone(text)
    assert (read.kind, read.number, read.area, read.local, read.extension) == (
        kind,
        number,
        area,
        local,
        extension,
    )


def test_the_area_of_the_source_is_marked_as_assumed() -> None:
    read = read_phone("8000012", "0999")
    assert (read.kind, read.number, read.assumed_area) == ("landline", "09998000012", True)
    assert not read_phone("0888-8000012", "0999").assumed_area
    cell = read_phones("10000000001/8000012、无 ", "0999")
    assert [one.number for one in cell] == ["10000000001", "09998000012"]
    assert [one.number for one in read_phones("10000000001 10000000002")] == ["10000000001", "10000000002"]
    assert read_phones(None) == ()


@given(st.text(max_size=16) | st.text(alphabet="0123456789+-*()转 ", max_size=16))
def test_what_phone_refuses_is_never_made_a_key(text: str) -> None:
    read = read_phone(text)
    assert isinstance(read, Phone)
    if read.number and read.kind in ("mobile", "local", "service"):
        assert phone.normalise(read.number) == read.number


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("示A·12345", "civil", "示A12345"),
        ("示a d12345", "new_energy_small", "示AD12345"),
        ("示AF1234 5(绿牌)", "new_energy_small", "示AF12345"),
        ("示A12345D", "new_energy_large", "示A12345D"),
        ("示A1234挂", "trailer", "示A1234挂"),
        ("示A1234学", "school", "示A1234学"),
        ("示A1234警", "police", "示A1234警"),
        ("示Z1234港", "border", "示Z1234港"),
        ("使014578", "embassy", "使014578"),
        ("WJ示12345", "armed_police", "WJ示12345"),
        ("AB12345", "military", "AB12345"),
        ("示AI2345", "invalid", None),
        ("示AL123456", "invalid", None),
        ("示A·12**5", "masked", None),
        ("无", "missing", None),
        (None, "missing", None),
    ],
)
def test_table_of_plates(text: str | None, kind: str, number: str | None) -> None:
    read = read_plate(text)
    assert (read.kind, read.number) == (kind, number)


def test_masked_plates_agree_place_by_place() -> None:
    read = read_plate("示A·12**5")
    assert read.pattern == "示A12**5" and read.agrees("示A12345") and not read.agrees("示A13345")
    assert not read.agrees("示A123456") and not read_plate("无").agrees("示A12345")
    assert read_plate("示A12345").agrees("示A12345")
