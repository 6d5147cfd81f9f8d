"""News of the jobs room."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class JobQuarantined:
    """A job failed as often as it may and is put aside until a person looks at it. ``name``: which kind of work."""

    job: int
    name: str
    title: str
    attempts: int


@dataclass(frozen=True)
class WorkerEnded:
    """The worker beside the server ended by itself and was started again. ``code``: how it ended."""

    code: int
