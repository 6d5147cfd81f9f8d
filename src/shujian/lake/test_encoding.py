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
def test_wrong_encoding_names_byte_and_line(
    put: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(encoding, "BLOCK", block)
    head = "姓名\n示例甲\n".encode()
    path = put("a.csv", head + b"ab\xff\xff\n")
    with pytest.raises(FileRefused) as refused:
        _read(path, tmp_path / "work")
    (fault,) = refused.value.faults
    assert (fault.code, fault.file, fault.line) == ("wrong_encoding", str(path), 3)
    assert f"第 {len(head) + 2} 字节" in fault.message
    assert fault.found == "字节 0xff 0xff"


def test_binary_is_refused(put: Put, tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        _read(put("a.csv", b"abc\0def\n"), tmp_path / "work")
    assert refused.value.faults[0].code == "wrong_encoding"


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
