"""The numbers of the ladder, all of them from dated parameters (``catalogue/parameters/matching.yaml``)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Limits:
    """``block``: rows under one key at most. ``common``: a core that more firms bear says nothing by itself.
    ``candidates``: answers shown for one row. ``shortest``: characters of a core that may be compared as near or
    abbreviated. ``similarity``: of two addresses that count as one (0 to 1). ``least_region``: names that must bear a
    place with 市 or 县 before the bare place is left out too.
    """

    block: int
    common: int
    candidates: int
    shortest: int
    similarity: Decimal
    least_region: int


PARAMETERS = {
    "block": "matching.org_block_limit",
    "common": "matching.org_common_core_limit",
    "candidates": "matching.org_candidates",
    "shortest": "matching.org_near_shortest",
    "similarity": "matching.org_address_similarity",
    "least_region": "matching.org_region_least",
}
"""Field of ``Limits`` → the parameter that holds its value."""
