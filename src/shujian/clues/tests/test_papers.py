"""Attachments: known by their bytes, whole, without metadata, sealed outside the database; everything else refused."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from docx import Document

from shujian.accounts.read import Role
from shujian.audit import read as audit
from shujian.clues import service
from shujian.clues.around import around
from shujian.clues.errors import ClueRefused, SealBroken
from shujian.clues.models import Clue, ClueFile
from shujian.clues.papers import Limits, cleaned
from shujian.clues.tests.factories import NAME, hit, result
from shujian.clues.tests.people import account
from shujian.kernel.clock import today
from shujian.kernel.errors import BadInput

LIMITS = Limits(dict.fromkeys(("pdf", "jpeg", "png", "docx", "xlsx", "txt"), 200_000), 8 << 20, 200)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PLACE = b"GPS-27.66N-113.49E"


def segment(mark: int, body: bytes) -> bytes:
    return bytes((0xFF, mark)) + struct.pack(">H", len(body) + 2) + body


def jpeg(orientation: int = 6) -> bytes:
    tiff = b"II*\0" + struct.pack("<IH", 8, 1) + struct.pack("<HHIHH", 274, 3, 1, orientation, 0) + b"\0" * 4
    return (
        b"\xff\xd8" + segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0") + segment(0xE1, b"Exif\0\0" + tiff + PLACE)
        + segment(0xFE, b"taken by somebody") + segment(0xDB, b"\0" * 65) + segment(0xDA, b"\x01\x01\0\0\x3f\0")
        + b"scan\xff\x00data\xff\xd0more" + b"\xff\xd9" + PLACE
    )  # fmt: skip


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png() -> bytes:
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"\0" * 13) + chunk(b"eXIf", PLACE) + chunk(b"tEXt", b"Author\0x")
        + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"") + PLACE
    )  # fmt: skip


def docx(**more: bytes) -> bytes:
    made, out = io.BytesIO(), io.BytesIO()
    Document().save(made)
    with zipfile.ZipFile(made) as pack, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in pack.namelist():
            new.writestr(one, pack.read(one))
        for name, body in more.items():
            new.writestr(name, body)
    return out.getvalue()


def test_a_photo_keeps_its_picture_and_its_way_up_only() -> None:
    paper = cleaned(jpeg(), LIMITS, "a.pdf")
    assert (paper.kind, PLACE in paper.body, b"somebody" in paper.body) == ("jpeg", False, False)
    assert paper.body[-18:] == b"scan\xff\x00data\xff\xd0more\xff\xd9" and b"\x01\x12\0\x03" in paper.body
    assert paper.stripped == ("图片后面的附加内容", "图片的附加信息", "拍摄信息和位置")
    assert cleaned(paper.body, LIMITS).body == paper.body
    assert b"Exif" not in cleaned(jpeg(1), LIMITS).body


def test_a_png_keeps_its_picture_only() -> None:
    paper = cleaned(png(), LIMITS)
    assert (paper.kind, PLACE in paper.body, b"Author" in paper.body) == ("png", False, False)
    assert cleaned(paper.body, LIMITS).stripped == ()


def test_pictures_inside_documents_lose_their_place_too() -> None:
    paper = cleaned(docx(**{"word/media/image1.jpeg": jpeg()}), LIMITS)
    with zipfile.ZipFile(io.BytesIO(paper.body)) as pack:
        assert PLACE not in pack.read("word/media/image1.jpeg") and pack.testzip() is None
    assert cleaned(paper.body, LIMITS).body == paper.body


@pytest.mark.parametrize(
    "body", [PDF, "情况说明".encode(), "情况说明".encode("gb18030"), docx(), jpeg(), png()]
)
def test_what_is_taken(body: bytes) -> None:
    assert cleaned(body, LIMITS).kind in LIMITS.most


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty_file"),
        (PDF[:-7], "cut_file"),
        (jpeg()[:120], "cut_file"),
        (png()[:60], "cut_file"),
        (docx()[:-40], "cut_file"),
        (docx(**{"word/vbaProject.bin": b"x"}), "has_macros"),
        (docx(**{"word/media/x.bin": b"\0" * (9 << 20)}), "zip_bomb"),
        (b"PK\x05\x06" + b"\0" * 18, "wrong_type"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 99, "wrong_type"),
        (b"MZ\x90\0\x03\0\0\0", "wrong_type"),
        (b"\x00\x01\x02\x03", "wrong_type"),
        (PDF + b"%" * 200_000 + PDF, "too_large"),
    ],
)
def test_what_is_refused(body: bytes, code: str) -> None:
    with pytest.raises(BadInput) as raised:
        cleaned(body, LIMITS, "证据.pdf")
    (fault,) = raised.value.faults
    assert (fault.code, fault.file) == (code, "证据.pdf")


def test_what_unpacks_to_far_more_than_it_is_is_a_bomb() -> None:
    body = docx(**{"word/media/x.bin": b"\0" * (5 << 20)})
    assert cleaned(body, Limits(LIMITS.most, 64 << 20, 200)).kind == "docx"
    with pytest.raises(BadInput, match="压缩炸弹"):
        cleaned(body, Limits(LIMITS.most, 64 << 20, 50))


@pytest.mark.django_db
def test_a_paper_lies_sealed_under_its_digest_and_is_opened_on_record(own_home: Path) -> None:
    with transaction.atomic():
        service.merge_hits(run="run-1", result=result([hit()]), judged=True)
    actor, hub, number = account("one", Role.CBR), account("hub", Role.AG), f"XS{Clue.objects.get().pk:06d}"
    filed = service.file_paper(
        actor=actor, number=number, name=f"../../{NAME}的照片.exe", body=jpeg(), says="现场"
    )
    (stored,) = [path for path in (own_home / "attachments").rglob("*") if path.is_file()]
    assert (
        stored.name == filed.sha256
        and b"scan" not in stored.read_bytes()
        and stored.stat().st_mode & 0o77 == 0
    )
    assert NAME not in repr(list(ClueFile.objects.values())) + repr(audit.entries())
    (told,) = around(hub, number, today()).papers
    assert (told.name, told.kind, told.says) == ("示某某的照片.exe.jpg", "JPEG 图片", "现场")
    opened = service.open_paper(actor=actor, number=number, file=filed.file)
    assert (opened.name, opened.content_type, PLACE in opened.body) == (
        f"{NAME}的照片.exe.jpg",
        "image/jpeg",
        False,
    )
    assert audit.entries(limit=1)[0].action == "clue.open_file"
    with pytest.raises(ClueRefused, match="只能查看脱敏信息"):
        service.open_paper(actor=hub, number=number, file=filed.file)
    with pytest.raises(BadInput, match="已经在附件里"):
        service.file_paper(actor=actor, number=number, name="又一份.jpg", body=jpeg())
    stored.write_bytes(stored.read_bytes()[:-1] + b"x")
    with pytest.raises(SealBroken):
        service.open_paper(actor=actor, number=number, file=filed.file)
    stored.unlink()
    with pytest.raises(SealBroken, match="备份"):
        service.open_paper(actor=actor, number=number, file=filed.file)


@pytest.mark.django_db
def test_a_refused_paper_leaves_nothing_and_one_is_taken_down_by_its_own(own_home: Path) -> None:
    with transaction.atomic():
        service.merge_hits(run="run-1", result=result([hit()]), judged=True)
    actor, other, number = (
        account("one", Role.CBR),
        account("two", Role.CBR),
        f"XS{Clue.objects.get().pk:06d}",
    )
    told: dict[str, Any] = {"actor": actor, "number": number}
    with pytest.raises(BadInput, match="文件是空的"):
        service.file_paper(**told, name="空.pdf", body=b"")
    assert not (own_home / "attachments").exists() and ClueFile.objects.count() == 0
    assert audit.entries(limit=1)[0].detail == {"step": "file", "codes": ["empty_file"]}
    filed = service.file_paper(**told, name="", body=PDF)
    with pytest.raises(ClueRefused, match="上传的人"):
        service.unfile(actor=other, number=number, file=filed.file, note="放错了地方")
    service.unfile(**told, file=filed.file, note="放错了地方")
    assert around(actor, number, today()).papers == ()
    with pytest.raises(ClueRefused, match="没有这份附件"):
        service.open_paper(**told, file=filed.file)
