"""Runs measures, each in a process of its own, so that memory, threads and caches are its own too."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import shujian
from shujian.bench.measure import Measure
from shujian.bench.registry import chosen
from shujian.kernel.errors import Fault, Unavailable

_ONE_THREAD = (
    "POLARS_MAX_THREADS",
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "ARROW_NUM_THREADS",
    "RAYON_NUM_THREADS",
)
_PACKAGES = ("duckdb", "pyarrow", "hyperscan", "ahocorasick-rs", "polars", "numpy", "sqlglot")
_MEMINFO = Path("/proc/meminfo")
_CPUINFO = Path("/proc/cpuinfo")

Item = dict[str, Any]


def run(names: Sequence[str], *, heard: Callable[[Measure, list[Item]], None] | None = None) -> list[Item]:
    """Measure, in order; ``heard`` is told each measure's items as they come. Raises BadInput for an unknown
    name before anything runs, Unavailable where a measure's process dies.
    """
    items: list[Item] = []
    for measure in chosen(list(names)):
        measured = _in_own_process(measure)
        items += measured
        if heard:
            heard(measure, measured)
    return items


def missed(items: Sequence[Item]) -> list[Item]:
    """The items that did not keep their bar, or whose answer differs from the peer's."""
    return [item for item in items if item["pass"] is False]


def machine() -> dict[str, Any]:
    """What the figures were measured on: processor, cores, memory, system and versions."""
    return {
        "processor": _line(_CPUINFO, "model name") or platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "memory": _line(_MEMINFO, "MemTotal"),
        "system": platform.platform(),
        "python": platform.python_version(),
        "shujian": shujian.__version__,
        "load_before": round(os.getloadavg()[0], 2),
        "packages": {name: _version(name) for name in _PACKAGES},
    }


def _in_own_process(measure: Measure) -> list[Item]:
    environment = dict(os.environ)
    if measure.one_core:
        environment |= dict.fromkeys(_ONE_THREAD, "1")
    done = subprocess.run(
        [sys.executable, "-m", "shujian.bench.child", measure.name],
        stdout=subprocess.PIPE, env=environment, check=False, text=True,
    )  # fmt: skip
    if done.returncode != 0:
        told = f"测速进程退出码 {done.returncode}"
        raise Unavailable(Fault(code="bench_died", message=f"测速“{measure.title}”没有做完", found=told))
    answered: list[Item] = json.loads(done.stdout.splitlines()[-1])
    return answered


def _line(path: Path, key: str) -> str | None:
    if not path.exists():
        return None
    for line in path.read_text("utf-8", "replace").splitlines():
        name, _, value = line.partition(":")
        if name.strip() == key:
            return value.strip()
    return None


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
