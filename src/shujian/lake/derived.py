"""What a store that holds copies or traces of lake rows is told when rows are taken away for good.

A store offers one function ``forget(gone, dry) -> Forgotten`` and stands in the list of ``lake.erasing.stores``. It is
called behind the Delta commit; called again (after a crash) it must come to the same end. With ``dry`` it only counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Gone:
    """What goes. ``pattern`` finds the person's number in any spelling (None where no number is concerned);
    ``rows``: dataset → ids of the rows that went; ``batches``: batches that went whole; ``files``: dataset → names of
    the data files that are no more.
    """

    record: str
    pattern: re.Pattern[str] | None = None
    rows: Mapping[str, frozenset[str]] = field(default_factory=dict)
    batches: frozenset[str] = frozenset()
    files: Mapping[str, frozenset[str]] = field(default_factory=dict)
    names: frozenset[str] = frozenset()

    def hits(self, text: str | None) -> bool:
        """Whether a text holds the number."""
        return bool(text and self.pattern and self.pattern.search(text))


@dataclass(frozen=True)
class Forgotten:
    """What one store answers. ``found``: things that held something; ``removed``: those that hold it no more.
    ``note``: what a reader of the record must know, in Chinese, without personal data.
    """

    store: str
    title: str
    found: int = 0
    removed: int = 0
    note: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """For the record."""
        return asdict(self)


Forget = Callable[[Gone, bool], Forgotten]
