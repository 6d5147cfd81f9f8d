"""Sessions of a person: few at a time, none longer than a working day, all ended when the account is touched."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.contrib import auth
from django.contrib.sessions.models import Session
from django.http import HttpRequest

from shujian.accounts.models import RoleGrant, User
from shujian.accounts.roles import ADMINISTRATORS
from shujian.accounts.signin import SignedIn
from shujian.kernel.clock import now
from shujian.kernel.gm import sm3_hex

AT_MOST, OF_ADMINISTRATORS, LONGEST = 2, 1, timedelta(hours=12)
MARK = "shujian_mark"
"""The key under which a session keeps its mark; the account keeps the mark's SM3."""


def begin_session(request: HttpRequest, entered: SignedIn) -> None:
    """Bind the session to the person who was let in, under a new key; beyond the limit the oldest session ends."""
    user = User.objects.get(pk=entered.user_id)
    auth.login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    mark = secrets.token_urlsafe(24)
    request.session[MARK] = mark
    administers = RoleGrant.objects.filter(user=user, role__in=ADMINISTRATORS).exists()
    most = OF_ADMINISTRATORS if administers else AT_MOST
    user.sessions = [*user.sessions, [sm3_hex(mark.encode()), now().isoformat()]][-most:]
    user.save(update_fields=["sessions"])


def stands(user: User, mark: str) -> bool:
    """Whether a session of this mark is among the person's and not too old."""
    wanted, oldest = sm3_hex(mark.encode()), now() - LONGEST
    return any(one == wanted and datetime.fromisoformat(at) >= oldest for one, at in user.sessions)


def lasts(session_key: str, user_id: int, mark: str) -> bool:
    """Whether a session still lets its person in: not idle too long, not ended, the account switched on."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    running = Session.objects.filter(session_key=session_key, expire_date__gt=now()).exists()
    return running and user is not None and stands(user, mark)


def leave_session(user_id: int, mark: str) -> None:
    """End one session of the person."""
    user = User.objects.get(pk=user_id)
    gone = sm3_hex(mark.encode())
    user.sessions = [one for one in user.sessions if one[0] != gone]
    user.save(update_fields=["sessions"])
