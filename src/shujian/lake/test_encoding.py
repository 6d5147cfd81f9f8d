"""Strict decoding: what is read, what is refused, and at which byte and line."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shujian.lake.errors import FileRefused
from shujian.lake.reading import encoding
from shujian.lake.reading.encoding import open_text, sniff

Put = Callable[..., Path]


def _read(path: Path, work: Path) -> tuple[str, str]:
    work.mkdir(exist_ok=True)
    text = open_text(path, sniff(path), work)
    return text.encoding, text.path.read_bytes()[text.start :].decode("utf-8")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("utf-16", "utf-16"),
    ],
)
def test_known_encodings(put: Put, tmp_path: Path, written: str, name: str) -> None:
    text = "姓名,备注\n示例甲,一二三\n"
    assert _read(put("a.csv", text, written), tmp_path / "work") == (name, text)


def test_rare_characters_of_gb18030(put: Put, tmp_path: Path) -> None:
    text = "姓名\n示例𬭁㛃\n"
    assert _read(put("a.csv", text, "gb18030"), tmp_path / "work") == ("gb18030", text)


def test_a_character_split_by_a_block_border(
    put: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoding, "BLOCK", 7)
    text = "姓名\n" + "示例𬭁，" * 50 + "\n"
    assert _read(put("a.csv", text, "gb18030"), tmp_path / "w1") == ("gb18030", text)
    assert _read(put("b.csv", text), tmp_path / "w2") == ("utf-8", text)


@pytest.mark.parametrize("block", [5, 8 << 20])
def test_a_broken_line_is_left_out_with_byte_and_line(
    put: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(encoding, "BLOCK", block)
    head = "姓名\n示例甲\n".encode()
    path = put("a.csv", head + b"ab\xff\xff\n" + "示例乙\n".encode())
    text = open_text(path, sniff(path), tmp_path)
    assert text.path.read_text("utf-8") == "姓名\n示例甲\n\n示例乙\n"
    (bad,) = text.bad.values()
    assert (bad.line, bad.code) == (3, "wrong_encoding")
    assert bad.found == f"第 {len(head) + 2} 字节起不是文字：字节 0xff 0xff"
    assert text.encoding == "utf-8"


@pytest.mark.parametrize(
    ("content", "code"), [(b"abc\0def\n", "nul_byte"), (b"a\n\xff\xff\n", "wrong_encoding")]
)
def test_a_file_that_is_mostly_no_text_is_refused(
    put: Put, tmp_path: Path, content: bytes, code: str
) -> None:
    with pytest.raises(FileRefused) as refused:
        _read(put("a.csv", content), tmp_path / "work")
    assert [fault.code for fault in refused.value.faults] == [code]


def test_lines_of_two_encodings_are_each_read_by_their_own(put: Put, tmp_path: Path) -> None:
    lines = ["姓名,备注", "示例甲,第一行的说明文字", "示例乙,另一系统导出的说明", "示例丙,又是一行"]
    content = b"".join(
        (line + "\n").encode("gb18030" if place % 2 else "utf-8") for place, line in enumerate(lines)
    )
    path = put("a.csv", content)
    text = open_text(path, sniff(path), tmp_path)
    assert text.path.read_text("utf-8").splitlines() == lines
    assert (text.encoding, len(text.bad)) == ("utf-8+gb18030", 0)
    assert text.told == ("一个文件里混有两种编码（utf-8 2 行、gb18030 2 行），已逐行按各自的编码读取",)


def test_a_line_that_both_encodings_read_is_decided_by_the_file(put: Put, tmp_path: Path) -> None:
    short = "联通"  # its bytes in GB18030 are also letters in UTF-8
    path = put("a.csv", f"示例甲\n{short}\n示例乙\n", "gb18030")
    text = open_text(path, sniff(path), tmp_path)
    assert (text.path.read_text("utf-8"), text.encoding) == (f"示例甲\n{short}\n示例乙\n", "gb18030")


def test_a_line_cut_inside_a_character_is_left_out_not_read_as_something_else(
    put: Put, tmp_path: Path
) -> None:
    content = "姓名,备注\n示例甲,无\n示例乙,没有\n示例丙,写到这".encode()[:-1]
    path = put("a.csv", content)
    text = open_text(path, sniff(path), tmp_path)
    (bad,) = text.bad.values()
    assert (bad.line, bad.code, text.encoding) == (4, "truncated", "utf-8")
    assert "文件可能被截断" in bad.expected


def test_an_endless_line_costs_itself_only(lake_home: Path, put: Put, tmp_path: Path) -> None:
    limits = lake_home / "catalogue" / "limits"
    limits.mkdir()
    (limits / "reading.yaml").write_text("line_bytes: 50\n", "utf-8")
    path = put("a.csv", "姓名\n示例甲\n" + "长" * 100 + "\n示例乙\n")
    text = open_text(path, sniff(path), tmp_path)
    assert text.path.read_text("utf-8") == "姓名\n示例甲\n\n示例乙\n"
    assert [(bad.line, bad.code, bad.found) for bad in text.bad.values()] == [
        (3, "line_too_long", "300 字节，从第 17 字节起")
    ]


def test_empty_and_missing_files(put: Put, tmp_path: Path) -> None:
    for path, code in (
        (put("a.csv", b""), "empty_file"),
        (tmp_path / "no.csv", "no_file"),
        (tmp_path, "no_file"),
    ):
        with pytest.raises(FileRefused) as refused:
            sniff(path)
        assert refused.value.faults[0].code == code


def test_only_a_mark_is_empty_of_rows(put: Put, tmp_path: Path) -> None:
    assert _read(put("a.csv", codecs.BOM_UTF8), tmp_path / "work") == ("utf-8-sig", "")


def test_old_mac_line_ends(put: Put, tmp_path: Path) -> None:
    assert _read(put("a.csv", "甲\r乙\r"), tmp_path / "work") == ("utf-8", "甲\n乙\n")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=60))
def test_every_text_comes_back(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("text")
    path = folder / "a.csv"
    data = ("字" + text).encode("gb18030")
    path.write_bytes(data)
    found, read = _read(path, folder / "work")
    assert read == "字" + text or (found == "utf-8" and read.encode() == data)
