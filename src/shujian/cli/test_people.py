"""``people`` and the audit's looks: the first administrators once, a way back in, and who may do what, with the rule."""

from __future__ import annotations

import asyncio
import json
import stat
from pathlib import Path
from typing import Any

import pytest

from shujian.accounts.read import Role
from shujian.audit import read as audit
from shujian.cli.serve import _prepare, _ready
from shujian.cli.test_clue import call, fill, first_pk
from shujian.clues.tests.people import account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setenv("SHUJIAN_HOME", str(tmp_path / "home"))
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def test_the_first_administrators_are_made_once(capsys: pytest.CaptureFixture[str]) -> None:
    code, body, said = call(capsys, "people", "first", "--json")
    assert (code, body["schema"], body["accounts"]) == (
        0,
        "shujian.people.first/1",
        ["xitong", "anquan", "shenji"],
    )
    path = Path(body["file"])
    made = json.loads(path.read_text("utf-8"))["accounts"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and len({one["password"] for one in made}) == 3
    assert not any(one["password"] in said for one in made)
    code, body, _ = call(capsys, "people", "first", "--json")
    assert (code, body["errors"][0]["code"]) == (3, "not_first")
    code, body, _ = call(capsys, "people", "list", "--json")
    assert [(one["username"], one["roles"]) for one in body["items"]] == [
        ("anquan", ["安全管理员"]), ("shenji", ["审计管理员"]), ("xitong", ["系统管理员"]),
    ]  # fmt: skip
    assert "password" not in json.dumps(body)


def test_a_server_without_accounts_tells_how_to_begin_from_within_its_loop(
    capsys: pytest.CaptureFixture[str],
) -> None:
    listening, nobody = _prepare()
    assert (listening, nobody) == (None, True)

    async def loop() -> None:
        _ready("http://127.0.0.1:8000/", listening, nobody)

    asyncio.run(loop())
    out, said = capsys.readouterr()
    assert out == "READY http://127.0.0.1:8000/\n" and "shujian people first" in said
    account("wang", Role.CBR)
    assert _prepare() == (None, False)


def test_the_shell_gives_a_way_back_in_on_record(capsys: pytest.CaptureFixture[str]) -> None:
    account("wang", Role.CBR)
    code, body, _ = call(capsys, "people", "reset", "wang", "--json")
    assert (code, body["username"], len(body["password"])) == (0, "wang", 16)
    entry = audit.entries(limit=1)[0]
    assert (entry.action, entry.object, entry.actor.startswith("cli:")) == (
        "account.reset",
        "account:wang",
        True,
    )
    assert call(capsys, "people", "reset", "nobody", "--json")[1]["errors"][0]["message"] == "没有这个账号"


def test_who_may_do_what_and_by_which_rule(capsys: pytest.CaptureFixture[str]) -> None:
    fill()
    account("wang", Role.CBR)
    account("shenji", Role.SJGL)
    number = f"XS{first_pk():06d}"
    code, body, _ = call(capsys, "people", "may", "wang", "clue.read", "--clue", number, "--json")
    assert (code, body["allowed"], body["rule"]) == (0, True, "准04")
    code, body, _ = call(capsys, "people", "may", "shenji", "clue.read", "--clue", number, "--json")
    assert (code, body["allowed"], body["rule"]) == (3, False, "禁01")
    assert (
        call(capsys, "people", "may", "wang", "account.reset", "--json")[1]["because"]
        == "口令和第二因子由安全管理员重置"
    )
    assert call(capsys, "people", "may", "wang", "clue.fly", "--json")[1]["errors"][0]["code"] == "no_action"
    assert (
        call(capsys, "people", "may", "nobody", "clue.read", "--json")[1]["errors"][0]["code"] == "no_account"
    )


def test_looks_are_found_however_the_number_was_typed(capsys: pytest.CaptureFixture[str]) -> None:
    fill()
    pk = first_pk()
    call(capsys, "clue", "show", str(pk), "--json")
    call(capsys, "clue", "show", f"xs{pk:06d}", "--json")
    code, body, _ = call(capsys, "audit", "looks", f"XS{pk:06d}", "--json")
    assert (code, body["schema"], [one["action"] for one in body["items"]]) == (
        0, "shujian.audit.looks/1", ["clue.show", "clue.show"],
    )  # fmt: skip
    assert audit.entries(limit=1)[0].action == "audit.looks"
    code, body, _ = call(capsys, "audit", "anchors", "--json")
    assert (code, body["items"]) == (0, [])
    code, body, _ = call(capsys, "audit", "curiosity", "--json", "--since", "2020-01-01")
    assert code == 0 and {one["kind"] for one in body["items"]} <= {"night"}
    assert (
        call(capsys, "audit", "curiosity", "--json", "--since", "gestern")[1]["errors"][0]["code"]
        == "bad_day"
    )
