"""However the rows come, in whatever batches, twice or corrected, a run finds the same as after one delivery."""

from __future__ import annotations

import os
import random
from datetime import date
from pathlib import Path

import pytest

from house import new_house
from shujian.lake.read import pin
from shujian.lake.service import ingest
from shujian.supervision.result import RunResult
from shujian.supervision.service import run

SEQUENCES = int(os.environ.get("SOAK_SEQUENCES", "200"))
DAY = date(2026, 6, 30)
PEOPLE = (
    "999999198001010011", "999999198102020032", "999999198304040074", "999999198405050095", "999999198506060110",
)  # fmt: skip
TEXTS = ("狗咬伤路人", "狗没有咬伤人", "玩具狗咬伤", "深夜狂吠", "狗追着孩子咬人", "")
HEADS = {
    "dog_complaint": "投诉编号,投诉日期,被投诉人,身份证号,投诉内容",
    "dog_permit": "登记证号,养犬人,身份证号,发证日期,登记费",
}


def drawn(draw: random.Random, dataset: str) -> tuple[str, str]:
    """A row by its natural key; the same key again is a correction, or the same row once more."""
    person = draw.randrange(len(PEOPLE))
    name, number = f"示例{'甲乙丙丁戊'[person]}", PEOPLE[person] if draw.random() < 0.8 else ""
    day = f"2026-0{draw.randrange(1, 7)}-1{draw.randrange(10)}"
    if dataset == "dog_complaint":
        key = f"诉{draw.randrange(14):03}"
        return key, f"{key},{day},{name},{number},{draw.choice(TEXTS)}件"
    key = f"证{draw.randrange(5):03}"
    return key, f"{key},{name},{number},{day},300"


def bring(folder: Path, dataset: str, rows: list[str], count: int) -> None:
    file = folder / f"{dataset}{count}.csv"
    file.write_text("\n".join([HEADS[dataset], *rows]) + "\n", "utf-8")
    report = ingest(dataset, [file], as_of=DAY, max_rejects="0%")
    assert report.exit_code == 0, report.faults


def found(model: str = "unlicensed_dog") -> RunResult:
    return run(model, snapshot=pin(), as_of=DAY)


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_batches_equal_one_delivery(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    draw = random.Random(seed)
    new_house(tmp_path / "many")
    new_house(tmp_path / "one")
    monkeypatch.setenv("SHUJIAN_HOME", str(tmp_path / "many"))
    last: dict[str, dict[str, str]] = {name: {} for name in HEADS}
    for count in range(draw.randrange(3, 8)):
        dataset = draw.choice((*HEADS, "dog_complaint"))
        batch = dict(drawn(draw, dataset) for _ in range(draw.randrange(1, 9)))
        last[dataset] |= batch
        bring(tmp_path, dataset, list(batch.values()), count)
        if draw.random() < 0.5:
            found()  # what a run keeps for the next one must not matter
    many = found()
    monkeypatch.setenv("SHUJIAN_HOME", str(tmp_path / "one"))
    for dataset, rows in last.items():
        if rows:
            bring(tmp_path, dataset, draw.sample(list(rows.values()), len(rows)), 99)
    one = found()
    assert many.result_sm3 == one.result_sm3, f"seed {seed}"
    assert [(step.id, step.rows, step.unknown) for step in many.steps] == [
        (step.id, step.rows, step.unknown) for step in one.steps
    ]
