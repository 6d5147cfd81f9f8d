"""The steps of the model language: one file each, and this one list. A new step is a form, a file, a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from shujian.supervision.steps import (
    absent,
    compute,
    during,
    filter,
    group,
    match,
    near,
    rank,
    resolve,
    screen,
    union,
)

BUILDERS: Mapping[str, Callable[[Any, Any], None]] = {
    "filter": filter.build,
    "compute": compute.build,
    "screen": screen.build,
    "match": match.build,
    "absent": absent.build,
    "group": group.build,
    "during": during.build,
    "union": union.build,
    "rank": rank.build,
    "near": near.build,
    "resolve": resolve.build,
}
