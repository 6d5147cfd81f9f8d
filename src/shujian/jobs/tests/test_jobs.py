"""One job for one key, nothing of what rolled back, tried again later and later, put aside at exactly the limit."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from shujian.accounts.read import Actor, Role, shell_actor
from shujian.audit import read as audit
from shujian.jobs import read, running, service
from shujian.jobs.errors import JobRefused, JobUnknown
from shujian.jobs.kinds import kinds, work_of
from shujian.jobs.limits import limits
from shujian.jobs.models import Job, State
from shujian.jobs.tests.conftest import Doer
from shujian.jobs.worker import Worker
from shujian.kernel.clock import now
from shujian.kernel.errors import BadInput, Fault, GuardRefused

pytestmark = pytest.mark.django_db
WHY = "原因已经排除"


def put(key: str = "k1", **told: Any) -> int:
    return service.enqueue("test.do", {"number": 7}, key=key, **told)


def make_due(number: int) -> datetime:
    """Let the wait of a job be over; answers when it would have been."""
    job = Job.objects.get(pk=number)
    due = job.due_at
    past = now() - timedelta(seconds=1)
    Job.objects.filter(pk=number).update(due_at=past)
    DBTaskResult.objects.filter(pk=str(job.task)).update(run_after=past)
    return due


def fail_all(number: int, worker: Worker) -> None:
    while Job.objects.get(pk=number).state == State.WAITING:
        make_due(number)
        assert worker.one()


def test_a_job_is_done_once_for_one_key(doer: Doer) -> None:
    number = put()
    assert put() == number and put("k2") != number
    assert Worker().drain() == 2
    assert doer.seen == [{"number": 7}, {"number": 7}]
    told = read.job(number)
    assert (told.state, told.says, told.attempts, told.title) == ("done", "第 1 次", 1, "试做")
    assert put() == number and Worker().drain() == 0, "a key stands for its job also after it was done"


def test_what_rolls_back_never_runs(doer: Doer) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        put()
        raise RuntimeError
    assert Worker().drain() == 0 and doer.seen == [] and read.jobs() == []
    assert DBTaskResult.objects.count() == 0


def test_nothing_runs_before_its_time(doer: Doer) -> None:
    put(due=now() + timedelta(hours=1))
    assert Worker().drain() == 0 and doer.seen == []


def test_the_wait_doubles_and_the_limit_is_exact(doer: Doer) -> None:
    doer.fails = 99
    number, worker, waits = put(), Worker(), []
    for attempt in range(1, 5):
        before = now()
        assert worker.one()
        told = read.job(number)
        assert (told.state, told.attempts) == ("waiting", attempt)
        waits.append(round((make_due(number) - before).total_seconds()))
    assert waits == [30, 60, 120, 240]
    assert worker.one()
    told = read.job(number)
    assert (told.state, told.attempts, len(doer.seen)) == ("quarantined", 5, 5)
    assert "ValueError" in told.error and "示例甲" not in told.error and "9999991990" not in told.error
    assert audit.entries(limit=1)[0].action == "jobs.quarantined"
    assert service.sweep(now() + timedelta(days=9)) == 0 and worker.drain() == 0 and len(doer.seen) == 5
    assert not DBTaskResult.objects.filter(traceback__contains="示例甲").exists()


def test_the_wait_has_a_top() -> None:
    held = limits()
    assert [held.wait(n).total_seconds() for n in (1, 7, 8, 400)] == [30, 1920, 3600, 3600]


def test_our_own_errors_are_told_without_what_was_found(doer: Doer) -> None:
    error = GuardRefused(Fault(code="not_now", message="证号 99999919900101001X 不能用", found="示例甲"))
    assert running.told_of(error) == "证号 … 不能用（not_now）"


def test_retry_by_hand_works_and_is_on_record(doer: Doer) -> None:
    doer.fails = 5
    number, worker = put(), Worker()
    with pytest.raises(JobRefused, match="只有已隔离的可以"):
        service.retry(actor=shell_actor(), number=number, reason=WHY)
    fail_all(number, worker)
    assert read.job(number).state == "quarantined"
    clerk = Actor("clerk", "示例", id=1, roles=frozenset({Role.CBR}))
    admin = Actor("admin", "示例", id=2, roles=frozenset({Role.XTGL}))
    for actor, reason, error in ((clerk, WHY, JobRefused), (admin, "短", BadInput)):
        with pytest.raises(error):
            service.retry(actor=actor, number=number, reason=reason)
    service.retry(actor=admin, number=number, reason=WHY)
    entry = audit.entries(limit=1)[0]
    assert (entry.actor, entry.action, entry.detail["reason"]) == ("admin", "jobs.retry", WHY)
    assert worker.drain() == 1
    told = read.job(number)
    assert (told.state, told.attempts, told.error, len(doer.seen)) == ("done", 1, "", 6)
    with pytest.raises(JobUnknown):
        service.retry(actor=admin, number=10**30, reason=WHY)


def test_what_is_given_up_is_not_run(doer: Doer) -> None:
    number = put()
    service.drop(actor=shell_actor(), number=number, reason=WHY)
    assert Worker().drain() == 0 and doer.seen == [] and read.job(number).state == "dropped"
    with pytest.raises(JobRefused):
        service.drop(actor=shell_actor(), number=number, reason=WHY)


def test_a_lost_worker_costs_an_attempt_and_may_not_report_any_more(doer: Doer) -> None:
    """Its lease is over: another attempt is made; the first one, still alive, changes nothing."""
    number = put()
    job = Job.objects.get()
    held = limits()
    first = running._begin(number, UUID(str(job.task)), "w1", held)
    assert first is not None and running._begin(number, UUID(str(job.task)), "w2", held) is None
    assert service.sweep() == 0
    assert service.sweep(now() + held.lease + timedelta(seconds=1)) == 1
    told = read.job(number)
    assert (told.state, told.attempts, told.error) == ("waiting", 1, running.LOST)
    running._end(first, held, says="太晚")
    assert read.job(number).state == "waiting"
    make_due(number)
    assert Worker().drain() == 1 and read.job(number).says == "第 1 次"


def test_an_attempt_claimed_and_never_begun_is_put_in_line_again(doer: Doer) -> None:
    number = put()
    DBTaskResult.objects.get().claim("w1")
    assert Worker().drain() == 0
    later = now() + limits().lease + timedelta(seconds=2)
    assert service.sweep(later) == 1 and Worker().drain() == 1
    assert (read.job(number).state, read.job(number).attempts) == ("done", 1)


def test_a_job_that_kills_its_worker_is_put_aside_as_well(doer: Doer) -> None:
    number, held = put(), limits()
    for _ in range(5):
        make_due(number)
        assert running._begin(number, UUID(str(Job.objects.get().task)), "w", held)
        service.sweep(now() + held.lease * 2)
    assert (read.job(number).state, read.job(number).error) == ("quarantined", running.LOST)


def test_arguments_are_plain_and_no_persons_numbers() -> None:
    for value in ("99999919900101001X", "10012345678", ["x"], 1.5, "长" * 201, 999999199001010011):
        with pytest.raises(ValueError):
            service.enqueue("test.do", {"it": value}, key="x")  # type: ignore[dict-item]


def test_regular_work_is_put_in_line_once_a_slot(doer: Doer) -> None:
    service.offer(*(replace(one, every=10) for one in kinds() if one.name == "test.do"))
    at = datetime.fromisoformat("2026-06-30T08:00:00+00:00")
    others = sum(bool(one.every) for one in kinds()) - 1
    assert service.keep_the_hours(at) == others + 1 and service.keep_the_hours(at) == 0
    assert service.keep_the_hours(at + timedelta(minutes=10)) == 0, "the last one still waits"
    worker = Worker()
    Job.objects.exclude(name="test.do").delete()
    assert worker.drain()
    assert doer.seen == [{}]
    assert service.keep_the_hours(at + timedelta(minutes=9)) == others
    assert service.keep_the_hours(at + timedelta(minutes=10)) == 1


def test_an_unknown_kind_is_put_aside_with_a_sentence() -> None:
    number = service.enqueue("gone.kind", {}, key="g")
    fail_all(number, Worker())
    assert read.job(number).error == "这个版本没有这种后台任务（unknown_work）"


def test_old_records_go_and_what_is_put_aside_stays(doer: Doer) -> None:
    done, aside = put("a"), put("b")
    Worker().drain()
    Job.objects.update(ended_at=now() - timedelta(days=31))
    Job.objects.filter(pk=aside).update(state=State.QUARANTINED)
    assert service.prune({}) == "清除 1 条已结束的任务记录"
    assert [one.number for one in read.jobs()] == [aside] and done != aside


def test_every_kind_of_work_that_the_house_offers_can_be_found() -> None:
    for kind in kinds():
        assert callable(work_of(kind.name)), kind.path
