"""Models: what each looks for and what became of it; versions that wait for a second person; regular runs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from pydantic import Field

from shujian.clues import read as clues
from shujian.clues.read import ModelFigures
from shujian.faces.api.doors import operation, who
from shujian.faces.api.parsing import Body, Day, Flag, Short, Whole, Words, small
from shujian.faces.api.shapes import Made, Page
from shujian.runs import read as runs
from shujian.runs import service
from shujian.supervision import read as supervision

router = Router()
_TAG = "监督模型"


class ModelStep(Schema):
    """模型的一步，一句中文。"""

    id: str
    use: str
    says: str


class LastRun(Schema):
    """最近一次运行。"""

    run: str
    at: datetime
    as_of: date
    hits: int
    fingerprint: str
    snapshot: str


class Model(Schema):
    """一个监督模型。"""

    id: str
    number: str | None
    title: str
    status: str
    unit: str
    units: list[str]
    sentence: str
    summary: str | None
    steps: list[ModelStep]
    verify: list[str]
    parameters: list[str]
    fingerprint: str
    figures: ModelFigures
    run: LastRun | None


class Publication(Schema):
    """一次发布：谁提出、谁确认；``current``：模型文件没有再改。"""

    number: int
    model: str
    fingerprint: str
    by: str
    at: datetime
    why: str
    verdict: str
    second: str
    second_at: datetime | None
    second_why: str
    current: bool
    may_decide: bool
    because: str


class Tick(Schema):
    """应运行的一次和它的结果。"""

    due: date
    state: str
    run: str
    says: str
    at: datetime


class Schedule(Schema):
    """定期运行。"""

    number: int
    model: str
    starts: date
    every_days: int
    on_batch: bool
    purpose: str
    purpose_until: date
    by: str
    stopped: bool
    next_due: date | None
    notice: str
    ticks: list[Tick]


class Propose(Body):
    """哪个模型，为什么发布。"""

    model: Short
    why: Words


class Decide(Body):
    """同意还是不同意，为什么。"""

    passed: Flag
    why: Words


class Plan(Body):
    """定期运行：模型、起日、几天一次、有新数据就运行、事由编号和到期日。"""

    model: Short
    starts: Day
    every_days: Annotated[Whole, Field(le=366)] = 0
    on_batch: Flag = False
    purpose: Short
    purpose_until: Day


def _model(spec: Any) -> dict[str, Any]:
    run = runs.last_run(spec.id)
    return {
        "id": spec.id, "number": spec.number, "title": spec.title, "status": spec.status, "unit": spec.unit,
        "units": spec.units(), "sentence": supervision.sentence(spec), "summary": spec.summary,
        "steps": [{"id": one.id, "use": one.use, "says": one.says} for one in spec.steps],
        "verify": spec.verify, "parameters": spec.parameters, "fingerprint": supervision.fingerprint(spec.id),
        "figures": clues.model_figures(spec.id), "run": run,
    }  # fmt: skip


@operation(router, "GET", "/models", action="model.read", summary="监督模型", answer=Page[Model], tag=_TAG)
def model_list(request: HttpRequest) -> dict[str, Any]:
    """全部模型：一句话、步骤、最近一次运行和办理情况。"""
    found = sorted(supervision.models().values(), key=lambda spec: (spec.number or "Z", spec.id))
    return {"items": [_model(spec) for spec in found], "total": len(found)}


@operation(
    router, "GET", "/models/{model}", action="model.read", summary="一个监督模型", answer=Model, tag=_TAG
)
def model_read(request: HttpRequest, model: str) -> dict[str, Any]:
    """按编号或代号。"""
    return _model(supervision.models()[known(model)])


def known(model: str) -> str:
    """The id of a model of the catalogue; Http404 where there is none."""
    for name, spec in supervision.models().items():
        if model in (name, spec.number):
            return name
    raise Http404


@operation(
    router, "GET", "/publications", action="run.read", summary="发布", answer=Page[Publication], tag=_TAG
)
def publication_list(request: HttpRequest) -> dict[str, Any]:
    """提出的、等待确认的、已发布的；新的在前。"""
    actor, items = who(request), []
    for one in runs.publications():
        decision = runs.may_let_pass(actor, one.by)
        items.append(
            {**vars(one), "may_decide": bool(decision) and not one.second, "because": decision.because}
        )
    return {"items": items, "total": len(items)}


@operation(
    router, "POST", "/publications", action="run.read", summary="提出发布", answer=Made, status=201, tag=_TAG
)
def publication_propose(request: HttpRequest, body: Propose) -> dict[str, str]:
    """提出发布模型现在的版本，由另一个人确认。"""
    made = service.propose(actor=who(request), model=body.model, why=body.why)
    return {"done": "已提出发布，等另一个人确认", "number": str(made)}


@operation(
    router, "POST", "/publications/{number}/decision", action="run.read", summary="确认或者不同意发布", answer=Made, tag=_TAG
)  # fmt: skip
def publication_decide(request: HttpRequest, number: int, body: Decide) -> dict[str, str]:
    """提出的人不能自己确认。"""
    service.decide(actor=who(request), number=small(number), passed=body.passed, why=body.why)
    return {"done": "已确认发布" if body.passed else "已记下不同意", "number": str(number)}


@operation(
    router, "GET", "/schedules", action="run.read", summary="定期运行", answer=Page[Schedule], tag=_TAG
)
def schedule_list(request: HttpRequest) -> dict[str, Any]:
    """每一项下次何时运行，最近几次怎样。"""
    found = runs.schedules()
    return {"items": found, "total": len(found)}


@operation(
    router, "POST", "/schedules", action="run.read", summary="安排定期运行", answer=Made, status=201, tag=_TAG
)
def schedule_add(request: HttpRequest, body: Plan) -> dict[str, str]:
    """模型须已发布；事由到期不再运行。"""
    told = body.dict()
    made = service.add_schedule(actor=who(request), **told)
    return {"done": "已安排定期运行", "number": str(made)}


@operation(
    router,
    "POST",
    "/schedules/{number}/stop",
    action="run.read",
    summary="停止定期运行",
    answer=Made,
    tag=_TAG,
)
def schedule_stop(request: HttpRequest, number: int) -> dict[str, str]:
    """做过的还在。"""
    service.stop_schedule(actor=who(request), number=small(number))
    return {"done": "已停止定期运行", "number": str(number)}
