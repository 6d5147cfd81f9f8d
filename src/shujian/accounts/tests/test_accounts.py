"""Accounts: rules of passwords, sign-in that cannot be turned against its owner, evaluation accounts."""

from __future__ import annotations

import json
import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from shujian.accounts import read, service
from shujian.accounts.errors import PasswordRefused, SignInRefused
from shujian.accounts.models import Agency, SignInTrouble, User
from shujian.accounts.passwords import one_time_password
from shujian.accounts.read import ADMINISTRATORS, PROCURATORATE, SYSTEM, Role
from shujian.accounts.signin import DELAY, FAILURES
from shujian.audit import read as audit

pytestmark = pytest.mark.django_db
PASSWORD = "Korrekt-Pferd7"


@pytest.fixture
def cheap(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def make(username: str = "zhang", **changes: Any) -> User:
    service.create_user(
        by=SYSTEM, username=username, display="示例", agency="示例县人民检察院", roles=[Role.CBR],
        password=PASSWORD, **changes,
    )  # fmt: skip
    return User.objects.get(username=username)


def test_passwords_are_kept_with_argon2() -> None:
    assert make().password.startswith("argon2$argon2id$")


@pytest.mark.usefixtures("cheap")
@pytest.mark.parametrize(
    ("password", "broken"),
    [
        ("Ab1-", ["口令不足 10 个字符"]),
        ("abcdefghijkl", ["大写、小写、数字、符号四类中至少要有 3 类"]),
        ("ABCdefghijkl", ["大写、小写、数字、符号四类中至少要有 3 类"]),
        ("Zhang-2026-ok", ["口令里不得含有账号名"]),
        (PASSWORD, ["不得与最近 5 次用过的口令相同"]),
        (
            "zhang",
            ["口令不足 10 个字符", "大写、小写、数字、符号四类中至少要有 3 类", "口令里不得含有账号名"],
        ),
    ],
)
def test_password_rules_are_told_all_at_once(password: str, broken: list[str]) -> None:
    user = make()
    with pytest.raises(PasswordRefused) as raised:
        service.change_password(user_id=user.pk, old=PASSWORD, new=password)
    assert [fault.message for fault in raised.value.faults] == broken
    assert User.objects.get().password == user.password


@pytest.mark.usefixtures("cheap")
def test_the_last_five_passwords_do_not_come_back_and_the_sixth_may() -> None:
    user = make()
    old = PASSWORD
    for number in range(5):
        new = f"Neues-Wort-{number}"
        service.change_password(user_id=user.pk, old=old, new=new)
        old = new
    service.change_password(user_id=user.pk, old=old, new=PASSWORD)
    with pytest.raises(PasswordRefused, match="原口令不正确"):
        service.change_password(user_id=user.pk, old="x", new="Ganz-Neu-99x")


def test_one_time_passwords_keep_the_rules_and_differ() -> None:
    made = {one_time_password() for _ in range(50)}
    assert len(made) == 50
    for word in made:
        assert len(word) == 16 and not set(word) & set("0O1lI")
        assert (
            any(c.isupper() for c in word)
            and any(c.islower() for c in word)
            and any(c.isdigit() for c in word)
        )


@pytest.mark.usefixtures("cheap")
def test_wrong_name_and_wrong_password_sound_the_same() -> None:
    make()
    told = []
    for name in ("zhang", "nobody"):
        with pytest.raises(SignInRefused) as raised:
            service.sign_in(name, "wrong", None)
        told.append([fault.message for fault in raised.value.faults])
    assert told == [["账号或口令不正确"]] * 2


@pytest.mark.usefixtures("cheap")
def test_strangers_shut_out_strangers_and_not_the_owner() -> None:
    make()
    own = service.sign_in("zhang", PASSWORD, None).device
    for _ in range(FAILURES):
        with pytest.raises(SignInRefused):
            service.sign_in("zhang", "guess", None)
    for device in (None, "another"):
        with pytest.raises(SignInRefused, match="连续失败次数过多"):
            service.sign_in("zhang", PASSWORD, device)
    assert service.sign_in("zhang", PASSWORD, own).device == own


@pytest.mark.usefixtures("cheap")
def test_the_wait_is_over_after_a_while() -> None:
    make()
    for _ in range(FAILURES):
        with pytest.raises(SignInRefused):
            service.sign_in("zhang", "guess", None)
    row = SignInTrouble.objects.get()
    row.last_at -= DELAY + timedelta(seconds=1)
    row.save()
    assert service.sign_in("zhang", PASSWORD, None).user_id == User.objects.get().pk
    assert not SignInTrouble.objects.exists()


@pytest.mark.usefixtures("cheap")
def test_a_known_device_of_one_is_strange_to_another() -> None:
    make()
    make("li")
    own = service.sign_in("zhang", PASSWORD, None).device
    assert service.sign_in("li", PASSWORD, own).device != own


@pytest.mark.usefixtures("cheap")
def test_an_account_that_is_off_does_not_sign_in() -> None:
    user = make()
    User.objects.update(is_active=False)
    with pytest.raises(SignInRefused):
        service.sign_in("zhang", PASSWORD, None)
    assert read.actor(user.pk) is None


@pytest.mark.usefixtures("cheap")
def test_signing_in_and_failing_are_on_record_without_the_password() -> None:
    make()
    service.sign_in("zhang", PASSWORD, None)
    with pytest.raises(SignInRefused):
        service.sign_in("zhang", "geheimes-wort", None)
    actions = [entry.action for entry in audit.entries()]
    assert actions == ["account.sign_in_failed", "account.signed_in", "account.created"]
    assert "geheimes-wort" not in repr(audit.entries()) and PASSWORD not in repr(audit.entries())


@pytest.mark.usefixtures("cheap")
def test_evaluation_accounts_one_per_role_in_a_file_for_the_owner_only(own_home: Path) -> None:
    path = service.ensure_evaluation_accounts(["行政检察部门"])
    assert path == own_home / "demo-accounts.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    made = json.loads(path.read_text("utf-8"))["accounts"]
    assert {one["role"] for one in made} == {role.value for role in Role}
    assert len({one["password"] for one in made}) == len(made)
    for one in made:
        entered = read.actor(service.sign_in(one["username"], one["password"], None).user_id)
        assert entered and entered.roles == {Role(one["role"])}
        assert entered.units == ({"行政检察部门"} if Role(one["role"]) in PROCURATORATE else set())
        assert not entered.must_change


@pytest.mark.usefixtures("cheap")
def test_evaluation_accounts_stay_and_get_new_units_and_a_lost_file_is_made_anew() -> None:
    path = service.ensure_evaluation_accounts(["行政检察部门"])
    before = path.read_text("utf-8")
    service.ensure_evaluation_accounts(["行政检察部门", "民事检察部门"])
    assert path.read_text("utf-8") == before
    handler = read.actor(User.objects.get(username="demo_cbr").pk)
    assert handler and handler.units == {"行政检察部门", "民事检察部门"}
    path.unlink()
    service.ensure_evaluation_accounts([])
    one = next(one for one in json.loads(path.read_text("utf-8"))["accounts"] if one["role"] == "CBR")
    assert service.sign_in(one["username"], one["password"], None)


@pytest.mark.usefixtures("cheap")
def test_the_first_start_makes_three_administrators_once() -> None:
    path = service.ensure_first_administrators()
    assert path and stat.S_IMODE(path.stat().st_mode) == 0o600
    made = json.loads(path.read_text("utf-8"))["accounts"]
    assert {one["role"] for one in made} == {role.value for role in ADMINISTRATORS}
    assert all(User.objects.get(username=one["username"]).must_change for one in made)
    assert service.ensure_first_administrators() is None


@pytest.mark.usefixtures("cheap")
@pytest.mark.parametrize("role", list(Role))
def test_models_and_audit_are_read_by_those_alone(role: Role) -> None:
    actor = read.Actor(name="x", display="x", id=1, roles=frozenset({role}))
    assert bool(read.may_read_models(actor)) == (role in PROCURATORATE)
    assert bool(read.may_read_audit(actor)) == (role == Role.SJGL)
    assert read.may_read_audit(actor).because


@pytest.mark.usefixtures("cheap")
def test_the_assistant_of_the_demo_helps_its_handler() -> None:
    service.ensure_evaluation_accounts(["行政检察部门"])
    handler, assistant = (User.objects.get(username=name) for name in ("demo_cbr", "demo_zl"))
    assert assistant.assists_id == handler.pk
    assert Agency.objects.filter(kind="procuratorate").count() == 1


@pytest.mark.usefixtures("cheap")
def test_what_a_stranger_types_as_a_name_is_not_kept() -> None:
    with pytest.raises(SignInRefused):
        service.sign_in("Mein-Passwort-1", "x", None)
    assert "Mein-Passwort-1" not in repr(audit.entries())
