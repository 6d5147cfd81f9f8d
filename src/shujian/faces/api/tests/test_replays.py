"""The same request twice: one deed, one answer, told on record; another body, two at once, a dead process, a password."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from shujian.accounts.read import Role
from shujian.clues.models import Clue, ClueComment
from shujian.clues.tests.people import account
from shujian.faces.api import replays
from shujian.faces.api.models import Asked
from shujian.faces.api.tests.script import Script, deeds, enter, problem, refusal
from shujian.faces.plain.tests.test_pages import fill
from shujian.kernel.clock import now

pytestmark = pytest.mark.django_db
KEY = "3f0e6c1a-0000-4000-8000-000000000001"


def comment(script: Script, number: str, text: str = "已向示例局核对", key: str = KEY) -> Any:
    return script.post(f"/clues/{number}/comments", {"text": text}, Idempotency_Key=key)


def test_a_request_sent_again_gets_the_same_answer_and_is_done_once() -> None:
    number, script = fill(), enter(Role.CBR)
    first, again = comment(script, number), comment(script, number)
    assert (first.status_code, again.status_code, first.content) == (201, 201, again.content)
    assert (first.headers.get("Idempotency-Replayed"), again["Idempotency-Replayed"]) == (None, "true")
    assert ClueComment.objects.count() == 1
    assert [(one.actor, one.object) for one in deeds("api.replayed")] == [("demo", "api:clue_comment")]
    assert comment(script, number, key=KEY + "x").headers.get("Idempotency-Replayed") is None
    assert ClueComment.objects.count() == 2


def test_a_step_sent_again_is_not_stale() -> None:
    number, script = fill(), enter(Role.CBR)
    seen = script.get(f"/clues/{number}")["ETag"]
    told = [script.post(f"/clues/{number}/moves/sign", If_Match=seen, Idempotency_Key=KEY) for _ in range(3)]
    assert [one.status_code for one in told] == [200, 200, 200] and len({one.content for one in told}) == 1
    assert {one["ETag"] for one in told} == {told[0]["ETag"]} and len(deeds("clue.sign")) == 1
    assert Clue.objects.get().state == "C2"


def test_the_same_key_for_something_else_is_refused_and_nothing_is_done() -> None:
    number, script = fill(), enter(Role.CBR)
    comment(script, number)
    problem(comment(script, number, "另一句批注"), 422, "key_reused", "用在过另一个请求上")
    assert refusal()[1]["codes"] == ["key_reused"] and len(deeds("api.other_body")) == 1
    assert ClueComment.objects.count() == 1


def test_keys_are_each_persons_own() -> None:
    number, script = fill(), enter(Role.CBR)
    other = enter(Role.BMFZR, name="other")
    assert comment(script, number).content != comment(other, number).content
    assert ClueComment.objects.count() == 2


def test_two_at_once_the_second_waits_and_a_dead_one_is_taken_over() -> None:
    number, script = fill(), enter(Role.CBR)
    comment(script, number)
    Asked.objects.update(status=None, at=now())
    answer = comment(script, number)
    problem(answer, 409, "key_busy", "正在办理")
    assert answer["Retry-After"] == "5" and len(deeds("api.busy")) == 1
    Asked.objects.update(at=now() - timedelta(minutes=11))
    assert comment(script, number).status_code == 201 and ClueComment.objects.count() == 2


def test_a_refusal_is_an_answer_and_stays_one() -> None:
    number, script = fill(), enter(Role.CBR)
    first, again = (comment(script, number, " ") for _ in range(2))
    assert first.status_code == again.status_code == 400 and first.content == again.content
    assert len(deeds("clue.refused")) == 1 and len(deeds("api.refused")) == 1


def test_what_breaks_is_undone_and_may_be_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    number, script = fill(), enter(Role.CBR)

    def broken(**told: Any) -> int:
        ClueComment.objects.create(clue=Clue.objects.get(), at=now(), actor="demo", sealed=b"")
        raise RuntimeError("示例甲 99999919900101001X")

    monkeypatch.setattr("shujian.faces.api.routes.desk.service.comment", broken)
    answer = comment(script, number)
    problem(answer, 500, "broken", "系统出错了")
    assert b"Runtime" not in answer.content and b"99999919900101001X" not in answer.content
    assert (ClueComment.objects.count(), Asked.objects.count()) == (0, 0)
    monkeypatch.undo()


def test_a_password_is_shown_once_and_never_kept() -> None:
    script = enter(Role.AQGL)
    account("somebody", Role.CBR)
    first = script.post("/accounts/somebody/reset", Idempotency_Key=KEY)
    secret = first.json()["password"]
    assert first.status_code == 200 and len(secret) >= 10
    problem(script.post("/accounts/somebody/reset", Idempotency_Key=KEY), 409, "answered_once", "只显示一次")
    assert len(deeds("account.reset")) == 1 and bytes(Asked.objects.get().sealed) == b""


def test_answers_are_sealed_and_go_after_their_time() -> None:
    number, script = fill(), enter(Role.CBR)
    comment(script, number)
    row = Asked.objects.get()
    assert "批注".encode() not in bytes(row.sealed) and KEY not in json.dumps([row.key, row.body])
    Asked.objects.update(at=now() - timedelta(hours=25))
    assert comment(script, number).headers.get("Idempotency-Replayed") is None
    assert Asked.objects.count() == 1 and ClueComment.objects.count() == 2


@pytest.mark.parametrize("key", ["short", "x" * 201])
def test_a_key_is_long_enough_to_be_one(key: str) -> None:
    number, script = fill(), enter(Role.CBR)
    problem(comment(script, number, key=key), 400, "bad_key", "8 至 200")
    assert (ClueComment.objects.count(), replays.SHORTEST) == (0, 8)
