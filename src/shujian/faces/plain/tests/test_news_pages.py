"""消息 and 后台任务 as pages without a script: unread in the header, marked as read, retried with a reason."""

from __future__ import annotations

import pytest
from django.test import Client

from shujian.accounts.events import DeputyNamed
from shujian.accounts.models import User
from shujian.accounts.read import Role
from shujian.audit import read as audit
from shujian.clues import service as clues
from shujian.clues.models import Clue
from shujian.clues.tests.factories import hit, result
from shujian.faces.plain.tests.entering import enter
from shujian.faces.plain.tests.test_pages import text
from shujian.jobs import read as jobs
from shujian.jobs import service as jobs_service
from shujian.jobs.models import Job, State
from shujian.kernel.events import publish
from shujian.notify import service

pytestmark = pytest.mark.django_db
BADGE = 'data-unread aria-live="polite"'


def put_aside() -> int:
    number = jobs_service.enqueue("notify.deliver", {"n": 1}, key="x")
    Job.objects.filter(pk=number).update(state=State.QUARANTINED, attempts=5, error="程序出错：KeyError")
    return number


def test_news_are_listed_counted_and_marked() -> None:
    client = enter(Role.CBR)
    clues.merge_hits(run="run-1", result=result([hit(1)]), judged=True)
    service.deliver()
    number = f"XS{Clue.objects.get().pk:06d}"
    user = User.objects.get()
    publish(DeputyNamed(1, user.pk, "2026-06-01", "2026-06-02"))
    service.deliver()
    page = text(client.get("/news/"))
    assert "新推送线索 1 条" in page and "请您代理：2026-06-01 至 2026-06-02" in page
    assert f"{BADGE}>2</span>" in page and 'href="/clues/?unit=' in page and 'href="/duty/"' in page
    assert f"{BADGE}>2</span>" in text(client.get(f"/clues/{number}/")), "in the header of every page"
    page = text(client.post("/news/read/", {"seq": "2"}, follow=True))
    assert "已标为已读" in page and f"{BADGE}>1</span>" in page
    page = text(client.post("/news/read/", {"upto": "2"}, follow=True))
    assert f"{BADGE} hidden>0</span>" in page and "未读" not in page and "标为已读</button>" not in page
    for told in ({}, {"seq": "x"}, {"upto": "9" * 30}, {"seq": "-1"}):
        assert client.post("/news/read/", told).status_code == 302
    assert client.get("/news/?before=2").status_code == client.get("/news/?before=zz").status_code == 200
    assert "没有消息" in text(enter(Role.YJS, name="other").get("/news/"))
    assert Client().get("/news/").status_code == 302


def test_jobs_are_for_the_system_administrator_and_retried_with_a_reason() -> None:
    number = put_aside()
    admin = enter(Role.XTGL)
    page = text(admin.get("/jobs/"))
    assert "有 1 个任务已隔离" in page and "程序出错：KeyError" in page and "投递遗留的消息" in page
    assert "已隔离 1" in page and text(admin.get("/jobs/?state=done")).count("<tr>") == 0
    assert (
        "<b>n</b>" not in (page := text(admin.get(f"/jobs/{number}/")))
        and "n=1" in page
        and "重试</button>" in page
    )
    short = admin.post(f"/jobs/{number}/retry/", {"reason": "短"})
    assert short.status_code == 400 and "请写明理由" in text(short) and ">短</textarea>" in text(short)
    page = text(admin.post(f"/jobs/{number}/retry/", {"reason": "原因已经排除"}, follow=True))
    assert "已重新放入" in page and "重试</button>" not in page
    entry = audit.entries(limit=1)[0]
    assert (entry.actor, entry.action, entry.object) == ("demo", "jobs.retry", f"job:{number}")
    assert jobs.job(number).state == "waiting"
    again = admin.post(f"/jobs/{number}/retry/", {"reason": "原因已经排除"})
    assert again.status_code == 403 and "只有已隔离的可以" in text(again)
    assert "已放弃" in text(admin.post(f"/jobs/{number}/drop/", {"reason": "不再需要了"}, follow=True))
    for address in ("/jobs/999/", "/jobs/99999999999999999999/"):
        assert admin.get(address).status_code == 404
    assert admin.post(f"/jobs/{number}/explode/").status_code == 404
    for role in (Role.AQGL, Role.SJGL, Role.JCZ, Role.SJZT):
        other = enter(role, name=f"x{role.lower()}")
        assert other.get("/jobs/").status_code == other.get(f"/jobs/{number}/").status_code == 404
        assert other.post(f"/jobs/{number}/retry/", {"reason": "原因已经排除"}).status_code == 404
        assert "后台任务" not in text(other.get("/"))
