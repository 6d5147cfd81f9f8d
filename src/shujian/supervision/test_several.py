"""Several models at once: the answers, their order and their errors are those of one after another."""

from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import Any

import pytest

from shujian.kernel.errors import BadInput, Fault
from shujian.supervision import several
from shujian.supervision.several import beside, run_several


def _run(name: str) -> Any:
    if name == "bad":
        raise BadInput(Fault(code="broken", message="模型写错"))
    return f"result of {name}"


@pytest.mark.parametrize("at_once", [1, 2])
def test_answers_come_in_the_order_asked_and_an_error_stops_nothing(at_once: int) -> None:
    found: list[tuple[str, Any]] = list(
        run_several(["light", "bad", "heavy"], _run, at_once, {"heavy": 9, "light": 1})
    )
    assert [name for name, _ in found] == ["light", "bad", "heavy"]
    assert (found[0][1], found[2][1]) == ("result of light", "result of heavy")
    assert isinstance(found[1][1], BadInput) and found[1][1].faults[0].code == "broken"


def test_two_run_beside_each_other_and_the_heaviest_begins() -> None:
    both, begun = threading.Barrier(2, timeout=30), list[str]()

    def run(name: str) -> Any:
        begun.append(name)
        both.wait()  # breaks unless the other one is running
        return name

    found: list[tuple[str, Any]] = list(run_several(["a", "b"], run, 2, {"b": 5}))
    assert found == [("a", "a"), ("b", "b")]
    assert begun[0] == "b"


def test_alone_each_runs_when_its_answer_is_asked_for() -> None:
    begun = list[str]()

    def run(name: str) -> Any:
        begun.append(name)

    next(run_several(["a", "b"], run, 1, {}))
    assert begun == ["a"]


def test_a_fault_of_the_program_comes_through() -> None:
    def run(name: str) -> Any:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(run_several(["a", "b"], run, 2, {}))


@pytest.mark.parametrize(
    ("rows", "threads", "at_once"),
    [(several.MOST_ROWS, 4, 2), (several.MOST_ROWS + 1, 4, 1), (10, 1, 1), (10, 2, 2)],
)
def test_a_large_lake_and_a_single_thread_run_one_by_one(rows: int, threads: int, at_once: int) -> None:
    pins = {"a": SimpleNamespace(rows=10), "b": SimpleNamespace(rows=rows - 10)}
    assert beside(SimpleNamespace(datasets=pins), threads) == at_once  # type: ignore[arg-type]
