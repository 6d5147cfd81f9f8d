"""The only way in to write campaigns: set one up, close it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from shujian.accounts.read import Actor, Decision, unit_names
from shujian.audit import service as audit
from shujian.campaigns.errors import CampaignRefused
from shujian.campaigns.models import Campaign
from shujian.campaigns.policy import may_close, may_set_up
from shujian.campaigns.read import METRICS, campaign, frozen, number_of, pk_of
from shujian.kernel.clock import now, today
from shujian.kernel.errors import BadInput, Fault, FaultList
from shujian.supervision import read as supervision

__all__ = ["close", "set_up"]


def set_up(
    *,
    actor: Actor,
    title: str,
    purpose: str,
    starts: date,
    ends: date,
    models: Sequence[str],
    units: Sequence[str],
    targets: Mapping[str, int],
) -> str:
    """Set up a campaign; answers its number. Raises CampaignRefused, BadInput with every fault."""
    _ask(may_set_up(actor), actor, "?", "set_up")
    faults = FaultList()
    _long("title", "专项名称", title, 4, 120, faults)
    _long("purpose", "事由编号", purpose, 2, 80, faults)
    _check_period(starts, ends, faults)
    known = _known_models(models, faults)
    _check_units_and_targets(units, targets, faults)
    faults.raise_if_any()
    with transaction.atomic():
        made = Campaign.objects.create(
            title=title.strip(), purpose=purpose.strip(), starts=starts, ends=ends, model_ids=known,
            units=list(dict.fromkeys(units)), targets=dict(targets), by=actor.name, at=now(),
        )  # fmt: skip
        audit.record(
            actor=actor.name, action="campaign.set_up", thing=f"campaign:{number_of(made.pk)}",
            detail={"models": made.model_ids, "units": made.units, "purpose": made.purpose},
        )  # fmt: skip
    return number_of(made.pk)


def close(*, actor: Actor, number: str, summary: str) -> None:
    """Close a campaign whose last day has passed; its figures are frozen for the report.

    Raises CampaignUnknown, CampaignRefused, BadInput.
    """
    told = campaign(actor, number)
    _ask(may_close(actor), actor, number, "close")
    if told.closed_at is not None:
        raise CampaignRefused(Fault(code="closed", message="这个专项已经结项"))
    if told.ends >= today():
        raise CampaignRefused(
            Fault(code="too_early", message=f"专项到 {told.ends} 为止，之后才能结项", found=str(today()))
        )
    faults = FaultList()
    _long("summary", "工作小结", summary, 10, 4000, faults)
    faults.raise_if_any()
    with transaction.atomic():
        row = Campaign.objects.select_for_update().get(pk=pk_of(number))
        if row.closed_at is not None:
            raise CampaignRefused(Fault(code="closed", message="这个专项已经结项"))
        row.closing, row.summary = frozen(row), summary.strip()
        row.closed_by, row.closed_at = actor.name, now()
        row.save()
        audit.record(
            actor=actor.name, action="campaign.close", thing=f"campaign:{number_of(row.pk)}",
            detail={"found": row.closing["whole"]["found"], "open": row.closing["whole"]["open"]},
        )  # fmt: skip


def _check_period(starts: date, ends: date, faults: FaultList) -> None:
    if not starts <= ends or (ends - starts).days > 3 * 366:
        found, expected = f"{starts} 至 {ends}", "止日不早于起日，至多三年"
        faults.add(
            Fault(code="bad_period", message="起止日期不对", field="period", found=found, expected=expected)
        )


def _known_models(models: Sequence[str], faults: FaultList) -> list[str]:
    known: list[str] = []
    for name in models:
        try:
            known.append(supervision.model(name).id)
        except BadInput as error:
            faults.items.extend(error.faults)
    if not models:
        faults.add(Fault(code="no_models", message="请选择监督模型", field="models", expected="至少一个"))
    return list(dict.fromkeys(known))


def _check_units_and_targets(units: Sequence[str], targets: Mapping[str, int], faults: FaultList) -> None:
    houses = unit_names()
    if not units or set(units) - set(houses):
        strange, expected = (
            "、".join(sorted(set(units) - set(houses))) or "没有选",
            "、".join(houses) or "先建立部门",
        )
        faults.add(
            Fault(code="bad_units", message="部门不对", field="units", found=strange, expected=expected)
        )
    for name, value in targets.items():
        if name not in METRICS or not 1 <= value <= 1_000_000:
            expected = f"{'、'.join(METRICS.values())}，一个正整数"
            faults.add(
                Fault(code="bad_target", message="目标不对", field=name, found=str(value), expected=expected)
            )


def _long(field: str, title: str, text: str, least: int, most: int, faults: FaultList) -> None:
    if not least <= len(text.strip()) <= most:
        found = f"{len(text.strip())} 个字"
        faults.add(
            Fault(
                code=f"bad_{field}",
                message=f"请写明{title}",
                field=field,
                found=found,
                expected=f"{least} 至 {most} 个字",
            )
        )


def _ask(decision: Decision, actor: Actor, number: str, step: str) -> None:
    if not decision:
        audit.record(
            actor=actor.name,
            action="campaign.refused",
            thing=f"campaign:{number[:12]}",
            detail={"step": step},
        )
        raise CampaignRefused(Fault(code="not_allowed", message=decision.because))
