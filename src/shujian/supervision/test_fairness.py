"""Shares of the flagged: exact counts against plain Python, intervals against known values, small cells never told."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shujian.kernel.errors import BadInput
from shujian.kernel.progress import Silent
from shujian.lake.read import memory_session
from shujian.lake.service import typed_table
from shujian.supervision.conftest import HEAD, MODEL, TAIL, write_model
from shujian.supervision.execute import execute
from shujian.supervision.fairness import Fairness, counted, fairness_lines
from shujian.supervision.library import load_model
from shujian.supervision.parameters import parameter_book
from shujian.supervision.run import contracts_of, make_plan, rights_of
from shujian.supervision.shares import FEW, cells_of, small

DAY = date(2026, 6, 30)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


GROUPS = st.dictionaries(
    st.sampled_from("甲乙丙丁戊己"), st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: (max(pair), min(pair)))
)  # fmt: skip


@given(GROUPS)
def test_nothing_small_is_told_or_follows_from_the_total(counts: Mapping[str, tuple[int, int]]) -> None:
    cells = {cell.group: cell for cell in cells_of(counts)}
    assert set(cells) == {group for group, (base, _) in counts.items() if base}
    hidden = [group for group, cell in cells.items() if cell.hidden]
    for group, cell in cells.items():
        if cell.hidden:
            assert (cell.base, cell.flagged, cell.share, cell.apart) == (None, None, None, "")
        else:
            assert (cell.base, cell.flagged) == counts[group] and not small(*counts[group])
    assert len(hidden) != 1 or len(cells) == 1  # one hidden cell among others would follow from the total


def test_a_group_that_stands_out_is_said() -> None:
    high, low = cells_of({"甲": (200, 60), "乙": (800, 80)}, ("甲", "乙"))
    assert (high.apart, low.apart) == ("高", "低") and (high.share, low.share) == (0.3, 0.1)
    alike = cells_of({"甲": (200, 22), "乙": (800, 80)})
    assert [cell.apart for cell in alike] == ["", ""] and [cell.group for cell in alike] == ["乙", "甲"]


def number(born: date, place: int, male: bool) -> str:
    body = f"999999{born:%Y%m%d}{place:02}{1 if male else 2}"
    total = sum(int(sign) * weight for sign, weight in zip(body, WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def report(
    catalogue: Path, text: str, rows: Mapping[str, list[dict[str, Any]]], among: str | None = None
) -> Fairness:
    model = load_model(write_model(catalogue, text))
    contracts = contracts_of(model)
    tables = {one.id: typed_table(one, rows.get(one.id, [])) for one in contracts.values()}
    with memory_session(tables) as session:
        plan = make_plan(
            model, contracts, parameter_book(), DAY, rights_of(model, contracts, {}, DAY, session)
        )
        execute(plan, session, Silent())
        return counted(plan, session, DAY, among)


def people(count: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows of people, some twice; and who they are: sex, age, flagged."""
    draw, rows, told = random.Random(7), list[dict[str, Any]](), list[dict[str, Any]]()
    for place in range(count):
        male, flagged = draw.random() < 0.6, draw.random() < 0.4
        born = date(draw.randrange(1950, 2004), draw.randrange(1, 13), draw.randrange(1, 29))
        card = {"id_card": number(born, place % 90, male)} if draw.random() < 0.9 else {}
        row = {"no": f"{place:03}", "name": f"示例{chr(0x4E00 + place)}", "day": "2026-01-05", **card}
        rows.append({**row, "amount": 500 if flagged else 1})
        if card and draw.random() < 0.3:
            rows.append({**row, "no": f"{place:03}乙", "amount": 2})
        age = DAY.year - born.year - ((DAY.month, DAY.day) < (born.month, born.day)) if card else None
        told.append({"sex": ("男" if male else "女") if card else "不详", "age": age, "flagged": flagged})
    return rows, told


def test_counts_equal_the_oracle(own_home: Path) -> None:
    rows, told = people(400)
    found = report(own_home, MODEL, {"own_list": rows})
    (listed,) = found.lists
    assert (listed.source, listed.unit, listed.base, listed.flagged) == (
        "示例名单", "人", 400, sum(one["flagged"] for one in told),
    )  # fmt: skip
    sexes, ages, towns = listed.divisions
    assert towns.missing and towns.cells == ()

    def tally(chosen: list[dict[str, Any]]) -> tuple[int, int]:
        return len(chosen), sum(one["flagged"] for one in chosen)

    assert {cell.group: (cell.base, cell.flagged) for cell in sexes.cells} == {
        sex: tally([one for one in told if one["sex"] == sex]) for sex in ("男", "女", "不详")
    }
    bands = {"18至34岁": (18, 35), "35至49岁": (35, 50), "50至59岁": (50, 60), "60岁以上": (60, 200)}
    expected = {
        name: tally([one for one in told if one["age"] is not None and low <= one["age"] < high])
        for name, (low, high) in bands.items()
    } | {"不详": tally([one for one in told if one["age"] is None])}
    assert {cell.group: (cell.base, cell.flagged) for cell in ages.cells} == expected
    assert [cell.group for cell in ages.cells] == [*bands, "不详"]


def test_among_the_rows_of_a_step_and_an_unknown_step(own_home: Path) -> None:
    rows, told = people(200)
    (listed,) = report(own_home, MODEL, {"own_list": rows}, "large").lists
    flagged = sum(one["flagged"] for one in told)
    assert (listed.base, listed.flagged) == (flagged, flagged)
    with pytest.raises(BadInput, match="没有这个步骤"):
        report(own_home, MODEL, {"own_list": rows}, "nowhere")


def test_few_are_not_told_and_nobody_is_named(own_home: Path) -> None:
    rows, _ = people(30)
    for row in rows:
        row["amount"] = 500 if row["no"] in ("003", "004") else 1
    found = report(own_home, MODEL, {"own_list": rows})
    (listed,) = found.lists
    text = str(found.plain()) + "".join(fairness_lines(found))
    assert "示例丄" not in text and "999999" not in text and "003" not in text
    for division in listed.divisions[:2]:
        assert all(cell.hidden or not 0 < (cell.flagged or 0) < FEW for cell in division.cells)


TEXTS = """needs: {诉求: {source: own_text}}
steps:
  - {id: all, says: 全部, use: filter, from: 诉求, where: "place_name = '示例镇'"}
emit:
  - {from: all, subject: {case: no}, strength: 弱, title: "线索", evidence: {诉求: [no]}}
"""


def test_a_model_about_no_person_is_compared_by_town_only(own_home: Path) -> None:
    path = own_home / "sources/own_text.yaml"
    path.write_text(path.read_text("utf-8") + "region_field: place_name\n", "utf-8")
    rows = [{"no": f"{place:03}", "place_name": "示例镇" if place % 3 else "示例乡"} for place in range(90)]
    found = report(own_home, HEAD + TEXTS + TAIL, {"own_text": rows})
    (listed,) = found.lists
    assert listed.unit == "条" and [division.title for division in listed.divisions] == ["乡镇街道"]
    assert {cell.group: (cell.base, cell.flagged, cell.apart) for cell in listed.divisions[0].cells} == {
        "示例镇": (60, 60, "高"), "示例乡": (30, 0, "低"),
    }  # fmt: skip
    assert "不作性别、年龄比较" in fairness_lines(found)[-1] and len(found.cautions) == 3
