"""The form of a keyword file: words, groups of words, patterns of groups, what cancels a hit, the least score."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer

Reach = Literal["sentence", "text"]
"""``sentence``: no 。！？!?；; or new line between; ``text``: anywhere in the screened fields of the row."""


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


class Pattern(_Form):
    """A word of the group ``find`` with, for each group of ``near``, a word of it in reach, and none of ``without``.

    ``within``: the most characters between the two words, both in one sentence; or a ``Reach``. ``order``: where the
    word of ``near`` stands. ``weight`` is counted once a text.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str = Field(min_length=1)
    find: str
    near: list[str] = []
    without: list[str] = []
    within: int | Reach = "sentence"
    order: Literal["any", "before", "after"] = "any"
    weight: int = Field(default=30, ge=0)


class ExclusionWindow(_Form):
    """Words that cancel the hits in reach; ``within`` as the file's ``window`` (fewer characters between than it says).

    ``of``: only hits of these groups or keywords; all where empty.
    """

    words: list[str] = Field(min_length=1)
    within: int | Reach
    of: list[str] = []


class NegationWindow(_Form):
    """Words that cancel a hit when one stands at most ``reach`` characters before it with no punctuation between.

    ``unless``: longer words that hold a negation and deny nothing (不断, 不仅).
    """

    words: list[str] = Field(min_length=1)
    reach: int = Field(ge=1)
    unless: list[str] = []


_LATER = ("groups", "patterns", "unnegated", "exclusion_windows", "negation_windows", "least")


class KeywordFile(_Form):
    """The keywords of one matter, valid from a day on. ``least``: the score from which on a text is kept.

    ``unnegated``: groups whose words say a lack themselves, so that no negation before them counts.
    """

    id: str
    title: str
    from_: date = Field(alias="from")
    to: date | None = None
    source: str | None = None
    note: str | None = None
    words: list[Word] = []
    groups: dict[str, list[str]] = {}
    patterns: list[Pattern] = []
    unnegated: list[str] = []
    exclude: list[str] = []
    exclusion_windows: list[ExclusionWindow] = []
    negations: list[str] = []
    negation_windows: list[NegationWindow] = []
    window: int = Field(default=12, ge=0)
    negation_reach: int = Field(default=4, ge=0)
    least: int = Field(default=1, ge=1)
    scope: list[str] = []

    @model_serializer(mode="wrap")
    def _as_before(self, plain: SerializerFunctionWrapHandler) -> dict[str, Any]:
        # What a file does not use is not written, so that files older than these parts keep their fingerprints.
        told: dict[str, Any] = plain(self)
        defaults = type(self).model_fields
        return {
            name: value
            for name, value in told.items()
            if name not in _LATER or getattr(self, name) != defaults[name].default
        }

    def found_words(self) -> list[str]:
        """Every literal that can make a hit, sorted: spellings of the keywords, members of the groups."""
        spelled = {spelling for word in self.words for spelling in word.spellings()}
        return sorted(spelled.union(*self.groups.values()))

    def excluding_words(self) -> list[str]:
        """Every literal that cancels hits around it, sorted."""
        return sorted({*self.exclude, *(word for window in self.exclusion_windows for word in window.words)})

    def scanned(self) -> list[str]:
        """Every literal to look for, sorted."""
        return sorted({*self.found_words(), *self.excluding_words()})

    def spellings_of(self, names: list[str]) -> list[str]:
        """The literals of these groups and keywords, sorted."""
        words = {word.word: word.spellings() for word in self.words}
        return sorted({each for name in names for each in [*self.groups.get(name, []), *words.get(name, [])]})
