"""What kind of file this is, by its bytes and never by its name: names lie (a web page named ``.xls``)."""

from __future__ import annotations

import codecs
import re
import zipfile
from pathlib import Path

from shujian.kernel.errors import Fault
from shujian.lake.errors import FileRefused

HEAD = 1 << 16
TABLES = frozenset({"xlsx", "xls", "parquet", "json", "jsonl", "html", "xml", "text"})

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0", "ole"),
    (b"PAR1", "parquet"),
    (b"PARE", "加密的 Parquet 文件"),
    (b"%PDF", "PDF 文件"),
    (b"\x1f\x8b", "gzip 压缩包"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"SQLite format 3\0", "SQLite 数据库"),
)
_MARKUP = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|table|head|body|meta|style|div)\b",
    re.I | re.S,
)
_SPREADSHEET_XML = b"urn:schemas-microsoft-com:office:spreadsheet"
_WORKBOOK, _PASSWORD = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le")), "EncryptedPackage"
_OLE_LOOKED_AT = 1 << 22


def kind_of_bytes(path: Path, head: bytes) -> str:
    """One of ``TABLES``. Raises FileRefused for a file that is known to be something else."""
    magic = next((kind for start, kind in _MAGIC if head.startswith(start)), None)
    if magic == "zip":
        return _zip_kind(path)
    if magic == "ole":
        return _ole_kind(path)
    if magic is not None and magic not in TABLES:
        raise FileRefused(_other(path, magic))
    return magic or _text_kind(path, _as_ascii(head))


def _as_ascii(head: bytes) -> bytes:
    """The head with what is ASCII in it readable, whatever the width of its characters."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head[2:].replace(b"\0", b"")
    return head.removeprefix(codecs.BOM_UTF8)


def _text_kind(path: Path, head: bytes) -> str:
    if _MARKUP.match(head):
        return "html"
    start = head.lstrip()
    if start.startswith(b"<") and _SPREADSHEET_XML in head:
        return "xml"
    if re.match(rb"\{\s*[\"}]", start):
        return "jsonl" if path.suffix.lower() in (".jsonl", ".ndjson") or _second_object(start) else "json"
    if re.match(rb"\[\s*(\{\s*[\"}]|\])", start) or (path.suffix.lower() == ".json" and start[:1] == b"["):
        return "json"
    if start[:1] in (b"{", b"[") and path.suffix.lower() in (".json", ".jsonl", ".ndjson"):
        return "json" if path.suffix.lower() == ".json" else "jsonl"
    return "text"


def _second_object(start: bytes) -> bool:
    """Whether a second line begins another object: one object a line, not one object over many lines."""
    first, _, rest = start.partition(b"\n")
    return first.rstrip().endswith(b"}") and rest.lstrip().startswith(b"{")


def _zip_kind(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise FileRefused(
            Fault(code="truncated", message="表格文件不完整，文件可能被截断或已损坏", file=str(path),
                  found="压缩包结尾的目录读不出来", expected="完整的 .xlsx，请重新导出或重新传送")
        ) from None  # fmt: skip
    if any(name.startswith("xl/") for name in names):
        if "xl/workbook.bin" in names:
            raise FileRefused(_other(path, "二进制工作簿（.xlsb）"))
        return "xlsx"
    known = "DOCX 文档" if any(name.startswith("word/") for name in names) else "ZIP 压缩包"
    raise FileRefused(_other(path, known))


def _ole_kind(path: Path) -> str:
    with path.open("rb") as source:
        seen = source.read(_OLE_LOOKED_AT)
        if len(seen) == _OLE_LOOKED_AT:
            source.seek(max(_OLE_LOOKED_AT, path.stat().st_size - _OLE_LOOKED_AT))
            seen += source.read()
    if _PASSWORD.encode("utf-16-le") in seen:
        raise FileRefused(locked(path))
    if any(name in seen for name in _WORKBOOK) or path.suffix.lower() in (".xls", ".xlsx", ".et"):
        return "xls"
    raise FileRefused(_other(path, "旧版 Office 文档"))


def locked(path: Path) -> Fault:
    """The fault of a workbook under a password."""
    return Fault(
        code="password", message="工作簿设了打开密码，读不出内容", file=str(path), found="加密的工作簿",
        expected="没有密码的文件：请提供单位去掉打开密码后另存，再传一次",
    )  # fmt: skip


def _other(path: Path, found: str) -> Fault:
    return Fault(
        code="not_a_table", message="文件不是表格，没有导入", file=str(path), found=found,
        expected="CSV、TSV、XLSX、XLS、JSON、JSONL、Parquet，或网页表格；压缩包请先解开",
    )  # fmt: skip
