"""The steps of a model as a picture: sources above, clues below, drawn as SVG without script or style sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from shujian.supervision.spec import ModelSpec

WIDE, HIGH, ACROSS, DOWN, MARGIN = 208, 56, 24, 44, 12
"""Pixels: a box, and the room between boxes."""
_LETTERS = 13
_BLANK = re.compile(r"\{[^}]*\}")
_FILL = {"source": ("#eef3fa", "#5b7ba6"), "step": ("#ffffff", "#8a8f98"), "clue": ("#fbf1ea", "#b4602b")}


@dataclass(frozen=True)
class _Box:
    name: str
    kind: str
    title: str
    below: str
    inputs: tuple[str, ...]


def diagram(spec: ModelSpec, titles: Mapping[str, str], uses: Mapping[str, str]) -> str:
    """The SVG. ``titles``: alias → title of its source; ``uses``: kind of step → its word. Text is escaped."""
    boxes = _boxes(spec, titles, uses)
    rows = _rows(boxes)
    widest = max(len(row) for row in rows)
    width = 2 * MARGIN + widest * WIDE + (widest - 1) * ACROSS
    height = 2 * MARGIN + len(rows) * HIGH + (len(rows) - 1) * DOWN
    place: dict[str, tuple[int, int]] = {}
    for line, row in enumerate(rows):
        left = (width - len(row) * WIDE - (len(row) - 1) * ACROSS) // 2
        for column, name in enumerate(row):
            place[name] = (left + column * (WIDE + ACROSS), MARGIN + line * (HIGH + DOWN))
    arrows = [_arrow(place[source], place[name]) for name, box in boxes.items() for source in box.inputs]
    drawn = [_box(box, place[name]) for name, box in boxes.items()]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-label="{escape(spec.title)}的步骤图：自上而下由数据到线索" font-family="sans-serif">'
        + "".join([*arrows, *drawn])
        + "</svg>"
    )


def _boxes(spec: ModelSpec, titles: Mapping[str, str], uses: Mapping[str, str]) -> dict[str, _Box]:
    found = {alias: _Box(alias, "source", alias, titles.get(alias, ""), ()) for alias in spec.needs}
    for number, step in enumerate(spec.steps, start=1):
        inputs = tuple(dict.fromkeys(name for name in step.inputs()))
        found[step.id] = _Box(
            step.id, "step", step.says, f"（{number}）{uses.get(step.use, step.use)}", inputs
        )
    for place, emit in enumerate(spec.emit):  # two clues of one step may bear one name
        name = f"emit:{place}"
        found[name] = _Box(
            name, "clue", _BLANK.sub("〔…〕", emit.title), f"线索 · {emit.strength}", (emit.from_,)
        )
    return {
        name: _Box(box.name, box.kind, box.title, box.below, tuple(one for one in box.inputs if one in found))
        for name, box in found.items()
    }


def _rows(boxes: Mapping[str, _Box]) -> list[list[str]]:
    """Names by depth: each box below all that it reads; within a row by the middle of what it reads."""
    depth: dict[str, int] = {}

    def of(name: str, trail: frozenset[str] = frozenset()) -> int:
        if name not in depth:
            above = [of(one, trail | {name}) for one in boxes[name].inputs if one not in trail | {name}]
            depth[name] = 1 + max(above, default=-1)
        return depth[name]

    for name in boxes:
        of(name)
    rows: list[list[str]] = [[] for _ in range(max(depth.values()) + 1)]
    for name in boxes:
        rows[depth[name]].append(name)
    middle: dict[str, float] = {}
    for row in rows:
        first = list(row)
        row.sort(
            key=lambda name: (
                _mean([middle[one] for one in boxes[name].inputs if one in middle]),
                first.index(name),
            )
        )
        middle |= {name: (place + 0.5) / len(row) for place, name in enumerate(row)}
    return rows


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.5


def _arrow(source: tuple[int, int], target: tuple[int, int]) -> str:
    x1, y1 = source[0] + WIDE // 2, source[1] + HIGH
    x2, y2 = target[0] + WIDE // 2, target[1]
    bend = (y1 + y2) // 2
    return (
        f'<path d="M{x1} {y1} C{x1} {bend} {x2} {bend} {x2} {y2 - 5}" fill="none" stroke="#9aa3af" stroke-width="1.4"/>'
        f'<path d="M{x2 - 4} {y2 - 7} L{x2} {y2} L{x2 + 4} {y2 - 7} Z" fill="#9aa3af"/>'
    )


def _box(box: _Box, place: tuple[int, int]) -> str:
    fill, line = _FILL[box.kind]
    x, y = place
    return (
        f'<g><title>{escape(box.title)}</title><rect x="{x}" y="{y}" width="{WIDE}" height="{HIGH}" rx="6" fill="{fill}" '
        f'stroke="{line}"/><text x="{x + 10}" y="{y + 23}" font-size="13.5" fill="#1d2430">{escape(_short(box.title))}</text>'
        f'<text x="{x + 10}" y="{y + 43}" font-size="12" fill="#5c6470">{escape(_short(box.below))}</text></g>'
    )


def _short(text: str) -> str:
    return text if len(text) <= _LETTERS else text[: _LETTERS - 1] + "…"
