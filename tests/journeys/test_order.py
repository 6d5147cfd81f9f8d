"""Rows, files and columns in another order, another number of threads: the same answer, byte for byte."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from house import SAMPLE, TODAY, House, new_house


def _shuffled(path: Path, to: Path, seed: int, parts: int) -> list[Path]:
    """The rows of a CSV file in another order, cut into several files with the columns in another order."""
    lines = [
        line.split(",") for line in path.read_text("utf-8").replace('"1,200.00"', "1200.00").splitlines()
    ]
    header, rows = lines[0], lines[1:]
    draw = random.Random(seed)
    draw.shuffle(rows)
    order = list(range(len(header)))
    draw.shuffle(order)
    files = []
    for part in range(parts):
        chosen = [header, *rows[part::parts]]
        target = to / f"{path.stem}_{part}.csv"
        target.write_text("".join(",".join(row[i] for i in order) + "\n" for row in chosen), "utf-8")
        files.append(target)
    draw.shuffle(files)
    return files


@pytest.mark.parametrize(("seed", "parts", "threads"), [(2, 2, 2), (3, 3, 1)])
def test_order_and_threads_change_nothing(
    ran: House, tmp_path: Path, seed: int, parts: int, threads: int
) -> None:
    expected = ran.copy(tmp_path / "again").ask("model", "run", "M901")["items"][0]["result_sm3"]
    house = new_house(tmp_path / "home")
    shutil.copytree(ran.root / "secrets", house.root / "secrets")
    sources = ["dog_permit", "dog_complaint"]
    random.Random(seed).shuffle(sources)
    for source in sources:
        folder = tmp_path / source
        folder.mkdir()
        files = _shuffled(SAMPLE / "files" / f"{source}.csv", folder, seed, parts)
        house.ask("lake", "ingest", source, *files, "--as-of", TODAY)
    (item,) = house.ask("model", "run", "M901", "--threads", str(threads))["items"]
    assert item["result_sm3"] == expected
