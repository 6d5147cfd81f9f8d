"""Coverage-guided fuzz of every reader: forty seconds a format, a new seed every day."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

import fuzzing
from house import SAMPLE

SECONDS = 40


@pytest.mark.parametrize("form", fuzzing.TARGETS)
def test_readers_end_and_raise_nothing_of_their_own(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(SAMPLE / "catalogue", tmp_path / "home" / "catalogue")
    monkeypatch.setenv("SHUJIAN_HOME", str(tmp_path / "home"))
    seed = int(time.time()) // 86_400
    count, lines = fuzzing.fuzz(form, tmp_path, seed=seed, seconds=SECONDS)
    print(f"{form}: seed {seed}, {count} inputs, {lines} lines of the readers reached")
    assert count > 100 and lines > 30
