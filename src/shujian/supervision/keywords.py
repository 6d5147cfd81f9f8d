"""Keyword files: words with weight and variants, words that exclude, negations; dated, with a source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shujian.kernel.errors import BadInput, Fault, FaultList
from shujian.kernel.home import home
from shujian.kernel.yamlfile import YamlFile, read_yaml

Stamp = tuple[Path, int, int]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Word(_Form):
    """One keyword; ``variants`` count as the word itself. ``weight`` is counted once a text."""

    word: str = Field(min_length=1)
    weight: int = Field(default=30, ge=0)
    kind: Literal["core", "ext"] = "core"
    variants: list[str] = []

    def spellings(self) -> list[str]:
        """The word and its variants."""
        return [self.word, *self.variants]


class KeywordFile(_Form):
    """The keywords of one matter, valid from a day on."""

    id: str
    title: str
    from_: date = Field(alias="from")
    to: date | None = None
    source: str | None = None
    note: str | None = None
    words: list[Word] = Field(min_length=1)
    exclude: list[str] = []
    negations: list[str] = []
    window: int = Field(default=12, ge=0)
    negation_reach: int = Field(default=4, ge=0)
    scope: list[str] = []

    def scanned(self) -> list[str]:
        """Every literal to look for, sorted: spellings of the words, and the excluding words."""
        return sorted({spelling for word in self.words for spelling in word.spellings()} | set(self.exclude))


@dataclass(frozen=True)
class KeywordShelf:
    """All sound keyword files by id, and the faults of the others."""

    items: Mapping[str, KeywordFile]
    files: Mapping[str, YamlFile]
    faults: tuple[Fault, ...] = ()


def _read(path: Path, faults: FaultList) -> tuple[YamlFile, KeywordFile] | None:
    try:
        file = read_yaml(path)
        return file, KeywordFile.model_validate(file.value)
    except BadInput as error:
        faults.items.extend(error.faults)
    except ValidationError as error:
        faults.items.extend(file.faults_of(error))
    return None


def _check(file: YamlFile, words: KeywordFile, faults: FaultList) -> None:
    seen: dict[str, str] = {}
    for position, word in enumerate(words.words):
        for spelling in word.spellings():
            if spelling in seen or not spelling.strip() or "\x00" in spelling:
                faults.add(
                    file.fault(
                        ("words", position),
                        "repeated_word",
                        "关键词重复或为空",
                        found=spelling,
                        expected="每个写法只出现一次",
                    )
                )
            seen[spelling] = word.word
    for position, excluded in enumerate(words.exclude):
        if excluded in seen:
            faults.add(
                file.fault(
                    ("exclude", position),
                    "word_and_exclusion",
                    "同一个词既是关键词又是排除词",
                    found=excluded,
                )
            )


def load_keywords(roots: tuple[Path, ...]) -> KeywordShelf:
    """Read ``keywords/*.yaml`` of all roots; a file with faults is left out, its faults are kept."""
    faults, items, files = FaultList(), {}, {}
    for root in roots:
        for path in sorted((root / "keywords").glob("*.yaml")):
            pair = _read(path, faults)
            if pair is None:
                continue
            file, words = pair
            if words.id in items:
                faults.add(
                    Fault(
                        code="duplicate_id", message="关键词文件的 id 已存在", file=str(path), found=words.id
                    )
                )
                continue
            before = len(faults.items)
            _check(file, words, faults)
            if len(faults.items) == before:
                items[words.id], files[words.id] = words, file
    return KeywordShelf(items=items, files=files, faults=tuple(faults.items))


def stamp(path: Path) -> Stamp:
    """What tells whether a file changed: path, time of change, size."""
    seen = path.stat()
    return path, seen.st_mtime_ns, seen.st_size


def keyword_stamps() -> tuple[Stamp, ...]:
    """The stamps of all keyword files of the catalogue."""
    roots = home().catalogue_roots()
    return tuple(stamp(path) for root in roots for path in sorted((root / "keywords").glob("*.yaml")))


def keyword_shelf() -> KeywordShelf:
    """The catalogue's keyword files; read again only when one changed."""
    return _shelf(home().catalogue_roots(), keyword_stamps())


@lru_cache(maxsize=4)
def _shelf(roots: tuple[Path, ...], _stamps: tuple[Stamp, ...]) -> KeywordShelf:
    return load_keywords(roots)
