"""Each test has a home of its own."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty ``SHUJIAN_HOME``, its master key within it."""
    monkeypatch.setenv("SHUJIAN_HOME", str(tmp_path))
    monkeypatch.delenv("SHUJIAN_MASTER_KEY", raising=False)
    return tmp_path
