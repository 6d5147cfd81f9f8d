"""CONTRACT: ``clue list | show | export`` and ``audit verify``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import openpyxl

from house import House

ITEM = {
    "id", "key", "model", "fingerprint", "run", "title", "subject_kind", "subject_key", "subject_masked",
    "absence", "grade", "strength", "score", "score_parts", "state", "unit", "found_at", "evidence_count",
}  # fmt: skip
SHOWN = {"basis", "evidence", "matches", "keywords", "explanation", "verify"}
IDS = ("999999198001010011", "999999198304040074")


def _clues(house: House, *words: str) -> list[dict[str, Any]]:
    return list(house.ask("clue", "list", *words)["items"])


def _proved(house: House) -> dict[str, Any]:
    (item,) = [item for item in _clues(house) if item["absence"] == "proved"]
    return item


def test_list_has_every_key_and_no_identity(ran: House) -> None:
    answer = ran.run("clue", "list", "--json")
    items = answer.json["items"]
    assert answer.json["schema"] == "shujian.clue.list/1" and answer.json["next"] is None and len(items) == 2
    for item in items:
        assert set(item) >= ITEM
        assert (
            item["model"] == "unlicensed_dog"
            and item["subject_kind"] == "person"
            and item["strength"] == "中"
        )
        assert re.fullmatch(r"C[0-9]", item["state"]) and item["grade"] == "A" and item["evidence_count"] >= 1
        assert "示例甲" not in item["title"] and "疑似" in item["title"]
    assert not any(number in answer.out for number in IDS)


def test_only_the_proved_one_is_pushed(ran: House) -> None:
    states = {item["absence"]: item["state"] for item in _clues(ran)}
    assert states == {"proved": "C1", "possible": "C0"}


def test_filters_and_pages(ran: House) -> None:
    assert len(_clues(ran, "--model", "M901", "--grade", "A", "--state", "C1")) == 1
    assert _clues(ran, "--model", "M08") == []
    assert len(_clues(ran, "--unit", "公益诉讼检察部门")) == 2
    assert len(_clues(ran, "--since", "2000-01-01")) == 2
    first = ran.ask("clue", "list", "--limit", "1")
    second = ran.ask("clue", "list", "--limit", "1", "--cursor", first["next"])
    assert {first["items"][0]["id"], second["items"][0]["id"]} == {item["id"] for item in _clues(ran)}
    assert second["next"] is None


def test_show_names_the_file_the_line_and_the_word(ran: House) -> None:
    answer = ran.ask("clue", "show", _proved(ran)["id"])
    assert answer["schema"] == "shujian.clue.show/1" and set(answer) >= ITEM | SHOWN
    row = next(one for one in answer["evidence"] if one["dataset"] == "dog_complaint")
    assert set(row) >= {
        "dataset",
        "source",
        "file",
        "sheet",
        "line",
        "sha256",
        "batch",
        "received_at",
        "fields",
    }
    assert row["file"].endswith("dog_complaint.csv") and row["line"] == 2 and row["sheet"] is None
    (word,) = answer["keywords"]
    text = "示例甲家的大狗𠮷没拴绳，昨天咬伤路人"
    assert (word["word"], word["field"], word["offset"], word["length"]) == (
        "咬伤",
        "content",
        text.index("咬伤"),
        2,
    )
    assert "咬伤" in word["snippet"]
    assert answer["basis"][0]["law"] == "示例市养犬管理办法" and answer["verify"] == ["向公安局核对养犬登记"]
    assert answer["explanation"]


def test_a_possible_match_shows_what_was_compared(ran: House) -> None:
    (item,) = [one for one in _clues(ran) if one["absence"] == "possible"]
    answer = ran.ask("clue", "show", item["id"])
    assert answer["matches"], "the masked permit row should be shown"
    for match in answer["matches"]:
        assert set(match) >= {"left", "right", "grade", "compared"} and match["grade"] in (
            "A",
            "A-",
            "B",
            "B-",
            "C",
        )
        for compared in match["compared"]:
            assert set(compared) >= {"field", "left", "right", "outcome"}


def test_plain_identity_needs_a_reason_and_leaves_a_trace(house: House) -> None:
    clue = _proved(house)["id"]
    masked = house.run("clue", "show", clue, "--json").out
    assert "999999198001010011" not in masked
    refused = house.run("clue", "show", clue, "--unmask", "--json", code=None)
    assert refused.code in (2, 3) and "999999198001010011" not in refused.out
    before = house.ask("audit", "verify")["entries"]
    opened = house.run("clue", "show", clue, "--unmask", "--reason", "核实身份", "--json")
    assert "示例甲" in opened.out
    after = house.ask("audit", "verify")
    assert after["ok"] is True and after["entries"] > before


def test_export_is_a_sheet_without_formulas(house: House, tmp_path: Path) -> None:
    path = tmp_path / "线索.xlsx"
    house.run("clue", "export", path, "--json")
    rows = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert len(rows) >= 3
    text = str(rows)
    assert "疑似" in text and not any(number in text for number in IDS)
    assert not any(isinstance(cell, str) and cell[:1] in "=+@" for row in rows for cell in row)


def test_export_as_a_document(house: House, tmp_path: Path) -> None:
    path = tmp_path / "线索.docx"
    house.run("clue", "export", path, "--json")
    assert path.read_bytes()[:2] == b"PK"


def test_unknown_clue(ran: House) -> None:
    assert ran.run("clue", "show", "nothing", "--json", code=2).errors[0]["found"] == "nothing"


def test_audit_verify(ran: House) -> None:
    answer = ran.ask("audit", "verify")
    assert answer["schema"] == "shujian.audit.verify/1"
    assert answer["ok"] is True and answer["entries"] > 0 and answer["first_bad"] is None and answer["anchor"]


def test_a_tampered_chain_is_found(house: House) -> None:
    import sqlite3

    with sqlite3.connect(house.root / "db/shujian.sqlite3") as connection:
        (table,) = connection.execute(
            "select name from sqlite_master where name like 'audit%entry%'"
        ).fetchone()
        columns = [row[1] for row in connection.execute(f"pragma table_info({table})")]
        actor = next(name for name in columns if "actor" in name)
        for (trigger,) in connection.execute(
            "select name from sqlite_master where type = 'trigger'"
        ).fetchall():
            connection.execute(f"drop trigger {trigger}")
        connection.execute(
            f"update {table} set {actor} = 'nobody' where rowid = (select min(rowid) from {table})"
        )
    answer = house.ask("audit", "verify", code=1)
    assert answer["ok"] is False and answer["first_bad"] is not None
