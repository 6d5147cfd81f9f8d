"""HTML pages: declared or found encoding, scripts and hidden parts left out, tables and definition lists as pairs."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from shujian.lake.reading.documents.page import Page, refused, settled, table_pairs, tidy

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936"})
_DROPPED = frozenset(
    {"script", "style", "noscript", "template", "head", "svg", "iframe", "object", "select", "nav"}
)
_BLOCKS = frozenset({
    "p", "div", "br", "li", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "dt", "dd", "hr",
    "ul", "ol", "dl", "header", "footer", "pre", "blockquote", "td", "th", "center", "caption",
})  # fmt: skip


def decode(body: bytes, file: str) -> str:
    """Text of a page or text file: by byte order mark, by its own declaration, as UTF-8, as GB18030.

    A declaration that the bytes contradict is passed over. Raises FileRefused where nothing reads it to its end.
    """
    tried = [name for mark, name in _MARKS if body.startswith(mark)]
    declared = _CHARSET.search(body[:4096])
    if declared:
        name = declared[1].decode("ascii").lower()
        tried.append("gb18030" if name in _CHINESE else name)
    for name in (*tried, "utf-8", "gb18030"):
        try:
            text = body.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\0" not in text:
            return text
    raise refused(
        "wrong_encoding", "文书不是文字，或编码认不出", file, found="字节 " + " ".join(f"0x{one:02x}" for one in body[:4]),
        expected="UTF-8、GB18030（含 GBK、GB2312）或带 BOM 的 UTF-16",
    )  # fmt: skip


def read_html(body: bytes, file: str) -> Page:
    """Raises FileRefused."""
    source = _DECLARED.sub("", decode(body, file))
    try:
        root = html.document_fromstring(source, parser=html.HTMLParser(remove_comments=True, remove_pis=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise refused(
            "corrupt_document", "网页打不开", file, found=str(error)[:100], expected="完整的 HTML 文件"
        ) from None
    metas = _metas(root)
    pairs: list[tuple[str, str]] = []
    for table in root.iter("table"):
        pairs += table_pairs(_rows(table))
    pairs += _definitions(root)
    return settled(Page("html", tidy("".join(_text(root))), metas, tuple(pairs)), file)


def _metas(root: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    title = root.find(".//title")
    if title is not None and title.text:
        found["title"] = tidy(title.text)
    for meta in root.iter("meta"):
        name = meta.get("name") or meta.get("property")
        if name and meta.get("content"):
            found.setdefault(name.strip().lower(), tidy(meta.get("content")))
    return found


def _rows(table: Any) -> list[list[str]]:
    rows = table.xpath("./tr|./tbody/tr|./thead/tr|./tfoot/tr")
    return [[_one_line(cell) for cell in row.xpath("./td|./th")] for row in rows]


def _definitions(root: Any) -> list[tuple[str, str]]:
    found = []
    for term in root.iter("dt"):
        told = term.getnext()
        if told is not None and told.tag == "dd":
            found.append((_one_line(term), _one_line(told)))
    return [(label, cell) for label, cell in found if label and cell]


def _one_line(element: Any) -> str:
    return " ".join(tidy("".join(_text(element))).split())


def _hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.tag in _DROPPED or "display:none" in style or element.get("hidden") is not None


def _text(root: Any) -> Iterator[str]:
    """Text in reading order, a line break at every block; walked without recursion, however deep the page is."""
    waiting: list[tuple[Any, bool]] = [(root, False)]
    while waiting:
        element, leaving = waiting.pop()
        if leaving:
            if element.tag in _BLOCKS:
                yield "\n"
            if element is not root and element.tail:
                yield _flat(element)
            continue
        if not isinstance(element.tag, str) or _hidden(element):
            if element is not root and element.tail:
                yield _flat(element)
            continue
        if element.tag in _BLOCKS:
            yield "\n"
        waiting.append((element, True))
        if element.text:
            yield element.text if element.tag == "pre" else _SPACE.sub(" ", element.text)
        waiting += [(child, False) for child in reversed(element)]


_SPACE = re.compile(r"\s+")


def _flat(element: Any) -> str:
    inside = element.getparent()
    kept = inside is not None and inside.tag == "pre"
    return str(element.tail) if kept else _SPACE.sub(" ", element.tail)
