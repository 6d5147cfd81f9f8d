"""The only way to read campaigns: what was set up, and how far it is, counted from the states of the clues."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from shujian.accounts.read import Actor, displays
from shujian.campaigns.errors import CampaignUnknown
from shujian.campaigns.models import Campaign
from shujian.campaigns.policy import may_close, may_see, may_set_up
from shujian.clues.read import Progress, progress
from shujian.kernel.errors import Fault

__all__ = [
    "METRICS", "CampaignTold", "Target", "campaign", "campaigns", "frozen", "may_close", "may_see", "may_set_up", "number_of", "pk_of",
]  # fmt: skip
METRICS: Mapping[str, str] = {
    "signed": "签收", "registered": "登记为正式线索", "filed": "立案", "settled": "办结",
}  # fmt: skip
"""What a target may be set for; 办结 is 已成案, 已移送, 已排除."""


@dataclass(frozen=True)
class Target:
    """What should be reached and what is."""

    title: str
    wanted: int
    reached: int

    @property
    def per_cent(self) -> int:
        """Reached of wanted, rounded down."""
        return 100 * self.reached // self.wanted


@dataclass(frozen=True)
class CampaignTold:
    """A campaign and how far it is: now, or as it was when it was closed."""

    number: str
    title: str
    purpose: str
    starts: date
    ends: date
    models: tuple[str, ...]
    units: tuple[str, ...]
    by: str
    closed_by: str
    closed_at: datetime | None
    summary: str
    whole: Progress
    by_model: tuple[Progress, ...]
    by_unit: tuple[Progress, ...]
    targets: tuple[Target, ...]


def number_of(pk: int) -> str:
    """``ZX0012``: what pages, commands and the audit chain call a campaign."""
    return f"ZX{pk:04d}"


def pk_of(number: str) -> int:
    """The row behind a number. Raises CampaignUnknown."""
    found = re.fullmatch(r"(?:ZX)?0*(\d{1,12})", number.strip().upper())
    if not found:
        raise _unknown(number)
    return int(found[1])


def campaign(actor: Actor, number: str) -> CampaignTold:
    """One campaign. Raises CampaignUnknown, also where the actor may not know of it."""
    row = Campaign.objects.filter(pk=pk_of(number)).first()
    if row is None or not may_see(actor, row.units):
        raise _unknown(number)
    return _told(row)


def campaigns(actor: Actor) -> list[CampaignTold]:
    """Those that the actor may see: running ones first, then newest first."""
    rows = [row for row in Campaign.objects.order_by("-pk")[:200] if may_see(actor, row.units)]
    return [_told(row) for row in sorted(rows, key=lambda row: row.closed_at is not None)]


def frozen(row: Campaign) -> dict[str, Any]:
    """The figures of a campaign as they are now, to be kept."""
    whole, models, units = _counted(row)
    return {
        "whole": asdict(whole), "models": [asdict(one) for one in models], "units": [asdict(one) for one in units],
    }  # fmt: skip


def _counted(row: Campaign) -> tuple[Progress, list[Progress], list[Progress]]:
    told = {"models": row.model_ids, "units": row.units, "since": row.starts, "until": row.ends}
    return progress(**told), progress(**told, by="model"), progress(**told, by="unit")


def _told(row: Campaign) -> CampaignTold:
    if row.closing is not None:
        whole = Progress(**row.closing["whole"])
        models = [Progress(**one) for one in row.closing["models"]]
        units = [Progress(**one) for one in row.closing["units"]]
    else:
        whole, models, units = _counted(row)
    called = displays({row.by, row.closed_by})
    return CampaignTold(
        number_of(row.pk), row.title, row.purpose, row.starts, row.ends, tuple(row.model_ids), tuple(row.units),
        called.get(row.by, row.by), called.get(row.closed_by, row.closed_by), row.closed_at, row.summary, whole, tuple(models),
        tuple(units), tuple(
            Target(METRICS[name], row.targets[name], getattr(whole, name)) for name in METRICS if name in row.targets
        ),
    )  # fmt: skip


def _unknown(number: str) -> CampaignUnknown:
    return CampaignUnknown(
        Fault(
            code="unknown_campaign",
            message="没有这个专项",
            found=number[:20],
            expected="形如 ZX0012 的专项编号",
        )
    )
