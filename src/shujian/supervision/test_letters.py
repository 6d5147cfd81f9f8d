"""The fields that a letter asks for: without any one of them the model does not run, and none is asked for beyond."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from shujian.kernel.errors import Fault
from shujian.lake.read import Session, SourceContract, memory_session, source
from shujian.lake.service import typed_table
from shujian.supervision.check import check_models, compile_only
from shujian.supervision.conftest import MODEL, write_model
from shujian.supervision.letters import letter_text, letters_of
from shujian.supervision.library import load_model, load_models
from shujian.supervision.lineage import fields_read
from shujian.supervision.necessity import HEADS, necessity_faults

DAY = date(2026, 6, 30)
SHIPPED = sorted(name for name, model in load_models().items() if model.spec.number)
MADE_OF = {
    ("person", "id_card"): ("id", "mask", "birth", "sex", "area"), ("person", "name"): ("name",), ("person", "birth"): ("birth",),
    ("person", "sex"): ("sex",), ("person", "area"): ("area",), ("org", "uscc"): ("uscc",), ("org", "name"): ("name", "core", "parent"),
    ("org", "tax"): ("tax",), ("org", "former"): ("former",), ("org", "rep"): (),
    ("place", "lon"): ("lon", "lat", "system", "point"), ("place", "lat"): ("lon", "lat", "system", "point"),
    ("place", "address"): ("key", "county", "town", "town_name", "village", "village_name", "group", "road", "number", "how", "notes"),
    ("place", "region"): ("county", "town", "town_name", "village", "village_name", "group", "road", "number", "how", "notes"),
}  # fmt: skip
SIDES = ("raw", "flag", "mask", "other", "from", "to", "low", "high")
"""What ingest makes of the field of a role; written down a second time, from the lake's side."""


def runs(session: Session, contract: SourceContract, views: list[str], without: str) -> bool:
    """Whether the model's views can be made of a table in which the field, and all that is made of it, is missing."""
    table = session.attach(contract.id)
    stored = session.tables[contract.id].column_names
    lost = [without, *(f"{without}__{side}" for side in SIDES if f"{without}__{side}" in stored)]
    for subject, form in contract.subjects.items():
        roles = [role for role, field in form.links().items() if field == without]
        lost += [f"{subject}__{part}" for role in roles for part in MADE_OF.get((form.kind, role), ())]
    left = f"(SELECT * EXCLUDE ({', '.join(dict.fromkeys(lost))}) FROM {table})"
    try:
        for view in views:
            session.sql(view.replace("{table}", left))
    except Exception as error:  # the engine's own, which this room does not import
        assert type(error).__name__ == "BinderException"
        return False
    return True


@pytest.mark.parametrize("name", SHIPPED)
def test_the_list_is_the_least(name: str) -> None:
    model = load_models()[name]
    plan = compile_only(model, DAY)
    for dataset, asked in fields_read(plan).items():
        contract = source(dataset)
        aliases = [alias for alias, need in model.spec.needs.items() if need.source == dataset]
        shown = {
            field
            for emit in model.spec.emit
            for alias in aliases
            for field in emit.evidence.get(alias, ())
            if contract.field(field)
        }
        views = [plan.views[alias] for alias in aliases]
        with memory_session({dataset: typed_table(contract, [])}) as session:
            needed = [
                item.id
                for item in contract.fields
                if item.id in shown or not runs(session, contract, views, item.id)
            ]
        assert [one.field for one in asked if one.reason == "read"] == needed
        landed = {*contract.key, contract.date_field, *(item.id for item in contract.fields if item.required)}
        assert {one.field for one in asked if one.reason == "row"} == landed - {*needed, None}
        for one in asked:
            assert one.readers or one.reason != "read"


def test_a_model_without_one_of_the_fields_is_refused(own_home: Path) -> None:
    (letter,) = letters_of(load_model(own_home / "models/own/model.yaml"), DAY).letters
    for listed in letter.sources:
        path = own_home / "sources" / f"{listed.id}.yaml"
        whole = path.read_text("utf-8")
        lines = whole.splitlines(keepends=True)
        asked, refused = {field.id for field in listed.fields}, set()
        for field in source(listed.id).fields:
            path.write_text("".join(line for line in lines if f"{{id: {field.id}," not in line), "utf-8")
            if check_models([own_home / "models/own/model.yaml"], DAY):
                refused.add(field.id)
        path.write_text(whole, "utf-8")
        assert refused == asked
    assert [field.id for field in letter.sources[0].fields] == [
        "no", "name", "id_card", "birth_on", "sex", "day", "amount",
    ]  # fmt: skip
    assert letter.sources[0].left_out == ("单位",) and letter.sources[1].left_out == ("金额", "单位")


def test_a_letter_reads_as_a_letter(own_home: Path) -> None:
    (letter,) = letters_of(load_model(own_home / "models/own/model.yaml"), date(2026, 3, 5)).letters
    text = letter_text(letter)
    for line in (
        "关于调取“示例名单”、“示例记录”的函", "　　检数调〔2026〕　号", "示例单位：", "　　一、示例名单", "　　二、示例记录",
        "　　字段（7 项，其余字段不需要）：", "　　　　3. 身份证号 ｜ 18 位，按文本 ｜ 核对是否同一人、同一单位或同一地点",
        "　　　　7. 金额 ｜ 元 ｜ 比对", "　　周期：每月一次；数据截止日距使用之日不超过 60 日。", "2026年3月5日",
    ):  # fmt: skip
        assert line in text.splitlines(), line
    assert "《新法》第2条" in text and "旧法" not in text  # the law of the day
    assert "单位 ｜" not in text and "200" not in text and "missing" not in text  # nothing of the rule itself


def test_only_what_is_not_our_own_is_asked_of_others() -> None:
    found = {letter.to: letter for letter in letters_of(load_models()["convicted_staff"], DAY).letters}
    assert list(found) == ["本院案件管理部门（检察业务应用系统导出）",
                           "示例市委机构编制委员会办公室", "示例市监察委员会"]  # fmt: skip
    own, staff, _ = found.values()
    assert own.own and own.title.endswith("的通知") and not staff.own and staff.title.endswith("的函")
    assert staff.sources[0].period.startswith("使用之日的现行名册")
    assert len(staff.sources[0].left_out) == 2


def _note(model: Path, **changes: str | None) -> None:
    parts = dict.fromkeys(HEADS, "针对这个模型写的几句话，够长。") | {
        HEADS[-1]: "- 名单：近一年\n- 记录：近一年\n"
    }
    for head, text in changes.items():
        if text is None:
            parts.pop(head)
        else:
            parts[head] = text
    body = "# 说明\n\n编制日期：2026-01-05\n\n" + "".join(
        f"## {head}\n{text}\n\n" for head, text in parts.items()
    )
    (model.parent / "NECESSITY.md").write_text(body, "utf-8")


def _faults(catalogue: Path) -> list[Fault]:
    return check_models([catalogue / "models/own/model.yaml"], DAY)


def test_no_stable_model_without_its_necessity(own_home: Path) -> None:
    path = write_model(own_home, MODEL.replace("status: draft", "status: stable"))
    (fault,) = _faults(own_home)
    assert (fault.code, fault.line, fault.field) == ("no_necessity", 3, "status")
    _note(path)
    assert _faults(own_home) == []
    _note(path, **{"风险": None, "防护": "略", HEADS[-1]: "- 名单：近一年\n- 名册：近一年\n"})
    assert [(fault.code, fault.line, fault.found) for fault in _faults(own_home)] == [
        ("missing_section", None, None), ("empty_section", 17, "略"), ("no_period", 23, "记录"), ("unknown_alias", 25, "名册"),
    ]  # fmt: skip
    write_model(own_home, MODEL)
    assert len(_faults(own_home)) == 4  # a note that is there is read, whatever the status
    (path.parent / "NECESSITY.md").unlink()
    assert _faults(own_home) == []


def test_every_shipped_note_is_whole_and_of_its_own() -> None:
    texts: list[str] = []
    for name in SHIPPED:
        model = load_models()[name]
        assert necessity_faults(model) == []
        path = model.folder / "NECESSITY.md"
        if model.spec.status == "stable":
            assert path.exists()
        if path.exists():
            texts += [
                line
                for line in path.read_text("utf-8").splitlines()
                if len(line) > 40 and line[0] not in "#依"
            ]
    assert len(texts) == len(set(texts)) > 40  # no paragraph twice
