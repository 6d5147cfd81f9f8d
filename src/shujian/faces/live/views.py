"""GET /live/: the door of the streams. Whoever asks is asked for his right here; the stream asks again as it goes."""

from __future__ import annotations

import re
from typing import cast

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse

from shujian.accounts.read import Actor
from shujian.accounts.service import SESSION_MARK
from shujian.faces.live.hub import open_streams
from shujian.faces.live.streams import Pass, stream
from shujian.faces.plain.doors import route
from shujian.kernel.clock import today
from shujian.supervision.read import setting

_NUMBER = re.compile(r"[0-9]{1,18}")


@route("news.read")
def live(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A stream that goes on after ``Last-Event-ID`` (header, or ``last`` in the address), else from now.

    400 where that is no number of ours, 429 where the account has as many streams as it may.
    """
    told = request.headers.get("Last-Event-ID", request.GET.get("last", "")).strip()
    if told and not _NUMBER.fullmatch(told):
        return _no(400, "Last-Event-ID 须是本系统给出的编号（18 位以内的数字）", told[:40])
    most = int(setting("news.streams_most", today()))
    if actor.id is None or open_streams(actor.id) >= most:
        return _no(429, f"一个账号最多同时 {most} 个实时连接，请关掉不用的网页", "")
    held = Pass(actor.id, str(request.session.session_key), str(request.session[SESSION_MARK]))
    # A stream that connects again by itself is not a person at work: it must not keep the session from idling out.
    del request.session
    if request.method == "HEAD":
        return HttpResponse(content_type="text/event-stream")
    answer = StreamingHttpResponse(
        stream(held, int(told) if told else None), content_type="text/event-stream"
    )
    answer.headers["X-Accel-Buffering"] = "no"
    return cast(HttpResponse, answer)  # Django serves either; the decorator of all views knows one


def _no(status: int, message: str, found: str) -> JsonResponse:
    return JsonResponse(
        {"message": message, "found": found}, status=status, json_dumps_params={"ensure_ascii": False}
    )
