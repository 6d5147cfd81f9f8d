"""Finds and runs the tasks: every module of ``tasks/`` that holds ``TASKS``."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence

from shujian.evaluation import tasks
from shujian.evaluation.reference import lacking
from shujian.evaluation.scores import Score, Task
from shujian.kernel.errors import BadInput, Fault


def all_tasks() -> dict[str, Task]:
    """Every task by name, in the order of the files and of their lists."""
    found: dict[str, Task] = {}
    for module in sorted(pkgutil.iter_modules(tasks.__path__), key=lambda info: info.name):
        if module.name.startswith("test_"):
            continue
        for task in importlib.import_module(f"{tasks.__name__}.{module.name}").TASKS:
            found[task.name] = task
    return found


def chosen(names: Sequence[str]) -> list[Task]:
    """The named tasks, or all; a family name takes its members. Raises BadInput naming every unknown name."""
    known = all_tasks()
    if not names:
        return list(known.values())
    taken: dict[str, Task] = {}
    faults = []
    for name in names:
        members = {key: task for key, task in known.items() if key == name or key.startswith(name + ".")}
        if not members:
            faults.append(
                Fault(code="no_such_task", message="没有这项评测", found=name, expected="、".join(known))
            )
        taken |= members
    if faults:
        raise BadInput(faults)
    return list(taken.values())


def run(
    names: Sequence[str], *, heard: Callable[[Task, list[Score] | str], None] | None = None
) -> tuple[list[Score], dict[str, str]]:
    """Scores in order, and by task why it was left out. ``heard`` is told each answer as it comes.

    Raises BadInput for an unknown name before anything runs.
    """
    scores: list[Score] = []
    left: dict[str, str] = {}
    for task in chosen(names):
        lack = lacking(task.data)
        if lack is not None:
            left[task.name] = lack
        else:
            scores += (answered := task.run())
        if heard:
            heard(task, lack or answered)
    return scores, left
