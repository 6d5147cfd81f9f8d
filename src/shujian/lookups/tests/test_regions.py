"""A role narrowed to a region sees that region's rows and their counts, and no other: by words, by person, row by row."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from shujian.accounts.read import Actor, Role
from shujian.kernel.errors import BadInput
from shujian.lake import read as lake
from shujian.lake.service import ingest
from shujian.lookups import policy
from shujian.lookups.errors import RowUnknown
from shujian.lookups.read import own_regions, row_rights, searchable
from shujian.lookups.service import Question, look_at_row, search
from shujian.lookups.tests.test_lookups import CARD, SOURCE, filled

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("filled")]
__all__ = ["filled"]
TOWNS = {"城关镇": 15, "渌口镇": 15}


def narrowed(grants: Mapping[Role, str]) -> Actor:
    return Actor(
        name="demo", display="示例", roles=frozenset(grants), units=frozenset({"行政检察部门"}),
        narrowed={role: kept for role, kept in grants.items() if kept},
    )  # fmt: skip


def rows(dataset: str) -> dict[str, str]:
    """Row id → town, by a plain scan."""
    with lake.open_session(lake.pin()) as session:
        told = session.sql(f"select _row, town from {session.attach(dataset)}").to_pylist()
    return {row["_row"]: row["town"] for row in told}


@pytest.mark.parametrize("town", [*TOWNS, "没有这个镇"])
def test_words_persons_and_rows_of_one_region(town: str) -> None:
    actor, expected = narrowed({Role.CBR: f"region:{town}"}), TOWNS.get(town, 0)
    for dataset in ("t_public", "t_unit"):
        there = rows(dataset)
        page = search(actor, Question("公开", datasets=(dataset,), limit=50))
        assert {hit.row for hit in page.items} == {row for row, at in there.items() if at == town}
        assert (page.total, page.at_least) == (expected, False)
        for row, at in there.items():
            if at == town:
                assert look_at_row(actor, dataset, row).row == row
            else:
                with pytest.raises(RowUnknown):
                    look_at_row(actor, dataset, row)
    asked = Question(person=CARD, purpose="核对来电")
    assert search(actor, asked).total == 2 * expected
    other = next(one for one in TOWNS if one != town)
    assert search(actor, Question("公开", region=other)).total == 0
    assert search(narrowed({Role.CBR: ""}), asked).total == 60


def test_a_second_role_opens_what_it_opens_and_no_more() -> None:
    both = narrowed({Role.CBR: "region:城关镇", Role.SJZT: ""})
    assert search(both, Question("公开")).total == 90
    assert policy.rights(both)["t_unit"] == policy.Rows(1, None)
    two = narrowed({Role.CBR: "region:城关镇", Role.ZL: "region:渌口镇"})
    assert policy.rights(two)["t_unit"] == policy.Rows(1, frozenset({"城关镇", "渌口镇"}))
    one = narrowed({Role.CBR: "region:城关镇", Role.ZL: "region:城关镇"})
    assert policy.rights(one)["t_unit"] == policy.Rows(2, frozenset({"城关镇"}))
    chief = narrowed({Role.JCZ: "unit"})
    assert set(policy.rights(chief)) & {"t_public", "t_unit", "t_other"} == {"t_public", "t_unit"}


def test_a_dataset_that_tells_no_region_does_not_exist_for_the_narrowed(
    own_home: Path, tmp_path: Path
) -> None:
    contract = SOURCE.format(id="t_bare", level="低").replace("region_field: town\n", "")
    (own_home / "catalogue" / "sources" / "t_bare.yaml").write_text(contract, "utf-8")
    file = tmp_path / "bare.csv"
    head = "编号,日期,乡镇,来电人,身份证号,公开内容,内部内容,敏感内容\n"
    file.write_text(head + "b1,2026-01-01,城关镇,,,公开一句,,\n", "utf-8")
    ingest("t_bare", [file])
    free, kept = narrowed({Role.CBR: ""}), narrowed({Role.CBR: "region:城关镇"})
    (row,) = rows("t_bare")
    assert search(free, Question("公开一句")).total == 1 and look_at_row(free, "t_bare", row)
    assert search(kept, Question("公开一句")).total == 0
    with pytest.raises(RowUnknown):
        look_at_row(kept, "t_bare", row)
    assert "t_bare" in dict(searchable(free)) and "t_bare" not in dict(searchable(kept))


def test_the_reason_names_the_region() -> None:
    kept, free = narrowed({Role.CBR: "region:城关镇"}), narrowed({Role.CBR: ""})
    assert "只看得到这些地区的行" in row_rights(kept, "t_unit")[0].because
    assert "地区" not in row_rights(free, "t_unit")[0].because
    assert (own_regions(kept), own_regions(free)) == (frozenset({"城关镇"}), None)
    with pytest.raises(BadInput):
        search(kept, Question("公开", order="x"))
