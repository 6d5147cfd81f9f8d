"""The commands ``source`` and ``lake`` as a user calls them: one JSON object, sentences on stderr, exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shujian.cli.main import main
from shujian.lake.conftest import FIRMS, STAFF, number

HEADER = "姓名,身份证号,入编日期,备注\n"


Called = tuple[int, dict[str, Any], str]
Call = Callable[..., Called]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with two invented sources, on 2026-06-30."""
    folder = tmp_path / "home" / "catalogue" / "sources"
    folder.mkdir(parents=True)
    (folder / "t_staff.yaml").write_text(STAFF, "utf-8")
    (folder / "t_firms.yaml").write_text(FIRMS, "utf-8")
    monkeypatch.setenv("SHUJIAN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SHUJIAN_TODAY", "2026-06-30")
    return tmp_path / "home"


@pytest.fixture
def call(home: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Call:
    """Call ``shujian`` in this process: exit code, the JSON object (or text), stderr."""

    def called(*arguments: str | Path) -> Called:
        words = [str(argument) for argument in arguments]
        monkeypatch.setattr(sys, "argv", ["shujian", *words])
        code = 0
        capfd.readouterr()
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        out, errors = capfd.readouterr()
        return code, _parsed(out, words), errors

    return called


def _parsed(out: str, words: list[str]) -> dict[str, Any]:
    return dict(json.loads(out)) if "--json" in words else {"text": out}


def _apart(*arguments: str) -> Called:
    """The same in a process of its own: commands that show persons' rows open the Django rooms."""
    command = [sys.executable, "-c", "from shujian.cli.main import main; main()", *arguments]
    done = subprocess.run(command, env=os.environ, capture_output=True, text=True, encoding="utf-8")
    return done.returncode, _parsed(done.stdout, list(arguments)), done.stderr


def test_from_a_file_to_its_rows_rejects_quality_and_snapshots(
    call: Call, home: Path, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    lines = [f"示例甲,{number(n)},2020-01-01,电话10000000001\n" for n in range(1, 30)] + ["示例乙,1,昨天,\n"]
    path.write_text(HEADER + "".join(lines), "gb18030")
    code, told, errors = call("lake", "ingest", "t_staff", path, "--as-of", "2026-06-30", "--json")
    assert (code, told["schema"], errors) == (0, "shujian.lake.ingest/1", "")
    (file,) = told["files"]
    assert {name: file[name] for name in ("path", "encoding", "sheet", "header_line", "state")} == {
        "path": str(path), "encoding": "gb18030", "sheet": None, "header_line": 1, "state": "landed",
    }  # fmt: skip
    assert [file[name] for name in ("read", "landed", "changed", "unchanged", "rejected")] == [
        30,
        29,
        0,
        0,
        1,
    ]
    assert told["rows_per_second"] > 0

    code, rejects, _ = _apart("lake", "rejects", told["batch"], "--json")
    assert (code, rejects["schema"], rejects["next"]) == (0, "shujian.lake.rejects/1", None)
    (reject,) = rejects["items"]
    assert (reject["file"], reject["line"], reject["field"], reject["found"]) == (
        "a.csv",
        31,
        "入编日期",
        "昨天",
    )
    assert set(reject) == {"file", "sheet", "line", "field", "found", "expected", "code", "raw"}

    _, shown, _ = _apart("lake", "show", "t_staff", "--limit", "2", "--json")
    assert (shown["rows"], [row["_line"] for row in shown["items"]]) == (29, [2, 3])
    first = shown["items"][0]
    assert (first["name"], first["id_card"]) == ("示某某", "999999***********" + number(1)[-1])
    assert number(1) not in json.dumps(shown) and "10000000001" not in json.dumps(shown)

    _, quality, _ = call("lake", "quality", "t_staff", "--json")
    assert (quality["rows"], quality["as_of"], quality["fresh"]) == (29, "2026-06-30", True)
    assert quality["fields"]["id_card"] == {"complete": 29, "valid": 29, "distinct": 29}
    _, snapshots, _ = call("lake", "snapshots", "--json")
    assert snapshots["items"][0]["id"] == told["snapshot"]
    _, datasets, _ = call("lake", "datasets", "--json")
    assert [(one["id"], one["rows"]) for one in datasets["items"]] == [("t_staff", 29)]


def test_exit_codes_and_errors(call: Call, home: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text(HEADER + "示例甲,1,昨天,\n", "utf-8")
    code, told, errors = call("lake", "ingest", "t_staff", bad, "--json")
    assert (code, told["schema"], told["files"][0]["state"], told["errors"][0]["code"]) == (
        1, "shujian.lake.ingest/1", "refused", "too_many_rejects",
    )  # fmt: skip
    assert "超过上限" in errors
    bad.write_bytes(b"")
    code, told, _ = call("lake", "ingest", "t_staff", bad, "--json")
    assert (code, told["schema"]) == (2, "shujian.error/1")
    assert {name: told["errors"][0][name] for name in ("code", "file", "found")} == {
        "code": "empty_file", "file": str(bad), "found": "0 字节",
    }  # fmt: skip
    code, told, _ = call("lake", "ingest", "nosuch", bad, "--json")
    assert (code, told["schema"], told["errors"][0]["code"]) == (2, "shujian.error/1", "unknown_source")
    code, told, _ = _apart("lake", "rejects", "batch-x", "--json")
    assert (code, told["errors"][0]["code"]) == (2, "unknown_batch")


def test_declaring_coverage(call: Call, home: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEADER + f"示例甲,{number(1)},2026-05-02,\n", "utf-8")
    call("lake", "ingest", "t_staff", path, "--as-of", "2026-06-30")
    span = ("--from", "2026-05-01", "--to", "2026-06-30", "--stated-by", "来函〔2026〕1号")
    code, told, _ = call("lake", "cover", "t_staff", *span, "--gap", "2026-06-03..2026-06-04:停机", "--json")
    assert (code, told["snapshot"][:5]) == (0, "snap-")
    _, quality, _ = call("lake", "quality", "t_staff", "--json")
    assert [(one["month"], one["state"]) for one in quality["coverage"]] == [
        ("2026-05", "declared"),
        ("2026-06", "gap"),
    ]
    code, told, _ = call("lake", "cover", "t_staff", *span, "--gap", "soon", "--json")
    assert (code, told["errors"][0]["code"]) == (2, "bad_gap")


def test_sources(call: Call, home: Path, tmp_path: Path) -> None:
    _, told, _ = call("source", "list", "--json")
    assert {"t_staff", "hotline_order"} <= {item["id"] for item in told["items"]}
    _, told, _ = call("source", "show", "t_staff", "--json")
    assert (told["schema"], told["id"], told["key"]) == ("shujian.source.show/1", "t_staff", ["id_card"])
    faulty = home / "catalogue" / "sources" / "t_bad.yaml"
    faulty.write_text(
        STAFF.replace("id: t_staff", "id: t_bad").replace("key: [id_card]", "key: [nosuch]"), "utf-8"
    )
    code, told, _ = call("source", "check", faulty, "--json")
    assert (code, [(item["code"], item["line"]) for item in told["items"]]) == (1, [("unknown_field", 8)])
    faulty.unlink()
    path = tmp_path / "台账.csv"
    path.write_text(HEADER + f"示例甲,{number(1)},2026-05-02,x\n", "utf-8")
    code, told, _ = call("source", "propose", path, "--write", "t_own", "--json")
    assert (code, told["header_line"], [one["field"] for one in told["fields"]][:2]) == (
        0,
        1,
        ["name", "id_card"],
    )
    code, _, _ = call("source", "check", told["written"])
    assert code == 0
    _, told, _ = call("source", "schema", "--json")
    assert told["type"] == "object"


def test_tables_for_people(call: Call, home: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEADER + f"示例甲,{number(1)},2026-05-02,\n", "utf-8")
    code, told, errors = call("lake", "ingest", "t_staff", path)
    assert code == 0 and "已入库" in told["text"] and "--as-of" in errors
    for command in (("datasets",), ("quality", "t_staff"), ("snapshots",)):
        code, told, _ = call("lake", *command)
        assert code == 0 and "│" in told["text"]
