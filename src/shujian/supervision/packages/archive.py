"""The file of a package: a zip whose bytes follow from its contents, so that no byte of it can differ unnoticed.

Entries are stored, not compressed, in the order of their names, with one fixed time. What is read is written again
and must come out the same: that refuses hidden bytes, comments, doubled entries and other times at once.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

from shujian.kernel.errors import Fault, GuardRefused

MOST_BYTES = 20 * 1024 * 1024
MOST_FILES = 600
MANIFEST, SIGNATURE = "manifest.json", "signature.json"
_NAME = r"[A-Za-z0-9_][A-Za-z0-9_-]{0,80}"
ALLOWED = re.compile(
    rf"(?:{MANIFEST}|{SIGNATURE}|model/model\.yaml|model/NOTE\.md|model/NECESSITY\.md|model/plan\.sql|model/proofs/{_NAME}\.yaml"
    rf"|(?:keywords|parameters|sources)/{_NAME}\.yaml)"
)


class PackageRefused(GuardRefused):
    """A package that is not taken: broken, changed, of an unknown office, too new, or at odds with what is here."""


def refused(
    code: str, message: str, path: Path | None, found: str | None = None, expected: str | None = None
) -> PackageRefused:
    """The error, with one fault."""
    return PackageRefused(
        Fault(code=code, message=message, file=str(path) if path else None, found=found, expected=expected)
    )


def written(files: Mapping[str, bytes]) -> bytes:
    """The bytes of the zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, files[name])
    return out.getvalue()


def read(path: Path) -> dict[str, bytes]:
    """Every file of the zip by name. Nothing is written to disk. Raises PackageRefused, BadInput where there is no file."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise refused("too_large", "模型包太大", path, f"{size} 字节", f"不超过 {MOST_BYTES} 字节")
        body = path.read_bytes()
    except OSError as error:
        raise refused("no_file", f"模型包打不开：{error.strerror}", path) from None
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            files = _entries(archive, path)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OverflowError):
        raise refused(
            "not_a_package", "不是模型包，或已损坏", path, expected="shujian model pack 写出的文件"
        ) from None
    if written(files) != body:
        raise refused(
            "changed", "模型包被改动过：除文件内容外还有别的字节不同", path, expected="逐字节与打包时相同"
        )
    return files


def _entries(archive: zipfile.ZipFile, path: Path) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise refused("too_many", "模型包里的文件太多", path, str(len(entries)), f"不超过 {MOST_FILES} 个")
    files: dict[str, bytes] = {}
    for entry in entries:
        if not ALLOWED.fullmatch(entry.filename):
            raise refused(
                "bad_name",
                "模型包里有不该有的文件或路径",
                path,
                entry.filename[:120],
                "模型、证明、关键词、参数、数据源",
            )
        if (
            entry.compress_type != zipfile.ZIP_STORED
            or entry.file_size != entry.compress_size
            or entry.flag_bits & 1
        ):
            raise refused(
                "compressed",
                "模型包里的文件经过压缩或加密（可能是压缩炸弹）",
                path,
                entry.filename,
                "原样存放",
            )
        if entry.filename in files:
            raise refused("twice", "模型包里同一个文件出现两次", path, entry.filename)
        if entry.file_size > MOST_BYTES:
            raise refused(
                "too_large", "模型包里的文件太大", path, entry.filename, f"不超过 {MOST_BYTES} 字节"
            )
        files[entry.filename] = archive.read(entry)
    return files
