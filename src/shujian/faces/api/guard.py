"""What stands before every operation, in this order: method, characters, person, form token, type and size of the body,
record of the look, right, condition, key. Whatever breaks behind it is answered without a word of what it was.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt
from ninja.utils import check_csrf

from shujian.accounts.read import Actor, by_any_hat, may
from shujian.audit import service as audit
from shujian.clues import read as clues
from shujian.faces.api import problems
from shujian.faces.api.doors import DOORS, Door
from shujian.faces.api.parsing import check_characters
from shujian.faces.api.problems import broken, not_found, of_error, problem
from shujian.faces.api.replays import once
from shujian.faces.api.tags import revision_of, whole
from shujian.faces.plain.doors import actor_of
from shujian.kernel.clock import today
from shujian.kernel.errors import ShujianError
from shujian.supervision.read import setting

View = Callable[..., HttpResponse]
_LOG = logging.getLogger("django.request")
_ROOM = 1_048_576
"""Bytes of a body without a file, as ``DATA_UPLOAD_MAX_MEMORY_SIZE``; besides the file of one with a file."""


def guarded(address: str, view: View) -> View:
    """The view of one address behind the guard."""
    doors = {method: door for (place, method), door in DOORS.items() if place == address}

    @csrf_exempt
    def answered(request: HttpRequest, /, **told: Any) -> HttpResponse:
        door = doors.get(request.method or "")
        if door is None:
            answer = problem(405, "bad_method", f"这个地址只接受 {'、'.join(sorted(doors))}")
            answer["Allow"] = ", ".join(sorted(doors))
            return answer
        try:
            return _through(request, door, view, told)
        except ShujianError as error:
            return of_error(error)
        except RequestDataTooBig:
            return problem(413, "too_large", "请求的正文太大")
        except (SuspiciousOperation, MultiPartParserError, TooManyFilesSent):
            return problem(400, "bad_request", "请求的写法不对")
        except Exception:
            _LOG.exception("API %s", door.name)
            return broken()

    return answered


def _through(request: HttpRequest, door: Door, view: View, told: dict[str, Any]) -> HttpResponse:
    check_characters({"path": list(map(str, told.values())), "query": {**request.GET.dict()}})
    actor = None
    if not door.stranger:
        actor = actor_of(request)
        if actor is None:
            return problem(401, "not_signed_in", "没有登录，或者登录已经结束，请先登录")
        if not door.before_change and (actor.must_change or actor.needs_factor):
            return _first(actor)
    refused = _formal(request, door)
    if refused is not None:
        return _noted(door, actor, told, refused)
    if door.upload:
        check_characters({"body": request.POST.dict()})
    if actor is None:
        return view(request, **told)
    thing = door.thing(request, actor, told) if door.reads and door.thing else ""
    if door.reads:
        audit.record(actor=actor.name, action=door.reads, thing=thing)
    able = by_any_hat(actor, lambda hat: may(hat, door.action))
    answer = _conditional(request, door, actor, view, told) if able else not_found()
    if door.reads and answer.status_code == 404:
        audit.record(actor=actor.name, action="look.refused", thing=thing, detail={"look": door.reads})
    if door.tagged and answer.status_code == 200:
        return whole(answer, request)
    return _noted(door, actor, told, answer)


def _first(actor: Actor) -> HttpResponse:
    if actor.must_change:
        return problem(403, "must_change", "一次性口令须先修改：POST /api/v1/me/password")
    return problem(403, "needs_factor", "须先启用第二因子：GET 和 POST /api/v1/me/factor")


def _formal(request: HttpRequest, door: Door) -> HttpResponse | None:
    """What is wrong with the request as such; None where nothing is."""
    if not door.unsafe:
        return None
    if check_csrf(request) is not None:
        return problem(
            403,
            "csrf",
            "缺少或写错了 X-CSRFToken：用 GET /api/v1/session 给出的 csrf；正式地址须从本系统打开",
        )
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    size = int(length) if length.isdecimal() and len(length) < 16 else _most(door) + 1
    if size > _most(door):
        return problem(413, "too_large", f"请求太大，至多 {_most(door) // 1_048_576} MB")
    wanted = "multipart/form-data" if door.upload else "application/json"
    if size and request.content_type != wanted:
        return problem(415, "bad_type", f"请求的 Content-Type 应为 {wanted}")
    return None


def _most(door: Door) -> int:
    if not door.upload:
        return _ROOM
    return _ROOM + max(int(most) for most in setting("casework.attachment_bytes", today()).values())


def _conditional(
    request: HttpRequest, door: Door, actor: Actor, view: View, told: Mapping[str, Any]
) -> HttpResponse:
    if door.if_match:
        found = revision_of(request.headers.get("If-Match"))
        if isinstance(found, HttpResponse):
            return found
        request.META["shujian_revision"] = found
    return once(request, actor, door, lambda: view(request, **told))


def _noted(door: Door, actor: Actor | None, told: Mapping[str, Any], answer: HttpResponse) -> HttpResponse:
    """What somebody tried to change and could not is on record, by codes, whoever refused it."""
    replayed = answer.headers.get("Idempotency-Replayed")
    if actor and door.unsafe and not replayed and answer.headers.get("Content-Type") == problems.MEDIA:
        number = str(told.get("number", ""))
        thing = clues.thing_of(number) if door.address.startswith("clues/<") else f"api:{door.name}"
        audit.record(
            actor=actor.name, action="api.refused", thing=thing,
            detail={"operation": door.name, "status": answer.status_code, "codes": problems.codes_of(answer)},
        )  # fmt: skip
    return answer
