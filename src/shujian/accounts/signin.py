"""Sign-in with a failure delay that a stranger cannot turn against its owner.

Failures are counted for account and device. Devices on which the person signed in before have a count
of their own; all other devices share one. So a stranger who guesses shuts strange devices out for a
while, and the owner's own browser still opens (OWASP, device cookies).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from shujian.accounts import factor
from shujian.accounts.errors import SignInRefused
from shujian.accounts.models import KnownDevice, SignInTrouble, User
from shujian.audit import service as audit
from shujian.kernel.clock import now
from shujian.kernel.errors import Fault
from shujian.kernel.gm import sm3_hex

FAILURES, DELAY = 5, timedelta(minutes=15)


@cache
def _nobody() -> str:
    """A hash that nothing matches, so that an unknown name takes as long as a known one."""
    return make_password(secrets.token_hex(8))


@dataclass(frozen=True)
class SignedIn:
    """A person let in, and the device token to leave in the browser (httponly, one year).

    ``second``: name and password were right, and a code of the second factor is still to come (``second_step``).
    """

    user_id: int
    device: str
    second: bool = False


def sign_in(username: str, password: str, device: str | None) -> SignedIn:
    """Check name and password. Raises SignInRefused; the answer is the same for a wrong name and a wrong password."""
    username = username.strip()[:60]
    user = User.objects.filter(username=username, is_active=True).first()
    token = sm3_hex(device.encode()) if device else ""
    known = bool(user and token and KnownDevice.objects.filter(user=user, token=token).exists())
    account, place = sm3_hex(username.encode()), token if known else ""
    # Strangers type passwords into the wrong field: a name that is no account is not kept.
    called = user.username if user else "?"
    _refuse_if_waiting(account, place, called)
    if user is None or not check_password(password, user.password):
        if user is None:
            check_password(password, _nobody())
        _note_failure(account, place, called)
        raise SignInRefused(Fault(code="sign_in", message="账号或口令不正确"))
    if factor.demanded() and factor.confirmed(user.pk):
        return SignedIn(user.pk, device if known and device else "", second=True)
    return _let_in(user, account, place, device if known else None)


def second_step(user_id: int, code: str, device: str | None) -> SignedIn:
    """The code after name and password. Raises SignInRefused; failures count as those of the password do."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        raise SignInRefused(Fault(code="sign_in", message="请重新登录"))
    token = sm3_hex(device.encode()) if device else ""
    known = bool(token and KnownDevice.objects.filter(user=user, token=token).exists())
    account, place = sm3_hex(user.username.encode()), token if known else ""
    _refuse_if_waiting(account, place, user.username)
    with transaction.atomic():
        passed = factor.passes(user_id, code)
    if not passed:
        _note_failure(account, place, user.username)
        raise SignInRefused(Fault(code="factor_code", message="动态码不正确，或者已经用过"))
    return _let_in(user, account, place, device if known else None)


def _refuse_if_waiting(account: str, place: str, username: str) -> None:
    row = SignInTrouble.objects.filter(account=account, device=place).first()
    if row and row.failures >= FAILURES and now() < row.last_at + DELAY:
        audit.record(actor=username, action="account.sign_in_delayed", thing=f"account:{username}")
        minutes = int(DELAY.total_seconds() // 60)
        raise SignInRefused(
            Fault(code="sign_in_delayed", message=f"连续失败次数过多，请 {minutes} 分钟后再试")
        )


def _note_failure(account: str, place: str, username: str) -> None:
    with transaction.atomic():
        row, _ = SignInTrouble.objects.select_for_update().get_or_create(
            account=account, device=place, defaults={"last_at": now()}
        )
        expired = now() >= row.last_at + DELAY
        row.failures, row.last_at = (1 if expired else row.failures + 1), now()
        row.save()
        audit.record(
            actor=username, action="account.sign_in_failed", thing=f"account:{username}",
            detail={"failures": row.failures},
        )  # fmt: skip


def _let_in(user: User, account: str, place: str, device: str | None) -> SignedIn:
    token = device or secrets.token_urlsafe(24)
    with transaction.atomic():
        KnownDevice.objects.get_or_create(user=user, token=sm3_hex(token.encode()), defaults={"at": now()})
        SignInTrouble.objects.filter(account=account, device=place).delete()
        audit.record(actor=user.username, action="account.signed_in", thing=f"account:{user.username}")
    return SignedIn(user.pk, token)
