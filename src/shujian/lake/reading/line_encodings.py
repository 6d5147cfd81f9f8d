"""Which of two encodings reads a line, and whether a file has lines of both."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from shujian.lake.reading.bounds import bounds

_BLOCK = 8 << 20


def has_utf8_lines(path: Path) -> bool:
    """Whether a file that is not UTF-8 holds a line of more than ASCII that is."""
    rest = b""
    with path.open("rb") as source:
        while block := source.read(_BLOCK):
            cut = block.rfind(b"\n") + 1
            if _utf8_line(rest + block[:cut] if cut else b""):
                return True
            rest = block[cut:] if cut else rest + block
            if len(rest) > bounds().line_bytes:
                return True
    return _utf8_line(rest)


def _utf8_line(data: bytes) -> bool:
    if not data:
        return False
    view = np.frombuffer(data, dtype=np.uint8)
    high = view >= 0x80
    follows = (view & 0xC0) == 0x80
    broken = np.zeros(len(view), dtype=bool)
    broken[:-1] = (view[:-1] >= 0xC0) & ~follows[1:]
    broken[1:] |= follows[1:] & ~high[:-1]
    broken[0] |= follows[0]
    broken[-1] |= view[-1] >= 0xC0
    starts = np.concatenate([[0], np.flatnonzero(view == 0x0A) + 1])
    starts = starts[starts < len(view)]
    hopeful = np.logical_or.reduceat(high, starts) & ~np.logical_or.reduceat(broken, starts)
    ends = np.append(starts[1:], len(view))
    return any(reads(data[starts[at] : ends[at]], "utf-8") for at in np.flatnonzero(hopeful))


def reads(content: bytes, encoding: str) -> bool:
    """Whether bytes are text of this encoding."""
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def everyday(text: str) -> bool:
    """Whether a text has only the characters of GB2312, which all but rare names are written in."""
    return _writes(text, "gb2312")


def _writes(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
