"""M04 never tells who the victim is: planted names, numbers, homes and words are looked for in all that it gives out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from openpyxl import load_workbook

from shujian.accounts.read import Role
from shujian.cli.test_clue import call, number
from shujian.clues import service
from shujian.clues.tests.people import PASSWORD, account
from shujian.kernel.home import SHIPPED_CATALOGUE
from shujian.kernel.progress import Silent
from shujian.lake.read import memory_session
from shujian.lake.service import typed_table
from shujian.supervision.execute import execute
from shujian.supervision.explain import _explained, _own_rows
from shujian.supervision.library import Model, load_model
from shujian.supervision.parameters import parameter_book
from shujian.supervision.proof import Proof, run_proof
from shujian.supervision.result import RunResult
from shujian.supervision.run import contracts_of, make_plan, rights_of

pytestmark = pytest.mark.django_db
AS_OF = date(2026, 6, 30)
VICTIM, SUSPECT, CALLER = "凤示例娘", "虎示例汉", "邻示例友"
NUMBERS = ("999999198501010122", "99999919830101011X", "999999197001010113")
HOME, SAID, DONE = "示例石湾镇示例秘密巷7号", "暗语哭诉", "口头劝解经过"
SECRETS = (VICTIM, SUSPECT, CALLER, "凤某某", "虎某某", *NUMBERS, *(each[-8:] for each in NUMBERS), "秘密巷", SAID, DONE)  # fmt: skip
STATION, VENUE = "示例东堡派出所", "示例市恒安酒店"
PEOPLE = {
    "victim": VICTIM, "victim_id_card": NUMBERS[0], "suspect": SUSPECT, "suspect_id_card": NUMBERS[1],
}  # fmt: skip


def _call(name: str, at: str, **how: Any) -> dict[str, Any]:
    row = {
        "incident_no": name, "reported_at": at, "kind": "家庭纠纷", "caller_name": CALLER, "phone": "10000000077",
        "caller_id_card": NUMBERS[2], **PEOPLE, "address": HOME, "estate": HOME, "unit": STATION, "result": DONE,
        "content": f"{VICTIM}（{NUMBERS[0]}）{SAID}，被丈夫{SUSPECT}殴打，家住{HOME}",
    }  # fmt: skip
    return row | how


GIVEN: dict[str, list[dict[str, Any]]] = {
    "警情": [
        _call("示警001", "2026-02-01 20:00:00"),
        _call("示警002", "2026-04-01 20:00:00"),
        _call("示警003", "2026-04-02 20:00:00", result=f"对{SUSPECT}告诫"),
    ],
    "告诫": [
        {"doc_no": "示告1", "name": SUSPECT, "victim": VICTIM, "issued_on": "2026-03-01", "fact": SAID},
    ],
    "处罚": [],
    "保护令": [
        {
            "order_no": "示民保1", "court": "示例市人民法院", "applicant": VICTIM, "applicant_id_card": NUMBERS[0],
            "respondent": SUSPECT, "respondent_id_card": NUMBERS[1], "issued_on": "2026-03-10", "measures": f"禁止接近{HOME}",
        },
    ],
    "工单": [
        {
            "order_no": "示工单1", "accepted_at": "2026-05-01 10:00:00", "kind": "投诉", "caller_name": VICTIM,
            "phone": "10000000077", "title": f"{VICTIM}遭性骚扰", "subject": VENUE, "address": HOME,
            "content": f"{VICTIM}{SAID}，在酒店遭经理{SUSPECT}性骚扰，向领导反映却不管",
        },
        {
            "order_no": "示工单2", "accepted_at": "2026-05-01 10:00:00", "kind": "投诉", "subject": VICTIM,
            "content": "在酒店遭经理性骚扰，向领导反映却不管",
        },
    ],
}  # fmt: skip


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setenv("SHUJIAN_HOME", str(tmp_path / "home"))
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="module")
def model() -> Model:
    return load_model(SHIPPED_CATALOGUE / "models/administrative/women_protection/model.yaml")


@pytest.fixture(scope="module")
def found(model: Model) -> RunResult:
    proof = Proof(name="planted", says="埋设", kind="hit", as_of=AS_OF, given=GIVEN, expect=[])
    return run_proof(model, proof, parameter_book())


def secrets_in(text: str) -> list[str]:
    return [each for each in SECRETS if each in text]


def test_hits_hold_no_secret(found: RunResult) -> None:
    assert {(hit.emit, hit.subject_id, hit.absence) for hit in found.hits} == {
        ("no_letter_open", STATION, "unknown"),
        ("after_order_open", STATION, "unknown"),
        ("unprevented", VENUE, "none"),
    }
    assert secrets_in(repr(found)) == []
    rows = [row for hit in found.hits for row in hit.evidence]
    assert {name for row in rows if row.dataset == "police_incident" for name in row.fields} == {
        "incident_no", "reported_at", "kind", "unit",
    }  # fmt: skip
    assert {word.snippet for hit in found.hits for word in hit.keywords} == {"（不显示）"}


def test_clues_pages_and_files_hold_no_secret(
    found: RunResult, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with transaction.atomic():
        service.merge_hits(run="run-1", result=found, judged=True)
    told = [call(capsys, "clue", "list", "--json"), call(capsys, "clue", "list")]
    told += [call(capsys, "clue", "show", number(), *more) for more in ((), ("--json",))]
    opened = ("clue", "show", number(), "--unmask", "--reason", "核对警情编号")
    told += [call(capsys, *opened, *more) for more in ((), ("--json",))]
    told.append(call(capsys, "clue", "export", str(tmp_path / "线索.xlsx"), "--json"))
    assert [code for code, _, _ in told] == [0] * len(told)
    texts = [json.dumps(body, ensure_ascii=False) + err for _, body, err in told]
    texts += list(_cells(tmp_path / "线索.xlsx")) + list(_pages())
    assert any(STATION in each for each in texts)
    assert [secrets_in(each) for each in texts if secrets_in(each)] == []


def _cells(path: Path) -> Iterator[str]:
    for sheet in load_workbook(path).worksheets:
        yield "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row)


def _pages() -> Iterator[str]:
    account("demo", Role.JCZ)
    client = Client()
    client.post("/login/", {"username": "demo", "password": PASSWORD})
    for address in ("/clues/", f"/clues/{number()}/", f"/clues/{number()}/print/", "/models/", "/models/women_protection/"):  # fmt: skip
        answer = client.get(address)
        if answer.status_code == 200:
            yield answer.content.decode()


@pytest.mark.parametrize("asked", [*NUMBERS[:2], None])
def test_an_explanation_holds_no_secret(model: Model, asked: str | None) -> None:
    """Asked for by the number of the victim or the suspect, or by the rows of a clue."""
    contracts = contracts_of(model)
    rows = {
        contract.id: next((GIVEN[alias] for alias, one in contracts.items() if one.id == contract.id and alias in GIVEN), [])
        for contract in contracts.values()
    }  # fmt: skip
    session = memory_session({one.id: typed_table(one, rows[one.id]) for one in contracts.values()})
    try:
        rights = rights_of(model, contracts, {}, AS_OF, session)
        plan = make_plan(model, contracts, parameter_book(), AS_OF, rights)
        execute(plan, session, Silent())
        own = _own_rows(plan, session, asked, {})
        if asked is None:
            ids = session.sql('SELECT "警情._row" AS r FROM src_警情')["r"].to_pylist()
            own["警情"] = own["前警情"] = set(ids)
        told = _explained(plan, session, "某单位", own)
    finally:
        session.close()
    assert told.steps[0].came == 3
    assert secrets_in(repr(told.steps)) == []
    settled = next(step for step in told.steps if step.id == "settled")
    assert "不符合" in settled.reason and "处警结果（不显示）" in settled.reason


def test_a_field_that_is_withheld_may_not_be_named(model: Model, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    text = model.file.path.read_text("utf-8")
    for old, new, field in (
        ("警情: [incident_no,", "警情: [victim, incident_no,", "emit.0.evidence.警情.0"),
        ("警情: [incident_no,", "警情: [content, incident_no,", "emit.0.evidence.警情.0"),
    ):
        path = tmp_path / "women_protection" / "model.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text.replace(old, new, 1), "utf-8")
        code, body, _ = call(capsys, "model", "check", str(path), "--json")
        assert code == 1
        assert [(item["code"], item["field"]) for item in body["items"] if item["code"] == "withheld"] == [("withheld", field)]  # fmt: skip
