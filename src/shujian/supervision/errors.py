"""Errors of this room are the kernel's own: BadInput for a model's faults, GuardRefused for a guard."""

from __future__ import annotations

from shujian.kernel.errors import BadInput, GuardRefused

__all__ = ["BadInput", "GuardRefused"]
