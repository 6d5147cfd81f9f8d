"""Pages: closed to strangers, masked, escaped, without script, and honest about what may be done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from shujian.accounts.models import User
from shujian.accounts.read import Role
from shujian.audit import read as audit
from shujian.clues import service
from shujian.clues.models import Clue
from shujian.clues.tests.factories import ID, NAME, evidence, hit, result
from shujian.clues.tests.people import HOUSE, PASSWORD, account
from shujian.faces import service as faces
from shujian.faces.plain.tests.entering import enter

pytestmark = pytest.mark.django_db


def fill(*hits: Any) -> str:
    with transaction.atomic():
        service.merge_hits(run="run-1", result=result(hits or [hit()]), judged=True)
    return f"XS{Clue.objects.order_by('id')[0].pk:06d}"


def text(answer: Any) -> str:
    return str(answer.content.decode())


def addresses() -> Iterator[str]:
    def walk(patterns: list[Any], prefix: str) -> Iterator[str]:
        for one in patterns:
            if isinstance(one, URLResolver) and not str(one.pattern).startswith("api/"):
                yield from walk(one.url_patterns, prefix + str(one.pattern))
            elif isinstance(one, URLPattern):
                yield "/" + prefix + re.sub(r"<[^>]+>", "sign", re.sub("<int:[^>]+>", "1", str(one.pattern)))

    return walk(get_resolver().url_patterns, "")


OPEN = {"/healthz", "/login/"}


@pytest.mark.parametrize("address", sorted(set(addresses()) - OPEN))
def test_every_address_is_closed_to_strangers(address: str) -> None:
    for method in ("get", "post"):
        answer = getattr(Client(), method)(address)
        assert answer.status_code in (302, 405), address
        if answer.status_code == 302:
            assert answer.headers["Location"].startswith("/login/")


def test_login_greets_refuses_and_lets_in() -> None:
    account("demo", Role.CBR)
    client = Client()
    assert "登录" in text(client.get("/login/?next=/clues/"))
    refused = client.post("/login/", {"username": "demo", "password": "x"})
    assert (refused.status_code, "账号或口令不正确" in text(refused)) == (403, True)
    entered = client.post("/login/", {"username": "demo", "password": PASSWORD, "next": "/clues/"})
    assert (entered.status_code, entered.headers["Location"]) == (302, "/clues/")
    device = entered.cookies["shujian_device"]
    assert device["httponly"] and device["samesite"] == "Lax"
    assert client.get("/login/").status_code == 302


@pytest.mark.parametrize(
    "onward", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil"]
)
def test_login_leads_nowhere_else(onward: str) -> None:
    account("demo", Role.CBR)
    entered = Client().post("/login/", {"username": "demo", "password": PASSWORD, "next": onward})
    assert entered.headers["Location"] == "/"


def test_logout_needs_a_post_and_ends_the_session() -> None:
    client = enter(Role.CBR)
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/").status_code == 302
    assert client.get("/").status_code == 302


def test_forms_need_their_token() -> None:
    account("demo", Role.CBR)
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/login/", {"username": "demo", "password": PASSWORD})
    assert (answer.status_code, "表单已失效" in text(answer)) == (403, True)


def test_a_one_time_password_is_changed_first() -> None:
    client = Client()
    account("demo", Role.CBR)
    User.objects.update(must_change=True)
    client.post("/login/", {"username": "demo", "password": PASSWORD})
    assert client.get("/clues/").headers["Location"] == "/password/"
    wrong = client.post("/password/", {"old": PASSWORD, "new": "kurz", "again": "kurz"})
    assert (wrong.status_code, "口令不足 10 个字符" in text(wrong)) == (400, True)
    told = {"old": PASSWORD, "new": "Neues-Wort-26", "again": "Neues-Wort-26"}
    assert client.post("/password/", told).headers["Location"] == "/"
    assert client.get("/clues/").status_code == 200


def test_the_banner_of_evaluation_mode_stands_on_every_page(own_home: Path) -> None:
    client, number = enter(Role.CBR), fill()
    (own_home / "evaluation.json").write_text('{"today": "2026-06-30", "rows": 1, "seed": 1}')
    for address in ("/", "/clues/", f"/clues/{number}/", "/models/", "/password/", "/nothing/"):
        assert "时钟停在 2026年6月30日" in text(client.get(address)), address
    assert "评估模式" in text(Client().get("/login/"))


def test_home_counts_and_links() -> None:
    client = enter(Role.CBR)
    assert "还没有线索" in text(client.get("/"))
    fill(hit(1), hit(2, grade="B"), hit(3, absence="unknown"))
    page = text(client.get("/"))
    assert "待核身份" in page and "数据不全" in page and "M08" in page and "数据日期" in page
    assert 'href="/clues/?state=C1"' in page


@pytest.mark.parametrize(
    "role", [Role.XZ, Role.GA, Role.DW, Role.ZYZ, Role.XTGL, Role.AQGL, Role.SJGL, Role.YJS]
)
def test_roles_without_clues_see_none_and_404(role: Role) -> None:
    client, number = enter(role), fill()
    home = text(client.get("/"))
    assert "没有需要您办理的事项" in home and "未见处分" not in home and 'href="/clues/"' not in home
    for address in ("/clues/", f"/clues/{number}/", f"/clues/{number}/print/"):
        assert client.get(address).status_code == 404
    assert client.post(f"/clues/{number}/move/sign/").status_code == 404
    assert client.post(f"/clues/{number}/unmask/", {"reason": "想看一看"}).status_code == 404
    assert Clue.objects.get().state == "C1"


def test_list_filters_pages_and_empty_states() -> None:
    client = enter(Role.CBR)
    fill(*(hit(n, grade="A" if n % 2 else "B") for n in range(1, 9)), *(
        replace(hit(n), subject_id=f"row:{n}") for n in range(9, 41)))  # fmt: skip
    first = text(client.get("/clues/"))
    assert "共 <b>40</b> 条" in first and first.count('class="clue-title"') == 30
    onward = re.search(r'rel="next" href="\?([^"]+)"', first)
    assert onward
    second = text(client.get("/clues/?" + onward[1].replace("&amp;", "&")))
    assert second.count('class="clue-title"') == 10 and "回到第一页" in second
    assert text(client.get("/clues/?grade=B")).count('class="clue-title"') == 4
    assert "没有符合条件的线索" in text(client.get("/clues/?state=C9"))
    wrong = client.get("/clues/?grade=Z&since=x")
    assert wrong.status_code == 400 and "发现日期不对" in text(wrong)


def test_one_clue_says_everything_and_hides_who() -> None:
    client, number = enter(Role.CBR), fill()
    page = text(client.get(f"/clues/{number}/"))
    for words in (
        "疑似", "A</b> 确认", "已证明没有", "《公职人员政务处分法》第 14 条", "起诉人员名册", "罪犯名册.xlsx", "工作表 Sheet1",
        "第 <b>3</b> 行", "batch-1", "ab" * 32, "向监委核对是否已立案", "缺失已证", "证据确实，系统推送归口单元", "数据日期 2026-06-30",
        "查询时段 2024-01-01 至 2026-06-30", "<mark>飞线</mark>", "一致", "不同",
    ):  # fmt: skip
        assert words in page, words
    assert NAME not in page and ID not in page and ID[:10] not in page
    assert "<script>" not in page and "&lt;script&gt;" in page
    assert not re.search(r"\son\w+=|style=", page)


def test_no_page_has_inline_style_or_script_and_the_policy_forbids_both() -> None:
    client, number = enter(Role.CBR), fill()
    for address in (
        "/",
        "/clues/",
        f"/clues/{number}/",
        f"/clues/{number}/print/",
        "/models/",
        "/models/convicted_staff/",
    ):
        answer = client.get(address)
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe" not in policy and "default-src 'none'" in policy
        assert answer.headers["Cache-Control"] == "no-store" and answer.headers["X-Frame-Options"] == "DENY"
        assert not re.search(
            r"<script(?! src=\"/static/plain/live)|<style|\sstyle=|\son\w+=|https?://(?!www\.w3\.org)",
            text(answer),
        ), address


def test_signing_excluding_and_looking_again() -> None:
    client, number = enter(Role.CBR, Role.BMFZR), fill()
    assert "已办理" in text(client.post(f"/clues/{number}/move/sign/", {"revision": "1"}, follow=True))
    refused = client.post(f"/clues/{number}/move/exclude/", {"revision": "2", "reason": "", "note": "已核"})
    page = text(refused)
    assert refused.status_code == 400 and "请选择排除理由" in page and ">已核</textarea>" in page
    told = {"revision": "2", "reason": "same_name", "note": "<b>同名异人</b>，证件号不同"}
    page = text(client.post(f"/clues/{number}/move/exclude/", told, follow=True))
    assert "已排除" in page and "同名异人：&lt;b&gt;同名异人" in page
    page = text(
        client.post(f"/clues/{number}/move/reopen/", {"revision": "3", "note": "补充了新的证据"}, follow=True)
    )
    assert "复查（已排除 → 初核中）" in page


def test_what_is_not_allowed_is_refused_with_its_reason() -> None:
    client, number = enter(Role.JCZ), fill()
    page = text(client.get(f"/clues/{number}/"))
    assert "签收由归口单元的部门负责人、承办检察官办理" in page and f"/clues/{number}/move/sign/" not in page
    answer = client.post(f"/clues/{number}/move/sign/")
    assert (answer.status_code, Clue.objects.get().state) == (403, "C1")
    assert client.get(f"/clues/{number}/move/sign/").status_code == 405


def test_unmasking_asks_why_shows_once_and_is_on_record() -> None:
    client, number = enter(Role.CBR), fill()
    assert "须写明事由" in text(client.post(f"/clues/{number}/unmask/", {"reason": ""}, follow=True))
    page = text(client.post(f"/clues/{number}/unmask/", {"reason": "核对身份证号"}))
    assert ID in page and NAME in page and "事由：核对身份证号" in page
    assert ID not in text(client.get(f"/clues/{number}/"))
    assert "clue.unmask" in [entry.action for entry in audit.entries()]


def test_every_look_at_a_clue_is_on_record() -> None:
    client, number = enter(Role.CBR), fill()
    for address, action in (
        ("/clues/?grade=A", "clue.list"),
        (f"/clues/{number}/", "clue.show"),
        (f"/clues/{number}/print/", "clue.print"),
    ):
        client.get(address)
        entry = audit.entries(limit=1)[0]
        assert (entry.actor, entry.action) == ("demo", action)


def test_a_changed_ground_is_told_on_the_page() -> None:
    client, number = enter(Role.CBR), fill(hit(1), hit(2))
    with transaction.atomic():
        service.merge_hits(run="run-2", result=result([hit(2)]), judged=True)
    page = text(client.get(f"/clues/{number}/"))
    assert "依据已变。" in page and "重新运行后不再命中" in page and "run-2" in page
    assert '<a class="tile alert" href="/clues/?mark=ground">' in text(client.get("/"))
    assert "依据已变" in text(client.get("/clues/?mark=ground"))


def test_evidence_that_no_longer_counts_is_marked() -> None:
    client, number = enter(Role.CBR), fill(replace(hit(), evidence=(evidence(1), evidence(5))))
    with transaction.atomic():
        service.merge_hits(run="run-2", result=result([hit()]), judged=True)
    assert "最近一次运行未再出现" in text(client.get(f"/clues/{number}/"))


def test_models_say_what_they_do() -> None:
    client = enter(Role.SJZT)
    page = text(client.get("/models/"))
    assert "M08" in page and "涉刑在编人员未处分" in page and "还没有运行过" in page
    fill()
    page = text(client.get("/models/M08/"))
    for words in (
        "公职人员政务处分法",
        "同名异人",
        "核查清单",
        "完整表述",
        "用到的数据",
        "两份名单按身份碰撞",
        '<svg xmlns="http://www.w3.org/2000/svg"',
        "处分办理期",
        "应当命中",
    ):
        assert words in page, words
    assert "&lt;svg" not in page and "<style" not in page and "style=" not in page
    alone = faces.model_page("M08")
    assert alone.startswith("<!doctype html>") and "命中 1，推送" in alone and "涉刑在编人员未处分" in alone
    assert not re.search(r"(src|href|url)\s*[=(]\s*[\"']?(https?:|/)", alone) and "<script>" not in alone
    assert NAME not in alone and ID not in alone
    assert client.get("/models/nothing/").status_code == 404


def test_the_audit_page_is_for_the_audit_administrator() -> None:
    client = enter(Role.SJGL, units=())
    page = text(client.get("/audit/?verify=1"))
    assert "审计链完整" in page and "account.signed_in" in page
    assert enter(Role.JCZ, name="jcz").get("/audit/").status_code == 404
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET actor = 'x' WHERE seq = 1")
    assert "审计链在第 1 条断开" in text(client.get("/audit/?verify=1"))


def test_what_does_not_exist_says_so_kindly() -> None:
    client = enter(Role.CBR)
    for address in ("/nothing/", "/clues/XS999999/", "/clues/..%2f/", "/clues/abc/"):
        answer = client.get(address)
        assert answer.status_code == 404 and "没有找到" in text(answer)


def test_a_broken_page_keeps_its_trace_to_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    client = enter(Role.CBR)
    client.raise_request_exception = False
    monkeypatch.setattr("shujian.clues.read.funnel", lambda actor: 1 / 0)
    answer = client.get("/")
    assert (
        answer.status_code == 500 and "系统出错了" in text(answer) and "ZeroDivisionError" not in text(answer)
    )


def test_the_page_names_the_house() -> None:
    assert HOUSE in text(enter(Role.CBR).get("/"))
