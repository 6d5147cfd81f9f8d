"""The process of one measure: ``python -m shujian.bench.child NAME`` prints its items as one JSON line."""

from __future__ import annotations

import json
import os
import resource
import sys

from shujian.bench.measure import with_peak
from shujian.bench.registry import all_measures


def main() -> None:
    """Measure what argv names, on one core where the measure asks for it."""
    measure = all_measures()[sys.argv[1]]
    if measure.one_core and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    items = measure.run()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(
        json.dumps([item.as_dict() for item in with_peak(items, peak)], ensure_ascii=False) + "\n"
    )


if __name__ == "__main__":
    main()
