"""Wrong use and accidents: one Chinese sentence, the exit code of the contract, and no stack trace."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from shujian.cli.accidents import environment_fault, internal_fault
from shujian.cli.usage import in_chinese

SHUJIAN = [sys.executable, "-c", "from shujian.cli.main import main; main()"]


def _run(home: Path, *words: str, **extra: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SHUJIAN_HOME": str(home), **extra}
    return subprocess.run([*SHUJIAN, *words], capture_output=True, text=True, env=environment, check=False)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("No such command 'nope'.", ("没有这个命令", None, "nope", "--help 列出的命令")),
        ("No such option: --nope", ("没有这个选项", None, "--nope", "--help 列出的选项")),
        ("Missing argument 'FILE…'.", ("缺少参数", "FILE…", None, None)),
        ("Got unexpected extra argument(s) (a b)", ("多出了参数", None, "a b", None)),
        ("Option '--model' requires an argument.", ("选项后面要写值", "--model", None, None)),
        (
            "Invalid value for '--since': Value error, '2026-13-01' does not match the formats '%Y-%m-%d'.",
            ("值不对：日期写法不对", "--since", "2026-13-01", "如 2026-06-30"),
        ),
        (
            "Invalid value for '--threads': Input should be greater than or equal to 1",
            ("值不对：太小", "--threads", None, "不小于 1"),
        ),
        ("Something new.", ("没有写对，见 --help", None, "Something new.", None)),
    ],
)
def test_wrong_use_is_said_in_chinese(
    said: str, expected: tuple[str, str | None, str | None, str | None]
) -> None:
    assert in_chinese(said) == expected


def test_wrong_use_exits_2_with_one_object(tmp_path: Path) -> None:
    done = _run(tmp_path, "lake", "show", "school", "extra", "--json")
    (fault,) = json.loads(done.stdout)["errors"]
    assert (done.returncode, fault["code"], fault["found"]) == (2, "usage", "extra")
    assert "extra argument" not in done.stdout + done.stderr


def test_a_home_that_cannot_be_made_is_a_sentence_and_4(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for words in (("clue", "list"), ("lake", "datasets"), ("model", "run", "M08", "--purpose", "示1")):
        done = _run(tmp_path / "file" / "home", *words, "--json")
        (fault,) = json.loads(done.stdout)["errors"]
        assert (done.returncode, fault["code"]) == (4, "environment")
        assert fault["message"] == "不能读写：路径中有一段不是文件夹" and "Traceback" not in done.stderr
    done = _run(tmp_path / "file" / "home", "doctor", "--json")
    checks = {item["check"]: item for item in json.loads(done.stdout)["items"]}
    assert done.returncode == 4 and checks["writable"]["ok"] is False


def test_a_broken_database_is_a_sentence_and_4(tmp_path: Path) -> None:
    (tmp_path / "db").mkdir()
    (tmp_path / "db" / "shujian.sqlite3").write_bytes(b"nonsense" * 1000)
    done = _run(tmp_path, "clue", "list", "--json")
    (fault,) = json.loads(done.stdout)["errors"]
    assert (done.returncode, fault["code"]) == (4, "database")
    assert "已损坏" in fault["message"] and "Traceback" not in done.stderr


def test_busy_and_read_only_databases_are_told_apart() -> None:
    busy = environment_fault(sqlite3.OperationalError("database is locked"))
    shut = environment_fault(sqlite3.OperationalError("attempt to write a readonly database"))
    assert busy and shut and (busy.code, shut.code) == ("busy", "database")
    assert environment_fault(ValueError("ours")) is None


def test_a_mistake_of_ours_keeps_its_trace_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHUJIAN_HOME", str(tmp_path))
    fault = internal_fault(KeyError("示例"))
    (kept,) = (tmp_path / "traces").iterdir()
    assert "KeyError" in kept.read_text("utf-8") and kept.stat().st_mode & 0o777 == 0o600
    assert fault.code == "internal" and str(kept) in (fault.expected or "")


def test_output_is_utf8_whatever_the_locale(tmp_path: Path) -> None:
    done = _run(tmp_path, "model", "list", "--json", PYTHONIOENCODING="ascii")
    assert done.returncode == 0 and "涉刑" in json.dumps(json.loads(done.stdout), ensure_ascii=False)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_an_answer_that_cannot_be_written_is_not_a_success(tmp_path: Path) -> None:
    for words in ((), ("--json",)):
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                [*SHUJIAN, "model", "list", *words], stdout=full, stderr=subprocess.PIPE, text=True, check=False,
                env={**os.environ, "SHUJIAN_HOME": str(tmp_path)},
            )  # fmt: skip
        assert done.returncode == 4 and "磁盘已满" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("room", ["model", "source"])
def test_a_schema_is_one_object_with_a_tag(tmp_path: Path, room: str) -> None:
    answer = json.loads(_run(tmp_path, room, "schema", "--json").stdout)
    assert answer["schema"] == f"shujian.{room}.schema/1" and answer["json_schema"]["properties"]["id"]
    assert answer["properties"] == answer["json_schema"]["properties"]
