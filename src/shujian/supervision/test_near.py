"""``near``: metres, parts of an address, days, the unknown; against an oracle in plain Python."""

from __future__ import annotations

from datetime import date
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shujian.supervision.conftest import HEAD, TAIL, body_faults, run_rows, write_model, write_number
from shujian.supervision.library import load_model
from shujian.supervision.parameters import parameter_book
from shujian.supervision.proof import Proof, run_proof
from shujian.supervision.prove import prove_models
from shujian.supervision.result import RunResult
from shujian.supervision.run import contracts_of
from shujian.supervision.sentence import sentence

PLACES = """
id: own_place
title: 示例地点
provider: 示例单位
basis: [{law: 示例法, article: "1"}]
agreement: {purpose: 测试, number: null, expires: null}
cadence: P1M
fresh: P60D
sensitivity: 低
key: [no]
subjects: {place: {kind: place, address: address, coordinates: {lon: lon, lat: lat, system: CGCS2000}}}
fields:
  - {id: no, title: 编号, type: document_no, required: true}
  - {id: day, title: 日期, type: date}
  - {id: address, title: 地址, type: address}
  - {id: lon, title: 经度, type: lonlat}
  - {id: lat, title: 纬度, type: lonlat}
"""
NEAR = """needs: {甲: {source: own_place}, 乙: {source: own_place}}
parameters: [own.metres, own.days]
steps:
  - {id: here, says: 甲类, use: filter, from: 甲, where: "starts_with(no, '甲')"}
  - {id: there, says: 乙类, use: filter, from: 乙, where: "starts_with(no, '乙')"}
  - {id: close, says: 同一地点几日内的, use: near, left: here, right: there, within: {metres: param.own.metres, address: number},
     time: {left: 甲.day, right: 乙.day, days: param.own.days, side: SIDE}}
emit:
  - {from: close, subject: {case: 甲.no}, strength: 弱, title: "疑似", evidence: {甲: [no], 乙: [no]},
     figures: [乙.no, close_metres, close_days, close_how]}
"""
ROAD, NEXT, PLAIN, VILLAGE = "示例石湾镇人民路5号", "石湾镇人民路6号", "人民路5号", "示例石湾镇示例大塘村"
ADDRESSES = {
    ROAD: ("石湾", "人民路", "5"),
    "石湾镇人民路5号": ("石湾", "人民路", "5"),
    NEXT: ("石湾", "人民路", "6"),
    PLAIN: None,
    VILLAGE: None,
    None: None,
}


@pytest.fixture
def places(own_home: Path) -> Path:
    (own_home / "sources" / "own_place.yaml").write_text(PLACES, "utf-8")
    write_number(own_home, metres=500, days=7)
    return own_home


def row(
    no: str, east: float | None = None, address: str | None = None, day: str | None = "2026-01-10"
) -> dict[str, Any]:
    """A row so many metres east of a point of the model county."""
    lon = None if east is None else f"{124.4 + east / (111195 * cos(radians(28.2))):.6f}"
    return {"no": no, "day": day, "address": address, "lon": lon, "lat": None if lon is None else "28.200000"}


def run(
    places: Path, left: list[dict[str, Any]], right: list[dict[str, Any]], side: str = "either"
) -> RunResult:
    return run_rows(places, NEAR.replace("SIDE", side), {"甲": left, "乙": right})


@pytest.mark.parametrize(
    ("left", "right", "near", "unknown"),
    [
        (row("甲", 0), row("乙", 499), True, 0),
        (row("甲", 0), row("乙", 502), False, 0),
        (row("甲", 0, ROAD), row("乙", 502, ROAD), False, 0),
        (row("甲", None, ROAD), row("乙", 502, "石湾镇人民路5号"), True, 0),
        (row("甲", None, ROAD), row("乙", 0, NEXT), False, 0),
        (row("甲", None, ROAD), row("乙", 0, PLAIN), False, 1),
        (row("甲", 0), row("乙", None, ROAD), False, 1),
        (row("甲", 0), row("乙"), False, 1),
        (row("甲"), row("乙", 0), False, 1),
        (row("甲", 0), row("乙", None, None, "2026-01-18"), False, 0),
        (row("甲", 0), row("乙", 1, None, "2026-01-17"), True, 0),
        (row("甲", 0), row("乙", 1, None, "2026-01-18"), False, 0),
        (row("甲", 0), row("乙", 1, None, None), False, 1),
        (row("甲", 0), row("乙", 502, None, None), False, 0),
    ],
)  # fmt: skip
def test_near_far_and_unknown(
    places: Path, left: dict[str, Any], right: dict[str, Any], near: bool, unknown: int
) -> None:
    result = run(places, [left], [right])
    step = result.steps[-1]
    assert (step.rows, step.unknown, len(result.hits)) == (int(near), unknown, int(near))


POINT = st.one_of(st.none(), st.integers(-900, 900))
ROW = st.tuples(POINT, st.sampled_from(list(ADDRESSES)), st.sampled_from([None, 1, 5, 12, 13]))
Kind = tuple[int | None, str | None, int | None]


def apart(left: Kind, right: Kind) -> int | None:
    """Whole metres along the great circle, from the rounded degrees that the row shows."""
    if left[0] is None or right[0] is None:
        return None
    east = radians(float(row("", right[0])["lon"]) - float(row("", left[0])["lon"]))
    return round(2 * 6371008.8 * asin(sqrt(cos(radians(28.2)) ** 2 * sin(east / 2) ** 2)))


def verdict(left: Kind, right: Kind, side: str) -> bool | None:
    """The oracle: whether two rows are near; None where it cannot be known."""
    metres, one, other = apart(left, right), ADDRESSES[left[1]], ADDRESSES[right[1]]
    place: bool | None = None
    if metres is not None:
        place = metres <= 500
    elif one and other:
        place = one == other
    least, most = {"either": (-7, 7), "after": (0, 7), "before": (-7, 0)}[side]
    when = None if left[2] is None or right[2] is None else least <= right[2] - left[2] <= most
    if place is False or when is False:
        return False
    return None if place is None or when is None else True


def shown(name: str, kind: Kind) -> dict[str, Any]:
    return row(name, kind[0], kind[1], None if kind[2] is None else date(2026, 1, kind[2]).isoformat())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lefts=st.lists(ROW, max_size=4),
    rights=st.lists(ROW, max_size=4),
    side=st.sampled_from(["either", "after", "before"]),
)
def test_near_equals_the_oracle(places: Path, lefts: list[Kind], rights: list[Kind], side: str) -> None:
    given_left = [shown(f"甲{place}", each) for place, each in enumerate(lefts)]
    given_right = [shown(f"乙{place}", each) for place, each in enumerate(rights)]
    result = run(places, given_left, given_right, side)
    pairs, doubtful = 0, 0
    for left in lefts:
        found = [verdict(left, right, side) for right in rights]
        homeless = left[0] is None and not ADDRESSES[left[1]]
        pairs += found.count(True)
        doubtful += True not in found and (None in found or homeless)
    assert (result.steps[-1].rows, result.steps[-1].unknown) == (pairs, doubtful)


LEFT = NEAR.replace(
    "side: SIDE}}", "side: either}, require: left, covering: {from: as_of - days(param.own.days), to: as_of}}"
)
LEFT = LEFT.replace("figures: [乙.no, close_metres, close_days, close_how]", "figures: [close_state]")


def alone(places: Path, right: list[dict[str, Any]], covered: bool) -> list[tuple[Any, str, bool]]:
    told: dict[str, Any] = {"name": "t", "says": "测", "kind": "edge", "as_of": "2026-06-30", "expect": []}
    told["given"] = {"甲": [row("甲", 0)], "乙": right}
    told["coverage"] = {"乙": [{"from": "2026-01-01", "to": "2026-06-30"}]} if covered else {}
    model = load_model(write_model(places, HEAD + LEFT + TAIL))
    result = run_proof(model, Proof.model_validate(told), parameter_book())
    return [(hit.figures["close_state"], hit.absence, hit.pushable) for hit in result.hits]


def test_nothing_near_is_proved_only_where_everything_could_be_compared(places: Path) -> None:
    assert alone(places, [row("乙", 800)], covered=True) == [("proved", "proved", True)]
    assert alone(places, [row("乙", 800)], covered=False) == [("unknown", "unknown", False)]
    assert alone(places, [row("乙", 800), row("乙2")], covered=True) == [("unknown", "unknown", False)]
    assert alone(places, [row("乙", 3)], covered=True) == [(None, "none", True)]


def test_a_crowded_place_is_told_and_its_rows_are_unknown(places: Path) -> None:
    text = "near_block_cap:\n  title: 上限\n  type: integer\n  values: [{from: 1997-10-01, value: 3, basis: 示}]\n"
    model = load_model(write_model(places, HEAD + NEAR.replace("SIDE", "either") + TAIL))
    told = {"name": "t", "says": "测", "kind": "edge", "as_of": "2026-06-30", "expect": []}
    given_rows = {
        "甲": [row("甲1", 0), row("甲2", 0), row("甲3", 9000)],
        "乙": [row("乙1", 1), row("乙2", 2), row("乙3", 9001)],
    }
    (places / "parameters" / "crowd.yaml").write_text(text, "utf-8")
    book = parameter_book()
    crowded = type(book)(
        {**book.items, "matching.near_block_cap": book.items["crowd.near_block_cap"]}, book.files
    )
    result = run_proof(model, Proof.model_validate({**told, "given": given_rows}), crowded)
    assert [hit.subject_id for hit in result.hits] == ["甲3"]
    step = result.steps[-1]
    assert (step.rows, step.unknown) == (1, 2)
    assert step.notes == ("1 处地点过于集中（超过 3 对），没有逐对比较",)


def test_what_a_hit_says(places: Path) -> None:
    [hit] = run(places, [row("甲", 0)], [row("乙", 120, None, "2026-01-12"), row("乙9")]).hits
    assert hit.figures == {"乙.no": "乙", "close_metres": 120, "close_days": 2, "close_how": "坐标"}
    assert hit.explanation[-1] == "3. 同一地点几日内的：相距 120 米，相隔 2 天"
    model = load_model(write_model(places, HEAD + NEAR.replace("SIDE", "either") + TAIL))
    told = sentence(model.spec, contracts_of(model))
    assert (
        "在第（2）步的结果中找出与第（1）步的结果距离在限度之内或乡镇、道路、门牌相同，日期相隔在限度之内的：同一地点几日内的"
        in told
    )


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("metres: param.own.metres, address: number", "", "value_error"),
        ("address: number", "address: street", "literal_error"),
        ("metres: param.own.metres", "metres: 300", "bare_number"),
        ("left: 甲.day", "left: 甲.no", "wrong_type"),
        ("right: 乙.day", "right: 乙.dai", "unknown_column"),
        ("days: param.own.days", "days: param.own.dais", "undeclared_parameter"),
        ("right: there", "right: here", "same_alias"),
        ("within:", "place: estate, within:", "unknown_key"),
        ("within:", "covering: {from: as_of, to: as_of}, within:", "useless_covering"),
    ],
)
def test_faults_of_near(places: Path, old: str, new: str, code: str) -> None:
    right = NEAR.replace("SIDE", "after")
    assert body_faults(places, right) == []
    assert old in right
    found = [fault for fault in body_faults(places, right.replace(old, new)) if fault.code == code]
    assert [fault.line for fault in found if fault.line in (12, 13)] != []


def test_proofs_notice_every_change_of_near(places: Path) -> None:
    path = write_model(places, HEAD + NEAR.replace("SIDE", "after") + TAIL)
    (path.parent / "proofs").mkdir()
    left = f"[{{no: 甲1, day: 2026-01-10, lon: '124.400000', lat: '28.200000'}}, {{no: 甲2, day: 2026-01-10, address: {ROAD}}}]"
    rights = [
        "{no: 乙1, day: 2026-01-17, lon: '124.404000', lat: '28.200000'}",
        "{no: 乙2, day: 2026-01-18, lon: '124.404000', lat: '28.200000'}",
        "{no: 乙3, day: 2026-01-09, lon: '124.404000', lat: '28.200000'}",
        "{no: 乙6, day: 2026-01-08, lon: '124.404000', lat: '28.200000'}",
        "{no: 乙4, day: 2026-01-10, lon: '124.408000', lat: '28.200000'}",
        f"{{no: 乙5, day: 2026-01-10, address: {NEXT}}}",
    ]
    given_rows = f"{{甲: {left}, 乙: [{', '.join(rights)}]}}"
    text = f"name: edge\nsays: 界上界外\nkind: edge\nas_of: 2026-06-30\ngiven: {given_rows}\n"
    text += "expect: [{subject: 甲1}]\nafter: {close: 1}\n"
    (path.parent / "proofs" / "edge.yaml").write_text(text, "utf-8")
    report = prove_models([path], mutants=True)
    assert report.ok, report.items
    assert [each for each in report.survived if "close" in each] == []
