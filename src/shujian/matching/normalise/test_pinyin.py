"""Names are found by how they are said, rare characters too."""

from __future__ import annotations

import pytest

from shujian.matching.normalise.pinyin import MOST_READINGS, initials, readings, sounds_like


def test_a_surname_keeps_its_readings() -> None:
    assert set(readings("单雄")) >= {"danxiong", "shanxiong"}
    assert set(initials("单雄")) >= {"dx", "sx"}


@pytest.mark.parametrize(
    ("name", "typed", "found"),
    [
        ("示例", "shili", True), ("示例", "Shi Li", True), ("示例", "sl", True), ("示例", "sheli", False), ("示例", "", False),
        ("示𬭁", "shitian", False), ("吕示", "lvshi", True), ("㛃示", "jieshi", True), ("示例·A", "shilia", True),
    ],
)  # fmt: skip
def test_what_is_typed_is_compared_with_every_reading(name: str, typed: str, found: bool) -> None:
    assert sounds_like(name, typed) is found


def test_a_sentence_has_no_endless_readings() -> None:
    assert len(readings("单单单单单单单单")) == MOST_READINGS
    assert readings("") == ("",)
