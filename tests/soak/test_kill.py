"""kill -9 at random moments of ingest and run, again and again: nothing lost, nothing doubled."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from pathlib import Path

from house import SHUJIAN, TODAY, House, new_house

MINUTES = float(os.environ.get("SOAK_MINUTES", "3"))
ROWS = 3000


def _write(path: Path, first: int, count: int) -> Path:
    lines = ["投诉编号,投诉日期,被投诉人,身份证号,投诉内容"]
    for number in range(first, first + count):
        lines.append(f"诉{number:06},2026-05-01,示例甲,999999198001010011,第{number}次：狗咬伤路人")
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def _killed(house: House, after: float, *words: str | Path) -> bool:
    """Start a command and kill it after some seconds; True when it was killed before its end."""
    child = subprocess.Popen(
        [str(SHUJIAN), *map(str, words)],
        env=house.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        child.wait(timeout=after)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        return True
    return False


def _rows(house: House) -> int:
    found = [
        item["rows"] for item in house.ask("lake", "datasets")["items"] if "dog_complaint" in item.values()
    ]
    return int(found[0]) if found else 0


def test_random_death_of_ingest_and_run(tmp_path: Path) -> None:
    seed = int(os.environ.get("SOAK_SEED", str(time.time_ns() % 1_000_000)))
    draw = random.Random(seed)
    house = new_house(tmp_path / "home")
    limit = time.monotonic() + MINUTES * 60
    landed = rounds = kills = 0
    while time.monotonic() < limit:
        rounds += 1
        told = f"seed {seed}, round {rounds}"
        file = _write(tmp_path / f"part{rounds}.csv", landed, ROWS)
        kills += _killed(
            house, draw.uniform(0.3, 3.0), "lake", "ingest", "dog_complaint", file, "--as-of", TODAY
        )
        assert _rows(house) in (landed, landed + ROWS), told
        answer = house.ask("lake", "ingest", "dog_complaint", file, "--as-of", TODAY)["files"][0]
        assert answer["landed"] + answer["unchanged"] == ROWS or answer["state"] == "same", told
        landed += ROWS
        assert _rows(house) == landed, told
        kills += _killed(house, draw.uniform(0.3, 4.0), "model", "run", "M901")
        (item,) = house.ask("model", "run", "M901")["items"]
        assert item["hits"] == 1, told
        (clue,) = house.ask("clue", "list")["items"]
        assert clue["evidence_count"] >= 1, told
        assert house.ask("audit", "verify")["ok"] is True, told
    (item,) = house.ask("model", "run", "M901")["items"]
    assert item["clues"]["new"] == 0 and item["clues"]["withdrawn"] == 0
    assert house.ask("model", "replay", item["run"])["same"] is True
    assert rounds >= 3 and kills >= 1
