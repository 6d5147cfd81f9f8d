"""Each test has a home of its own, and a kind of work that does as it is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from shujian.jobs.kinds import Kind, _kinds, offer


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Path:
    """An empty ``SHUJIAN_HOME``, with the clock running."""
    monkeypatch.setenv("SHUJIAN_HOME", str(tmp_path))
    monkeypatch.delenv("SHUJIAN_TODAY", raising=False)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return tmp_path


@dataclass
class Doer:
    """``fails``: how many calls go wrong first, and with what; ``seen``: the arguments of each call."""

    fails: int = 0
    error: Exception = field(default_factory=lambda: ValueError("示例甲 99999919900101001X"))
    seen: list[Mapping[str, Any]] = field(default_factory=list)

    def __call__(self, arguments: Mapping[str, Any]) -> str:
        self.seen.append(dict(arguments))
        if len(self.seen) <= self.fails:
            raise self.error
        return f"第 {len(self.seen)} 次"


DOER = Doer()


def work(arguments: Mapping[str, Any]) -> str:
    """The work of the kind ``test.do``."""
    return DOER(arguments)


@pytest.fixture
def doer() -> Iterator[Doer]:
    """The kind ``test.do`` is offered meanwhile."""
    kept = dict(_kinds)
    DOER.fails, DOER.seen, DOER.error = 0, [], Doer().error
    offer(Kind("test.do", "试做", f"{__name__}.work"))
    yield DOER
    _kinds.clear()
    _kinds.update(kept)
