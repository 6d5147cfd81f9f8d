"""Reference data for measuring, outside the project: ``SHUJIAN_REFERENCE_DATA`` names the folder."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

VARIABLE = "SHUJIAN_REFERENCE_DATA"


def reference_data() -> Path | None:
    """The folder of reference data, or None where it is not given or not there."""
    told = os.environ.get(VARIABLE)
    return Path(told) if told and Path(told).is_dir() else None


def lacking(folders: tuple[str, ...]) -> str | None:
    """What is missing of these folders, as a Chinese sentence; None where all are there."""
    if not folders:
        return None
    root = reference_data()
    if root is None:
        return f"需要参考数据：把 {VARIABLE} 设为它所在的目录（数据不随本仓库分发）"
    missing = [name for name in folders if not (root / name).is_dir()]
    return f"参考数据里没有 {'、'.join(missing)}" if missing else None


def json_lines(folder: str, name: str) -> Iterator[dict[str, Any]]:
    """The records of one gzip JSON-lines file of the reference data. Raises FileNotFoundError."""
    root = reference_data()
    if root is None:
        raise FileNotFoundError(VARIABLE)
    with gzip.open(root / folder / name, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
