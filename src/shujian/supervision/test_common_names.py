"""A name that is common in the county proves nothing in a small list either; counted by who is certainly another."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shujian.lake import service as lake
from shujian.lake.conftest import number
from shujian.lake.read import memory_session, pin
from shujian.supervision import service
from shujian.supervision.builder import PEOPLE
from shujian.supervision.conftest import HEAD, PERSON, SOURCE, SUBJECT, TAIL, write_model
from shujian.supervision.result import RunResult
from shujian.supervision.steps.match import _county_names

DAY = date(2026, 6, 30)
HEADER = "编号,姓名,身份证号,出生日期,性别,日期\n"
MODEL = HEAD + """needs: {名单: {source: own_list}, 记录: {source: own_record}}
steps:
  - {id: pair, says: 同一人, use: match, left: 名单, right: 记录, key: person, require: inner}
emit:
  - {from: pair, subject: 名单.person, strength: 弱, title: "{名单.name}疑似，记录{记录.no}", evidence: {名单: [no], 记录: [no]}}
""" + TAIL  # fmt: skip
SAID = "全县同名超过 20 人的仅姓名匹配 1 对未列出"


@pytest.fixture
def put(own_home: Path, tmp_path: Path) -> Callable[[str, str], None]:
    """Land rows of one source; a third one, which no model reads, holds the rest of the county."""
    write_model(own_home, MODEL)
    body = SOURCE.format(id="own_crowd", title="示例人口", fields=PERSON, subjects=SUBJECT, expires="null")
    (own_home / "sources" / "own_crowd.yaml").write_text(body, "utf-8")

    def land(source: str, rows: str) -> None:
        file = tmp_path / f"{source}{len(rows)}.csv"
        file.write_text(HEADER + rows, "utf-8")
        assert lake.ingest(source, [file], as_of=DAY).files[0].rejected == 0

    return land


def _crowd(size: int, name: str = "示例甲") -> str:
    return "".join(f"c{place},{name},{number(place)},,,\n" for place in range(1, size + 1))


def _run() -> RunResult:
    return service.run("listed_not_recorded", snapshot=pin(), as_of=DAY)


def test_one_more_bearer_in_the_county_and_the_pair_of_two_small_lists_is_not_listed(
    put: Callable[[str, str], None],
) -> None:
    put("own_list", "1,示例甲,,,,\n2,示例乙,,,,\n")
    put("own_record", "r1,示例甲,,,,\nr2,示例乙,,,,\n")
    put("own_crowd", _crowd(20))
    made = _run()
    assert [hit.grade for hit in made.hits] == ["C", "C"]
    assert made.steps[0].notes == () and made.parameters["matching.county_name_limit"] == 20
    put("own_crowd", _crowd(21))
    told = _run()
    assert [(hit.grade, hit.title[-2:]) for hit in told.hits] == [("C", "r2")]
    assert told.steps[0].notes == (SAID,)


def test_more_than_the_name_still_joins(put: Callable[[str, str], None]) -> None:
    put("own_list", f"1,示例甲,,1990-01-02,女,\n2,示例甲,{number(77)},,,\n")
    put("own_record", f"r1,示例甲,,1990-01-02,女,\nr2,示例甲,{number(77)},,,\n")
    put("own_crowd", _crowd(30))
    assert sorted(hit.grade for hit in _run().hits) == ["A", "B"]


def test_the_same_people_again_and_those_who_cannot_be_told_apart_make_no_crowd(
    put: Callable[[str, str], None],
) -> None:
    put("own_list", "1,示例甲,,,,\n")
    put("own_record", "r1,示例甲,,,,\n")
    put("own_crowd", _crowd(20) + "".join(f"d{n},示例甲,,,,\n" for n in range(30)))
    put("own_crowd", "".join(f"e{n},示例甲,{number(n)},,,\n" for n in range(1, 21)))
    put("own_crowd", "".join(f"f{n},示例甲,,1990-01-01,,\n" for n in range(9)))
    assert [hit.grade for hit in _run().hits] == ["C"]
    put("own_crowd", "g1,示例甲,,1991-01-01,,\n")
    assert _run().steps[0].notes == (SAID,)


def test_a_row_that_was_corrected_counts_as_it_now_stands(put: Callable[[str, str], None]) -> None:
    put("own_list", "1,示例甲,,,,\n")
    put("own_record", "r1,示例甲,,,,\n")
    put("own_crowd", _crowd(21))
    assert _run().hits == ()
    put("own_crowd", f"c21,示例更正,{number(21)},,,\n")
    assert [hit.grade for hit in _run().hits] == ["C"]


def test_a_replay_counts_among_those_it_counted_among(
    put: Callable[[str, str], None], own_home: Path
) -> None:
    put("own_list", "1,示例甲,,,,\n")
    put("own_record", "r1,示例甲,,,,\n")
    put("own_crowd", _crowd(21))
    made, snapshot = _run(), pin()
    assert json.loads(made.frozen)["people"] == {
        "own_crowd": ["person"],
        "own_list": ["person"],
        "own_record": ["person"],
    }
    (own_home / "sources" / "own_crowd.yaml").unlink()
    assert [hit.grade for hit in _run().hits] == ["C"], "nobody knows any more whom those rows name"
    again = service.replay(made.frozen, snapshot=snapshot, as_of=DAY, expected_sm3=made.result_sm3)
    assert again.same and again.result.steps[0].notes == (SAID,)


def test_where_no_name_is_common_the_result_is_what_it_was_before_names_were_counted(
    put: Callable[[str, str], None],
) -> None:
    put("own_list", "1,示例甲,,,,\n")
    put("own_record", "r1,示例甲,,,,\n")
    put("own_crowd", _crowd(20))
    made, snapshot = _run(), pin()
    frozen = {name: part for name, part in json.loads(made.frozen).items() if name != "people"}
    before = service.replay(json.dumps(frozen), snapshot=snapshot, as_of=DAY, expected_sm3=made.result_sm3)
    assert before.same


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["甲", "乙"]),
        st.one_of(
            st.none(),
            st.builds(lambda place, day: number(place, f"199001{day:02d}"), st.integers(1, 3), st.integers(1, 4)),
            st.sampled_from(["不可读日期的号码一", "不可读日期的号码二"]),
        ),
        st.one_of(st.none(), st.builds(lambda n: date(1990, 1, 1) + timedelta(n), st.integers(0, 5))),
    ),
    max_size=24,
)  # fmt: skip


def _certainly_apart(rows: list[tuple[str, str | None, date | None]], name: str) -> int:
    """Independent oracle: the valid numbers, and the days of birth of the others on which no number was born."""
    numbers = {card for who, card, _ in rows if who == name and card}
    born = {card[6:14] for card in numbers}
    days = {f"{day:%Y%m%d}" for who, card, day in rows if who == name and not card and day}
    return len(numbers) + len(days - born)


@settings(max_examples=60, deadline=None)
@given(ROWS, st.integers(0, 6))
def test_the_count_is_of_those_who_are_certainly_not_one_another(
    rows: list[tuple[str, str | None, date | None]], limit: int
) -> None:
    kinds = pa.schema([("name", pa.string()), ("id", pa.string()), ("birth", pa.date32())])
    named = [dict(zip(kinds.names, row, strict=True)) for row in rows]
    with memory_session({}) as session:
        session.register(PEOPLE, pa.Table.from_pylist(named, schema=kinds))
        session.register("pairs", pa.table({"_name": ["甲", "乙"], "_m": [4, 3]}))
        found = set(session.sql(_county_names(limit)).column("n").to_pylist())
    assert found == ({"甲"} if _certainly_apart(rows, "甲") > limit else set())
