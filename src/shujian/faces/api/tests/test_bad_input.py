"""What nobody should send: a clear Chinese answer, nothing changed, and the record says so."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

from shujian.accounts.read import Role
from shujian.audit import read as audit
from shujian.clues.models import Clue, ClueComment, ClueFile
from shujian.clues.tests.factories import hit
from shujian.clues.tests.test_papers import jpeg, png
from shujian.faces.api.tests.script import Script, deeds, enter, problem, refusal
from shujian.faces.plain.tests.test_pages import fill

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "bad_json"), (b"\xff\xfe", "bad_json"), (b'{"text": NaN}', "bad_json"),
        (b'{"text": "a", "text": "b"}', "bad_json"), (b"[" * 100_000, "bad_json"),
        (b'{"text": ' + b"[" * 30 + b"]" * 30 + b"}", "bad_json"),
        (b'{"text": "a\\u0000b"}', "bad_character"), (b'{"text": "a\\ud800b"}', "bad_character"),
        (b'{"te\\ud800xt": "ab"}', "bad_character"), (b"[]", "invalid"), (b"null", "invalid"), (b'"text"', "invalid"), (b"{}", "invalid"),
        (b'{"text": 7}', "invalid"), (b'{"text": "abcd", "more": 1}', "invalid"), (b'{"text": "    "}', "bad_words"),
    ],
)  # fmt: skip
def test_a_body_that_is_none(body: bytes, code: str) -> None:
    number, script = fill(), enter(Role.CBR)
    told = problem(script.ask("POST", f"/clues/{number}/comments", body), 400, code)
    assert told["errors"][0]["message"] and ClueComment.objects.count() == 0
    thing, detail = refusal()
    assert (thing, detail["codes"], detail["status"]) == (f"clue:{number}", [code], 400)


def test_every_fault_of_a_body_is_told_at_once() -> None:
    script = enter(Role.SJZT)
    body = {
        "title": 7,
        "starts": "gestern",
        "ends": 20260101,
        "models": "M01",
        "targets": {"signed": -1},
        "mehr": True,
    }
    told = problem(script.post("/campaigns", body), 400, "invalid")
    assert {(one["field"], one["message"]) for one in told["errors"]} == {
        ("title", "应为文字"), ("purpose", "缺少这一项"), ("starts", "日期写法不对"), ("ends", "日期写法不对"),
        ("models", "应为列表"), ("units", "缺少这一项"), ("targets.signed", "太小"), ("mehr", "没有这一项"),
    }  # fmt: skip
    assert next(one for one in told["errors"] if one["field"] == "starts")["found"] == "gestern"
    assert next(one for one in told["errors"] if one["field"] == "targets.signed")["expected"] == "不小于 0"


def test_a_password_is_never_said_back() -> None:
    script = Script()
    script.sign_in("x")
    answer = script.post("/session", {"username": "x", "password": ["Geheim-Wort"]})
    problem(answer, 400, "invalid")
    assert b"Geheim" not in answer.content


def test_other_types_other_methods_and_other_addresses() -> None:
    number, script = fill(), enter(Role.CBR)
    form = script.client.post(
        f"/api/v1/clues/{number}/comments", {"text": "abcd"}, headers={"X-CSRFToken": script.csrf}
    )
    problem(form, 415, "bad_type", "application/json")
    problem(script.post(f"/clues/{number}/files", {"file": "x"}), 415, "bad_type", "multipart/form-data")
    wrong = script.ask("PUT", f"/clues/{number}")
    problem(wrong, 405, "bad_method")
    assert wrong["Allow"] == "GET"
    for address in ("/nothing", "/clues/", "/../../etc/passwd", "/clues/XS000001/nothing"):
        problem(script.get(address), 404, "not_found")
    problem(script.client.get("/api/"), 404, "not_found")
    problem(script.client.get("/api/v2/clues"), 404, "not_found")
    large = script.ask("POST", f"/clues/{number}/comments", b'{"text": "' + b"a" * 1_100_000 + b'"}')
    problem(large, 413, "too_large")
    assert ClueComment.objects.count() == 0


@pytest.mark.parametrize(
    "address",
    [
        "/clues/%00",
        "/clues?text=%00",
        "/clues?model=a%00b",
        "/models/%00",
        "/accounts/%ff%00",
        "/clues?text=%E2%80%AE",
    ],
)
def test_characters_that_no_room_can_store(address: str) -> None:
    problem(enter(Role.CBR).get(address), 400, "bad_character", "不能保存的字符")


@pytest.mark.parametrize(
    "number", ["XS9999999999999999999", "-1", "1' or '1'='1", "０", "x" * 3000, "%F0%9F%98%80", "XS000000"]
)
def test_a_number_that_is_none(number: str) -> None:
    fill()
    script = enter(Role.JCZ)
    problem(script.get(f"/clues/{number}"), 404, "not_found")
    problem(script.post(f"/clues/{number}/moves/sign", {}, If_Match='"1"'), 404, "not_found")


def test_a_foreign_or_wrong_id_in_a_body_changes_nothing() -> None:
    fill(hit(), hit(2))
    script = enter(Role.CBR)
    own, other = Clue.objects.order_by("id")
    Clue.objects.filter(pk=other.pk).update(unit="民事检察部门")
    number = f"XS{own.pk:06d}"
    tag = f'"{own.revision}"'
    for member in (f"XS{other.pk:06d}", "XS000999", "keine"):
        problem(
            script.post(
                f"/clues/{number}/members", {"members": [member], "note": "同一件事情"}, If_Match=tag
            ),
            404,
            "not_found",
        )
    told = problem(
        script.post(f"/clues/{number}/members", {"members": [number], "note": "同一件事情"}, If_Match=tag),
        400,
        "bad_members",
    )
    assert told["errors"][0]["field"] == "members"
    done = script.post(
        "/clues/bulk", {"verb": "sign", "picks": [{"number": f"XS{other.pk:06d}", "revision": 0}]}
    )
    assert done.json()["moved"] == [] and "没有这条线索" in done.json()["refused"][0]["because"]
    assert Clue.objects.filter(joined_to=None, state="C1").count() == 2
    assert {one.object for one in deeds("clue.refused")} >= {f"clue:{number}"}


def test_a_name_of_ten_thousand_characters() -> None:
    number, script = fill(), enter(Role.CBR)
    told = problem(script.post(f"/clues/{number}/comments", {"text": "长" * 10_000}), 400, "invalid")
    assert told["errors"][0] == {
        "code": "invalid", "field": "text", "found": "10000 个字", "expected": "5000 个字以内", "message": "太长", "file": None,
        "line": None,
    }  # fmt: skip
    sent = script.send(f"/clues/{number}/files", "长" * 10_000 + ".txt", "示例".encode())
    assert sent.status_code in (201, 400) and all(len(one.sha256) == 64 for one in ClueFile.objects.all())
    administrator = enter(Role.XTGL, name="verwalter")
    body = {"username": "a" * 10_000, "display": "示例", "agency": "示例", "kind": "x", "roles": []}
    problem(administrator.post("/accounts", body), 400, "invalid")


def _document(size: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as pack:
        for name in ("[Content_Types].xml", "word/document.xml"):
            pack.writestr(name, "<x/>")
        pack.writestr("word/big.xml", b"0" * size)
    return made.getvalue()


FILES: list[tuple[str, bytes, int, str]] = [
    ("leer.pdf", b"", 400, "empty_file"), ("programm.pdf", b"MZ\x90\x00" + b"\0" * 60, 415, "wrong_type"),
    ("bild.png", b"GIF89a" + b"\0" * 60, 415, "wrong_type"), ("gross.txt", b"a" * 2_200_000, 413, "too_large"),
    ("halb.pdf", b"%PDF-1.7\n1 0 obj", 400, "cut_file"), ("halb.png", png()[:40], 400, "cut_file"),
    ("halb.docx", _document(10)[:-30], 400, "cut_file"), ("bombe.docx", _document(40_000_000), 400, "zip_bomb"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "body", "status", "code"), FILES, ids=[f"{one[0]} {one[3]}" for one in FILES]
)
def test_a_file_that_cannot_be_filed(name: str, body: bytes, status: int, code: str) -> None:
    number, script = fill(), enter(Role.CBR)
    told = problem(script.send(f"/clues/{number}/files", name, body), status, code)
    assert told["errors"][0]["message"] and ClueFile.objects.count() == 0
    assert refusal() == (f"clue:{number}", {"codes": [code], "operation": "paper_file", "status": status})
    assert [json.loads(one.detail)["codes"] for one in deeds("clue.refused")] == [[code]]


def test_a_picture_loses_its_place_and_is_handed_out_on_record_only() -> None:
    number, script = fill(), enter(Role.CBR)
    filed = script.send(f"/clues/{number}/files", "照片.jpg", jpeg())
    assert filed.status_code == 201 and filed.json()["stripped"] and filed.json()["kind"] == "jpeg"
    opened = script.post(f"/clues/{number}/files/{filed.json()['file']}/open")
    assert (opened["Content-Type"], opened["Cache-Control"]) == ("image/jpeg", "no-store")
    assert len(opened.content) < len(jpeg()) and b"Exif" not in opened.content.replace(b"Exif\x00\x00MM", b"")
    assert len(deeds("clue.open_file")) == 1
    problem(script.post(f"/clues/{number}/files/999999999999/open"), 404, "not_found")


def test_a_stale_tag_on_everything_that_changes_a_clue() -> None:
    number, script = fill(), enter(Role.CBR)
    before = Clue.objects.values().get()
    bodies: dict[str, Any] = {
        "snooze": {"until": "2099-01-01"}, "wake": {}, "helpers": {"username": "x"}, "helpers/end": {"username": "x"},
        "members": {"members": ["XS000009"]}, "unjoin": {}, "split": {"rows": [1]}, "unsplit": {}, "objections": {},
        "objections/answer": {"verdict": "x"}, "second-look": {"verdict": "x"}, "assign": {"unit": "x"}, "moves/sign": {},
    }  # fmt: skip
    for path, body in bodies.items():
        problem(script.post(f"/clues/{number}/{path}", body), 428, "no_if_match")
        problem(script.post(f"/clues/{number}/{path}", body, If_Match='"99"'), 412, "stale", "刚刚被更新过")
    assert Clue.objects.values().get() == before
    assert [json.loads(one.detail)["codes"] for one in deeds("clue.refused")] == [["stale"]] * len(bodies)
    assert audit.verify().ok
