"""How stored values and found words come onto a page."""

from __future__ import annotations

import pytest

from shujian.faces.plain.marking import Piece, pieces, said
from shujian.faces.plain.templatetags.say import article


@pytest.mark.parametrize(
    ("spans", "marked"),
    [
        ([], []),
        ([(2, 2)], ["飞线"]),
        ([(0, 2), (4, 2)], ["电瓶", "充电"]),
        ([(2, 4), (4, 2)], ["飞线充电"]),
        ([(2, 3), (3, 3)], ["飞线充电"]),
        ([(4, 99)], ["充电"]),
        ([(99, 2)], []),
    ],
)
def test_words_are_marked_where_they_stand(spans: list[tuple[int, int]], marked: list[str]) -> None:
    made = pieces("电瓶飞线充电", spans)
    assert "".join(piece.text for piece in made) == "电瓶飞线充电"
    assert [piece.text for piece in made if piece.marked] == marked


def test_an_empty_text_is_one_empty_piece() -> None:
    assert pieces("", []) == (Piece(""),)


@pytest.mark.parametrize(
    ("semantic", "stored", "shown"),
    [
        ("money", "91000.00", "91,000.00 元"),
        ("decimal", "11140.000000", "11,140"),
        ("decimal", "0.250000", "0.25"),
        ("timestamp", "2026-06-21T15:47:49", "2026-06-21 15:47"),
        ("date", "2026-06-21", "2026-06-21"),
        ("money", "不详", "不详"),
        ("timestamp", "昨天", "昨天"),
    ],
)
def test_values_are_said_as_people_write_them(semantic: str, stored: str, shown: str) -> None:
    assert said(semantic, stored) == shown


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("14", "第 14 条"),
        ("14、27、49", "第 14、27、49 条"),
        ("177第三款", "第 177 条第三款"),
        ("11（五）", "第 11 条（五）"),
        ("附则", "附则"),
    ],
)
def test_articles(stored: str, shown: str) -> None:
    assert article(stored) == shown
