"""Files beside a clue, clues typed in or handed over as a list, and the queues of identities and second looks."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import File, Form, Query, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from shujian.accounts.read import Actor, unit_names
from shujian.clues import read, service
from shujian.clues.errors import ClueRefused
from shujian.clues.read import Looks
from shujian.clues.service import Filed, HandedIn
from shujian.faces.api.cursors import open_cursor, seal_cursor
from shujian.faces.api.doors import operation, who
from shujian.faces.api.parsing import Body, Short, Words, small
from shujian.faces.api.routes.clues import file_answer
from shujian.faces.api.routes.clues import router as clues_router
from shujian.faces.api.routes.desk import Note
from shujian.faces.api.shapes import Clue, Made, Page
from shujian.kernel.errors import BadInput, Fault

router = Router()
_TAG = "附件和录入"
_KINDS = ("application/pdf", "image/jpeg", "image/png", "text/plain")


class Hand(Body):
    """一条人工录入的线索：字段代号 → 值，字段见 GET /clue-columns。"""

    fields: dict[Short, Words] = Field(max_length=40)


class Column(Schema):
    """一个字段。"""

    id: str
    title: str


class Columns(Schema):
    """录入的字段、可录入的部门、主体种类、强度。"""

    columns: list[Column]
    units: list[str]
    kinds: list[str]
    strengths: list[str]


@operation(
    router, "POST", "/clues/{number}/files", action="clue.read", upload=True, summary="上传附件", answer=Filed, status=201, tag=_TAG
)  # fmt: skip
def paper_file(
    request: HttpRequest,
    number: str,
    file: File[UploadedFile],
    says: Annotated[str, Form(max_length=200)] = "",
) -> Filed:
    """按内容认种类；空的、截断的、太大的、压缩炸弹拒收，图片去掉拍摄地点，加密存放。"""
    return service.file_paper(
        actor=who(request), number=number, name=str(file.name or ""), body=file.read(), says=says
    )


@operation(
    router, "POST", "/clues/{number}/files/{file}/open", action="clue.read", look=True, summary="下载附件", answer=None,
    tag=_TAG, file=_KINDS,
)  # fmt: skip
def paper_open(request: HttpRequest, number: str, file: int) -> HttpResponse:
    """和查看完整信息同样的权限，先记入审计。"""
    try:
        opened = service.open_paper(actor=who(request), number=number, file=small(file))
    except ClueRefused as refused:
        if refused.faults[0].code == "no_file":
            raise Http404 from None
        raise
    return file_answer(opened.body, opened.content_type, opened.name)


@operation(
    router, "POST", "/clues/{number}/files/{file}/withdraw", action="clue.read", summary="撤下附件", answer=Made, tag=_TAG
)  # fmt: skip
def paper_withdraw(request: HttpRequest, number: str, file: int, body: Note) -> dict[str, str]:
    """上传的人或承办人撤下；撤下过的痕迹还在。"""
    service.unfile(actor=who(request), number=number, file=small(file), note=body.note)
    return {"done": "已撤下附件", "number": str(file)}


@operation(
    router, "GET", "/clue-columns", action="clue.import", summary="人工录入的字段", answer=Columns, tag=_TAG
)
def hand_columns(request: HttpRequest) -> dict[str, Any]:
    """每个字段的代号和名称，您可以为哪些部门录入。"""
    actor = who(request)
    return {
        "columns": [{"id": one.id, "title": one.title} for one in read.HAND_COLUMNS],
        "units": [unit for unit in unit_names() if read.may_type(actor, unit)],
        "kinds": list(read.HAND_KINDS), "strengths": list(read.STRENGTHS),
    }  # fmt: skip


@operation(
    clues_router,
    "POST",
    "/clues",
    action="clue.import",
    summary="人工录入一条线索",
    answer=HandedIn,
    status=201,
    tag=_TAG,
)
def hand_type(request: HttpRequest, body: Hand) -> HandedIn:
    """全部问题一次说完；录过的不重复录入。"""
    known = {one.id for one in read.HAND_COLUMNS}
    strange = [name for name in body.fields if name not in known]
    if strange:
        expected = "、".join(sorted(known))
        raise BadInput(
            Fault(code="invalid", message="没有这个字段", field=f"fields.{name[:60]}", expected=expected)
            for name in strange
        )
    return service.type_in(actor=who(request), told=body.fields)


@operation(
    router, "POST", "/clues/import", action="clue.import", upload=True, summary="导入清单", answer=HandedIn, status=201, tag=_TAG
)  # fmt: skip
def hand_import(request: HttpRequest, file: File[UploadedFile]) -> HandedIn:
    """XLSX 或 CSV，一行一条；有一行不对就全部不导入，逐行说明。"""
    with tempfile.TemporaryDirectory(prefix="shujian-") as work:
        path = Path(work) / "handed"
        path.write_bytes(file.read())
        return service.import_list(actor=who(request), path=path, name=str(file.name or "")[-120:])


def _of_queue(request: HttpRequest, actor: Actor, told: Mapping[str, Any]) -> str:
    return "clues:held=identity"


def _of_looks(request: HttpRequest, actor: Actor, told: Mapping[str, Any]) -> str:
    return "clues:second-look"


@operation(
    router, "GET", "/identity-queue", action="clue.list", reads="clue.list", thing=_of_queue, summary="待核身份",
    answer=Page[Clue], tag=_TAG,
)  # fmt: skip
def identity_queue(
    request: HttpRequest,
    model: Annotated[str, Query(max_length=120)] = "",
    grade: Annotated[str, Query(max_length=8)] = "",
    cursor: Annotated[str, Query(max_length=600)] = "",
) -> dict[str, Any]:
    """等人认定身份的线索，带比对过的字段，已掩码。"""
    actor, question = who(request), {"model": model, "grade": grade}
    inner = open_cursor(actor, "identity_queue", question, cursor)
    doubts, page = read.identity_queue(actor, model=model, grade=grade, cursor=inner)
    items = [
        {**vars(one.clue.row), **vars(one.clue), "judged": one.told.matches, "may_judge": one.told.may_judge,
         "judge_because": one.told.because}
        for one in doubts
    ]  # fmt: skip
    further = seal_cursor(actor, "identity_queue", question, page.next)
    return {"items": items, "next": further, "total": page.total}


@operation(
    router, "GET", "/second-looks", action="clue.second_look", reads="clue.list", thing=_of_looks,
    summary="抽查", answer=Looks, tag=_TAG,
)  # fmt: skip
def second_looks(request: HttpRequest) -> Looks:
    """随机抽中的排除，和不同意的比例。"""
    found = read.looks(who(request))
    if found is None:
        raise Http404
    return found
