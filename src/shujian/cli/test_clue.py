"""``clue`` and ``audit``: the shapes of the contract, masks, files without formulas, looks on record."""

from __future__ import annotations

import json
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import pytest
from django.db import connection, transaction
from docx import Document
from openpyxl import load_workbook

from shujian.audit import read as audit
from shujian.cli.clue_text import _plain
from shujian.cli.main import root
from shujian.cli.output import report_error
from shujian.clues import service
from shujian.clues.tests.factories import ID, NAME, hit, result

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHUJIAN_HOME", str(tmp_path / "home"))


def fill(*hits: Any) -> None:
    with transaction.atomic():
        service.merge_hits(run="run-1", result=result(hits or [hit(1), hit(2, grade="B")]), judged=True)


def call(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any, str]:
    capsys.readouterr()
    code = 0
    try:
        root.main(args=list(words), prog_name="shujian", standalone_mode=False)
    except (Exception, click.exceptions.Exit) as error:
        code = report_error(error, as_json="--json" in words)
    out, err = capsys.readouterr()
    return code, json.loads(out) if "--json" in words else out, err


def test_list_has_the_contract_s_shape(capsys: pytest.CaptureFixture[str]) -> None:
    fill()
    code, body, _ = call(capsys, "clue", "list", "--json", "--limit", "1")
    assert (code, body["schema"], len(body["items"]), body["total"]) == (0, "shujian.clue.list/1", 1, 2)
    assert (body["items"][0]["state"], body["items"][0]["grade"], body["items"][0]["held"]) == (
        "C0",
        "B",
        "identity",
    )
    code, rest, _ = call(capsys, "clue", "list", "--json", "--cursor", body["next"])
    assert (code, [item["id"] for item in rest["items"]], rest["next"]) == (0, [f"XS{first_pk():06d}"], None)


def first_pk() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(id) FROM clues_clue")
        return int(cursor.fetchone()[0])


def number() -> str:
    return f"XS{first_pk():06d}"


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (["--model", "M08"], 2),
        (["--model", "env_tax"], 0),
        (["--grade", "A"], 1),
        (["--state", "C1"], 1),
        (["--unit", "行政检察部门"], 2),
        (["--since", "2999-01-01"], 0),
    ],
)
def test_list_filters(capsys: pytest.CaptureFixture[str], words: list[str], count: int) -> None:
    fill()
    assert len(call(capsys, "clue", "list", "--json", *words)[1]["items"]) == count


def test_wrong_filters_are_exit_two_with_every_fault(capsys: pytest.CaptureFixture[str]) -> None:
    code, body, err = call(capsys, "clue", "list", "--json", "--grade", "Z", "--state", "CX")
    assert (code, body["schema"], [one["field"] for one in body["errors"]]) == (
        2,
        "shujian.error/1",
        ["grade", "state"],
    )
    assert "比对等级不认识" in err
    assert call(capsys, "clue", "list", "--json", "--model", "M99")[0] == 2


def test_show_is_masked_and_opens_only_for_a_reason(capsys: pytest.CaptureFixture[str]) -> None:
    fill()
    code, body, _ = call(capsys, "clue", "show", number(), "--json")
    assert code == 0 and body["schema"] == "shujian.clue.show/1"
    assert set(body) >= {"basis", "evidence", "matches", "keywords", "explanation", "verify"}
    assert set(body["evidence"][0]) >= {
        "dataset", "source", "file", "sheet", "line", "sha256", "batch", "received_at", "fields",
    }  # fmt: skip
    assert set(body["matches"][0]) >= {"left", "right", "grade", "compared"}
    assert set(body["keywords"][0]) >= {"word", "field", "offset", "length", "snippet"}
    assert NAME not in json.dumps(body, ensure_ascii=False) and ID not in json.dumps(body)
    code, body, _ = call(capsys, "clue", "show", number(), "--unmask", "--json")
    assert (code, body["errors"][0]["code"]) == (3, "no_reason")
    code, body, _ = call(capsys, "clue", "show", number(), "--unmask", "--reason", "核对身份证号", "--json")
    assert (code, body["evidence"][0]["fields"]["id_card"]) == (0, ID)
    entry = audit.entries(limit=1)[0]
    assert (entry.action, entry.actor.startswith("cli:"), entry.object) == (
        "clue.unmask",
        True,
        f"clue:{number()}",
    )


def test_show_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    fill()
    _, out, _ = call(capsys, "clue", "show", number())
    for words in (
        "疑似有罪判决后未见处分",
        "罪犯名册.xlsx · Sheet1 第 3 行",
        "核查清单",
        "□ 向监委核对",
        "身份证号：999999",
    ):
        assert words in out
    assert NAME not in out


def test_what_the_model_computed_is_shown_by_its_title(capsys: pytest.CaptureFixture[str]) -> None:
    fill(replace(hit(1), figures={"people": "6", "share": "0.461538", "body": None, "other": "1"}))
    _, out, _ = call(capsys, "clue", "show", number())
    assert "模型算出（估算，仅供核查）：人数 6　占比 0.461538　other 1\n" in out
    fill(replace(hit(1), figures={}))
    assert "模型算出" not in call(capsys, "clue", "show", number())[1]


def test_a_decimal_is_shown_without_the_zeros_of_its_column() -> None:
    assert [_plain("decimal", text) for text in ("20160.000000", "0.500000", "7")] == ["20160", "0.5", "7"]
    assert _plain("money", "20160.00") == "20160.00"


def test_every_look_is_on_record_also_in_vain(capsys: pytest.CaptureFixture[str]) -> None:
    code, body, _ = call(capsys, "clue", "show", "XS000777", "--json")
    assert (code, body["errors"][0]["code"]) == (2, "unknown_clue")
    call(capsys, "clue", "list", "--state", "C1")
    found = [(entry.action, entry.object) for entry in audit.entries()]
    assert found == [("clue.list", "clues:state=C1"), ("clue.show", "clue:XS000777")]


EVIL = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "\x01=1"]


@pytest.mark.parametrize("start", EVIL)
def test_no_cell_starts_a_formula(capsys: pytest.CaptureFixture[str], tmp_path: Path, start: str) -> None:
    fill(replace(hit(), title=f"{start} 疑似", mask=start))
    file = tmp_path / "线索.xlsx"
    assert call(capsys, "clue", "export", str(file))[0] == 0
    for row in load_workbook(file).active.iter_rows():
        for cell in row:
            assert cell.data_type in ("s", "n") and not str(cell.value or "").startswith(tuple("=+-@\t＝"))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_export_as_text_document(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    fill()
    file = tmp_path / "线索.docx"
    code, body, _ = call(capsys, "clue", "export", str(file), "--json")
    assert (code, body["items"]) == (0, [{"file": str(file), "rows": 2}])
    document = Document(str(file))
    cells = [cell.text for row in document.tables[0].rows for cell in row.cells]
    assert "示某某疑似有罪判决后未见处分" in cells and NAME not in "".join(cells)
    assert "导出人 cli:" in document.sections[0].footer.paragraphs[0].text


def test_export_refuses_other_formats_and_places_and_leaves_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    fill()
    assert (
        call(capsys, "clue", "export", str(tmp_path / "x.csv"), "--json")[1]["errors"][0]["code"]
        == "export_format"
    )
    assert call(capsys, "clue", "export", str(tmp_path / "none" / "x.xlsx"))[0] == 4
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_audit_verify(capsys: pytest.CaptureFixture[str]) -> None:
    fill()
    code, body, _ = call(capsys, "audit", "verify", "--json")
    assert (code, body["schema"], body["entries"], body["ok"], body["first_bad"]) == (
        0,
        "shujian.audit.verify/1",
        2,
        True,
        None,
    )
    assert call(capsys, "audit", "verify", "--anchor", body["anchor"])[0] == 0
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET action = 'clue.nothing' WHERE seq = 2")
    code, body, err = call(capsys, "audit", "verify", "--json")
    assert (code, body["ok"], body["first_bad"]) == (1, False, 2)
    assert "第 2 条断开" in err
    assert call(capsys, "audit", "verify")[0] == 1


def test_what_was_judged_is_said_as_json_and_as_lines(capsys: pytest.CaptureFixture[str]) -> None:
    fill(hit(2, grade="B"))
    words = ("subject", "judge", number(), "--match", "1", "--unsure", "--reason", "调取户籍档案核对过")
    assert call(capsys, *words)[0] == 0
    code, body, _ = call(capsys, "clue", "show", number(), "--json")
    (judged,) = body["judged"]
    assert (code, body["schema"]) == (0, "shujian.clue.show/1")
    assert (judged["match"], judged["standing"], judged["reason"]) == (1, "unsure", "调取户籍档案核对过")
    assert judged["by"].startswith("cli:") and judged["at"] and "may_undo" not in judged
    told = call(capsys, "clue", "show", number())[1]
    assert f"人工认定：不能确定（{judged['judgement']}，cli:" in told and "理由：调取户籍档案核对过）" in told
