"""Search in the lake: by words in the address, by a person only in a form's body, and the page of one row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from shujian.accounts.read import Actor
from shujian.faces.plain.doors import POST, route
from shujian.faces.plain.marking import Field, Piece, pieces, said
from shujian.kernel.errors import BadInput, Fault, ShujianError
from shujian.lake.read import SearchHit, SearchPage
from shujian.lookups import service
from shujian.lookups.errors import LookupRefused, RowUnknown
from shujian.lookups.read import may_look_up_persons, searchable
from shujian.lookups.service import Question, RowField

_PAGE = 20
_MOST_ROWS = 5_000
"""Rows that are indexed while somebody waits for a page; more is left to ``shujian lake index``."""


@route("search.text")
def search(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The search page: empty, or the first or a further page of what the words find."""
    told = request.GET
    try:
        question = _question(told)
    except BadInput as error:
        return _render(request, actor, Question(query=told.get("q", "")), error=error)
    return _answered(request, actor, question) if question.query else _render(request, actor, question)


@route("search.person", methods=POST)
def search_person(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The rows of one person, for a stated purpose. The number or name never stands in an address."""
    told = request.POST
    asked = Question(
        person=told.get("person", "")[:60], purpose=told.get("purpose", ""), limit=_PAGE,
        cursor=told.get("cursor") or None,
    )  # fmt: skip
    if not asked.person.strip():
        fault = Fault(
            code="no_person", message="没有写明要查的人", field="person", expected="完整的号码或姓名"
        )
        return _render(request, actor, asked, error=BadInput(fault))
    return _answered(request, actor, asked)


@route("lake.row")
def lake_row(request: HttpRequest, actor: Actor, dataset: str, row: str) -> HttpResponse:
    """One row with its provenance, masked."""
    try:
        view = service.look_at_row(actor, dataset, row)
    except RowUnknown:
        raise Http404 from None
    context = {"row": view, "fields": [_field(one) for one in view.fields if not one.hidden],
               "hidden": [one.title for one in view.fields if one.hidden], "as_of": view.as_of}  # fmt: skip
    return render(request, "plain/lake_row.html", context)


def _question(told: QueryDict) -> Question:
    dataset = told.get("dataset", "")
    return Question(
        query=told.get("q", "").strip(), datasets=(dataset,) if dataset else (), region=told.get("region", "").strip(),
        since=_day(told, "since"), until=_day(told, "until"), order=told.get("order") or "new", limit=_PAGE,
        cursor=told.get("cursor") or None,
    )  # fmt: skip


def _day(told: QueryDict, name: str) -> date | None:
    text = told.get(name, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        fault = Fault(
            code="bad_filter", message="日期写法不对", field=name, found=text[:40], expected="如 2026-06-01"
        )
        raise BadInput(fault) from None


def _answered(request: HttpRequest, actor: Actor, question: Question) -> HttpResponse:
    try:
        page = service.search(actor, question, most_rows=_MOST_ROWS, wait=False)
    except (BadInput, LookupRefused) as error:
        return _render(request, actor, question, error=error)
    return _render(request, actor, question, page=page)


def _render(
    request: HttpRequest,
    actor: Actor,
    question: Question,
    *,
    page: SearchPage | None = None,
    error: ShujianError | None = None,
) -> HttpResponse:
    codes = {fault.code for fault in error.faults} if error else set()
    if "person_lookup" in codes:  # what was typed is a person's number: it is not shown again
        question = replace(question, query="")
    kept = request.GET.copy()
    kept.pop("cursor", None)
    context: dict[str, Any] = {
        "question": question, "page": page, "hits": [_shown(hit) for hit in page.items] if page else [],
        "faults": [_sentence(fault) for fault in error.faults] if error else [], "kept": kept.urlencode(),
        "datasets": searchable(actor), "dataset": question.datasets[0] if question.datasets else "",
        "persons": bool(may_look_up_persons(actor)), "of_person": bool(question.person) or "person_lookup" in codes,
        "filtered": bool(question.datasets or question.region or question.since or question.until),
        "behind": sum(page.behind.values()) if page else 0,
        "orders": (("new", "新的在前"), ("best", "最相关的在前")),
    }  # fmt: skip
    status = 200 if error is None else 403 if isinstance(error, LookupRefused) else 400
    return render(request, "plain/search.html", context, status=status)


def _sentence(fault: Fault) -> str:
    """A fault without the names that the command line has for things."""
    if fault.code == "person_lookup":
        return f"{fault.message}。请用下面的“按人查询”。"
    return fault.message + (f"；应为：{fault.expected}" if fault.expected else "")


def _shown(hit: SearchHit) -> dict[str, Any]:
    return {
        "hit": hit,
        "snippets": [{"piece": one, "pieces": pieces(one.text, one.marks)} for one in hit.snippets],
    }


def _field(one: RowField) -> Field:
    text = said(one.type, str(one.value))
    return Field(one.title, (Piece(text),), len(text) > (24 if one.type == "text" else 60))
