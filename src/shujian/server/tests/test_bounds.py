"""Too much is refused by what it declares and by counting, before the application keeps any of it; the rest goes through."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from django.test import Client

from shujian.server.bounds import FORM, bounded, most

UPLOAD = "/clues/XS000001/files/"


def ask(
    path: str, parts: list[bytes], length: int | None
) -> tuple[int, bytes, list[int], dict[bytes, bytes]]:
    """Status and body of the answer, bytes that the application got in all, headers."""
    waiting, answers, got = list(parts), list[Any](), list[int]()

    async def inner(scope: Any, receive: Any, send: Any) -> None:
        while True:
            message = await receive()
            got.append(len(message["body"]))
            if not message["more_body"]:
                break
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"done"})

    async def receive() -> Any:
        return {"type": "http.request", "body": waiting.pop(0), "more_body": bool(waiting)}

    async def send(message: Any) -> None:
        answers.append(message)

    headers = [
        (b"transfer-encoding", b"chunked") if length is None else (b"content-length", str(length).encode())
    ]
    asyncio.run(bounded(inner)({"type": "http", "path": path, "headers": headers}, receive, send))
    assert [one["type"] for one in answers] == ["http.response.start", "http.response.body"]
    return answers[0]["status"], answers[1]["body"], got, dict(answers[0]["headers"])


def test_what_declares_too_much_is_never_read() -> None:
    status, body, got, headers = ask(UPLOAD, [b"x"], most(UPLOAD) + 1)
    assert (status, got) == (413, []) and "一次最多提交 50 MB" in body.decode()
    assert headers[b"connection"] == b"close" and b"default-src 'none'" in headers[b"content-security-policy"]
    status, body, _, headers = ask("/api/v1/clues", [b"x"], most("/api/") + 1)
    assert headers[b"content-type"] == b"application/problem+json" and json.loads(body)["code"] == "too_large"


@pytest.mark.parametrize("length", [None, 10])
def test_what_declares_nothing_or_a_lie_is_counted(length: int | None) -> None:
    part = b"x" * (FORM // 2)
    status, body, got, _ = ask("/login/", [part] * 4, length)
    assert (status, sum(got)) == (413, FORM) and "一次最多提交 1 MB" in body.decode()


def test_what_is_within_goes_through_to_the_last_byte() -> None:
    for path in ("/login/", UPLOAD):
        assert most(path) > FORM
    limit = most("/login/")
    assert ask("/login/", [b"x" * limit], limit)[:2] == (200, b"done")
    assert ask("/login/", [b"x" * (limit - 1), b"x"], None)[:2] == (200, b"done")
    assert ask("/login/", [b"x" * limit, b"x"], None)[0] == 413
    assert ask(UPLOAD, [b"x" * limit, b"x"], None)[0] == 200


@pytest.mark.django_db
def test_a_form_with_too_many_words_says_so() -> None:
    answer = Client().post(
        "/login/", "username=" + "x" * FORM, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 413 and "一次最多提交 1 MB" in answer.content.decode()
