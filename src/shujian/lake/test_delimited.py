"""CSV: headers, ragged rows, quotes, and exact physical lines, the same by both readers."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shujian.lake.contracts import source
from shujian.lake.errors import FileRefused
from shujian.lake.reading.careful import careful_chunks
from shujian.lake.reading.delimited import open_delimited
from shujian.lake.reading.encoding import open_text, sniff
from shujian.lake.reading.headers import Matcher
from shujian.lake.reading.quick import NeedsCare, quick_chunks, strictly_quoted
from shujian.lake.reading.records import Chunk, Opened

Put = Callable[..., Path]
Rows = list[tuple[int, tuple[str | None, ...]]]


def _gathered(chunks: Iterable[Chunk]) -> tuple[Rows, list[tuple[int, str]]]:
    rows: Rows = []
    bad: list[tuple[int, str]] = []
    for chunk in chunks:
        cells = zip(*(array.to_pylist() for array in chunk.arrays), strict=True)
        rows += zip(chunk.lines.tolist(), cells, strict=True)
        bad += [(one.line, one.code) for one in chunk.bad]
    return rows, bad


def _quick(path: Path, width: int) -> tuple[Rows, list[tuple[int, str]]]:
    return _gathered(quick_chunks(path, 0, 0, ",", width))


def _careful(path: Path, width: int) -> tuple[Rows, list[tuple[int, str]]]:
    return _gathered(careful_chunks(path, 0, 0, ",", width, {}))


def _opened(path: Path) -> Opened:
    return open_delimited(open_text(path, sniff(path), path.parent), Matcher(source("t_staff")), str(path))


def test_lines_through_quoted_breaks_blank_and_ragged_lines(put: Put) -> None:
    text = 'a,"x\ny\nz"\n\nb,1\nc\n"d ""q""",2,3\r\ne,"1\r\n2"\nf,\n'
    rows: Rows = [
        (1, ("a", "x\ny\nz")), (5, ("b", "1")), (8, ("e", "1\r\n2")), (10, ("f", None)),
    ]  # fmt: skip
    bad = [(6, "ragged"), (7, "ragged")]
    path = put("a.csv", text)
    assert _quick(path, 2) == (rows, bad)
    assert _careful(path, 2) == (rows, bad)


def test_lines_across_blocks(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shujian.lake.reading.quick.BLOCK", 100)
    text = "".join(f'{n},"x\n{n}"\n' if n % 3 else f"{n},y,z\n" for n in range(200))
    path = put("a.csv", text)
    assert _quick(path, 2) == _careful(path, 2)
    assert len(_quick(path, 2)[0]) == 133


def test_a_torn_quote_costs_one_line(put: Put) -> None:
    path = put("a.csv", 'a,1\nb,"torn\nc,3\nd,"4"\ne,5\n')
    with pytest.raises(NeedsCare):
        _quick(path, 2)
    rows, bad = _careful(path, 2)
    assert [line for line, _ in rows] == [1, 3, 4, 5]
    assert bad == [(2, "torn_quote")]


def test_a_torn_quote_before_the_end_loses_nothing(put: Put) -> None:
    path = put("a.csv", "a,1\n" + 'b,"torn\n' + "".join(f"r{n},{n}\n" for n in range(1200)))
    with pytest.raises(NeedsCare):
        _quick(path, 2)
    rows, bad = _careful(path, 2)
    assert (len(rows), bad) == (1201, [(2, "torn_quote")])
    assert rows[-1] == (1202, ("r1199", "1199"))


def test_quotes_inside_a_name_stay_readable(put: Put) -> None:
    path = put("a.csv", '"示例"有限公司,1\n5" 管,2\n')
    rows, bad = _careful(path, 2)
    assert (rows, bad) == ([(1, ("示例有限公司", "1")), (2, ('5" 管', "2"))], [])


def test_empty_cells_behind_the_last_column_are_let_go(put: Put) -> None:
    path = put("a.csv", "a,1,,\nb,2\n")
    with pytest.raises(NeedsCare):
        _quick(path, 2)
    assert _careful(path, 2) == ([(1, ("a", "1")), (2, ("b", "2"))], [])


def test_header_in_row_three_with_reordered_extra_and_aliased_columns(lake_home: Path, put: Put) -> None:
    path = put(
        "a.csv", "示例市编办名册,,,\n\n入职日期,序号,人员 姓名,月工资（万元）\n2020-01-01,1,示例甲,1\n"
    )
    opened = _opened(path)
    assert opened.header_line == 3
    assert opened.columns.fields == {"joined_on": 0, "name": 2, "salary": 3}
    assert opened.columns.extra == {"序号": 1}
    assert opened.columns.units == {"salary": "万元"}
    assert _gathered(opened.chunks()) == ([(4, ("2020-01-01", "1", "示例甲", "1"))], [])


@pytest.mark.parametrize("delimiter", ["\t", ";", "|"])
def test_other_delimiters(lake_home: Path, put: Put, delimiter: str) -> None:
    text = "\n".join(delimiter.join(row) for row in (("姓名", "入编日期"), ("示例甲", "2020-01-01")))
    assert _gathered(_opened(put("a.txt", text)).chunks()) == ([(2, ("示例甲", "2020-01-01"))], [])


def test_duplicate_headers_and_missing_columns_are_told_together(lake_home: Path, put: Put) -> None:
    with pytest.raises(FileRefused) as refused:
        _opened(put("a.csv", "姓名,备注,备注 ,乡镇\n示例甲,1,2,3\n"))
    faults = [(fault.code, fault.line, fault.field, fault.found) for fault in refused.value.faults]
    assert faults == [
        ("duplicate_header", 1, "备注", "第 2、3 列"),
        ("missing_column", 1, "入编日期", "姓名、备注、备注 、乡镇"),
    ]


def test_two_columns_for_one_field_are_refused(lake_home: Path, put: Put) -> None:
    with pytest.raises(FileRefused) as refused:
        _opened(put("a.csv", "姓名,入编日期,工资,月工资\n示例甲,2020-01-01,1,2\n"))
    assert [(fault.code, fault.found) for fault in refused.value.faults] == [
        ("ambiguous_header", "工资、月工资")
    ]


def test_a_title_wins_over_an_alias(lake_home: Path, put: Put) -> None:
    opened = _opened(put("a.csv", "人员姓名,姓名,入编日期\n甲,示例甲,2020-01-01\n"))
    assert (opened.columns.fields["name"], opened.columns.extra) == (1, {"人员姓名": 0})


def test_no_header_at_all(lake_home: Path, put: Put) -> None:
    with pytest.raises(FileRefused) as refused:
        _opened(put("a.csv", "1,2,3\n4,5,6\n"))
    (fault,) = refused.value.faults
    assert (fault.code, fault.found, fault.expected) == ("no_header", "1、2、3", "姓名、入编日期")


_CELL = st.text(alphabet='ab,"\n\r 甲', max_size=6)


@settings(max_examples=150)
@given(st.lists(st.lists(_CELL, min_size=3, max_size=3), max_size=12), st.sampled_from([7, 1 << 24]))
def test_both_readers_agree_with_the_writer(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]], block: int
) -> None:
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    out = io.StringIO(newline="")
    lines = []
    for row in table:
        lines.append(out.getvalue().count("\n") + 1)
        csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerow(row)
    path.write_bytes(out.getvalue().encode())
    wanted: Rows = [
        (line, tuple(cell or None for cell in row))
        for line, row in zip(lines, table, strict=True)
        if any(row)
    ]
    assert strictly_quoted(path, 0, ",")
    assert _quick(path, 3) == (wanted, [])
    assert _careful(path, 3) == (wanted, [])


@settings(max_examples=200)
@given(st.text(alphabet='a,"\n', max_size=40))
def test_any_bytes_lose_no_line(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Every line that holds anything is part of a row or of a bad record."""
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_bytes(text.encode())
    rows, bad = _careful(path, 2)
    try:
        quick = _quick(path, 2)
    except NeedsCare:
        return
    assert [line for line, _ in quick[0]] == [line for line, _ in rows]
    assert quick[1] == bad


def test_a_stray_carriage_return_costs_its_line(put: Put) -> None:
    path = put("a.csv", 'a,1\nb,"x"y\rz\nc,3\n')
    rows, bad = _careful(path, 2)
    assert [line for line, _ in rows] == [1, 3]
    assert bad == [(2, "torn_quote")]
