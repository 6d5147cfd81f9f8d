"""The share of texts that a word hits, against rows counted by hand."""

from __future__ import annotations

from shujian.supervision.common_words import WordShare


def test_more_than_the_share_of_the_catalogue_is_common() -> None:
    def word(rows: int) -> WordShare:
        return WordShare("m", "s", "学校门口", pattern=False, rows=rows, alone=0, of=1000)

    assert [word(rows).common for rows in (0, 50, 51)] == [False, False, True]
