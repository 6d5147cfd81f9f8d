"""Homes that several tests share, made once for all worker processes."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import pgserver
from house import House, fill, new_house


@pytest.fixture
def empty_house(tmp_path: Path) -> House:
    """The sample catalogue and no data."""
    return new_house(tmp_path / "home")


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], None]], Path]:
    """Make a folder once for all worker processes; who comes later waits."""
    base = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        base = base.parent

    def once(name: str, make: Callable[[Path], None]) -> Path:
        with (base / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (base / f"{name}.done").exists():
                shutil.rmtree(base / name, ignore_errors=True)
                make(base / name)
                (base / f"{name}.done").touch()
        return base / name

    return once


@pytest.fixture(scope="session")
def ran(shared: Callable[[str, Callable[[Path], None]], Path]) -> House:
    """A small home with the two sample files and one run of the sample model. Read only: copy to change."""

    def make(root: Path) -> None:
        house = new_house(root)
        fill(house)
        house.run("model", "run", "unlicensed_dog", "--json")

    return House(shared("ran", make))


@pytest.fixture(scope="session")
def county(shared: Callable[[str, Callable[[Path], None]], Path]) -> House:
    """A small demo county with every model run. Read only: copy to change."""

    def make(root: Path) -> None:
        answer = House(root).run("demo", "--rows", "40000", "--json")
        (root / "answer.json").write_text(answer.out, "utf-8")

    return House(shared("county", make))


@pytest.fixture
def house(ran: House, tmp_path: Path) -> House:
    """An own copy of ``ran``."""
    return ran.copy(tmp_path / "house")


@pytest.fixture(scope="session")
def postgres() -> Iterator[pgserver.Server]:
    """A real PostgreSQL server of this test process. Tests that ask for it bear ``lane("postgres")``."""
    server = pgserver.start()
    try:
        yield server
    finally:
        pgserver.stop(server)
