"""The SQL of ``screen``: which hits were seen, what cancelled them, which words and patterns they make.

Everything runs on the stored hits of the literals; texts are only read around hits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from shujian.supervision.keyword_forms import KeywordFile, NegationWindow
from shujian.supervision.relation import quoted, text
from shujian.supervision.scope import Column

BREAKS = '，。；！？、：,;!?:（）()“”" 　'
SENTENCE_ENDS = "。！？!?；;\n\r"
_BLANK = "\x01"
"""Stands where a word was that holds a negation and denies nothing; no keyword file holds it."""


def seen_sql(shelf: KeywordFile, near: str, fields: Sequence[Column]) -> str:
    """(_row, field, spelling, offset, length, negated, excluded): every hit of a literal that can count, with the
    negation and the exclusion that cancel it, null where none does. Reads ``{hits}`` with its field beside, and the
    texts of the rows of the table ``near``.
    """
    plain = set(shelf.spellings_of(shelf.unnegated))
    known = ", ".join(
        f"({text(word)}, {'FALSE' if word in plain else 'TRUE'})" for word in shelf.found_words()
    )
    ctes = [
        f"known(spelling, negatable) AS (VALUES {known})",
        f"texts AS ({texts_sql(near, fields)})",
        'found AS (SELECT h._row, h.field, h.word AS spelling, h."offset", h.length, k.negatable, t.body '
        "FROM {hits} AS h JOIN known AS k ON h.word = k.spelling JOIN texts AS t ON h._row = t._row AND h.field = t.field)",
    ]
    excluded = _exclusions(shelf)
    ctes += excluded
    by = "x.word" if excluded else "CAST(NULL AS VARCHAR)"
    joined = (
        ' LEFT JOIN cancelled AS x ON f._row = x._row AND f.field = x.field AND f."offset" = x."offset" AND f.spelling = x.spelling'
        if excluded
        else ""
    )
    return (
        f'WITH {", ".join(ctes)} SELECT f._row, f.field, f.spelling, f."offset", f.length, {_negated(shelf)} AS negated, '
        f"{by} AS excluded FROM found AS f{joined}"
    )


def texts_sql(near: str, fields: Sequence[Column]) -> str:
    """(_row, field, body) of the screened fields, each source row once."""
    return " UNION ALL ".join(
        f"SELECT DISTINCT {quoted(f'{field.alias}._row')} AS _row, {text(str(field.field))} AS field, "
        f"{quoted(field.name)} AS body FROM {quoted(near)}"
        for field in fields
    )


def _negated(shelf: KeywordFile) -> str:
    windows = list(shelf.negation_windows)
    if shelf.negations and shelf.negation_reach:
        windows.insert(0, NegationWindow(words=shelf.negations, reach=shelf.negation_reach))
    if not windows:
        return "CAST(NULL AS VARCHAR)"
    told = []
    for window in windows:
        # Only what follows the last punctuation: “不，飞线充电” does not negate.
        near = f"regexp_extract({_before(window.reach)}, {text(f'[^{BREAKS}]*$')})"
        for word in sorted(window.unless, key=lambda each: (-len(each), each)):
            near = f"replace({near}, {text(word)}, chr({ord(_BLANK)}))"
        told += [f"WHEN contains({near}, {text(word)}) THEN {text(word)}" for word in window.words]
    # Few texts hold a word of negation at all; only these are looked at window by window.
    words = dict.fromkeys(word for window in windows for word in window.words)
    widest = _before(max(window.reach for window in windows))
    none = f"NOT regexp_matches({widest}, {text('|'.join(map(re.escape, words)))})"
    return f"CASE WHEN NOT f.negatable OR {none} THEN NULL {' '.join(told)} END"


def _before(reach: int) -> str:
    start = f'greatest(f."offset" - {reach}, 0)'
    return f'substr(f.body, {start} + 1, f."offset" - {start})'


def _exclusions(shelf: KeywordFile) -> list[str]:
    """The CTEs that end in ``cancelled``; none where no word excludes. ``kind`` 0 by characters, 1 sentence, 2 text."""
    rows, only = [], []
    windows = [
        (shelf.exclude, shelf.window, list[str]()),
        *((w.words, w.within, w.of) for w in shelf.exclusion_windows),
    ]
    for number, (words, within, of) in enumerate(windows):
        kind, width = _reach(within)
        rows += [f"({text(word)}, {kind}, {width}, {number if of else -1})" for word in words]
        only += [f"({number}, {text(spelling)})" for spelling in shelf.spellings_of(of)]
    if not rows:
        return []
    limits = f"limits(part, spelling) AS (VALUES {', '.join(only or ['(-2, NULL)'])})"
    return [
        f"excluding(word, kind, width, part) AS (VALUES {', '.join(rows)})",
        limits,
        'cancelled AS (SELECT f._row, f.field, f."offset", f.spelling, min(e.word) AS word FROM found AS f '
        "JOIN {hits} AS e ON e._row = f._row JOIN excluding AS x ON e.word = x.word "
        "WHERE (x.part < 0 OR EXISTS (SELECT 1 FROM limits AS l WHERE l.part = x.part AND l.spelling = f.spelling)) "
        "AND (x.kind = 2 OR (e.field = f.field AND (CASE x.kind "
        'WHEN 0 THEN e."offset" < f."offset" + f.length + x.width AND e."offset" + e.length + x.width > f."offset" '
        f"ELSE {_one_sentence('f', 'e')} END))) GROUP BY ALL)",
    ]


def _reach(within: int | str) -> tuple[int, int]:
    return {"sentence": (1, 0), "text": (2, 0)}.get(str(within)) or (0, int(within))


def _gap(one: str, other: str) -> str:
    starts = f'greatest({one}."offset", {other}."offset")'
    return f'{starts} - least({one}."offset" + {one}.length, {other}."offset" + {other}.length)'


def _one_sentence(one: str, other: str) -> str:
    """Whether no end of a sentence stands between two hits of one text, that of ``one``."""
    end = f'least({one}."offset" + {one}.length, {other}."offset" + {other}.length)'
    between = f"substr({one}.body, {end} + 1, greatest({_gap(one, other)}, 0))"
    return f"NOT regexp_matches({between}, {text(f'[{SENTENCE_ENDS}]')})"


def words_sql(shelf: KeywordFile, seen: str, near: str, fields: Sequence[Column]) -> str:
    """(_row, word, weight, spelling, field, offset, length): the hits that count; ``word`` is the keyword, or the title
    of the pattern in which the hit stands.
    """
    listed = ", ".join(
        f"({text(spelling)}, {text(word.word)}, {word.weight})"
        for word in shelf.words
        for spelling in word.spellings()
    )
    ctes = [f"good AS (SELECT * FROM {quoted(seen)} WHERE negated IS NULL AND excluded IS NULL)"]
    parts = []
    if shelf.words:
        ctes.append(f"word_list(spelling, word, weight) AS (VALUES {listed})")
        parts.append(
            'SELECT g._row, k.word, k.weight, g.spelling, g.field, g."offset", g.length '
            "FROM good AS g JOIN word_list AS k ON g.spelling = k.spelling"
        )
    if shelf.patterns:
        ctes += _patterns(shelf, near, fields)
        parts += [
            'SELECT _row, title AS word, weight, spelling, field, "offset", length FROM standing',
            "SELECT s._row, s.title AS word, s.weight, p.spelling_2 AS spelling, p.field_2 AS field, "
            "p.offset_2, p.length_2 FROM standing AS s JOIN pair AS p "
            'ON s.pattern = p.pattern AND s._row = p._row AND s.field = p.field AND s."offset" = p."offset" '
            "AND s.spelling = p.spelling WHERE p.wanted",
        ]
    return f"WITH {', '.join(ctes)} {' UNION '.join(parts)}"


def _patterns(shelf: KeywordFile, near: str, fields: Sequence[Column]) -> list[str]:
    members = ", ".join(
        f"({text(member)}, {text(name)})" for name, listed in shelf.groups.items() for member in listed
    )
    patterns = ", ".join(
        f"({number}, {text(each.title)}, {each.weight}, {text(each.find)}, {len(set(each.near))})"
        for number, each in enumerate(shelf.patterns)
    )
    slots = ", ".join(
        f"({number}, {text(each.find)}, {text(name)}, {'TRUE' if wanted else 'FALSE'}, {kind}, {width}, "
        f"{text(each.order if wanted else 'any')})"
        for number, each in enumerate(shelf.patterns)
        for kind, width in [_reach(each.within)]
        for wanted, names in ((True, each.near), (False, each.without))
        for name in dict.fromkeys(names)
    )
    apart = 'a.field <> b.field OR a."offset" + a.length <= b."offset" OR b."offset" + b.length <= a."offset"'
    order = (
        'CASE s.place WHEN \'before\' THEN a.field = b.field AND b."offset" < a."offset" '
        'WHEN \'after\' THEN a.field = b.field AND b."offset" > a."offset" ELSE TRUE END'
    )
    return [
        f"members(spelling, part) AS (VALUES {members})",
        f"patterns(pattern, title, weight, find, need) AS (VALUES {patterns})",
        f"slots(pattern, find, part, wanted, kind, width, place) AS (VALUES {slots})",
        "parts AS (SELECT g.*, m.part FROM good AS g JOIN members AS m ON g.spelling = m.spelling)",
        f"texts AS ({texts_sql(near, fields)})",
        'close AS (SELECT s.pattern, s.part, s.wanted, s.kind, a._row, a.field, a.spelling, a."offset", a.length, '
        'b.spelling AS spelling_2, b.field AS field_2, b."offset" AS offset_2, b.length AS length_2 '
        "FROM parts AS a JOIN slots AS s ON s.find = a.part JOIN parts AS b ON b._row = a._row AND b.part = s.part "
        f"WHERE ({apart}) AND {order} AND (s.kind = 2 OR a.field = b.field) AND (s.kind <> 0 OR {_gap('a', 'b')} <= s.width))",
        f"pair AS (SELECT c.* FROM close AS c JOIN texts AS t ON c._row = t._row AND c.field = t.field "
        f"WHERE c.kind = 2 OR {_PAIR_SENTENCE})",
        'met AS (SELECT pattern, _row, field, spelling, "offset", count(DISTINCT part) FILTER (wanted) AS n, '
        "count(*) FILTER (NOT wanted) AS w FROM pair GROUP BY ALL)",
        'standing AS (SELECT p.pattern, p.title, p.weight, a._row, a.field, a.spelling, a."offset", a.length FROM parts AS a '
        "JOIN patterns AS p ON p.find = a.part LEFT JOIN met AS m ON m.pattern = p.pattern AND m._row = a._row "
        'AND m.field = a.field AND m."offset" = a."offset" AND m.spelling = a.spelling '
        "WHERE coalesce(m.n, 0) = p.need AND coalesce(m.w, 0) = 0)",
    ]


_END = 'least(c."offset" + c.length, c.offset_2 + c.length_2)'
_PAIR_SENTENCE = (
    f'NOT regexp_matches(substr(t.body, {_END} + 1, greatest(c."offset", c.offset_2) - {_END}), '
    f"{text(f'[{SENTENCE_ENDS}]')})"
)
