"""What an uploaded file is, by its bytes and never by its name; whether it is whole; and the same without its metadata.

Pictures lose everything but the picture (place, camera, time, comments); only the way up is kept. Pictures inside
documents likewise. What is not known for one of the kinds here is refused: a list of what is taken, not of what is bad.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from shujian.kernel.errors import BadInput, Fault

TITLES: Mapping[str, str] = {
    "pdf": "PDF", "jpeg": "JPEG 图片", "png": "PNG 图片", "docx": "DOCX 文档", "xlsx": "XLSX 表格", "txt": "文本",
}  # fmt: skip
TYPES: Mapping[str, str] = {
    "pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png", "txt": "text/plain; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"bKGD", b"pHYs", b"sBIT"}  # fmt: skip
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
        made, stripped = _jpeg(body, name)
    elif kind == "png":
        made, stripped = _png(body, name)
    elif kind in ("docx", "xlsx"):
        made, stripped = _packed(body, limits, name)
    else:
        made, stripped = body, ()
    return Paper(kind, made, stripped)


def _kind(body: bytes, name: str) -> str:
    if body.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if body.startswith(_PNG[:4]):
        return "png"
    if b"%PDF-" in body[:1024]:
        if b"%%EOF" not in body[-2048:]:
            raise _cut(name, "PDF")
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
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise _cut(name, "文档或压缩包") from None
    for kind, mark in zip(("docx", "xlsx"), _MARKS, strict=True):
        if mark.decode() in names and "[Content_Types].xml" in names:
            if any(one.lower().endswith("vbaproject.bin") for one in names):
                raise _bad("has_macros", "文档里有宏", name, "vbaProject.bin", "另存为不带宏的文档")
            return kind
    raise _bad("wrong_type", "这种文件不能作附件", name, "ZIP 压缩包", "里面的文件，逐个上传")


def _jpeg(body: bytes, name: str) -> tuple[bytes, tuple[str, ...]]:
    out, at, gone, turned = bytearray(b"\xff\xd8"), 2, set[str](), 0
    while True:
        if at + 4 > len(body) or body[at] != 0xFF:
            raise _cut(name, "JPEG 图片")
        mark = body[at + 1]
        if mark == 0xFF:
            at += 1
            continue
        if mark == 0xD9:
            break
        length = int.from_bytes(body[at + 2 : at + 4], "big")
        end = at + 2 + length
        if length < 2 or end > len(body):
            raise _cut(name, "JPEG 图片")
        segment = body[at:end]
        if mark == 0xE1 and segment[4:10] == b"Exif\0\0":
            turned = turned or _orientation(segment[10:])
        if mark in (0xE0, 0xEE) or (mark == 0xE2 and segment[4:15] == b"ICC_PROFILE"):
            out += segment
        elif 0xE1 <= mark <= 0xEF or mark == 0xFE:
            gone.add("拍摄信息和位置" if mark == 0xE1 else "图片的附加信息")
        else:
            out += segment
        at = end
        if mark == 0xDA:
            end = _scan(body, at, name)
            out += body[at:end]
            at = end
            if body[at : at + 2] == b"\xff\xd9":
                break
    if body[at : at + 2] != b"\xff\xd9":
        raise _cut(name, "JPEG 图片")
    if len(body) > at + 2:
        gone.add("图片后面的附加内容")
    out += b"\xff\xd9"
    return bytes(out[:2]) + _upright(turned) + bytes(out[2:]), tuple(sorted(gone))


def _scan(body: bytes, at: int, name: str) -> int:
    """The place of the next marker after entropy-coded data."""
    while True:
        at = body.find(b"\xff", at)
        if at < 0 or at + 1 >= len(body):
            raise _cut(name, "JPEG 图片")
        if body[at + 1] != 0 and not 0xD0 <= body[at + 1] <= 0xD7:
            return at
        at += 2


def _orientation(tiff: bytes) -> int:
    """Which side of the picture is up (EXIF tag 274), 0 where it is not told."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 10:
        return 0
    at = struct.unpack(order + "I", tiff[4:8])[0]
    if at + 2 > len(tiff):
        return 0
    for place in range(at + 2, at + 2 + 12 * struct.unpack(order + "H", tiff[at : at + 2])[0], 12):
        entry = tiff[place : place + 12]
        if len(entry) == 12 and struct.unpack(order + "H", entry[:2])[0] == 274:
            told = int(struct.unpack(order + "H", entry[8:10])[0])
            return told if 1 <= told <= 8 else 0
    return 0


def _upright(turned: int) -> bytes:
    """An EXIF segment that holds the orientation and nothing else; nothing where the picture is upright."""
    if turned in (0, 1):
        return b""
    tiff = (
        b"MM\0*"
        + struct.pack(">IH", 8, 1)
        + struct.pack(">HHIHH", 274, 3, 1, turned, 0)
        + struct.pack(">I", 0)
    )
    return b"\xff\xe1" + struct.pack(">H", len(tiff) + 8) + b"Exif\0\0" + tiff


def _png(body: bytes, name: str) -> tuple[bytes, tuple[str, ...]]:
    if not body.startswith(_PNG):
        raise _cut(name, "PNG 图片")
    out, at, gone = bytearray(_PNG), len(_PNG), set[str]()
    while True:
        head = body[at : at + 8]
        if len(head) < 8:
            raise _cut(name, "PNG 图片")
        length, kind = int.from_bytes(head[:4], "big"), head[4:]
        chunk = body[at : at + 12 + length]
        if len(chunk) < 12 + length or zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:], "big"):
            raise _cut(name, "PNG 图片")
        if kind in _PNG_KEPT:
            out += chunk
        else:
            gone.add("图片的附加信息")
        at += 12 + length
        if kind == b"IEND":
            break
    if at < len(body):
        gone.add("图片后面的附加内容")
    return bytes(out), tuple(sorted(gone))


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
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError):
        raise _cut(name, "文档") from None
    return (made.getvalue(), tuple(sorted(gone))) if changed else (body, ())


def _picture(part: bytes, name: str, gone: set[str]) -> bytes:
    if part.startswith(b"\xff\xd8\xff"):
        clean, told = _jpeg(part, name)
    elif part.startswith(_PNG):
        clean, told = _png(part, name)
    else:
        return part
    gone.update(told)
    return clean


def _size(count: int) -> str:
    return f"{count / 1048576:.1f} MB" if count >= 1048576 else f"{count} 字节"


def _bomb(name: str, found: str) -> BadInput:
    return _bad("zip_bomb", "解压后大得不合常理，像压缩炸弹，没有打开", name, found, "普通大小的文档")


def _cut(name: str, what: str) -> BadInput:
    return _bad("cut_file", f"{what}不完整或已损坏（可能上传中断）", name, None, "能正常打开的完整文件")


def _bad(code: str, message: str, name: str, found: str | None, expected: str) -> BadInput:
    return BadInput(
        Fault(
            code=code, message=message, file=name[:80] or None, field="file", found=found, expected=expected
        )
    )
