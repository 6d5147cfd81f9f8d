"""The pages of the desk: every act by a form without script, refusals on the page, nothing of a person in clear."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from shujian.accounts.read import Role
from shujian.audit import read as audit
from shujian.clues import looking, service
from shujian.clues.models import Clue
from shujian.clues.tests.factories import ID, NAME, UNIT, evidence, hit, result
from shujian.clues.tests.people import account
from shujian.clues.tests.test_papers import PDF, PLACE, jpeg
from shujian.faces.plain.tests.entering import enter
from shujian.kernel.clock import today

pytestmark = pytest.mark.django_db
WHY = "等待调取档案材料"


def merge(*hits: Any) -> list[str]:
    with transaction.atomic():
        service.merge_hits(run="run-1", result=result(hits or [hit()]), judged=True)
    return [f"XS{pk:06d}" for pk in Clue.objects.order_by("pk").values_list("pk", flat=True)]


def text(answer: Any) -> str:
    return str(answer.content.decode())


def post(client: Client, number: str, act: str, **told: Any) -> Any:
    return client.post(f"/clues/{number}/desk/{act}/", told, follow=True)


def test_a_day_at_the_desk() -> None:
    client, (number, other) = enter(Role.CBR), merge(hit(1, evidence=(evidence(1), evidence(2))), hit(2))
    account("far", Role.CBR, units=["民事检察部门"])
    day = (today() + timedelta(days=3)).isoformat()
    page = text(post(client, number, "snooze", until=day, note=WHY, revision="1"))
    assert "已暂缓到" in page and f"暂缓至 {day}" in page
    assert "已结束暂缓" in text(post(client, number, "wake"))
    assert "批注" in text(post(client, number, "comment", text=f"{NAME}已搬走")) and Clue.objects.count() == 2
    page = text(post(client, number, "help-on", username="far", note="请协助核对"))
    assert "协办：示例far" in page and "示某某已搬走" in page and NAME not in page and ID not in page
    assert f"已并入 {other}" in text(post(client, number, "join", members=other, note="同一家单位的事"))
    assert f'已并入 <a href="/clues/{number}/">' in text(client.get(f"/clues/{other}/"))
    assert "恢复原来的样子" in text(post(client, other, "unjoin", note="核对后是两件事"))
    assert "已分出" in text(
        post(client, number, "split", rows=["2"], title="疑似另一处", note="地点不同另一件事")
    )
    part = f"XS{Clue.objects.latest('pk').pk:06d}"
    assert f"已收回到 {number}" in text(post(client, part, "unsplit", note="还是同一件事"))
    page = text(post(client, number, "object", who="示例某本人", text="已受过处分"))
    assert "有异议" in page and "?mark=objected" in text(client.get("/"))
    page = text(
        post(enter(Role.BMFZR, name="head"), number, "answer", verdict="rejected", note="处分系另一事实")
    )
    assert "异议不成立" in page and "<script>" not in page


def test_a_refused_act_says_why_keeps_what_was_typed_and_changes_nothing() -> None:
    client, (number,) = enter(Role.CBR), merge()
    before = list(Clue.objects.values())
    answer = post(client, number, "snooze", until="2020-01-01", note=WHY)
    assert answer.status_code == 400 and "暂缓到哪一天不对" in text(answer) and WHY in text(answer)
    assert audit.entries(limit=2)[0].action == "clue.refused" and list(Clue.objects.values()) == before
    assert post(client, number, "nothing").status_code == 404
    assert post(client, "XS000999", "wake").status_code == 404
    assert enter(Role.CBR, name="c", csrf=True).post(f"/clues/{number}/desk/wake/").status_code == 403
    watcher = enter(Role.AG, name="ag")
    assert post(watcher, number, "snooze", until="2099-01-01", note=WHY).status_code == 403
    assert "确认暂缓" not in text(watcher.get(f"/clues/{number}/"))


def test_papers_come_in_cleaned_and_go_out_on_record() -> None:
    client, (number,) = enter(Role.CBR), merge()
    sent = SimpleUploadedFile("x.pdf", jpeg())
    page = text(client.post(f"/clues/{number}/files/", {"file": sent, "says": "现场"}, follow=True))
    assert "已去除" in page and "x.pdf.jpg" in page
    file = Clue.objects.get().files.get().pk
    answer = client.post(f"/clues/{number}/files/{file}/")
    assert (answer["Content-Type"], PLACE in answer.content) == ("image/jpeg", False)
    assert answer["Content-Disposition"].startswith("attachment;") and answer["Cache-Control"] == "no-store"
    for body in (b"", PDF[:-7], b"PK\x05\x06" + b"\0" * 18):
        refused = client.post(f"/clues/{number}/files/", {"file": SimpleUploadedFile("a.pdf", body)})
        assert refused.status_code == 400
    assert client.post(f"/clues/{number}/files/", {}).status_code == 400
    hub = enter(Role.AG, name="hub")
    assert hub.post(f"/clues/{number}/files/{file}/").status_code == 403
    assert "打开（记入审计）" not in text(hub.get(f"/clues/{number}/"))
    page = text(post(client, number, "unfile", file=str(file), note="放错了地方"))
    assert "已撤下附件" in page and "还没有附件" in page


def test_many_at_once_is_previewed_confirmed_and_told() -> None:
    client, numbers = enter(Role.CBR), merge(hit(1), hit(2), hit(3, grade="B"))
    page = text(client.get("/clues/bulk/?verb=sign"))
    assert page.count('name="pick"') == 2 and "只有“待初核”的线索可以签收" in page
    picks = [f"{number}:1" for number in numbers]
    page = text(client.post("/clues/bulk/", {"verb": "sign", "step": "preview", "all": picks, "whole": "1"}))
    assert (
        "将有 2 条签收，1 条不变" in page
        and "确认签收 2 条" in page
        and Clue.objects.filter(state="C2").count() == 0
    )
    Clue.objects.filter(pk=int(numbers[1][2:])).update(revision=9)
    page = text(client.post("/clues/bulk/", {"verb": "sign", "step": "do", "pick": picks[:2]}))
    assert "已签收 1 条，1 条没有变" in page and "刚刚被更新过" in page
    told = {"verb": "exclude", "step": "do", "pick": f"{numbers[0]}:2", "reason": "", "note": "核实过了身份"}
    answer = client.post("/clues/bulk/", told)
    assert answer.status_code == 400 and "请选择排除理由" in text(answer) and "核实过了身份" in text(answer)
    assert client.post("/clues/bulk/", {"verb": "push", "step": "do", "pick": picks}).status_code == 400
    assert "请选择线索" in text(client.post("/clues/bulk/", {"verb": "sign", "step": "preview"}))
    assert "没有可选的线索" in text(client.get("/clues/bulk/?text=没有这个"))
    assert enter(Role.SJGL, name="sj").get("/clues/bulk/").status_code == 404


def test_the_queues_show_their_rows_and_their_emptiness(monkeypatch: pytest.MonkeyPatch) -> None:
    client, head = enter(Role.CBR), enter(Role.BMFZR, name="head")
    assert "没有待核身份的线索" in text(client.get("/clues/identity/"))
    (number,) = merge(hit(1, grade="B"))
    page = text(client.get("/clues/identity/"))
    assert number in page and "身份证号" in page and NAME not in page and ID not in page
    assert client.get("/clues/identity/?grade=Z").status_code == 400
    assert client.get("/clues/second-look/").status_code == 404
    assert "没有等待抽查的线索" in text(head.get("/clues/second-look/"))
    monkeypatch.setattr(looking, "falls", lambda *_: True)
    client.post(f"/clues/{number}/move/exclude/", {"reason": "same_name", "note": "另有其人在册"})
    assert number in text(head.get("/clues/second-look/"))
    assert "被系统随机抽中" in text(head.get(f"/clues/{number}/"))
    page = text(post(head, number, "look", verdict="disagree", note="调档核对过了"))
    assert "初核中" in page and "已记下抽查结论" in page


def test_a_clue_is_typed_in_and_a_list_is_handed_over() -> None:
    client = enter(Role.CBR)
    told = {
        "title": "疑似违规占地", "content": "有人反映占地", "came_from": "群众来电", "came_on": "2020-05-01", "unit": UNIT,
        "subject_kind": "地点", "subject": "<script>示例村", "subject_no": "", "region": "", "strength": "",
    }  # fmt: skip
    page = text(client.post("/clues/new/", told, follow=True))
    assert (
        "录入 1 条" in page
        and "人工录入" in page
        and "&lt;script&gt;示例村" in page
        and "<script>" not in page
    )
    bad = client.post("/clues/new/", {**told, "title": "短", "came_on": "x"})
    assert (
        bad.status_code == 400
        and "线索标题" in text(bad)
        and "日期不对" in text(bad)
        and "有人反映占地" in text(bad)
    )
    head = "标题,内容,来源,收到日期,归口单元,主体类别\n"
    row = f"疑似欠缴出让金,示例公司拖欠,群众来信,2020-05-01,{UNIT},事项\n"
    sent = SimpleUploadedFile("清单.csv", (head + row).encode())
    assert "录入 1 条" in text(client.post("/clues/new/", {"list": "1", "file": sent}, follow=True))
    sent = SimpleUploadedFile("清单.csv", (head + row + row.replace("事项", "谁")).encode())
    answer = client.post("/clues/new/", {"list": "1", "file": sent})
    assert answer.status_code == 400 and "清单.csv 第 3 行" in text(answer) and Clue.objects.count() == 2
    assert client.post("/clues/new/", {"list": "1"}).status_code == 400
    assert "人工录入" in text(client.get("/")) and "/models/by_hand" not in text(client.get("/"))
    assert enter(Role.FGLD, name="fg").get("/clues/new/").status_code == 404
