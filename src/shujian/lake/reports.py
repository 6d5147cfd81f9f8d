"""What an ingest answers: one entry per file, and the counts that always add up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from shujian.kernel.errors import Fault


@dataclass(frozen=True)
class FileReport:
    """One file of a batch. ``state``: landed, same (bytes known already), refused. read = landed + changed +
    unchanged + rejected; of a file refused for too many rejects every row counts as rejected. ``sealed`` of the
    rejected rows are shut by law; they do not count against the limit.
    """

    path: str
    state: str
    sha256: str | None = None
    encoding: str | None = None
    sheet: str | None = None
    header_line: int | None = None
    read: int = 0
    landed: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    sealed: int = 0
    faults: tuple[Fault, ...] = ()
    over_limit: bool = False
    extra_columns: tuple[str, ...] = ()
    mapping: str | None = None
    warnings: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The contract's entry, and the columns that no field took."""
        names = ("path", "sha256", "encoding", "sheet", "header_line", "state", "read", "landed", "changed")
        body = {name: getattr(self, name) for name in (*names, "unchanged", "rejected", "sealed")}
        return {**body, "mapping": self.mapping, "extra_columns": list(self.extra_columns)}


@dataclass(frozen=True)
class IngestReport:
    """One batch. ``snapshot`` is the id of the lake's state behind it."""

    batch: str
    source: str
    files: tuple[FileReport, ...]
    seconds: float
    snapshot: str
    warnings: tuple[str, ...] = ()

    @property
    def rows_per_second(self) -> int:
        """Rows read per second of the whole ingest, all cleaning included."""
        return round(sum(file.read for file in self.files) / self.seconds) if self.seconds > 0 else 0

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The faults of all refused files."""
        return tuple(fault for file in self.files for fault in file.faults)

    @property
    def exit_code(self) -> int:
        """0, or 1 where rejects were over the limit, or 2 where a file was refused."""
        refused = [file for file in self.files if file.state == "refused"]
        if any(not file.over_limit for file in refused):
            return 2
        return 1 if refused else 0

    def as_dict(self) -> dict[str, Any]:
        """The contract's object."""
        return {
            "batch": self.batch,
            "source": self.source,
            "files": [file.as_dict() for file in self.files],
            "seconds": round(self.seconds, 3),
            "rows_per_second": self.rows_per_second,
            "snapshot": self.snapshot,
            "warnings": list(self.warnings),
        }
