"""What long work tells about itself. The command line draws it; a library caller may ignore it."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Receives the progress of one piece of long work."""

    def begin(self, title: str, total: int | None) -> None:
        """A new piece of work starts; ``total`` in units of the work, None where unknown."""

    def advance(self, amount: int) -> None:
        """So many units are done since the last call."""


class Silent:
    """The progress of work that nobody watches."""

    def begin(self, title: str, total: int | None) -> None:
        """Say nothing."""

    def advance(self, amount: int) -> None:
        """Say nothing."""
