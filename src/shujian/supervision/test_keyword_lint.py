"""The lint of keyword files: what it finds, at which line; the shipped files are clean and hold the core words."""

from __future__ import annotations

from pathlib import Path

import pytest

from shujian.supervision.keyword_lint import lint, register
from shujian.supervision.keywords import keyword_shelf, load_keywords

GOOD = """id: ebike_charging
title: 示例词
from: 2020-01-01
words:
  - {word: 飞线充电, variants: [飞线]}
  - {word: 电动车入户}
  - {word: 楼道充电}
  - {word: 私拉电线}
  - {word: 电瓶上楼}
  - {word: 电动车自燃}
groups:
  车: [电动车, 电瓶]
  处: [楼道, 车库]
patterns: [{id: near, title: 楼内充电, find: 车, near: [处], within: 5}]
exclude: [电费]
"""


def findings(folder: Path, text: str) -> list[tuple[str, int | None, str | None, str | None]]:
    (folder / "keywords").mkdir()
    (folder / "keywords" / "ebike_charging.yaml").write_text(text, "utf-8")
    shelf = load_keywords((folder,))
    assert shelf.faults == ()
    return [(fault.code, fault.line, fault.found, fault.expected) for fault in lint(shelf)]


def test_a_clean_file_has_none(tmp_path: Path) -> None:
    assert findings(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "told"),
    [
        ("  - {word: 楼道充电}\n", "", "core_word_lost", 4, "楼道充电"),
        ("{word: 楼道充电}", "{word: 楼道充电, kind: ext}", "core_word_lost", 4, "楼道充电"),
        ("[电动车, 电瓶]", "[电动车, 电动车库, 电瓶]", "shadowed_word", 12, "删去，有“电动车”就够"),
        ("variants: [飞线]", "variants: [飞线, 高空飞线]", "shadowed_word", 5, "删去，有“飞线”就够"),
        ("[楼道, 车库]", "[楼道, 电费亭]", "word_holds_exclusion", 13, "改掉，或删去排除词“电费”"),
    ],
)
def test_each_finding_is_told_at_its_line(
    tmp_path: Path, old: str, new: str, code: str, line: int, told: str
) -> None:
    (found,) = findings(tmp_path, GOOD.replace(old, new))
    assert found[0] == code and found[1] == line and found[3] == told


def test_other_files_owe_no_core_words(tmp_path: Path) -> None:
    assert (
        findings(
            tmp_path,
            GOOD.replace("id: ebike_charging", "id: own_words").replace("  - {word: 电瓶上楼}\n", ""),
        )
        == []
    )


def test_the_shipped_files_are_clean_and_hold_the_core_words() -> None:
    assert lint(keyword_shelf()) == []
    shelf = keyword_shelf().items
    assert set(register().core) <= set(shelf)
    for name, words in register().core.items():
        held = [word.word for word in shelf[name].words if word.kind == "core"]
        assert held == list(words)
        assert len(held) == (6 if name in SIX else 5)


SIX = {
    "school_gate_food",
    "ebike_charging",
    "env_tax",
    "women_protection",
    "duty_urging",
    "support_litigation",
}
