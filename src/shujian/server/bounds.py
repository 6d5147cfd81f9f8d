"""How much a request may bring, asked before anything of it is kept: by what it declares, and by counting what comes.

Django takes the whole body to disk before any view sees it, so the bound stands in front of Django.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Coroutine, MutableMapping
from typing import Any

from shujian.kernel.clock import today
from shujian.kernel.errors import BadInput, Fault, ShujianError
from shujian.server.middleware import HEADERS
from shujian.supervision.read import setting

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Any, Any, Any], Coroutine[Any, Any, None]]

FORM = 1_048_576
"""Bytes of a form without files; the same as ``DATA_UPLOAD_MAX_MEMORY_SIZE``."""
_AROUND = 65_536
"""What the frame of a form takes besides its fields."""
_FILES = re.compile(r"/(?:clues/[^/]+/files/|clues/new/|api/)")
_PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>太大了 · 数检</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/static/plain/plain.css">
<body class="bare"><main class="refusal"><p class="refusal-code">413</p><h1>提交的内容太大</h1>
<p>{says}没有保存任何内容。</p><p><a class="button" href="/">回到首页</a></p></main></body></html>"""


class TooLarge(BadInput):
    """More came than may."""


def most(path: str) -> int:
    """Bytes that a request to this path may bring: a form, or the largest attachment with the form around it."""
    if not _FILES.match(path):
        return FORM + _AROUND
    try:
        return max(int(one) for one in setting("casework.attachment_bytes", today()).values()) + _AROUND
    except ShujianError:
        return FORM + _AROUND


def bounded(app: App) -> App:
    """The application behind its bound."""

    async def guarded(scope: Message, receive: Receive, send: Send) -> None:
        told = dict(scope.get("headers", ())) if scope["type"] == "http" else {}
        length = told.get(b"content-length", b"")
        if not length and b"transfer-encoding" not in told:
            await app(scope, receive, send)
            return
        limit, seen = most(scope["path"]), 0
        if length.isdigit() and int(length) > limit:
            await _refuse(scope["path"], limit, send)
            return

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b"")) if message["type"] == "http.request" else 0
            if seen > limit:
                raise TooLarge(
                    Fault(code="too_large", message="提交的内容太大", expected=f"不超过 {limit} 字节")
                )
            return message

        try:
            await app(scope, counted, send)
        except TooLarge:
            await _refuse(scope["path"], limit, send)

    return guarded


async def _refuse(path: str, limit: int, send: Send) -> None:
    says = f"一次最多提交 {limit // 1_048_576} MB。"
    if path.startswith("/api/"):
        problem = {
            "type": "about:blank",
            "title": "提交的内容太大",
            "status": 413,
            "code": "too_large",
            "detail": says,
        }
        body, kind = json.dumps(problem, ensure_ascii=False).encode(), b"application/problem+json"
    else:
        body, kind = _PAGE.format(says=says).encode(), b"text/html; charset=utf-8"
    headers = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
    headers += [
        (b"content-type", kind),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    headers += [(b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})
