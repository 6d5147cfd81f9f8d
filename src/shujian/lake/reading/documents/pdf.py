"""PDF with a text layer, by pdfium. A scanned one is no text: it is sent to OCR by name, never landed empty."""

from __future__ import annotations

from typing import Any

import pypdfium2 as pdfium

from shujian.lake.reading.documents.page import LONGEST, Page, refused, settled, tidy

MOST_PAGES = 2000
_FEWEST_SIGNS = 10
"""Fewer letters than this on a page with pictures, and the page is a scan with a stamp or a page number."""
_PASSWORD = "password"


def open_pdf(body: bytes, file: str) -> Any:
    """A pdfium document. Raises FileRefused: corrupt, encrypted, too many pages."""
    try:
        document = pdfium.PdfDocument(body)
        pages = len(document)
    except pdfium.PdfiumError as error:
        if _PASSWORD in str(error).lower():
            raise refused("encrypted_document", "PDF 有密码", file, expected="没有密码的 PDF") from None
        raise refused(
            "corrupt_document", "PDF 打不开：已损坏", file, found=str(error)[:100], expected="完整的 PDF"
        ) from None
    if pages > MOST_PAGES:
        document.close()
        raise refused(
            "document_too_long", "PDF 页数太多", file, found=f"{pages} 页", expected=f"不超过 {MOST_PAGES} 页"
        )
    return document


def read_pdf(body: bytes, file: str) -> Page:
    """Raises FileRefused; ``needs_ocr`` where no page, or only some page, has text."""
    document = open_pdf(body, file)
    try:
        texts: list[str] = []
        scanned: list[int] = []
        for number in range(len(document)):
            text, pictures = _page_text(document, number)
            if pictures and len("".join(text.split())) < _FEWEST_SIGNS:
                scanned.append(number + 1)
            texts.append(text)
            if sum(map(len, texts)) > LONGEST:
                break
        metas = {name.lower(): value for name, value in document.get_metadata_dict(skip_empty=True).items()}
    except pdfium.PdfiumError as error:
        raise refused(
            "corrupt_document", "PDF 打不开：已损坏", file, found=str(error)[:100], expected="完整的 PDF"
        ) from None
    finally:
        document.close()
    text = tidy("\n".join(texts))
    if scanned or not text:
        pages = "、".join(map(str, scanned[:20])) or "全部"
        raise refused(
            "needs_ocr", "扫描件没有文字，需要文字识别", file, found=f"第 {pages} 页没有文字",
            expected="带文字的 PDF；或先用 shujian lake ocr 识别",
        )  # fmt: skip
    return settled(Page("pdf", text, metas), file)


def _page_text(document: Any, number: int) -> tuple[str, bool]:
    page = document[number]
    try:
        layer = page.get_textpage()
        try:
            text = str(layer.get_text_range())
        finally:
            layer.close()
        bare = len("".join(text.split())) < _FEWEST_SIGNS
        return text.replace("\r\n", "\n").replace("\r", "\n"), bare and _has_pictures(page)
    finally:
        page.close()


def _has_pictures(page: Any) -> bool:
    return next(iter(page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)), None) is not None
