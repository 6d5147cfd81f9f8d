"""What a model compares and never tells: ``privacy.withhold`` names the fields whose values stay inside the comparison.

Neither a hit (title, evidence, matches, keywords) nor an explanation holds such a value; where they came from is told.
"""

from __future__ import annotations

from collections.abc import Mapping

from shujian.lake.read import SourceContract
from shujian.supervision.spec import ModelSpec

HIDDEN = "（不显示）"


def withheld_fields(spec: ModelSpec) -> frozenset[str]:
    """The ids of the fields that are never told, in whichever source they stand."""
    return frozenset(spec.privacy.withhold or ())


def is_withheld(spec: ModelSpec, contracts: Mapping[str, SourceContract], column: str) -> bool:
    """Whether a column (``警情.victim__id``) is such a field, or a part of one or of a subject made of one."""
    hidden = withheld_fields(spec)
    alias, _, bare = column.rpartition(".")
    base, _, _ = bare.partition("__")
    if not hidden or base in hidden:
        return base in hidden
    form = contracts[alias].subjects.get(base) if alias in contracts else None
    parts = (getattr(form, part, None) for part in ("name", "id_card", "uscc", "address"))
    return form is not None and any(part in hidden for part in parts)
