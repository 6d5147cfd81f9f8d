"""Clues: list, counts, one clue, its print and its full view, the steps of the table, bulk, export."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from shujian.accounts.read import Actor
from shujian.clues import read, service
from shujian.clues.errors import ClueRefused, ClueUnknown
from shujian.clues.read import ClueDetail, ClueRow, Filters, Funnel, Previewed
from shujian.clues.service import Pick
from shujian.faces import service as faces
from shujian.faces.api.cursors import open_cursor, seal_cursor
from shujian.faces.api.doors import operation, who
from shujian.faces.api.parsing import Body, Day, Short, Whole, Words
from shujian.faces.api.shapes import Clue, Done, Page
from shujian.faces.api.tags import tag
from shujian.kernel.errors import Fault

router = Router()
_TAG = "线索"
_SHEETS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
NAMES = ("model", "grade", "state", "unit", "held", "mark", "text", "order", "since")


class Wanted(Schema):
    """找什么；空着就是不限。"""

    model: Short = ""
    grade: Short = ""
    state: Short = ""
    unit: Short = ""
    held: Short = ""
    mark: Short = ""
    text: Short = ""
    since: Day | None = None
    order: Literal["new", "score"] = "new"

    def filters(self) -> Filters:
        """The room's own filters."""
        return Filters(**{name: getattr(self, name) for name in NAMES})


class Move(Body):
    """一步要写的话：理由（封闭清单的代号）、说明、移送部门或接收机关或案件编号。"""

    reason: Short = ""
    note: Words = ""
    to: Short = ""


class Reason(Body):
    """事由。"""

    reason: Words


class PickIn(Body):
    """一条线索和看到它时的版本。"""

    number: Short
    revision: Whole


class Bulk(Body):
    """批量办理：哪一步、哪些线索，和这一步要写的话。"""

    verb: Short
    picks: Annotated[list[PickIn], Field(min_length=1, max_length=1000)]
    reason: Short = ""
    note: Words = ""
    to: Short = ""
    until: Day | None = None


class Numbers(Body):
    """哪一步、哪些线索。"""

    verb: Short
    numbers: Annotated[list[Short], Field(min_length=1, max_length=1000)]


def of_clue(request: HttpRequest, actor: Actor, told: Mapping[str, Any]) -> str:
    """What the audit chain calls the clue of an address."""
    return read.thing_of(str(told["number"]))


def of_list(request: HttpRequest, actor: Actor, told: Mapping[str, Any]) -> str:
    """What the audit chain calls a list: its filters."""
    said = [f"{name}={request.GET[name][:40]}" for name in NAMES if request.GET.get(name)]
    return "clues:" + (" ".join(said) or "all")


@operation(
    router, "GET", "/clues", action="clue.list", reads="clue.list", thing=of_list, summary="线索列表",
    answer=Page[ClueRow], tag=_TAG,
)  # fmt: skip
def clue_list(
    request: HttpRequest,
    wanted: Query[Wanted],
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    cursor: Annotated[str, Query(max_length=600)] = "",
) -> dict[str, Any]:
    """职责范围内的线索，已掩码；带着 next 问下一页，其间新增的线索不会打乱次序。"""
    actor, question = who(request), vars(wanted.filters())
    inner = open_cursor(actor, "clue_list", question, cursor)
    page = read.list_clues(actor, wanted.filters(), limit=limit, cursor=inner)
    further = seal_cursor(actor, "clue_list", question, page.next)
    return {"items": page.items, "next": further, "total": page.total}


@operation(
    router, "GET", "/clues/counts", action="clue.list", summary="各状态的条数", answer=Funnel, tag=_TAG
)
def clue_counts(request: HttpRequest) -> Funnel:
    """职责范围内的线索按状态、暂缓原因、模型计数。"""
    return read.funnel(who(request))


@operation(
    router, "GET", "/clues/export", action="clue.export", reads="clue.export", thing=of_list, summary="导出线索清单",
    answer=None, tag=_TAG, file=tuple(_SHEETS.values()),
)  # fmt: skip
def clue_export(
    request: HttpRequest, wanted: Query[Wanted], kind: Literal["xlsx", "docx"] = "xlsx"
) -> HttpResponse:
    """XLSX 或 DOCX，已掩码，至多五千条；写明导出人和时间。"""
    with tempfile.TemporaryDirectory(prefix="shujian-") as work:
        path = Path(work) / f"clues.{kind}"
        faces.export_clues(actor=who(request), filters=wanted.filters(), file=path)
        made = path.read_bytes()
    return file_answer(made, _SHEETS[kind], f"线索清单.{kind}")


def file_answer(made: bytes, media: str, name: str) -> HttpResponse:
    """A file to be saved, never kept by a browser or a proxy."""
    answer = HttpResponse(made, content_type=media)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    answer["Cache-Control"] = "no-store"
    return answer


@operation(
    router, "POST", "/clues/bulk/preview", action="clue.list", reads="clue.list", thing=of_list, look=True,
    summary="批量办理之前看一看", answer=list[Previewed], tag=_TAG,
)  # fmt: skip
def clue_bulk_preview(request: HttpRequest, body: Numbers) -> list[Previewed]:
    """逐条说明这一步会到哪里、为什么不能；看不到的线索不列出。"""
    actor = who(request)
    _must_list(actor)
    return read.preview_bulk(actor, body.numbers, body.verb)


@operation(
    router, "POST", "/clues/bulk", action="clue.list", summary="批量办理", answer=service.BulkDone, tag=_TAG
)
def clue_bulk(request: HttpRequest, body: Bulk) -> service.BulkDone:
    """一步、一个理由、多条线索；每条带着看到时的版本，变过的不动并说明。"""
    actor = who(request)
    _must_list(actor)
    picks = [Pick(one.number, one.revision) for one in body.picks]
    return service.move_many(
        actor=actor, picks=picks, verb=body.verb, reason=body.reason, note=body.note, to=body.to, until=body.until
    )  # fmt: skip


def _must_list(actor: Actor) -> None:
    decision = read.may_list_clues(actor)
    if not decision:
        raise ClueRefused(Fault(code="not_allowed", message=decision.because))


def clue_told(response: HttpResponse, actor: Actor, detail: ClueDetail) -> dict[str, Any]:
    """A clue as the API answers it, with its tag."""
    told = read.of_clue(actor, detail.row.id)
    response["ETag"] = tag(detail.revision)
    whole = {**vars(detail.row), **vars(detail)}
    whole.pop("row")
    return {**whole, "judged": told.matches, "may_judge": told.may_judge, "judge_because": told.because}


@operation(
    router, "GET", "/clues/{number}", action="clue.read", reads="clue.show", thing=of_clue, tagged=True, summary="一条线索",
    answer=Clue, tag=_TAG,
)  # fmt: skip
def clue_read(request: HttpRequest, response: HttpResponse, number: str) -> dict[str, Any]:
    """已掩码；actions 写明每一步能不能办、为什么。ETag 用于以后的 If-Match。"""
    actor = who(request)
    return clue_told(response, actor, read.clue(actor, number))


@operation(
    router, "POST", "/clues/{number}/unmask", action="clue.read", look=True, summary="查看完整信息", answer=Clue, tag=_TAG
)  # fmt: skip
def clue_unmask(request: HttpRequest, response: HttpResponse, number: str, body: Reason) -> dict[str, Any]:
    """写明事由，先记入审计再显示；只这一次，再看要再写。"""
    actor = who(request)
    told = clue_told(response, actor, service.unmask_clue(actor=actor, number=number, reason=body.reason))
    response["Cache-Control"] = "no-store"
    return told


@operation(
    router, "POST", "/clues/{number}/moves/{verb}", action="clue.read", if_match=True, summary="办理一步", answer=Done, tag=_TAG
)  # fmt: skip
def clue_move(
    request: HttpRequest, response: HttpResponse, number: str, verb: str, body: Move
) -> dict[str, Any]:
    """push、sign、exclude 等，见 actions；状态不许的 409，不归您办的 403，版本旧了的 412，什么都没有改。"""
    actor = who(request)
    service.move_clue(
        actor=actor, number=number, verb=verb, reason=body.reason, note=body.note, to=body.to,
        revision=request.META["shujian_revision"],
    )  # fmt: skip
    return done(response, actor, number, "已办理")


def done(response: HttpResponse, actor: Actor, number: str, says: str) -> dict[str, Any]:
    """How a clue stands after a step, as far as the person may still see it."""
    try:
        detail = read.clue(actor, number)
    except ClueUnknown:  # it went to another unit
        return {"done": says, "number": number.upper()[:20]}
    response["ETag"] = tag(detail.revision)
    row = detail.row
    return {
        "done": says, "number": row.id, "state": row.state, "state_title": row.state_title, "revision": detail.revision,
    }  # fmt: skip
