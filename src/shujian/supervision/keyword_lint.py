"""The lint of keyword files: a core word of the catalogue lost, a word that can never count by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from shujian.kernel.errors import Fault
from shujian.kernel.home import SHIPPED_CATALOGUE
from shujian.kernel.yamlfile import Where, YamlFile, read_yaml
from shujian.supervision.keyword_forms import KeywordFile
from shujian.supervision.keywords import KeywordShelf


@dataclass(frozen=True)
class Register:
    """The words that the catalogue of models names, by keyword file; the share from which on a word is common."""

    core: Mapping[str, Sequence[str]]
    ext: Mapping[str, Sequence[str]]
    common_share: Decimal


@lru_cache(maxsize=1)
def register() -> Register:
    """``catalogue/core_words.yaml``."""
    told: Any = read_yaml(SHIPPED_CATALOGUE / "core_words.yaml").value
    files = told["files"]
    return Register(
        core={name: entry["core"] for name, entry in files.items()},
        ext={name: entry["ext"] for name, entry in files.items()},
        common_share=Decimal(told["common_share"]),
    )


def lint(shelf: KeywordShelf) -> list[Fault]:
    """Every finding in the sound files, each at its line."""
    return [
        fault
        for name, words in shelf.items.items()
        for fault in (*_lost(shelf.files[name], words), *_shadowed(shelf.files[name], words))
    ]


def _lost(file: YamlFile, words: KeywordFile) -> Iterator[Fault]:
    wanted = register().core.get(words.id)
    if wanted is None:
        return
    held = [word.word for word in words.words if word.kind == "core"]
    for word in wanted:
        if word not in held:
            yield file.fault(
                ("words",),
                "core_word_lost",
                "少了核心词",
                found="、".join(held) or "没有核心词",
                expected=word,
            )


def _shadowed(file: YamlFile, words: KeywordFile) -> Iterator[Fault]:
    """Where a longer spelling is found its shorter one is found too: the longer changes nothing.

    The word itself is the name under which a hit is told and may be longer than its variants.
    """
    listed: list[tuple[Where, str, list[str]]] = [
        *((("groups", name, place), member, members) for name, members in words.groups.items() for place, member in enumerate(members)),
        *((("words", place), variant, word.spellings()) for place, word in enumerate(words.words) for variant in word.variants),
    ]  # fmt: skip
    for where, spelling, among in listed:
        shorter = [other for other in among if other != spelling and other in spelling]
        if shorter:
            yield file.fault(
                where, "shadowed_word", "这个词里含有同组更短的词，自己从不单独起作用", found=spelling,
                expected=f"删去，有“{shorter[0]}”就够",
            )  # fmt: skip
    for where, spelling in _spelled(words):
        cancelling = [word for word in words.exclude if word in spelling]
        if cancelling and words.window:
            yield file.fault(
                where, "word_holds_exclusion", "这个词里含有排除词，永远算不上", found=spelling,
                expected=f"改掉，或删去排除词“{cancelling[0]}”",
            )  # fmt: skip


def _spelled(words: KeywordFile) -> Iterator[tuple[Where, str]]:
    for place, word in enumerate(words.words):
        yield from ((("words", place), spelling) for spelling in word.spellings())
    for name, members in words.groups.items():
        yield from ((("groups", name, place), member) for place, member in enumerate(members))
