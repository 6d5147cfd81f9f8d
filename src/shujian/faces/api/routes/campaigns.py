"""专题监督: campaigns, how far each is, its closing and its report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from shujian.accounts.read import Actor
from shujian.campaigns import read, service
from shujian.campaigns.read import CampaignTold
from shujian.faces import service as faces
from shujian.faces.api.doors import operation, who
from shujian.faces.api.parsing import Body, Day, Short, Whole, Words
from shujian.faces.api.routes.clues import file_answer
from shujian.faces.api.shapes import Made, Page

router = Router()
_TAG = "专题监督"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class SetUp(Body):
    """专项：名称、事由编号、期间、模型、部门、目标（signed、registered、filed、settled）。"""

    title: Words
    purpose: Short
    starts: Day
    ends: Day
    models: Annotated[list[Short], Field(max_length=200)]
    units: Annotated[list[Short], Field(max_length=200)]
    targets: dict[Short, Whole] = Field(default={}, max_length=20)


class Summary(Body):
    """工作小结。"""

    summary: Words


@operation(
    router, "GET", "/campaigns", action="campaign.read", summary="专项", answer=Page[CampaignTold], tag=_TAG
)
def campaign_list(request: HttpRequest) -> dict[str, Any]:
    """您可以看的专项，进行中的在前。"""
    found = read.campaigns(who(request))
    return {"items": found, "total": len(found)}


@operation(
    router,
    "POST",
    "/campaigns",
    action="campaign.read",
    summary="部署专项",
    answer=Made,
    status=201,
    tag=_TAG,
)
def campaign_set_up(request: HttpRequest, body: SetUp) -> dict[str, str]:
    """由院领导、数字检察专班部署；全部问题一次说完。"""
    made = service.set_up(actor=who(request), **body.dict())
    return {"done": f"已部署专项 {made}", "number": made}


@operation(
    router,
    "GET",
    "/campaigns/{number}",
    action="campaign.read",
    summary="一个专项",
    answer=CampaignTold,
    tag=_TAG,
)
def campaign_read(request: HttpRequest, number: str) -> CampaignTold:
    """进展由线索的状态统计；结项以后数字固定。"""
    return read.campaign(who(request), number)


@operation(
    router, "POST", "/campaigns/{number}/close", action="campaign.read", summary="结项", answer=Made, tag=_TAG
)
def campaign_close(request: HttpRequest, number: str, body: Summary) -> dict[str, str]:
    """期满以后由人结项，写小结。"""
    service.close(actor=who(request), number=number, summary=body.summary)
    return {"done": "已结项，数字已经固定", "number": number.upper()[:12]}


def _of_campaign(request: HttpRequest, actor: Actor, told: Mapping[str, Any]) -> str:
    return f"campaign:{str(told['number']).upper()[:12]}"


@operation(
    router, "GET", "/campaigns/{number}/report", action="campaign.read", reads="campaign.report", thing=_of_campaign,
    summary="结项报告", answer=None, tag=_TAG, file=(_DOCX,),
)  # fmt: skip
def campaign_report(request: HttpRequest, number: str) -> HttpResponse:
    """DOCX；还没有结项的是进展情况。"""
    actor = who(request)
    told = read.campaign(actor, number)
    name = f"{told.number}{'结项报告' if told.closed_at else '进展情况'}.docx"
    return file_answer(faces.campaign_report(told, actor.display), _DOCX, name)
