"""Two-person publishing and regular runs: due by days and data, missed ones told, a purpose on each."""

from __future__ import annotations

import fcntl
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from shujian.accounts.read import Actor, Role, shell_actor
from shujian.audit import read as audit
from shujian.clues.tests.factories import hit, result
from shujian.clues.tests.people import account
from shujian.jobs import read as jobs
from shujian.kernel.errors import BadInput, Fault, GuardRefused, Unavailable
from shujian.kernel.events import subscribe
from shujian.runs import read, service
from shujian.runs.events import ScheduleFailed, ScheduleMissed
from shujian.runs.models import Publication, Run, Schedule, Tick
from shujian.runs.tests.fakes import Engine, put_in, snapshot
from shujian.supervision import read as supervision

pytestmark = pytest.mark.django_db
MODEL = "convicted_staff"
WHY = "参数已经核对过"
DAY = date(2026, 6, 1)


def at(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setenv("SHUJIAN_TODAY", day.isoformat())


def publish() -> Actor:
    second = account("second", Role.SJZT, units=())
    number = service.propose(actor=shell_actor(), model=MODEL, why=WHY)
    service.decide(actor=second, number=number, passed=True, why=WHY)
    return second


def schedule(**changes: Any) -> int:
    told: dict[str, Any] = {
        "starts": DAY, "every_days": 30, "on_batch": False, "purpose": "示例检行监〔2026〕1号", "purpose_until": date(2027, 1, 1),
    }  # fmt: skip
    return service.add_schedule(actor=shell_actor(), model="M08", **{**told, **changes})


def told() -> list[tuple[date, str]]:
    return list(Tick.objects.order_by("due", "pk").values_list("due", "state"))


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    at(monkeypatch, DAY)
    return put_in(monkeypatch, result([hit()]))


def test_a_version_is_let_pass_by_another_person_only() -> None:
    first, second = account("first", Role.SJZT, units=()), account("second", Role.FGLD, units=())
    clerk = account("clerk", Role.CBR)
    with pytest.raises(GuardRefused, match="数字检察专班提出"):
        service.propose(actor=clerk, model=MODEL, why=WHY)
    with pytest.raises(BadInput, match="写明理由"):
        service.propose(actor=first, model=MODEL, why="")
    number = service.propose(actor=first, model="M08", why=WHY)
    with pytest.raises(GuardRefused, match="等待确认"):
        service.propose(actor=second if False else first, model=MODEL, why=WHY)
    for actor, says in ((first, "不能自己确认"), (clerk, "自己的账号"), (shell_actor(), "自己的账号")):
        with pytest.raises(GuardRefused, match=says):
            service.decide(actor=actor, number=number, passed=True, why=WHY)
    assert read.published(MODEL) is None and audit.entries(limit=1)[0].action == "run.refused"
    assert service.decide(actor=second, number=number, passed=True, why=WHY) == MODEL
    assert read.published(MODEL) == supervision.fingerprint(MODEL)
    with pytest.raises(BadInput, match="没有等待确认"):
        service.decide(actor=second, number=number, passed=True, why=WHY)
    with pytest.raises(GuardRefused, match="已经发布"):
        service.propose(actor=first, model=MODEL, why=WHY)
    assert [one.verdict for one in read.publications()] == ["已发布"]


def test_a_refused_version_is_not_published_and_a_changed_one_cannot_pass() -> None:
    second = account("second", Role.SJZT, units=())
    number = service.propose(actor=shell_actor(), model=MODEL, why=WHY)
    Publication.objects.update(fingerprint="other")
    with pytest.raises(GuardRefused, match="又改过"):
        service.decide(actor=second, number=number, passed=True, why=WHY)
    service.decide(actor=second, number=number, passed=False, why="阈值还没有核对")
    assert read.published(MODEL) is None


def test_a_published_model_that_changed_does_not_run(engine: Engine) -> None:
    assert service.run_models([MODEL], actor="cli:t", purpose="p")
    publish()
    assert service.run_models([MODEL], actor="cli:t", purpose="p")
    Publication.objects.update(fingerprint="other")
    with pytest.raises(GuardRefused, match="还没有发布"):
        service.run_models([MODEL], actor="cli:t", purpose="p")
    assert Run.objects.count() == 2


def test_due_days_are_run_once_with_the_purpose_and_missed_ones_told(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish()
    schedule()
    assert [(model, tick.state) for model, tick in service.run_due()] == [(MODEL, "已运行")]
    assert service.run_due() == [] and read.notices() == []
    run = Run.objects.get()
    assert (run.purpose, run.actor) == ("示例检行监〔2026〕1号", f"schedule:{Schedule.objects.get().pk}")
    at(monkeypatch, DAY + timedelta(days=29))
    assert service.run_due() == []
    at(monkeypatch, DAY + timedelta(days=95))
    (model, says), *_ = read.notices()
    assert model == MODEL and says.startswith("2026-08-30 应当运行")
    assert [tick.due for _, tick in service.run_due()] == [DAY + timedelta(days=90)]
    assert told() == [(DAY + timedelta(days=30 * n), state) for n, state in enumerate(("done", "missed", "missed", "done"))]  # fmt: skip
    assert read.notices() == [] and read.schedules()[0].next_due == DAY + timedelta(days=120)


def test_new_data_make_it_due_once(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    publish()
    schedule(every_days=0, on_batch=True)
    assert len(service.run_due()) == 1 and service.run_due() == []
    pins = {name: replace(pin, version=2, rows=11) for name, pin in engine.pinned.datasets.items()}
    engine.pinned = replace(engine.pinned, datasets=pins)
    assert len(service.run_due()) == 1 and service.run_due() == []
    engine.pinned = snapshot(rows=0)
    assert service.run_due() == []


def test_a_day_and_new_data_together_are_one_run(engine: Engine) -> None:
    publish()
    schedule(on_batch=True)
    assert len(service.run_due()) == 1 and service.run_due() == [] and Run.objects.count() == 1


def test_a_failure_is_told_and_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, DAY)
    bad = GuardRefused(Fault(code="stale", message="数据太旧"))
    put_in(monkeypatch, bad, result([hit()]))
    publish()
    schedule()
    assert [tick.state for _, tick in service.run_due()] == ["没有成功"]
    assert "数据太旧" in read.notices()[0][1]
    assert [tick.state for _, tick in service.run_due()] == ["已运行"] and read.notices() == []


def test_what_was_cut_off_is_told_and_done_again(engine: Engine) -> None:
    publish()
    schedule()
    Tick.objects.create(
        schedule=Schedule.objects.get(), key=DAY.isoformat(), due=DAY, state="running", at=Schedule.objects.get().at
    )  # fmt: skip
    assert [tick.state for _, tick in service.run_due()] == ["已运行"] and told() == [(DAY, "done")]
    assert "run.scheduled_broken" in {entry.action for entry in audit.entries(limit=9)}


def test_no_run_past_its_purpose_or_unpublished(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    publish()
    schedule(purpose_until=DAY)
    Publication.objects.update(fingerprint="other")
    assert [tick.state for _, tick in service.run_due()] == ["没有成功"]
    at(monkeypatch, DAY + timedelta(days=1))
    assert service.run_due() == [] and "已于 2026-06-01 到期" in read.notices()[0][1]
    assert Run.objects.count() == 0


def test_bad_schedules_are_refused_with_every_fault(engine: Engine) -> None:
    with pytest.raises(GuardRefused, match="还没有发布"):
        schedule()
    second = publish()
    with pytest.raises(BadInput) as raised:
        schedule(every_days=0, purpose="", purpose_until=date(2020, 1, 1))
    assert {fault.code for fault in raised.value.faults} == {"bad_every", "no_purpose", "bad_day"}
    number = schedule()
    with pytest.raises(GuardRefused, match="已有定期运行"):
        schedule()
    with pytest.raises(GuardRefused, match="数字检察专班"):
        service.stop_schedule(actor=account("clerk", Role.CBR), number=number)
    service.stop_schedule(actor=second, number=number)
    assert service.run_due() == [] and read.schedules()[0].stopped
    with pytest.raises(BadInput, match="没有这个定期运行"):
        service.stop_schedule(actor=second, number=number)


def test_the_worker_makes_a_job_of_each_and_a_failure_is_put_aside_at_the_limit(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told once, however often it was tried; what was done by hand meanwhile is not done again."""
    heard: list[object] = []
    subscribe(ScheduleMissed, heard.append)
    subscribe(ScheduleFailed, heard.append)
    publish()
    number = schedule()
    at(monkeypatch, DAY + timedelta(days=30))
    assert service.enqueue_due({}) == service.enqueue_due({}) == "到期 1 个"
    (job,) = jobs.jobs(name="runs.schedule")
    due = (DAY + timedelta(days=30)).isoformat()
    assert job.arguments == {"schedule": number, "key": due, "due": due}
    assert heard == [ScheduleMissed(number, MODEL, DAY.isoformat())]
    assert service.run_scheduled(job.arguments).startswith("运行 run-")
    assert service.run_scheduled(job.arguments).startswith("已不用运行") and Run.objects.count() == 1
    assert service.run_due() == [] and told() == [(DAY, "missed"), (DAY + timedelta(days=30), "done")]
    at(monkeypatch, DAY + timedelta(days=60))
    Publication.objects.update(fingerprint="other")
    service.enqueue_due({})
    for _ in range(2):
        with pytest.raises(Unavailable, match="没有成功"):
            service.run_scheduled(jobs.jobs(name="runs.schedule")[0].arguments)
    assert service.enqueue_due({}) == "到期 1 个" and len(jobs.jobs(name="runs.schedule")) == 2
    failed = [one for one in heard if isinstance(one, ScheduleFailed)]
    assert len({one.once for one in failed}) == 1 and failed[0].state == "没有成功"


def test_two_timers_do_not_run_twice(engine: Engine, own_home: Path) -> None:
    publish()
    schedule()
    with (own_home / "schedules.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(Unavailable, match="正在进行"):
            service.run_due()
    assert len(service.run_due()) == 1
