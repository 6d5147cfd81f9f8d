"""The sealed file: every changed byte is noticed and named, whatever was cut off too, and nobody reads it without its words."""

from __future__ import annotations

import io
import json

import pytest

from shujian.backups import container
from shujian.backups.container import Reader, Writer
from shujian.backups.errors import BackupDamaged, BackupRefused
from shujian.backups.files import safe

WORDS = "正确的马电池钉书针 42"
PARTS = {
    "db/a.jsonl": b"[]\n" * 40,
    "lake/empty": b"",
    "lake/b.parquet": bytes(range(256)) * 3,
    "manifest": b"{}",
}


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "COST", 2)
    monkeypatch.setattr(container, "CHUNK", 200)


def written() -> bytes:
    out = io.BytesIO()
    writer = Writer(out, WORDS, {"number": "BF-2026-0001", "software": "9"})
    for name, body in PARTS.items():
        writer.part(name, "file", iter([body[:7], body[7:]]))
    return out.getvalue()


def read(data: bytes, words: str = WORDS) -> dict[str, bytes]:
    reader = Reader(io.BytesIO(data), words, "a.bak")
    found = {part.name: b"".join(part.body) for part in reader.parts()}
    if reader.faults:
        raise BackupDamaged(reader.faults)
    return found


def test_what_was_written_is_read() -> None:
    data = written()
    assert read(data) == PARTS
    assert "示例".encode() not in data and b"parquet" not in data and PARTS["lake/b.parquet"][:16] not in data


def test_every_changed_byte_is_noticed_and_the_part_named() -> None:
    data = written()
    line = data.index(b"\n") + 1
    named = set()
    for at in range(len(data)):
        bent = data[:at] + bytes([data[at] ^ 0x20]) + data[at + 1 :]
        with pytest.raises((BackupDamaged, BackupRefused)) as caught:
            read(bent)
        if at >= line:
            assert all(fault.field in PARTS or fault.field == "文件头" for fault in caught.value.faults), at
            named |= {fault.field for fault in caught.value.faults}
    assert named == {*PARTS, "文件头"}


def test_two_damaged_parts_are_told_at_once() -> None:
    data = bytearray(written())
    frames = []
    at = data.index(b"\n") + 1
    while at < len(data):
        frames.append((data[at : at + 1], at))
        at += 5 + int.from_bytes(data[at + 1 : at + 5], "big")
    last = [place for kind, place in frames if kind == b"L"]
    data[last[0] + 9] ^= 1
    data[last[2] + 9] ^= 1
    with pytest.raises(BackupDamaged) as caught:
        read(bytes(data))
    assert [fault.field for fault in caught.value.faults] == ["db/a.jsonl", "lake/b.parquet"]


def test_every_cut_is_noticed_and_so_is_a_tail() -> None:
    data = written()
    for end in range(0, len(data), 3):
        with pytest.raises((BackupDamaged, BackupRefused)):
            read(data[:end])
    with pytest.raises(BackupDamaged, match="多余"):
        read(data + b"x")


def test_frames_cannot_change_places() -> None:
    data = written()
    at = data.index(b"\n") + 1
    first = 5 + int.from_bytes(data[at + 1 : at + 5], "big")
    second = 5 + int.from_bytes(data[at + first + 1 : at + first + 5], "big")
    swapped = (
        data[:at]
        + data[at + first : at + first + second]
        + data[at : at + first]
        + data[at + first + second :]
    )
    with pytest.raises(BackupDamaged):
        read(swapped)


def test_other_words_a_newer_format_and_other_files_are_refused_as_such() -> None:
    with pytest.raises(BackupRefused) as caught:
        read(written(), "别的口令")
    assert caught.value.faults[0].code == "wrong_passphrase"
    head = json.loads(written().split(b"\n")[0])
    for changed, code in (({"version": 2}, "newer_backup"), ({"format": "tar"}, "no_backup")):
        with pytest.raises(BackupRefused) as caught:
            read(json.dumps({**head, **changed}).encode() + b"\n")
        assert caught.value.faults[0].code == code
    heavy = {**head, "scrypt": {**head["scrypt"], "n": 1 << 30}}
    for told in (b"", b"PK\x03\x04" * 90, json.dumps(heavy).encode() + b"\n"):
        with pytest.raises(BackupRefused) as caught:
            read(told)
        assert caught.value.faults[0].code == "no_backup"


@pytest.mark.parametrize("name", ["/etc/passwd", "../x", "a/../../x", "a\\b", "", "a//b", "./a", "a\0b"])
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    with pytest.raises(BackupDamaged) as caught:
        safe(name, "a.bak")
    assert caught.value.faults[0].code == "bad_name"


def test_names_below_the_folder_are_taken() -> None:
    assert safe("lake/tables/丙/part-0.parquet", "a.bak").as_posix() == "lake/tables/丙/part-0.parquet"
