"""专题监督: campaigns, how far each is, its report."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from shujian.accounts.read import PROCURATORATE, Actor, unit_names
from shujian.campaigns import read, service
from shujian.campaigns.errors import CampaignRefused, CampaignUnknown
from shujian.faces import service as faces
from shujian.faces.plain.desk_views import day_of
from shujian.faces.plain.doors import FORM, route
from shujian.faces.plain.titles import model_titles
from shujian.kernel.clock import today
from shujian.kernel.errors import BadInput
from shujian.supervision import read as supervision


@route("campaign.read", methods=FORM)
def campaign_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All that this person may see; POST sets one up."""
    if not actor.roles & PROCURATORATE:
        raise Http404
    status, told = 200, request.POST
    if request.method == "POST":
        try:
            number = _set_up(request, actor)
        except (BadInput, CampaignRefused) as error:
            for fault in error.faults:
                messages.error(request, fault.sentence() if isinstance(error, BadInput) else fault.message)
            status = 400 if isinstance(error, BadInput) else 403
        else:
            messages.success(request, f"已部署专项 {number}。")
            return redirect("campaign", number=number)
    titles = model_titles()
    context = {
        "campaigns": read.campaigns(actor), "may": read.may_set_up(actor), "metrics": list(read.METRICS.items()), "units": unit_names(),
        "models": [(name, titles.get(name, ("", name))) for name, spec in supervision.models().items() if spec.status != "retired"],
        "kept": told, "kept_models": told.getlist("models"), "kept_units": told.getlist("units"),
    }  # fmt: skip
    return render(request, "plain/campaigns.html", context, status=status)


def _set_up(request: HttpRequest, actor: Actor) -> str:
    told = request.POST
    targets = {
        name: int(text)
        if (text := told.get(f"target_{name}", "").strip()).isdecimal() and len(text) < 9
        else -1
        for name in read.METRICS
        if told.get(f"target_{name}", "").strip()
    }
    epoch = today().replace(year=1970)
    return service.set_up(
        actor=actor, title=told.get("title", ""), purpose=told.get("purpose", ""), starts=day_of(told.get("starts", "")) or today(),
        ends=day_of(told.get("ends", "")) or epoch, models=told.getlist("models"), units=told.getlist("units"), targets=targets,
    )  # fmt: skip


@route("campaign.read", methods=FORM)
def campaign_page(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """One campaign; POST closes it."""
    status = 200
    try:
        if request.method == "POST":
            service.close(actor=actor, number=number, summary=request.POST.get("summary", ""))
            messages.success(request, "已结项，数字已经固定；可以下载结项报告。")
            return redirect("campaign", number=number)
    except CampaignUnknown:
        raise Http404 from None
    except (BadInput, CampaignRefused) as error:
        messages.error(request, error.faults[0].message)
        status = 400 if isinstance(error, BadInput) else 403
    told = _told(actor, number)
    titles = model_titles()
    context: dict[str, Any] = {
        "told": told, "by_model": [(titles.get(one.name, ("", one.name)), one) for one in told.by_model],
        "may": read.may_close(actor), "over": told.ends < today(), "kept": request.POST,
    }  # fmt: skip
    return render(request, "plain/campaign.html", context, status=status)


def _thing(request: HttpRequest, actor: Actor, number: str) -> str:
    return f"campaign:{number.upper()[:12]}"


@route("campaign.read", reads="campaign.report", thing=_thing)
def campaign_report(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """The report as a document."""
    told = _told(actor, number)
    answer = HttpResponse(
        faces.campaign_report(told, actor.display),
        content_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    )
    name = f"{told.number}{'结项报告' if told.closed_at else '进展情况'}.docx"
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


def _told(actor: Actor, number: str) -> read.CampaignTold:
    try:
        return read.campaign(actor, number)
    except CampaignUnknown:
        raise Http404 from None
