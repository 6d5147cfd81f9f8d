"""The only way to look into the lake on somebody's behalf: by words, for one person with a purpose, or one row.

Every look is on record before it happens, refused ones too: persons by the handle of clues, words by a keyed digest.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from shujian.accounts.read import Actor, Decision
from shujian.audit import service as audit
from shujian.kernel.errors import BadInput, Fault, GuardRefused
from shujian.kernel.masking import mask_text, mask_value
from shujian.kernel.progress import Progress
from shujian.kernel.secrets import pseudonym
from shujian.lake import read as lake
from shujian.lake.read import SearchPage, SearchRequest, SourceContract
from shujian.lookups.errors import LookupRefused, RowUnknown
from shujian.lookups.policy import may_look_up_persons, may_search, rights, scope, visible_fields

__all__ = ["Question", "RowField", "RowView", "look_at_row", "search"]

PURPOSE_AT_LEAST, PURPOSE_AT_MOST = 4, 80
_HANDLES = {"id_card": "person", "phone": "phone", "name": "name"}


@dataclass(frozen=True)
class Question:
    """What somebody asks. ``query`` is what is typed; ``person`` a whole number or a name, with ``purpose``."""

    query: str = ""
    person: str = ""
    purpose: str = ""
    datasets: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    region: str = ""
    since: date | None = None
    until: date | None = None
    order: str = "new"
    limit: int = 20
    cursor: str | None = None


def search(
    actor: Actor,
    question: Question,
    *,
    most_rows: int | None = None,
    wait: bool = True,
    progress: Progress | None = None,
) -> SearchPage:
    """One page within the actor's rights. A query that is nothing but a person's number is a look-up of a person.

    Raises LookupRefused without the right or the purpose; BadInput for a query, filter or cursor that means
    nothing. ``most_rows`` and ``wait``: see ``lake.read.search``.
    """
    _demand(may_search(actor))
    person = question.person.strip()
    if not person and lake.holds_number(question.query):
        person = question.query.strip() if question.purpose.strip() else ""
        if not person:
            audit.record(actor=actor.name, action="search.refused", thing="search:number", detail={})
            raise LookupRefused(_number_fault())
    request = _request(question)
    if person:
        request = _with_person(actor, question, request, person)
    else:
        words = lake.wanted(question.query)
        request = _replaced(request, wanted=words)
        handle = pseudonym("query", json.dumps([words.clauses, words.without], ensure_ascii=False))
        audit.record(actor=actor.name, action="search.text", thing=f"search:{handle}", detail=_told(question))
    return lake.search(request, scope(actor), lake.pin(), most_rows=most_rows, wait=wait, progress=progress)


def _request(question: Question) -> SearchRequest:
    known = lake.sources()
    for dataset in question.datasets:
        if dataset not in known:
            raise BadInput(
                Fault(code="bad_filter", message="没有这个数据集", field="dataset", found=dataset[:60],
                      expected="、".join(sorted(known)))
            )  # fmt: skip
    return SearchRequest(
        datasets=question.datasets, fields=question.fields, region=question.region.strip()[:40],
        since=question.since, until=question.until, order=question.order, limit=question.limit,
        cursor=question.cursor,
    )  # fmt: skip


def _with_person(actor: Actor, question: Question, request: SearchRequest, typed: str) -> SearchRequest:
    key = lake.person_key(typed)
    handle = pseudonym(_HANDLES[key[0]], key[1])
    purpose = question.purpose.strip()
    told = {**_told(question), "kind": key[0], "purpose": mask_text(purpose[:PURPOSE_AT_MOST])}
    audit.record(actor=actor.name, action="search.person", thing=f"subject:{handle}", detail=told)
    _demand(may_look_up_persons(actor))
    if not PURPOSE_AT_LEAST <= len(purpose) <= PURPOSE_AT_MOST:
        raise LookupRefused(
            Fault(code="no_purpose", message="按人查询须写明事由，查询将记入审计", field="purpose",
                  found=f"{len(purpose)} 字", expected=f"{PURPOSE_AT_LEAST} 至 {PURPOSE_AT_MOST} 字，如 湘示检行监〔2026〕12号")
        )  # fmt: skip
    return _replaced(request, person=key)


def _replaced(request: SearchRequest, **told: Any) -> SearchRequest:
    return SearchRequest(**{**vars(request), **told})


def _told(question: Question) -> dict[str, Any]:
    """The filters for the record; what was typed is not among them."""
    told: dict[str, Any] = {
        "datasets": list(question.datasets), "fields": [field[:60] for field in question.fields],
        "since": question.since, "until": question.until, "order": question.order[:10],
        "further": bool(question.cursor),
    }  # fmt: skip
    return {name: value for name, value in told.items() if value}


def _number_fault() -> Fault:
    return Fault(
        code="person_lookup", message="查询里有身份证号或电话号码：按人查询须写明事由，查询将记入审计",
        field="query", expected="--person 号码 --purpose 事由；网页上用“按人查询”",
    )  # fmt: skip


def _demand(decision: Decision) -> None:
    if not decision:
        raise LookupRefused(Fault(code="no_right", message=decision.because))


@dataclass(frozen=True)
class RowField:
    """One field of a row as the reader may see it. ``hidden``: its level is above what they may see."""

    field: str
    title: str
    type: str
    value: Any
    hidden: bool


@dataclass(frozen=True)
class RowView:
    """One row with its provenance, masked."""

    dataset: str
    title: str
    provider: str
    row: str
    fields: tuple[RowField, ...]
    file: str
    sheet: str | None
    line: int
    sha256: str
    batch: str
    received_at: datetime | None
    as_of: date | None
    snapshot: str


def look_at_row(actor: Actor, dataset: str, row: str) -> RowView:
    """A row that a search has shown. Raises RowUnknown for what is not there or not theirs to know of."""
    audit.record(actor=actor.name, action="lake.row", thing=f"row:{dataset[:60]}/{row[:64]}", detail={})
    seen = rights(actor).get(dataset)
    if seen is None:
        raise _unknown(row)
    contract, snapshot = lake.source(dataset), lake.pin()
    try:
        found = lake.row(snapshot, dataset, row)
    except GuardRefused:
        found = None
    if found is None or not seen.covers(contract, found):
        raise _unknown(row)
    return RowView(
        dataset, contract.title, contract.provider, row, _fields(contract, found, seen.level), found["_file"],
        found["_sheet"], found["_line"], found["_sha256"], found["_batch"], _aware(found["_received"]), found["_as_of"],
        snapshot.id,
    )  # fmt: skip


def _aware(received: datetime | None) -> datetime | None:
    """The lake stores instants as UTC without saying so."""
    return received.replace(tzinfo=UTC) if received else None


def _fields(contract: SourceContract, found: Mapping[str, Any], level: int) -> tuple[RowField, ...]:
    shown = visible_fields(contract, level)
    names = [found[field.id] for field in contract.fields if field.type == "person_name" and found[field.id]]
    made = []
    for field in contract.fields:
        value = found[field.id]
        if value is None:
            continue
        hidden = field.id not in shown
        made.append(
            RowField(
                field.id,
                field.title,
                field.type,
                None if hidden else _masked(field.type, value, names),
                hidden,
            )
        )
    if found["_extra"] and level >= 2:
        made.append(RowField("_extra", "其他列", "text", lake.hide(found["_extra"], names), False))
    return tuple(made)


def _masked(semantic: str, value: Any, names: list[str]) -> Any:
    if semantic in ("person_name", "id_card", "phone"):
        return mask_value(semantic, value)
    return lake.hide(value, names) if isinstance(value, str) else value


def _unknown(row: str) -> RowUnknown:
    return RowUnknown(Fault(code="unknown_row", message="没有这一行，或者不在您的职责范围内", found=row[:64]))
