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
    "dog_sighting": "编号,日期,地址,经度,纬度",
}
SIGHTING = """id: dog_sighting
title: 犬只目击
provider: 示例市城市管理局
basis: [{law: 示例市养犬管理办法, article: "20"}]
agreement: {purpose: 研判犬只扰民, number: null, expires: null}
cadence: P1M
fresh: P60D
sensitivity: 低
key: [no]
date_field: seen_on
subjects: {place: {kind: place, address: address, coordinates: {lon: lon, lat: lat, system: CGCS2000}}}
fields:
  - {id: no, title: 编号, type: document_no, required: true}
  - {id: seen_on, title: 日期, type: date}
  - {id: address, title: 地址, type: address}
  - {id: lon, title: 经度, type: lonlat}
  - {id: lat, title: 纬度, type: lonlat}
"""
MODEL = """id: dog_days
title: 犬只投诉前后
status: trial
taxonomy: {programme: 示例专项, area: 示例领域, point: 犬只登记}
unit: 公益诉讼检察部门
basis: [{law: 示例市养犬管理办法, article: "8", from: 2020-01-01}]
needs: {投诉: {source: dog_complaint}, 登记: {source: dog_permit}, 目击: {source: dog_sighting}, 再见: {source: dog_sighting}}
parameters: [dog_days.days, dog_days.metres, dog_days.least, dog_days.percent]
steps:
  - {id: pair, says: 有登记的人被投诉, use: match, left: 投诉, right: 登记, key: person}
  - {id: late, says: 登记满几个工作日以后仍被投诉, use: during, from: pair, event: 投诉.complained_on,
     beyond: {since: 登记.issued_on, days: param.dog_days.days, count: working}}
  - {id: close, says: 近处几日之内又见到, use: near, left: 目击, right: 再见, within: {metres: param.dog_days.metres},
     time: {left: 目击.seen_on, right: 再见.seen_on, days: param.dog_days.days, side: after}}
  - {id: again, says: 不是同一件, use: filter, from: close, where: "目击.no <> 再见.no"}
  - {id: dense, says: 一人短期内的投诉和其中咬伤的, use: group, from: 投诉, by: [name],
     add: {n: "count(*)", packed: {window: 投诉.complained_on, days: param.dog_days.days, least: param.dog_days.least},
           biting: {share: "contains(content, '咬伤')", least: param.dog_days.least, percent: param.dog_days.percent}}}
emit:
  - {from: late, subject: 投诉.person, strength: 中, title: "疑似登记后仍扰民", evidence: {投诉: [complaint_no], 登记: [permit_no]}}
  - {from: again, subject: {case: 目击.no}, strength: 弱, title: "疑似同处又见", figures: [close_days, close_metres],
     evidence: {目击: [no], 再见: [no]}}
  - {id: packed, from: dense, subject: {agency: name}, strength: 弱, title: "疑似短期多诉", figures: [n, packed_most],
     evidence: {投诉: [complaint_no]}, where: packed}
  - {id: biting, from: dense, subject: {agency: name}, strength: 弱, title: "疑似多为咬伤", figures: [n],
     evidence: {投诉: [complaint_no]}, where: biting}
false_positives: [{what: 同名异人, guard: 只有 A 级自动推送}]
verify: [核对]
"""
NUMBERS = "".join(
    f"{name}:\n  title: {name}\n  type: integer\n  values: [{{from: 2020-01-01, value: {value}, basis: 示}}]\n"
    for name, value in (("days", 20), ("metres", 300), ("least", 2), ("percent", 50))
)


def drawn(draw: random.Random, dataset: str) -> tuple[str, str]:
    """A row by its natural key; the same key again is a correction, or the same row once more."""
    if dataset == "dog_sighting":
        key = f"见{draw.randrange(12):03}"
        place = "," if draw.random() < 0.1 else f"124.{400000 + draw.randrange(6) * 1500:06},28.2"
        day = "" if draw.random() < 0.1 else f"2026-0{draw.randrange(4, 7)}-1{draw.randrange(10)}"
        return key, f"{key},{day},,{place}"
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


def found() -> list[RunResult]:
    return [run(model, snapshot=pin(), as_of=DAY) for model in ("unlicensed_dog", "dog_days")]


def settled(root: Path) -> None:
    """A house with a second model, whose steps look across rows: days, neighbours, windows, shares."""
    new_house(root)
    for place, text in (
        ("sources/dog_sighting.yaml", SIGHTING), ("models/sample/dog_days/model.yaml", MODEL), ("parameters/dog_days.yaml", NUMBERS),
    ):  # fmt: skip
        path = root / "catalogue" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_batches_equal_one_delivery(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    draw = random.Random(seed)
    settled(tmp_path / "many")
    settled(tmp_path / "one")
    monkeypatch.setenv("SHUJIAN_HOME", str(tmp_path / "many"))
    last: dict[str, dict[str, str]] = {name: {} for name in HEADS}
    past: set[str] = set()
    for count in range(draw.randrange(4, 10)):
        dataset = draw.choice((*HEADS, "dog_complaint"))
        batch = dict(drawn(draw, dataset) for _ in range(draw.randrange(1, 9)))
        # A value that returns is a version with a row id of its own (ADR 0008); one delivery cannot know of it.
        batch = {key: last[dataset][key] if row in past else row for key, row in batch.items()}
        past |= set(batch.values())
        last[dataset] |= batch
        bring(tmp_path, dataset, list(batch.values()), count)
        if draw.random() < 0.5:
            found()  # what a run keeps for the next one must not matter
    many = found()
    monkeypatch.setenv("SHUJIAN_HOME", str(tmp_path / "one"))
    for dataset, rows in last.items():
        if rows:
            bring(tmp_path, dataset, draw.sample(list(rows.values()), len(rows)), 99)
    for before, after in zip(many, found(), strict=True):
        assert before.result_sm3 == after.result_sm3, f"seed {seed} {before.model}"
        assert [(step.id, step.rows, step.unknown) for step in before.steps] == [
            (step.id, step.rows, step.unknown) for step in after.steps
        ]
