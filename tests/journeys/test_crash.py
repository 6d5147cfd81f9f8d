"""The process dies at each named commit step; afterwards nothing is lost and nothing is doubled."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from house import SAMPLE, TODAY, House, fill, new_house

SOURCE = Path(__file__).resolve().parents[2] / "src" / "shujian"
DIED = 70
INGEST = (
    "ingest.after_files",
    "ingest.after_rejects",
    "ingest.after_delta",
    "ingest.before_register",
    "ingest.after_register",
)
SCREEN = ("screening.pack.written", "screening.pack.kept")
RUN = ("run.before_commit", "run.after_commit")


def _state(house: House) -> dict[str, Any]:
    """What a user can see of rows and clues, without times, batches and ids."""
    rows = {
        dataset: sorted(
            str(sorted(row["fields"].items() if "fields" in row else row.items())) for row in shown
        )
        for dataset in ("dog_permit", "dog_complaint")
        if (shown := house.ask("lake", "show", dataset, "--limit", "1000")["items"])
    }
    clues = house.ask("clue", "list")["items"]
    kept = ("key", "title", "subject_key", "absence", "grade", "state", "evidence_count")
    return {
        "rows": {name: len(found) for name, found in rows.items()},
        "clues": sorted(str([clue[key] for key in kept]) for clue in clues),
    }


def _same_keys(house: House, other: House) -> None:
    shutil.copytree(other.root / "secrets", house.root / "secrets", dirs_exist_ok=True)


ELSEWHERE = ("backup.", "compact.", "erase.", "keys.", "restore.", "search.", "watch.")
"""Families whose points the tests of their own rooms try."""


def test_every_named_fail_point_is_tried() -> None:
    written = set()
    contract = Path(__file__).parents[1] / "contract"
    tests = [path.read_text("utf-8") for folder in (SOURCE, contract) for path in folder.rglob("test_*.py")]
    for path in SOURCE.rglob("*.py"):
        if not path.name.startswith("test_"):
            written |= set(re.findall(r'failpoint\(f?"([^"]+)"\)', path.read_text("utf-8")))
    others = {point for point in written if point.startswith(ELSEWHERE)}
    assert {point.partition(".")[0] + "." for point in others} == set(ELSEWHERE)
    # A point whose name is made at run time (a store's own) is found by its family.
    assert [
        point for point in sorted(others) if not any(f'"{point.partition("{")[0]}' in text for text in tests)
    ] == []
    written -= others
    # The stored hits name their points by what is written: ``screening.pack``, or ``screening.cut`` of a pack,
    # which ``lake/screening/test_store.py`` tries.
    assert written == {*INGEST, *RUN, "{name}.written", "{name}.kept"}


@pytest.mark.lane("soak")
@pytest.mark.parametrize("point", [*INGEST, *SCREEN])
def test_death_on_the_way_from_file_to_clue(ran: House, tmp_path: Path, point: str) -> None:
    house = new_house(tmp_path / "home")
    _same_keys(house, ran)
    file = SAMPLE / "files" / "dog_complaint.csv"
    ingest = ("lake", "ingest", "dog_complaint", file, "--as-of", TODAY, "--json")
    died = house.run(*ingest, code=None, SHUJIAN_FAILPOINT=point).code == DIED
    counts = [
        item["rows"] for item in house.ask("lake", "datasets")["items"] if "dog_complaint" in item.values()
    ]
    assert counts in ([], [0], [5]), "a batch is there whole or not at all"
    fill(house)
    if not died:
        house.run("model", "run", "M901", "--json", code=DIED, SHUJIAN_FAILPOINT=point)
    house.run("model", "run", "M901", "--json")
    assert _state(house) == _state(ran)


@pytest.mark.lane("soak")
@pytest.mark.parametrize("point", RUN)
def test_death_during_a_run(ran: House, tmp_path: Path, point: str) -> None:
    house = new_house(tmp_path / "home")
    _same_keys(house, ran)
    fill(house)
    house.run("model", "run", "M901", "--json", code=DIED, SHUJIAN_FAILPOINT=point)
    assert house.ask("audit", "verify")["ok"] is True
    (item,) = house.ask("model", "run", "M901")["items"]
    assert item["clues"]["new"] == (2 if point == "run.before_commit" else 0)
    assert _state(house) == _state(ran)
    assert house.ask("audit", "verify")["ok"] is True
