"""The search measure: equal answers on a small lake, and a peer that cannot find two-character words."""

from __future__ import annotations

from shujian.bench.measures.search import measured


def test_answers_are_those_of_the_scan_and_every_item_has_its_peer() -> None:
    whole, rights, built = measured(rows=3_000, fts_rows=1_000)
    assert (whole.same, rights.same) == (True, True)
    counts, fewer = whole.facts["counts"], rights.facts["counts"]
    assert counts["无人机"] == 0 and 0 < fewer["物业"] < counts["物业"] < 3_000
    assert built.facts["peer_finds"]["欠薪"] == 0 and built.facts["we_find"]["电动车"] > 0
    assert all(item.peer and item.peer_figure and item.figure for item in (whole, rights, built))
