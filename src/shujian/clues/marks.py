"""Marks of clues that a list may ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db.models import Q

from shujian.accounts.read import Actor, unit_names
from shujian.clues.models import ClueHelper
from shujian.clues.states import Origin
from shujian.kernel.clock import today

MARKS: Mapping[str, Callable[[Actor], Q]] = {
    "ground": lambda _: Q(ground_changed=True),
    "fresh": lambda _: Q(fresh_evidence=True),
    "pushed": lambda _: Q(pushed_at__isnull=False),
    "registered": lambda _: Q(registered_at__isnull=False),
    "relapsed": lambda _: Q(relapsed=True),
    "objected": lambda _: Q(objected=True),
    "snoozed": lambda _: Q(snoozed_until__gt=today()),
    "woken": lambda _: Q(snoozed_until__lte=today()),
    "helped": lambda actor: Q(pk__in=ClueHelper.objects.filter(user=actor.id, ended_at=None).values("clue")),
    "unrouted": lambda _: ~Q(unit__in=unit_names()) & ~Q(state__in=("C6", "C8", "C9")),
    "hand": lambda _: Q(origin=Origin.HAND),
    "joined": lambda _: Q(joined_to__isnull=False),
}
MARK_TITLES = {
    "ground": "依据已变", "fresh": "有新证据", "pushed": "推送过", "registered": "已登记", "relapsed": "整改后再现",
    "objected": "有异议", "snoozed": "暂缓中", "woken": "暂缓到期", "helped": "请我协办", "unrouted": "待分派", "hand": "人工录入",
    "joined": "已并入其他线索",
}  # fmt: skip
