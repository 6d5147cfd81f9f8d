"""Two hundred texts that try to become something else: markup, a template, a header, a formula, another text, an error."""

from __future__ import annotations

import random

PROBE = "zhadan"
"""In every payload: an element, an attribute or a header of this name would be the payload's own."""
_MARKUP = (
    f"<{PROBE}>", f"</textarea><{PROBE} {PROBE}=1>", f'"><{PROBE} onerror=alert(1)>', f"' {PROBE}='1", f'" {PROBE}="1" x="',
    f"<script>{PROBE}()</script>", f"<img src=x {PROBE}=1 onerror={PROBE}()>", f"<svg/onload={PROBE}()>", f"javascript:{PROBE}()",
    f"<iframe srcdoc='<{PROBE}>'></iframe>", f"</title><{PROBE}>", f"<!--><{PROBE}>-->", f"<![CDATA[<{PROBE}>]]>", f"&lt;{PROBE}&gt;",
    f"&#60;{PROBE}&#62;", f"＜{PROBE}＞", f"<a href='javascript:{PROBE}()'>点</a>", f"<style>@import '{PROBE}'</style>",
    f"<base href=//{PROBE}.invalid>", f"<meta http-equiv=refresh content='0;url=//{PROBE}.invalid'>", f"<form action=//{PROBE}.invalid>",
    f"<math><mi {PROBE}=1>", f"<details open ontoggle={PROBE}()>", f"</option></select><{PROBE}>", f"`><{PROBE}>",
)  # fmt: skip
_TEMPLATE = (
    f"{{{{ {PROBE} }}}}", "{{ 7|add:7700077 }}", "{% debug %}", "{% include '/etc/passwd' %}", "{{ request.META }}", "${7*7700077}",
    "#{7*7700077}", "<%= 7*7700077 %>", "{{7*'7700077'}}", "%(zhadan)s", "{0.__class__}", "%s%n%x", "{actor.__class__}", "$$HOME",
)  # fmt: skip
_LINES = (
    f"甲\r\nX-{PROBE}: 1", f"甲\nSet-Cookie: {PROBE}=1", f"甲\r\n\r\n<{PROBE}>", f"甲%0d%0aX-{PROBE}: 1", f"甲\u2028{PROBE}",
    f"甲\u0085{PROBE}",
)  # fmt: skip
_FORMULA = tuple(
    f"{start}cmd|'/c {PROBE}'!A1" for start in ("=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠", "=HYPERLINK(", "@SUM(")
)  # fmt: skip
_SIGNS = (
    f"甲\u202e{PROBE}", f"甲\u2066{PROBE}\u2069", f"甲\u200b{PROBE}", f"甲\u200d{PROBE}", f"\ufeff{PROBE}",
    f"甲\x00{PROBE}", f"甲\x08{PROBE}",
    f"甲\x1b[31m{PROBE}", f"甲\ud800{PROBE}", f"甲\udcff{PROBE}", f"甲\ufffe{PROBE}", f"甲\x7f{PROBE}", f"e\u0301\u0301\u0301{PROBE}",
    f"𠀀𠀀{PROBE}", f"👨‍👩‍👧{PROBE}",
)  # fmt: skip
_WILD = (
    "%", "_", "%%", "\\%", "'", "''", "\\", "' or '1'='1", "'; drop table clues_clue; --", '" or ""="', "1) or (1=1", "*", "?",
    "[a-z]*", "(", "\\p{L",
    "../../../etc/passwd", "..\\..\\windows", "CON", "NaN", "1e999", "-1", "9" * 40, "null", "true", "[]", "{}",
)  # fmt: skip
_LONG = ("名" * 10_000, "<" * 10_000, "👍" * 3_000, f"{PROBE} " * 1_500)


def payloads() -> list[str]:
    """Two hundred, always the same: those above, then pairs of them."""
    made = [*_MARKUP, *_TEMPLATE, *_LINES, *_FORMULA, *_SIGNS, *_WILD, *_LONG]
    draw = random.Random(200)
    short = [*_MARKUP, *_TEMPLATE, *_LINES, *_FORMULA]
    while len(made) < 200:
        one = f"{draw.choice(short)} {draw.choice(short)}"
        if one not in made:
            made.append(one)
    return made


def some() -> list[str]:
    """A few of each kind, for every build."""
    return [
        _MARKUP[1],
        _MARKUP[4],
        _TEMPLATE[1],
        _LINES[0],
        _FORMULA[0],
        _SIGNS[0],
        _SIGNS[5],
        _SIGNS[8],
        _WILD[8],
        _LONG[0],
    ]
