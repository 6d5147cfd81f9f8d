"""``source agree``, and where ``show``, ``check``, ``list`` and ``doctor`` tell what the county states."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import pytest

from shujian.audit import read as audit
from shujian.cli.main import root
from shujian.cli.output import report_error

pytestmark = pytest.mark.django_db
TERMS = (
    "--number", "示检数〔2026〕7号", "--purpose", "核对小区充电设施", "--from", "2026-01-01", "--until", "2026-12-31",
)  # fmt: skip


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SHUJIAN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SHUJIAN_TODAY", "2026-06-30")
    return tmp_path / "home"


def call(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any, str]:
    capsys.readouterr()
    code = 0
    try:
        root.main(args=list(words), prog_name="shujian", standalone_mode=False)
    except (Exception, SystemExit, click.exceptions.Exit) as error:
        code = int(error.code or 0) if isinstance(error, SystemExit) else report_error(error, as_json=True)
    out, err = capsys.readouterr()
    return code, json.loads(out) if "--json" in words else out, err


def recorded() -> list[tuple[str, str, dict[str, Any]]]:
    return [(one.action, one.object, dict(one.detail)) for one in reversed(audit.entries())]


def test_agree_show_check_undo(capsys: pytest.CaptureFixture[str], own_home: Path) -> None:
    file = str(own_home / "county" / "sources" / "charging_point.yaml")
    county = {"file": file, "keys": ["number", "purpose", "from", "to", "provider"]}
    code, told, _ = call(
        capsys, "source", "agree", "charging_point", *TERMS, "--by", "示例县消防救援大队", "--json"
    )
    assert (code, told["schema"], told["changed"], told["undone"], told["state"]) == (
        0, "shujian.source.agree/1", True, False, "running",
    )  # fmt: skip
    assert told["county"] == county and told["provider"] == "示例县消防救援大队" and told["cadence"] == "P3M"
    _, shown, _ = call(capsys, "source", "show", "charging_point", "--json")
    assert shown["county"] == county and shown["agreement"] == told["agreement"]
    assert (shown["agreement"]["from"], shown["agreement"]["expires"]) == ("2026-01-01", "2026-12-31")
    _, _, text = call(capsys, "source", "show", "charging_point")
    assert "协议编号、使用目的、生效日、到期日、提供单位是本县另行登记的" in text.replace("\n", "")
    code, checked, _ = call(capsys, "source", "check", file, "--json")
    assert (code, checked["items"], checked["county"]) == (0, [], {"charging_point": county})
    _, again, _ = call(
        capsys, "source", "agree", "charging_point", *TERMS, "--by", "示例县消防救援大队", "--json"
    )
    assert again["changed"] is False
    _, undone, _ = call(capsys, "source", "agree", "charging_point", "--undo", "--json")
    assert (undone["undone"], undone["county"], undone["state"]) == (True, None, "open")
    _, shown, _ = call(capsys, "source", "show", "charging_point", "--json")
    assert (shown["county"], shown["agreement"]["number"]) == (None, None)
    deeds = recorded()
    assert [(action, thing) for action, thing, _ in deeds] == [
        ("source.agree", "source:charging_point"), ("source.disagree", "source:charging_point"),
    ]  # fmt: skip
    assert deeds[0][2] == {
        "number": "示检数〔2026〕7号", "purpose": "核对小区充电设施", "from": "2026-01-01", "to": "2026-12-31",
        "provider": "示例县消防救援大队",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "code", "fields"),
    [
        (["--number", "一号"], 2, ["--purpose", "--from", "--until"]),
        (["--undo", "--number", "一号"], 2, ["--undo"]),
        (["--undo"], 2, [None]),
        ([*TERMS, "--cadence", "每月"], 2, ["cadence"]),
        ([*TERMS[:-1], "2025-12-31"], 2, ["to"]),
    ],
)
def test_wrong_use_writes_and_records_nothing(
    capsys: pytest.CaptureFixture[str], own_home: Path, words: list[str], code: int, fields: list[str | None]
) -> None:
    found, told, _ = call(capsys, "source", "agree", "charging_point", *words, "--json")
    assert (found, [one["field"] for one in told["errors"]]) == (code, fields)
    assert recorded() == [] and not (own_home / "county").exists()


def test_a_county_file_with_foreign_keys_is_told_by_name_and_line(
    capsys: pytest.CaptureFixture[str], own_home: Path
) -> None:
    path = own_home / "county" / "sources" / "charging_point.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("number: 一号\nfields: []\nshut: []\n", "utf-8")
    code, told, _ = call(capsys, "source", "check", str(path), "--json")
    assert code == 1
    assert [(one["line"], one["field"], one["code"]) for one in told["items"]] == [
        (2, "fields", "not_of_county"), (3, "shut", "not_of_county"),
    ]  # fmt: skip
