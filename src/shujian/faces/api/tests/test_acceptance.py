"""The whole way by script, as a colleague in another office would walk it: nothing but the API, one person after another."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import transaction

from shujian.accounts.read import Role
from shujian.clues import service
from shujian.clues.tests.factories import ID, UNIT, hit, result
from shujian.faces.api.tests.script import Script, deeds, enter, problem
from shujian.faces.plain.tests.test_pages import fill

pytestmark = pytest.mark.django_db
OTHER = "民事检察部门"


def step(script: Script, number: str, verb: str, **told: str) -> Any:
    """One step on the version that this person sees now, safe to send again."""
    seen = script.get(f"/clues/{number}")
    key = f"{number}-{verb}-{seen.json()['revision']}"
    answer = script.post(f"/clues/{number}/moves/{verb}", told, If_Match=seen["ETag"], Idempotency_Key=key)
    assert answer.status_code == 200, answer.json()
    return answer.json()


def test_push_sign_check_and_exclude_which_shows_in_the_precision() -> None:
    number = fill(hit(grade="B"))
    script, head = enter(Role.CBR), enter(Role.BMFZR, name="leiter")
    assert script.get(f"/clues/{number}").json()["state"] == "C0"
    before = head.get("/precision/convicted_staff").json()["whole"]
    assert (before["pushed"], before["judged"], before["per_cent"], before["low"]) == (0, 0, None, None)
    assert step(script, number, "push", note="已核对户籍信息，是同一人")["state"] == "C1"
    assert step(script, number, "sign")["state"] == "C2"
    assert step(script, number, "exclude", reason="same_name", note="经核实为同名异人")["state"] == "C9"
    told = script.get(f"/clues/{number}").json()
    assert (told["state_title"], told["exclusion_title"]) == ("已排除", "同名异人")
    assert [one["title"] for one in told["steps"]] == ["核实后推送", "签收", "排除"]
    after = head.get("/precision/convicted_staff").json()["whole"]
    assert (after["pushed"], after["signed"], after["true"], after["false"]) == (1, 1, 0, 1)
    assert (after["per_cent"], after["low"], after["high"]) == (0, 0, 79)
    assert script.get("/clues/counts").json()["states"]["C9"] == 1


def test_transfer_refer_inside_and_register_by_two_units_and_the_hub() -> None:
    number = fill()
    first, other = enter(Role.CBR), enter(Role.CBR, name="andere", units=(OTHER,))
    hub = enter(Role.AG, name="anguan")
    moved = step(first, number, "transfer", to=OTHER, note="应由该部门初核")
    assert moved["state"] is None and moved["revision"] is None, "转走之后本部门看不到"
    problem(first.get(f"/clues/{number}"), 404, "not_found")
    assert step(other, number, "sign")["state"] == "C2"
    assert step(other, number, "register", note="初核属实，有办案价值")["state"] == "C4"
    assert step(other, number, "assess")["state"] == "C5"
    assert step(other, number, "refer_inside", to=UNIT, note="属行政检察职责")["state"] == "C7"
    problem(first.get(f"/clues/{number}"), 404, "not_found")
    step(hub, number, "dispatch", to=UNIT, note="审核后同意移送")
    assert step(first, number, "accept")["state"] == "C5"
    told = first.get(f"/clues/{number}").json()
    assert (told["unit"], told["referred_from"], told["handler"], bool(told["registered_at"])) == (
        UNIT,
        OTHER,
        "示例demo",
        True,
    )


def test_a_second_person_publishes_a_model() -> None:
    special, head = enter(Role.SJZT), enter(Role.BMFZR, name="leiter")
    made = special.post("/publications", {"model": "convicted_staff", "why": "证明全部通过，申请发布"})
    number = made.json()["number"]
    assert made.status_code == 201
    decided = {"passed": True, "why": "已经复核过"}
    problem(special.post(f"/publications/{number}/decision", decided), 403, "not_allowed", "不能自己确认")
    assert [one["verdict"] for one in head.get("/publications").json()["items"]] == ["等待另一个人确认"]
    assert head.post(f"/publications/{number}/decision", decided).status_code == 200
    [told] = head.get("/publications").json()["items"]
    assert (told["verdict"], told["by"], told["second"], told["may_decide"]) == (
        "已发布",
        "demo",
        "leiter",
        False,
    )
    problem(
        special.post("/publications", {"model": "convicted_staff", "why": "再来一次发布"}),
        409,
        "published_already",
    )
    plan = {
        "model": "convicted_staff",
        "starts": "2099-01-01",
        "every_days": 7,
        "purpose": "示例检行监〔2026〕1号",
        "purpose_until": "2099-12-31",
    }
    assert special.post("/schedules", plan).status_code == 201
    assert [one["every_days"] for one in head.get("/schedules").json()["items"]] == [7]


def test_a_firm_whose_ground_is_gone_leaves_the_way_and_says_so() -> None:
    """The firm came back into the list that it seemed to miss: the next run no longer gives the clue."""
    number, script = fill(hit(subject_kind="org")), enter(Role.CBR)
    step(script, number, "sign")
    with transaction.atomic():
        service.merge_hits(run="run-2", result=result([]), judged=True)
    told = script.get("/clues?mark=ground").json()
    assert [(row["id"], row["ground_changed"], row["subject_kind"]) for row in told["items"]] == [
        (number, True, "org")
    ]
    seen = script.get(f"/clues/{number}")
    answer = script.post(
        f"/clues/{number}/moves/register", {"note": "初核属实，有办案价值"}, If_Match=seen["ETag"]
    )
    problem(answer, 403, "not_allowed", "依据已变")
    assert script.get("/clues/counts").json()["ground_changed"] == 1
    assert step(script, number, "exclude", reason="done", note="名单更正后已在册，核实无误")["state"] == "C9"


def test_an_auditor_finds_who_looked_and_reads_no_case() -> None:
    number, script, auditor = fill(), enter(Role.CBR), enter(Role.SJGL, name="shenji")
    stranger = enter(Role.CBR, name="fremd", units=(OTHER,))
    script.get(f"/clues/{number}")
    script.post(f"/clues/{number}/unmask", {"reason": "核对身份证号"})
    problem(stranger.get(f"/clues/{number}"), 404, "not_found")
    told = auditor.get(f"/clues/{number}/looks").json()["items"]
    found = [
        (one["actor"], one["look"], one["refused"], one["why"]) for one in told if one["actor"] != "shenji"
    ]
    assert found == [
        ("fremd", "clue.show", True, ""), ("fremd", "clue.show", False, ""), ("demo", "clue.unmask", False, "核对身份证号"),
        ("demo", "clue.show", False, ""),
    ]  # fmt: skip
    assert auditor.get(f"/audit/looks?thing={number}").json()["items"][2]["display"] in (
        "示例fremd",
        "示例demo",
        "示例shenji",
    )
    curious = auditor.get("/audit/curiosity?kind=out_of_scope").json()["items"]
    assert {(one["actor"], one["object"]) for one in curious} == {("fremd", f"clue:{number}")}
    problem(auditor.get(f"/clues/{number}"), 404, "not_found")
    checked = auditor.get("/audit/verification").json()
    assert checked["ok"] is True and checked["first_bad"] is None
    pages, cursor, seen = 0, "", []
    while cursor is not None and pages < 50:
        page = auditor.get(f"/audit?limit=3&cursor={cursor}").json()
        seen += [one["seq"] for one in page["items"]]
        pages, cursor = pages + 1, page["next"]
    assert seen == list(range(seen[0], 0, -1)) and ID not in json.dumps(
        [one.detail for one in deeds("clue.unmask")]
    )


def test_accounts_are_made_by_two_administrators_and_used() -> None:
    maker, guard = enter(Role.XTGL, name="xitong"), enter(Role.AQGL, name="anquan")
    house = next(one for one in maker.get("/accounts").json()["agencies"] if one["name"].startswith("示例"))
    body = {
        "username": "kollege",
        "display": "示例新人",
        "agency": house["name"],
        "kind": "procuratorate",
        "roles": ["CBR"],
        "units": [UNIT],
    }
    kinds = {one["title"]: one["code"] for one in maker.get("/accounts").json()["kinds"]}
    made = maker.post("/accounts", {**body, "kind": kinds[house["kind"]]})
    assert made.status_code == 201, made.json()
    problem(maker.post(f"/accounts/requests/{made.json()['number']}", {"confirm": True}), 404, "not_found")
    granted = guard.post(f"/accounts/requests/{made.json()['number']}", {"confirm": True}).json()
    newcomer = Script()
    assert newcomer.sign_in("kollege", granted["password"]).json()["must_change"] is True
    assert (
        newcomer.post("/me/password", {"old": granted["password"], "new": "Neues-Wort-26"}).status_code == 200
    )
    assert newcomer.get("/clues").status_code == 200
    assert guard.post("/accounts/kollege/reset").json()["password"]
    problem(newcomer.get("/clues"), 401, "not_signed_in")


def test_a_campaign_is_set_up_followed_and_reported() -> None:
    number, lead, script = fill(), enter(Role.JCZ, name="jianchazhang"), enter(Role.CBR)
    body = {
        "title": "示例涉刑在编专项", "purpose": "示例检行监〔2026〕1号", "starts": "2020-01-01", "ends": "2099-12-31",
        "models": ["convicted_staff"], "units": [UNIT], "targets": {"signed": 1},
    }  # fmt: skip
    problem(lead.post("/campaigns", {**body, "ends": "2000-01-01"}), 400, "bad_period", "起止日期不对")
    body["ends"] = "2022-01-01"
    made = lead.post("/campaigns", body, Idempotency_Key="one-campaign")
    assert made.content == lead.post("/campaigns", body, Idempotency_Key="one-campaign").content
    assert [one["number"] for one in script.get("/campaigns").json()["items"]] == [made.json()["number"]]
    told = script.get(f"/campaigns/{made.json()['number']}").json()
    assert (told["whole"]["found"], told["targets"][0]["reached"]) == (0, 0)
    report = lead.get(f"/campaigns/{made.json()['number']}/report")
    assert report["Content-Type"].endswith("wordprocessingml.document") and report.content[:2] == b"PK"
    problem(
        script.post(f"/campaigns/{made.json()['number']}/close", {"summary": "示例小结，全部办完了。"}),
        403,
        "not_allowed",
    )
    assert (
        lead.post(
            f"/campaigns/{made.json()['number']}/close", {"summary": "示例小结，全部办完了。"}
        ).status_code
        == 200
    )
    problem(
        lead.post(f"/campaigns/{made.json()['number']}/close", {"summary": "示例小结，全部办完了。"}),
        409,
        "closed",
    )
    assert number.startswith("XS")


def test_helpers_objections_and_why() -> None:
    number, script, friend = fill(), enter(Role.CBR), enter(Role.ZL, name="zhuli")
    step(script, number, "sign")
    problem(friend.get(f"/clues/{number}"), 404, "not_found")
    assert friend.get(f"/why?clue={number}").json()["answers"]["clue.read"]["allowed"] is False
    tag = script.get(f"/clues/{number}")["ETag"]
    done = script.post(f"/clues/{number}/helpers", {"username": "zhuli", "note": "请协助核对"}, If_Match=tag)
    assert (done.status_code, friend.get(f"/clues/{number}").status_code) == (200, 200)
    assert friend.post(f"/clues/{number}/comments", {"text": "名册已核对"}).status_code == 201
    beside = script.get(f"/clues/{number}/beside").json()["around"]
    assert [one["text"] for one in beside["comments"]] == ["名册已核对"] and beside["helpers"][0][
        "username"
    ] == "zhuli"
    objected = script.post(
        f"/clues/{number}/objections",
        {"who": "示例甲", "text": "我不是这个人，请核对"},
        If_Match=done["ETag"],
    )
    assert objected.status_code == 200, objected.json()
    refused = script.post(
        f"/clues/{number}/moves/register", {"note": "初核属实，有价值"}, If_Match=objected["ETag"]
    )
    problem(refused, 403, "not_allowed", "异议还没有答复")
