"""Look-alikes are proposed and never applied; rare characters compare in one form."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shujian.matching.normalise import id_card, uscc
from shujian.matching.normalise.lookalikes import CJK, LATIN, Proposal, alike, others, propose
from shujian.matching.normalise.rare import (
    comparable,
    is_private,
    may_have_lost,
    rare_signs,
    without_selectors,
)

FIRST17 = "91999999MA0000001"
CODE = FIRST17 + uscc.check_character(FIRST17)
NUMBER = "99999919900101001" + id_card.check_character("99999919900101001")


def _is_code(text: str) -> bool:
    return uscc.parse(text).state == "valid"


def test_a_misread_code_is_proposed_and_the_value_stays() -> None:
    misread = CODE.replace("MA0", "MAO")
    assert uscc.parse(misread).key is None
    proposals = propose(misread, _is_code, changes=1)
    assert Proposal(CODE, ((10, "O", "0"),)) in proposals
    assert uscc.parse(misread).key is None
    assert propose(CODE, _is_code) == ()


def test_an_id_with_two_misread_signs() -> None:
    misread = NUMBER[:6] + "l99O" + NUMBER[10:]
    proposals = propose(misread, lambda text: id_card.parse(text).state == "valid")
    assert [one.text for one in proposals if one.text == NUMBER] == [NUMBER]
    assert all(len(one.changes) <= 2 for one in proposals)
    assert propose(misread, lambda text: id_card.parse(text).state == "valid", changes=1) == ()


@given(st.data())
def test_one_misread_sign_is_among_the_proposals(data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([i for i, sign in enumerate(CODE) if others(sign)]))
    sign = data.draw(st.sampled_from(others(CODE[place])))
    misread = CODE[:place] + sign + CODE[place + 1 :]
    proposals = propose(misread, lambda text: text == CODE, changes=1)
    change = (place, sign, CODE[place])
    assert proposals == (Proposal(CODE, (change,)),)


@given(st.text(alphabet="".join(LATIN + CJK) + "甲x", max_size=6), st.integers(1, 2))
def test_proposals_say_exactly_what_they_change(text: str, changes: int) -> None:
    for one in propose(text, lambda reading: reading != text, changes=changes, limit=50):
        back = list(one.text)
        for place, read, proposed in one.changes:
            assert back[place] == proposed and proposed in others(read)
            back[place] = read
        assert "".join(back) == text and alike(text, one.text) == tuple(place for place, _, _ in one.changes)


def test_the_table_is_symmetric_and_carries_no_group_further() -> None:
    for sign in {sign for group in (*LATIN, *CJK) for sign in group}:
        assert sign not in others(sign)
        assert all(sign in others(other) for other in others(sign))
    assert (
        set("已巳") == set(others("己"))
        and "曰" in others("日")
        and "O" in others("0")
        and "l" in others("1")
    )
    assert others("甲")[:1] == ("田",) and others("鑫") == ()
    assert alike("示例己", "示例已") == (2,) and alike("示例己", "示例己") == ()
    assert alike("示例己", "示例庚") is None and alike("示例", "示例己") is None
    for wrong in (0, 4):
        with pytest.raises(ValueError, match="changes"):
            propose("1", _is_code, changes=wrong)


def test_limit() -> None:
    assert len(propose("0O1l", lambda text: text != "0O1l", limit=3)) == 3
    assert propose("0" * 400, lambda text: False, changes=3) == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("示例葛\U000e0100", "示例葛", True),
        ("示例芦\ufe00", "示例芦", True),
        ("示例\ue816", "示例\U00020087", True),
        ("示例\ue81e", "示例\u9fb4", True),
        ("示例\uf92c", "示例郎", True),
        ("示例⽅", "示例方", True),
        ("示 例\u3000\U0002cb41", "示例\U0002cb41", True),
        ("示例\U0002cb41", "示例\u9fb4", False),
        ("示例㛃", "示例洁", False),
        ("示例己", "示例已", False),
    ],
)
def test_table_of_rare_characters(one: str, other: str, same: bool) -> None:
    assert (comparable(one) == comparable(other)) == same


def test_rare_signs_are_named_with_place_and_code() -> None:
    found = rare_signs("示㛃\U0002cb41\ue000例\ufffd")
    assert [(one.place, one.code, one.block) for one in found] == [
        (1, "U+36C3", "extension_a"), (2, "U+2CB41", "extension"), (3, "U+E000", "private"), (5, "U+FFFD", "replacement"),
    ]  # fmt: skip
    assert rare_signs("示例甲") == ()
    assert is_private("示\ue000") and not is_private("示\ue816") and not is_private("示例")


@pytest.mark.parametrize("text", ["示□", "示?", "示\ufffd", "示〓", "示⿰金华", "示〔金华〕", "示(金华)例"])
def test_lost_characters_call_for_a_person(text: str) -> None:
    assert may_have_lost(text) and not may_have_lost("示例甲")


@given(st.text(max_size=12))
def test_comparing_is_stable(text: str) -> None:
    once = comparable(text)
    assert comparable(once) == once
    assert without_selectors(without_selectors(text)) == without_selectors(text)


@given(st.integers(0x4E00, 0x9FFF).map(chr), st.integers(0xE0100, 0xE01EF).map(chr))
def test_a_variant_of_a_character_is_that_character(sign: str, selector: str) -> None:
    assert comparable(sign + selector) == comparable(sign) == unicodedata.normalize("NFKC", sign)
