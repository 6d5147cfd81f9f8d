"""A confirmed layout is read the same way ever after; nothing is guessed into a field that nobody confirmed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from shujian.kernel.errors import BadInput
from shujian.lake import read, service
from shujian.lake.conftest import number
from shujian.lake.mappings import folder, header_digest

STRANGE = ("职工", "证件", "进来那天", "月工资")
AT = datetime(2026, 6, 30, 8, 0, tzinfo=UTC)


def _file(put: Callable[..., Path], name: str = "a.csv", titles: tuple[str, ...] = STRANGE) -> Path:
    rows = [f"张三,{number(1)},2020-01-01,3000", f"李四,{number(2)},2021-01-01,4000"]
    return put(name, "\n".join([",".join(titles), *rows]) + "\n")


def _rows() -> list[tuple[object, ...]]:
    with read.open_session(read.pin()) as session:
        view = session.attach("t_staff")
        found = session.sql(f"select name, id_card, joined_on, salary from {view} order by id_card")
        return [tuple(row.values()) for row in found.to_pylist()]


def test_names_propose_values_only_hint_and_the_rest_stays(lake_home: Path, put: Callable[..., Path]) -> None:
    found = read.propose_mapping(read.source("t_staff"), _file(put))
    told = [(one.column, one.field, one.hint) for one in found.columns]
    assert told == [
        ("职工", None, None),
        ("证件", None, "id_card"),
        ("进来那天", None, None),
        ("月工资", "salary", None),
    ]
    assert found.missing == ("姓名", "入编日期")
    assert found.layout == header_digest(reversed(STRANGE))


def test_a_confirmed_layout_is_used_by_every_later_file_of_it(
    lake_home: Path, put: Callable[..., Path]
) -> None:
    file = _file(put)
    (refused,) = service.ingest("t_staff", [file]).files
    assert (refused.state, refused.mapping) == ("refused", None)
    told = {"职工": "姓名", "证件": "id_card", "进来那天": "入编日期"}
    found = read.propose_mapping(read.source("t_staff"), file, told=told)
    assert found.missing == ()
    path = service.save_mapping("t_staff", found.headers, found.fields(), by="cli:test", at=AT)
    assert path == folder("t_staff") / f"{found.layout}.yaml"
    (landed,) = service.ingest("t_staff", [file]).files
    assert (landed.state, landed.landed, landed.mapping) == ("landed", 2, found.layout)
    assert [row[:3] for row in _rows()] == [
        ("张三", number(1), date(2020, 1, 1)),
        ("李四", number(2), date(2021, 1, 1)),
    ]
    turned = put("b.csv", f"证件, 职工 ,月工资,进来那天\n{number(3)},王五,5000,2022-01-01\n")
    (again,) = service.ingest("t_staff", [turned]).files
    assert (again.landed, again.mapping) == (1, found.layout), "order and spaces do not make another layout"
    (other,) = service.ingest("t_staff", [put("c.csv", "姓名,入编日期\n赵六,2020-01-01\n")]).files
    assert (other.landed, other.mapping) == (1, None)


def test_a_changed_mapping_reads_known_bytes_anew(lake_home: Path, put: Callable[..., Path]) -> None:
    file = put("a.csv", f"姓名,身份证号,日期一,日期二\n张三,{number(1)},2020-01-01,2021-01-01\n")
    contract = read.source("t_staff")
    for column, day in (("日期一", date(2020, 1, 1)), ("日期二", date(2021, 1, 1))):
        found = read.propose_mapping(contract, file, told={column: "joined_on"})
        service.save_mapping("t_staff", found.headers, found.fields(), by="cli:test", at=AT)
        (landed,) = service.ingest("t_staff", [file]).files
        assert landed.state == "landed"
        assert [row[2] for row in _rows()] == [day]
        assert service.ingest("t_staff", [file]).files[0].state == "same"


def test_a_column_told_to_be_none_stays_as_it_is(lake_home: Path, put: Callable[..., Path]) -> None:
    file = put("a.csv", "姓名,入编日期,工资\n张三,2020-01-01,面议\n")
    assert service.ingest("t_staff", [file]).files[0].state == "refused"
    found = read.propose_mapping(read.source("t_staff"), file, told={"工资": "-"})
    service.save_mapping("t_staff", found.headers, found.fields(), by="cli:test", at=AT)
    (landed,) = service.ingest("t_staff", [file]).files
    assert (landed.landed, landed.extra_columns) == (1, ("工资",))


def test_every_fault_of_what_a_person_says_at_once(lake_home: Path, put: Callable[..., Path]) -> None:
    told = {"职工": "name", "证件": "name", "没有的列": "id_card", "进来那天": "nosuch"}
    with pytest.raises(BadInput) as refused:
        read.propose_mapping(read.source("t_staff"), _file(put), told=told)
    assert [(one.code, one.found) for one in refused.value.faults] == [
        ("unknown_column", "没有的列"),
        ("unknown_field", "nosuch"),
        ("two_columns", "职工、证件 → name"),
    ]
    with pytest.raises(BadInput) as lacking:
        read.propose_mapping(read.source("t_staff"), _file(put), told={"职工": "name"})
    assert [(one.code, one.field) for one in lacking.value.faults] == [("missing_column", "入编日期")]


def test_mappings_are_listed_and_forgotten(lake_home: Path, put: Callable[..., Path]) -> None:
    assert read.mappings_of("t_staff") == []
    service.save_mapping("t_staff", STRANGE, {"职工": "name"}, by="cli:test", at=AT)
    (one,) = read.mappings_of("t_staff")
    assert (one.mapping.by, one.mapping.at, one.mapping.fields) == ("cli:test", AT, {"职工": "name"})
    with pytest.raises(BadInput) as unknown:
        service.remove_mapping("t_staff", "0" * 16)
    assert unknown.value.faults[0].expected == one.mapping.digest
    service.remove_mapping("t_staff", one.mapping.digest)
    assert read.mappings_of("t_staff") == []


def test_a_mapping_written_by_hand_is_checked(lake_home: Path, put: Callable[..., Path]) -> None:
    path = service.save_mapping("t_staff", STRANGE, {"职工": "name", "证件": "name"}, by="x", at=AT)
    with pytest.raises(BadInput) as twice:
        read.mappings_of("t_staff")
    assert [(one.code, one.file) for one in twice.value.faults] == [("two_columns", str(path))]
    path.rename(path.with_name("0123456789abcdef.yaml"))
    with pytest.raises(BadInput) as misplaced:
        read.mappings_of("t_staff")
    assert [one.code for one in misplaced.value.faults] == ["mapping_misplaced"]


def test_a_mapping_to_a_field_that_is_gone_refuses_the_file(
    lake_home: Path, put: Callable[..., Path]
) -> None:
    service.save_mapping(
        "t_staff", STRANGE, {"职工": "name", "进来那天": "joined_on", "证件": "nosuch"}, by="x", at=AT
    )
    (file,) = service.ingest("t_staff", [_file(put)]).files
    assert (file.state, [(one.code, one.found) for one in file.faults]) == (
        "refused",
        [("mapping_outdated", "nosuch")],
    )
