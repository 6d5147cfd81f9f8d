"""Finds the measures: every module of ``measures/`` that holds ``MEASURES``."""

from __future__ import annotations

import importlib
import pkgutil

from shujian.bench import measures
from shujian.bench.measure import Measure
from shujian.kernel.errors import BadInput, Fault


def all_measures() -> dict[str, Measure]:
    """Every measure by name, in the order of the files and of their lists."""
    found: dict[str, Measure] = {}
    for module in sorted(pkgutil.iter_modules(measures.__path__), key=lambda info: info.name):
        if module.name.startswith("test_"):
            continue
        for measure in importlib.import_module(f"{measures.__name__}.{module.name}").MEASURES:
            found[measure.name] = measure
    return found


def chosen(names: list[str]) -> list[Measure]:
    """The named measures, or all. A family name takes its members (screening → screening.96, …). A long one is taken by
    its full name only.

    Raises BadInput naming every unknown name.
    """
    known = all_measures()
    if not names:
        return [measure for measure in known.values() if not measure.long]
    taken: dict[str, Measure] = {}
    faults = []
    for name in names:
        members = {
            key: measure
            for key, measure in known.items()
            if key == name or (key.startswith(name + ".") and not measure.long)
        }
        if not members:
            faults.append(
                Fault(code="no_such_bench", message="没有这项测速", found=name, expected="、".join(known))
            )
        taken |= members
    if faults:
        raise BadInput(faults)
    return list(taken.values())
