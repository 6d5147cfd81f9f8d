"""A JSON text read piece by piece: values one after another, with no more of it in memory than one needs.

Numbers keep their text, an object that names a key twice is refused, and what cannot be parsed is stepped over
by its brackets and quotes.
"""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

from shujian.kernel.errors import ShujianError

PIECE = 1 << 18
_BLANK = re.compile(r"[ \t\r\n\ufeff]*")
_OUTSIDE = re.compile(r"[\[\]{}\",]")
_INSIDE = re.compile(r"[\"\\]")
_NEAR_END = 12


class Number(str):
    """A number as the file writes it."""

    __slots__ = ()


class KeyTwice(ShujianError):
    """An object names one key twice."""

    def __init__(self, key: str) -> None:
        super().__init__(())
        self.key = key


class Malformed(ShujianError):
    """This is no JSON. ``cut``: the text ends before the value does."""

    def __init__(self, why: str, *, cut: bool = False) -> None:
        super().__init__(())
        self.why = why
        self.cut = cut


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        raise KeyTwice(next(key for key, _ in pairs if key in seen or seen.add(key)))  # type: ignore[func-returns-value]
    return found


DECODER = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_float=Number, parse_int=Number, parse_constant=Number, strict=False
)
_WHYS = {
    "Expecting value": "缺少值",
    "Expecting ',' delimiter": "缺少逗号",
    "Expecting ':' delimiter": "缺少冒号",
    "Expecting property name enclosed in double quotes": "键名没有双引号",
    "Unterminated string starting at": "引号没有成对",
    "Invalid control character at": "有控制字符",
    "Extra data": "后面还有多余的内容",
}


def parsed(text: str, at: int = 0) -> tuple[Any, int]:
    """The value at a place and the place behind it. Raises Malformed or KeyTwice."""
    try:
        return DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        cut = error.msg.startswith("Unterminated") or len(text.rstrip()) - error.pos <= _NEAR_END
        raise Malformed(_WHYS.get(error.msg, "转义写法不对"), cut=cut) from None
    except RecursionError:
        raise Malformed("嵌套太深") from None


class Window:
    """A moving window on a file of UTF-8 text. ``at``: where we stand in ``text``."""

    def __init__(self, path: Path, start: int, longest: int) -> None:
        source = path.open("rb")
        source.seek(start)
        self._source = io.TextIOWrapper(source, encoding="utf-8", newline="")
        self._longest = longest
        self.text = ""
        self.at = 0
        self.ended = False

    def close(self) -> None:
        """Let go of the file."""
        self._source.close()

    def more(self, size: int = PIECE) -> bool:
        """Take in more of the file, letting go of what lies behind; False at its end."""
        piece = self._source.read(size)
        if not piece:
            self.ended = True
            return False
        self.text = self.text[self.at :] + piece
        self.at = 0
        return True

    def peek(self) -> str:
        """The next character that is not blank, not taken; empty at the end."""
        while True:
            found = _BLANK.match(self.text, self.at)
            self.at = found.end() if found else self.at
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                return ""

    def take(self, character: str) -> bool:
        """Step over the next character if it is this one."""
        if self.peek() != character:
            return False
        self.at += 1
        return True

    def value(self) -> tuple[Any, str]:
        """The next value and its text. Raises Malformed or KeyTwice, standing where the value begins."""
        self.peek()
        while True:
            try:
                value, end = parsed(self.text, self.at)
            except Malformed:
                if self._needs_more():
                    continue
                raise
            if isinstance(value, Number) and end == len(self.text) and not self.ended and self.more():
                continue
            taken = self.text[self.at : end]
            self.at = end
            return value, taken

    def _needs_more(self) -> bool:
        """Take in more where the value at hand is not whole yet. Raises Malformed where it is too long."""
        if self.ended or self._end_of_value(self.text, self.at) is not None:
            return False
        held = len(self.text) - self.at
        if held > self._longest:
            raise Malformed(f"一条记录超过 {self._longest} 字节")
        return self.more(max(PIECE, held))

    @staticmethod
    def _end_of_value(text: str, at: int) -> int | None:
        """Where the value ends by its brackets and quotes; None where the text ends first."""
        stepper = _Stepper()
        return stepper.step(text, at)

    def skip(self) -> bool:
        """Step over one value by its brackets and quotes alone; False where the text ends first."""
        self.peek()
        stepper = _Stepper()
        while True:
            end = stepper.step(self.text, self.at)
            if end is not None:
                self.at = end
                return True
            self.at = len(self.text)
            if not self.more():
                return False


class _Stepper:
    """Counts brackets outside quotes through one piece of text after another."""

    def __init__(self) -> None:
        self.depth = 0
        self.quoted = False
        self.escaped = False

    def step(self, text: str, at: int) -> int | None:
        """The place of the comma or bracket behind the value, or the place behind its last bracket."""
        if self.escaped and at < len(text):
            self.escaped, at = False, at + 1
        while True:
            found = (_INSIDE if self.quoted else _OUTSIDE).search(text, at)
            if found is None:
                return None
            sign, at = found[0], found.end()
            if sign == '"':
                self.quoted = not self.quoted
            elif sign == "\\":
                self.escaped = at >= len(text)
                at += 1
            elif sign == ",":
                if self.depth == 0:
                    return found.start()
            elif sign in "[{":
                self.depth += 1
            elif self.depth == 0:
                return found.start()
            else:
                self.depth -= 1
                if self.depth == 0:
                    return at
