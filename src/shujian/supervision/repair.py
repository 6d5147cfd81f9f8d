"""Takes the faulty parts out of a model's tree, so that the rest can still be checked: all faults at once.

The repaired tree is never run; it only lets the compiler see the sound parts.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import ValidationError

from shujian.kernel.errors import Fault
from shujian.kernel.yamlfile import Where, YamlFile
from shujian.supervision.keywords import KeywordFile
from shujian.supervision.spec import ModelSpec

ROUNDS = 6
_STAND_INS: dict[str, Any] = {
    "id": "stand_in", "number": None, "title": "疑似", "status": "draft", "unit": "部门", "owner": None, "since": None,
    "taxonomy": {"programme": "专项", "area": "领域", "point": "点"},
    "basis": [{"law": "法", "article": "1", "from": date(1949, 10, 1)}],
    "needs": {}, "parameters": [], "steps": [], "emit": [],
    "false_positives": [{"what": "误报", "guard": "防护"}], "verify": ["核实"], "privacy": {}, "summary": None,
}  # fmt: skip
_LISTS = ("steps", "emit", "basis", "false_positives")
CONSEQUENCES = {
    "unused_parameter",
    "unreached_step",
    "unused_need",
    "unknown_step",
    "unknown_alias",
    "no_evidence",
}
"""Faults that taking parts out may itself bring about; they are not told of a repaired tree."""


def repaired(file: YamlFile) -> tuple[YamlFile, ModelSpec] | None:
    """A form made of the sound parts of a file, with their places; None where too little is left."""
    tree = copy.deepcopy(file.value)
    if not isinstance(tree, dict):
        return None
    kept = {head: list(range(len(tree[head]))) for head in _LISTS if isinstance(tree.get(head), list)}
    for _ in range(ROUNDS):
        try:
            spec = ModelSpec.model_validate(tree)
        except ValidationError as error:
            _take_out(tree, kept, [tuple(item["loc"]) for item in error.errors(include_url=False)])
        else:
            return YamlFile(path=file.path, value=tree, places=_moved(file.places, kept)), spec
    return None


def _take_out(tree: dict[str, Any], kept: dict[str, list[int]], places: Sequence[tuple[Any, ...]]) -> None:
    dropped: dict[str, set[int]] = {}
    for place in places:
        head = str(place[0])
        if head in _LISTS and len(place) > 1 and isinstance(tree.get(head), list):
            dropped.setdefault(head, set()).add(int(place[1]))
        elif head == "needs" and len(place) > 1 and isinstance(tree.get("needs"), dict):
            tree["needs"].pop(str(place[1]), None)
        elif head in _STAND_INS:
            tree[head] = copy.deepcopy(_STAND_INS[head])
        else:
            tree.pop(head, None)
    for head, positions in dropped.items():
        left = [index for index in range(len(tree[head])) if index not in positions]
        tree[head] = [tree[head][index] for index in left] or copy.deepcopy(_STAND_INS[head])
        kept[head] = [kept[head][index] for index in left]


def _moved(
    places: Mapping[Where, tuple[int, int]], kept: Mapping[str, list[int]]
) -> dict[Where, tuple[int, int]]:
    """The places of the items that stayed, under the positions that they now have."""
    now: dict[tuple[str | int, str | int], int] = {
        (head, old): new for head, olds in kept.items() for new, old in enumerate(olds)
    }
    moved: dict[Where, tuple[int, int]] = {}
    for where, place in places.items():
        if len(where) < 2 or where[0] not in kept:
            moved[where] = place
        elif (where[0], where[1]) in now:
            moved[(where[0], now[where[0], where[1]], *where[2:])] = place
    return moved


def sound_faults(faults: Sequence[Fault]) -> list[Fault]:
    """The faults that are the model's own, not the repair's."""
    return [fault for fault in faults if fault.code not in CONSEQUENCES]


def stand_in_words(name: str) -> KeywordFile:
    """A keyword file in place of one that is missing, so that the step behind it can be checked."""
    told = {"id": name, "title": name, "from": date(1949, 10, 1), "words": [{"word": "占位"}]}
    return KeywordFile.model_validate(told)
