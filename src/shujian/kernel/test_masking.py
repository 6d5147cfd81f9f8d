"""Numbers in free text are hidden in every writing, everything else stays where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shujian.kernel.masking import leaks, mask_text

FULL = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
NUMBER, PHONE = "99999919900101001X", "10012345678"


@pytest.mark.parametrize(
    ("told", "masked"),
    [
        (f"证号{NUMBER}，请核", "证号999999***********X，请核"),
        (f"证号{NUMBER.lower()}。", "证号999999***********x。"),
        (NUMBER.translate(FULL), "９９９９９９***********Ｘ"),
        ("999999 19900101 001X", "999999*************X"),
        ("999999900101001", "999999********1"),
        (f"电话{PHONE}找他", "电话100******78找他"),
        ("100 1234 5678", "100********78"),
        ("100-1234-5678", "100********78"),
        ("0733-22345678", "073********78"),
        (PHONE.translate(FULL), "１００******７８"),
    ],
)
def test_numbers_are_hidden_in_every_writing(told: str, masked: str) -> None:
    assert mask_text(told) == masked
    assert len(mask_text(told)) == len(told)
    assert True in leaks(told)


@pytest.mark.parametrize(
    "told",
    [
        "工单2026063012345，共12345678元",
        "2026-06-30 12:30:45",
        "91999999000000019D",
        "示例路100号3栋2单元501",
        "3.1415926",
        "120元/吨，2024年3月5日至2025年3月5日",
    ],
)
def test_other_numbers_stay(told: str) -> None:
    assert mask_text(told) == told
    assert leaks(told) == (False, False)


@given(st.text(alphabet="孩子住示例镇，。 ", max_size=20), st.text(alphabet="的电话：。", max_size=20))
def test_whatever_stands_around_is_left_alone(before: str, after: str) -> None:
    masked = mask_text(f"{before}号{NUMBER}号{after}")
    assert masked == f"{before}号999999***********X号{after}"
