"""Every text field of every form, found by reading the pages, takes the payloads; then every page and export is read again.

Whatever was stored: no element, attribute, header or formula of the payload's making, the policy on every answer, never a
500. A few payloads in every build, all two hundred in the soak lane.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document
from lxml import html

from shujian.accounts.read import Role, shell_actor
from shujian.clues import service
from shujian.clues.models import Clue
from shujian.clues.read import Filters
from shujian.clues.tests.factories import UNIT, evidence, hit
from shujian.clues.tests.people import account
from shujian.faces import service as faces
from shujian.faces.plain.tests.entering import enter
from shujian.faces.plain.tests.payloads import PROBE, payloads, some
from shujian.faces.plain.tests.test_matrix import filled, routes
from shujian.faces.plain.tests.test_pages import fill
from shujian.kernel.clock import today
from shujian.kernel.controls import FORBIDDEN
from shujian.kernel.errors import ShujianError

pytestmark = pytest.mark.django_db
CASEWORK = (Role.JCZ, Role.SJZT, Role.BMFZR, Role.CBR, Role.AG)
LEFT = ("/logout/", "/login/", "/password/", "/factor/", "/switch/", "/reset/")
"""Forms that end the session or the account."""
TEXT = {None, "", "text", "search", "tel", "email", "url", "number", "password"}
WORDS = {
    "note": "等待调取档案材料", "reason": "核对线索需要", "text": "已经核对过一遍", "why": "试用期满发布", "summary": "按期完成了专项",
    "purpose": "示检数〔2026〕9号", "title": "示例专项名称", "username": "somebody", "display": "示例新人", "agency": "示例县人民检察院",
    "content": "反映示例情况一条", "came_from": "来信来访", "who": "示例某本人", "says": "现场照片",
}  # fmt: skip
OURS = "/static/plain/live.js?"
BAD_TAGS = {"script", "iframe", "object", "embed", "base", "style", "math", PROBE}


@dataclass(frozen=True)
class Field:
    """A text field of a form as it stands on a page, with what else the form sends."""

    action: str
    method: str
    name: str
    others: tuple[tuple[str, str], ...]


def check(answer: Any, payload: str, where: str) -> None:
    """Nothing of the payload's making in an answer."""
    assert answer.status_code < 500, (where, payload[:80])
    for name, value in answer.headers.items():
        assert "\n" not in value and "\r" not in value and PROBE not in name.lower(), (where, name)
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"], where
    assert not any(name == PROBE for name in answer.cookies), where
    body = b"" if answer.streaming else answer.content
    if not answer.headers.get("Content-Type", "").startswith("text/html") or not body:
        return
    assert b"\x00" not in body, where
    for node in html.fromstring(body).iter():
        if not isinstance(node.tag, str):
            continue
        if node.tag == "script" and (node.get("src") or "").startswith(OURS) and not node.text:
            continue
        assert node.tag not in BAD_TAGS, (where, node.tag, payload[:80])
        for name, value in node.attrib.items():
            assert PROBE not in name and not name.startswith("on") and name != "style", (
                where,
                name,
                payload[:80],
            )
            if name in ("href", "src", "action", "formaction", "srcdoc"):
                assert not value.strip().lower().startswith(("javascript:", "//", "vbscript:")), (
                    where,
                    value[:80],
                )
    assert "7700084" not in body.decode(), (where, payload[:80])


def fields_of(body: bytes, address: str) -> Iterator[Field]:
    """The text fields of a page, each once."""
    for form in html.fromstring(body).forms:
        action, others, names = form.get("action") or address, list[tuple[str, str]](), list[str]()
        if any(left in action for left in LEFT):
            continue
        for one in form.iter("input", "textarea", "select", "button"):
            name = one.get("name")
            if not name or name == "csrfmiddlewaretoken" or one.get("type") == "file":
                continue
            if one.tag == "textarea" or (one.tag == "input" and one.get("type") in TEXT):
                names.append(name)
                others.append((name, WORDS.get(name, "示例填写内容")))
            elif one.tag == "select":
                values = [option.get("value", option.text or "") for option in one.iter("option")]
                others.append((name, next((value for value in values if value), "")))
            elif one.get("type") == "date":
                others.append((name, (today() + timedelta(days=5)).isoformat()))
            elif one.get("type") not in ("checkbox", "radio") or one.get("checked") is not None:
                others.append((name, one.get("value", "1")))
        for name in names:
            yield Field(action, form.get("method", "get").lower(), name, tuple(others))


def send(client: Client, field: Field, payload: str) -> Any:
    told: dict[str, list[str]] = {}
    for name, value in field.others:
        told.setdefault(name, []).append(payload if name == field.name else value)
    address = field.action.partition("?")[0]
    return client.get(address, told) if field.method == "get" else client.post(address, told)


class Round:
    """A house with clues, everybody who can type something, and one round of payloads through it."""

    def __init__(self) -> None:
        self.numbers = [fill(*(hit(n, evidence=(evidence(n), evidence(n + 50))) for n in range(1, 9)))]
        self.numbers = [f"XS{pk:06d}" for pk in Clue.objects.order_by("pk").values_list("pk", flat=True)]
        account("somebody", Role.CBR)
        self.clients = {
            "casework": enter(*CASEWORK, name="worker"), "system": enter(Role.XTGL, name="sysadm"),
            "security": enter(Role.AQGL, name="secadm"), "audit": enter(Role.SJGL, name="auditor"),
        }  # fmt: skip
        for client in self.clients.values():
            client.raise_request_exception = False

    def pages(self, client: Client) -> Iterator[tuple[str, Any]]:
        for name, pattern, _ in sorted(routes(), key=lambda one: one[:2]):
            if name in ("healthz", "login", "login_second", "logout", "factor_picture"):
                continue
            for number in self.numbers[:2] if "<str:number>" in pattern else [""]:
                address = filled(pattern, number)
                answer = client.get(address)
                if answer.status_code == 200:
                    yield address, answer

    def fields(self) -> list[tuple[str, Field]]:
        """Every text field that somebody meets, once for each form's address."""
        found: dict[tuple[str, str, str], tuple[str, Field]] = {}
        for who, client in self.clients.items():
            for address, answer in self.pages(client):
                if answer.headers["Content-Type"].startswith("text/html"):
                    for field in fields_of(answer.content, address):
                        action = re.sub(r"XS\d+", "N", field.action.partition("?")[0])
                        found.setdefault((action, field.method, field.name), (who, field))
        return list(found.values())

    def type_in(self, fields: Sequence[tuple[str, Field]], payload: str) -> int:
        """Send one payload by every field; answers how many were refused."""
        refused = 0
        for who, field in fields:
            answer = send(self.clients[who], field, payload)
            check(answer, payload, f"{field.method} {field.action} {field.name}")
            if FORBIDDEN.search(payload.encode("utf-8", "replace").decode()):
                assert answer.status_code == 400 and "控制字符" in answer.content.decode(), field
            refused += answer.status_code >= 400
        return refused

    def hand_over(self, payload: str, work: Path) -> None:
        """As a list, as a name of a file, as words of the command line."""
        client, number = self.clients["casework"], self.numbers[0]
        row = [payload, payload, payload, "2026-06-01", UNIT, "单位", payload, "", payload, "中"]
        head = "线索标题,线索内容,线索来源,收到日期,归口单元,主体类别,主体名称,证件号,区域,强度\n"
        text = ",".join('"' + one.replace('"', '""') + '"' for one in row)
        (work / "list.csv").write_bytes((head + text + "\n").encode("utf-8", "surrogatepass"))
        steps: Sequence[tuple[Any, dict[str, Any]]] = (
            (service.import_list, {"path": work / "list.csv", "name": payload[:100]}),
            (service.comment, {"number": number, "text": payload}),
            (service.comment, {"number": payload, "text": "已经核对过"}),
        )
        for step, told in steps:
            try:
                step(actor=shell_actor(), **told)
            except ShujianError as error:
                assert all(re.search("[一-鿿]{3}", fault.message) for fault in error.faults), payload[:80]
        file = SimpleUploadedFile("x.txt", f"示例{len(payload)}{payload[:20]}".encode("utf-8", "replace"))
        file.name = payload[:200].encode("utf-8", "replace").decode() or "x"
        check(client.post(f"/clues/{number}/files/", {"file": file, "says": "现场"}), payload, "file")

    def read_all(self, payload: str, work: Path) -> int:
        """Every page and every export, after it was typed in everywhere; answers how many pages show some of it."""
        shown = 0
        for who, client in self.clients.items():
            for address, answer in self.pages(client):
                check(answer, payload, f"{who} {address}")
                shown += not answer.streaming and PROBE.encode() in answer.content
        for file in (work / "out.xlsx", work / "out.docx"):
            faces.export_clues(actor=shell_actor(), filters=Filters(), file=file)
        book = openpyxl.load_workbook(io.BytesIO((work / "out.xlsx").read_bytes()))
        for row in book.active.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.value
                assert not str(cell.value or "").startswith(("=", "+", "@", "\t", "\r")), cell.value
        assert Document(str(work / "out.docx")).tables
        return shown


def everything(told: Sequence[str], work: Path, *, apart: int = 1) -> tuple[int, int, int]:
    """Fields, refusals, pages that show some of it. ``apart``: a payload goes through one field of so many, in turns."""
    house = Round()
    fields = house.fields()
    refused = 0
    for at, payload in enumerate(told):
        sent = payload.encode("utf-8", "replace").decode()
        refused += house.type_in(fields[at % apart :: apart], sent)
        house.hand_over(payload, work)
    return len(fields), refused, house.read_all(told[-1], work)


def test_payloads_stay_text_everywhere(tmp_path: Path) -> None:
    assert len(set(payloads())) == 200 and set(some()) <= set(payloads())
    fields, refused, shown = everything(some(), tmp_path, apart=5)
    assert fields >= 40 and 0 < refused < 2 * fields and shown >= 3


@pytest.mark.lane("soak")
@pytest.mark.parametrize("part", range(10))
def test_all_payloads_stay_text_everywhere(part: int, tmp_path: Path) -> None:
    everything(payloads()[part::10], tmp_path)
