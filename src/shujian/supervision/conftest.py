"""A tiny own catalogue for the tests of this room: two lists of persons, one of complaints, one model."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from shujian.kernel.errors import Fault
from shujian.supervision.check import check_models
from shujian.supervision.library import load_model
from shujian.supervision.parameters import parameter_book
from shujian.supervision.proof import Proof, run_proof
from shujian.supervision.result import RunResult

SOURCE = """
id: {id}
title: {title}
provider: 示例单位
basis: [{{law: 示例法, article: "1"}}]
agreement: {{purpose: 测试, number: null, expires: {expires}}}
cadence: P1M
fresh: P60D
sensitivity: 中
key: [no]
subjects: {subjects}
fields:
  - {{id: no, title: 编号, type: document_no, required: true, sensitivity: 低}}
{fields}
"""
PERSON = """  - {id: name, title: 姓名, type: person_name, sensitivity: 高}
  - {id: id_card, title: 身份证号, type: id_card, sensitivity: 高}
  - {id: birth_on, title: 出生日期, type: date, sensitivity: 中}
  - {id: sex, title: 性别, type: category, sensitivity: 低}
  - {id: day, title: 日期, type: date, sensitivity: 低}
  - {id: amount, title: 金额, type: money, sensitivity: 低}
  - {id: unit_name, title: 单位, type: text, sensitivity: 低}"""
TEXT = """  - {id: content, title: 内容, type: text, screen: true, sensitivity: 中}
  - {id: place_name, title: 地点, type: text, sensitivity: 低}"""
SUBJECT = "{person: {kind: person, name: name, id_card: id_card, birth: birth_on, sex: sex, area: null}}"

MODEL = """id: listed_not_recorded
title: 示例名单未见记录
status: draft
taxonomy: {programme: 示例, area: 示例, point: 示例}
unit: 示例部门
basis: [{law: 旧法, article: "1", from: 2000-01-01, to: 2019-12-31}, {law: 新法, article: "2", from: 2020-01-01}]
needs:
  名单: {source: own_list, fresh: P60D}
  记录: {source: own_record, fresh: P60D}
parameters: [own.least]
steps:
  - {id: large, says: 金额达到起点, use: filter, from: 名单, where: "amount >= param.own.least"}
  - {id: missing, says: 没有对应记录, use: absent, left: large, right: 记录, key: person, when: "记录.day >= 名单.day",
     covering: {from: 名单.day, to: as_of}}
emit:
  - {from: missing, subject: person, strength: 中, title: "{名单.name}疑似未见记录", act_on: 名单.day,
     evidence: {名单: [no, name, amount]}}
false_positives: [{what: 同名, guard: 等级}]
verify: [核对]
"""
PARAMETER = """least:
  title: 起点
  unit: 元
  type: money
  values:
    - {from: 2010-01-01, to: 2019-12-31, value: 100, basis: 示例}
    - {from: 2020-01-01, value: 200, basis: 示例}
"""


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with its own catalogue; answers the catalogue folder."""
    monkeypatch.setenv("SHUJIAN_HOME", str(tmp_path))
    catalogue = tmp_path / "catalogue"
    for folder in ("sources", "parameters", "keywords", "models/own"):
        (catalogue / folder).mkdir(parents=True)
    for name, title, fields, subjects in (
        ("own_list", "示例名单", PERSON, SUBJECT),
        ("own_record", "示例记录", PERSON, SUBJECT),
        ("own_text", "示例诉求", TEXT, "{}"),
    ):
        body = SOURCE.format(id=name, title=title, fields=fields, subjects=subjects, expires="null")
        (catalogue / "sources" / f"{name}.yaml").write_text(body, "utf-8")
    (catalogue / "parameters" / "own.yaml").write_text(PARAMETER, "utf-8")
    write_model(catalogue, MODEL)
    return catalogue


def write_model(catalogue: Path, text: str) -> Path:
    """Write the own model; answers its path."""
    path = catalogue / "models" / "own" / "model.yaml"
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
def model_text() -> Callable[[str, str], str]:
    """The own model with one piece replaced."""

    def replaced(old: str, new: str) -> str:
        assert old in MODEL
        return MODEL.replace(old, new)

    return replaced


HEAD = MODEL[: MODEL.index("needs:")]
TAIL = "false_positives: [{what: 同名, guard: 等级}]\nverify: [核对]\n"


def run_rows(
    catalogue: Path, body: str, given: dict[str, list[dict[str, Any]]], day: str = "2026-06-30", **more: Any
) -> RunResult:
    """Run a model of these ``needs`` … ``emit`` on a few rows, through the same normalising as ingest."""
    told = {"name": "t", "says": "测试", "kind": "edge", "as_of": day, "given": given, "expect": [], **more}
    model = load_model(write_model(catalogue, HEAD + body + TAIL))
    return run_proof(model, Proof.model_validate(told), parameter_book())


def body_faults(catalogue: Path, body: str) -> list[Fault]:
    """Every fault of a model of these ``needs`` … ``emit``."""
    return check_models([write_model(catalogue, HEAD + body + TAIL)], date(2026, 6, 30))


def write_number(catalogue: Path, **values: int) -> None:
    """Parameters ``own.<name>``, whole numbers."""
    lines = [
        f"{name}:\n  title: {name}\n  type: integer\n  values: [{{from: 2020-01-01, value: {value}, basis: 示}}]\n"
        for name, value in values.items()
    ]
    (catalogue / "parameters" / "own.yaml").write_text("".join(lines), "utf-8")
