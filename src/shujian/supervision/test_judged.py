"""What people judged, in the SQL of match and absent: it counts, nothing else moves, and nobody else is touched."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shujian.supervision.conftest import HEAD, MODEL, TAIL, write_model
from shujian.supervision.frozen import thaw
from shujian.supervision.judged import JudgedPair, JudgedPeople, Known
from shujian.supervision.library import load_model
from shujian.supervision.parameters import parameter_book
from shujian.supervision.proof import Proof, run_proof
from shujian.supervision.result import Hit, RunResult

ONE, OTHER = "999999199001010016", "999999199001010024"
LISTED = {"no": "1", "name": "张三丰", "id_card": ONE, "amount": "500", "day": "2026-01-10"}
NAMESAKE = {"no": "r1", "name": "张三丰", "day": "2026-02-01"}
FILLER = [{"no": f"f{n}", "name": "李四", "id_card": OTHER, "day": "2026-02-01"} for n in range(60)]
"""Rows with a number: a list of too many rows without one proves no absence."""
WHOLE = {"from": "2020-01-01", "to": "2026-06-30", "complete": True}
PAIRED = """needs:
  名单: {source: own_list, fresh: P60D}
  记录: {source: own_record, fresh: P60D}
parameters: []
steps:
  - {id: met, says: 碰撞, use: match, left: 名单, right: 记录, key: person%s}
emit:
  - {from: met, subject: person, strength: 中, title: "{名单.name}疑似", evidence: {名单: [no, name], 记录: [no]}}
"""


def who(name: str | None = "张三丰", number: str | None = ONE) -> Known:
    return Known("k1", "person", number, name)


def row(name: str | None = "张三丰", no: str = "r1", dataset: str = "own_record", **told: Any) -> Known:
    return Known(told.get("key", "k2"), "person", told.get("number"), name, dataset, "", (no,))


def people(same: bool, *known: Known) -> JudgedPeople:
    return JudgedPeople(known or (who(), row()), (JudgedPair("k1", "k2", same, ("RD000007",)),))


def run(
    catalogue: Path,
    records: list[dict[str, Any]],
    told: JudgedPeople | None = None,
    *,
    body: str = "",
    **more: Any,
) -> RunResult:
    listed, fill = more.pop("listed", [LISTED]), not body
    proof = Proof.model_validate(
        {"name": "t", "says": "测试", "kind": "edge", "as_of": "2026-06-30", "expect": [],
         "given": {"名单": listed, "记录": [*records, *(FILLER if fill else [])]}, "coverage": {"记录": [WHOLE]}, **more}
    )  # fmt: skip
    model = load_model(write_model(catalogue, HEAD + body + TAIL if body else MODEL))
    return run_proof(model, proof, parameter_book(), judgements=told)


def only(result: RunResult) -> Hit:
    [hit] = result.hits
    return hit


def met(result: RunResult) -> list[tuple[str, str]]:
    return sorted((hit.grade, match.judged) for hit in result.hits for match in hit.matches)


def test_judged_not_the_same_is_no_candidate_any_more_and_that_is_said(own_home: Path) -> None:
    assert only(run(own_home, [NAMESAKE])).absence == "possible"
    hit = only(run(own_home, [NAMESAKE], people(False)))
    assert (hit.absence, hit.matches, hit.grade) == ("proved", (), "A")
    assert "1 条记录经人工认定不属于同一主体，不计在内（RD000007）" in hit.absences[0].because
    two = [NAMESAKE, {**NAMESAKE, "no": "r2"}]
    left = only(run(own_home, two, people(False)))
    assert (left.absence, len(left.matches)) == ("possible", 1)


def test_judged_the_same_is_a_record_of_the_subject(own_home: Path) -> None:
    assert run(own_home, [NAMESAKE], people(True)).hits == ()
    before = {**NAMESAKE, "day": "2026-01-09"}
    assert only(run(own_home, [before], people(True))).absence == "proved"
    dateless = {**NAMESAKE, "day": None}
    hit = only(run(own_home, [dateless], people(True)))
    assert (hit.absence, [(one.grade, one.judged) for one in hit.matches]) == (
        "possible",
        [("judged", "RD000007")],
    )


def test_a_near_name_judged_the_same_counts(own_home: Path) -> None:
    born = {"birth_on": "1990-01-01", "sex": "男"}
    near = {**NAMESAKE, "name": "张三锋", **born}
    listed = [{**LISTED, **born}]
    assert only(run(own_home, [near], listed=listed)).absence == "possible"
    assert run(own_home, [near], people(True, who(), row("张三锋")), listed=listed).hits == ()
    assert only(run(own_home, [near], people(False, who(), row("张三锋")), listed=listed)).absence == "proved"


def test_the_same_number_stays_a_record_whatever_was_judged(own_home: Path) -> None:
    """A record that bears the person's own number is never judged away into an absence."""
    record = {**NAMESAKE, "id_card": ONE}
    told = people(False, who(), row(number=ONE))
    assert run(own_home, [record]).hits == run(own_home, [record], told).hits == ()


def test_match_takes_the_same_in_and_the_different_out(own_home: Path) -> None:
    body = PAIRED % ""
    assert met(run(own_home, [NAMESAKE], body=body)) == [("C", "")]
    same = run(own_home, [NAMESAKE], people(True), body=body)
    assert met(same) == [("judged", "RD000007")]
    assert [(step.by_grade, step.rows) for step in same.steps] == [({"judged": 1}, 1)]
    assert "人工认定是同一人（RD000007）" in only(same).explanation[0]
    assert only(same).matches[0].compared[1].outcome == "same" and not only(same).pushable
    assert only(same).score == 45 + 10
    assert run(own_home, [NAMESAKE], people(False), body=body).hits == ()


def test_a_match_that_asks_for_sure_ones_takes_the_judged_and_not_the_rest(own_home: Path) -> None:
    body = PAIRED % ", grades: [A]"
    two = [NAMESAKE, {**NAMESAKE, "no": "r2"}]
    assert run(own_home, two, body=body).hits == ()
    assert met(run(own_home, two, people(True), body=body)) == [("judged", "RD000007")]
    sure = {**NAMESAKE, "no": "r3", "id_card": ONE}
    assert len(only(run(own_home, [*two, sure], people(True), body=body)).matches) == 2


def test_a_judged_pair_does_not_hide_a_doubtful_one(own_home: Path) -> None:
    """The worst grade decides in a chain of steps: judged, then by name only, is by name only."""
    body = (PAIRED % "").replace(
        "emit:", "  - {id: again, says: 再碰撞, use: match, left: met, right: 三, key: person}\nemit:"
    )
    body = body.replace("parameters", "  三: {source: own_record, fresh: P60D}\nparameters").replace(
        "from: met", "from: again"
    )
    two = [NAMESAKE, {**NAMESAKE, "no": "r2"}]
    found = run(own_home, two, people(True), body=body)
    assert {step.id: dict(step.by_grade) for step in found.steps} == {
        "met": {"C": 1, "judged": 1}, "again": {"C": 3, "judged": 1},
    }  # fmt: skip


def test_the_common_name_cut_does_not_touch_what_a_person_judged(own_home: Path) -> None:
    many = [{**NAMESAKE, "no": f"r{n}"} for n in range(40)]
    body = PAIRED % ""
    assert run(own_home, many, body=body).hits == ()
    told = run(own_home, many, people(True), body=body)
    assert met(told) == [("judged", "RD000007")] and "39 对未列出" in told.steps[0].notes[0]


STRANGERS = (
    (who(), row("张三锋")),  # the row has another name
    (who("张三风"), row()),  # the bearer of the number has another name
    (who(number=OTHER), row()),  # another number
    (who(), row(number=OTHER)),  # the row had a number that it has not
    (who(), row(no="r2")),  # another row
    (who(), row(dataset="own_list", no="2")),  # another source
    (who(number=None), row()),  # no number and no row
    (replace(who(), kind="org"), row()),  # another kind of subject
)


@pytest.mark.parametrize("same", [True, False])
def test_what_was_judged_of_others_leaks_nowhere(own_home: Path, same: bool) -> None:
    """Many judgements, each of another pair than the one that is here: the very bytes of a run without any."""
    known = [
        replace(one, key=f"{place}{side}")
        for place, two in enumerate(STRANGERS)
        for side, one in zip("lr", two, strict=True)
    ]
    pairs = [JudgedPair(f"{place}l", f"{place}r", same, ("RD000007",)) for place in range(len(STRANGERS))]
    others = JudgedPeople(
        (*known, who(), row(key="k9")), (*pairs, JudgedPair("k1", "k8", same, ("RD000008",)))
    )
    for body in ("", PAIRED % ""):
        plain, told = run(own_home, [NAMESAKE], body=body), run(own_home, [NAMESAKE], others, body=body)
        assert (told.result_sm3, told.frozen) == (plain.result_sm3, plain.frozen)


def test_a_row_that_got_a_number_since_is_new_evidence(own_home: Path) -> None:
    numbered = {**NAMESAKE, "id_card": OTHER}
    assert only(run(own_home, [numbered], people(True))).absence == "proved"


def test_what_is_frozen_holds_handles_and_rows_only_and_gives_the_same_bytes(own_home: Path) -> None:
    first = run(own_home, [NAMESAKE], people(False))
    told = json.loads(first.frozen)["judged"]
    assert told["pairs"] == [["k1", "k2", False, ["RD000007"]]]
    assert [each[:2] + each[3:] for each in told["rows"]] == [
        ["own_list", "person", "k1"], ["own_record", "person", "k2"],
    ]  # fmt: skip
    assert ONE not in json.dumps(told) and "张" not in json.dumps(told, ensure_ascii=False)
    assert thaw(first.frozen).judged == thaw(first.frozen).judged is not None
    assert "judged" not in json.loads(run(own_home, [NAMESAKE]).frozen)


PERSONS = st.lists(
    st.tuples(st.sampled_from(["张三丰", "李四"]), st.sampled_from([ONE, OTHER, None])),
    min_size=1,
    max_size=4,
)


@settings(max_examples=15, deadline=None)
@given(lefts=PERSONS, rights=PERSONS, data=st.data())
def test_pairs_equal_an_oracle(
    tmp_path_factory: pytest.TempPathFactory, lefts: Any, rights: Any, data: st.DataObject
) -> None:
    """Of every pair of rows the judgement decides where there is one, else the rules; drawn at random over rows."""
    home = _HOME[0]
    names = {f"l{n}": one for n, one in enumerate(lefts)} | {f"r{n}": one for n, one in enumerate(rights)}
    known = tuple(
        Known(key, "person", number, name, "own_list" if key[0] == "l" else "own_record", "", (key,))
        for key, (name, number) in names.items()
    )
    drawn = {
        (left, right): data.draw(st.sampled_from([True, False, None]))
        for left in names if left[0] == "l" for right in names if right[0] == "r"
    }  # fmt: skip
    pairs = tuple(JudgedPair(a, b, same, ("RD000001",)) for (a, b), same in drawn.items() if same is not None)
    given_rows = {
        side: [
            {"no": key, "name": name, "id_card": number}
            for key, (name, number) in names.items()
            if key[0] == side
        ]
        for side in "lr"
    }
    result = run(home, given_rows["r"], JudgedPeople(known, pairs), body=PAIRED % "", listed=given_rows["l"])
    by_row = {each.row: each.fields["no"] for hit in result.hits for each in hit.evidence}
    found = {
        (by_row[match.left], by_row[match.right]): match.grade for hit in result.hits for match in hit.matches
    }
    assert found == {pair: grade for pair in drawn if (grade := _oracle(names, pair, drawn[pair]))}


def _oracle(names: dict[str, Any], pair: tuple[str, str], judged: bool | None) -> str | None:
    (name, number), (other_name, other) = names[pair[0]], names[pair[1]]
    if judged is not None:
        return "judged" if judged else None
    if number and other:
        return None if number != other else "A" if name == other_name else "A-"
    return "C" if name == other_name else None


_HOME: list[Path] = []


@pytest.fixture(autouse=True)
def _home(own_home: Path) -> None:
    _HOME[:] = [own_home]
