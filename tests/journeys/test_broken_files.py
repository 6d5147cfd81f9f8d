"""A folder of thirty broken files: each ends as it should, the queue goes on, and nobody sees a stack trace."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import broken
from house import House

DAY = "2026-06-30"


def test_thirty_broken_files_in_one_call(empty_house: House, tmp_path: Path) -> None:
    placed = broken.write(tmp_path / "files")
    assert len(placed) == 30
    call = ("lake", "ingest", "dog_permit", *placed, "--as-of", DAY, "--max-rejects", "10%", "--json")
    answer = empty_house.run(*call, code=2)
    assert "Traceback" not in answer.err + answer.out
    report = answer.json
    assert report["schema"] == "shujian.lake.ingest/1"
    found = {Path(file["path"]): file for file in report["files"]}
    for path, wanted in placed.items():
        file = found[path]
        assert (file["state"], file["landed"], file["rejected"]) == (
            wanted.state,
            wanted.landed,
            wanted.rejected,
        ), path.name
        assert file["read"] == file["landed"] + file["changed"] + file["unchanged"] + file["rejected"], (
            path.name
        )
    faults = defaultdict(list)
    for fault in report["errors"]:
        assert fault["message"] and fault["code"] != "internal"
        faults[Path(fault["file"])].append(fault)
    rejects = defaultdict(list)
    for item in empty_house.ask("lake", "rejects", report["batch"])["items"]:
        assert item["line"] and item["expected"] and (item["found"] or item["code"] == "missing_required")
        rejects[item["file"]].append(item["code"])
    for path, wanted in placed.items():
        assert bool(faults[path]) == (wanted.state == "refused"), path.name
        if wanted.code and wanted.state == "refused":
            assert [fault["code"] for fault in faults[path]] == [wanted.code], path.name
        elif wanted.code:
            assert set(rejects[path.name]) == {wanted.code}, path.name
    assert sorted(rejects["23_重复键和断行.jsonl"]) == ["bad_json", "duplicate_key"]
    (rows,) = [
        one["rows"] for one in empty_house.ask("lake", "datasets")["items"] if one["id"] == "dog_permit"
    ]
    assert rows == sum(wanted.landed for wanted in placed.values())
    told = "\n".join(report["warnings"])
    for words in ("混有两种编码", "晚于今天", "最后一行可能不完整"):
        assert words in told


def test_each_kind_ends_with_the_exit_code_of_the_contract(empty_house: House, tmp_path: Path) -> None:
    placed = {wanted.name[:2]: path for path, wanted in broken.write(tmp_path / "files").items()}
    for number, code in (("12", 0), ("20", 2), ("08", 0)):
        empty_house.run(
            "lake", "ingest", "dog_permit", placed[number], "--as-of", DAY, "--max-rejects", "10%", code=code
        )
    empty_house.run(
        "lake", "ingest", "dog_permit", placed["26"], "--as-of", DAY, "--max-rejects", "0", code=1
    )


def test_of_two_files_the_cut_one_is_refused_and_the_other_lands(empty_house: House, tmp_path: Path) -> None:
    placed = {wanted.name[:2]: path for path, wanted in broken.write(tmp_path / "files").items()}
    for cut, whole in (("20", "08"), ("21", "11")):
        answer = empty_house.run(
            "lake", "ingest", "dog_permit", placed[cut], placed[whole], "--as-of", DAY, "--json", code=2
        )
        states = [file["state"] for file in answer.json["files"]]
        assert states == ["refused", "landed"]
        assert "文件可能被截断" in answer.json["errors"][0]["message"]
