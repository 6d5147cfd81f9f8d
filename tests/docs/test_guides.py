"""The guides are played: every command works, and prints what the page shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from guides import blocks, play, steady
from house import House

GUIDES = Path(__file__).resolve().parents[2] / "docs" / "guide"
ALONE = ("bring-a-file.md",)
IN_THE_COUNTY = ("start.md", "read-a-clue.md")


def _check(page: Path, house: House, folder: Path) -> None:
    text = page.read_text("utf-8")
    assert any(block.kind == "bash" for block in blocks(text))
    for block, printed in play(text, house, folder):
        really = {steady(line) for line in printed.replace(f"{folder}/", "").splitlines()}
        shown = [steady(line) for line in block.body.splitlines()]
        assert [line for line in shown if line and line not in really] == [], printed


@pytest.mark.parametrize("name", ALONE)
def test_a_guide_from_an_empty_home(name: str, tmp_path: Path) -> None:
    _check(GUIDES / name, House(tmp_path / "home"), tmp_path)


@pytest.mark.parametrize("name", IN_THE_COUNTY)
def test_a_guide_in_the_invented_county(name: str, county: House, tmp_path: Path) -> None:
    _check(GUIDES / name, county.copy(tmp_path / "home"), tmp_path)
