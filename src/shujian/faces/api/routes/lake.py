"""The lake: which data there are and how good, searching them, one row, and why something may be seen or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from shujian.accounts.read import Role, role_title, rules_for, table
from shujian.clues import read as clues
from shujian.faces.api.cursors import open_cursor, seal_cursor
from shujian.faces.api.doors import operation, who
from shujian.faces.api.parsing import Body, Day, Short
from shujian.faces.api.shapes import Page, Told
from shujian.faces.plain.why_views import WHERE
from shujian.kernel.clock import today
from shujian.kernel.errors import BadInput, Fault
from shujian.lake import read as lake
from shujian.lake.read import QualityReport, SearchPage
from shujian.lookups import read as lookups
from shujian.lookups import service
from shujian.lookups.service import Question, RowView

router = Router()
_TAG = "数据湖"
_MOST_ROWS = 5_000
"""Rows that are indexed while somebody waits, as on the page."""


class Landed(Schema):
    """落地的情况。"""

    rows: int
    batches: int
    extract_on: date | None
    fresh: bool | None
    due_on: date | None
    overdue: bool | None


class Dataset(Schema):
    """一个数据源：提供单位、协议、落地情况；没有落地的是 null。"""

    id: str
    title: str
    provider: str
    agreement: str
    landed: Landed | None


class DatasetWhole(Schema):
    """一个数据集的质量：字段、不可比对的行、按月按乡镇的覆盖。只有数字。"""

    dataset: Dataset
    quality: QualityReport


class Searchable(Schema):
    """可以检索的数据集。"""

    id: str
    title: str


class SearchIn(Schema):
    """找什么词，在哪些数据集、区划、期间。"""

    q: Annotated[str, Query(min_length=1, max_length=200)]
    dataset: Short = ""
    region: Short = ""
    since: Day | None = None
    until: Day | None = None
    order: Short = "new"


class PersonIn(Body):
    """完整的号码或姓名，和事由；不写在地址里。"""

    person: Short
    purpose: Short
    cursor: Annotated[str, Query(max_length=2000)] = ""


class Rule(Schema):
    """权限表的一条，和说的是不是您的角色。"""

    id: str
    says: str
    where: str
    roles: str
    mine: bool


class Why(Schema):
    """能不能看、为什么、哪一条规则；数据集还写明看得到和看不到的字段。"""

    answers: dict[str, Told]
    rules: list[Rule]
    shown: list[str]
    hidden: list[str]


def _dataset(contract: lake.SourceContract, landed: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": contract.id, "title": contract.title, "provider": contract.provider,
        "agreement": lake.agreement_state(contract, today()), "landed": landed.get(contract.id),
    }  # fmt: skip


@operation(router, "GET", "/datasets", action="lake.read", summary="数据集", answer=Page[Dataset], tag=_TAG)
def dataset_list(request: HttpRequest) -> dict[str, Any]:
    """每个数据源的提供单位、协议、新鲜度；没有个人数据。"""
    landed = {one.id: one for one in lake.datasets()}
    items = [_dataset(contract, landed) for contract in lake.sources().values()]
    return {"items": items, "total": len(items)}


@operation(
    router,
    "GET",
    "/datasets/{dataset}",
    action="lake.read",
    summary="一个数据集",
    answer=DatasetWhole,
    tag=_TAG,
)
def dataset_read(request: HttpRequest, dataset: str) -> dict[str, Any]:
    """字段的质量、不可比对的行和覆盖。"""
    contract = lake.source(dataset)
    landed = {one.id: one for one in lake.datasets()}
    return {"dataset": _dataset(contract, landed), "quality": lake.quality(dataset)}


@operation(
    router,
    "GET",
    "/searchable",
    action="search.text",
    summary="可以检索的数据集",
    answer=Page[Searchable],
    tag=_TAG,
)
def search_where(request: HttpRequest) -> dict[str, Any]:
    """有数据、在您职责范围内的。"""
    found = [{"id": name, "title": title} for name, title in lookups.searchable(who(request))]
    return {"items": found, "total": len(found)}


@operation(router, "GET", "/search", action="search.text", summary="按词检索", answer=SearchPage, tag=_TAG)
def search_words(
    request: HttpRequest,
    asked: Query[SearchIn],
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Annotated[str, Query(max_length=2000)] = "",
) -> SearchPage:
    """在看得到的字里找，已掩码，记入审计。词里有证号、电话的拒绝，请用按人查询。"""
    actor, question = who(request), dict(vars(asked))
    inner = open_cursor(actor, "search_words", question, cursor)
    page = service.search(
        actor,
        Question(
            query=asked.q.strip(), datasets=(asked.dataset,) if asked.dataset else (), region=asked.region,
            since=asked.since, until=asked.until, order=asked.order, limit=limit, cursor=inner,
        ),
        most_rows=_MOST_ROWS, wait=False,
    )  # fmt: skip
    return replace(page, next=seal_cursor(actor, "search_words", question, page.next))


@operation(
    router, "POST", "/search/person", action="search.person", look=True, summary="按人查询", answer=SearchPage, tag=_TAG
)  # fmt: skip
def search_person(request: HttpRequest, body: PersonIn) -> SearchPage:
    """凭完整号码或姓名，写明事由；先记入审计。"""
    actor, question = who(request), {"person": body.person, "purpose": body.purpose}
    inner = open_cursor(actor, "search_person", question, body.cursor)
    if not body.person.strip():
        raise BadInput(
            Fault(code="no_person", message="没有写明要查的人", field="person", expected="完整的号码或姓名")
        )
    asked = Question(person=body.person, purpose=body.purpose, cursor=inner)
    page = service.search(actor, asked, most_rows=_MOST_ROWS, wait=False)
    return replace(page, next=seal_cursor(actor, "search_person", question, page.next))


@operation(
    router,
    "GET",
    "/datasets/{dataset}/rows/{row}",
    action="lake.row",
    summary="一行数据",
    answer=RowView,
    tag=_TAG,
)
def row_read(request: HttpRequest, dataset: str, row: str) -> RowView:
    """已掩码，带出处；级别以上的字段只说有、不给值。记入审计。"""
    return service.look_at_row(who(request), dataset, row)


@operation(router, "GET", "/why", action="why.read", summary="我为什么能看／不能看", answer=Why, tag="权限")
def why_read(
    request: HttpRequest,
    clue: Annotated[str, Query(max_length=60)] = "",
    dataset: Annotated[str, Query(max_length=60)] = "",
) -> dict[str, Any]:
    """问一条线索或一个数据集；没有的线索和看不到的线索是同一个答复。"""
    actor = who(request)
    told: dict[str, Any] = {"answers": {}, "rules": [], "shown": [], "hidden": []}
    if clue:
        told["answers"] = clues.rights(actor, clue)
    elif dataset:
        decision, told["shown"], told["hidden"] = lookups.row_rights(actor, dataset)
        told["answers"] = {"lake.row": decision}
    told["rules"] = [
        {"id": rule.id, "says": rule.says, "where": WHERE[rule.where],
         "roles": "全部" if rule.roles == "all" else "、".join(role_title(role) for role in Role if role in rule.held_by),
         "mine": any(rule.held_by & hat.roles for hat in actor.hats)}
        for action in told["answers"] if action in table().actions for rule in rules_for(action)
    ]  # fmt: skip
    return told
