"""The sentences: ordinary ones hold no keyword, planted ones hold one in earnest, guarded ones lose theirs.

The rule is written out again here, plainly, so that a mistake in the engine cannot hide in the demo.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from shujian.demo.draws import dice
from shujian.demo.firms import Bureau
from shujian.demo.matters import Matters
from shujian.demo.orders import HOTLINE, Batch, grid_chunks, hotline_chunks
from shujian.demo.phrases import phrasebook, pieces
from shujian.demo.seasons import Span
from shujian.demo.staff_rows import AS_OF
from shujian.kernel.home import SHIPPED_CATALOGUE
from shujian.kernel.yamlfile import read_yaml

FILES = {"ebike": "ebike_charging", "wages": "support_litigation", "dust": "env_tax"}
BREAKS = '，。；！？、：,;!?:（）()“”" 　'


def keywords(name: str) -> dict[str, Any]:
    return dict(read_yaml(Path(SHIPPED_CATALOGUE) / "keywords" / f"{name}.yaml").value)


def spans(text: str, word: str) -> list[tuple[int, int]]:
    return [(at, at + len(word)) for at in range(len(text)) if text.startswith(word, at)]


def effective(text: str, shelf: dict[str, Any]) -> set[str]:
    """The words that count in a text, by the file's own rule."""
    left_out = [span for word in shelf.get("exclude", []) for span in spans(text, word)]
    found = set()
    for word in shelf["words"]:
        for spelling in (word["word"], *word.get("variants", [])):
            for start, end in spans(text, spelling):
                near = any(a < end + shelf["window"] and b + shelf["window"] > start for a, b in left_out)
                before = text[max(0, start - shelf["negation_reach"]) : start]
                before = before[max((before.rfind(mark) for mark in BREAKS), default=-1) + 1 :]
                if not near and not any(no in before for no in shelf.get("negations", [])):
                    found.add(word["word"])
    return found


def shown(text: str) -> str:
    return text.format(
        quarter="示例甲", place="示例乙", firm="示例丙公司", n=3, town="示例镇", village="示例村", time="近日"
    )


@pytest.mark.parametrize("book", ["everyday", "rounds"])
@pytest.mark.parametrize("file", FILES.values())
def test_ordinary_sentences_hold_no_keyword(book: str, file: str) -> None:
    shelf, phrases = keywords(file), phrasebook(book)
    known = {spelling for word in shelf["words"] for spelling in (word["word"], *word.get("variants", []))}
    for topic in phrases.topics:
        for piece in (
            *topic.title,
            *topic.body,
            *topic.detail,
            *phrases.opening,
            *phrases.closing,
            *phrases.leaks,
        ):
            assert not [word for word in known if word in piece], piece


def test_there_is_real_variety() -> None:
    books = [phrasebook(name) for name in ("everyday", "rounds")]
    counted = {
        piece
        for book in books
        for topic in book.topics
        for piece in (*topic.title, *topic.body, *topic.detail)
    }
    assert len(counted) >= 300


@pytest.mark.parametrize("matter", FILES)
def test_planted_sentences_count_and_guarded_ones_do_not(matter: str) -> None:
    shelf, content = keywords(FILES[matter]), pieces("planted")[matter]
    for text in (*content["sure"], *content.get("family", []), *content.get("grid", [])):
        assert effective(shown(text), shelf), text
    for each in content.get("guarded", []):
        assert not effective(shown(each["text"]), shelf), each
        reasons = {"excluded": shelf["exclude"], "negated": shelf["negations"]}.get(each["why"])
        if reasons is not None:
            assert any(reason in each["text"] for reason in reasons), each


def test_bulk_rows_hold_no_effective_word() -> None:
    shelves = [keywords(file) for file in FILES.values()]
    span = Span(AS_OF.replace(day=1), AS_OF, 2000)
    at = HOTLINE.index("诉求内容")
    said = [text for chunk in hotline_chunks(Batch(5, "t"), span) for text in chunk.column(at).to_pylist()]
    assert len(said) == 2000
    assert not [text for text in said if any(effective(text, shelf) for shelf in shelves)]
    seen = [text for chunk in grid_chunks(Batch(5, "t"), span) for text in chunk.column(6).to_pylist()]
    assert not [text for text in seen if any(effective(text, shelf) for shelf in shelves)]


def test_orders_that_a_guard_must_cancel_carry_no_other_word() -> None:
    luck = dice(3, "t")
    matters = Matters(luck, Bureau(luck))
    for matter in ("ebike", "wages"):
        matters.guarded(
            matter, matters.days_ago(3, 9), estate=matters.next_quarter(), firm="示例市某建筑劳务有限公司"
        )
    at = HOTLINE.index("诉求内容")
    for row in matters.orders:
        assert not effective(row[at], keywords("ebike_charging")), row[at]
        assert not effective(row[at], keywords("support_litigation")), row[at]
