"""Clues by the API: scope, masks, cursor, tag, steps, full view, export."""

from __future__ import annotations

import io
import json

import pytest
from openpyxl import load_workbook

from shujian.accounts.read import Role
from shujian.clues.models import Clue
from shujian.clues.tests.factories import ID, NAME, hit
from shujian.faces.api.tests.script import deeds, enter, problem, refusal
from shujian.faces.plain.tests.test_pages import fill

pytestmark = pytest.mark.django_db


def test_the_list_is_masked_and_on_record() -> None:
    number, script = fill(), enter(Role.CBR)
    told = script.get("/clues?state=C1").json()
    assert [row["id"] for row in told["items"]] == [number] and told["total"] == 1 and told["next"] is None
    assert ID not in json.dumps(told, ensure_ascii=False) and told["items"][0]["subject_masked"]
    assert [(one.actor, one.object) for one in deeds("clue.list")] == [("demo", "clues:state=C1")]


def test_pages_are_stable_while_clues_are_added() -> None:
    fill(*(hit(n) for n in range(1, 6)))
    script = enter(Role.CBR)
    first = script.get("/clues?limit=2").json()
    fill(hit(9))
    second = script.get(f"/clues?limit=2&cursor={first['next']}").json()
    third = script.get(f"/clues?limit=2&cursor={second['next']}").json()
    found = [row["id"] for page in (first, second, third) for row in page["items"]]
    assert found == [f"XS{one.pk:06d}" for one in Clue.objects.order_by("-id")][1:] and third["next"] is None


def test_a_cursor_of_another_person_question_or_hand_is_refused() -> None:
    fill(*(hit(n) for n in range(1, 4)))
    script = enter(Role.CBR)
    mark = script.get("/clues?limit=1").json()["next"]
    problem(
        enter(Role.BMFZR, name="other").get(f"/clues?limit=1&cursor={mark}"),
        400,
        "bad_cursor",
        "翻页标记不对",
    )
    problem(script.get(f"/clues?limit=1&state=C1&cursor={mark}"), 400, "bad_cursor")
    problem(script.get(f"/clues?cursor={mark[:-1]}x"), 400, "bad_cursor")
    problem(script.get("/clues?cursor=WyJuZXciLDAsMV0"), 400, "bad_cursor")
    assert script.get(f"/clues?limit=1&cursor={mark}").status_code == 200


def test_every_wrong_filter_is_named_at_once() -> None:
    script = enter(Role.CBR)
    told = problem(script.get("/clues?limit=0&since=gestern&order=x"), 400, "invalid")
    assert {(one["field"], one["message"]) for one in told["errors"]} == {
        ("since", "日期写法不对"), ("order", "不在可选的值里"), ("limit", "太小"),
    }  # fmt: skip
    told = problem(
        script.get("/clues?state=C77&grade=Z"), 400, "bad_filter", "比对等级不认识", "线索状态不认识"
    )
    assert [(one["field"], one["found"]) for one in told["errors"]] == [("grade", "Z"), ("state", "C77")]


def test_one_clue_with_its_tag_and_nothing_new_for_who_has_it() -> None:
    number, script = fill(), enter(Role.CBR)
    answer = script.get(f"/clues/{number}")
    told = answer.json()
    assert (told["id"], told["masked"], told["state"], told["may_unmask"]) == (number, True, "C1", True)
    assert ID not in answer.content.decode() and NAME not in answer.content.decode()
    assert [one["verb"] for one in told["actions"] if one["allowed"]] == ["sign", "return", "transfer"]
    again = script.get(f"/clues/{number}", If_None_Match=answer["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", answer["ETag"])
    assert len(deeds("clue.show")) == 2
    assert script.get(f"/clues/{number}", If_None_Match='"1"').status_code == 200


def test_what_one_may_not_know_of_looks_like_what_there_is_not() -> None:
    number, script = fill(), enter(Role.CBR, units=("民事检察部门",))
    foreign = script.get(f"/clues/{number}")
    problem(foreign, 404, "not_found", "没有找到")
    assert foreign.content == script.get("/clues/XS000999").content == script.get("/nothing").content
    assert [one.object for one in deeds("look.refused")] == [f"clue:{number}", "clue:XS000999"]
    problem(script.post(f"/clues/{number}/moves/sign", {}, If_Match='"1"'), 404, "not_found")


def test_a_step_rests_on_the_version_that_was_seen() -> None:
    number, script = fill(), enter(Role.CBR)
    seen = script.get(f"/clues/{number}")["ETag"]
    problem(script.post(f"/clues/{number}/moves/sign"), 428, "no_if_match", "If-Match")
    problem(script.post(f"/clues/{number}/moves/sign", If_Match="*"), 400, "bad_if_match")
    problem(script.post(f"/clues/{number}/moves/sign", If_Match='"99"'), 412, "stale", "刚刚被更新过")
    assert refusal() == (f"clue:{number}", {"codes": ["stale"], "operation": "clue_move", "status": 412})
    assert Clue.objects.get().state == "C1"
    done = script.post(f"/clues/{number}/moves/sign", If_Match=seen)
    assert done.status_code == 200 and done.json()["state"] == "C2"
    assert done["ETag"] == f'"{done.json()["revision"]}"'
    problem(
        script.post(f"/clues/{number}/moves/sign", If_Match=done["ETag"]),
        409,
        "not_now",
        "只有“待初核”的线索可以签收",
    )
    assert Clue.objects.get().state == "C2"
    told = problem(script.post(f"/clues/{number}/moves/exclude", If_Match=done["ETag"]), 400, "no_reason")
    assert [one["field"] for one in told["errors"]] == ["reason", "note"]
    problem(script.post(f"/clues/{number}/moves/fly", If_Match=done["ETag"]), 404, "not_found")
    problem(
        enter(Role.SJZT, name="shu").post(f"/clues/{number}/moves/need_data", If_Match=done["ETag"]),
        403,
        "not_allowed",
    )


def test_the_full_view_needs_a_reason_and_goes_on_record_first() -> None:
    number, script = fill(), enter(Role.CBR)
    problem(script.post(f"/clues/{number}/unmask", {"reason": "看"}), 400, "no_reason", "事由")
    assert deeds("clue.unmask") == []
    answer = script.post(f"/clues/{number}/unmask", {"reason": "核对身份证号"})
    assert (
        answer.status_code == 200 and ID in answer.content.decode() and answer["Cache-Control"] == "no-store"
    )
    assert [json.loads(one.detail)["reason"] for one in deeds("clue.unmask")] == ["核对身份证号"]
    problem(
        script.post(f"/clues/{number}/unmask", {"reason": "核对身份证号"}, Idempotency_Key="k" * 12),
        400,
        "key_not_taken",
    )
    assert ID not in script.get(f"/clues/{number}").content.decode()


def test_the_sheet_is_for_who_may_export_and_on_record() -> None:
    number, script = fill(), enter(Role.CBR)
    answer = script.get("/clues/export?state=C1")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    cells = [
        cell.value for row in load_workbook(io.BytesIO(answer.content)).active.iter_rows() for cell in row
    ]
    assert number in cells and ID not in cells
    assert [(one.actor, one.object) for one in deeds("clue.export")] == [("demo", "clues:state=C1")]
    problem(enter(Role.ZL, name="zhu").get("/clues/export"), 404, "not_found")
