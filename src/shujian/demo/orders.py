"""The bulk of the demo: hotline orders and grid events, made chunk by chunk so that nothing large is held."""

from __future__ import annotations

from calendar import timegm
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from shujian.demo.draws import Text, pick, stream, weighted
from shujian.demo.names import SURNAME_WEIGHTS, SURNAMES, bulk_names
from shujian.demo.phrases import Places, compose, draw_topics, phrasebook, places
from shujian.demo.places import HANDLERS, LAT, LON

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


@dataclass(frozen=True)
class Span:
    """A stretch of time and how many ordinary rows fall into it."""

    first: date
    last: date
    rows: int


def hotline_chunks(seed: int, name: str, span: Span) -> Iterator[list[list[str]]]:
    """Ordinary orders of a span in chunks, each in order of time."""
    for number, (begin, end, count) in enumerate(_slices(span)):
        yield _hotline(stream(seed, f"hotline-{name}", number), begin, end, count, f"{number:03d}")


def grid_chunks(seed: int, name: str, span: Span) -> Iterator[list[list[str]]]:
    """Ordinary grid events of a span in chunks, each in order of time."""
    for number, (begin, end, count) in enumerate(_slices(span)):
        yield _grid(stream(seed, f"grid-{name}", number), begin, end, count, f"{number:03d}")


def _slices(span: Span) -> Iterator[tuple[float, float, int]]:
    first, last = (timegm(day.timetuple()) for day in (span.first, span.last))
    last += 18 * 3600
    pieces = max(1, -(-span.rows // CHUNK))
    step = (last - first) / pieces
    done = 0
    for number in range(pieces):
        count = span.rows * (number + 1) // pieces - done
        done += count
        yield first + step * number, first + step * (number + 1), count


def _hotline(rng: np.random.Generator, begin: float, end: float, count: int, mark: str) -> list[list[str]]:
    book = phrasebook("everyday")
    seconds = np.sort(rng.integers(int(begin), int(end), count))
    topic = draw_topics(rng, book, count)
    where = places(rng, count, RESERVED_QUARTERS)
    titles, texts = compose(rng, book, where, topic)
    addresses, quarters = _addresses(rng, where)
    numbers = [f"RX{stamp}{mark}{at:05d}" for at, stamp in enumerate(_days(seconds))]
    repeat, original = _repeats(rng, numbers, [texts, titles, addresses, quarters])
    done = rng.random(count) < 0.93
    took = rng.integers(3600, 20 * 86400, count)
    handlers = [HANDLERS[book.topics[t].handler] for t in topic]
    columns: list[list[str]] = [
        numbers,
        _stamps(seconds),
        _some(rng, ("电话", "网站", "微信", "App"), count, (70, 8, 17, 5)),
        _callers(rng, count),
        phones(rng, count),
        [book.topics[t].kind for t in topic],
        *([book.topics[t].cats[level] for t in topic] for level in range(3)),
        titles.tolist(),
        texts.tolist(),
        addresses.tolist(),
        quarters.tolist(),
        where.town.tolist(),
        *_coordinates(rng, count),
        [""] * count,
        handlers,
        _stamps(seconds + 1800),
        _blank(_stamps(seconds + took), done),
        _some(rng, book.results, count),
        ["已办结" if each else "办理中" for each in done.tolist()],
        repeat,
        original,
        _some(rng, ("已回访", "未回访", ""), count),
        _some(rng, ("满意", "基本满意", "不满意", ""), count, (50, 25, 10, 15)),
        _some(rng, ("0", "1", "2"), count, (92, 6, 2)),
        ["否"] * count,
    ]
    return [list(row) for row in zip(*columns, strict=True)]


def _grid(rng: np.random.Generator, begin: float, end: float, count: int, mark: str) -> list[list[str]]:
    book = phrasebook("rounds")
    seconds = np.sort(rng.integers(int(begin), int(end), count))
    topic = draw_topics(rng, book, count)
    where = places(rng, count, RESERVED_QUARTERS)
    _, texts = compose(rng, book, where, topic)
    addresses, quarters = _addresses(rng, where)
    numbers = [f"WG{stamp}{mark}{at:05d}" for at, stamp in enumerate(_days(seconds))]
    done = rng.random(count) < 0.96
    workers = bulk_names(rng, pick(rng, ("男", "女"), 240))
    worker = rng.integers(0, 240, count)
    columns: list[list[str]] = [
        numbers,
        _stamps(seconds),
        workers[worker].tolist(),
        [f"SLWG{each:04d}" for each in worker.tolist()],
        *([book.topics[t].cats[level] for t in topic] for level in range(2)),
        texts.tolist(),
        addresses.tolist(),
        quarters.tolist(),
        *_coordinates(rng, count),
        _some(rng, ("", "有图"), count),
        [HANDLERS[book.topics[t].handler] for t in topic],
        ["已办结" if each else "处置中" for each in done.tolist()],
        _blank(_stamps(seconds + rng.integers(600, 9 * 86400, count)), done),
        _some(rng, ("合格", "", "不合格"), count, (60, 36, 4)),
    ]
    return [list(row) for row in zip(*columns, strict=True)]


def _stamps(seconds: npt.NDArray[np.int64]) -> list[str]:
    """Moments as text: 2026-03-05 08:30:00."""
    return [
        text.replace("T", " ") for text in np.datetime_as_string(seconds.astype("datetime64[s]")).tolist()
    ]


def _days(seconds: npt.NDArray[np.int64]) -> list[str]:
    """Days as text: 20260305."""
    return [
        text.replace("-", "")
        for text in np.datetime_as_string(seconds.astype("datetime64[s]").astype("datetime64[D]")).tolist()
    ]


def _some(
    rng: np.random.Generator,
    options: tuple[str, ...],
    count: int,
    weights: tuple[float, ...] = (),
) -> list[str]:
    return pick(rng, options, count, weights).tolist()  # type: ignore[no-any-return]


def _callers(rng: np.random.Generator, count: int) -> list[str]:
    surname = np.array(SURNAMES, dtype=object)[weighted(rng, SURNAME_WEIGHTS, count)].tolist()
    kind = weighted(rng, (35, 10, 35, 20), count).tolist()
    full = bulk_names(rng, pick(rng, ("男", "女"), count)).tolist()
    return [
        "" if k == 0 else "匿名" if k == 1 else s + ("先生" if at % 2 else "女士") if k == 2 else whole
        for at, (k, s, whole) in enumerate(zip(kind, surname, full, strict=True))
    ]


def phones(rng: np.random.Generator, count: int) -> list[str]:
    """Numbers that no operator gives out, some masked, some missing."""
    kind = weighted(rng, (80, 8, 12), count).tolist()
    tail = rng.integers(0, 100_000_000, count).tolist()
    return [
        f"100{t:08d}" if k == 0 else f"100****{t % 10000:04d}" if k == 1 else ""
        for k, t in zip(kind, tail, strict=True)
    ]


def _coordinates(rng: np.random.Generator, count: int) -> tuple[list[str], list[str]]:
    known = (rng.random(count) < 0.7).tolist()
    east, north = rng.random(count).tolist(), rng.random(count).tolist()
    lon = [f"{LON + 0.4 * value:.6f}" if here else "0" for here, value in zip(known, east, strict=True)]
    lat = [f"{LAT + 0.3 * value:.6f}" if here else "0" for here, value in zip(known, north, strict=True)]
    return lon, lat


def _addresses(rng: np.random.Generator, where: Places) -> tuple[Text, Text]:
    """Address and quarter of each row; a row that plays in no quarter names none."""
    quarters = where.quarter.copy()
    quarters[where.place != where.quarter] = ""
    return where.place, quarters


def _repeats(
    rng: np.random.Generator, numbers: list[str], columns: list[Text]
) -> tuple[list[str], list[str]]:
    """Make some rows repeats of an earlier one: same words, same place, the first order named."""
    count = len(numbers)
    repeat, original = ["否"] * count, [""] * count
    if count < 50:
        return repeat, original
    for at in np.sort(rng.choice(np.arange(40, count), count // 30, replace=False)).tolist():
        first = at - int(rng.integers(1, 40))
        for column in columns:
            column[at] = column[first]
        repeat[at], original[at] = "是", original[first] or numbers[first]
    return repeat, original


def _blank(values: list[str], keep: npt.NDArray[np.bool_]) -> list[str]:
    return [value if kept else "" for value, kept in zip(values, keep.tolist(), strict=True)]
