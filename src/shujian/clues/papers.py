"""What an uploaded file is, by its bytes and never by its name; whether it is whole; and the same without its metadata.

Pictures lose everything but the picture (place, camera, time, comments); only the way up is kept. Pictures inside
documents likewise. What is not known for one of the kinds here is refused: a list of what is taken, not of what is bad.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from shujian.clues.pictures import PNG, clean_jpeg, clean_png, cut
from shujian.kernel.errors import BadInput, Fault

TITLES: Mapping[str, str] = {
    "pdf": "PDF", "jpeg": "JPEG 图片", "png": "PNG 图片", "docx": "DOCX 文档", "xlsx": "XLSX 表格", "txt": "文本",
}  # fmt: skip
TYPES: Mapping[str, str] = {
    "pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png", "txt": "text/plain; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)
"""All that reading a pack can raise which is cut, locked or packed in a way that is not known."""
_MARKS = (b"word/document.xml", b"xl/workbook.xml")
_FREE = 4 << 20
_ENTRIES = 5000
_OTHERS = (
    (b"\xd0\xcf\x11\xe0", "旧式 Office 文件（.doc、.xls）", "用 Word 或 WPS 另存为 DOCX、XLSX 或 PDF"),
    (b"GIF8", "GIF 图片", "JPEG 或 PNG"), (b"Rar!", "RAR 压缩包", "里面的文件，逐个上传"),
    (b"7z\xbc\xaf", "7z 压缩包", "里面的文件，逐个上传"), (b"\x1f\x8b", "gzip 压缩包", "里面的文件，逐个上传"),
    (b"MZ", "程序", "文档或图片"), (b"\x7fELF", "程序", "文档或图片"),
)  # fmt: skip


@dataclass(frozen=True)
class Paper:
    """A file that may be filed. ``stripped``: what was taken out of it, in words; empty where nothing was."""

    kind: str
    body: bytes
    stripped: tuple[str, ...]


@dataclass(frozen=True)
class Limits:
    """Bytes at most by kind; unpacked bytes and ratio of documents."""

    most: Mapping[str, int]
    unpacked: int
    ratio: int


def cleaned(body: bytes, limits: Limits, name: str = "") -> Paper:
    """The file without its metadata. Raises BadInput for one that is empty, of another kind, cut, too large or a bomb."""
    if not body:
        raise _bad("empty_file", "文件是空的", name, "0 字节", "有内容的文件")
    kind = _kind(body, name)
    if len(body) > limits.most.get(kind, 0):
        raise _bad(
            "too_large", f"{TITLES[kind]}太大", name, _size(len(body)), f"不超过 {_size(limits.most.get(kind, 0))}"
        )  # fmt: skip
    if kind == "jpeg":
        made, stripped = clean_jpeg(body, name)
    elif kind == "png":
        made, stripped = clean_png(body, name)
    elif kind in ("docx", "xlsx"):
        made, stripped = _packed(body, limits, name)
    else:
        made, stripped = body, ()
    return Paper(kind, made, stripped)


def _kind(body: bytes, name: str) -> str:
    if body.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if body.startswith(PNG[:4]):
        return "png"
    if b"%PDF-" in body[:1024]:
        if b"%%EOF" not in body[-2048:]:
            raise cut(name, "PDF")
        return "pdf"
    if body.startswith(b"PK"):
        return _zip_kind(body, name)
    for magic, title, instead in _OTHERS:
        if body.startswith(magic):
            raise _bad("wrong_type", "这种文件不能作附件", name, title, instead)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(ord(one) < 32 and one not in "\t\r\n\f" for one in text):
            return "txt"
    raise _bad("wrong_type", "认不出是什么文件", name, "内容不是下列任何一种", "、".join(TITLES.values()))


def _zip_kind(body: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as pack:
            names = set(pack.namelist())
    except _BROKEN:
        raise cut(name, "文档或压缩包") from None
    for kind, mark in zip(("docx", "xlsx"), _MARKS, strict=True):
        if mark.decode() in names and "[Content_Types].xml" in names:
            if any(one.lower().endswith("vbaproject.bin") for one in names):
                raise _bad("has_macros", "文档里有宏", name, "vbaProject.bin", "另存为不带宏的文档")
            return kind
    raise _bad("wrong_type", "这种文件不能作附件", name, "ZIP 压缩包", "里面的文件，逐个上传")


def _packed(body: bytes, limits: Limits, name: str) -> tuple[bytes, tuple[str, ...]]:
    """A document unpacked under its limits, its pictures cleaned, packed again only where one changed."""
    most = left = min(limits.unpacked, max(_FREE, len(body) * limits.ratio))
    made, changed, gone = io.BytesIO(), False, set[str]()
    try:
        with (
            zipfile.ZipFile(io.BytesIO(body)) as pack,
            zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out,
        ):
            if len(pack.infolist()) > _ENTRIES:
                raise _bomb(name, f"{len(pack.infolist())} 个部件")
            for one in pack.infolist():
                with pack.open(one) as stream:
                    part = stream.read(left + 1)
                left -= len(part)
                if left < 0:
                    raise _bomb(name, f"解压后超过 {_size(most)}")
                clean = _picture(part, name, gone)
                changed |= clean != part
                out.writestr(zipfile.ZipInfo(one.filename), clean, zipfile.ZIP_DEFLATED)
    except _BROKEN:
        raise cut(name, "文档") from None
    return (made.getvalue(), tuple(sorted(gone))) if changed else (body, ())


def _picture(part: bytes, name: str, gone: set[str]) -> bytes:
    if part.startswith(b"\xff\xd8\xff"):
        clean, told = clean_jpeg(part, name)
    elif part.startswith(PNG):
        clean, told = clean_png(part, name)
    else:
        return part
    gone.update(told)
    return clean


def _size(count: int) -> str:
    return f"{count / 1048576:.1f} MB" if count >= 1048576 else f"{count} 字节"


def _bomb(name: str, found: str) -> BadInput:
    return _bad("zip_bomb", "解压后大得不合常理，像压缩炸弹，没有打开", name, found, "普通大小的文档")


def _bad(code: str, message: str, name: str, found: str | None, expected: str) -> BadInput:
    return BadInput(
        Fault(
            code=code, message=message, file=name[:80] or None, field="file", found=found, expected=expected
        )
    )
