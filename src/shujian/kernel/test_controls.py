"""Signs that are refused, and signs of every day that are not."""

from __future__ import annotations

import pytest

from shujian.kernel.controls import found_in, without


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("甲\x00乙\x00", "U+0000"), ("\x08\x1b", "U+0008、U+001B"), ("甲\u202e乙\u2066", "U+202E、U+2066"), ("\ud800", "U+D800"),
        ("\ufffe", "U+FFFE"),
        ("\x85", "U+0085"), ("两行\r\n制表\t全角　空格", ""), ("𠀀👨‍👩‍👧e\u0301", ""), ("=1+1'\"<b>", ""), ("", ""),
    ],
)  # fmt: skip
def test_what_is_forbidden_is_named_and_left_out(text: str, found: str) -> None:
    assert found_in(text) == found
    assert found_in(without(text)) == "" and (without(text) == text) is (found == "")
