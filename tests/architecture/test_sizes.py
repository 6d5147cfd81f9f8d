"""Small things stay readable: hard stops on modules, functions, tests, models and proofs."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "shujian"
MODULE_P90, MODULE_STOP, FUNCTION_STOP, TEST_STOP = 220, 400, 60, 500
MODEL_STOP, PROOF_STOP, ROOMS_STOP = 120, 80, 24
PAGES = [("models/**/model.yaml", MODEL_STOP), ("models/**/proofs/*.yaml", PROOF_STOP)]


def _lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def _is_test(path: Path) -> bool:
    return path.name.startswith("test_") or path.name == "conftest.py" or "tests" in path.parts


def _modules() -> list[Path]:
    return [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts and not _is_test(path)]


def _tests() -> list[Path]:
    beside = [path for path in SOURCE.rglob("*.py") if _is_test(path)]
    return beside + list((ROOT / "tests").rglob("*.py"))


def _too_long(paths: list[Path], stop: int) -> dict[str, int]:
    return {str(path.relative_to(ROOT)): n for path in paths if (n := _lines(path)) > stop}


def test_no_module_passes_the_hard_stop() -> None:
    assert _too_long(_modules(), MODULE_STOP) == {}


def test_nine_modules_in_ten_are_short() -> None:
    sizes = sorted(_lines(path) for path in _modules())
    assert sizes[int(len(sizes) * 0.9)] <= MODULE_P90


def test_no_test_file_passes_the_hard_stop() -> None:
    assert _too_long(_tests(), TEST_STOP) == {}


def test_no_function_passes_the_hard_stop() -> None:
    long = {}
    for path in _modules():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                n = (node.end_lineno or node.lineno) - node.lineno + 1
                if n > FUNCTION_STOP:
                    long[f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"] = n
    assert long == {}


@pytest.mark.parametrize(("pattern", "stop"), PAGES)
def test_models_and_proofs_fit_on_a_page(pattern: str, stop: int) -> None:
    assert _too_long(list((SOURCE / "catalogue").glob(pattern)), stop) == {}


def test_the_house_has_no_more_rooms_than_a_colleague_can_hold() -> None:
    rooms = [path for path in SOURCE.iterdir() if path.is_dir() and path.name != "__pycache__"]
    assert len(rooms) <= ROOMS_STOP
