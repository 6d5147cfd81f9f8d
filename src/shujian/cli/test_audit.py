"""``shujian audit verify`` over a database file in which single bytes were changed from outside."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SHUJIAN = [sys.executable, "-c", "from shujian.cli.main import main; main()"]


def _run(home: Path, *words: str) -> tuple[int, dict[str, Any]]:
    done = subprocess.run(
        [*SHUJIAN, *words, "--json"], capture_output=True, text=True, check=False,
        env={**os.environ, "SHUJIAN_HOME": str(home)},
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    return done.returncode, json.loads(done.stdout)


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with three entries in its chain, the last one a look at school records; all written into the one file."""
    home = tmp_path_factory.mktemp("chain")
    for words in (("clue", "list"), ("clue", "list"), ("lake", "show", "school")):
        assert _run(home, *words)[0] == 0
    with sqlite3.connect(home / "db" / "shujian.sqlite3") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return home


def test_every_place_where_the_deed_stands_is_guarded(looked_at: Path) -> None:
    """In the entry itself, and in the index by which an auditor would look for it."""
    file = looked_at / "db" / "shujian.sqlite3"
    whole = file.read_bytes()
    places = [at for at in range(len(whole)) if whole.startswith(b"dataset:school", at)]
    assert len(places) == 2
    try:
        for place in places:
            file.write_bytes(whole[:place] + b"D" + whole[place + 1 :])
            code, answer = _run(looked_at, "audit", "verify")
            assert (code, answer["ok"], answer["first_bad"], answer["entries"]) == (1, False, 3, 3)
    finally:
        file.write_bytes(whole)
    code, answer = _run(looked_at, "audit", "verify")
    assert (code, answer["ok"], answer["first_bad"]) == (0, True, None)
