"""Every fault of a model is found at once, with file, line, what was found and what was expected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from shujian.kernel.errors import BadInput, Fault
from shujian.supervision.check import check_models
from shujian.supervision.conftest import MODEL, write_model
from shujian.supervision.library import find_model, load_models
from shujian.supervision.parameters import parameter_book

DAY = date(2026, 6, 30)


def faults(catalogue: Path, text: str) -> list[Fault]:
    return check_models([write_model(catalogue, text)], DAY)


def test_a_right_model_has_no_fault(own_home: Path) -> None:
    assert faults(own_home, MODEL) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "found"),
    [
        ("use: filter", "use: sieve", "union_tag_invalid", 12, None),
        (
            'where: "amount >= param.own.least"',
            'where: "amonut >= param.own.least"',
            "unknown_column",
            12,
            "amonut",
        ),
        ("from: 名单, where", "from: missing, where", "cycle", 12, "large → missing → large"),
        ('"amount >= param.own.least"', '"no >= param.own.least"', "wrong_type", 12, None),
        (
            '"amount >= param.own.least"',
            '"amount >= param.own.least and amount / 0 > 1"',
            "division_by_zero",
            12,
            None,
        ),
        ('"amount >= param.own.least"', '"amount >= 200"', "bare_number", 12, "200"),
        (
            '"amount >= param.own.least"',
            '"amount >= param.own.most"',
            "undeclared_parameter",
            12,
            "param.own.most",
        ),
        ("source: own_record", "source: own_recrod", "unknown_source", 9, "own_recrod"),
        ("status: draft", "status: draft\nstatus: stable", "duplicate_key", 4, None),
        ("left: large, right: 记录", "left: large, right: 处分", "unknown_step", 13, "处分"),
        ("key: person", "key: org", "unknown_key", 13, "org"),
        ("key: person", "key: {on: [[名单.name, 记录.name]]}", "name_only_key", 13, "名单.name"),
        ('title: "{名单.name}疑似未见记录"', 'title: "{名单.name}未见记录"', "value_error", 16, None),
        (
            'title: "{名单.name}疑似未见记录"',
            'title: "{名单.nmae}疑似未见记录"',
            "unknown_column",
            16,
            "名单.nmae",
        ),
        (
            "evidence: {名单: [no, name, amount]}",
            "evidence: {名单: [number]}",
            "unknown_column",
            17,
            "名单.number",
        ),
        ("evidence: {名单: [no, name, amount]}", "evidence: {}", "no_evidence", 17, None),
        ("verify: [核对]", "verify: []", "too_short", 19, None),
        ("id: large,", "id: 记录,", "string_pattern_mismatch", 12, "记录"),
        ("unit: 示例部门", "unit: 示例部门\nurgent: yes", "extra_forbidden", 6, "yes"),
        ("taxonomy: {programme", "taxonomy: {program", "missing", 4, None),
    ],
)
def test_one_fault(
    own_home: Path,
    model_text: Callable[[str, str], str],
    old: str,
    new: str,
    code: str,
    line: int,
    found: str | None,
) -> None:
    wrong = [fault for fault in faults(own_home, model_text(old, new)) if fault.code == code]
    assert wrong, [fault.sentence() for fault in faults(own_home, model_text(old, new))]
    assert wrong[0].line == line
    assert wrong[0].file is not None and wrong[0].file.endswith("model.yaml")
    if found is not None:
        assert wrong[0].found == found


def test_a_parameter_without_a_value_on_the_day(own_home: Path) -> None:
    path = write_model(own_home, MODEL)
    [fault] = check_models([path], date(2009, 12, 31))
    assert (fault.code, fault.found, fault.line) == ("no_value_on_date", "2009-12-31", 5)


def test_overlapping_periods_of_a_parameter(own_home: Path) -> None:
    (own_home / "parameters" / "own.yaml").write_text(
        "least:\n  title: 起点\n  type: money\n  values:\n    - {from: 2010-01-01, to: 2020-06-30, value: 1, basis: 示}\n"
        "    - {from: 2020-01-01, value: 2, basis: 示}\n",
        "utf-8",
    )
    [fault] = faults(own_home, MODEL)
    assert (fault.code, fault.line, fault.found) == ("overlapping_periods", 6, "2020-01-01")
    assert fault.expected == "晚于 2020-06-30（第 5 行的一段）"


def test_forty_faults_give_forty_messages(own_home: Path) -> None:
    """Ten of form, thirty of meaning, in one file: each at its line."""
    wrong = {
        "use: sieve, from: 名单": "union_tag_invalid",
        'use: filter, from: 名单, where: "amonut > 1"': "unknown_column",
        'use: filter, from: 名单, where: "amount > 200"': "bare_number",
        'use: filter, from: 名单, where: "amount >"': "bad_expression",
    }
    steps, expected = [], set()
    first = MODEL[: MODEL.index("  - {id: large")].count("\n") + 1
    for place in range(40):
        (body, code) = list(wrong.items())[place % 4]
        steps.append(f"  - {{id: fault_{place}, says: 第{place}处, {body}}}\n")
        expected.add((code, first + place))
    found = faults(own_home, MODEL.replace("  - {id: large", "".join(steps) + "  - {id: large"))
    told = {(fault.code, fault.line) for fault in found}
    assert expected <= told and len(expected) == 40
    assert len({fault.sentence() for fault in found}) == len(found) == 40


def test_many_faults_come_at_once(own_home: Path) -> None:
    text = MODEL.replace("parameters: [own.least]", "parameters: [own.least, own.unused]")
    text = text.replace('"amount >= param.own.least"', '"amonut >= param.own.least or nmae is null"').replace(
        "右", "右"
    )
    text = text.replace("{名单.name}疑似", "{名单.nmae}{名单.nr}疑似").replace(
        "[no, name, amount]", "[number, nmae]"
    )
    codes = [(fault.code, fault.found) for fault in faults(own_home, text)]
    assert ("unknown_column", "amonut") in codes
    assert ("unused_parameter", "own.unused") in codes
    assert {
        ("unknown_column", "名单.nmae"),
        ("unknown_column", "名单.nr"),
        ("unknown_column", "名单.number"),
    } <= set(codes)


def test_a_step_that_reaches_no_clue(own_home: Path, model_text: Callable[[str, str], str]) -> None:
    text = model_text(
        "emit:", '  - {id: idle, says: 没有人用, use: filter, from: 名单, where: "amount is null"}\nemit:'
    )
    [fault] = faults(own_home, text)
    assert (fault.code, fault.found, fault.line) == ("unreached_step", "idle", 15)


def test_a_folder_without_a_model_is_refused(own_home: Path, tmp_path: Path) -> None:
    (tmp_path / "leer").mkdir()
    with pytest.raises(BadInput) as caught:
        check_models([tmp_path / "leer"], DAY)
    assert caught.value.faults[0].code == "no_model"


def test_a_missing_file_is_a_fault(own_home: Path, tmp_path: Path) -> None:
    [fault] = check_models([tmp_path / "no.yaml"], DAY)
    assert fault.code == "no_file"


def test_faults_of_form_do_not_hide_those_of_meaning(own_home: Path) -> None:
    text = MODEL.replace("title: 示例名单未见记录\n", "").replace("status: draft", "status: perhaps")
    text = text.replace("amount >= param", "amonut >= param").replace("[no, name, amount]", "[number]")
    codes = {(fault.code, fault.line, fault.found) for fault in faults(own_home, text)}
    assert {("missing", 1, None), ("literal_error", 2, "perhaps"), ("unknown_column", 11, "amonut")} <= codes
    assert ("unknown_column", 16, "名单.number") in codes


def test_an_unknown_keyword_file_does_not_hide_the_rest(own_home: Path) -> None:
    text = MODEL.replace(
        "  记录: {source: own_record, fresh: P60D}\n",
        "  记录: {source: own_record}\n  诉求: {source: own_text}\n",
    )
    step = "  - {id: said, says: 说到, use: screen, from: 诉求, field: content, keywords: none_such}\n"
    emit = '  - {from: said, subject: {case: 诉求.on}, strength: 弱, title: "疑似", evidence: {诉求: [no]}}\n'
    found = faults(own_home, text.replace("emit:\n", step + "emit:\n" + emit))
    assert {(fault.code, fault.found) for fault in found} == {
        ("unknown_keywords", "none_such"),
        ("unknown_column", "诉求.on"),
    }


def test_one_broken_model_stops_no_other(own_home: Path) -> None:
    write_model(own_home, MODEL.replace("use: filter", "use: sieve"))
    assert "convicted_staff" in load_models()
    with pytest.raises(BadInput) as caught:
        find_model("listed_not_recorded")
    assert caught.value.faults[0].code == "union_tag_invalid"
    with pytest.raises(BadInput) as caught:
        find_model("none_such")
    assert caught.value.faults[0].code == "unknown_model"


def test_a_broken_parameter_file_stops_only_who_needs_it(own_home: Path) -> None:
    (own_home / "parameters" / "own.yaml").write_text("least: {title: 起点}\n", "utf-8")
    codes = {fault.code for fault in faults(own_home, MODEL)}
    assert codes == {"missing"}
    assert parameter_book().value("matching.common_name_limit", DAY) == 5


def test_a_faulty_contract_tells_its_own_fault(own_home: Path) -> None:
    path = own_home / "sources" / "own_record.yaml"
    path.write_text(path.read_text("utf-8").replace("cadence: P1M", "cadence: monthly"), "utf-8")
    [fault] = faults(own_home, MODEL)
    assert fault.file is not None and fault.file.endswith("own_record.yaml")
    assert fault.field == "cadence"


def test_an_id_or_number_in_use_is_found_in_the_catalogue_and_not_in_a_draft(
    own_home: Path, tmp_path: Path
) -> None:
    taken = MODEL.replace("id: listed_not_recorded\n", "id: listed_not_recorded\nnumber: M08\n", 1)
    [fault] = faults(own_home, taken)
    assert (fault.code, fault.line, fault.found) == ("duplicate_id", 2, "M08")
    [fault] = faults(own_home, MODEL.replace("id: listed_not_recorded", "id: convicted_staff", 1))
    assert (fault.code, fault.line, fault.found) == ("duplicate_id", 1, "convicted_staff")
    draft = tmp_path / "draft" / "model.yaml"
    draft.parent.mkdir()
    draft.write_text(taken, "utf-8")
    assert check_models([draft], DAY) == []


@pytest.mark.parametrize(("text", "found"), [("", "空文件"), ("- a\n", "['a']")])
def test_a_file_that_is_no_mapping_is_placed(own_home: Path, text: str, found: str) -> None:
    [fault] = faults(own_home, text)
    assert (fault.code, fault.line, fault.found) == ("wrong_type", 1, found)
    assert fault.file and fault.file.endswith("model.yaml")


def test_an_expression_nested_too_deep_is_a_fault(own_home: Path) -> None:
    deep = "(" * 5000 + "true" + ")" * 5000
    found = faults(own_home, MODEL.replace('"amount >= param.own.least"', f'"{deep}"', 1))
    assert ("bad_expression", 12) in [(fault.code, fault.line) for fault in found]


def test_a_model_may_name_what_ingest_made_beside_a_field(own_home: Path) -> None:
    """The lower end of 1.2万余元 is a column like any other, though a name that nobody made is none."""
    text = MODEL.replace(
        '"amount >= param.own.least"', '"amount >= param.own.least or amount__low >= param.own.least"'
    )
    assert faults(own_home, text) == []
    wrong = MODEL.replace('"amount >= param.own.least"', '"amount__lower >= param.own.least"')
    assert ("unknown_column", "amount__lower") in [
        (fault.code, fault.found) for fault in faults(own_home, wrong)
    ]
