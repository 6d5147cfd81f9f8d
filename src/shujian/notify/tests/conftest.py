"""Each test has a home of its own, and passwords that cost little to check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Path:
    """An empty ``SHUJIAN_HOME``, with the clock running."""
    monkeypatch.setenv("SHUJIAN_HOME", str(tmp_path))
    monkeypatch.delenv("SHUJIAN_TODAY", raising=False)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SECOND_FACTOR = False
    return tmp_path
