"""The bench measures what it says: equal answers, bars on the right side, exit 1 behind a whole report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shujian.bench import people, registry, service, text_peers
from shujian.bench.complaints import make
from shujian.bench.measure import Item, Measure, alternate, with_peak
from shujian.bench.measures import people as joined
from shujian.bench.measures import screening, stored
from shujian.kernel.errors import BadInput
from shujian.lake.read import find_words
from shujian.matching.normalise.id_card import parse

ITEM = Item(
    name="a.b",
    title="甲",
    figure=9.0,
    unit="行/秒",
    peer="乙",
    peer_figure=10.0,
    bar=0.8,
    better="higher",
    same=True,
)


@pytest.mark.parametrize(
    ("item", "ratio", "passed"),
    [
        (ITEM, 0.9, True),
        (replace(ITEM, figure=8.0), 0.8, True),
        (replace(ITEM, figure=7.9), 0.79, False),
        (replace(ITEM, better="lower", bar=0.9), 0.9, True),
        (replace(ITEM, better="lower", bar=0.8), 0.9, False),
        (replace(ITEM, same=False), 0.9, False),
        (replace(ITEM, same=None), 0.9, True),
        (replace(ITEM, peer_figure=None), None, None),
        (replace(ITEM, peer_figure=None, bar_on="figure", better="lower", bar=10), None, True),
        (replace(ITEM, bar_on="figure", better="lower", bar=8), 0.9, False),
    ],
)
def test_bars(item: Item, ratio: float | None, passed: bool | None) -> None:
    assert item.passed is passed
    assert item.ratio == (pytest.approx(ratio) if ratio else None)
    told = item.as_dict()
    assert told["pass"] is passed
    wanted = {"name", "figure", "unit", "peer", "peer_figure", "ratio", "bar", "pass", "rows", "peak_mb"}
    assert wanted <= told.keys()


def test_works_take_turns() -> None:
    turns: list[str] = []
    times = alternate(lambda: turns.append("a"), lambda: turns.append("b"), rounds=3)
    assert "".join(turns) == "abbaabba" or "".join(turns) == "baabbaab"
    assert len(times) == 2 and all(each.wall >= 0 and each.cpu >= 0 for each in times)


def test_peak_is_told_with_every_item() -> None:
    assert [item.peak_mb for item in with_peak([ITEM, ITEM], 12.5)] == [12.5, 12.5]


def test_complaints_are_the_same_each_time_and_hold_keywords_now_and_then() -> None:
    first, again = make(2000, 96), make(2000, 96)
    assert first.column.equals(again.column) and first.words == again.words
    assert len(set(first.words)) == 96
    share = len(find_words(first.column, first.words)["row"].unique()) / 2000
    assert 0.02 < share < 0.08
    assert len(set(make(10, 2000).words)) == 2000


@pytest.mark.parametrize("words", [96, 2000])
def test_every_peer_finds_what_we_find(words: int) -> None:
    items = screening.screening(words, rows=3000)
    assert [item.peer for item in items] == ["hyperscan", "polars extract_many"]
    assert [item.same for item in items] == [True, True]
    assert [item.bar for item in items] == [0.8, {96: 2.0, 2000: 4.0}[words]]


def test_a_missing_or_added_hit_is_seen() -> None:
    data = make(3000, 96)
    ours = find_words(data.column, data.words)
    bare, polars = text_peers.bare_hyperscan(data), text_peers.polars_extract(data)
    assert bare is not None and polars is not None
    for wrong in (ours.slice(1), pa.concat_tables([ours, ours.slice(0, 1)])):
        assert not text_peers.same_as_bare(wrong, bare(), data)
        assert not text_peers.same_as_polars(wrong, polars(), data.words)


def test_families_and_unknown_names() -> None:
    assert [measure.name for measure in registry.chosen(["screening"])] == [
        "screening.96",
        "screening.2000",
        "screening.stored",
    ]
    assert [measure.name for measure in registry.chosen(["cli.help"])] == ["cli.help"]
    every = registry.all_measures()
    assert [measure.name for measure in every.values() if measure not in registry.chosen([])] == [
        "models.memory"
    ]
    assert [measure.name for measure in registry.chosen(["models"])] == ["models.county"]
    assert registry.chosen(["models.memory"]) == [every["models.memory"]]
    with pytest.raises(BadInput) as refused:
        registry.chosen(["nothing", "screening", "screen"])
    assert [fault.found for fault in refused.value.faults] == ["nothing", "screen"]


def test_a_measure_runs_in_a_process_of_its_own() -> None:
    heard: list[str] = []

    def listen(measure: Measure, items: list[dict[str, Any]]) -> None:
        heard.append(measure.name)

    items = service.run(["cli.help"], heard=listen)
    assert heard == ["cli.help"]
    assert items[0]["peer"] == "python -c pass" and items[0]["peak_mb"] > 1
    assert service.machine()["packages"]["pyarrow"]


@pytest.mark.parametrize("kind", ["match", "absent"])
def test_the_compiled_steps_answer_what_the_hand_written_sql_answers(kind: str) -> None:
    with joined.ready(kind, 400, 700) as bench:
        bench.ours()
        bench.theirs()
        assert joined.agreed(kind, bench.session)
        less = f"select * from hand_{kind} where lrow <> (select min(lrow) from hand_{kind})"
        bench.session.execute(f"create or replace temp table hand_{kind} as {less}")
        assert not joined.agreed(kind, bench.session)


def test_what_is_proved_missing_a_plain_anti_join_finds_missing_too() -> None:
    with joined.ready("one_key", 400, 700) as bench:
        bench.ours()
        left, right = (bench.session.attach(f"bench_{side}") for side in ("left", "right"))
        plain = (
            f"select l._row as lrow from {left} as l where not exists "
            f"(select 1 from {right} as r where r.doc_no = l.doc_no and r.decided_on >= l.settled_on)"
        )
        proved = "select \"左._row\" as lrow from st_one_key where one_key_state = 'proved'"
        counts = [
            bench.session.sql(f"select count(*) as n from ({sql})")["n"][0].as_py()
            for sql in (proved, f"{proved} except {plain}", plain)
        ]
    assert 0 < counts[0] <= counts[2] and counts[1] == 0


def test_stored_hits_are_those_of_a_scan() -> None:
    items = stored.stored(rows=2000, words=96)
    assert [item.same for item in items] == [True] and items[0].peer == "pyarrow 只解码"


def test_invented_persons_have_valid_numbers_and_every_grade(tmp_path: Path) -> None:
    left, right = people.write_lists(tmp_path, 3000, 5000)
    for path in (left, right):
        ids = pq.read_table(path)["person__id"].drop_null().to_pylist()
        assert len(set(ids)) == len(ids) and {parse(number).state for number in ids} == {"valid"}
        masks = pq.read_table(path, columns=["person__id", "person__mask"]).drop_null().to_pylist()
        assert all(parse(row["person__id"]).mask == row["person__mask"] for row in masks)
