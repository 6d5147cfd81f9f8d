"""Rows that a screening does not read are rows that it could not have kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from shujian.supervision.keyword_forms import KeywordFile
from shujian.supervision.trying import try_words

GROUPS = {f"g{number}": [f"词{number:03d}号"] for number in range(130)}


def _kept(texts: list[str], **shelf: Any) -> list[int | None]:
    made = KeywordFile.model_validate({"id": "t", "title": "试", "from": date(2020, 1, 1), **shelf})
    found = try_words(made, [("", each) for each in texts])
    return [each.score if each else None for each in found]


def test_more_groups_than_one_mask_holds() -> None:
    patterns = [
        {"id": "far", "title": "远", "find": "g0", "near": ["g129"], "within": "text"},
        {"id": "next", "title": "邻", "find": "g59", "near": ["g60", "g61"], "within": "text"},
    ]
    others = [
        {"id": f"p{number}", "title": f"第{number}", "find": f"g{number}", "near": ["g1"], "within": "text"}
        for number in range(2, 129)
    ]
    texts = [
        "词000号和词129号",
        "词000号和词128号",
        "词059号、词060号、词061号",
        "词059号、词061号",
        "词001号和词064号",
    ]
    assert _kept(texts, groups=GROUPS, patterns=[*patterns, *others]) == [30, None, 30, None, 30]


def test_words_and_patterns_add_up_to_the_least_score() -> None:
    shelf: dict[str, Any] = {
        "words": [{"word": "欠薪", "weight": 10, "variants": ["拖欠工资"]}],
        "groups": {"who": ["老板"], "what": ["不给"]},
        "patterns": [{"id": "p", "title": "老板不给", "find": "who", "near": ["what"], "weight": 15}],
        "least": 25,
    }
    texts = ["老板不给，欠薪", "老板不给", "欠薪，拖欠工资，欠薪", "老板欠薪", "老板。不给。欠薪"]
    # the third holds three hits of one word: it is read, and counts the word once
    assert _kept(texts, **shelf) == [25, None, None, None, None]


def test_a_word_in_two_groups_stands_for_both() -> None:
    shelf: dict[str, Any] = {
        "groups": {"a": ["甲", "乙"], "b": ["乙"]},
        "patterns": [{"id": "p", "title": "两处", "find": "a", "near": ["b"], "within": "text"}],
    }
    assert _kept(["乙和乙", "甲和乙", "乙", "甲和甲"], **shelf) == [30, 30, None, None]
