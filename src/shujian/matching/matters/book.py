"""The dated file of what counts as the same issue (``catalogue/matters``): sources, words, weights, days."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.home import home
from shujian.kernel.yamlfile import read_yaml

FILE = "complaints.yaml"


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Weights(_Form):
    """What each kind of likeness is worth; ``other_region`` is taken off."""

    text: float = Field(ge=0)
    rare: float = Field(ge=0)
    place: float = Field(ge=0)
    matter: float = Field(ge=0)
    other_region: float = Field(ge=0)


class ComplaintSource(_Form):
    """Which fields of a source say what of a complaint. ``bodies``: the firm or office complained of."""

    title: str | None = None
    text: str
    places: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    region: str | None = None
    on: str


class Matter(_Form):
    """One kind of matter and the words that tell of it."""

    id: str = Field(min_length=1)
    title: str = Field(min_length=1)
    words: tuple[str, ...] = Field(min_length=1)


class MatterBook(_Form):
    """Everything that grouping needs to know; scores have no unit, caps count scores, signs or complaints."""

    id: str
    from_: date = Field(alias="from")
    source: str
    verified: bool
    window_days: int = Field(ge=1)
    threshold: float = Field(gt=0)
    weights: Weights
    rare_most: int = Field(ge=1)
    rare_cap: float = Field(gt=0)
    place_cap: float = Field(gt=0)
    block_cap: int = Field(ge=2)
    batch_least: int = Field(ge=2)
    sources: dict[str, ComplaintSource]
    suffixes: tuple[str, ...] = Field(min_length=1)
    breaks: tuple[str, ...] = Field(min_length=1)
    matters: tuple[Matter, ...] = Field(min_length=1)


def matter_book() -> MatterBook:
    """The user's file where there is one, else the shipped one. Raises BadInput with every fault and its line."""
    paths = [root / "matters" / FILE for root in home().catalogue_roots()]
    path = next(path for path in reversed(paths) if path.exists())
    stat = path.stat()
    return _read(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=8)
def _read(path: Path, changed: int, size: int) -> MatterBook:
    text = read_yaml(path)
    book = text.as_form(MatterBook)
    faults: list[Fault] = []
    owners: dict[str, str] = {}
    for index, matter in enumerate(book.matters):
        for word in matter.words:
            if owners.setdefault(word, matter.id) != matter.id:
                faults.append(
                    text.fault(
                        ("matters", index), "word_twice", "一个词只能说一类事", found=word,
                        expected=f"已归 {owners[word]}",
                    )
                )  # fmt: skip
    if faults:
        raise BadInput(faults)
    return book
