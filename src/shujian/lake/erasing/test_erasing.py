"""One person goes from every place of the lake, in every spelling; nobody else's rows change; nobody comes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from shujian.kernel.errors import BadInput, GuardRefused
from shujian.lake import log, read, service
from shujian.lake.conftest import number
from shujian.lake.coverage import Coverage
from shujian.lake.erasing import records, tombstones
from shujian.lake.erasing.conftest import current, stored
from shujian.lake.erasing.scanning import scan
from shujian.lake.read import Target
from shujian.lake.register import register_path

Put = Callable[..., Path]
Erase = Callable[..., dict[str, Any]]
HEADER = "姓名,身份证号,入编日期,备注\n"
ONE = number(1)
WIDE = ONE.translate({ord(sign): ord(sign) + 0xFEE0 for sign in ONE})
OLD = ONE[:6] + ONE[8:17]
SPACED = f"{ONE[:6]} {ONE[6:10]}-{ONE[10:14]} {ONE[14:].lower()}"
PERSON = Target("person", person=ONE)


def _text(*rows: str) -> str:
    return HEADER + "".join(f"{row}\n" for row in rows)


def _line(n: int, remark: str = "x") -> str:
    return f"示例甲,{number(n)},2020-01-01,{remark}"


@pytest.mark.parametrize("spelling", [ONE, WIDE, OLD, SPACED])
def test_a_person_goes_in_every_spelling_and_place(
    lake_home: Path, put: Put, erase: Erase, spelling: str
) -> None:
    rows = [
        f"示例甲,{spelling},2020-01-01,本人",
        _line(2),
        f"示例乙,{number(3)},2020-01-01,与{spelling}同住",
        _line(4),
    ]
    service.ingest("t_staff", [put("a.csv", _text(*rows))])
    extra = put("b.csv", f"姓名,身份证号,入编日期,联系\n示例丙,{number(5)},2020-01-01,见{spelling}\n")
    service.ingest("t_staff", [extra])
    before = {row["_row"]: row for row in stored()}
    others = {name: row for name, row in before.items() if row["id_card"] in (number(2), number(4))}
    record = erase(PERSON)
    assert {row["_row"]: row for row in stored()} == others and len(others) == 2
    (told,) = record["datasets"]
    assert (told["dataset"], told["rows"], told["current"], told["mentions"], told["files"]) == (
        "t_staff", 3, 3, 2, 2,
    )  # fmt: skip
    assert record["scan"]["residue"] == [] and scan(ONE).residue == ()
    assert read.first_bad_record() is None


def test_superseded_versions_and_old_files_go_too(lake_home: Path, put: Put, erase: Erase) -> None:
    first = service.ingest("t_staff", [put("a.csv", _text(_line(1), _line(2)))]).snapshot
    service.ingest("t_staff", [put("b.csv", _text(_line(1, "y"), _line(3)))])
    service.compact(["t_staff"])
    record = erase(PERSON)
    assert record["datasets"][0]["rows"] == 2 and record["datasets"][0]["current"] == 1
    assert sorted(row["id_card"] for row in stored()) == [number(2), number(3)]
    with pytest.raises(GuardRefused) as refused:
        read.snapshot(first)
    assert refused.value.faults[0].code == "snapshot_gone" and first in record["snapshots_lost"]
    assert read.pin().id == record["snapshot_after"] != record["snapshot_before"]


def test_the_lake_is_as_if_the_person_had_never_come(
    tmp_path: Path, lake_home: Path, put: Put, erase: Erase, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day, rows in ((1, [_line(1), _line(2)]), (2, [_line(1, "y"), _line(2, "y"), _line(3)])):
        service.ingest("t_staff", [put(f"{day}.csv", _text(*rows))], as_of=date(2026, 6, day))
    erase(PERSON)
    erased = read.pin()
    other = tmp_path / "other"
    (other / "catalogue").mkdir(parents=True)
    (other / "catalogue" / "sources").symlink_to(lake_home / "catalogue" / "sources")
    monkeypatch.setenv("SHUJIAN_HOME", str(other))
    for day, rows in ((1, [_line(2)]), (2, [_line(2, "y"), _line(3)])):
        service.ingest("t_staff", [put(f"o{day}.csv", _text(*rows))], as_of=date(2026, 6, day))
    assert read.pin().id == erased.id
    assert read.pin().datasets["t_staff"].rows == 2


def test_rejected_words_reports_and_names_of_files(lake_home: Path, put: Put, erase: Erase) -> None:
    rows = [_line(n) for n in range(2, 60)]
    path = put(f"{ONE}的材料.csv", _text(*rows, f"示例乙,{ONE},不是日期,x", "示例丙,1,不是日期,x"))
    batch = service.ingest("t_staff", [path]).batch
    assert scan(ONE).residue != ()
    before = {row["_row"]: row["remark"] for row in current()}
    record = erase(PERSON)
    assert scan(ONE).residue == ()
    assert {row["_row"]: row["remark"] for row in current()} == before
    assert {row["_file"] for row in current()} == {"［已删除］的材料.csv"}
    told = {(one.line, one.field, one.raw == "") for one in read.rejects(batch)}
    assert told == {(60, "入编日期", True), (61, "入编日期", False)}
    stores = {one["store"]: one["removed"] for one in record["stores"]}
    assert stores["rejects"] >= 1 and stores["reports"] == 2 and stores["logs"] >= 1
    assert read.datasets()[0].rows == 58


def test_the_erased_do_not_come_back_until_it_is_lifted(lake_home: Path, put: Put, erase: Erase) -> None:
    path = put("a.csv", _text(_line(1), _line(2), f"示例乙,{number(3)},2020-01-01,找{SPACED}"))
    service.ingest("t_staff", [path])
    number_ = erase(PERSON)["number"]
    report = service.ingest("t_staff", [path])
    (file,) = report.files
    assert (file.state, file.read, file.unchanged, file.rejected) == ("landed", 3, 1, 2)
    told = [(one.line, one.code, one.raw, one.found) for one in read.rejects(report.batch)]
    assert told == [(2, "erased_person", "", None), (4, "erased_person", "", None)]
    bad = put("b.csv", _text(*[_line(n) for n in range(10, 50)], f"示例丁,{ONE},不是日期,x"))
    batch = service.ingest("t_staff", [bad]).batch
    assert [(one.line, one.raw) for one in read.rejects(batch)] == [(42, "")]
    assert scan(ONE).residue == ()
    assert service.lift(number_, "本人撤回申请", "cli:示例") == 1
    with pytest.raises(BadInput):
        service.lift(number_, "本人撤回申请", "cli:示例")
    again = put("c.csv", _text(_line(1), _line(60)))
    assert service.ingest("t_staff", [again]).files[0].landed == 2


def test_tombstones_hold_no_number(lake_home: Path) -> None:
    tombstones.bury("person", [ONE], "XH-2026-0001")
    assert scan(ONE).residue == ()
    gate = tombstones.Gate()
    assert gate.text(f"号码{WIDE}。") and gate.text(OLD) and not gate.text(number(2)) and not gate.text(None)


def test_a_batch_goes_and_what_it_replaced_is_current_again(lake_home: Path, put: Put, erase: Erase) -> None:
    claim = Coverage(date(2020, 1, 1), date(2026, 12, 31), stated_by="来函〔2026〕1号")
    first = service.ingest("t_staff", [put("a.csv", _text(_line(1), _line(2)))], as_of=date(2026, 6, 1))
    wrong = service.ingest(
        "t_staff", [put("b.csv", _text(_line(2, "错"), _line(3)))], as_of=date(2026, 6, 2), coverage=[claim]
    )
    record = erase(Target("batch", batch=wrong.batch))
    assert read.pin().id == first.snapshot
    assert [row["remark"] for row in current()] == ["x", "x"]
    (told,) = record["datasets"]
    assert (told["rows"], told["current"], told["restored"], told["withdrawn"]) == (2, 2, 1, "all")
    assert read.datasets()[0].batches == 1 and record["scan"] is None
    refused = service.ingest("t_staff", [put("again.csv", _text(_line(2, "错"), _line(3)))]).files[0]
    assert refused.state == "refused" and refused.faults[0].code == "erased_file"
    assert service.ingest("t_staff", [put("right.csv", _text(_line(3)))]).files[0].landed == 1


def test_declared_completeness_falls_with_a_batch_and_must_be_declared_anew(
    lake_home: Path, put: Put, erase: Erase
) -> None:
    claim = Coverage(date(2020, 1, 1), date(2026, 12, 31), stated_by="来函〔2026〕1号")
    service.ingest("t_staff", [put("a.csv", _text(_line(1)))], as_of=date(2026, 6, 1), coverage=[claim])
    wrong = service.ingest("t_staff", [put("b.csv", _text(_line(3)))], as_of=date(2026, 6, 1))
    erase(Target("batch", batch=wrong.batch))
    assert read.pin().datasets["t_staff"].coverage == ()
    service.declare_coverage("t_staff", [claim])
    assert len(read.pin().datasets["t_staff"].coverage) == 1


def test_a_persons_own_erasure_leaves_the_declaration_but_a_mention_does_not(
    lake_home: Path, put: Put, erase: Erase
) -> None:
    claim = Coverage(date(2020, 1, 1), date(2026, 12, 31), stated_by="来函〔2026〕1号")
    rows = _text(_line(1), _line(2), f"示例乙,{number(3)},2020-01-01,举报{number(2)}")
    service.ingest("t_staff", [put("a.csv", rows)], as_of=date(2026, 6, 1), coverage=[claim])
    assert erase(PERSON)["datasets"][0]["withdrawn"] == ""
    assert len(read.pin().datasets["t_staff"].coverage) == 1
    told = erase(Target("person", person=number(2)))["datasets"][0]
    assert (told["withdrawn"], told["mentions"]) == ("all", 1)
    assert read.pin().datasets["t_staff"].coverage == ()


def test_rows_go_with_all_their_versions(lake_home: Path, put: Put, erase: Erase) -> None:
    service.ingest("t_staff", [put("a.csv", _text(_line(1), _line(2)))])
    service.ingest("t_staff", [put("b.csv", _text(_line(2, "y")))])
    row = next(row["_row"] for row in current() if row["remark"] == "y")
    record = erase(Target("rows", rows={"t_staff": frozenset({row})}))
    assert record["datasets"][0]["rows"] == 2
    assert [row["id_card"] for row in stored()] == [ONE]


def test_hits_and_search_follow(lake_home: Path, put: Put, erase: Erase) -> None:
    service.ingest("t_staff", [put("a.csv", _text(_line(1, "飞线"), _line(2, "飞线")))])
    with read.open_session(read.pin()) as session:
        assert (
            session.sql(f"select count(*) n from {session.hits('t_staff', 'remark', ['飞线'])}")["n"][
                0
            ].as_py()
            == 2
        )
    assert service.index("t_staff") == 2
    gone = next(row["_row"] for row in current() if row["id_card"] == ONE)
    erase(PERSON)
    hits = lake_home / "lake" / "hits"
    assert gone.encode() not in b"".join(path.read_bytes() for path in hits.rglob("*") if path.is_file())
    assert not list((lake_home / "lake" / "search" / "t_staff").glob("*/*"))
    with read.open_session(read.pin()) as session:
        view = session.hits("t_staff", "remark", ["飞线"])
        assert session.sql(f"select _row from {view}")["_row"].to_pylist() == [current()[0]["_row"]]


def test_nothing_found_is_a_record_too(lake_home: Path, put: Put, erase: Erase) -> None:
    service.ingest("t_staff", [put("a.csv", _text(_line(2)))])
    before = read.pin()
    record = erase(PERSON)
    assert record["datasets"] == [] and record["snapshots_lost"] == [] and record["kept_out"] == 1
    assert read.pin() == before


def test_a_plan_touches_nothing(lake_home: Path, put: Put) -> None:
    service.ingest("t_staff", [put("a.csv", _text(_line(1), _line(2)))])
    before = {
        path: path.read_bytes() for path in (lake_home / "lake" / "tables").rglob("*") if path.is_file()
    }
    plan = service.plan_erasure(PERSON)
    assert [(one["dataset"], one["rows"]) for one in plan.datasets] == [("t_staff", 1)]
    assert ONE not in repr(plan)
    assert before == {path: path.read_bytes() for path in before}
    assert not (lake_home / "erasures").exists()


def test_records_are_numbered_and_chained(lake_home: Path, put: Put, erase: Erase) -> None:
    service.ingest("t_staff", [put("a.csv", _text(_line(1), _line(2)))])
    numbers = [erase(Target("person", person=number(n)))["number"] for n in (1, 2)]
    assert numbers == ["XH-2026-0001", "XH-2026-0002"]
    assert records.first_bad() is None
    paper = (records.folder() / "XH-2026-0001.txt").read_text("utf-8")
    assert "示例检察长" in paper and ONE not in paper
    path = records.folder() / "XH-2026-0001.json"
    path.write_text(path.read_text("utf-8").replace("本人申请", "上级要求"), "utf-8")
    assert records.first_bad() == "XH-2026-0001"
    path.unlink()
    assert records.first_bad() == "XH-2026-0002"


def test_the_register_can_be_thrown_away_behind_an_erasure(lake_home: Path, put: Put, erase: Erase) -> None:
    service.ingest("t_staff", [put("a.csv", _text(_line(1), _line(2)))])
    service.ingest("t_staff", [put("b.csv", _text(_line(2, "y"), _line(3)))])
    erase(PERSON)
    before, told = read.pin(), read.datasets()
    for path in register_path().parent.glob("register.sqlite3*"):
        path.unlink()
    assert read.pin() == before and read.datasets() == told
    assert {path.name for path in log.table_path("t_staff").glob("*.parquet")} == {
        Path(name).name for name in before.datasets["t_staff"].files
    }


def test_a_sealed_key_stays_closed_when_a_batch_goes(lake_home: Path, put: Put, erase: Erase) -> None:
    contract = lake_home / "catalogue" / "sources" / "t_staff.yaml"
    rule = (
        "shut:\n  - id: flagged\n    says: 备注写明封存\n    basis: {law: 刑事诉讼法, article: \"286\"}\n"
        "    when: [{field: remark, says: [封存]}]\nfields:"
    )  # fmt: skip
    contract.write_text(contract.read_text("utf-8").replace("fields:", rule, 1), "utf-8")
    service.ingest("t_staff", [put("a.csv", _text(_line(2), _line(3)))])
    second = service.ingest("t_staff", [put("b.csv", _text(_line(2, "改过"), _line(4)))]).batch
    third = service.ingest(
        "t_staff", [put("c.csv", _text(_line(2, "封存"), _line(5)))], max_rejects="90%"
    ).batch
    assert sorted(row["id_card"] for row in current()) == [number(3), number(4), number(5)]
    for batch, left in ((second, [3, 5]), (third, [3])):
        erase(Target("batch", batch=batch))
        assert sorted(row["id_card"] for row in current()) == [number(n) for n in left]
        assert read.pin().datasets["t_staff"].rows == len(left)
    report = service.ingest("t_staff", [put("d.csv", _text(_line(2, "又来"), _line(6)))], max_rejects="90%")
    assert (report.files[0].landed, report.files[0].rejected) == (1, 1)
