"""Pictures without anything but the picture: JPEG and PNG rewritten segment by segment; cut ones are refused."""

from __future__ import annotations

import struct
import zlib

from shujian.kernel.errors import BadInput, Fault

PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"bKGD", b"pHYs", b"sBIT"}  # fmt: skip


def clean_jpeg(body: bytes, name: str) -> tuple[bytes, tuple[str, ...]]:
    """The picture, its way up, and what was taken out, in words. Raises BadInput where it is cut."""
    out, at, gone, turned = bytearray(b"\xff\xd8"), 2, set[str](), 0
    while True:
        if at + 4 > len(body) or body[at] != 0xFF:
            raise cut(name, "JPEG 图片")
        mark = body[at + 1]
        if mark == 0xFF:
            at += 1
            continue
        if mark == 0xD9:
            break
        length = int.from_bytes(body[at + 2 : at + 4], "big")
        end = at + 2 + length
        if length < 2 or end > len(body):
            raise cut(name, "JPEG 图片")
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
        raise cut(name, "JPEG 图片")
    if len(body) > at + 2:
        gone.add("图片后面的附加内容")
    out += b"\xff\xd9"
    return bytes(out[:2]) + _upright(turned) + bytes(out[2:]), tuple(sorted(gone))


def _scan(body: bytes, at: int, name: str) -> int:
    """The place of the next marker after entropy-coded data."""
    while True:
        at = body.find(b"\xff", at)
        if at < 0 or at + 1 >= len(body):
            raise cut(name, "JPEG 图片")
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


def clean_png(body: bytes, name: str) -> tuple[bytes, tuple[str, ...]]:
    """The picture and what was taken out, in words. Raises BadInput where it is cut."""
    if not body.startswith(PNG):
        raise cut(name, "PNG 图片")
    out, at, gone = bytearray(PNG), len(PNG), set[str]()
    while True:
        head = body[at : at + 8]
        if len(head) < 8:
            raise cut(name, "PNG 图片")
        length, kind = int.from_bytes(head[:4], "big"), head[4:]
        chunk = body[at : at + 12 + length]
        if len(chunk) < 12 + length or zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:], "big"):
            raise cut(name, "PNG 图片")
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


def cut(name: str, what: str) -> BadInput:
    """A file that does not end where it should."""
    return BadInput(
        Fault(code="cut_file", message=f"{what}不完整或已损坏（可能上传中断）", file=name[:80] or None, field="file",
              expected="能正常打开的完整文件")
    )  # fmt: skip
