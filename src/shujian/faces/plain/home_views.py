"""The first page: what waits for me, and where all clues stand."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from shujian.accounts.read import WHOLE_PROCURATORATE, Actor
from shujian.clues import read as clues
from shujian.clues.read import Funnel, Held
from shujian.faces.plain.doors import route
from shujian.faces.plain.titles import model_titles
from shujian.runs import read as runs

_WIDE = 560
_LATER = ("C4", "C5", "C6", "C7", "C8")


@route("home.read")
def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Funnel, tasks, and one line per model, within the reader's scope."""
    if not clues.may_list_clues(actor):
        return render(request, "plain/home.html", {"scope": False})
    funnel = clues.funnel(actor)
    titles = model_titles()
    models = [
        {"id": name, "number": titles[name][0] if name in titles else "", "counts": counts,
         "title": titles[name][1] if name in titles else name, "all": sum(counts.values()), "later": sum(counts[state] for state in _LATER)}
        for name, counts in funnel.models.items()
    ]  # fmt: skip
    unrouted = clues.open_unrouted() if actor.roles & WHOLE_PROCURATORATE else 0
    models.sort(key=lambda model: (model["number"] or "Z", model["id"]))
    return render(
        request, "plain/home.html",
        {"scope": True, "funnel": funnel, "stages": _stages(funnel), "tasks": _tasks(funnel, unrouted), "models": models,
         "held": _held(funnel), "notices": runs.notices() if runs.may_see_runs(actor) else [], "as_of": funnel.as_of},
    )  # fmt: skip


def _link(**told: str) -> str:
    return reverse("clues") + "?" + urlencode(told)


def _stages(funnel: Funnel) -> list[dict[str, Any]]:
    stages = [
        ("模型命中", funnel.found, reverse("clues"), "机器发现、已归并去重"),
        ("已推送归口单元", funnel.pushed, _link(mark="pushed"), "身份确认、缺失已证明，或人工核实后推送"),
        (
            "初核中",
            funnel.states["C2"] + funnel.states["C3"],
            _link(state="C2"),
            "已签收，正在核查或等待补充数据",
        ),
        ("已登记", funnel.registered, _link(mark="registered"), "初核认为有价值，登记为正式线索"),
        ("已成案", funnel.states["C6"], _link(state="C6"), "检察长决定立案"),
        ("已排除", funnel.states["C9"], _link(state="C9"), "人工核查后排除，理由回填模型"),
    ]
    most = max(funnel.found, 1)
    return [
        {
            "title": title,
            "count": count,
            "link": link,
            "says": says,
            "width": max(round(_WIDE * count / most), 2),
        }
        for title, count, link, says in stages
    ]


def _tasks(funnel: Funnel, unrouted: int) -> list[dict[str, Any]]:
    tasks = [
        ("待签收", funnel.states["C1"], _link(state="C1"), "已推送到归口单元，等待签收", ""),
        ("初核中", funnel.states["C2"], _link(state="C2"), "写明核查结果：排除须选理由", ""),
        ("评估调查中", funnel.states["C5"], _link(state="C5"), "评估后立案、不立案或移送", ""),
        ("内部移送中", funnel.states["C7"], _link(state="C7"), "案件管理部门分流，接收部门接收或退回", ""),
        (
            "依据已变",
            funnel.ground_changed,
            _link(mark="ground"),
            "数据更正后不再成立，先停下来核对",
            "alert",
        ),
        ("有新证据", funnel.fresh_evidence, _link(mark="fresh"), "重新运行追加了证据", ""),
    ]
    if funnel.woken:
        tasks.append(("暂缓到期", funnel.woken, _link(mark="woken"), "暂缓的日子到了，接着办", ""))
    if funnel.objected:
        tasks.append(("有异议", funnel.objected, _link(mark="objected"), "当事人提出异议，限期答复", "alert"))
    if unrouted:
        link = _link(mark="unrouted")
        tasks.append(("待分派", unrouted, link, "归口单元不是本院的部门，请分派", "alert"))
    return [
        {"title": title, "count": count, "link": link, "says": says, "tone": tone if count else ""}
        for title, count, link, says, tone in tasks
    ]


def _held(funnel: Funnel) -> list[dict[str, Any]]:
    return [
        {"title": str(Held(code).label), "count": count, "link": _link(held=code)}
        for code, count in sorted(funnel.held.items(), key=lambda pair: -pair[1])
        if code
    ]
