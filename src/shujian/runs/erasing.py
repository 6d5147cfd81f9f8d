"""Erasure through the whole house: the lake first, then the clues, the runs and the database file; then the audit."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet

from shujian.audit import read as audit_read
from shujian.audit import service as audit
from shujian.clues import read as clues_read
from shujian.clues import service as clues
from shujian.kernel.errors import BadInput, Fault, FaultList, GuardRefused, Unavailable
from shujian.kernel.progress import Progress
from shujian.lake import service as lake
from shujian.lake.read import ErasurePlan, Forgotten, Gone, Target
from shujian.matching.normalise import id_card
from shujian.runs.models import Run

_WORDS_AT_MOST = 200


def target_of(
    *,
    person: str | None = None,
    subject_key: str | None = None,
    batch: str | None = None,
    rows: Mapping[str, Sequence[str]] | None = None,
) -> Target:
    """What is meant by exactly one of these. ``person``: a typed number in any form.

    Raises BadInput for none or several, for a number that fails its check, for an unknown subject.
    """
    told = [one for one in (person, subject_key, batch, rows) if one]
    if len(told) != 1:
        raise BadInput(
            Fault(code="one_target", message="要删除的对象须写一种，且只写一种", found=f"{len(told)} 种",
                  expected="--person、--subject、--batch、--row 之一")
        )  # fmt: skip
    if person:
        return Target("person", person=_number(person))
    if subject_key:
        return _of_subject(subject_key)
    if batch:
        return Target("batch", batch=batch)
    return Target("rows", rows={name: frozenset(ids) for name, ids in (rows or {}).items()})


def _number(typed: str) -> str:
    key = id_card.parse(typed).key
    if key is None:
        raise BadInput(
            Fault(code="bad_subject", message="号码校验不对或有掩码，不能凭它删除任何人", field="--person",
                  expected="完整有效的身份证号码（18 位或 15 位）")
        )  # fmt: skip
    return key


def _of_subject(subject_key: str) -> Target:
    subject = clues_read.subject(subject_key)
    key = id_card.parse(subject.plain).key if subject.plain else None
    if key:
        return Target("person", person=key)
    return Target("rows", rows={name: frozenset(ids) for name, ids in subject.rows.items()})


def plan_erasure(target: Target, *, actor: str) -> ErasurePlan:
    """What would go; nothing is touched, but that somebody asked is on record."""
    plan = lake.plan_erasure(target)
    audit.record(actor=actor, action="lake.erase_plan", thing="erasure:plan", detail={"scope": plan.scope})
    return plan


def erase(
    target: Target,
    *,
    actor: str,
    reason: str,
    approver: str,
    basis: str = "",
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Take rows away everywhere and answer the destruction record.

    Raises GuardRefused without a reason or an approver, or where an erasure was left behind; Unavailable while
    somebody writes to the lake.
    """
    check_order(reason, approver, basis)
    order = lake.Order(target, reason.strip(), approver.strip(), actor, basis.strip())
    return _recorded(lake.carry_out(order, _rooms, progress=progress), actor)


def retain(*, actor: str, approver: str, progress: Progress | None = None) -> dict[str, Any] | None:
    """Take what is past its time out of the lake and answer the record; None where nothing is due.

    Raises GuardRefused without an approver, or where an erasure was left behind; Unavailable while the lake is busy.
    """
    target = lake.retention_target(lake.due())
    if target is None:
        return None
    basis = "数据源协议约定的留存期限；未约定的按参数 retention.default_months"
    return erase(target, actor=actor, reason="留存期满", approver=approver, basis=basis, progress=progress)


def resume_erasure(*, actor: str, progress: Progress | None = None) -> dict[str, Any] | None:
    """Finish the erasure that was left behind and answer its record; None where there is none."""
    record = lake.take_up(_rooms, progress=progress)
    return _recorded(record, actor) if record else None


def lift_erasure(number: str, *, actor: str, reason: str) -> int:
    """Let what one erasure took away come again; answers how many persons or files. Raises BadInput, GuardRefused."""
    check_order(reason, "-", "")
    lifted = lake.lift(number, reason.strip(), actor)
    audit.record(
        actor=actor, action="lake.erase_lift", thing=f"erasure:{number}",
        detail={"lifted": lifted, "reason": reason.strip()},
    )  # fmt: skip
    return lifted


def check_order(reason: str, approver: str, basis: str) -> None:
    """Raises GuardRefused where a word is missing, too long, or holds a number."""
    faults = FaultList()
    for field, told, what in (("--reason", reason, "事由"), ("--approver", approver, "批准人")):
        if not told.strip():
            faults.add(Fault(code="no_reason", message=f"销毁须写明{what}", field=field))
    for field, told in (("--reason", reason), ("--approver", approver), ("--basis", basis)):
        if len(told) > _WORDS_AT_MOST:
            faults.add(
                Fault(code="too_long", message="写得太长", field=field, found=f"{len(told)} 字",
                      expected=f"至多 {_WORDS_AT_MOST} 字")
            )  # fmt: skip
        if any(id_card.parse(word).key for word in told.split()):
            faults.add(Fault(code="personal_data", message="销毁记录里不得写身份证号码", field=field))
    faults.raise_if_any(GuardRefused)


def _recorded(record: dict[str, Any], actor: str) -> dict[str, Any]:
    """One audit entry for one record, however often the end of the work was reached."""
    thing = f"erasure:{record['number']}"
    if not audit_read.history(thing, actions=("lake.erase",), limit=1):
        detail = {
            "kind": record["kind"], "scope": record["scope"], "sm3": record["sm3"],
            "rows": sum(one["rows"] for one in record["datasets"]),
            "stores": {one["store"]: one["removed"] for one in record["stores"]},
        }  # fmt: skip
        audit.record(actor=actor, action="lake.erase", thing=thing, detail=detail)
    return record


def _rooms(outcome: lake.Outcome) -> list[Forgotten]:
    """What each room removed. Retention of the lake leaves the clues to their own rules."""
    lost_ones = Run.objects.filter(snapshot__in=outcome.snapshots_lost).order_by("id")
    _forget_judged(lost_ones.filter(frozen__contains='"judged":'))
    runs = list(lost_ones.values_list("id", flat=True))
    lost = Forgotten(
        "runs", "模型运行", len(runs), 0,
        "运行记录不含个人信息，予以保留；所依据的快照已清除，不能再重放" if runs else "", {"runs": runs},
    )  # fmt: skip
    if outcome.kind == "retention":
        return [lost]
    with transaction.atomic():
        _secure()
        answers = [clues.erase(outcome.gone, outcome.person), _texts_of_runs(outcome.gone)]
    return [*answers, lost, _database()]


def _forget_judged(runs: QuerySet[Run]) -> None:
    """A run that can be replayed no more keeps no row ids of those whom people judged."""
    for run in runs.iterator(chunk_size=200):
        told = json.loads(run.frozen)
        if told.pop("judged", None) is not None:
            run.frozen = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
            run.save(update_fields=["frozen"])


def _texts_of_runs(gone: Gone) -> Forgotten:
    """Warnings and step notes of runs are words of models; a number in them would be an accident, and goes."""
    found = 0
    for run in Run.objects.all().iterator(chunk_size=500):
        told = {name: getattr(run, name) for name in ("warnings", "steps")}
        if gone.hits(str(told)):
            found += 1
            run.warnings, run.steps = [], []
            run.save(update_fields=["warnings", "steps"])
    return Forgotten("run_texts", "运行提示", found, found)


def _secure() -> None:
    """Deleted bytes are overwritten at once."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def _database() -> Forgotten:
    """Nothing that was deleted stays in free pages or in the write-ahead log."""
    if connection.in_atomic_block:
        return Forgotten("database", "业务数据库", note="在事务之中，未整理空闲页")
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                for statement in (
                    "PRAGMA wal_checkpoint(TRUNCATE)",
                    "VACUUM",
                    "PRAGMA wal_checkpoint(TRUNCATE)",
                ):
                    cursor.execute(statement)
                return Forgotten("database", "业务数据库", note="已整理，空闲页和预写日志不留旧内容")
            cursor.execute("VACUUM FULL clues_clue, clues_clueevidence, clues_cluenote")
    except OperationalError as error:
        raise Unavailable(
            Fault(code="database_busy", message="业务数据库正被使用，删除后的空闲页还没有整理；请稍后（或停掉服务后）继续",
                  found=str(error)[:120], expected="shujian lake erase --resume")
        ) from error  # fmt: skip
    return Forgotten("database", "业务数据库", note="已整理；预写日志按数据库自己的期限清除")
