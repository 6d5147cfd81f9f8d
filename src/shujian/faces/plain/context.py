"""What every page knows: who looks at it, whether this is an evaluation, which style sheet is the newest."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest

import shujian
from shujian.accounts.read import PROCURATORATE, may, may_read_audit, may_read_lake, may_read_models
from shujian.clues.read import may_list_clues, may_see_precision
from shujian.faces.plain.doors import actor_of
from shujian.kernel.clock import fixed_today, now, today
from shujian.kernel.home import home
from shujian.lookups.read import may_search
from shujian.notify.read import unread
from shujian.runs.read import may_see_runs

_STYLE = Path(__file__).parent / "static" / "plain" / "plain.css"
_SCRIPT = _STYLE.with_name("live.js")


@cache
def _style_version() -> str:
    return hashlib.sha256(_STYLE.read_bytes() + _SCRIPT.read_bytes()).hexdigest()[:10]


def evaluation() -> dict[str, Any] | None:
    """What evaluation mode says of itself; None outside of it."""
    path = home().evaluation
    if not path.exists():
        return None
    told: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return {"stopped": fixed_today(), "rows": told.get("rows"), "seed": told.get("seed")}


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """The context of every template."""
    actor = actor_of(request)
    return {
        "actor": actor,
        "nav_clues": bool(actor and may_list_clues(actor)),
        "nav_campaigns": bool(actor and actor.roles & PROCURATORATE),
        "nav_models": bool(actor and may_read_models(actor)),
        "nav_lake": bool(actor and may_read_lake(actor)),
        "nav_search": bool(actor and may_search(actor)),
        "nav_people": bool(actor and may(actor, "account.list")),
        "nav_sign_ins": bool(actor and may(actor, "account.sign_ins")),
        "nav_duty": bool(actor and may(actor, "duty.own")),
        "unread": cache(lambda: unread(actor)) if actor and not actor.must_change else 0,
        "nav_jobs": bool(actor and may(actor, "jobs.read")),
        "nav_audit": bool(actor and may_read_audit(actor)),
        "may_see_precision": bool(actor and may_see_precision(actor)),
        "may_see_runs": bool(actor and may_see_runs(actor)),
        "evaluation": evaluation(),
        "today": today(),
        "now": now(),
        "version": shujian.__version__,
        "style_version": _style_version(),
    }
