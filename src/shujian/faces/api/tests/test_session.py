"""Signing in by script: token, delay, second factor, one-time password, and the end of it."""

from __future__ import annotations

import base64
import time
from typing import Any

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from shujian.accounts.models import User
from shujian.accounts.read import Role
from shujian.clues.tests.people import PASSWORD, account
from shujian.faces.api.tests.script import Script, deeds, enter, problem

pytestmark = pytest.mark.django_db


def test_a_stranger_is_told_to_sign_in_and_nothing_else() -> None:
    script = Script()
    told = script.get("/session").json()
    assert (told["signed_in"], told["username"], bool(told["csrf"])) == (False, "", True)
    problem(script.get("/clues"), 401, "not_signed_in", "没有登录")
    problem(script.get("/clues/XS000001"), 401, "not_signed_in")
    problem(script.post("/clues/XS000001/moves/sign", {}), 401, "not_signed_in")


def test_sign_in_wrong_right_and_out() -> None:
    account("demo", Role.CBR)
    script = Script()
    wrong = script.sign_in("demo", "falsch")
    assert problem(wrong, 401, "sign_in", "账号或口令不正确")["errors"][0]["found"] is None
    entered = script.sign_in("demo")
    told = entered.json()
    assert (entered.status_code, told["signed_in"], told["username"], told["roles"]) == (
        200,
        True,
        "demo",
        ["CBR"],
    )
    assert script.get("/clues").status_code == 200
    assert script.ask("DELETE", "/session").status_code == 204
    problem(script.get("/clues"), 401, "not_signed_in")
    assert [one.action for one in (*deeds("account.signed_in"), *deeds("account.signed_out"))] == [
        "account.signed_in", "account.signed_out",
    ]  # fmt: skip


def test_changes_need_the_token_of_the_session() -> None:
    script = enter(Role.CBR)
    script.csrf = ""
    problem(script.ask("DELETE", "/session"), 403, "csrf", "X-CSRFToken")
    assert script.get("/clues").status_code == 200
    problem(Script().post("/session", {"username": "demo", "password": PASSWORD}), 403, "csrf")


def test_too_many_failures_are_delayed_and_say_for_how_long() -> None:
    account("demo", Role.CBR)
    script = Script()
    for _ in range(5):
        script.sign_in("demo", "falsch")
    answer = script.sign_in("demo")
    problem(answer, 429, "sign_in_delayed", "15 分钟")
    assert answer["Retry-After"] == "900"


def test_a_one_time_password_is_changed_first() -> None:
    account("demo", Role.CBR)
    User.objects.update(must_change=True)
    script = Script()
    assert script.sign_in("demo").json()["must_change"] is True
    problem(script.get("/clues"), 403, "must_change", "/api/v1/me/password")
    weak = problem(script.post("/me/password", {"old": PASSWORD, "new": "kurz"}), 400, "password_rule")
    assert len(weak["errors"]) > 1 and all(one["found"] is None for one in weak["errors"])
    problem(script.post("/me/password", {"old": "x", "new": "Neues-Wort-26"}), 400, "old_password")
    done = script.post("/me/password", {"old": PASSWORD, "new": "Neues-Wort-26"})
    assert (done.status_code, done.json()["must_change"]) == (200, False)
    assert script.get("/clues").status_code == 200


def test_the_second_factor_is_enrolled_and_asked_for(settings: Any) -> None:
    settings.SECOND_FACTOR = True
    account("demo", Role.CBR)
    script = Script()
    assert script.sign_in("demo").json()["needs_factor"] is True
    problem(script.get("/clues"), 403, "needs_factor")
    key = base64.b32decode(script.get("/me/factor").json()["key"].replace(" ", ""))

    def code(ahead: int = 0) -> str:
        return TOTP(key, 6, SHA1(), 30).generate(int(time.time()) + ahead).decode()

    problem(script.post("/me/factor", {"code": "000000"}), 400, "factor_code")
    codes = script.post("/me/factor", {"code": code()}).json()["codes"]
    assert len(codes) == 10 and script.get("/clues").status_code == 200
    assert script.get("/me/factor").json()["key"] == ""
    other = Script()
    told = other.sign_in("demo").json()
    assert (told["signed_in"], told["second"]) == (False, True)
    problem(other.get("/clues"), 401, "not_signed_in")
    problem(other.post("/session/second", {"code": "000000"}), 401, "factor_code", "动态码不正确")
    entered = other.post("/session/second", {"code": codes[0]})
    other.csrf = entered.json()["csrf"]
    assert (entered.status_code, other.get("/clues").status_code) == (200, 200)
    problem(Script().get("/me/factor"), 401, "not_signed_in")
