"""The shipped tables of the environmental protection tax, as they hold on one day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from shujian.kernel.home import SHIPPED_CATALOGUE
from shujian.supervision.parameters import load_parameters


@pytest.fixture(scope="package")
def tables() -> dict[str, Any]:
    book = load_parameters((SHIPPED_CATALOGUE,))
    assert book.faults == ()
    return {
        name.partition(".")[2]: book.value(name, date(2026, 6, 30))
        for name in book.items
        if name.startswith("env_tax.")
    }
