"""Which reader a document needs, by its first bytes before its name."""

from __future__ import annotations

from pathlib import Path

from shujian.lake.reading.documents.docx import read_docx
from shujian.lake.reading.documents.html import decode, read_html
from shujian.lake.reading.documents.page import LARGEST, Page, refused, settled, tidy
from shujian.lake.reading.documents.pdf import read_pdf

SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".docx", ".pdf", ".txt"})
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp"})
_ALL = "HTML、DOCX、带文字的 PDF 或 TXT"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURE_MAGIC = (b"\x89PNG", b"\xff\xd8\xff", b"BM", b"II*\0", b"MM\0*")


def read_document(path: Path, body: bytes, shown: str) -> Page:
    """One document as text. ``shown``: the name under which faults speak of it. Raises FileRefused."""
    suffix = path.suffix.lower()
    if not body:
        raise refused("empty_document", "文书是空的", shown, found="0 字节", expected=_ALL)
    if len(body) > LARGEST:
        raise refused(
            "document_too_large",
            "文书太大",
            shown,
            found=f"{len(body):,} 字节",
            expected=f"不超过 {LARGEST:,} 字节",
        )
    if body.startswith(b"%PDF") or suffix == ".pdf":
        return read_pdf(body, shown)
    if body.startswith(_OLE):
        raise refused(
            "encrypted_document",
            "Word 文件有密码，或是旧格式 .doc",
            shown,
            found=suffix,
            expected="没有密码的 .docx",
        )
    if body.startswith(b"PK\x03\x04") or suffix == ".docx":
        return read_docx(body, shown)
    if suffix in PICTURES or body.startswith(_PICTURE_MAGIC):
        raise refused(
            "needs_ocr",
            "图片没有文字，需要文字识别",
            shown,
            found=suffix,
            expected="先用 shujian lake ocr 识别",
        )
    if suffix in (".html", ".htm", ".xhtml") or b"<html" in body[:2048].lower():
        return read_html(body, shown)
    return settled(Page("txt", tidy(decode(body, shown).lstrip("\ufeff"))), shown)


def documents_in(folder: Path) -> list[Path]:
    """Every file of a folder and of what lies in it, in order of path; hidden and half-written ones left out."""
    found = [
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
        and path.suffix.lower() not in (".part", ".tmp", ".crdownload")
    ]
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())
