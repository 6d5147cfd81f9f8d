"""The second factor: official vectors, no code twice, recovery codes once, waived in evaluation mode only; sessions end."""

from __future__ import annotations

import base64
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import segno
from lxml import etree

from shujian.accounts import factor, read, sessions, signin
from shujian.accounts.errors import FactorRefused, SignInRefused
from shujian.accounts.factor import _totp
from shujian.accounts.models import SecondFactor, User
from shujian.accounts.signin import FAILURES
from shujian.accounts.tests.test_accounts import PASSWORD, make
from shujian.audit import read as audit
from shujian.kernel.gm import sm3_hex

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cheap")]
NOON = datetime(2026, 6, 30, 4, 0, 0, tzinfo=UTC)


@pytest.fixture
def cheap(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SECOND_FACTOR = True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A clock that stands until it is told to go on."""

    class Clock:
        at = NOON

        def __call__(self) -> datetime:
            return self.at

        def go(self, **by: int) -> None:
            self.at += timedelta(**by)

    clock = Clock()
    for room in (factor, signin, sessions):
        monkeypatch.setattr(room, "now", clock)
    return clock


def code(user: User, clock: Any, steps: int = 0) -> str:
    key = base64.b32decode(factor_key(user))
    return _totp(key).generate(int(clock().timestamp()) + 30 * steps).decode()


KEYS: dict[int, str] = {}


def factor_key(user: User) -> str:
    if user.pk not in KEYS:
        KEYS[user.pk] = factor.enrol(user.pk).key.replace(" ", "")
    return KEYS[user.pk]


def enrolled(clock: Any) -> tuple[User, list[str]]:
    KEYS.clear()
    user = make()
    return user, factor.confirm(user.pk, code(user, clock, -1))


@pytest.mark.parametrize(
    ("at", "expected"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")]
)
def test_the_vectors_of_rfc_6238(at: int, expected: str) -> None:
    assert _totp(b"12345678901234567890").generate(at).decode() == expected


def test_a_generator_counts_once_it_proved_itself(clock: Any) -> None:
    KEYS.clear()
    user = make()
    assert factor.enrol(user.pk) == factor.enrol(user.pk)
    assert factor.enrol(user.pk).address.startswith("otpauth://totp/")
    assert not factor.confirmed(user.pk) and read.actor(user.pk).needs_factor  # type: ignore[union-attr]
    wrong = f"{(int(code(user, clock)) + 1) % 1_000_000:06d}"
    with pytest.raises(FactorRefused, match="动态码不正确"):
        factor.confirm(user.pk, wrong)
    made = factor.confirm(user.pk, code(user, clock))
    assert len(set(made)) == 10 and all(len(one) == 11 for one in made)
    assert not read.actor(user.pk).needs_factor  # type: ignore[union-attr]
    with pytest.raises(FactorRefused, match="已经启用"):
        factor.enrol(user.pk)


def test_name_and_password_alone_open_nothing(clock: Any) -> None:
    user, _ = enrolled(clock)
    half = signin.sign_in("zhang", PASSWORD, None)
    assert (half.second, half.device) == (True, "")
    assert "account.signed_in" not in [entry.action for entry in audit.entries()]
    whole = signin.second_step(user.pk, code(user, clock), None)
    assert (whole.second, bool(whole.device)) == (False, True)
    assert audit.entries()[0].action == "account.signed_in"


def test_a_code_opens_once_and_not_an_older_one(clock: Any) -> None:
    user, _ = enrolled(clock)
    signin.second_step(user.pk, code(user, clock), None)
    for steps in (0, -1):
        with pytest.raises(SignInRefused, match="已经用过"):
            signin.second_step(user.pk, code(user, clock, steps), None)
    clock.go(seconds=30)
    assert signin.second_step(user.pk, code(user, clock), None)
    clock.go(minutes=2)
    with pytest.raises(SignInRefused):
        signin.second_step(user.pk, code(user, clock, -2), None)


def test_a_recovery_code_opens_once_however_it_is_typed(clock: Any) -> None:
    user, codes = enrolled(clock)
    assert signin.second_step(user.pk, codes[0].lower().replace("-", " "), None)
    assert factor.codes_left(user.pk) == 9
    with pytest.raises(SignInRefused):
        signin.second_step(user.pk, codes[0], None)
    fresh = factor.renew_codes(user.pk, code(user, clock))
    with pytest.raises(SignInRefused):
        signin.second_step(user.pk, codes[1], None)
    assert signin.second_step(user.pk, fresh[1], None)
    told = repr(audit.entries())
    assert not any(one in told for one in [*codes, *fresh])


def test_guessing_codes_shuts_the_stranger_out_and_not_the_owner(clock: Any) -> None:
    user, codes = enrolled(clock)
    own = signin.second_step(user.pk, codes[0], None).device
    for _ in range(FAILURES):
        with pytest.raises(SignInRefused, match="动态码不正确"):
            signin.second_step(user.pk, "000000", None)
    with pytest.raises(SignInRefused, match="连续失败次数过多"):
        signin.second_step(user.pk, codes[1], None)
    assert signin.second_step(user.pk, codes[1], own).device == own


def test_the_key_is_sealed_and_opens_for_its_owner_alone(clock: Any) -> None:
    user, _ = enrolled(clock)
    stored = bytes(SecondFactor.objects.get().sealed)
    assert base64.b32decode(factor_key(user)) not in stored
    make("li")
    SecondFactor.objects.update(user=User.objects.get(username="li"))
    with pytest.raises(SignInRefused):
        signin.second_step(User.objects.get(username="li").pk, code(user, clock), None)


def test_evaluation_mode_alone_waives_it(clock: Any, own_home: Path) -> None:
    user, _ = enrolled(clock)
    other = make("li")
    assert read.actor(other.pk).needs_factor  # type: ignore[union-attr]
    (own_home / "evaluation.json").write_text('{"today": "2026-06-30"}')
    assert not read.actor(other.pk).needs_factor  # type: ignore[union-attr]
    assert signin.sign_in("zhang", PASSWORD, None).second is False
    assert user.pk


def test_a_password_of_ninety_days_is_changed_first(own_home: Path) -> None:
    user = make(must_change=False)
    assert not read.actor(user.pk).must_change  # type: ignore[union-attr]
    user.refresh_from_db()
    assert user.password_changed_at
    User.objects.update(password_changed_at=user.password_changed_at - timedelta(days=91))
    assert read.actor(user.pk).must_change  # type: ignore[union-attr]
    (own_home / "evaluation.json").write_text('{"today": "2026-06-30"}')
    assert not read.actor(user.pk).must_change  # type: ignore[union-attr]


def test_sessions_are_few_end_after_a_day_and_with_the_account(clock: Any) -> None:
    user = make()
    marks = [sm3_hex(name.encode()) for name in "abc"]
    User.objects.update(sessions=[[mark, clock().isoformat()] for mark in marks[1:]])
    assert [bool(read.actor(user.pk, name)) for name in "abc"] == [False, True, True]
    clock.go(hours=12, seconds=1)
    assert read.actor(user.pk, "b") is None
    clock.go(hours=-1)
    sessions.leave_session(user.pk, "b")
    assert [bool(read.actor(user.pk, name)) for name in "bc"] == [False, True]


def modules(svg: bytes) -> list[list[int]]:
    """The dark modules of the picture, read from the strokes that a generator's camera would see."""
    root = etree.fromstring(svg)
    path = next(one for one in root.iter() if one.get("stroke") == "#000")
    size = int(root.get("width", "0")) // 5 - 8
    seen = [[0] * size for _ in range(size)]
    x, y = 0.0, 0.0
    for way, told in re.findall(r"([Mmh])([-\d. ]+)", path.get("d", "")):
        numbers = [float(one) for one in re.findall(r"-?[\d.]+", told)]
        if way == "h":
            for step in range(int(numbers[0])):
                seen[int(y - 4)][int(x - 4) + step] = 1
            x += numbers[0]
        else:
            x, y = (numbers[0], numbers[1]) if way == "M" else (x + numbers[0], y + numbers[1])
    return seen


def test_the_picture_holds_the_address_and_nothing_that_a_page_would_refuse(clock: Any) -> None:
    user = make()
    told, drawn = factor.enrol(user.pk), factor.picture(user.pk)
    assert told.key.replace(" ", "") in told.address
    made = segno.make(told.address, error="m", micro=False)
    assert modules(drawn) == [list(row) for row in made.matrix]
    assert modules(drawn) != [
        list(row) for row in segno.make(told.address + "1", error="m", micro=False).matrix
    ]
    names = {etree.QName(one).localname for one in etree.fromstring(drawn).iter()}
    assert names == {"svg", "g", "path"} and b"style" not in drawn and b"href" not in drawn
    KEYS.clear()
    factor.confirm(user.pk, code_of(told.key, clock))
    with pytest.raises(FactorRefused):
        factor.picture(user.pk)


def code_of(key: str, clock: Any) -> str:
    return _totp(base64.b32decode(key.replace(" ", ""))).generate(int(clock().timestamp())).decode()
