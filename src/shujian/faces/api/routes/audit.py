"""The audit chain, who looked at what, and looks that stand out: for the audit administrator."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from shujian.accounts.read import Actor, displays
from shujian.audit import read
from shujian.audit.read import AuditEntry, Verification
from shujian.clues import read as clues
from shujian.faces.api.cursors import open_cursor, seal_cursor
from shujian.faces.api.doors import operation, who
from shujian.faces.api.parsing import Day
from shujian.faces.api.routes.clues import of_clue
from shujian.faces.api.shapes import Entry, Look, Page
from shujian.faces.plain.words import LOOKS
from shujian.faces.supervising import curious_looks
from shujian.kernel.clock import CHINA, now

router = Router()
_TAG = "审计"
Limit = Annotated[int, Query(ge=1, le=200)]
Cursor = Annotated[str, Query(max_length=600)]
Name = Annotated[str, Query(max_length=120)]


class Finding(Schema):
    """该有人去问一问的一次查看，不是结论。"""

    seq: int
    at: datetime
    actor: str
    display: str
    look: str
    object: str
    kind: str
    kind_title: str
    says: str


def _paged(
    actor: Actor, operation_id: str, question: Mapping[str, Any], cursor: str, limit: int,
    ask: Callable[[int | None, int], list[AuditEntry]],
) -> tuple[list[AuditEntry], str | None]:  # fmt: skip
    inner = open_cursor(actor, operation_id, question, cursor)
    rows = ask(int(inner) if inner else None, limit + 1)
    more = str(rows[limit - 1].seq) if len(rows) > limit else None
    return rows[:limit], seal_cursor(actor, operation_id, question, more)


@operation(router, "GET", "/audit", action="audit.read", summary="审计记录", answer=Page[Entry], tag=_TAG)
def audit_list(
    request: HttpRequest, actor: Name = "", action: Name = "", limit: Limit = 50, cursor: Cursor = ""
) -> dict[str, Any]:
    """新的在前；可以按账号、动作的开头筛选。"""
    rows, further = _paged(
        who(request), "audit_list", {"actor": actor, "action": action}, cursor, limit,
        lambda before, most: read.entries(before=before, actor=actor, action=action, limit=most),
    )  # fmt: skip
    return {"items": rows, "next": further}


@operation(
    router,
    "GET",
    "/audit/verification",
    action="audit.read",
    summary="核对审计链",
    answer=Verification,
    tag=_TAG,
)
def audit_verify(request: HttpRequest) -> Verification:
    """逐条核对；有改动的指明第一条。"""
    return read.verify()


def _of_thing(request: HttpRequest, actor: Actor, told: Mapping[str, Any]) -> str:
    return request.GET.get("thing", "").strip()[:120] or "looks"


@operation(
    router, "GET", "/audit/looks", action="audit.looks", reads="audit.looks", thing=_of_thing, summary="谁看过",
    answer=Page[Look], tag=_TAG,
)  # fmt: skip
def audit_looks(
    request: HttpRequest,
    thing: Annotated[str, Query(min_length=1, max_length=120)],
    limit: Limit = 50,
    cursor: Cursor = "",
) -> dict[str, Any]:
    """线索编号、subject:代号、row:数据集/行；被拒绝的查看也在内。"""
    asked = thing.strip()
    called = clues.thing_of(asked) if asked[:2].upper() == "XS" or asked.isdecimal() else asked
    return _looks(request, "audit_looks", frozenset({called}), asked, limit, cursor)


@operation(
    router, "GET", "/clues/{number}/looks", action="clue.looks", reads="clue.looks", thing=of_clue, summary="谁看过这条线索",
    answer=Page[Look], tag=_TAG,
)  # fmt: skip
def clue_looks(request: HttpRequest, number: str, limit: Limit = 50, cursor: Cursor = "") -> dict[str, Any]:
    """线索和它的主体；审计管理员和承办部门负责人可以看。"""
    return _looks(
        request, "clue_looks", clues.looked_at(who(request), number), clues.thing_of(number), limit, cursor
    )


def _looks(
    request: HttpRequest, operation_id: str, things: frozenset[str], asked: str, limit: int, cursor: str
) -> dict[str, Any]:
    rows, further = _paged(
        who(request), operation_id, {"thing": asked}, cursor, limit,
        lambda before, most: read.looks(things, before=before, limit=most),
    )  # fmt: skip
    names = displays({row.actor for row in rows})
    return {"items": [_look(row, names) for row in rows], "next": further}


def _look(row: AuditEntry, names: Mapping[str, str]) -> dict[str, Any]:
    look = str(row.detail.get("look", row.action))
    return {
        "seq": row.seq, "at": row.at, "actor": row.actor, "display": names.get(row.actor, ""), "look": look,
        "look_title": LOOKS.get(look, look), "object": row.object, "refused": row.action == "look.refused",
        "why": str(row.detail.get("reason") or row.detail.get("purpose") or ""),
    }  # fmt: skip


def _of_findings(request: HttpRequest, actor: Actor, told: Mapping[str, Any]) -> str:
    return "curiosity"


@operation(
    router, "GET", "/audit/curiosity", action="audit.curiosity", reads="audit.curiosity", thing=_of_findings,
    summary="异常查看的提示", answer=Page[Finding], tag=_TAG,
)  # fmt: skip
def audit_curiosity(request: HttpRequest, since: Day | None = None, kind: Name = "") -> dict[str, Any]:
    """最近三十天或某日以来，至多五百条，新的在前；是提示，不是结论。"""
    day = since or (now().astimezone(CHINA) - timedelta(days=30)).date()
    found = [
        one for one in curious_looks(datetime.combine(day, time(), CHINA)) if not kind or one.kind == kind
    ]
    names = displays({one.actor for one in found})
    items = [
        {**vars(one), "display": names.get(one.actor, ""), "kind_title": read.KINDS[one.kind]}
        for one in found[:500]
    ]
    return {"items": items, "total": len(found)}
