"""Arrows point down, doors are used, nothing is imported in the dark."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "shujian"
DOORS = {"service", "read", "errors", "events"}
LIBRARIES = {"kernel", "matching"}
COMPOSERS = {"server", "cli"}
"""``server`` wires urls, apps and settings; ``cli`` calls doors like everybody else but may import lazily."""
IMPORTS = ast.Import | ast.ImportFrom
LINT = "from importlinter.cli import lint_imports_command as go; go()"
FORBIDDEN_NAMES = {"utils", "util", "common", "helpers", "helper", "misc", "core"}


def _modules() -> Iterator[tuple[str, Path, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE).parts
        if (
            {"migrations", "tests"} & set(parts)
            or path.name.startswith("test_")
            or path.name == "conftest.py"
        ):
            continue
        yield parts[0].removesuffix(".py"), path, ast.parse(path.read_text("utf-8"))


def _place(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


def test_directions_hold() -> None:
    command = [sys.executable, "-c", LINT, "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_ignore_list() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    found = [key for contract in settings["contracts"] for key in contract if "ignore" in key]
    assert found == []
    assert [key for key in settings if "ignore" in key] == []


def test_imports_stand_at_the_top_except_in_the_lazy_command_line() -> None:
    found = []
    for room, path, tree in _modules():
        if room == "cli":
            continue
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                found += [_place(path, node) for node in ast.walk(function) if isinstance(node, IMPORTS)]
    assert found == []


def test_no_star_and_no_relative_imports() -> None:
    found = []
    for _, path, tree in _modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (
                node.level or any(alias.name == "*" for alias in node.names)
            ):
                found.append(_place(path, node))
    assert found == []


def test_rooms_are_entered_by_their_doors() -> None:
    """Tables and inner modules of a room are private; kernel and matching are plain libraries."""
    found = []
    for room, path, tree in _modules():
        if room in COMPOSERS:
            continue
        for node in ast.walk(tree):
            for name in _imported(node):
                parts = name.split(".")
                if parts[0] != "shujian" or len(parts) < 3 or parts[1] in LIBRARIES | {room}:
                    continue
                if parts[2] not in DOORS:
                    found.append(f"{_place(path, node)} {name}")
    assert sorted(set(found)) == []


def test_nothing_is_called_utils() -> None:
    found = [str(path.relative_to(ROOT)) for path in SOURCE.rglob("*") if path.stem in FORBIDDEN_NAMES]
    assert found == []
