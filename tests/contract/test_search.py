"""CONTRACT: ``search`` and ``lake index``: shapes, exit codes, paging, nothing of a person in words."""

from __future__ import annotations

from pathlib import Path

from house import House

SOURCE = """\
id: t_texts
title: 示例留言
provider: 示例单位
agreement: {purpose: 测试, number: null, expires: null}
cadence: P1M
fresh: P60D
sensitivity: 中
key: [no]
date_field: day
region_field: town
unmatchable_limit: "1"
subjects:
  caller: {kind: person, name: caller, id_card: card}
fields:
  - {id: no, title: 编号, type: document_no, required: true}
  - {id: day, title: 日期, type: date}
  - {id: town, title: 乡镇, type: category}
  - {id: caller, title: 来电人, type: person_name, sensitivity: 高}
  - {id: card, title: 身份证号, type: id_card, sensitivity: 高}
  - {id: content, title: 内容, type: text}
"""
CARD = "999999199001010016"


def _filled(house: House, tmp_path: Path) -> None:

    target = house.root / "catalogue" / "sources" / "t_texts.yaml"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(SOURCE, "utf-8")
    rows = "".join(
        f"示{n},2026-01-{n:02d},城关镇,示例甲,{CARD},示例甲说夜间噪声{n}电话1000000{n:04d}\n"
        for n in range(1, 26)
    )
    file = tmp_path / "留言.csv"
    file.write_text("编号,日期,乡镇,来电人,身份证号,内容\n" + rows, "utf-8")
    house.ask("lake", "ingest", "t_texts", file)


def test_search_prints_hits_with_place_marks_and_cursor(empty_house: House, tmp_path: Path) -> None:
    _filled(empty_house, tmp_path)
    answer = empty_house.ask("search", "夜间", "噪声", "--limit", "20")
    assert answer["schema"] == "shujian.search/1"
    assert (answer["total"], answer["at_least"], answer["behind"], len(answer["items"])) == (
        25,
        False,
        {},
        20,
    )
    assert answer["snapshot"].startswith("snap-") and answer["pinned_at"]
    first = answer["items"][0]
    assert {"dataset", "title", "row", "day", "region", "file", "sheet", "line", "snippets"} <= set(first)
    assert (first["dataset"], first["day"], first["file"], first["line"]) == (
        "t_texts",
        "2026-01-25",
        "留言.csv",
        26,
    )
    (piece,) = first["snippets"]
    marked = [piece["text"][one["offset"] : one["offset"] + one["length"]] for one in piece["marks"]]
    assert (piece["field"], marked) == ("content", ["夜间", "噪声"])
    assert "示例甲" not in str(answer) and "10000000025" not in str(answer)
    rest = empty_house.ask("search", "夜间", "噪声", "--limit", "20", "--cursor", answer["next"])
    assert (len(rest["items"]), rest["next"], rest["total"]) == (5, None, 25)
    assert not {one["row"] for one in rest["items"]} & {one["row"] for one in answer["items"]}


def test_a_person_is_looked_up_for_a_purpose_only(empty_house: House, tmp_path: Path) -> None:
    _filled(empty_house, tmp_path)
    for call in (("search", CARD), ("search", "--person", CARD)):
        refused = empty_house.run(*call, "--json", code=3)
        assert CARD not in refused.out + refused.err
    found = empty_house.ask("search", "--person", CARD, "--purpose", "示例检行监〔2026〕1号")
    assert found["total"] == 25
    assert empty_house.ask("search", "--person", "10000000007", "--purpose", "核对来电")["total"] == 1


def test_wrong_use_is_said(empty_house: House, tmp_path: Path) -> None:
    _filled(empty_house, tmp_path)
    for call in (
        (),
        ("",),
        ("噪声", "--order", "x"),
        ("噪声", "--dataset", "nothing"),
        ("噪声", "--limit", "0"),
    ):
        empty_house.run("search", *call, "--json", code=2)


def test_index_says_what_can_be_searched(empty_house: House, tmp_path: Path) -> None:
    _filled(empty_house, tmp_path)
    answer = empty_house.ask("lake", "index")
    assert answer["schema"] == "shujian.lake.index/1"
    assert answer["items"] == [{"dataset": "t_texts", "rows": 25}]
    assert empty_house.ask("lake", "index", "t_texts")["items"][0]["rows"] == 25
    empty_house.run("lake", "index", "nothing", "--json", code=2)
