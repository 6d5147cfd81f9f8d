"""A home of its own for a task that needs a lake: made empty, gone afterwards, the old one back in force."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def own_home() -> Iterator[Path]:
    """Point ``SHUJIAN_HOME`` of this process to an empty folder."""
    before = os.environ.get("SHUJIAN_HOME")
    with tempfile.TemporaryDirectory(prefix="shujian-evaluate-") as folder:
        os.environ["SHUJIAN_HOME"] = folder
        try:
            yield Path(folder)
        finally:
            del os.environ["SHUJIAN_HOME"]
            if before is not None:
                os.environ["SHUJIAN_HOME"] = before
