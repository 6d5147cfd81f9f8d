"""The catalogue's keyword files: dated, with a source; the sound ones by id, the faults of the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from shujian.kernel.errors import BadInput, Fault, FaultList
from shujian.kernel.home import home
from shujian.kernel.yamlfile import YamlFile, read_yaml
from shujian.supervision.keyword_checks import check_words
from shujian.supervision.keyword_forms import KeywordFile, Word

Stamp = tuple[Path, int, int]

__all__ = [
    "KeywordFile",
    "KeywordShelf",
    "Stamp",
    "Word",
    "keyword_shelf",
    "keyword_stamps",
    "load_keywords",
    "stamp",
]


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
            check_words(file, words, faults)
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
