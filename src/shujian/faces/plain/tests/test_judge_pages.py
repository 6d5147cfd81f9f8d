"""Judging on the clue's page: both sides compared, a form without script, the same rights and records as the command."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from shujian.accounts.read import Role
from shujian.audit import read as audit
from shujian.clues import read, service
from shujian.clues.models import Clue, Judgement
from shujian.clues.tests.factories import ID, NAME, hit, person, result
from shujian.clues.tests.people import account
from shujian.clues.tests.test_judging import doubtful, merge
from shujian.faces.plain.tests.entering import enter
from shujian.supervision.result import AbsenceFound

pytestmark = pytest.mark.django_db
WHY = "调取户籍档案核对过"


def number() -> str:
    return f"XS{Clue.objects.get().pk:06d}"


def text(answer: Any) -> str:
    return str(answer.content.decode())


def hidden(page: str, match: int = 1) -> dict[str, str]:
    """The fields that the form of one match sends along."""
    form = re.search(rf'<form [^>]*judge-form">.*?name="match" value="{match}">.*?</form>', page, re.DOTALL)
    assert form
    last = form[0][form[0].rindex("<form") :]
    return dict(re.findall(r'type="hidden" name="(match|left|right)" value="([^"]*)"', last))


def send(client: Client, verdict: str, at: int = 1, **changes: str) -> Any:
    fields = hidden(text(client.get(f"/clues/{number()}/")), at)
    told = {**fields, "verdict": verdict, "reason": WHY, **changes}
    return client.post(f"/clues/{number()}/judge/", told, follow=True)


def test_a_doubtful_pair_shows_both_sides_and_asks() -> None:
    merge(doubtful("b" * 32, "c" * 32))
    page = text(enter(Role.CBR).get(f"/clues/{number()}/"))
    for words in (
        "第 1 处",
        "B 级",
        "一方缺失",
        "左右两行是同一个人吗",
        "同一人",
        "不是同一人",
        "说不准",
        "理由（必填）",
    ):
        assert words in page, words
    assert page.count('class="form judge-form"') == 2
    assert page.count('<details class="judge" open>') == 1
    assert page.count('name="verdict"') == 6 and page.count("required minlength") >= 2
    assert NAME not in page and ID not in page and "<script>" not in page


def test_what_was_judged_is_told_with_who_when_and_why_and_can_be_undone() -> None:
    merge(doubtful("b" * 32))
    client = enter(Role.CBR)
    page = text(send(client, "different", reason=f"{NAME}（{ID}）另有其人"))
    made = Judgement.objects.get()
    code = f"RD{made.pk:06d}"
    assert (made.verdict, made.by) == ("different", "demo") and f"已记下认定 {code}" in page
    assert "人工认定：不是同一人" in page and "示例demo" in page and "依据已变。" in page
    assert "另有其人" in page and NAME not in page and ID not in page
    told = {"judgement": code, "reason": "认定有误，收回"}
    page = text(client.post(f"/clues/{number()}/judge/undo/", told, follow=True))
    assert "已撤销" in page and "依据已变。" not in page and "人工认定：" not in page
    assert "已被取代或撤销的认定（2 条）" in page and f"撤销 {code}" in page
    assert sorted(e.action for e in audit.entries() if e.action.startswith("subject.")) == [
        "subject.judge", "subject.undo",
    ]  # fmt: skip
    assert {e.actor for e in audit.entries() if e.action.startswith("subject.")} == {"demo"}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"verdict": "maybe"}, "请选择认定结论"),
        ({"reason": "好"}, "请写明理由"),
        ({"match": "9"}, "没有这一处比对"),
        ({"match": "x" * 9}, "没有这一处比对"),
    ],
)
def test_what_is_missing_is_named_and_what_was_typed_is_kept(changes: dict[str, str], says: str) -> None:
    merge(doubtful("b" * 32))
    client = enter(Role.CBR)
    answer = send(client, **{"verdict": "same", **changes})  # type: ignore[arg-type]
    assert answer.status_code == 400 and says in text(answer) and not Judgement.objects.exists()
    if "match" not in changes:
        assert f">{changes.get('reason', WHY)}</textarea>" in text(answer)


def test_another_pair_than_the_one_on_the_page_is_never_judged() -> None:
    merge(doubtful("b" * 32, "c" * 32))
    client = enter(Role.CBR)
    other = hidden(text(client.get(f"/clues/{number()}/")), 2)
    answer = send(client, "same", left=other["left"], right=other["right"])
    assert answer.status_code == 403 and "这处比对刚刚被更新过" in text(answer)
    assert not Judgement.objects.exists()


def test_who_may_not_judge_is_told_so_and_refused() -> None:
    merge(doubtful("b" * 32))
    client = enter(Role.JCZ)
    page = text(client.get(f"/clues/{number()}/"))
    assert "是否同一人由归口单元的" in page and "judge-form" not in page
    path = f"/clues/{number()}/judge/"
    told = {"match": "1", "verdict": "same", "reason": WHY}
    pair = service_pair()
    assert client.post(path, {**told, **pair}).status_code == 403
    outside = enter(Role.CBR, name="other", units=("刑事检察部门",))
    assert outside.post(path, {**told, **pair}).status_code == 404
    made = service.judge(actor=account("own", Role.CBR), number=number(), match=1, verdict="same", reason=WHY)
    undone = {"judgement": made, "reason": WHY}
    assert outside.post(f"{path}undo/", undone).status_code == 404
    assert client.post(f"{path}undo/", undone).status_code == 403
    assert client.get(path).status_code == 405
    assert Judgement.objects.count() == 1


def service_pair() -> dict[str, str]:
    (one,) = read.of_clue(person(Role.CBR), number()).matches
    return {"left": one.left, "right": one.right}


def test_the_forms_need_their_token() -> None:
    merge(doubtful("b" * 32))
    client = enter(Role.CBR, csrf=True)
    told = {"match": "1", "verdict": "same", "reason": WHY, **service_pair()}
    assert client.post(f"/clues/{number()}/judge/", told).status_code == 403
    page = client.get(f"/clues/{number()}/")
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', text(page))
    assert token and not Judgement.objects.exists()
    told["csrfmiddlewaretoken"] = token[1]
    assert client.post(f"/clues/{number()}/judge/", told).status_code == 302
    assert Judgement.objects.get().verdict == "same"


def test_the_print_says_what_was_judged_and_has_no_form() -> None:
    merge(doubtful("b" * 32))
    client = enter(Role.CBR)
    send(client, "same")
    page = text(client.get(f"/clues/{number()}/print/"))
    assert "人工认定：同一人" in page and "<form" not in page.split("<article", 1)[1]


def test_json_says_what_was_judged() -> None:
    merge(doubtful("b" * 32, "c" * 32))
    actor = account("own", Role.CBR)
    made = service.judge(actor=actor, number=number(), match=1, verdict="unsure", reason=WHY)
    detail, judged = read.clue(actor, number()), read.of_clue(actor, number()).matches
    first, second = read.clue_item(detail, judged)["judged"]
    told = (first["match"], first["standing"], first["judgement"], first["by"], first["reason"])
    assert told == (1, "unsure", made, "示例own", WHY)
    assert (second["match"], second["standing"], second["judgement"]) == (2, "none", None)
    assert len(read.clue_item(detail, judged)["matches"]) == 2


def candidate(verdict: str) -> Clue:
    """A sure match, and on the other list a record that may be the subject's: the latter is judged."""
    made = doubtful("b" * 32)
    asked = AbsenceFound("undisciplined", "discipline_record", "possible", None, None, "可能有")
    other = replace(made.matches[0], step="undisciplined", right="c" * 32)
    sure = hit(grade="A", absence="possible").matches[0]
    with transaction.atomic():
        hits = [replace(made, grade="A", absence="possible", matches=(sure, other), absences=(asked,))]
        service.merge_hits(run="run-1", result=result(hits), judged=True)
    send(enter(Role.CBR), verdict, at=2)
    return Clue.objects.get()


def test_a_record_that_may_be_missing_is_judged_the_other_way_round() -> None:
    """Found to be the subject's: nothing may be called missing. Not the subject's: the clue keeps its ground."""
    clue = candidate("same")
    assert clue.ground_changed and clue.ground_note.startswith("人工认定另一名册中的记录就是本人（RD")


def test_a_record_judged_another_s_takes_nothing_from_the_clue() -> None:
    clue = candidate("different")
    assert (clue.ground_changed, clue.held, clue.state) == (False, "possible", "C0")
