"""CONTRACT: ``lake ingest FOLDER | watch | pull | fetch | ocr`` as seen from outside."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from house import House

DAY = "2026-06-30"
HEADER = "登记证号,养犬人,身份证号,发证日期,登记费\n"
PAGE = "受案编号：示公受案〔2026〕{n}号\n公开时间：2026-05-0{n}\n"


def _documents(folder: Path) -> Path:
    folder.mkdir(parents=True)
    for n in (1, 2):
        (folder / f"{n}.txt").write_text(PAGE.format(n=n), "utf-8")
    (folder / "3.html").write_text("<p>没有编号</p>", "utf-8")
    return folder


def test_a_folder_is_ingested_as_documents(empty_house: House, tmp_path: Path) -> None:
    folder = _documents(tmp_path / "公开页")
    answer = empty_house.ask(
        "lake", "ingest", "police_disclosure", folder, "--as-of", DAY, "--max-rejects", "1"
    )
    (file,) = answer["files"]
    assert (file["path"], file["state"], file["read"], file["landed"], file["rejected"]) == (
        str(folder), "landed", 3, 2, 1,
    )  # fmt: skip
    (reject,) = empty_house.ask("lake", "rejects", answer["batch"])["items"]
    assert (reject["file"], reject["line"], reject["field"], reject["code"]) == (
        "3.html",
        1,
        "受案编号",
        "no_key",
    )
    rows = empty_house.ask("lake", "show", "police_disclosure")["items"]
    assert [(row["_file"], row["_line"]) for row in rows] == [("1.txt", 1), ("2.txt", 1)]


def test_a_watched_folder_answers_for_every_file(empty_house: House, tmp_path: Path) -> None:
    box = tmp_path / "box"
    (box / "dog_permit").mkdir(parents=True)
    (box / "dog_permit" / "a_2026-06-15.csv").write_text(HEADER + "证1,示例甲,,2026-01-01,100\n", "utf-8")
    (box / "dog_permit" / "b.csv").write_text("什么,都,不是\n1,2,3\n", "utf-8")
    answer = empty_house.ask("lake", "watch", box, "--once", "--interval", "0.1", code=1)
    assert (answer["schema"], answer["next"]) == ("shujian.lake.watch/1", None)
    done, refused = answer["items"]
    assert (done["source"], done["file"], done["state"], done["landed"], done["errors"]) == (
        "dog_permit", "a_2026-06-15.csv", "done", 1, [],
    )  # fmt: skip
    assert Path(done["folder"]) == box / "done" / done["batch"]
    assert (refused["state"], refused["errors"][0]["code"], refused["errors"][0]["file"]) == (
        "refused",
        "no_header",
        "b.csv",
    )
    assert "没有导入" in (Path(refused["folder"]) / "b.csv.说明.txt").read_text("utf-8")
    assert empty_house.ask("lake", "watch", box, "--once", "--interval", "0.1")["items"] == []


@pytest.mark.parametrize(
    ("words", "code", "name"),
    [
        (("pull", "dog_permit", "--connection", "x"), 2, "no_settings"),
        (("pull", "no_such", "--connection", "x"), 2, "unknown_source"),
        (("fetch", "dog_permit", "x"), 3, "fetch_off"),
        (("fetch", "dog_permit"), 2, "usage"),
        (("fetch", "dog_permit", "--replay", "http-1"), 2, "unknown_arrival"),
        (("watch", "no/such/folder", "--once"), 2, "no_folder"),
        (("ingest", "dog_permit", "."), 2, "no_layout"),
    ],
)
def test_wrong_use_is_one_object_and_its_code(
    empty_house: House, tmp_path: Path, words: tuple[str, ...], code: int, name: str
) -> None:
    answer = empty_house.run("lake", *words, "--json", code=code, folder=tmp_path)
    assert [error["code"] for error in answer.errors] == [name]


@pytest.mark.skipif(importlib.util.find_spec("rapidocr") is not None, reason="the engine is installed here")
def test_without_the_engine_ocr_says_what_to_install(empty_house: House, tmp_path: Path) -> None:
    (error,) = empty_house.ask("lake", "ocr", tmp_path, "--source", "police_disclosure", code=4)["errors"]
    assert error["code"] == "ocr_missing" and "make ocr" in error["expected"]
