"""Pages of accounts, duty, second factor and reasons: from making an account to entering, step by step as people do."""

from __future__ import annotations

import base64
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shujian.accounts.factor import _totp
from shujian.accounts.models import Absence, User
from shujian.accounts.read import Role
from shujian.audit import read as audit
from shujian.clues.tests.factories import ID, hit
from shujian.clues.tests.people import HOUSE, PASSWORD, account
from shujian.faces.plain.tests.entering import enter
from shujian.faces.plain.tests.test_pages import fill, text
from shujian.kernel.clock import now, today

pytestmark = pytest.mark.django_db
NEW = {
    "username": "zhang",
    "display": "示例张",
    "agency": HOUSE,
    "kind": "procuratorate",
    "roles": ["CBR"],
    "units": "行政检察部门",
}


def test_from_a_new_account_to_the_first_page(settings: Any) -> None:
    settings.SECOND_FACTOR = False
    system, security = enter(Role.XTGL, name="xitong"), enter(Role.AQGL, name="anquan")
    assert system.post("/people/new/", NEW).status_code == 302
    assert "由另一名安全管理员确认" in text(system.get("/people/"))
    number = re.search(r"/people/requests/(\d+)/", text(security.get("/people/")))
    assert number
    assert system.post(number[0], {"confirm": "1"}).status_code == 404
    told = text(security.post(number[0], {"confirm": "1"}))
    password = re.search(r'<p class="mono">(.+?)</p>', told)
    assert password
    settings.SECOND_FACTOR = True
    client = Client()
    client.post("/login/", {"username": "zhang", "password": password[1]})
    assert client.get("/clues/").headers["Location"] == "/password/"
    client.post("/password/", {"old": password[1], "new": "Neues-Wort-26", "again": "Neues-Wort-26"})
    assert client.get("/clues/").headers["Location"] == "/factor/"
    key = re.search(r'<p class="mono">([A-Z2-7 ]+)</p>', text(client.get("/factor/")))
    assert key
    totp = _totp(base64.b32decode(key[1].replace(" ", "")))
    assert "动态码不正确" in text(client.post("/factor/", {"code": "abc"}))
    at = int(now().timestamp())
    page = text(client.post("/factor/", {"code": totp.generate(at - 30).decode()}))
    codes = re.findall(r"<li>([0-9A-Z]{5}-[0-9A-Z]{5})</li>", page)
    assert len(codes) == 10 and client.get("/clues/").status_code == 200
    # the next time: name, password, and then the code
    later = Client()
    assert (
        later.post("/login/", {"username": "zhang", "password": "Neues-Wort-26"}).headers["Location"]
        == "/login/second/"
    )
    assert later.get("/clues/").headers["Location"].startswith("/login/?next")
    refused = later.post("/login/second/", {"code": "000000"})
    assert (refused.status_code, "动态码不正确" in text(refused)) == (403, True)
    assert later.post("/login/second/", {"code": codes[0]}).headers["Location"] == "/"
    assert later.get("/clues/").status_code == 200
    assert Client().get("/login/second/").headers["Location"] == "/login/"


def test_a_third_session_ends_the_first() -> None:
    account("demo", Role.CBR)
    clients = [Client() for _ in range(3)]
    for client in clients:
        client.post("/login/", {"username": "demo", "password": PASSWORD})
    assert [client.get("/clues/").status_code for client in clients] == [302, 200, 200]
    clients[2].post("/logout/")
    assert [client.get("/clues/").status_code for client in clients] == [302, 200, 302]


def test_switched_off_and_reset_on_the_page() -> None:
    account("wang", Role.CBR)
    system, security = enter(Role.XTGL, name="xitong"), enter(Role.AQGL, name="anquan")
    working = Client()
    working.post("/login/", {"username": "wang", "password": PASSWORD})
    assert working.get("/clues/").status_code == 200
    system.post("/people/of/wang/switch/", {"on": "0", "why": "调离本院"})
    assert working.get("/clues/").status_code == 302
    assert "已停用：调离本院" in text(security.get("/people/of/wang/"))
    assert "只显示这一次" in text(security.post("/people/of/wang/reset/"))
    assert "不能管理自己的账号" in text(security.post("/people/of/anquan/reset/", follow=True))
    assert security.get("/people/of/nobody/").status_code == 404
    page = text(enter(Role.SJGL, name="shenji").get("/people/sign-ins/?actor=wang"))
    assert "登录" in page and "wang" in page


def test_faults_of_the_form_are_told_and_what_was_typed_is_kept() -> None:
    system = enter(Role.XTGL, name="xitong")
    answer = system.post("/people/new/", {**NEW, "username": "Zhang", "roles": ["XTGL", "CBR"]})
    page = text(answer)
    assert answer.status_code == 400 and "三员互不兼任" in page and "账号名用小写字母开头" in page
    assert 'value="示例张"' in page and 'value="XTGL" checked' in page


def test_roles_are_proposed_with_scope_and_level() -> None:
    account("wang", Role.CBR)
    system, security = enter(Role.XTGL, name="xitong"), enter(Role.AQGL, name="anquan")
    told = {"roles": ["FGLD"], "reach-FGLD": "unit", "level-FGLD": "1", "units": "行政检察部门"}
    assert "已提出" in text(system.post("/people/of/wang/roles/", told, follow=True))
    page = text(security.get("/people/"))
    assert "分管副检察长（本部门，字段到中）" in page


def test_leave_and_deputy_from_the_page() -> None:
    fill(hit())
    head, other = enter(Role.BMFZR, name="fuze"), enter(Role.CBR, name="li", units=["民事检察部门"])
    assert "共 0" in text(other.get("/clues/")) or "XS" not in text(other.get("/clues/"))
    day = today().isoformat()
    told = {"username": "fuze", "from_on": day, "to_on": day, "deputy": "li"}
    assert "已登记" in text(head.post("/duty/absence/", told, follow=True))
    assert "XS" in text(other.get("/clues/")) and "正在代理 示例fuze" in text(other.get("/"))
    row = Absence.objects.get()
    head.post(f"/duty/absence/{row.pk}/end/")
    assert "XS" not in text(other.get("/clues/"))
    assert "日期写法不对" in text(head.post("/duty/absence/", {**told, "to_on": "morgen"}, follow=True))


def test_recusal_from_the_page_shuts_the_clue_at_once() -> None:
    number = fill(hit())
    client, head = enter(Role.CBR, name="wang"), enter(Role.BMFZR, name="fuze")
    assert client.get(f"/clues/{number}/").status_code == 200
    told = {"username": "wang", "clue": number, "whole": "1", "ground": "party"}
    assert "已登记回避" in text(client.post("/duty/recusal/", told, follow=True))
    assert client.get(f"/clues/{number}/").status_code == 404
    assert number not in text(client.get("/clues/"))
    assert head.get(f"/clues/{number}/").status_code == 200
    why = text(client.get(f"/why/?clue={number}"))
    assert "禁02" in why and "您已回避" in why
    assert "没有这条线索" in text(client.post("/duty/recusal/", told, follow=True))


def test_why_tells_the_rule_and_nothing_of_what_is_not_theirs() -> None:
    number = fill(hit())
    own = text(enter(Role.CBR, name="wang").get(f"/why/?clue={number}"))
    assert "可以查看本部门待签收的和自己承办的线索" in own and "准04" in own
    foreign = enter(Role.CBR, name="li", units=["民事检察部门"])
    there, missing = (
        re.sub("XS0000..|csrf.*?>", "", text(foreign.get(f"/why/?clue={name}")))
        for name in (number, "XS000099")
    )
    assert "不在您的职责范围内" in there and there == missing
    chief = text(enter(Role.JCZ, name="jian").get("/why/?clue=XS000099"))
    assert "没有这条线索" in chief
    keeper = text(enter(Role.SJGL, name="shenji").get(f"/why/?clue={number}"))
    assert "禁01" in keeper
    row = text(enter(Role.ZL, name="zl").get("/why/?dataset=prosecuted_person"))
    assert "看得到的字段" in row and "超出您级别" in row


def test_what_was_done_is_on_record() -> None:
    system = enter(Role.XTGL, name="xitong")
    system.post("/people/new/", NEW)
    assert [entry.action for entry in audit.entries(limit=2)] == ["account.roles_proposed", "account.created"]
    assert User.objects.filter(username="zhang").exists()


def test_who_looked_is_told_to_the_auditor_and_the_head_and_to_nobody_else() -> None:
    number = fill(hit())
    reader, head = enter(Role.CBR, name="wang"), enter(Role.BMFZR, name="fuze")
    other, auditor = enter(Role.BMFZR, name="li", units=["民事检察部门"]), enter(Role.SJGL, name="shenji")
    reader.get(f"/clues/{int(number[2:])}/")  # however the number is typed
    reader.post(f"/clues/{number}/unmask/", {"reason": "核对身份 XS000001"})
    other.get(f"/clues/{number}/")
    for client in (head, auditor):
        page = text(client.get(f"/clues/{number}/looks/"))
        assert "示例wang（wang）" in page and "看完整信息" in page and "核对身份" in page
        assert "示例li（li）" in page and "（被拒绝）" in page
    assert other.get(f"/clues/{number}/looks/").status_code == 404
    assert reader.get(f"/clues/{number}/looks/").status_code == 404
    assert auditor.get(f"/clues/{number}/").status_code == 404
    assert "谁看过</a>" in text(head.get(f"/clues/{number}/")) and "谁看过</a>" not in text(
        reader.get(f"/clues/{number}/")
    )
    assert "没有人看过" in text(auditor.get("/audit/looks/?thing=XS000999"))
    assert "示例wang" in text(auditor.get(f"/audit/looks/?thing={number.lower()}"))


def test_curious_looks_are_shown_to_the_auditor_alone_and_that_is_on_record() -> None:
    number = fill(hit())
    system = enter(Role.XTGL, name="xitong")
    account("wang", Role.CBR)
    system.post("/people/of/wang/noted/", {"id_number": f"{ID[:-1]}1"})
    enter(Role.CBR, name="li", units=["民事检察部门"]).get(f"/clues/{number}/")
    enter(Role.CBR, name="zhao").get(f"/clues/{number}/")
    auditor = enter(Role.SJGL, name="shenji")
    page = text(auditor.get("/audit/curiosity/"))
    assert "职责范围以外" in page and "示例li（li）" in page
    assert "查看的是本院人员（账号 wang）" in page and "示例zhao（zhao）" in page
    assert "示例zhao（zhao）" not in text(auditor.get("/audit/curiosity/?kind=out_of_scope"))
    assert "没有提示" in text(auditor.get("/audit/curiosity/?since=2099-01-01"))
    assert audit.entries(limit=1)[0].action == "audit.curiosity"
    for role in (Role.JCZ, Role.AQGL):
        assert enter(role, name=f"x{role.lower()}").get("/audit/curiosity/").status_code == 404


def test_the_list_costs_few_queries_even_for_a_deputy() -> None:
    fill(hit())
    head, other = enter(Role.BMFZR, name="fuze"), enter(Role.CBR, name="li", units=["民事检察部门"])
    day = today().isoformat()
    head.post("/duty/absence/", {"username": "fuze", "from_on": day, "to_on": day, "deputy": "li"})
    with CaptureQueriesContext(connection) as asked:
        assert other.get("/clues/").status_code == 200
    reads = [one["sql"] for one in asked.captured_queries if one["sql"].startswith("SELECT")]
    assert len([sql for sql in reads if "accounts_" in sql]) <= 12
