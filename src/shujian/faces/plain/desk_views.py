"""Everything that people do around a clue, from its page: each act a form, each answered on the page or refused there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from shujian.accounts.read import Actor
from shujian.clues import read, service
from shujian.clues.errors import ClueRefused, ClueUnknown, SealBroken
from shujian.clues.read import State
from shujian.faces.plain.clue_views import clue_answer
from shujian.faces.plain.doors import POST, route
from shujian.kernel.errors import BadInput, ShujianError

Act = Callable[[Actor, str, QueryDict], str]


def day_of(text: str) -> date | None:
    """A day as a form sends it; None where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 12 else 0


def _snooze(actor: Actor, number: str, told: QueryDict) -> str:
    until = service.snooze(
        actor=actor,
        number=number,
        until=day_of(told.get("until", "")),
        note=told.get("note", ""),
        revision=_number(told.get("revision", "")) or None,
    )
    return f"已暂缓到 {until:%Y-%m-%d}，到期自动回到待办。"


def _wake(actor: Actor, number: str, told: QueryDict) -> str:
    service.wake(actor=actor, number=number)
    return "已结束暂缓。"


def _help_on(actor: Actor, number: str, told: QueryDict) -> str:
    service.help_on(actor=actor, number=number, username=told.get("username", ""), note=told.get("note", ""))
    return "已请这位同事协办：可以查看和添加批注、附件，不能作决定。"


def _help_off(actor: Actor, number: str, told: QueryDict) -> str:
    service.help_off(actor=actor, number=number, username=told.get("username", ""))
    return "已结束协办。"


def _comment(actor: Actor, number: str, told: QueryDict) -> str:
    service.comment(actor=actor, number=number, text=told.get("text", ""))
    return "已添加批注。"


def _uncomment(actor: Actor, number: str, told: QueryDict) -> str:
    service.uncomment(actor=actor, number=number, comment=_number(told.get("comment", "")))
    return "已撤回批注。"


def _unfile(actor: Actor, number: str, told: QueryDict) -> str:
    service.unfile(actor=actor, number=number, file=_number(told.get("file", "")), note=told.get("note", ""))
    return "已撤下附件。"


def _join(actor: Actor, number: str, told: QueryDict) -> str:
    members = told.get("members", "").replace("，", " ").replace("、", " ").replace(",", " ").split()
    done = service.join(actor=actor, number=number, members=members, note=told.get("note", ""))
    return f"已并入 {'、'.join(done)}，可以随时拆开。"


def _unjoin(actor: Actor, number: str, told: QueryDict) -> str:
    return (
        f"已从 {service.unjoin(actor=actor, number=number, note=told.get('note', ''))} 拆开，恢复原来的样子。"
    )


def _split(actor: Actor, number: str, told: QueryDict) -> str:
    rows = [_number(one) for one in told.getlist("rows")]
    made = service.split(
        actor=actor, number=number, rows=rows, title=told.get("title", ""), note=told.get("note", "")
    )
    return f"已分出 {made}，可以收回。"


def _unsplit(actor: Actor, number: str, told: QueryDict) -> str:
    return f"已收回到 {service.unsplit(actor=actor, number=number, note=told.get('note', ''))}。"


def _object(actor: Actor, number: str, told: QueryDict) -> str:
    due = service.record_objection(
        actor=actor, number=number, who=told.get("who", ""), text=told.get("text", "")
    )
    return f"已登记异议，{due:%Y-%m-%d} 前答复；答复之前不得推送、登记、移送、立案。"


def _answer(actor: Actor, number: str, told: QueryDict) -> str:
    state = service.answer_objection(
        actor=actor, number=number, verdict=told.get("verdict", ""), note=told.get("note", ""), reason=told.get("reason", ""),
    )  # fmt: skip
    return f"已答复异议，线索现在是“{State(state).label}”。"


def _look(actor: Actor, number: str, told: QueryDict) -> str:
    state = service.look(
        actor=actor, number=number, verdict=told.get("verdict", ""), note=told.get("note", "")
    )
    return f"已记下抽查结论，线索现在是“{State(state).label}”。"


def _assign(actor: Actor, number: str, told: QueryDict) -> str:
    unit = service.assign(actor=actor, number=number, unit=told.get("unit", ""), note=told.get("note", ""))
    return f"已分派到{unit}。"


ACTS: Mapping[str, Act] = {
    "snooze": _snooze, "wake": _wake, "help-on": _help_on, "help-off": _help_off, "comment": _comment,
    "uncomment": _uncomment, "unfile": _unfile, "join": _join, "unjoin": _unjoin, "split": _split, "unsplit": _unsplit,
    "object": _object, "answer": _answer, "look": _look, "assign": _assign,
}  # fmt: skip


@route("clue.read", methods=POST)
def clue_desk(request: HttpRequest, actor: Actor, number: str, act: str) -> HttpResponse:
    """Do one of ``ACTS``; the server decides whether it may be done."""
    if act not in ACTS:
        raise Http404
    try:
        said = ACTS[act](actor, number, request.POST)
    except ClueUnknown:
        raise
    except (ClueRefused, BadInput) as error:
        return _refused(request, actor, number, act, error)
    messages.success(request, said)
    return _back(actor, number)


@route("clue.read", methods=POST)
def clue_file(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """File an uploaded paper."""
    sent = request.FILES.get("file")
    try:
        filed = service.file_paper(
            actor=actor, number=number, name=str(sent.name if sent else ""), body=sent.read() if sent else b"",
            says=request.POST.get("says", ""),
        )  # fmt: skip
    except ClueUnknown:
        raise
    except (ClueRefused, BadInput) as error:
        return _refused(request, actor, number, "file", error)
    gone = f"；已去除{'、'.join(filed.stripped)}" if filed.stripped else ""
    messages.success(request, f"已上传，加密存放{gone}。")
    return redirect("clue", number=number)


@route("clue.read", methods=POST)
def clue_paper(request: HttpRequest, actor: Actor, number: str, file: str) -> HttpResponse:
    """Hand a filed paper to its reader, to be saved, never shown in the page; on record. POST, for it is a look."""
    try:
        opened = service.open_paper(actor=actor, number=number, file=_number(file))
    except ClueRefused as error:
        return _refused(request, actor, number, "paper", error)
    except SealBroken as error:
        return _refused(request, actor, number, "paper", error, status=500)
    answer = HttpResponse(opened.body, content_type=opened.content_type)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(opened.name)}"
    answer["Cache-Control"] = "no-store"
    return answer


def _back(actor: Actor, number: str) -> HttpResponse:
    try:
        read.clue(actor, number)
    except ClueUnknown:  # his help with it is over
        return redirect("clues")
    return redirect("clue", number=number)


def _refused(
    request: HttpRequest, actor: Actor, number: str, act: str, error: ShujianError, status: int | None = None
) -> HttpResponse:
    detail = read.clue(actor, number)
    for fault in error.faults:
        messages.error(request, fault.message if isinstance(error, ClueRefused) else fault.sentence())
    kept: dict[str, Any] = {
        name: value[:2000] for name, value in request.POST.items() if isinstance(value, str)
    }
    code = status or (403 if isinstance(error, ClueRefused) else 400)
    return clue_answer(request, actor, detail, kept={**kept, "act": act}, status=code)
