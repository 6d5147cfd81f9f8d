"""Every kind of document as text; every kind of broken document refused by its own name and code."""

from __future__ import annotations

from pathlib import Path

import pytest

from shujian.lake.arrivals.conftest import docx_bytes, pdf_bytes, zip_bomb
from shujian.lake.errors import FileRefused
from shujian.lake.reading.documents.page import Page, tidy
from shujian.lake.reading.documents.read import documents_in, read_document


def _read(name: str, body: bytes) -> Page:
    return read_document(Path(name), body, name)


def _code(name: str, body: bytes) -> str:
    with pytest.raises(FileRefused) as caught:
        _read(name, body)
    (fault,) = caught.value.faults
    assert fault.file == name
    return fault.code


PAGE = """<html><head><title>示例 页</title><meta name="PubDate" content="2026-05-01"><style>p{}</style></head>
<body><script>var 案号="假"</script><p hidden>隐藏</p><div style="display: none">也隐藏</div>
<p>第一<b>段</b>
接着</p><table><tr><th>案号：</th><td>示1号</td><td>法院</td><td>示例法院</td></tr></table>
<dl><dt>案由</dt><dd>示例纠纷</dd></dl><pre>甲
乙</pre><!-- 注释 --></body></html>"""


def test_a_page_gives_text_metadata_and_pairs() -> None:
    page = _read("a.html", PAGE.encode())
    assert page.text.split("\n")[:2] == ["第一段 接着", ""] or page.text.startswith("第一段 接着")
    assert page.metas == {"title": "示例 页", "pubdate": "2026-05-01"}
    assert ("案号：", "示1号") in page.pairs and ("法院", "示例法院") in page.pairs
    assert ("案由", "示例纠纷") in page.pairs
    assert "甲\n乙" in page.text
    for gone in ("假", "隐藏", "注释", "p{}"):
        assert gone not in page.text


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('<meta charset="gb2312"><p>镕基示例</p>'.encode("gb18030"), "镕基示例"),
        ('<meta charset="utf-8"><p>说错了编码</p>'.encode("gb18030"), "说错了编码"),
        ("<p>没有声明</p>".encode("gb18030"), "没有声明"),
        ("<p>带记号</p>".encode("utf-8-sig"), "带记号"),
        ("<p>双字节</p>".encode("utf-16"), "双字节"),
        ('<meta charset="no-such-thing"><p>示例</p>'.encode(), "示例"),
    ],
)
def test_a_page_is_read_in_its_own_encoding(body: bytes, found: str) -> None:
    assert _read("a.htm", body).text == found


def test_a_page_nested_fifty_thousand_deep_is_read_or_refused_but_never_a_crash() -> None:
    body = ("<div>" * 50_000 + "底").encode()
    try:
        assert _read("deep.html", body).text in ("底", "")
    except FileRefused as error:
        assert error.faults[0].code in ("corrupt_document", "empty_document")


def test_a_word_file_gives_paragraphs_and_table_cells() -> None:
    page = _read("a.docx", docx_bytes(["示例法院", "判决如下："], [["案号", "示2号"], ["案由", "借款"]]))
    assert page.text.startswith("示例法院\n判决如下：")
    assert ("案号", "示2号") in page.pairs and ("案由", "借款") in page.pairs


def test_a_table_of_two_rows_pairs_titles_with_the_cells_below() -> None:
    page = _read("a.docx", docx_bytes(["x"], [["案号", "案由", "法院"], ["示2号", "借款", "示例法院"]]))
    assert ("案由", "借款") in page.pairs


def test_a_pdf_with_text_is_read_and_a_scan_is_sent_to_ocr() -> None:
    assert (
        _read("a.pdf", pdf_bytes(["Case 12 of 2024", "Second line"])).text == "Case 12 of 2024\nSecond line"
    )
    assert _code("scan.pdf", pdf_bytes([], picture=True)) == "needs_ocr"
    assert _code("stamp.pdf", pdf_bytes(["1/1"], picture=True)) == "needs_ocr"
    assert _code("photo.png", b"\x89PNG\r\n\x1a\n") == "needs_ocr"
    assert _read("logo.pdf", pdf_bytes(["Enough text beside a picture"], picture=True)).kind == "pdf"


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("a.pdf", b"%PDF-1.7 torn", "corrupt_document"),
        ("a.docx", b"PK\x03\x04torn", "corrupt_document"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "encrypted_document"),
        ("a.docx", zip_bomb(), "zip_bomb"),
        ("a.txt", b"", "empty_document"),
        ("a.txt", " \n\u3000\n".encode(), "empty_document"),
        ("a.txt", b"\x80\x00\x81\xff", "wrong_encoding"),
        ("a.html", b"<html><body><script>1</script></body></html>", "empty_document"),
    ],
)
def test_a_broken_document_is_refused_by_its_code(name: str, body: bytes, code: str) -> None:
    assert _code(name, body) == code


def test_the_bytes_decide_before_the_name() -> None:
    assert _read("a.txt", docx_bytes(["其实是 Word"])).text == "其实是 Word"
    assert _read("a.html", pdf_bytes(["Really a PDF file"])).kind == "pdf"


def test_an_entity_of_a_word_file_is_never_followed(tmp_path: Path) -> None:
    import io
    import zipfile

    secret = tmp_path / "secret"
    secret.write_text("机密", "utf-8")
    body = f"""<!DOCTYPE d [<!ENTITY x SYSTEM "file://{secret}">]>
    <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
    <w:body><w:p><w:r><w:t>前&x;后</w:t></w:r></w:p></w:body></w:document>"""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", body)
    try:
        assert "机密" not in _read("a.docx", out.getvalue()).text
    except FileRefused as error:
        assert error.faults[0].code == "corrupt_document"


def test_tidy_keeps_lines_and_drops_blanks_and_nul() -> None:
    assert tidy("  甲\u3000\u3000乙 \0\r\n\n\n\n丙\t ") == "甲 乙\n\n丙"


def test_hidden_and_half_written_files_of_a_folder_are_left_alone(tmp_path: Path) -> None:
    for name in ("b.txt", "卷/a.html", ".x.txt", "~$a.docx", "c.part", ".git/d.txt", "e.TMP"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", "utf-8")
    assert [path.relative_to(tmp_path).as_posix() for path in documents_in(tmp_path)] == [
        "b.txt",
        "卷/a.html",
    ]
