"""The second factor: TOTP (RFC 6238, six digits, 30 seconds, HMAC-SHA-1 as every generator has it) and recovery codes.

Codes open once: the step of a used code is kept, and none that is not newer opens again.
"""

from __future__ import annotations

import base64
import io
import secrets
from dataclasses import dataclass

import segno
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.conf import settings
from django.db import transaction

from shujian.accounts.errors import FactorRefused
from shujian.accounts.models import RecoveryCode, SecondFactor, User
from shujian.audit import service as audit
from shujian.kernel.clock import now
from shujian.kernel.errors import Fault
from shujian.kernel.gm import hmac_sm3_hex
from shujian.kernel.home import home
from shujian.kernel.sealed import SealedColumn, seal_bytes, unseal_bytes
from shujian.kernel.secrets import secret

STEP, DIGITS, CODES = 30, 6, 10
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def _of_row(row: SecondFactor) -> str:
    return f"factor:{row.user_id}"


COLUMNS = (SealedColumn(SecondFactor, _of_row, _of_row),)
"""The sealed column of this room, for the rotation of keys."""


@dataclass(frozen=True)
class Enrolment:
    """What a person types or scans into a generator."""

    key: str
    address: str


def demanded() -> bool:
    """Whether this installation asks for a second factor: always, except in evaluation mode, which says so."""
    return bool(settings.SECOND_FACTOR) and not home().evaluation.exists()


def confirmed(user_id: int) -> bool:
    """Whether the person has a generator that proved itself."""
    return SecondFactor.objects.filter(user_id=user_id, confirmed_at__isnull=False).exists()


def enrol(user_id: int) -> Enrolment:
    """The key to enter into a generator; the same until it is confirmed. Raises FactorRefused once it is."""
    user = User.objects.get(pk=user_id)
    with transaction.atomic():
        row = SecondFactor.objects.select_for_update().filter(user=user).first()
        if row and row.confirmed_at:
            raise FactorRefused(
                Fault(code="factor_stands", message="第二因子已经启用，要更换请找安全管理员重置")
            )
        key = unseal_bytes(row.sealed, _place(user)) if row else None
        if key is None:
            key = secrets.token_bytes(20)
            SecondFactor.objects.update_or_create(
                user=user, defaults={"sealed": seal_bytes(key, _place(user))}
            )
    shown = base64.b32encode(key).decode()
    return Enrolment(
        " ".join(shown[at : at + 4] for at in range(0, len(shown), 4)),
        _totp(key).get_provisioning_uri(user.username, "数检"),
    )


def picture(user_id: int) -> bytes:
    """The address as a QR code (SVG, nothing but two paths, so that the page's policy lets it through).

    Raises FactorRefused once the generator is confirmed: the key is never shown again.
    """
    made = io.BytesIO()
    segno.make(enrol(user_id).address, error="m", micro=False).save(
        made, kind="svg", scale=5, border=4, dark="#000", light="#fff", svgclass=None, lineclass=None
    )
    return made.getvalue()


def confirm(user_id: int, code: str) -> list[str]:
    """Take the generator into use by a first code and answer ten recovery codes, shown once. Raises FactorRefused."""
    with transaction.atomic():
        user = User.objects.get(pk=user_id)
        row = _opened(user, code, new=True)
        SecondFactor.objects.filter(pk=row.pk).update(confirmed_at=now())
        made = _new_codes(user)
        audit.record(actor=user.username, action="account.factor_confirmed", thing=f"account:{user.username}")
    return made


def renew_codes(user_id: int, code: str) -> list[str]:
    """New recovery codes in place of the old ones, for a code of the generator. Raises FactorRefused."""
    with transaction.atomic():
        user = User.objects.get(pk=user_id)
        _opened(user, code, new=False)
        made = _new_codes(user)
        audit.record(
            actor=user.username, action="account.recovery_codes_made", thing=f"account:{user.username}"
        )
    return made


def passes(user_id: int, code: str) -> bool:
    """Whether a code of the generator or an unused recovery code was given; either is used up by it. In a transaction."""
    user = User.objects.get(pk=user_id)
    row = SecondFactor.objects.select_for_update().filter(user=user, confirmed_at__isnull=False).first()
    if row is None:
        return False
    if _opens(row, user, code):
        return True
    spent = RecoveryCode.objects.filter(user=user, digest=_digest(code), used_at__isnull=True).update(
        used_at=now()
    )
    if spent:
        audit.record(
            actor=user.username, action="account.recovery_code_used", thing=f"account:{user.username}",
            detail={"left": codes_left(user_id)},
        )  # fmt: skip
    return bool(spent)


def codes_left(user_id: int) -> int:
    """How many recovery codes still open."""
    return RecoveryCode.objects.filter(user_id=user_id, used_at__isnull=True).count()


def forget(user: User) -> None:
    """Drop generator and codes, so that a new one is enrolled at the next sign-in."""
    SecondFactor.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()


def _place(user: User) -> str:
    return f"factor:{user.pk}"


def _totp(key: bytes) -> TOTP:
    return TOTP(key, DIGITS, SHA1(), STEP)


def _opened(user: User, code: str, *, new: bool) -> SecondFactor:
    """The generator that the code opens, locked; ``new``: one not yet in use. Raises FactorRefused."""
    row = SecondFactor.objects.select_for_update().filter(user=user, confirmed_at__isnull=new).first()
    if row is None or not _opens(row, user, code):
        raise FactorRefused(
            Fault(code="factor_code", message="动态码不正确，请核对手机的时间后重试", field="code")
        )
    return row


def _opens(row: SecondFactor, user: User, code: str) -> bool:
    told = code.replace(" ", "").strip()
    key = unseal_bytes(row.sealed, _place(user))
    if key is None or len(told) != DIGITS or not (told.isascii() and told.isdigit()):
        return False
    present = int(now().timestamp()) // STEP
    for counter in (present, present - 1, present + 1):  # a generator's clock may be half a minute off
        if counter > row.counter and _is(key, told, counter):
            SecondFactor.objects.filter(pk=row.pk).update(counter=counter)
            return True
    return False


def _is(key: bytes, code: str, counter: int) -> bool:
    try:
        _totp(key).verify(code.encode(), counter * STEP)
    except InvalidToken:
        return False
    return True


def _digest(code: str) -> str:
    plain = (
        "".join(sign for sign in code.upper() if sign.isalnum())
        .replace("O", "0")
        .replace("I", "1")
        .replace("L", "1")
    )
    return hmac_sm3_hex(secret("recovery"), plain.encode())


def _new_codes(user: User) -> list[str]:
    RecoveryCode.objects.filter(user=user).delete()
    made = ["".join(secrets.choice(_SIGNS) for _ in range(10)) for _ in range(CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=_digest(code)) for code in made)
    return [f"{code[:5]}-{code[5:]}" for code in made]
