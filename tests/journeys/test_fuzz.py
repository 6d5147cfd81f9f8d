"""A short run of the fuzz, by fixed seeds; the long one is in ``make soak``."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import fuzzing
from house import SAMPLE


@pytest.mark.parametrize("form", fuzzing.TARGETS)
def test_readers_end_and_raise_nothing_of_their_own(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(SAMPLE / "catalogue", tmp_path / "home" / "catalogue")
    monkeypatch.setenv("SHUJIAN_HOME", str(tmp_path / "home"))
    count, lines = fuzzing.fuzz(form, tmp_path, seed=3, inputs=150)
    assert count == 150 and lines > 30
