"""Inside data: typed rows, one commit, the same again adds nothing, the protected keep no identity."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from shujian.kernel.errors import BadInput, GuardRefused
from shujian.kernel.secrets import pseudonym
from shujian.lake import read, service
from shujian.lake.conftest import number, traces
from shujian.lake.erasing.tombstones import bury, lift

INSIDE = """\
id: t_inside
title: 示例内部数据
provider: 本院
agreement: {purpose: 测试}
cadence: P1M
fresh: P60D
sensitivity: 高
inside: rooms
key: [no]
fields:
  - {id: no, title: 编号, type: document_no, required: true}
  - {id: name, title: 姓名, type: person_name, sensitivity: 高}
  - {id: id_card, title: 身份证号, type: id_card, sensitivity: 高}
  - {id: person_key, title: 人员代号, type: document_no, keyed: id_card}
  - {id: said, title: 说明, type: text}
  - {id: on, title: 日期, type: date}
  - {id: times, title: 次数, type: integer}
"""


@pytest.fixture
def inside(lake_home: Path) -> Path:
    """The lake with one inside source."""
    (lake_home / "catalogue" / "sources" / "t_inside.yaml").write_text(INSIDE, "utf-8")
    return lake_home


def _rows() -> list[dict[str, Any]]:
    grown, child = number(1), number(2, "20150101")
    return [
        {"no": "1", "name": "张三", "id_card": grown, "said": "成年", "on": date(2026, 6, 1), "times": 2},
        {"no": "2", "name": "李四", "id_card": child, "said": f"证号{child}", "_protected": True},
    ]


def _stored() -> list[dict[str, Any]]:
    with read.open_session(read.pin()) as session:
        found: list[dict[str, Any]] = session.sql(
            f"select * from {session.attach('t_inside')} order by no"
        ).to_pylist()
        return found


def test_typed_rows_with_their_room_and_handles_in_one_commit(inside: Path) -> None:
    report = service.publish("t_inside", _rows(), room="rooms", what="list")
    assert (report.state, report.read, report.landed, report.changed) == ("landed", 2, 2, 0)
    first, second = _stored()
    assert first["_file"] == "inside:rooms/list"
    assert (first["name"], first["on"], first["times"]) == ("张三", date(2026, 6, 1), 2)
    assert first["person_key"] == pseudonym("person", number(1))
    assert (second["name"], second["id_card"]) == (None, None)
    assert second["person_key"] == pseudonym("person", number(2, "20150101"))
    assert second["said"] == "证号999999***********" + number(2, "20150101")[-1]
    assert traces(inside, number(1)) and traces(inside, number(2, "20150101")) == []


def test_the_same_again_adds_nothing_and_a_changed_row_is_a_version(inside: Path) -> None:
    first = service.publish("t_inside", _rows(), room="rooms", what="list")
    again = service.publish("t_inside", reversed(_rows()), room="rooms", what="list")
    assert (again.state, again.landed, again.changed, again.unchanged) == ("same", 0, 0, 2)
    assert again.snapshot == first.snapshot
    changed = [{**_rows()[0], "said": "改了"}]
    third = service.publish("t_inside", changed, room="rooms", what="list")
    assert (third.state, third.landed, third.changed, third.unchanged) == ("landed", 0, 1, 0)
    assert [row["said"][:2] for row in _stored()] == ["改了", "证号"]


def test_a_newer_day_of_the_same_rows_is_recorded(inside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    service.publish("t_inside", _rows(), room="rooms", what="list", as_of=date(2026, 6, 1))
    again = service.publish("t_inside", _rows(), room="rooms", what="list", as_of=date(2026, 6, 30))
    assert again.state == "same"
    assert read.pin().datasets["t_inside"].extract_on == date(2026, 6, 30)


def test_only_the_owning_room_publishes_and_no_file_comes_in(inside: Path, tmp_path: Path) -> None:
    with pytest.raises(GuardRefused) as refused:
        service.publish("t_inside", _rows(), room="others", what="list")
    assert [fault.code for fault in refused.value.faults] == ["not_inside_data"]
    with pytest.raises(GuardRefused):
        service.publish("t_staff", [], room="rooms", what="list")
    with pytest.raises(GuardRefused) as closed:
        service.ingest("t_inside", [tmp_path / "any.csv"])
    assert [fault.code for fault in closed.value.faults] == ["inside_data"]


def test_one_bad_row_and_nothing_lands_with_every_fault(inside: Path) -> None:
    rows = [*_rows(), {"no": "3", "on": "三月"}, {"name": "无号"}]
    with pytest.raises(BadInput) as refused:
        service.publish("t_inside", rows, room="rooms", what="list")
    assert [(fault.code, fault.line, fault.field) for fault in refused.value.faults] == [
        ("wrong_type", 3, "日期"),
        ("missing_required", 4, "编号"),
    ]
    with pytest.raises(BadInput) as unknown:
        service.publish("t_inside", [{"no": "1", "nosuch": 1}], room="rooms", what="list")
    assert [fault.code for fault in unknown.value.faults] == ["unknown_field"]
    assert "t_inside" not in read.pin().datasets


def test_an_erased_person_is_not_published_again(inside: Path) -> None:
    gone, other = number(1), number(3)
    rows = [
        {"no": "1", "name": "张三", "id_card": gone},
        {"no": "2", "name": "李四", "id_card": other, "said": f"与{gone}同住"},
        {"no": "3", "name": "王五", "id_card": other, "said": "无关"},
    ]
    assert bury("person", [gone], "erasure-1") == 1
    report = service.publish("t_inside", rows, room="rooms", what="one")
    assert (report.read, report.landed, report.erased) == (1, 1, 2)
    assert [row["no"] for row in _stored()] == ["3"]
    assert traces(inside / "lake" / "tables", gone) == []
    lift("erasure-1", "示例理由", "示例人员")
    report = service.publish("t_inside", rows, room="rooms", what="two")
    assert (report.read, report.landed, report.unchanged, report.erased) == (3, 2, 1, 0)
