"""CONTRACT: ``doctor``, help, usage errors, and how answers are written."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import click
import pytest

from house import SHUJIAN, House
from shujian.cli.main import COMMANDS, root

ROOT = Path(__file__).resolve().parents[2]


def _all() -> list[tuple[str, click.Command]]:
    context, found = click.Context(root), []
    for name in COMMANDS:
        command = root.get_command(context, name)
        assert command is not None
        if hasattr(command, "list_commands"):  # typer brings its own copy of click's classes
            inner = click.Context(command)
            for below in command.list_commands(inner):
                one = command.get_command(inner, below)
                assert one is not None
                found.append((f"{name} {below}", one))
        else:
            found.append((name, command))
    return found


def test_doctor(ran: House) -> None:
    answer = ran.ask("doctor")
    assert answer["schema"] == "shujian.doctor/1" and answer["next"] is None
    checks = {item["check"]: item for item in answer["items"]}
    assert set(checks) >= {
        "python",
        "packages",
        "home",
        "disk_encryption",
        "free_space",
        "secrets",
        "database",
        "models",
    }
    for item in checks.values():
        assert set(item) >= {"check", "ok", "found", "remedy"}
        assert item["ok"] is True or item["remedy"]
    assert (
        checks["home"]["ok"] is True and checks["database"]["ok"] is True and checks["secrets"]["ok"] is True
    )


def test_doctor_finds_a_folder_that_others_can_read(house: House) -> None:
    (house.root / "secrets").chmod(0o755)
    answer = house.ask("doctor", code=4)
    (item,) = [item for item in answer["items"] if item["check"] == "home"]
    assert item["ok"] is False and "chmod 700" in item["remedy"]


def test_every_command_has_chinese_help_and_json() -> None:
    silent = {"serve"}
    faults = []
    for name, command in _all():
        if not any("一" <= letter <= "鿿" for letter in command.help or ""):
            faults.append(f"{name}: no Chinese help")
        options = {option for parameter in command.params for option in parameter.opts}
        if name not in silent and "--json" not in options:
            faults.append(f"{name}: no --json")
        for parameter in command.params:
            help_text = getattr(parameter, "help", None)
            if (
                help_text
                and not any("一" <= letter <= "鿿" for letter in help_text)
                and "--help" not in parameter.opts
            ):
                faults.append(f"{name} {parameter.opts[0]}: help is not Chinese")
    assert faults == []


@pytest.mark.parametrize(
    "words",
    [
        ["nothing"],
        ["lake", "nothing"],
        ["lake", "ingest"],
        ["model", "run"],
        ["clue", "list", "--limit", "many"],
    ],
    ids=" ".join,
)
def test_wrong_use_is_exit_2_and_one_error_object(empty_house: House, words: list[str]) -> None:
    answer = empty_house.run(*words, "--json", code=2)
    assert answer.errors[0]["message"] and "Traceback" not in answer.err
    assert set(answer.errors[0]) >= {"code", "message", "file", "line", "field", "found", "expected"}
    assert len(answer.out.strip().splitlines()) == 1


def test_answers_are_one_line_of_utf8_without_colour(ran: House) -> None:
    done = subprocess.run([SHUJIAN, "lake", "datasets", "--json"], capture_output=True, env=ran.environment())
    text = done.stdout.decode("utf-8")
    assert text.count("\n") == 1 and json.loads(text)
    for words in (["model", "list"], ["clue", "list"], ["source", "list"], ["lake", "datasets"]):
        answer = ran.run(*words)
        assert "\x1b[" not in answer.out + answer.err
        assert answer.out.strip()


def test_outside_evaluation_a_run_needs_a_purpose(house: House) -> None:
    (house.root / "evaluation.json").unlink()
    answer = house.run("model", "run", "M901", "--as-of", "2026-06-30", "--json", code=3)
    assert any("事由" in fault["message"] for fault in answer.errors)
    assert house.ask("model", "run", "M901", "--as-of", "2026-06-30", "--purpose", "示例检数〔2026〕1号")[
        "items"
    ]


def test_an_expired_agreement_stops_ingest_and_runs(house: House) -> None:
    source = house.root / "catalogue/sources/dog_permit.yaml"
    text = source.read_text("utf-8")
    source.write_text(
        text.replace("number: null, expires: null", "number: 示例1号, expires: 2026-01-31"), "utf-8"
    )
    refused = house.run("model", "run", "M901", "--json", code=3)
    assert "2026-01-31" in str(refused.errors)
    file = house.root / "more.csv"
    file.write_text("登记证号,养犬人,身份证号,发证日期,登记费\n证9,示例甲,,2026-01-01,3\n", "utf-8")
    house.run("lake", "ingest", "dog_permit", file, "--as-of", "2026-06-30", "--json", code=3)
    assert len(house.ask("lake", "show", "dog_permit")["items"]) == 3


def test_stale_data_stops_a_run_or_makes_absence_unknown(house: House) -> None:
    answer = house.run("model", "run", "M901", "--as-of", "2026-09-30", "--json", code=None)
    assert answer.code in (0, 3)
    if answer.code == 0:
        assert answer.json["items"][0]["by_state"].get("proved", 0) == 0
