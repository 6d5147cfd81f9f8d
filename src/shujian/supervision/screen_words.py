"""What a screening says for itself: in the sentence of its model, of one row, and of a subject that it did not keep."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from shujian.lake.read import Session
from shujian.supervision.keyword_forms import ExclusionWindow, KeywordFile, Pattern
from shujian.supervision.relation import quoted, text

SHOWN = 5
_ORDER = {"any": "", "before": "其前", "after": "其后"}


def screening_rule(shelf: KeywordFile) -> str:
    """The patterns of a file and what cancels a hit, to stand behind the step's own words; empty for plain words."""
    told = [_pattern(each) for each in shelf.patterns]
    if told and shelf.words:
        told.insert(0, f"{len(shelf.words)} 个关键词")
    if not told:
        return ""
    negations = [*shelf.negations, *(word for window in shelf.negation_windows for word in window.words)]
    if negations:
        told.append(f"前面有“{'、'.join(dict.fromkeys(negations))}”否定的不算")
    if shelf.exclude:
        told.append(f"附近有“{'、'.join(shelf.exclude)}”的不算")
    told += [_exclusion(window) for window in shelf.exclusion_windows]
    if shelf.least > 1:
        told.append(f"合计满 {shelf.least} 分的留下")
    return f"（{'；'.join(told)}）"


def _range(within: int | str) -> str:
    return {"sentence": "同一句中", "text": "全文中"}.get(str(within)) or f"同一句中 {within} 字以内"


def _pattern(each: Pattern) -> str:
    near = "、".join(f"“{name}”" for name in each.near)
    without = "、".join(f"“{name}”" for name in each.without)
    told = f"{_range(each.within)}{_ORDER[each.order]}又有{near}" if near else ""
    if without:
        told += ("而" if told else _range(each.within)) + f"没有{without}"
    return f"“{each.title}”：有“{each.find}”的词，{told}的词"


def _exclusion(window: ExclusionWindow) -> str:
    of = f"“{'、'.join(window.of)}”的词" if window.of else ""
    within = window.within if isinstance(window.within, str) else max(window.within - 1, 0)
    return f"{of}{_range(within).removesuffix('以内')}有“{'、'.join(window.words)}”的不算"


def screened_rows(session: Session, step: str, rows: Iterable[str], titles: Sequence[str]) -> dict[str, str]:
    """By row: of which words each pattern in it is made, and which words were cancelled and by what.

    Rows with nothing to add are left out. ``titles``: the titles of the file's patterns.
    """
    name = f"screened_{step}"
    session.register(name, pa.table({"_row": pa.array(sorted(set(rows)), pa.string())}))
    among = f"_row IN (SELECT _row FROM {quoted(name)})"
    told: dict[str, list[str]] = {}
    if titles:
        listed = ", ".join(text(title) for title in titles)
        made = session.sql(
            f'SELECT _row, word, spelling, min("offset") AS place FROM {quoted(f"words_{step}")} '
            f"WHERE {among} AND word IN ({listed}) GROUP BY ALL ORDER BY _row, word, place, spelling"
        ).to_pylist()
        parts: dict[tuple[str, str], list[str]] = {}
        for row in made:
            parts.setdefault((row["_row"], row["word"]), []).append(row["spelling"])
        for (row_id, title), words in parts.items():
            told.setdefault(row_id, []).append(f"“{title}”由{_quotes(words)}组成")
    for row_id, words in _cancelled(session, step, among).items():
        told.setdefault(row_id, []).extend(words)
    return {row_id: "；".join(parts) for row_id, parts in told.items()}


def _quotes(words: Sequence[str]) -> str:
    shown = "".join(f"“{word}”" for word in words[:SHOWN])
    return shown + (f"等 {len(words)} 个词" if len(words) > SHOWN else "")


def _cancelled(session: Session, step: str, among: str) -> dict[str, list[str]]:
    found = session.sql(
        f'SELECT _row, spelling, negated, excluded, min("offset") AS place FROM {quoted(f"seen_{step}")} '
        f"WHERE {among} AND (negated IS NOT NULL OR excluded IS NOT NULL) GROUP BY ALL ORDER BY _row, place, spelling"
    ).to_pylist()
    told: dict[str, list[str]] = {}
    for row in found:
        told.setdefault(row["_row"], []).append(_why(row))
    return {
        row: [*words[:SHOWN], *([f"另有 {len(words) - SHOWN} 处不算"] if len(words) > SHOWN else [])]
        for row, words in told.items()
    }


def _why(row: Mapping[str, Any]) -> str:
    if row["negated"] is not None:
        return f"“{row['spelling']}”前面有否定词“{row['negated']}”，不算"
    return f"“{row['spelling']}”附近有排除词“{row['excluded']}”，不算"


def screened_subject(session: Session, step: str, involved: str, source: str, row: str, left: int) -> str:
    """Why rows of a subject stayed in a screening or left it. ``involved``: the condition on rows of the table
    ``source``, whose column ``row`` holds the ids.
    """
    found = session.sql(
        f"SELECT DISTINCT {quoted(row)} AS r FROM {quoted(source)} WHERE {involved} LIMIT {SHOWN}"
    )
    told = screened_rows(session, step, [each for each in found["r"].to_pylist() if each], [])
    also = f"；{'；'.join(dict.fromkeys(told.values()))}" if told else ""
    if left:
        return f"命中有效关键词，{left} 条留下{also}"
    if told:
        return f"没有留下{also}；其余的词没有命中，或未到分数线"
    return "没有有效的关键词命中（未命中，或未到分数线）"
