"""DOCX: paragraphs and tables of the main part. A package that unpacks to too much is refused before it is unpacked."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from lxml import etree

from shujian.lake.reading.documents.page import Page, refused, settled, table_pairs, tidy

MOST_UNPACKED = 100 << 20
MOST_PARTS = 5000
_MOST_RATIO = 200
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CORE = {
    "{http://purl.org/dc/elements/1.1/}title": "title",
    "{http://purl.org/dc/elements/1.1/}creator": "author",
    "{http://purl.org/dc/terms/}created": "created",
}
_EXPECTED = "能用 Word 或 WPS 打开、没有密码的 .docx"


def read_docx(body: bytes, file: str) -> Page:
    """Raises FileRefused: corrupt, encrypted, or a package that unpacks to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            _guard(package, file)
            names = package.namelist()
            if "word/document.xml" not in names:
                raise refused(
                    "corrupt_document",
                    "不是 Word 文件",
                    file,
                    found="没有 word/document.xml",
                    expected=_EXPECTED,
                )
            main = _parsed(package.read("word/document.xml"))
            metas = _metas(_parsed(package.read("docProps/core.xml"))) if "docProps/core.xml" in names else {}
    except (
        zipfile.BadZipFile,
        etree.XMLSyntaxError,
        NotImplementedError,
        EOFError,
        OSError,
        ValueError,
    ) as error:
        raise refused(
            "corrupt_document", "Word 文件打不开：已损坏", file, found=str(error)[:100], expected=_EXPECTED
        ) from None
    except RuntimeError as error:  # how zipfile says that a member has a password
        raise refused(
            "encrypted_document", "Word 文件有密码", file, found=str(error)[:60], expected=_EXPECTED
        ) from None
    pairs: list[tuple[str, str]] = []
    for table in main.iter(f"{_W}tbl"):
        rows = [
            [" ".join(_text(cell).split()) for cell in row.iter(f"{_W}tc")]
            for row in table.iterchildren(f"{_W}tr")
        ]
        pairs += table_pairs(rows)
    return settled(Page("docx", tidy(_text(main)), metas, tuple(pairs)), file)


def _guard(package: zipfile.ZipFile, file: str) -> None:
    parts = package.infolist()
    size = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if len(parts) > MOST_PARTS or size > MOST_UNPACKED or size > _MOST_RATIO * max(packed, 1024):
        raise refused(
            "zip_bomb", "压缩包解开后过大，可能是恶意文件", file, found=f"{len(parts)} 个部件，解开 {size:,} 字节",
            expected=f"解开后不超过 {MOST_UNPACKED:,} 字节、{MOST_PARTS} 个部件",
        )  # fmt: skip


def _parsed(body: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(body, parser)


def _metas(core: Any) -> dict[str, str]:
    return {_CORE[one.tag]: tidy(one.text) for one in core if one.tag in _CORE and one.text}


def _text(element: Any) -> str:
    """Text of runs; a line for each paragraph, a blank for each tab."""
    pieces: list[str] = []
    for _, one in etree.iterwalk(element, events=("end",)):
        if one.tag == f"{_W}t" and one.text:
            pieces.append(one.text)
        elif one.tag == f"{_W}tab":
            pieces.append(" ")
        elif one.tag in (f"{_W}p", f"{_W}br"):
            pieces.append("\n")
    return "".join(pieces)
