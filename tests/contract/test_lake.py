"""CONTRACT: ``lake ingest | datasets | show | rejects | quality | snapshots | cover``."""

from __future__ import annotations

import hashlib
from pathlib import Path

from house import House

FILES = Path(__file__).resolve().parents[1] / "sample" / "files"
DAY = "2026-06-30"
HEADER = "登记证号,养犬人,身份证号,发证日期,登记费\n"


def _write(path: Path, *rows: str, header: str = HEADER) -> Path:
    path.write_text(header + "".join(row + "\n" for row in rows), "utf-8")
    return path


def _sums(file: dict[str, int]) -> None:
    assert file["read"] == file["landed"] + file["changed"] + file["unchanged"] + file["rejected"]


def test_ingest_prints_what_became_of_every_row(empty_house: House) -> None:
    path = FILES / "dog_permit.csv"
    answer = empty_house.ask("lake", "ingest", "dog_permit", path, "--as-of", DAY)
    assert answer["schema"] == "shujian.lake.ingest/1"
    assert answer["source"] == "dog_permit" and answer["batch"] and answer["snapshot"]
    assert answer["seconds"] >= 0 and "rows_per_second" in answer
    (file,) = answer["files"]
    assert file["path"] == str(path) and file["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (
        file["encoding"].lower().replace("-", "") == "utf8"
        and file["sheet"] is None
        and file["header_line"] == 1
    )
    assert (file["state"], file["read"], file["landed"], file["rejected"]) == ("landed", 3, 3, 0)
    _sums(file)


def test_the_same_bytes_again_add_nothing(empty_house: House) -> None:
    for state, landed in (("landed", 3), ("same", 0)):
        (file,) = empty_house.ask("lake", "ingest", "dog_permit", FILES / "dog_permit.csv", "--as-of", DAY)[
            "files"
        ]
        assert (file["state"], file["landed"]) == (state, landed)
        _sums(file)


def test_a_changed_row_is_a_new_version_and_the_rest_is_unchanged(empty_house: House, tmp_path: Path) -> None:
    empty_house.ask("lake", "ingest", "dog_permit", FILES / "dog_permit.csv", "--as-of", DAY)
    text = (FILES / "dog_permit.csv").read_text("utf-8").replace("证0003,示例戊", "证0003,示例辛")
    changed = tmp_path / "again.csv"
    changed.write_text(text, "utf-8")
    (file,) = empty_house.ask("lake", "ingest", "dog_permit", changed, "--as-of", DAY)["files"]
    assert (file["read"], file["landed"], file["changed"], file["unchanged"]) == (3, 0, 1, 2)
    rows = empty_house.ask("lake", "show", "dog_permit", "--limit", "10")["items"]
    assert len(rows) == 3
    assert "示例戊" not in str(rows)


def test_bad_rows_are_rejected_with_place_and_good_ones_land(empty_house: House, tmp_path: Path) -> None:
    path = _write(
        tmp_path / "permits.csv",
        "证1,示例甲,999999198001010011,2025-01-01,300",
        "证2,示例乙,999999198102020032,二〇二五年十三月,300",
        "证3,,999999198203030053,2025-01-01,三百块?",
        "证4,示例丁,999999198304040074,2025-01-01,300",
    )
    answer = empty_house.ask("lake", "ingest", "dog_permit", path, "--as-of", DAY, "--max-rejects", "60%")
    (file,) = answer["files"]
    assert (file["read"], file["landed"], file["rejected"]) == (4, 2, 2)
    rejects = empty_house.ask("lake", "rejects", answer["batch"])
    assert rejects["schema"] == "shujian.lake.rejects/1"
    items = rejects["items"]
    for item in items:
        assert set(item) >= {"file", "sheet", "line", "field", "found", "expected", "code", "raw"}
    assert {(item["line"], item["field"]) for item in items} == {
        (3, "发证日期"),
        (4, "养犬人"),
        (4, "登记费"),
    }


def test_over_the_limit_nothing_of_the_file_lands(empty_house: House, tmp_path: Path) -> None:
    path = _write(tmp_path / "permits.csv", "证1,示例甲,,2025-01-01,300", "证2,示例乙,,不是日期,300")
    answer = empty_house.run("lake", "ingest", "dog_permit", path, "--as-of", DAY, "--json", code=1).json
    (file,) = answer["files"]
    assert (file["state"], file["landed"], file["rejected"]) == ("refused", 0, 1) or file["landed"] == 0
    assert empty_house.ask("lake", "show", "dog_permit")["items"] == []
    assert len(empty_house.ask("lake", "rejects", answer["batch"])["items"]) >= 1


def test_datasets_show_and_snapshots(ran: House) -> None:
    datasets = ran.ask("lake", "datasets")
    assert datasets["schema"] == "shujian.lake.datasets/1"
    counts = {
        item["dataset"] if "dataset" in item else item["id"]: item["rows"] for item in datasets["items"]
    }
    assert counts["dog_permit"] == 3 and counts["dog_complaint"] == 5
    shown = ran.ask("lake", "show", "dog_complaint", "--limit", "2")
    assert shown["schema"] == "shujian.lake.show/1" and len(shown["items"]) == 2
    snapshots = ran.ask("lake", "snapshots")
    assert snapshots["schema"] == "shujian.lake.snapshots/1" and len(snapshots["items"]) >= 1


def test_show_masks_identity_numbers(ran: House) -> None:
    assert "999999198102020032" not in ran.run("lake", "show", "dog_permit", "--json").out
    assert "999999198102020032" not in ran.run("lake", "show", "dog_permit").out


def test_quality_tells_completeness_validity_and_coverage(ran: House) -> None:
    answer = ran.ask("lake", "quality", "dog_permit")
    assert answer["schema"] == "shujian.lake.quality/1"
    assert answer["rows"] == 3
    assert set(answer["fields"]) == {"permit_no", "name", "id_card", "issued_on", "fee"}
    for field in answer["fields"].values():
        assert set(field) >= {"complete", "valid", "distinct"}
    assert answer["fields"]["permit_no"]["distinct"] == 3
    assert set(answer["unmatchable"].values()) != set()
    months = {row["month"]: row for row in answer["coverage"]}
    assert months["2025-03"]["rows"] == 1 and months["2025-03"]["state"] == "declared"
    assert {row["state"] for row in answer["coverage"]} <= {"declared", "gap", "undeclared"}
    assert answer["as_of"] == DAY and answer["fresh"] is True


def test_cover_declares_what_the_provider_states(empty_house: House) -> None:
    empty_house.ask("lake", "ingest", "dog_complaint", FILES / "dog_complaint.csv", "--as-of", DAY)
    state = {row["state"] for row in empty_house.ask("lake", "quality", "dog_complaint")["coverage"]}
    assert state == {"undeclared"}
    words = ("--from", "2026-01-01", "--to", "2026-06-30", "--stated-by", "示例来函1号")
    empty_house.run("lake", "cover", "dog_complaint", *words, "--json")
    state = {row["state"] for row in empty_house.ask("lake", "quality", "dog_complaint")["coverage"]}
    assert "declared" in state and "undeclared" not in state


def test_compact_changes_no_snapshot(empty_house: House, tmp_path: Path) -> None:
    for n in (1, 2):
        path = _write(tmp_path / f"{n}.csv", f"证{n},示例甲,,2025-01-01,300")
        before = empty_house.ask("lake", "ingest", "dog_permit", path, "--as-of", DAY)["snapshot"]
    answer = empty_house.ask("lake", "compact", "dog_permit")
    assert answer["schema"] == "shujian.lake.compact/1"
    (item,) = answer["items"]
    assert (item["files_before"], item["files_after"], item["rows"], item["snapshot"]) == (2, 1, 2, before)


def test_as_of_reads_what_had_been_received(ran: House) -> None:
    assert ran.ask("lake", "datasets", "--as-of", "2020-01-01")["items"] == []
    assert ran.ask("lake", "show", "dog_permit", "--as-of", "2020-01-01")["rows"] == 0
    assert ran.ask("lake", "show", "dog_permit", "--as-of", "2099-01-01")["rows"] == 3
    twice = ran.run("lake", "show", "dog_permit", "--as-of", DAY, "--snapshot", "snap-1", "--json", code=2)
    assert twice.errors[0]["code"] == "two_pasts"


def test_erase_asks_for_a_target_a_reason_and_a_yes(empty_house: House) -> None:
    def refused(*words: str, code: int, given: str = "") -> str:
        return str(
            empty_house.run("lake", "erase", *words, "--json", code=code, given=given).errors[0]["code"]
        )

    person = ("--person", "-")
    given = "999999198102020032\n"
    assert refused(code=2) == "one_target"
    assert refused("--person", "999999198102020032", code=2) == "number_on_line"
    assert refused(*person, code=2, given="123\n") == "bad_subject"
    assert refused(*person, "--batch", "b", code=2, given=given) == "one_target"
    assert refused(*person, "--yes", code=3, given=given) == "no_reason"
    words = ("--reason", "本人申请", "--approver", "示例检察长")
    assert refused(*person, *words, code=2, given=given) == "not_confirmed"
    assert (
        refused(*person, "--reason", "999999198102020032", "--approver", "a", "--yes", code=3, given=given)
        == "personal_data"
    )
    assert refused("--row", "dog_permit", code=2) == "bad_row"


def test_erase_prints_the_destruction_record_and_a_dry_run_only_counts(ran: House, tmp_path: Path) -> None:
    house = ran.copy(tmp_path / "home")
    given = "999999198102020032\n"
    plan = house.ask("lake", "erase", "--person", "-", "--dry-run", given=given)
    assert plan["dry_run"] is True and plan["datasets"][0]["rows"] == 1
    assert house.ask("lake", "show", "dog_permit")["rows"] == 3
    words = ("--reason", "本人申请", "--approver", "示例检察长", "--yes")
    record = house.ask("lake", "erase", "--person", "-", *words, given=given)
    assert set(record) >= {
        "number", "kind", "scope", "reason", "basis", "approver", "actor", "began_at", "done_at", "datasets", "stores",
        "snapshot_before", "snapshot_after", "snapshots_lost", "runs_lost", "scan", "backups", "kept_out", "prev", "sm3",
    }  # fmt: skip
    assert house.ask("lake", "show", "dog_permit")["rows"] == 2
    assert house.ask("lake", "erasures", record["number"])["sm3"] == record["sm3"]
    lost = house.run("model", "replay", record["runs_lost"][0], "--json", code=3)
    assert lost.errors[0]["code"] == "snapshot_gone"
    assert house.ask("lake", "erase", "--resume")["number"] is None
    lifted = house.ask("lake", "erasures", record["number"], "--lift", "--reason", "本人撤回申请")
    assert lifted["lifted"] == 1


def test_retain_tells_what_is_due(ran: House) -> None:
    answer = ran.ask("lake", "retain", "--dry-run")
    assert answer["schema"] == "shujian.lake.retain/1"
    assert {one["rows"] for one in answer["items"]} == {0}
    assert all(
        set(one) >= {"dataset", "retain", "cutoff", "rows", "batches", "files", "next_on"}
        for one in answer["items"]
    )
