"""Errors of the lake. Each is one of the kernel's kinds, so that it has an exit code."""

from __future__ import annotations

from shujian.kernel.errors import BadInput


class UnknownSource(BadInput):
    """No source contract has this id."""


class FileRefused(BadInput):
    """One file of an ingest cannot be read as a table of its source; the other files go on."""
