"""A scan finds what a naive search finds, whatever the shape of the column and whichever the engine."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shujian.kernel.errors import BadInput
from shujian.lake.screening import scan as scanning
from shujian.lake.screening.matchers import checked, matcher
from shujian.lake.screening.scan import prepared, scan, text_hits, to_code_points

ENGINES = ("hyperscan", "ahocorasick")
letters = st.text(alphabet="ab噪声扰民é𬭁", max_size=12)
columns = st.lists(st.one_of(st.none(), letters), max_size=12)
word_lists = st.lists(
    st.text(alphabet="ab噪声扰é𬭁", min_size=1, max_size=4), min_size=1, max_size=6, unique=True
)

Hit = tuple[int, int, int, int]


def naive(texts: Sequence[str | None], words: Sequence[str]) -> list[Hit]:
    """Every occurrence by looking at every place of every row, in bytes."""
    hits = []
    for row, text in enumerate(texts):
        data = (text or "").encode()
        for number, word in enumerate(words):
            needle = word.encode()
            for start in range(len(data) - len(needle) + 1):
                if data[start : start + len(needle)] == needle:
                    hits.append((row, number, start, start + len(needle)))
    return sorted(hits, key=lambda hit: (hit[0], hit[2], hit[3]))


def found(column: pa.Array | pa.ChunkedArray, words: Sequence[str], engine: str | None = None) -> list[Hit]:
    table = scan(column, words, engine=engine)
    assert table.schema == scanning.HITS
    return [(h["row"], h["word"], h["start"], h["end"]) for h in table.to_pylist()]


@given(columns, word_lists, st.sampled_from([pa.string(), pa.large_string(), pa.string_view()]))
def test_every_engine_finds_what_a_naive_search_finds(
    texts: list[str | None], words: list[str], kind: pa.DataType
) -> None:
    column = pa.array(texts, kind)
    expected = naive(texts, words)
    for engine in ENGINES:
        assert found(column, words, engine) == expected


@given(columns, word_lists)
def test_polars_finds_the_same_words_in_the_same_rows(texts: list[str | None], words: list[str]) -> None:
    many = pl.Series(texts, dtype=pl.String).str.extract_many(words, overlapping=True)
    theirs = sorted((row, word) for row, cell in enumerate(many) if cell is not None for word in cell)
    ours = sorted((row, words[word]) for row, word, _, _ in found(pa.array(texts, pa.string()), words))
    assert ours == theirs


@given(columns, columns, word_lists, st.data())
def test_slices_and_chunks_count_rows_from_the_head_of_the_column(
    first: list[str | None], second: list[str | None], words: list[str], data: st.DataObject
) -> None:
    whole = pa.chunked_array([pa.array(first, pa.string()), pa.array(second, pa.string())])
    texts = [*first, *second]
    start = data.draw(st.integers(0, len(texts)))
    length = data.draw(st.integers(0, len(texts) - start))
    assert found(whole, words) == naive(texts, words)
    assert found(whole.slice(start, length), words) == naive(texts[start : start + length], words)
    array = pa.array(texts, pa.large_string()).slice(start, length)
    assert found(array, words) == naive(texts[start : start + length], words)


@given(columns, word_lists)
def test_offsets_become_code_points(texts: list[str | None], words: list[str]) -> None:
    column = pa.array(texts, pa.string())
    hits = scan(column, words)
    offsets = to_code_points(column, hits).tolist()
    for hit, offset in zip(hits.to_pylist(), offsets, strict=True):
        text = texts[hit["row"]]
        assert text is not None
        assert text[offset:].startswith(words[hit["word"]])
        assert len(text[:offset].encode()) == hit["start"]


@given(columns, word_lists, st.integers(1, 9))
def test_the_size_of_a_slice_changes_nothing(texts: list[str | None], words: list[str], size: int) -> None:
    column = pa.array(texts, pa.string())
    whole = found(column, words)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scanning, "SLICE_BYTES", size)
        assert found(column, words) == whole


@pytest.mark.parametrize("engine", ENGINES)
def test_table_of_overlaps_and_borders(engine: str) -> None:
    words = ["噪声", "噪声扰民", "声扰", "民", "aa"]
    texts = ["夜间噪声扰民", "噪", "声扰", None, "", "aaa民民", "声"]
    assert found(pa.array(texts), words, engine) == [
        (0, 0, 6, 12), (0, 1, 6, 18), (0, 2, 9, 15), (0, 3, 15, 18),
        (2, 2, 0, 6),
        (5, 4, 0, 2), (5, 4, 1, 3), (5, 3, 3, 6), (5, 3, 6, 9),
    ]  # fmt: skip


def test_bytes_under_a_null_row_are_not_text() -> None:
    offsets = pa.py_buffer(b"".join(n.to_bytes(4, "little") for n in (0, 6, 12)))
    column = pa.Array.from_buffers(
        pa.string(), 2, [pa.py_buffer(b"\x02"), offsets, pa.py_buffer("噪声噪声".encode())]
    )
    assert column.to_pylist() == [None, "噪声"]
    assert found(column, ["噪声"]) == [(1, 0, 0, 6)]


@pytest.mark.parametrize(
    "column",
    [
        pa.array([], pa.string()),
        pa.array([], pa.large_string()),
        pa.chunked_array([], pa.string()),
        pa.array([None, None], pa.string()),
        pa.array([None, None], pa.null()),
        pa.array(["", ""], pa.string()),
    ],
)
def test_columns_without_text_have_no_hits(column: pa.Array) -> None:
    assert found(column, ["噪声"]) == []
    assert text_hits(pa.array([], pa.string()), pa.array([], pa.string()), prepared(["噪声"])).num_rows == 0


def test_dictionaries_are_text_and_numbers_are_not() -> None:
    assert found(pa.array(["噪声", "无", "噪声"]).dictionary_encode(), ["噪声"]) == [
        (0, 0, 0, 6),
        (2, 0, 0, 6),
    ]
    with pytest.raises(BadInput, match="文本列"):
        scan(pa.array([1, 2]), ["噪声"])


def test_no_words_find_nothing_and_bad_words_are_all_named() -> None:
    assert scan(pa.array(["噪声"]), []).num_rows == 0
    with pytest.raises(BadInput) as refused:
        scan(pa.array(["噪声"]), ["", "噪\x00声", "噪声", "噪声", "\ud800"])
    codes = [fault.code for fault in refused.value.faults]
    assert codes == ["word_empty", "word_nul", "word_doubled", "word_surrogate"]
    assert checked(["噪声", "扰民"]) == ("噪声", "扰民")


def test_letters_that_mean_something_in_a_pattern_mean_themselves() -> None:
    words = [".*", "[a]", "a{2}", "\\d", "(?i)x", "^", "$"]
    text = "a.*b[a]a{2}\\d(?i)x^$"
    for engine in ENGINES:
        assert [words[hit[1]] for hit in found(pa.array([text, "aa9X"]), words, engine)] == words


def test_a_word_longer_than_the_row_and_a_row_longer_than_a_slice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "SLICE_BYTES", 16)
    text = "无" * 100 + "噪声扰民" + "无" * 100
    for engine in ENGINES:
        assert found(pa.array([text, "噪"]), ["噪声扰民", "噪声扰民" * 99], engine) == [(0, 0, 300, 312)]


def test_stored_hits_count_code_points() -> None:
    rows = pa.chunked_array([["r0", "r1"], ["r2"]])
    column = pa.chunked_array([["𬭁a噪声", None], ["噪声扰民，噪声"]])
    assert text_hits(rows, column, prepared(["扰民", "噪声"])).to_pylist() == [
        {"_row": "r0", "word": "噪声", "offset": 2, "length": 2},
        {"_row": "r2", "word": "噪声", "offset": 0, "length": 2},
        {"_row": "r2", "word": "扰民", "offset": 2, "length": 2},
        {"_row": "r2", "word": "噪声", "offset": 5, "length": 2},
    ]


def test_the_engine_can_be_chosen_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHUJIAN_SCREENING", "ahocorasick")
    assert matcher(("噪声",)).name == "ahocorasick"
    monkeypatch.delenv("SHUJIAN_SCREENING")
    assert matcher(("噪声",)).name == "hyperscan"
    with pytest.raises(BadInput, match="没有这种关键词匹配引擎"):
        matcher(("噪声",), "grep")
