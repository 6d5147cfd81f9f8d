"""请假与代理, 回避: everybody's own, and for a head those of the department."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from shujian.accounts import read, service
from shujian.accounts.read import AbsenceRow, RecusalRow
from shujian.clues import read as clues
from shujian.faces.api.doors import operation, who
from shujian.faces.api.parsing import Body, Day, Flag, Short, small
from shujian.faces.api.shapes import Made

router = Router()
_TAG = "请假和回避"


class Duty(Schema):
    """请假、代理、回避，和可选的回避理由。"""

    absences: list[AbsenceRow]
    recusals: list[RecusalRow]
    grounds: dict[str, str]


class Absence(Body):
    """谁请假（空着是自己）、谁代理、起止日。"""

    username: Short = ""
    deputy: Short
    from_on: Day
    to_on: Day


class Recuse(Body):
    """谁（空着是自己）、回避哪条线索、理由；whole：主体的全部线索。"""

    username: Short = ""
    clue: Short
    ground: Short
    whole: Flag = False


@operation(router, "GET", "/duty", action="duty.own", summary="请假、代理、回避", answer=Duty, tag=_TAG)
def duty_read(request: HttpRequest) -> dict[str, Any]:
    """自己的，负责人还有本部门的。"""
    actor = who(request)
    return {
        "absences": read.absences(actor),
        "recusals": read.recusals(actor),
        "grounds": dict(read.grounds()),
    }


@operation(
    router,
    "POST",
    "/duty/absences",
    action="duty.own",
    summary="登记请假和代理",
    answer=Made,
    status=201,
    tag=_TAG,
)
def duty_absence(request: HttpRequest, body: Absence) -> dict[str, str]:
    """代理从起日生效，止日之后自动结束。"""
    actor = who(request)
    made = service.enter_absence(
        actor,
        username=body.username or actor.name,
        deputy=body.deputy,
        from_on=body.from_on,
        to_on=body.to_on,
    )
    return {"done": "已登记", "number": str(made)}


@operation(
    router, "POST", "/duty/absences/{number}/end", action="duty.own", summary="销假", answer=Made, tag=_TAG
)
def duty_absence_end(request: HttpRequest, number: int) -> dict[str, str]:
    """代理同时结束。"""
    service.end_absence(who(request), small(number))
    return {"done": "已销假", "number": str(number)}


@operation(
    router, "POST", "/duty/recusals", action="duty.own", summary="登记回避", answer=Made, status=201, tag=_TAG
)
def duty_recusal(request: HttpRequest, body: Recuse) -> dict[str, str]:
    """立即看不到、不能办；看不到的线索不能登记。"""
    actor = who(request)
    row = clues.clue(actor, body.clue).row
    thing = f"subject:{row.subject_key}" if body.whole else f"clue:{row.id}"
    made = service.recuse(actor, username=body.username or actor.name, thing=thing, ground=body.ground)
    return {"done": "已登记回避，立即生效", "number": str(made)}


@operation(
    router,
    "POST",
    "/duty/recusals/{number}/lift",
    action="duty.own",
    summary="解除回避",
    answer=Made,
    tag=_TAG,
)
def duty_recusal_lift(request: HttpRequest, number: int) -> dict[str, str]:
    """由负责人决定。"""
    service.lift_recusal(who(request), small(number))
    return {"done": "已解除回避", "number": str(number)}
