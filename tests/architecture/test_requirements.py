"""What gets installed is exactly what was looked at: pinned, hashed, from nowhere in particular."""

from __future__ import annotations

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "requirements"
LISTS = ("base", "dev", "ocr", "spark")
OURS = {"shujian", *(path.stem for path in (ROOT / "tests").glob("*.py"))}


def _pins(name: str) -> dict[str, str]:
    """Package → everything that stands behind it, one string per package and marker."""
    text = (REQUIREMENTS / f"{name}.txt").read_text("utf-8").replace("\\\n", " ")
    rows = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    return {row.split(" --hash")[0].strip(): row for row in rows}


def _asked(name: str) -> set[str]:
    lines = (REQUIREMENTS / f"{name}.in").read_text("utf-8").splitlines()
    named = (re.match(r"[A-Za-z0-9][\w.-]*", line) for line in lines if not line.startswith("-"))
    return {found.group().lower().replace("_", "-").replace(".", "-") for found in named if found}


@pytest.mark.parametrize("name", LISTS)
def test_every_line_is_pinned_and_hashed(name: str) -> None:
    pins = _pins(name)
    assert pins
    assert [
        pin
        for pin, row in pins.items()
        if "==" not in pin or not re.search(r"--hash=sha256:[0-9a-f]{64}", row)
    ] == []


@pytest.mark.parametrize("name", LISTS)
def test_no_list_names_a_place_to_download_from(name: str) -> None:
    for suffix in (".in", ".txt"):
        text = (REQUIREMENTS / (name + suffix)).read_text("utf-8")
        assert not re.search(r"https?:|--(extra-)?index|--find-links|@ file", text)


@pytest.mark.parametrize("name", LISTS)
def test_the_lock_holds_what_is_asked_for(name: str) -> None:
    locked = {pin.split("==")[0] for pin in _pins(name)}
    assert _asked(name) - locked == set()


def test_tests_run_on_the_same_versions_as_the_product() -> None:
    assert set(_pins("base")) - set(_pins("dev")) == set()


def _imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - OURS


@pytest.mark.parametrize("name", ("base", "dev", "spark"))
def test_what_is_imported_is_asked_for(name: str) -> None:
    """A package that only happens to be installed here is missing on the next machine."""
    source = list((ROOT / "src").rglob("*.py"))

    def parts(path: Path) -> set[str]:
        return set(path.relative_to(ROOT).parts)  # the folder above may have any name

    product = [
        path
        for path in source
        if not path.name.startswith(("test_", "conftest")) and "tests" not in path.parts
    ]
    proofs = [path for path in source if path not in product] + [
        *(ROOT / "tests").rglob("*.py"),
        ROOT / "conftest.py",
    ]
    paths = {
        "base": [path for path in product if not {"bench", "evaluation", "spark"} & parts(path)],
        "dev": [path for path in product + proofs if "spark" not in parts(path)],
        "spark": [path for path in product if "spark" in parts(path)],
    }[name]
    asked = _asked("base") | (_asked(name))
    providers = packages_distributions()
    lost = set()
    for path in paths:
        for module in _imported(path):
            offered = {
                dist.lower().replace("_", "-").replace(".", "-") for dist in providers.get(module, [module])
            }
            if not offered & asked:
                lost.add(f"{path.relative_to(ROOT)}: {module}")
    assert sorted(lost) == []
