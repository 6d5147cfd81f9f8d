"""The product as a user calls it: a process of its own, an own SHUJIAN_HOME, one JSON object on stdout."""

from __future__ import annotations

import atexit
import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warm import shujian

SAMPLE = Path(__file__).resolve().parent / "sample"
SHUJIAN = Path(sys.executable).with_name("shujian")
TODAY = "2026-06-30"
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV")


@dataclass(frozen=True)
class Answer:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one JSON object on stdout."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found

    @property
    def errors(self) -> list[dict[str, Any]]:
        """The faults of an error answer."""
        assert self.json["schema"] == "shujian.error/1", self.out
        return list(self.json["errors"])


@dataclass(frozen=True)
class House:
    """One SHUJIAN_HOME and the way to call the product in it."""

    root: Path

    def environment(self, **more: str) -> dict[str, str]:
        """The environment of a call: nothing of the developer's own leaks in."""
        kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        return {**kept, "SHUJIAN_HOME": str(self.root), "PYTHONUTF8": "1", **more}

    def run(
        self,
        *words: str | Path,
        code: int | None = 0,
        given: str = "",
        folder: Path | None = None,
        **more: str,
    ) -> Answer:
        """Call ``shujian`` in ``folder``; the exit code must be ``code`` unless that is None."""
        command = [str(word) for word in words]
        done = shujian(command, given=given, env=self.environment(**more), cwd=folder)
        answer = Answer(done.returncode, done.stdout, done.stderr)
        if code is not None:
            assert answer.code == code, (
                f"shujian {' '.join(command)} → {answer.code}\n{answer.out}\n{answer.err}"
            )
        return answer

    def ask(self, *words: str | Path, code: int | None = 0, given: str = "", **more: str) -> dict[str, Any]:
        """Call with ``--json`` and answer the object."""
        return self.run(*words, "--json", code=code, given=given, **more).json

    def copy(self, to: Path) -> House:
        """The same state in another folder, free to be changed."""
        shutil.copytree(self.root, to, symlinks=True)
        return House(to)


@functools.cache
def _database() -> Path:
    """A folder with the tables of an empty installation. To make them takes seconds, and a thousand tests need them."""
    made = Path(tempfile.mkdtemp(prefix="shujian-tables-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    code = "from shujian.server.start import open_rooms; open_rooms()"
    subprocess.run([sys.executable, "-c", code], env=House(made).environment(), check=True)
    return made / "db"


def new_house(root: Path, *, evaluation: bool = True, tables: bool = True) -> House:
    """A home with the sample catalogue; in evaluation mode the day is 2026-06-30.

    ``tables``: the tables of the database are there, empty; without, the first command makes them, as with a user.
    """
    root.mkdir(parents=True, mode=0o700)
    if tables:
        shutil.copytree(_database(), root / "db")
    shutil.copytree(SAMPLE / "catalogue", root / "catalogue")
    if evaluation:
        (root / "evaluation.json").write_text(json.dumps({"today": TODAY, "seed": 0, "rows": 0}), "utf-8")
    return House(root)


def fill(house: House) -> None:
    """Bring the two sample files, as of the day."""
    for source in ("dog_permit", "dog_complaint"):
        house.run("lake", "ingest", source, SAMPLE / "files" / f"{source}.csv", "--as-of", TODAY, "--json")
