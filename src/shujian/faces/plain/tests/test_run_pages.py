"""Publishing by two people, regular runs, and what became of the clues, campaigns, on their pages."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from docx import Document

from shujian.accounts.read import Role
from shujian.campaigns.models import Campaign
from shujian.clues.tests.factories import UNIT
from shujian.clues.tests.people import PASSWORD, account
from shujian.clues.tests.test_precision import MODEL, false, true
from shujian.runs.models import Publication, Schedule

pytestmark = pytest.mark.django_db


def enter(name: str, *roles: Role) -> Client:
    account(name, *roles, units=())
    client = Client()
    client.post("/login/", {"username": name, "password": PASSWORD})
    return client


def post(client: Client, act: str, **told: str) -> Any:
    return client.post(f"/runs/{act}/", told, follow=True)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_one_proposes_another_lets_pass_then_it_is_scheduled() -> None:
    first, second = enter("first", Role.SJZT), enter("second", Role.FGLD)
    page = text(first.get("/runs/"))
    assert "还没有提出过发布" in page and "还没有安排定期运行" in page and "<script>" not in page
    page = text(post(first, "propose", model="convicted_staff", why="参数已经核对过"))
    assert "等待另一个人确认" in page and "不能自己确认" in page and "确认发布</span>" not in page
    number = str(Publication.objects.get().pk)
    refused = post(first, "decide", number=number, verdict="passed", why="参数已经核对过")
    assert refused.status_code == 403 and Publication.objects.get().verdict == ""
    plan = {
        "model": "convicted_staff",
        "starts": "2026-06-01",
        "every": "30",
        "purpose": "示例检行监〔2026〕1号",
        "until": "2099-01-01",
    }
    refused = post(first, "add", **plan)
    assert (
        refused.status_code == 403
        and "模型还没有发布" in text(refused)
        and "示例检行监〔2026〕1号" in text(refused)
    )
    assert "已发布" in text(post(second, "decide", number=number, verdict="passed", why="同意参数取值"))
    assert post(first, "add", **{**plan, "every": "x", "until": ""}).status_code == 400
    page = text(post(first, "add", **plan))
    assert "30 天一次" in page and "应当运行" in page and "应当运行" in text(first.get("/")) + page
    assert "数字检察专班提出" in text(second.get("/runs/"))
    assert post(second, "stop", number="1").status_code == 403
    assert "已停" in text(post(first, "stop", number=str(Schedule.objects.get().pk)))
    assert post(first, "nothing").status_code == 404


def test_who_has_no_business_there_finds_no_page() -> None:
    client = enter("clerk", Role.CBR)
    assert client.get("/runs/").status_code == 404
    assert client.post("/runs/propose/", {"model": "M08", "why": "想发布一下"}).status_code == 404
    assert Publication.objects.count() == 0


def test_outcomes_are_shown_and_a_suggestion_decided_on_the_page() -> None:
    team, head = enter("team", Role.SJZT), enter("head", Role.BMFZR)
    assert "还没有线索" in text(team.get("/precision/"))
    true(1, "飞线", start=0)
    false(12, "充电", start=20)
    page = text(head.get("/precision/"))
    assert "8%（1% 至 33%）" in page and "还没有数据" in page and f"/precision/{MODEL}/" in page
    page = text(head.get(f"/precision/{MODEL}/"))
    assert "建议停用：关键词“充电”" in page and "由数字检察专班的人用自己的账号决定" in page
    told = {"kind": "retire", "what": "充电", "verdict": "declined", "why": "季节原因再看一季"}
    assert head.post(f"/precision/{MODEL}/", told).status_code == 403
    assert team.post(f"/precision/{MODEL}/", {**told, "why": ""}).status_code == 400
    page = text(team.post(f"/precision/{MODEL}/", told, follow=True))
    assert "不采纳" in page and "建议停用：关键词" not in page and "<script>" not in page
    assert team.get("/precision/nothing/").status_code == 404
    assert enter("cbr", Role.CBR).get("/precision/").status_code == 404


def report(client: Client, number: str) -> str:
    """The words of a downloaded report."""
    answer = client.get(f"/campaigns/{number}/report/")
    assert answer.status_code == 200
    return "\n".join(one.text for one in Document(BytesIO(answer.content)).paragraphs)


def test_a_campaign_is_set_up_followed_and_closed_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHUJIAN_TODAY", "2026-07-01")
    account("unit", Role.CBR)
    leader = enter("leader", Role.JCZ)
    assert "没有专项" in text(leader.get("/campaigns/"))
    told = {
        "title": "涉刑未处分专项", "purpose": "示例1号", "starts": "2026-01-01", "ends": "2026-06-30", "models": MODEL,
        "units": UNIT, "target_filed": "3",
    }  # fmt: skip
    bad = leader.post("/campaigns/", {**told, "title": "", "target_filed": "x", "ends": ""})
    assert (
        bad.status_code == 400
        and "请写明专项名称" in text(bad)
        and "目标不对" in text(bad)
        and "起止日期不对" in text(bad)
    )
    page = text(leader.post("/campaigns/", told, follow=True))
    assert "立案：0 / 3（0%）" in page and "确认结项" in page and "<script>" not in page
    number = f"ZX{Campaign.objects.get().pk:04d}"
    assert "进展情况" in report(leader, number) and "尚未结项" in report(leader, number)
    assert leader.post(f"/campaigns/{number}/", {"summary": "短"}).status_code == 400
    assert "已结项" in text(
        leader.post(f"/campaigns/{number}/", {"summary": "共核查四条，建议常态监督。"}, follow=True)
    )
    told_of = report(leader, number)
    for words in (
        "结项报告",
        "共核查四条，建议常态监督。",
        "立案 0 件",
        "还没有判过的线索",
        "整改情况还没有数据",
    ):
        assert words in told_of, words
    clerk = Client()
    clerk.post("/login/", {"username": "unit", "password": PASSWORD})
    assert "已结项" in text(clerk.get("/campaigns/")) and "部署专项" not in text(clerk.get("/campaigns/"))
    assert clerk.post("/campaigns/", told).status_code == 403
    assert clerk.get("/campaigns/ZX9999/").status_code == 404 == clerk.get("/campaigns/x/report/").status_code
    assert enter("admin", Role.SJGL).get("/campaigns/").status_code == 404
