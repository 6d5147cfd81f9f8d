"""What a Delta log says about us: one entry per commit, read from its JSON files without any engine.

The log is the truth. The register is a copy of these entries.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from shujian.kernel.errors import Fault, GuardRefused
from shujian.kernel.home import home
from shujian.lake.coverage import Coverage, from_plain

METADATA_KEY = "shujian"


@dataclass(frozen=True)
class Commit:
    """One commit of one dataset. ``kind``: land (rows), compact (same rows, other files), erase (rows taken away),
    extract (same bytes, newer date), cover (declaration), other (not ours, such as the creation of the table).
    """

    dataset: str
    version: int
    kind: str
    body: Mapping[str, Any]

    @property
    def batch(self) -> str | None:
        """The batch that made this commit."""
        return self.body.get("batch")

    @property
    def sha256(self) -> str | None:
        """Digest of the file that landed."""
        return self.body.get("sha256")

    @property
    def path(self) -> str | None:
        """The Parquet file that it added, relative to the table."""
        return self.body.get("path")

    @property
    def as_of(self) -> date | None:
        """The extract date that it states."""
        told = self.body.get("as_of")
        return date.fromisoformat(told) if told else None

    @property
    def coverage(self) -> tuple[Coverage, ...]:
        """What it declares."""
        return tuple(from_plain(claim) for claim in self.body.get("coverage", ()))

    def count(self, name: str) -> int:
        """One of read, landed, changed, unchanged, rejected."""
        return int(self.body.get(name, 0))


def tables_root() -> Path:
    """The folder of all Delta tables."""
    return home().lake / "tables"


def table_path(dataset: str) -> Path:
    """The Delta table of one dataset."""
    return tables_root() / dataset


def dataset_names() -> list[str]:
    """Datasets that have a Delta log, by name."""
    return sorted(path.parent.name for path in tables_root().glob("*/_delta_log") if path.is_dir())


def log_entry(dataset: str, version: int) -> Path:
    """The log file of one commit."""
    return table_path(dataset) / "_delta_log" / f"{version:020d}.json"


def commits_after(dataset: str, version: int) -> Iterator[Commit]:
    """Commits with a higher version, in order. Raises GuardRefused where the log uses deletion vectors."""
    at = version + 1
    while (path := log_entry(dataset, at)).exists():
        yield _read(dataset, at, path)
        at += 1


def _read(dataset: str, version: int, path: Path) -> Commit:
    told: Any = None
    for line in path.read_text("utf-8").splitlines():
        if not line.strip():
            continue
        action = json.loads(line)
        if (action.get("add") or {}).get("deletionVector"):
            raise GuardRefused(
                Fault(code="deletion_vector", message="数据表含删除向量，按文件清单读取会多读已删的行", file=str(path),
                      found=dataset, expected="没有删除向量的 Delta 表")
            )  # fmt: skip
        told = (action.get("commitInfo") or {}).get(METADATA_KEY, told)
    body = json.loads(told) if isinstance(told, str) else {}
    return Commit(dataset, version, str(body.get("kind", "other")), body)


def added_files(dataset: str) -> set[str]:
    """Every Parquet file that some commit of the log added, still current or not."""
    found: set[str] = set()
    for path in (table_path(dataset) / "_delta_log").glob("*.json"):
        for line in path.read_text("utf-8").splitlines():
            added = json.loads(line).get("add") if line.strip() else None
            if added:
                found.add(added["path"])
    return found
