"""Everything that people do around a clue besides the steps of the table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeVar

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from shujian.accounts.read import Actor
from shujian.clues import read, service
from shujian.clues.read import State
from shujian.faces.api.doors import operation, who
from shujian.faces.api.parsing import Body, Day, Short, Whole, Words, small
from shujian.faces.api.routes.clues import done, of_clue
from shujian.faces.api.shapes import Beside, Done, Made
from shujian.kernel.clock import today

router = Router()
_TAG = "线索旁边的事"
Step = TypeVar("Step", bound=Callable[..., dict[str, Any]])


class Note(Body):
    """说明。"""

    note: Words = ""


class Snooze(Body):
    """放到哪一天，为什么。"""

    until: Day
    note: Words = ""


class Colleague(Body):
    """哪位同事（账号），为什么。"""

    username: Short
    note: Words = ""


class Members(Body):
    """并入哪几条，为什么是同一件事。"""

    members: Annotated[list[Short], Field(min_length=1, max_length=200)]
    note: Words = ""


class Split(Body):
    """分出哪几行证据（从 1 数）、题目、为什么。"""

    rows: Annotated[list[Whole], Field(min_length=1, max_length=500)]
    title: Words = ""
    note: Words = ""


class Objection(Body):
    """谁提出、说什么。"""

    who: Words = ""
    text: Words = ""


class Answer(Body):
    """复核结论、说明；成立的还要排除理由。"""

    verdict: Short
    note: Words = ""
    reason: Short = ""


class Verdict(Body):
    """抽查结论和说明。"""

    verdict: Short
    note: Words = ""


class Unit(Body):
    """分派到哪个部门，为什么。"""

    unit: Short
    note: Words = ""


class Comment(Body):
    """批注。"""

    text: Words


class Judge(Body):
    """认定：第几处比对、结论、理由，和看到的两个代号。"""

    match: Annotated[Whole, Field(ge=1, le=99_999)]
    verdict: Literal["same", "different", "unsure"]
    reason: Words
    left: Short
    right: Short


class Undo(Body):
    """撤销的理由。"""

    reason: Words


@operation(
    router, "GET", "/clues/{number}/beside", action="clue.read", reads="clue.show", thing=of_clue,
    summary="线索旁边的事", answer=Beside, tag=_TAG,
)  # fmt: skip
def clue_beside(request: HttpRequest, number: str) -> dict[str, Any]:
    """协办、批注、附件、并案、异议和认定，已掩码，并写明能做什么、为什么不能。"""
    actor = who(request)
    told = read.around(actor, read.clue(actor, number).row.id, today())
    return {
        "around": told, "judgements": read.of_clue(actor, number).judgements, "may_look_again": bool(read.may_look_again(actor)),
    }  # fmt: skip


def _act(path: str, summary: str) -> Callable[[Step], Step]:
    return operation(
        router, "POST", f"/clues/{{number}}/{path}", action="clue.read", if_match=True, summary=summary, answer=Done, tag=_TAG
    )  # fmt: skip


def _do(
    request: HttpRequest, response: HttpResponse, number: str, step: str, act: Callable[[Actor], str]
) -> dict[str, Any]:
    """Do it with the clue that the person saw, under one lock; answer how it stands then."""
    actor = who(request)
    revision: int = request.META["shujian_revision"]
    says = service.at_revision(
        actor=actor, number=number, revision=revision, step=step, act=lambda: act(actor)
    )
    return done(response, actor, number, says)


@_act("snooze", "暂缓")
def clue_snooze(request: HttpRequest, response: HttpResponse, number: str, body: Snooze) -> dict[str, Any]:
    """放到某一天，到期自己回来。"""

    def act(actor: Actor) -> str:
        until = service.snooze(actor=actor, number=number, until=body.until, note=body.note)
        return f"已暂缓到 {until:%Y-%m-%d}"

    return _do(request, response, number, "snooze", act)


@_act("wake", "结束暂缓")
def clue_wake(request: HttpRequest, response: HttpResponse, number: str) -> dict[str, Any]:
    """不等到期就接着办。"""

    def act(actor: Actor) -> str:
        service.wake(actor=actor, number=number)
        return "已结束暂缓"

    return _do(request, response, number, "wake", act)


@_act("helpers", "请人协办")
def clue_help_on(
    request: HttpRequest, response: HttpResponse, number: str, body: Colleague
) -> dict[str, Any]:
    """能看、能添加、不作决定。"""

    def act(actor: Actor) -> str:
        service.help_on(actor=actor, number=number, username=body.username, note=body.note)
        return "已请这位同事协办"

    return _do(request, response, number, "help_on", act)


@_act("helpers/end", "结束协办")
def clue_help_off(
    request: HttpRequest, response: HttpResponse, number: str, body: Colleague
) -> dict[str, Any]:
    """这位同事从此看不到。"""

    def act(actor: Actor) -> str:
        service.help_off(actor=actor, number=number, username=body.username)
        return "已结束协办"

    return _do(request, response, number, "help_off", act)


@_act("members", "并入")
def clue_join(request: HttpRequest, response: HttpResponse, number: str, body: Members) -> dict[str, Any]:
    """几条是一件事，可以拆开。"""

    def act(actor: Actor) -> str:
        told = service.join(actor=actor, number=number, members=body.members, note=body.note)
        return f"已并入 {'、'.join(told)}"

    return _do(request, response, number, "join", act)


@_act("unjoin", "拆开")
def clue_unjoin(request: HttpRequest, response: HttpResponse, number: str, body: Note) -> dict[str, Any]:
    """恢复原来的样子。"""

    def act(actor: Actor) -> str:
        return f"已从 {service.unjoin(actor=actor, number=number, note=body.note)} 拆开"

    return _do(request, response, number, "unjoin", act)


@_act("split", "分出")
def clue_split(request: HttpRequest, response: HttpResponse, number: str, body: Split) -> dict[str, Any]:
    """部分证据成为另一条，可以收回。"""

    def act(actor: Actor) -> str:
        made = service.split(actor=actor, number=number, rows=body.rows, title=body.title, note=body.note)
        return f"已分出 {made}"

    return _do(request, response, number, "split", act)


@_act("unsplit", "收回")
def clue_unsplit(request: HttpRequest, response: HttpResponse, number: str, body: Note) -> dict[str, Any]:
    """分出的一条收回去。"""

    def act(actor: Actor) -> str:
        return f"已收回到 {service.unsplit(actor=actor, number=number, note=body.note)}"

    return _do(request, response, number, "unsplit", act)


@_act("objections", "登记异议")
def clue_object(request: HttpRequest, response: HttpResponse, number: str, body: Objection) -> dict[str, Any]:
    """答复之前不得推送、登记、移送、立案。"""

    def act(actor: Actor) -> str:
        due = service.record_objection(actor=actor, number=number, who=body.who, text=body.text)
        return f"已登记异议，{due:%Y-%m-%d} 前答复"

    return _do(request, response, number, "object", act)


@_act("objections/answer", "答复异议")
def clue_answer(request: HttpRequest, response: HttpResponse, number: str, body: Answer) -> dict[str, Any]:
    """成立的排除，不成立的接着办。"""

    def act(actor: Actor) -> str:
        state = service.answer_objection(
            actor=actor, number=number, verdict=body.verdict, note=body.note, reason=body.reason
        )
        return f"已答复异议，线索现在是“{State(state).label}”"

    return _do(request, response, number, "answer", act)


@_act("second-look", "抽查")
def clue_look(request: HttpRequest, response: HttpResponse, number: str, body: Verdict) -> dict[str, Any]:
    """抽中的排除由别人再看一遍。"""

    def act(actor: Actor) -> str:
        state = service.look(actor=actor, number=number, verdict=body.verdict, note=body.note)
        return f"已记下抽查结论，线索现在是“{State(state).label}”"

    return _do(request, response, number, "look", act)


@_act("assign", "分派")
def clue_assign(request: HttpRequest, response: HttpResponse, number: str, body: Unit) -> dict[str, Any]:
    """归口单元不是本院部门的，分派到一个部门。"""

    def act(actor: Actor) -> str:
        return f"已分派到{service.assign(actor=actor, number=number, unit=body.unit, note=body.note)}"

    return _do(request, response, number, "assign", act)


@operation(
    router, "POST", "/clues/{number}/comments", action="clue.read", summary="添加批注", answer=Made, status=201, tag=_TAG
)  # fmt: skip
def clue_comment(request: HttpRequest, number: str, body: Comment) -> dict[str, str]:
    """批注不改线索的版本。"""
    made = service.comment(actor=who(request), number=number, text=body.text)
    return {"done": "已添加批注", "number": str(made)}


@operation(
    router, "DELETE", "/clues/{number}/comments/{comment}", action="clue.read", summary="撤回批注", answer=Made, tag=_TAG
)  # fmt: skip
def clue_uncomment(request: HttpRequest, number: str, comment: int) -> dict[str, str]:
    """只能撤回自己的；撤回过的痕迹还在。"""
    service.uncomment(actor=who(request), number=number, comment=small(comment))
    return {"done": "已撤回批注", "number": str(comment)}


@operation(
    router, "POST", "/clues/{number}/judgements", action="clue.read", summary="认定是不是同一人", answer=Made, status=201, tag=_TAG
)  # fmt: skip
def clue_judge(request: HttpRequest, number: str, body: Judge) -> dict[str, str]:
    """看到的两个代号（judged 里的 left、right）一并送来，换过就不认。"""
    made = service.judge(
        actor=who(request), number=number, match=body.match, verdict=body.verdict, reason=body.reason,
        seen=(body.left, body.right),
    )  # fmt: skip
    return {"done": "已记下认定，可以撤销", "number": made}


@operation(
    router, "POST", "/judgements/{judgement}/undo", action="clue.read", summary="撤销认定", answer=Made, status=201, tag=_TAG
)  # fmt: skip
def judgement_undo(request: HttpRequest, judgement: str, body: Undo) -> dict[str, str]:
    """撤销是另一条记录；之前的结论重新有效。"""
    made = service.undo(actor=who(request), number=judgement, reason=body.reason)
    return {"done": "已撤销", "number": made}
