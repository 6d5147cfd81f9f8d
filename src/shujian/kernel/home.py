"""Where state lives: ``SHUJIAN_HOME``, else ``./var`` in a checkout, else the user's data folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

_BESIDE: ContextVar[tuple[Path, ...]] = ContextVar("beside", default=())
_INSTEAD: ContextVar[Path | None] = ContextVar("instead", default=None)
SHIPPED_CATALOGUE = Path(__file__).resolve().parent.parent / "catalogue"


@dataclass(frozen=True)
class Home:
    """The folders of one installation. Nothing is created by reading these."""

    root: Path

    @property
    def lake(self) -> Path:
        """Delta tables, register, rejects, stored keyword hits."""
        return self.root / "lake"

    @property
    def database(self) -> Path:
        """The embedded SQLite file of the Django rooms."""
        return self.root / "db" / "shujian.sqlite3"

    @property
    def catalogue(self) -> Path:
        """The user's own sources, models, parameters and keywords."""
        return self.root / "catalogue"

    @property
    def secrets(self) -> Path:
        """Keys made at the first start; 0700."""
        return self.root / "secrets"

    @property
    def demo(self) -> Path:
        """The invented county: its files, and under ``truth`` what was planted."""
        return self.root / "demo"

    @property
    def evaluation(self) -> Path:
        """Present only in evaluation mode: ``{"today": ISO date, "seed": n, "rows": n}``."""
        return self.root / "evaluation.json"

    def catalogue_roots(self) -> tuple[Path, ...]:
        """Shipped catalogue first, then the user's, which may not redefine an id; then what is only being looked at."""
        return (SHIPPED_CATALOGUE, self.catalogue, *_BESIDE.get())


@contextmanager
def beside_catalogue(root: Path) -> Iterator[None]:
    """Let the files of another folder stand in the catalogue meanwhile, for this thread of work only."""
    token = _BESIDE.set((*_BESIDE.get(), root))
    try:
        yield
    finally:
        _BESIDE.reset(token)


@contextmanager
def instead(root: Path) -> Iterator[None]:
    """Serve the installation in another folder meanwhile, for this thread of work only: one just restored."""
    token = _INSTEAD.set(root.resolve())
    try:
        yield
    finally:
        _INSTEAD.reset(token)


def private_folder(path: Path) -> Path:
    """Make a folder that only its owner can read, its missing parents likewise, and return it."""
    for missing in reversed([parent for parent in path.parents if not parent.exists()]):
        missing.mkdir(exist_ok=True, mode=0o700)
    path.mkdir(exist_ok=True, mode=0o700)
    path.chmod(0o700)
    return path


def home() -> Home:
    """The installation that this process serves; reads the environment each time."""
    if (other := _INSTEAD.get()) is not None:
        return Home(other)
    told = os.environ.get("SHUJIAN_HOME")
    if told:
        return Home(Path(told).resolve())
    checkout = Path(__file__).resolve().parents[3]
    if (checkout / "pyproject.toml").exists() and (checkout / "src" / "shujian").exists():
        return Home(checkout / "var")
    data = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Home(Path(data) / "shujian")
