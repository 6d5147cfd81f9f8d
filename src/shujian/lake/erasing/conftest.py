"""The lake of ``lake.conftest``, and what the tests of erasing all need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pyarrow.parquet as pq
import pytest

from shujian.lake import log, read, service
from shujian.lake.conftest import lake_home, put
from shujian.lake.read import Forgotten, Target

__all__ = ["lake_home", "put"]


def nobody(outcome: service.Outcome) -> Sequence[Forgotten]:
    """Rooms that hold nothing."""
    return ()


@pytest.fixture
def erase() -> Callable[..., dict[str, Any]]:
    """Erase by a target, for a reason."""

    def done(target: Target) -> dict[str, Any]:
        return service.carry_out(service.Order(target, "本人申请", "示例检察长", "cli:示例"), nobody)

    return done


def current(dataset: str = "t_staff") -> list[dict[str, Any]]:
    """The current rows, ordered by id."""
    with read.open_session(read.pin()) as session:
        return list(session.sql(f"select * from {session.attach(dataset)} order by _row").to_pylist())


def stored(dataset: str = "t_staff") -> list[dict[str, Any]]:
    """Every stored row in every data file that is still there."""
    files = sorted(log.table_path(dataset).glob("*.parquet"))
    return [row for path in files for row in pq.read_table(path).to_pylist()]
