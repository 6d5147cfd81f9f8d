"""我为什么能看／不能看: the rule that decides, and every other rule beside one's own roles.

The page says the same of a clue that is not there and of one that is not theirs to know of.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shujian.accounts.read import Actor, Decision, Role, role_title, rules_for, table
from shujian.clues import read as clues
from shujian.faces.plain.doors import route
from shujian.lookups import read as lookups

WHERE = {
    "any": "不分对象", "house": "全院", "unit": "本部门", "waiting_or_own": "本部门待签收的和自己承办的",
    "assisted": "所协助检察官承办的", "near": "移送给本部门或本部门移送出去的", "helping": "请其协办的",
}  # fmt: skip


@route("why.read")
def why(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Asked of a clue's number, or of a dataset whose rows one wants to see."""
    number, dataset = (request.GET.get(name, "").strip()[:60] for name in ("clue", "dataset"))
    context: dict[str, Any] = {"number": number, "dataset": dataset, "answers": [], "rules": []}
    if number:
        told = clues.rights(actor, number)
        context["answers"] = [_answer(name, told[name]) for name in told]
        context["rules"] = _rules(actor, "clue.read")
    elif dataset:
        decision, shown, hidden = lookups.row_rights(actor, dataset)
        context |= {"answers": [_answer("lake.row", decision)], "shown": shown, "hidden": hidden}
        context["rules"] = _rules(actor, "lake.row")
    return render(request, "plain/why.html", context)


def _answer(action: str, decision: Decision) -> dict[str, Any]:
    return {"title": table().actions[action].title, "decision": decision}


def _rules(actor: Actor, action: str) -> list[dict[str, Any]]:
    """What the table says of an action, and which of it speaks of this person; nothing about the thing itself."""
    return [
        {"id": rule.id, "says": rule.says, "where": WHERE[rule.where],
         "roles": "全部" if rule.roles == "all" else "、".join(role_title(role) for role in Role if role in rule.held_by),
         "mine": any(rule.held_by & hat.roles for hat in actor.hats)}
        for rule in rules_for(action)
    ]  # fmt: skip
