"""JSON and JSONL: an array of objects wherever it stands in the document, objects one after another, or one a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from shujian.kernel.errors import Fault
from shujian.lake.errors import FileRefused
from shujian.lake.reading.bounds import bounds
from shujian.lake.reading.encoding import TextFile
from shujian.lake.reading.json_cells import cell_text, unwritable
from shujian.lake.reading.json_window import KeyTwice, Malformed, Window, parsed
from shujian.lake.reading.records import BadRecord

_RAW_KEPT = 2000
_DEEPEST = 8
_OBJECT = '一个对象，如 {"姓名": "…"}'
_SUSPECT = ("\\u0000", "\\ud", "\\uD", "\0")

Record = tuple[int, dict[str, Any] | BadRecord]


def records(text: TextFile, kind: str, shown: str) -> Iterator[Record]:
    """Every record with its number: the line in JSONL, else the place in the array."""
    return _by_line(text) if kind == "jsonl" else _of_document(text, shown)


def _by_line(text: TextFile) -> Iterator[Record]:
    with text.path.open("rb") as source:
        source.seek(text.start)
        for number, line in enumerate(source, start=1):
            if number in text.bad:
                yield number, text.bad[number]
                continue
            content = line.decode("utf-8").strip(" \t\r\n\ufeff")
            if not content:
                continue
            try:
                value, end = parsed(content)
                if content[end:].strip():
                    raise Malformed("后面还有多余的内容")
            except (Malformed, KeyTwice) as error:
                torn = isinstance(error, Malformed) and error.cut and not line.endswith(b"\n")
                yield number, _bad(number, error, content, torn)
                continue
            yield number, _checked(number, value, content)


def _of_document(text: TextFile, shown: str) -> Iterator[Record]:
    window = Window(text.path, text.start, bounds().line_bytes)
    try:
        if window.peek() == "[":
            yield from _elements(window, shown)
            if window.peek():
                raise FileRefused(_broken(shown, "数组后面还有多余的内容"))
        else:
            yield from _of_object(window, text, shown)
    finally:
        window.close()


def _of_object(window: Window, text: TextFile, shown: str) -> Iterator[Record]:
    """The one array of objects inside an object; without one, the objects that follow one another."""
    found = False
    number = 0
    try:
        for _ in _arrays(window):
            if found:
                raise FileRefused(_several(shown))
            found = True
            for number, record in _elements(window, shown):
                yield number, record
            if not window.peek():
                if window.text.rstrip().endswith("]"):
                    yield number + 1, _open_end(number + 1, "对象没有结束", "以 } 结束的对象")
                return
    except (Malformed, KeyTwice) as error:
        if found:
            raise FileRefused(_broken(shown, _why(error))) from None
    if not found:
        yield from _one_after_another(text, shown)


def _open_end(number: int, found: str, expected: str) -> BadRecord:
    return BadRecord(number, "truncated", f"{found}，文件到此中断", f"{expected}（文件可能被截断）", "")


def _arrays(window: Window) -> Iterator[int]:
    """Stand before every array of objects in an object and its inner objects; who asks takes the array."""
    depth = 0
    while True:
        if window.take("{"):
            depth += 1
            if depth > _DEEPEST:
                raise Malformed("嵌套太深")
        while window.take("}"):
            depth -= 1
            if depth == 0:
                return
        if depth == 0:
            return
        window.take(",")
        if window.peek() == "}":
            continue
        key, _ = window.value()
        if not isinstance(key, str) or not window.take(":"):
            raise Malformed("缺少冒号", cut=window.peek() == "")
        if window.peek() == "[" and _holds_objects(window):
            yield depth
        elif window.peek() != "{":
            window.value()


def _holds_objects(window: Window) -> bool:
    at = window.at + 1
    while not window.text[at:].strip() and window.more():
        at = window.at + 1
    return window.text[at:].lstrip()[:1] == "{"


def _one_after_another(text: TextFile, shown: str) -> Iterator[Record]:
    window = Window(text.path, text.start, bounds().line_bytes)
    try:
        yield from _values(
            window, shown, lambda: window.peek() == "", lambda: any(map(window.take, ",]}")) or True
        )
    finally:
        window.close()


def _elements(window: Window, shown: str) -> Iterator[Record]:
    window.take("[")
    if window.take("]"):
        return
    number, torn = 0, False
    for number, record in _values(window, shown, lambda: window.take("]"), lambda: window.take(",")):
        yield number, record
        torn = isinstance(record, BadRecord) and record.code == "truncated"
    if not torn and not window.peek() and not window.text.rstrip().endswith("]"):
        yield number + 1, _open_end(number + 1, "数组没有结束", "以 ] 结束的数组")


def _values(
    window: Window, shown: str, done: Callable[[], bool], between: Callable[[], bool]
) -> Iterator[Record]:
    """Values until ``done``; each is a record, or is stepped over with its reason."""
    number = 0
    while window.peek():
        number += 1
        start = window.text[window.at : window.at + _RAW_KEPT]
        try:
            value, taken = window.value()
            yield number, _checked(number, value, taken)
        except (Malformed, KeyTwice) as error:
            whole = window.skip()
            if not whole and not (isinstance(error, Malformed) and error.cut):
                raise FileRefused(
                    _broken(shown, f"第 {number} 条记录：{_why(error)}，其后无法分清")
                ) from None
            yield number, _bad(number, error, start, torn=not whole)
            if not whole:
                return
        if done():
            return
        if not between() and window.peek():
            raise FileRefused(_broken(shown, f"第 {number} 条记录之后缺少逗号"))


def _why(error: Malformed | KeyTwice) -> str:
    return error.why if isinstance(error, Malformed) else f"键“{error.key}”出现两次"


def _bad(number: int, error: Malformed | KeyTwice, raw: str, torn: bool) -> BadRecord:
    shown = raw[:_RAW_KEPT].replace("\0", "␀")
    if torn:
        return BadRecord(number, "truncated", _why(error), "完整的一条记录（文件可能被截断）", shown)
    code = "bad_json" if isinstance(error, Malformed) else "duplicate_key"
    expected = "合法的 JSON 对象" if code == "bad_json" else "每个键只出现一次"
    return BadRecord(number, code, _why(error), expected, shown)


def _checked(number: int, value: Any, taken: str) -> dict[str, Any] | BadRecord:
    raw = taken[:_RAW_KEPT].replace("\0", "␀")
    if not isinstance(value, dict):
        return BadRecord(number, "not_object", raw[:100], _OBJECT, raw)
    if any(sign in taken for sign in _SUSPECT):
        for key, cell in value.items():
            fault = unwritable(key) or unwritable(cell_text(cell) or "")
            if fault:
                named = None if unwritable(key) else key
                return BadRecord(number, "bad_text", fault, "可以写成 UTF-8 的文字", raw, field=named)
    return value


def _broken(shown: str, why: str) -> Fault:
    return Fault(
        code="bad_json", message="JSON 结构不完整，整个文件未导入", file=shown, found=why,
        expected="对象的数组、含一个数组的对象，或每行一个对象",
    )  # fmt: skip


def _several(shown: str) -> Fault:
    return Fault(
        code="several_arrays", message="文件里有几个对象数组，不知道该导入哪一个", file=shown, found="第二个数组",
        expected="只含一个对象数组的 JSON",
    )  # fmt: skip
