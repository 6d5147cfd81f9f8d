"""Takes the fields of a layout out of one page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from shujian.lake.arrivals.layouts import Layout, Rule
from shujian.lake.reading.documents.page import Page
from shujian.lake.sources import header_key

_MOST_MATCHES = 200
_FOLDED = str.maketrans("（）：】", "():]")
_EITHER_WIDTH = dict.fromkeys("(（", r"[(（]") | dict.fromkeys(")）", r"[)）]")


def extract(page: Page, layout: Layout) -> dict[str, str]:
    """Field or extra name → text, for what the page tells."""
    labels = layout.labels()
    found: dict[str, str] = {}
    for name, rules in (*layout.fields.items(), *layout.extra.items()):
        for rule in rules:
            value = _value(page, rule, labels)
            if value:
                found[name] = value
                break
    return found


def _value(page: Page, rule: Rule, labels: tuple[str, ...]) -> str | None:
    if rule.whole:
        return page.text
    if rule.meta is not None:
        told = next((page.metas[name.lower()] for name in rule.meta if page.metas.get(name.lower())), None)
    elif rule.label is not None:
        told = _labelled(page, rule, labels)
    elif rule.between is not None:
        told = _between(_part(page, rule), rule.between.after, rule.between.before)
    else:
        told = _matched(_part(page, rule), rule)
    if told and rule.tight:
        told = "".join(told.split())
    meant = _meant(told, rule.values) if told else None
    return meant + rule.suffix if meant else None


def _part(page: Page, rule: Rule) -> str:
    if rule.lines is None:
        return page.text
    lines = [line for line in page.text.split("\n") if line]
    return "\n".join(lines[: rule.lines] if rule.lines > 0 else lines[rule.lines :])


def _meant(told: str, values: Mapping[str, str] | None) -> str | None:
    return told.strip() if values is None else values.get(told.strip())


def _matched(text: str, rule: Rule) -> str | None:
    found: list[str] = []
    for match in re.finditer(rule.pattern or "", text, re.MULTILINE):
        told = next((group for group in match.groups() if group), match[0]).strip()
        if told and told not in found:
            found.append(told)
        if not rule.all or len(found) >= _MOST_MATCHES:
            break
    return rule.join.join(found) or None


def _between(text: str, after: str, before: str | None) -> str | None:
    start = re.search(after, text, re.MULTILINE)
    if start is None:
        return None
    rest = text[start.end() :]
    end = re.search(before, rest, re.MULTILINE) if before else None
    return (rest[: end.start()] if end else rest).strip() or None


def _labelled(page: Page, rule: Rule, labels: tuple[str, ...]) -> str | None:
    """A cell beside a label cell, else what stands behind ``label：`` in the text, or on the line below it."""
    known = {_bare(one) for one in labels}
    for label in rule.label or ():
        for cell, beside in page.pairs:
            if _bare(cell) == _bare(label) and _bare(beside) not in known:
                return beside
    text = _part(page, rule)
    squeezed = _wide(text)
    for label in rule.label or ():
        plain = _wide(label)
        if f"{plain}:" not in squeezed and f"{plain}]" not in squeezed:
            continue  # most labels of most pages: much faster than the pattern
        found = _label_pattern(label).search(text)
        if found is None:
            continue
        line, _, below = text[found.end() :].partition("\n")
        told = _cut(line, labels)
        if not told and not line.strip():
            first = next((one for one in below.split("\n") if one.strip()), "")
            told = _cut(first, labels)
        if told:
            return told
    return None


@lru_cache(maxsize=256)
def _wide(text: str) -> str:
    return text.replace(" ", "").translate(_FOLDED)


def _bare(cell: str) -> str:
    return header_key(cell).strip("[]:")


@lru_cache(maxsize=1024)
def _label_pattern(label: str) -> re.Pattern[str]:
    spaced = r"[ \u3000]*".join(_EITHER_WIDTH.get(sign, re.escape(sign)) for sign in label)
    return re.compile(rf"(?:^|(?<=[\s；;|【\[])){spaced}[ \u3000】\]]*[:：][ \u3000]*", re.MULTILINE)


@lru_cache(maxsize=64)
def _any_label(labels: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"(?:^|[\s；;|【\[])(?:" + "|".join(map(re.escape, labels)) + r")[】\]]?\s*[:：]")


def _cut(line: str, labels: tuple[str, ...]) -> str:
    """A value ends where the next label begins."""
    found = _any_label(labels).search(line)
    return (line[: found.start()] if found else line).strip()


def lowest(page: Page, value: str) -> float | None:
    """How sure the recogniser was of the least sure line that a value stands in; None where nothing was recognised."""
    if not page.sure:
        return None
    pieces = {piece for piece in value.split("\n") if piece}
    touched = [
        sure
        for line, sure in zip(page.text.split("\n"), page.sure, strict=True)
        if line and any(line in piece or piece in line for piece in pieces)
    ]
    return min(touched, default=min(page.sure))


def sure_of(page: Page, found: Mapping[str, str], names: Sequence[str]) -> dict[str, float]:
    """``lowest`` for the named values."""
    told = {name: lowest(page, found[name]) for name in names if name in found}
    return {name: sure for name, sure in told.items() if sure is not None}
