"""Documents made for tests: DOCX and PDF written here, so that no binary lies in the repository."""

from __future__ import annotations

import ctypes
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pypdfium2 as pdfium
import pytest

FONT = ctypes.c_char_p(b"Helvetica")


@pytest.fixture
def arrivals_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home with the shipped sources, on 2026-06-30."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("SHUJIAN_HOME", str(home))
    monkeypatch.setenv("SHUJIAN_TODAY", "2026-06-30")
    return home


def docx_bytes(paragraphs: list[str], table: list[list[str]] | None = None) -> bytes:
    """A Word file."""
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    if table:
        grid = made.add_table(rows=len(table), cols=len(table[0]))
        for row, cells in zip(grid.rows, table, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def pdf_bytes(lines: list[str], *, picture: bool = False) -> bytes:
    """A PDF of one page: Latin text by a standard font (pdfium brings no Chinese one), or a picture alone."""
    document = pdfium.PdfDocument.new()
    page = document.new_page(595, 842)
    font = pdfium.raw.FPDFText_LoadStandardFont(document, FONT)
    for number, line in enumerate(lines):
        shown = pdfium.raw.FPDFPageObj_CreateTextObj(document, font, 12)
        encoded = (line + "\0").encode("utf-16-le")
        buffer = ctypes.create_string_buffer(encoded)
        pdfium.raw.FPDFText_SetText(shown, ctypes.cast(buffer, pdfium.raw.FPDF_WIDESTRING))
        pdfium.raw.FPDFPageObj_Transform(shown, 1, 0, 0, 1, 50, 780 - 20 * number)
        pdfium.raw.FPDFPage_InsertObject(page, shown)
    if picture:
        bitmap = pdfium.PdfBitmap.new_native(40, 40, pdfium.raw.FPDFBitmap_BGR)
        bitmap.fill_rect((120, 120, 120, 255), 0, 0, 40, 40)
        image = pdfium.PdfImage.new(document)
        image.set_bitmap(bitmap)
        image.set_matrix(pdfium.PdfMatrix().scale(400, 400))
        page.insert_obj(image)
    page.gen_content()
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def zip_bomb() -> bytes:
    """A Word file whose text unpacks to two hundred million signs."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package,
        package.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(200):
            part.write(b" " * 1_000_000)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Callable[[dict[str, str | bytes]], Path]:
    """Write a folder of documents."""

    def write(documents: dict[str, str | bytes], name: str = "文书") -> Path:
        root = tmp_path / name
        for path, body in documents.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(body.encode() if isinstance(body, str) else body)
        return root

    return write
