"""Rows of Parquet data files → documents of one index. Only current rows go in; numbers and known names never."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import tantivy

from shujian.kernel.masking import numbers_in
from shujian.kernel.progress import Progress
from shujian.lake.search.plan import Handles, Plan
from shujian.lake.search.text import form, prepared, terms, written_close
from shujian.matching.normalise import id_card, person
from shujian.matching.normalise.pinyin import readings
from shujian.matching.normalise.rare import rare_signs

BATCH_ROWS = 10_000
ANALYZER = "terms"
TIE_BITS = 31
_FIRST_DAY = np.datetime64("1900-01-01T00:00:00", "s")
_COMMON_SIGNS = re.compile("[\u4e00-\u9fa5·A-Z]+")
_LATEST = (1 << 33) - 1
_HEAP, _BIG_HEAP = 60_000_000, 400_000_000
_BIG = 100_000
_PARTS = 64
_META = ("_row", "_file", "_sheet", "_line")


_to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@lru_cache(maxsize=4096)
def _region(region: str) -> tuple[str, str]:
    """A region as it is filtered: whole, and as terms."""
    area = form(region)
    return area, " ".join(terms(area))


def schema_of(plan: Plan) -> tantivy.Schema:
    """One field of terms for each searched column; ``at`` orders; ``doc`` is what a page shows, masked."""
    made = tantivy.SchemaBuilder()
    for field in sorted(plan.texts):
        made.add_text_field(text_field(field), tokenizer_name=ANALYZER, index_option="position")
    made.add_text_field("region", tokenizer_name=ANALYZER, index_option="position")
    for name in ("row", "area", "person"):
        made.add_text_field(name, tokenizer_name="raw", index_option="basic")
    made.add_unsigned_field("at", fast=True)
    made.add_bytes_field("doc", stored=True)
    return made.build()


def text_field(field: str) -> str:
    """The name of a column's field in the index."""
    return f"t_{field}"


def opened(path: Path) -> tantivy.Index:
    """An index on the disk, able to split terms. Raises ValueError where it is torn."""
    return _able(tantivy.Index.open(str(path)))


def _able(index: tantivy.Index) -> tantivy.Index:
    splitter = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(ANALYZER, splitter)
    return index


@dataclass(frozen=True)
class Built:
    """What went in. ``marks``: order numbers from the highest down, one for each 64th part of the rows."""

    rows: int
    marks: tuple[int, ...]


def build(path: Path, plan: Plan, files: Sequence[Path], gone: Collection[str], progress: Progress) -> Built:
    """Index the rows of these files that nothing supersedes. The folder must be empty."""
    index = _able(tantivy.Index(schema_of(plan), str(path)))
    expected = sum(pq.read_metadata(file).num_rows for file in files)
    threads, heap = (2, _BIG_HEAP) if expected > _BIG else (1, _HEAP)
    superseded = pa.array(sorted(gone), pa.string())
    writer = index.writer(heap, threads)
    order: list[int] = []
    for file in files:
        for batch in _batches(plan, file):
            for at, document in _documents(plan, _current(batch, superseded)):
                writer.add_document(document)
                order.append(at)
            progress.advance(batch.num_rows)
    writer.commit()
    writer.wait_merging_threads()
    return Built(len(order), _marks(order))


def _marks(order: list[int]) -> tuple[int, ...]:
    falling = np.sort(np.array(order, dtype=np.uint64))[::-1]
    return tuple(int(falling[len(falling) * part // _PARTS]) for part in range(_PARTS)) if order else ()


def _batches(plan: Plan, file: Path) -> Iterator[pa.RecordBatch]:
    source = pq.ParquetFile(file)
    wanted = {*_META, *plan.texts, *plan.persons, *plan.names, plan.day, plan.region}
    stored = set(source.schema_arrow.names)
    yield from source.iter_batches(batch_size=BATCH_ROWS, columns=[name for name in wanted if name in stored])


def _current(batch: pa.RecordBatch, superseded: pa.Array) -> pa.RecordBatch:
    if not len(superseded):
        return batch
    return batch.filter(pc.invert(pc.is_in(batch["_row"], value_set=superseded)))


def superseded_by(files: Iterable[Path]) -> set[str]:
    """The rows that rows of these files replace."""
    found: set[str] = set()
    for file in files:
        source = pq.ParquetFile(file)
        if "_supersedes" in source.schema_arrow.names:
            told = source.read(columns=["_supersedes"])["_supersedes"]
            if told.null_count < len(told):
                found.update(told.drop_null().to_pylist())
    return found


def strike(path: Path, rows: Collection[str]) -> None:
    """Take rows out of an index; what is not in it is passed over."""
    index = opened(path)
    writer = index.writer(15_000_000, 1)
    for row in rows:
        writer.delete_documents_by_term("row", row)
    writer.commit()
    writer.wait_merging_threads()


def _documents(plan: Plan, batch: pa.RecordBatch) -> Iterator[tuple[int, tantivy.Document]]:
    columns = {name: batch[name].to_pylist() for name in batch.schema.names if name not in (plan.day,)}
    days, order = _order(plan, batch)
    names = _names(plan, columns, batch.num_rows)
    texts = {field: _texts(columns[field], names) for field in plan.texts if field in columns}
    persons = _persons(plan, columns, texts, batch.num_rows)
    regions = columns.get(plan.region or "", [None] * batch.num_rows)
    for place, row in enumerate(columns["_row"]):
        document = tantivy.Document()
        document.add_text("row", row)
        document.add_unsigned("at", order[place])
        shown = {}
        for field, column in texts.items():
            if column.shown[place] is not None:
                shown[field] = column.shown[place]
                document.add_text(text_field(field), column.terms[place])
        region = regions[place]
        if region:
            area, region_terms = _region(region)
            document.add_text("area", area)
            document.add_text("region", region_terms)
        for handle in persons[place]:
            document.add_text("person", handle)
        told = {
            "row": row, "file": columns["_file"][place], "sheet": columns["_sheet"][place],
            "line": columns["_line"][place], "day": days[place], "region": region, "texts": shown,
        }  # fmt: skip
        document.add_bytes("doc", _to_json(told).encode())
        yield order[place], document


def _names(plan: Plan, columns: Mapping[str, list[Any]], size: int) -> list[tuple[str, ...]]:
    """Per row the names that its person columns state, by which they are hidden in its texts."""
    stated = [columns[name] for name in plan.names if name in columns]
    if not stated:
        return [()] * size
    return [tuple(name for name in row if name and len(name) > 1) for row in zip(*stated, strict=True)]


@dataclass(frozen=True)
class _Column:
    """A text column as it stands, as it is shown, and its terms; None, None and nothing where a row has no text."""

    raw: Sequence[str | None]
    shown: Sequence[str | None]
    terms: Sequence[str]


def _texts(raw: Sequence[str | None], names: Sequence[tuple[str, ...]]) -> _Column:
    filled = [place for place, text in enumerate(raw) if text is not None]
    made = prepared([str(raw[place]) for place in filled], [names[place] for place in filled])
    shown: list[str | None] = [None] * len(raw)
    split = [""] * len(raw)
    for at, place in enumerate(filled):
        shown[place], split[place] = made.shown[at], made.terms[at]
    return _Column(raw, shown, split)


def _persons(
    plan: Plan, columns: Mapping[str, list[Any]], texts: Mapping[str, _Column], size: int
) -> list[set[str]]:
    """Per row the handles of everybody whom it names in a column, or by a number inside a text; a name that can
    hardly be typed also by its sound.
    """
    handles = Handles()
    found: list[set[str]] = [set() for _ in range(size)]
    for column, (field, kind) in plan.persons.items():
        for place, value in enumerate(columns.get(column, ())):
            if value:
                found[place].add(handles.term(field, kind, value))
                if kind == "name" and not _COMMON_SIGNS.fullmatch(value):
                    found[place] |= {handles.term(field, kind, sound) for sound in _sounds(value)}
    for field, one in texts.items():
        for place, text in enumerate(one.raw):
            if text is not None and text != one.shown[place]:
                found[place] |= {handles.term(field, kind, key) for kind, key in keys_in(text)}
    return found


@lru_cache(maxsize=1 << 12)
def _sounds(name: str) -> tuple[str, ...]:
    """The readings of a name with a rare character, as a typed name is compared: 张㛃 → ZHANGJIE."""
    if not rare_signs(name):
        return ()
    return tuple(told for reading in readings(name) if (told := person.normalise(reading)))


def keys_in(text: str) -> set[tuple[str, str]]:
    """Valid identity numbers (18 characters) and phone numbers inside a text, as the lake compares them."""
    found: set[tuple[str, str]] = set()
    for written in (text, *written_close(text)):
        for kind, number in numbers_in(written):
            key = id_card.parse(number).key if kind == "id_card" else number
            if key:
                found.add((kind, key))
    return found


def _order(plan: Plan, batch: pa.RecordBatch) -> tuple[list[str | None], list[int]]:
    """Per row its day as text, and the number that orders rows: seconds since 1900, then a part of the row's id."""
    tails = [int(row[:8], 16) >> 1 for row in batch["_row"].to_pylist()]
    if plan.day is None or plan.day not in batch.schema.names:
        return [None] * batch.num_rows, tails
    moments = batch[plan.day].cast(pa.timestamp("s"), safe=False)
    days = [
        None if day is None else day.isoformat()
        for day in batch[plan.day].cast(pa.date32(), safe=False).to_pylist()
    ]
    seconds = np.asarray(moments.cast(pa.int64()).fill_null(_FIRST_DAY.astype(np.int64) - 1))
    since = np.clip(seconds - _FIRST_DAY.astype(np.int64), -1, _LATEST - 1) + 1
    return days, [(first << TIE_BITS) | tail for first, tail in zip(since.tolist(), tails, strict=True)]


def order_of(day: date) -> int:
    """The least order number of a row of this day; rows without a day stand below all."""
    seconds = int((np.datetime64(day, "s") - _FIRST_DAY).astype(np.int64))
    return (min(max(seconds, 0), _LATEST - 1) + 1) << TIE_BITS
