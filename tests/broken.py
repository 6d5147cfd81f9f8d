"""Thirty files, each broken in one way, written by hand from bytes: what a county really receives."""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

TITLES = ["登记证号", "养犬人", "身份证号", "发证日期", "登记费"]
HEADER = ",".join(TITLES)
ROWS = 20


@dataclass(frozen=True)
class Broken:
    """One file: its name, its bytes, and what must become of it. ``code``: the one fault or reject reason."""

    name: str
    content: bytes
    state: str
    landed: int = 0
    rejected: int = 0
    code: str | None = None


def _cells(name: str, place: int) -> list[str]:
    return [f"{name}{place:04d}", "示例甲", "", f"2025-01-{place % 28 + 1:02d}", "300"]


def _lines(name: str) -> list[str]:
    return [HEADER, *(",".join(_cells(name, place)) for place in range(ROWS))]


def _csv(name: str, change: Callable[[list[str]], list[str]] = list, encoding: str = "utf-8") -> bytes:
    return ("\n".join(change(_lines(name))) + "\n").encode(encoding)


def _put(at: int, line: str) -> Callable[[list[str]], list[str]]:
    """Put a line in the place of another."""
    return lambda lines: [*lines[:at], line, *lines[at + 1 :]]


def _book(rows: list[list[Any]], change: Callable[[Any], None] | None = None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    if change:
        change(sheet)
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def _table(name: str) -> list[list[Any]]:
    return [list(TITLES), *(_cells(name, place) for place in range(ROWS))]


def _records(name: str) -> list[dict[str, str]]:
    return [dict(zip(TITLES, _cells(name, place), strict=True)) for place in range(ROWS)]


def parquet(name: str) -> bytes:
    """A good columnar file of the same rows."""
    into = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(_records(name)), into)
    return into.getvalue()


def _bomb(liar: bool) -> bytes:
    """A workbook whose sheet unpacks to 200 MB of blanks; ``liar``: its directory says 1,000 bytes."""
    into = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(_book(_table("炸")))) as good,
        zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for entry in good.namelist():
            body = good.read(entry)
            if entry.endswith("sheet1.xml"):
                body = body.replace(b"</worksheet>", b" " * (200 << 20) + b"</worksheet>")
            bad.writestr(entry, body)
        size = struct.pack("<I", max(entry.file_size for entry in bad.infolist()))
    return into.getvalue().replace(size, struct.pack("<I", 1000)) if liar else into.getvalue()


def _locked() -> bytes:
    """The outside of an encrypted workbook: an OLE container whose directory names the encrypted package."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    return (
        head
        + "EncryptionInfo".encode("utf-16-le")
        + bytes(100)
        + "EncryptedPackage".encode("utf-16-le")
        + bytes(512)
    )


def _html(name: str) -> bytes:
    rows = ["".join(f"<td>{cell}</td>" for cell in row) for row in _table(name)]
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f'<html><head><meta charset="gb2312"></head><body><table border=1>{body}</table></body></html>'.encode(
        "gb18030"
    )


def _formula_without_value(sheet: Any) -> None:
    sheet["D3"] = "=TODAY()"


def _error(sheet: Any) -> None:
    sheet["D4"] = "#N/A"
    sheet["D4"].data_type = "e"


def _mixed() -> bytes:
    lines = _lines("混")
    return b"".join(
        (f"{line},第{at}行由另一系统导出\n").encode("gb18030" if at % 2 else "utf-8")
        for at, line in enumerate(lines)
    )


def _wide() -> bytes:
    return (
        HEADER + "," + ",".join(f"列{n}" for n in range(10_000)) + "\n" + "证1,示例甲,,2025-01-01,300\n"
    ).encode()


def _torn_json(name: str) -> bytes:
    body = json.dumps(_records(name), ensure_ascii=False)
    return body[: body.rindex("2025-01-")].encode()


def _jsonl(name: str) -> bytes:
    lines = [json.dumps(record, ensure_ascii=False) for record in _records(name)]
    lines[3] = lines[3].replace('"养犬人"', '"养犬人": "示例乙", "养犬人"')
    lines[7] = lines[7][:20]
    return ("\n".join(lines) + "\n").encode()


def thirty() -> list[Broken]:
    """The files, in the order of their names."""
    gone = "refused"
    cut_line = _csv("截")[:-18]
    plain = _book(_table("口"))
    landed = "landed"
    return [
        Broken("01_空.csv", b"", gone, code="empty_file"),
        Broken("02_一万列.csv", _wide(), gone, code="too_many_columns"),
        Broken("03_一行二十兆.csv", _csv("长", _put(5, "长" * 7_000_000)), landed, ROWS - 1, 1, "line_too_long"),
        Broken("04_整个文件一行.csv", b"x" * (20 << 20), gone, code="line_too_long"),
        Broken("05_压缩炸弹.xlsx", _bomb(liar=False), gone, code="zip_bomb"),
        Broken("06_谎报大小的炸弹.xlsx", _bomb(liar=True), gone, code="zip_bomb"),
        Broken("07_有密码.xlsx", _locked(), gone, code="password"),
        Broken("08_其实是表格.csv", _book(_table("簿")), landed, ROWS),
        Broken("09_其实是文本.xlsx", _csv("文"), landed, ROWS),
        Broken("10_其实是网页.xls", _html("网"), landed, ROWS),
        Broken("11_其实是制表符.xls", _csv("制").replace(b",", b"\t"), landed, ROWS),
        Broken("12_表头又来一次.csv", _csv("重", _put(9, HEADER)), landed, ROWS - 1, 1, "repeated_header"),
        Broken("13_合计行.csv", _csv("合", lambda lines: [*lines, "合计,,,,6000"]), landed, ROWS, 1, "missing_required"),
        Broken("14_混合编码.csv", _mixed().replace("第0行由另一系统导出".encode(), "说明".encode()), landed, ROWS),
        Broken("15_一行坏字节.csv", _csv("坏").replace("坏0004,示例甲".encode(), b"\xff\xfe\xfa"), landed, ROWS - 1, 1, "wrong_encoding"),
        Broken("16_空字节.csv", _csv("零").replace("零0004".encode(), b"a\0b"), landed, ROWS - 1, 1, "nul_byte"),
        Broken("17_不存在的日期.csv", _csv("日", _put(4, "日x,示例甲,,2025-02-30,300")), landed, ROWS - 1, 1, "wrong_type"),
        Broken("18_将来的日期.csv", _csv("将", _put(4, "将x,示例甲,,2099-01-01,300")), landed, ROWS),
        Broken("19_末行被截断.csv", cut_line, landed, ROWS - 1, 1, "truncated"),
        Broken("20_截断的表格.xlsx", plain[: len(plain) // 2], gone, code="truncated"),
        Broken("21_截断的列存.parquet", parquet("列")[:-20], gone, code="truncated"),
        Broken("22_截断的数组.json", _torn_json("组"), landed, ROWS - 1, 1, "truncated"),
        Broken("23_重复键和断行.jsonl", _jsonl("键"), landed, ROWS - 2, 2),
        Broken("24_没有结果的公式.xlsx", _book(_table("式"), _formula_without_value), landed, ROWS - 1, 1, "no_cached_value"),
        Broken("25_出错的单元格.xlsx", _book(_table("错"), _error), landed, ROWS - 1, 1, "error_cell"),
        Broken("26_长短不一.csv", _csv("短", _put(6, "短x,示例甲")), landed, ROWS - 1, 1, "ragged"),
        Broken("27_引号不成对.csv", _csv("引", _put(6, '引x,"示例甲,,2025-01-01,300')), landed, ROWS - 1, 1, "torn_quote"),
        Broken("28_两列同名.csv", _csv("同", _put(0, HEADER + ",养犬人")), gone, code="duplicate_header"),
        Broken("29_图片.csv", b"\x89PNG\r\n\x1a\n" + zlib.compress(bytes(5000)), gone, code="not_a_table"),
        Broken("30_乱码.xlsx", bytes(range(256)) * 40, gone),
    ]  # fmt: skip


def write(folder: Path) -> dict[Path, Broken]:
    """Put all of them into a folder."""
    folder.mkdir()
    placed = {}
    for broken in thirty():
        path = folder / broken.name
        path.write_bytes(broken.content)
        placed[path] = broken
    return placed
