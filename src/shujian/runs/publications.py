"""发布: a version of a model is what its fingerprint says; one person proposes it, another lets it pass.

A model that was never published runs by hand as before. From its first publication on, only the version that was let
pass last runs: a changed file runs again after it was published again. Regular runs ask for a published version.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shujian.accounts.read import Actor, colleague
from shujian.audit import service as audit
from shujian.kernel.clock import now
from shujian.kernel.errors import BadInput, Fault, GuardRefused
from shujian.kernel.events import publish
from shujian.runs.events import PublicationAsked, PublicationDecided
from shujian.runs.models import Publication
from shujian.runs.policy import may_let_pass, may_manage_runs
from shujian.supervision import read as supervision

VERDICTS = {"passed": "已发布", "refused": "不同意发布", "": "等待另一个人确认"}


@dataclass(frozen=True)
class PublicationTold:
    """One proposal and what became of it. ``current``: the file still says the same."""

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


def propose(*, actor: Actor, model: str, why: str) -> int:
    """Propose the present version of a model; answers the proposal's number. Raises BadInput, GuardRefused."""
    _ask(may_manage_runs(actor), actor, "model.propose", model)
    spec, told = supervision.model(model), _words(why)
    fingerprint = supervision.fingerprint(spec.id)
    if spec.status in ("draft", "retired"):
        raise _no(
            "not_ready", f"“{spec.title}”是{'草稿' if spec.status == 'draft' else '停用'}的模型，不能发布"
        )
    with transaction.atomic():
        if published(spec.id) == fingerprint:
            raise _no("published_already", "这个版本已经发布")
        if Publication.objects.filter(model=spec.id, verdict="").exists():
            raise _no("waiting", "这个模型已有一个版本在等待确认")
        made = Publication.objects.create(
            model=spec.id, fingerprint=fingerprint, by=actor.name, at=now(), why=told
        )
        audit.record(
            actor=actor.name, action="model.propose", thing=f"model:{spec.id}", detail={"fingerprint": fingerprint, "proposal": made.pk}
        )  # fmt: skip
        publish(PublicationAsked(made.pk, spec.id, spec.title, actor.id))
    return made.pk


def decide(*, actor: Actor, number: int, passed: bool, why: str) -> str:
    """Let a proposed version pass, or not; answers the model. Raises BadInput, GuardRefused."""
    with transaction.atomic():
        found = Publication.objects.select_for_update().filter(pk=number, verdict="").first()
        if found is None:
            raise BadInput(Fault(code="no_proposal", message="没有等待确认的发布", found=str(number)[:20]))
        refused = may_let_pass(actor, found.by)
        if refused and passed and supervision.fingerprint(found.model) != found.fingerprint:
            raise _no("changed_since", "提出之后模型文件又改过，请重新提出")
        if refused:
            told = _words(why)
            found.verdict, found.second = "passed" if passed else "refused", actor.name
            found.second_at, found.second_why = now(), told
            found.save()
            audit.record(
                actor=actor.name, action="model.publish" if passed else "model.publish_refused", thing=f"model:{found.model}",
                detail={"fingerprint": found.fingerprint, "proposal": found.pk, "proposed_by": found.by},
            )  # fmt: skip
            first = colleague(found.by)
            publish(
                PublicationDecided(
                    found.pk, found.model, _title(found.model), passed, first.id if first else None
                )
            )
    _ask(refused, actor, "model.publish", found.model)
    return found.model


def published(model: str) -> str | None:
    """The fingerprint of the version that was let pass last; None where the model was never published."""
    found = Publication.objects.filter(model=model, verdict="passed").order_by("-second_at", "-pk").first()
    return found.fingerprint if found else None


def require_published(model: str, *, always: bool = False) -> None:
    """Raise GuardRefused where another version was published; with ``always`` also where none was."""
    passed = published(model)
    if passed is None and not always:
        return
    if passed != supervision.fingerprint(model):
        told = "模型改过以后还没有发布" if passed else "模型还没有发布"
        raise GuardRefused(
            Fault(
                code="not_published", message=told, field=model, found=supervision.fingerprint(model)[:16],
                expected=f"先提出发布（shujian model propose {model}），由另一个人在网页上确认",
            )
        )  # fmt: skip


def publications(limit: int = 100) -> list[PublicationTold]:
    """Proposals, newest first."""
    return [
        PublicationTold(
            one.pk, one.model, one.fingerprint, one.by, one.at, one.why, VERDICTS[one.verdict], one.second, one.second_at,
            one.second_why, _present(one.model) == one.fingerprint,
        )
        for one in Publication.objects.order_by("-pk")[:limit]
    ]  # fmt: skip


def _present(model: str) -> str | None:
    try:
        return supervision.fingerprint(model)
    except BadInput:
        return None


def _title(model: str) -> str:
    try:
        return supervision.model(model).title
    except BadInput:
        return model


def _ask(decision: object, actor: Actor, action: str, model: str) -> None:
    """Raise where the answer is no; the attempt stays on record."""
    if not decision:
        audit.record(
            actor=actor.name, action="run.refused", thing=f"model:{model[:80]}", detail={"step": action}
        )
        raise _no("not_allowed", getattr(decision, "because", ""))


def _words(why: str) -> str:
    told = why.strip()
    if not 4 <= len(told) <= 400:
        raise BadInput(
            Fault(
                code="no_reason",
                message="请写明理由",
                field="why",
                found=f"{len(told)} 个字",
                expected="4 至 400 个字",
            )
        )
    return told


def _no(code: str, message: str) -> GuardRefused:
    return GuardRefused(Fault(code=code, message=message))
