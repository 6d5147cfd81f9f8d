"""What became of the clues of each model, with intervals, and what that suggests; a person decides."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from shujian.clues import read, service
from shujian.clues.read import Outcomes
from shujian.faces.api.doors import operation, who
from shujian.faces.api.parsing import Body, Flag, Short, Words
from shujian.faces.api.routes.catalogue import known
from shujian.faces.api.shapes import Made, Page

router = Router()
_TAG = "模型成效"


class Figures(Schema):
    """一个模型或关键词：推送、签收、属实、不属实、立案；比例是百分数，带 95% 区间，没有判过的是 null。"""

    name: str
    pushed: int
    signed: int
    true: int
    false: int
    neutral: int
    filed: int
    advised: int | None
    mended: int | None
    judged: int
    per_cent: int | None
    low: int | None
    high: int | None


class Suggested(Schema):
    """一条建议：关键词停用或收紧、门槛提高；``gone`` 是会不再提示的线索。"""

    kind: str
    what: str
    title: str
    bound: str
    true: int
    false: int
    low: int
    high: int
    says: str
    gone: list[str]
    stay: int


class Decided(Schema):
    """一次决定。"""

    kind: str
    what: str
    bound: str
    accepted: bool
    by: str
    at: datetime
    why: str


class Precision(Schema):
    """一个模型的成效。"""

    model: str
    whole: Figures
    words: list[Figures]
    proposals: list[Suggested]
    decisions: list[Decided]


class Choice(Body):
    """对哪条建议、采纳不采纳、为什么。"""

    kind: Short
    what: Short
    accepted: Flag
    why: Words


def _figures(one: Outcomes) -> dict[str, Any]:
    share = one.precision
    known = share.trials > 0
    return {
        **vars(one), "judged": share.trials, "per_cent": share.per_cent if known else None,
        "low": share.low if known else None, "high": share.high if known else None,
    }  # fmt: skip


@operation(
    router, "GET", "/precision", action="model.precision", summary="全部模型的成效", answer=Page[Figures], tag=_TAG
)  # fmt: skip
def precision_list(request: HttpRequest) -> dict[str, Any]:
    """每个模型的漏斗。"""
    found = read.all_outcomes()
    return {"items": [_figures(one) for one in found], "total": len(found)}


@operation(
    router, "GET", "/precision/{model}", action="model.precision", summary="一个模型的成效", answer=Precision, tag=_TAG
)  # fmt: skip
def precision_read(request: HttpRequest, model: str) -> dict[str, Any]:
    """漏斗、各关键词、建议和决定过的建议。"""
    name = _with_clues(model)
    told = read.precision_of(name)
    return {
        "model": name, "whole": _figures(told.whole), "words": [_figures(one) for one in told.words],
        "proposals": told.proposals, "decisions": told.decisions,
    }  # fmt: skip


def _with_clues(model: str) -> str:
    """A model of the catalogue, or one that left it and still has clues. Http404 for neither."""
    return model if model in {one.name for one in read.all_outcomes()} else known(model)


@operation(
    router, "POST", "/precision/{model}/decisions", action="model.precision", summary="决定一条建议", answer=Made, status=201,
    tag=_TAG,
)  # fmt: skip
def precision_decide(request: HttpRequest, model: str, body: Choice) -> dict[str, str]:
    """由数字检察专班的人决定；系统不改模型。"""
    made = service.decide_proposal(
        actor=who(request), model=_with_clues(model), kind=body.kind, what=body.what, accepted=body.accepted, why=body.why
    )  # fmt: skip
    return {"done": "已记下决定", "number": str(made)}
