"""Small changes of a screening that some proof must notice: a pattern gone, its reach another, a guard gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from shujian.supervision.forms import ScreenStep
from shujian.supervision.keyword_forms import KeywordFile, Pattern
from shujian.supervision.spec import ModelSpec


def screen_mutations(
    spec: ModelSpec, keywords: Mapping[str, KeywordFile]
) -> Iterator[tuple[str, Mapping[str, KeywordFile]]]:
    """The keyword files of the model's screenings with one thing changed, each named."""
    for name in dict.fromkeys(step.keywords for step in spec.steps if isinstance(step, ScreenStep)):
        for told, change in _changes(keywords[name]):
            yield f"{name}：{told}", {**keywords, name: keywords[name].model_copy(update=change)}


def reachable(shelf: KeywordFile) -> list[int]:
    """The scores that a kept text can have, sorted: each word and each pattern counts once, or not."""
    sums = {0}
    for weight in (*(word.weight for word in shelf.words), *(pattern.weight for pattern in shelf.patterns)):
        sums |= {told + weight for told in sums}
    return sorted(sums - {0})


def _changes(shelf: KeywordFile) -> Iterator[tuple[str, dict[str, Any]]]:
    for kind, title in (("core", "核心词"), ("ext", "扩展词")):
        left = [word for word in shelf.words if word.kind != kind]
        if len(left) < len(shelf.words) and (left or shelf.patterns):
            yield f"去掉{title}", {"words": left}
    for guard, title in (
        ("exclude", "排除词"),
        ("negations", "否定词"),
        ("exclusion_windows", "排除窗口"),
        ("negation_windows", "否定窗口"),
    ):
        if getattr(shelf, guard):
            yield f"去掉{title}", {guard: []}
    for place, pattern in enumerate(shelf.patterns):
        others = [*shelf.patterns[:place], *shelf.patterns[place + 1 :]]
        if others or shelf.words:
            yield f"去掉词组“{pattern.title}”", {"patterns": others}
        for told, change in _pattern_changes(pattern):
            changed = pattern.model_copy(update=change)
            listed = [*shelf.patterns[:place], changed, *shelf.patterns[place + 1 :]]
            yield f"词组“{pattern.title}”{told}", {"patterns": listed}


def _pattern_changes(pattern: Pattern) -> Iterator[tuple[str, dict[str, Any]]]:
    if pattern.within != "text":
        yield "不限远近", {"within": "text"}
    for name in pattern.without:
        yield f"不看“{name}”", {"without": [each for each in pattern.without if each != name]}
    if len(pattern.near) > 1:
        for name in pattern.near:
            yield f"不要“{name}”", {"near": [each for each in pattern.near if each != name]}
    if pattern.order != "any":
        yield "不看先后", {"order": "any"}
