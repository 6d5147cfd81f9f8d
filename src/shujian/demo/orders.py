"""The bulk of the demo: hotline orders and grid events, made chunk by chunk so that nothing large is held."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shujian.demo.bulk_dirt import (
    HALL,
    Drawn,
    addressed,
    callers,
    finished,
    firms,
    leaked,
    located,
    phones,
    typed,
)
from shujian.demo.columns import (
    Column,
    Mask,
    Numbers,
    at,
    constant,
    digits,
    either,
    glued,
    moments,
    some,
    texts,
)
from shujian.demo.draws import pick, stream
from shujian.demo.names import bulk_names
from shujian.demo.phrases import Phrasebook, compose, draw_topics, phrasebook, places
from shujian.demo.places import HANDLERS, firm_name
from shujian.demo.seasons import Slice, Span, slices, topic_weights

CHUNK = 20_000
HOTLINE = (
    "工单编号",
    "来电时间",
    "渠道",
    "诉求人",
    "联系电话",
    "诉求类型",
    "一级分类",
    "二级分类",
    "三级分类",
    "标题",
    "诉求内容",
    "事发地址",
    "小区名称",
    "区划",
    "经度",
    "纬度",
    "涉及主体",
    "承办单位",
    "派单时间",
    "办结时间",
    "办理结果",
    "办结状态",
    "是否重复",
    "原工单号",
    "回访",
    "满意度",
    "退单次数",
    "涉密标识",
)
GRID = (
    "事件编号",
    "上报时间",
    "网格员",
    "网格编码",
    "大类",
    "小类",
    "描述",
    "地址",
    "小区名称",
    "经度",
    "纬度",
    "图片",
    "处置部门",
    "状态",
    "办结时间",
    "复查",
)
RESERVED_QUARTERS = 120
"""Housing quarters kept for planted matters."""

_TRADES = ("超市", "健身服务", "家政服务", "装饰", "驾驶培训", "房产经纪", "洗涤")
"""Whom people ring about every day; planted firms are of other trades."""
_FIRMS = 400
_LOOK_BACK = 40


@dataclass(frozen=True)
class Batch:
    """What one file of the bulk shares: its seed, its name, the number of its first chunk, the coordinate system that
    it does not name, and how many matters of a month reach both the hotline and the grid.
    """

    seed: int
    name: str
    first_chunk: int = 0
    system: str = "CGCS2000"
    shared: int = 0

    def rng(self, part: str, number: int) -> np.random.Generator:
        """The chance of one chunk, independent of all others."""
        return stream(self.seed, f"{part}-{self.name}", number)


def hotline_chunks(batch: Batch, span: Span) -> Iterator[pa.Table]:
    """Ordinary orders of a span in chunks, each in order of time. Columns as in ``HOTLINE``, all text."""
    yield from _chunks(batch, span, "hotline", _hotline)


def grid_chunks(batch: Batch, span: Span) -> Iterator[pa.Table]:
    """Ordinary grid events of a span in chunks, each in order of time. Columns as in ``GRID``, all text."""
    yield from _chunks(batch, span, "grid", _grid)


def _chunks(batch: Batch, span: Span, part: str, make: Callable[..., pa.Table]) -> Iterator[pa.Table]:
    for number, each in enumerate(slices(span, CHUNK), batch.first_chunk):
        yield make(batch.rng(part, number), batch, each, f"{number:03d}")


@dataclass
class _Told:
    """What is said and where it is."""

    topic: Numbers
    title: Column
    text: Column
    place: Column
    quarter: Column
    town: Column

    def taken(self, rows: Numbers) -> _Told:
        """The same matters in another order."""
        order = pa.array(rows)
        columns = (each.take(order) for each in (self.title, self.text, self.place, self.quarter, self.town))
        return _Told(self.topic[rows], *columns)

    def put(self, rows: Numbers, other: _Told, source: Numbers) -> _Told:
        """The matters with ``other`` standing at ``rows``, then each row taken from its ``source``."""
        count = len(self.topic)
        order = np.arange(count)
        order[rows] = count + np.arange(len(rows))
        names = ("title", "text", "place", "quarter", "town")
        columns = (pa.concat_arrays([getattr(self, name), getattr(other, name)]) for name in names)
        return _Told(np.concatenate([self.topic, other.topic]), *columns).taken(order[source])


def _told(rng: np.random.Generator, book: Phrasebook, month: date, count: int) -> _Told:
    topic = draw_topics(rng, topic_weights(book, month), count)
    where = places(rng, count, RESERVED_QUARTERS)
    title, text = compose(rng, book, where, topic)
    # A row that plays in no quarter names none.
    return _Told(topic, title, text, where.place, either(where.in_quarter, where.quarter, ""), where.town)


def _shared(batch: Batch, each: Slice) -> _Told:
    """The matters of this month that people ring about and grid workers see too: the same for both."""
    count = min(batch.shared, each.rows) if each.opens else 0
    return _told(
        stream(batch.seed, f"shared-{each.month}"), phrasebook("everyday"), each.month, batch.shared
    ).taken(np.arange(count))


def _hotline(rng: np.random.Generator, batch: Batch, each: Slice, mark: str) -> pa.Table:
    book, count = phrasebook("everyday"), each.rows
    seconds = np.sort(rng.integers(each.begin, each.end, count))
    told = _told(rng, book, each.month, count)
    shared = _shared(batch, each)
    source, marked, elsewhere = _repeats(rng, count)
    told = told.put(rng.permutation(count)[: len(shared.topic)], shared, source)
    stamps = moments(seconds)
    numbers = glued("RX", _days(stamps), mark, digits(np.arange(count), 5))
    channel = either(elsewhere, "微信", some(rng, ("电话", "网站", "微信", "App"), count, (70, 8, 17, 5)))
    done = rng.random(count) < 0.93
    lon, lat, hall = located(rng, "hotline", count, batch.system)
    columns: list[Column] = [
        numbers,
        typed(rng, "hotline", stamps),
        channel,
        callers(rng, count),
        phones(rng, count),
        at([topic.kind for topic in book.topics], told.topic),
        *(at([topic.cats[level] for topic in book.topics], told.topic) for level in range(3)),
        told.title,
        leaked(rng, told.text, book.leaks),
        either(hall, HALL, addressed(rng, "hotline.address", told.place)),
        told.quarter,
        told.town,
        lon,
        lat,
        either(
            np.array([topic.names_firm for topic in book.topics])[told.topic],
            firms(rng, _firm_pool(), count),
            "",
        ),
        at([HANDLERS[topic.handler] for topic in book.topics], told.topic),
        moments(seconds + 1800),
        finished(rng, "hotline", seconds + rng.integers(3600, 20 * 86400, count), done),
        some(rng, book.results, count),
        either(done, "已办结", constant("办理中", count)),
        either(marked, "是", constant("否", count)),
        either(marked, numbers.take(pa.array(source)), ""),
        some(rng, ("已回访", "未回访", ""), count),
        some(rng, ("满意", "基本满意", "不满意", ""), count, (50, 25, 10, 15)),
        some(rng, ("0", "1", "2"), count, (92, 6, 2)),
        constant("否", count),
    ]
    return pa.table(dict(zip(HOTLINE, columns, strict=True)))


def _grid(rng: np.random.Generator, batch: Batch, each: Slice, mark: str) -> pa.Table:
    book, count = phrasebook("rounds"), each.rows
    seconds = np.sort(rng.integers(each.begin, each.end, count))
    own = _told(rng, book, each.month, count)
    shared = _shared(batch, each)
    seen = rng.permutation(count)[: len(shared.topic)]
    told = own.put(seen, shared, np.arange(count))
    from_hotline = np.isin(np.arange(count), seen)
    cats = (at([topic.cats[level] for topic in book.topics], own.topic) for level in range(2))
    stamps = moments(seconds)
    done = rng.random(count) < 0.96
    workers = bulk_names(rng, pick(rng, ("男", "女"), 240))
    worker = rng.integers(0, 240, count)
    lon, lat, hall = located(rng, "grid", count, batch.system)
    columns: list[Column] = [
        glued("WG", _days(stamps), mark, digits(np.arange(count), 5)),
        typed(rng, "grid", stamps),
        at(workers.tolist(), worker),
        glued("SLWG", digits(worker, 4)),
        *(either(from_hotline, name, cat) for name, cat in zip(("群众反映", "热线同步"), cats, strict=True)),
        told.text,
        either(hall, HALL, addressed(rng, "grid.address", told.place)),
        told.quarter,
        lon,
        lat,
        some(rng, ("", "有图"), count),
        at([HANDLERS[topic.handler] for topic in book.topics], own.topic),
        either(done, "已办结", constant("处置中", count)),
        finished(rng, "grid", seconds + rng.integers(600, 9 * 86400, count), done),
        some(rng, ("合格", "", "不合格"), count, (60, 36, 4)),
    ]
    return pa.table(dict(zip(GRID, columns, strict=True)))


@cache
def _firm_pool() -> Column:
    return texts(
        [firm_name(number // len(_TRADES), _TRADES[number % len(_TRADES)]) for number in range(_FIRMS)]
    )


def _days(stamps: Column) -> Column:
    """Days as text: 20260305."""
    return glued(*(pc.utf8_slice_codeunits(stamps, first, last) for first, last in ((0, 4), (5, 7), (8, 10))))


def _repeats(rng: np.random.Generator, count: int) -> tuple[Numbers, Mask, Mask]:
    """For each row the row whose words it has, mostly its own. Some are marked as repeats, some came through another
    channel and nobody noticed.
    """
    drawn, rows = Drawn(rng, count, "hotline.repeat"), np.arange(count)
    early = rows < _LOOK_BACK
    marked, elsewhere = drawn["marked"] & ~early, drawn["other_channel"] & ~early
    again = marked | elsewhere
    source = np.where(again, rows - rng.integers(1, _LOOK_BACK, count), rows)
    while True:  # a repeat of a repeat speaks of the first
        further = source[source]
        if (further == source).all():
            return source, marked, elsewhere
        source = further
