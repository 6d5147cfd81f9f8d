"""Idempotency-Key: the same request sent again gets the same answer, and nothing is done twice.

The key is taken in a transaction of its own; deed and answer are then committed together. Whoever comes meanwhile is told
to wait; where the process died, nothing was done, and after ``_DEAD`` the key may be taken again.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from shujian.accounts.read import Actor
from shujian.audit import service as audit
from shujian.faces.api.doors import Door
from shujian.faces.api.models import Asked
from shujian.faces.api.problems import problem
from shujian.kernel.canonical import digest
from shujian.kernel.clock import now, today
from shujian.kernel.gm import sm3_hex
from shujian.kernel.sealed import SealedColumn, seal_bytes, unseal_bytes
from shujian.supervision.read import setting

SHORTEST, LONGEST = 8, 200
_DEAD = timedelta(minutes=10)
_KEPT = ("Content-Type", "ETag", "Location")


@dataclass(frozen=True)
class Key:
    """What a request under a key is known by."""

    account: str
    operation: str
    key: str
    body: str

    @property
    def place(self) -> str:
        """What the sealed answer belongs to."""
        return place_of(self)


def place_of(row: Key | Asked) -> str:
    """What the sealed answer of a key belongs to."""
    return f"answer:{row.account}:{row.operation}:{row.key}"


COLUMNS = (SealedColumn(Asked, place_of, place_of),)
"""The sealed column of the API, for the rotation of keys."""


def once(request: HttpRequest, actor: Actor, door: Door, do: Callable[[], HttpResponse]) -> HttpResponse:
    """Do it, or answer as before. ``do`` must turn refusals into answers: only what breaks is undone."""
    told = request.headers.get("Idempotency-Key", "")
    if not told or door.method != "POST":  # reading and taking back are the same however often they are sent
        return do()
    if not door.keyed:
        return problem(400, "key_not_taken", "这一步不收 Idempotency-Key：查看一次就是一次，每次都记入审计")
    if not (SHORTEST <= len(told) <= LONGEST and all("!" <= one <= "~" for one in told)):
        return problem(
            400,
            "bad_key",
            f"Idempotency-Key 应为 {SHORTEST} 至 {LONGEST} 个没有空格的 ASCII 字符，如一个 UUID",
        )
    key = Key(actor.name, door.name, sm3_hex(told.encode()), _fingerprint(request))
    taken = _take(key)
    if isinstance(taken, HttpResponse):
        return taken
    try:
        with transaction.atomic():
            answer = do()
            _keep(taken, key, door, answer)
    except Exception:
        Asked.objects.filter(pk=taken).delete()
        raise
    return answer


def _take(key: Key) -> int | HttpResponse:
    """The row of a key that is now ours, or the answer for whoever comes later."""
    _forget_old()
    try:
        with transaction.atomic():
            return Asked.objects.create(
                account=key.account, operation=key.operation, key=key.key, body=key.body, at=now()
            ).pk
    except IntegrityError:
        pass
    with transaction.atomic():
        row = Asked.objects.select_for_update().filter(
            account=key.account, operation=key.operation, key=key.key
        ).first()  # fmt: skip
        if row is None or (row.status is None and row.body == key.body and now() < row.at + _DEAD):
            return _told(key, "busy", problem(409, "key_busy", "同一请求正在办理，请稍后再试"))
        if row.body != key.body:
            return _told(
                key, "other_body", problem(422, "key_reused", "这个 Idempotency-Key 用在过另一个请求上，请换一个；没有办理"),
            )  # fmt: skip
        if row.status is None:
            Asked.objects.filter(pk=row.pk).update(at=now())
            return row.pk
        return _told(key, "replayed", _again(row, key))


def _again(row: Asked, key: Key) -> HttpResponse:
    opened = unseal_bytes(row.sealed, key.place)
    if opened is None:
        answer = problem(409, "answered_once", "这个请求已经办过，当时的答复没有保存（含有只显示一次的口令）")
    else:
        told = json.loads(opened)
        answer = HttpResponse(told["body"], status=row.status)
        for name, value in told["headers"].items():
            answer[name] = value
    answer["Idempotency-Replayed"] = "true"
    return answer


def _keep(taken: int, key: Key, door: Door, answer: HttpResponse) -> None:
    """Store the answer; a password is never kept."""
    told = {
        "headers": {name: answer[name] for name in _KEPT if name in answer},
        "body": answer.content.decode(),
    }
    hidden = door.once and answer.status_code < 400
    sealed = b"" if hidden else seal_bytes(json.dumps(told, ensure_ascii=False).encode(), key.place)
    Asked.objects.filter(pk=taken).update(status=answer.status_code, sealed=sealed)


def _told(key: Key, what: str, answer: HttpResponse) -> HttpResponse:
    audit.record(
        actor=key.account, action=f"api.{what}", thing=f"api:{key.operation}", detail={"key": key.key[:16]},
    )  # fmt: skip
    return answer


def _forget_old() -> None:
    hours = int(setting("casework.answer_hours", today()))
    Asked.objects.filter(at__lt=now() - timedelta(hours=hours)).delete()


def _fingerprint(request: HttpRequest) -> str:
    """Of everything that decides what is done: address, condition, body. Boundaries of a form's parts do not count."""
    if request.content_type == "multipart/form-data":
        sent = [(name, one) for name, found in request.FILES.lists() for one in found]
        files = [[name, str(one.name), sm3_hex(one.read())] for name, one in sent]
        for _, one in sent:
            one.seek(0)
        body = digest([{name: request.POST.getlist(name) for name in request.POST}, files])
    else:
        body = sm3_hex(request.body)
    return digest([request.get_full_path(), request.headers.get("If-Match", ""), body])
