"""Text of which only some lines are broken: mixed encodings, NUL bytes, bytes of no encoding, endless lines.

Each line is read by the one encoding that reads it. Where both would, the file decides: a file with lines of
one encoding only is of that encoding. In a mixed file the reading in everyday characters is taken where there
is just one; else the line is left out. A line that is left out stays as an empty line, so that line numbers hold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from shujian.kernel.errors import Fault
from shujian.lake.errors import FileRefused
from shujian.lake.reading.bounds import bounds
from shujian.lake.reading.line_encodings import everyday, reads
from shujian.lake.reading.records import BadRecord

_RAW_KEPT = 2000
_MARK = b"\xef\xbb\xbf"
_READABLE = "UTF-8 或 GB18030 文字"


@dataclass
class Settled:
    """A copy in UTF-8 without the lines that nothing reads, and these lines with their reasons."""

    path: Path
    encoding: str = "utf-8"
    start: int = 0
    bad: dict[int, BadRecord] = field(default_factory=dict)
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Line:
    """One physical line. ``content`` ends before the line break and holds at most the longest allowed line."""

    number: int
    at: int
    content: bytes
    size: int
    end: bytes


def shown_bytes(found: bytes) -> str:
    """Bytes as a user can look them up."""
    return "字节 " + " ".join(f"0x{byte:02x}" for byte in found)


def _lines(source: BinaryIO, longest: int) -> Iterator[_Line]:
    number, at = 0, 0
    while taken := source.readline(longest + 2):
        number += 1
        size, kept = len(taken), taken
        while not taken.endswith(b"\n") and (taken := source.readline(1 << 20)):
            size += len(taken)
        end = b"\r\n" if kept.endswith(b"\r\n") else b"\n" if taken.endswith(b"\n") else b""
        content = kept[: -len(end)] if end and size == len(kept) else kept
        yield _Line(number, at, content[:longest], size - len(end), end)
        at += size


def settle_lines(shown: Path, path: Path, target: Path) -> Settled:
    """Copy ``path`` to ``target`` line by line. Raises FileRefused, naming the first place in ``shown``, where most
    lines cannot be read or more of them than the limit."""
    longest = bounds().line_bytes
    kinds: Counter[str] = Counter()
    with path.open("rb") as source:
        for line in _lines(source, longest):
            kinds[_kind(line, longest)] += 1
    settled = Settled(target)
    reading = _Reading(
        longest, mixed=bool(kinds["utf8"] and kinds["gb"]), mostly_gb=kinds["gb"] > kinds["utf8"]
    )
    total = 0
    with path.open("rb") as source, target.open("wb") as out:
        target.chmod(0o600)
        for line in _lines(source, longest):
            total += bool(line.size)
            text = reading.text(line)
            if isinstance(text, BadRecord):
                settled.bad[line.number] = text
                if len(settled.bad) > bounds().bad_lines:
                    raise FileRefused(_refusal(shown, settled, total))
                out.write(line.end or b"\n")  # an empty line, also at the end of the file
                continue
            out.write(text.encode("utf-8") + line.end)
    if len(settled.bad) * 2 >= total:
        raise FileRefused(_refusal(shown, settled, total))
    settled.encoding = "+".join(sorted(reading.used, reverse=True)) or "utf-8"
    settled.told = tuple(reading.told(len(settled.bad)))
    return settled


def _refusal(shown: Path, settled: Settled, total: int) -> Fault:
    first = next(iter(settled.bad.values()))
    return Fault(
        code=first.code, message=f"{total} 行里有 {len(settled.bad)} 行读不出来，整个文件未导入；第一处如下",
        file=str(shown), line=first.line, found=first.found, expected=first.expected,
    )  # fmt: skip


def _kind(line: _Line, longest: int) -> str:
    if line.size > longest or b"\0" in line.content or line.content.isascii():
        return "other"
    content = line.content.removeprefix(_MARK) if line.number == 1 else line.content
    utf8, gb = reads(content, "utf-8"), reads(content, "gb18030")
    return "both" if utf8 and gb else "utf8" if utf8 else "gb" if gb else "other"


class _Reading:
    """Reads line after line, and remembers which encodings it used."""

    def __init__(self, longest: int, *, mixed: bool, mostly_gb: bool) -> None:
        self.longest = longest
        self.mixed = mixed
        self.mostly_gb = mostly_gb
        self.used: Counter[str] = Counter()

    def text(self, line: _Line) -> str | BadRecord:
        """The line as text, or why it is none."""
        content = line.content
        if line.size > self.longest:
            return self._bad(
                line,
                "line_too_long",
                f"{line.size} 字节，从第 {line.at} 字节起",
                f"不超过 {self.longest} 字节的一行",
            )
        if b"\0" in content:
            at = line.at + content.index(b"\0")
            return self._bad(line, "nul_byte", f"第 {at} 字节是 0x00", "没有空字节的文字")
        if content.isascii():
            return content.decode("ascii")
        if line.number == 1 and content.startswith(_MARK):
            content = content[len(_MARK) :]
        kind = _kind(line, self.longest)
        if kind == "both":
            kind = self._one_of_two(content)
        if kind == "gb" and not self.mostly_gb and not everyday(content.decode("gb18030")):
            kind = "other"  # a torn line of UTF-8 often passes for rare characters of the other encoding
        if kind == "unclear":
            return self._bad(
                line, "ambiguous_encoding", "两种编码都读得出，读出的文字不同", f"只有一种读法的{_READABLE}"
            )
        if kind == "other":
            return self._undecoded(line, content)
        name = "utf-8" if kind == "utf8" else "gb18030"
        self.used[name] += 1
        return content.decode(name)

    def _one_of_two(self, content: bytes) -> str:
        utf8, gb = everyday(content.decode("utf-8")), everyday(content.decode("gb18030"))
        if utf8 != gb:
            return "utf8" if utf8 else "gb"
        if self.mixed:
            return "unclear"
        return "gb" if self.mostly_gb else "utf8"

    def _undecoded(self, line: _Line, content: bytes) -> BadRecord:
        places = []
        for encoding in ("utf-8", "gb18030"):
            try:
                content.decode(encoding)
            except UnicodeDecodeError as error:
                places.append(error.start)
        at = (places[-1] if self.mostly_gb else places[0]) if places else 0
        skipped = len(line.content) - len(content)
        found = f"第 {line.at + skipped + at} 字节起不是文字：{shown_bytes(content[at : at + 2])}"
        if not line.end:
            return self._bad(line, "truncated", found, f"完整的一行（文件可能被截断）：{_READABLE}")
        return self._bad(line, "wrong_encoding", found, _READABLE)

    def _bad(self, line: _Line, code: str, found: str, expected: str) -> BadRecord:
        encoding = "gb18030" if self.mostly_gb else "utf-8"
        raw = line.content[: _RAW_KEPT * 4].decode(encoding, "replace").replace("\0", "␀")[:_RAW_KEPT]
        return BadRecord(line.number, code, found, expected, raw)

    def told(self, bad: int) -> Iterator[str]:
        """What the user should know."""
        if len(self.used) > 1:
            counts = "、".join(
                f"{name} {count} 行" for name, count in sorted(self.used.items(), reverse=True)
            )
            yield f"一个文件里混有两种编码（{counts}），已逐行按各自的编码读取"
        if bad:
            yield f"有 {bad} 行读不出来（编码损坏、空字节或过长），已剔除并写明位置"
