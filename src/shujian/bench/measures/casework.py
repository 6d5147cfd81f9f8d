"""A hundred thousand clues in three roles: how long the list takes and how often it asks the database."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from shujian.bench.homes import own_home
from shujian.bench.measure import Item, Measure

ROWS, ROUNDS, BAR_MS, BAR_STATEMENTS = 100_000, 5, 300.0, 12.0
PEOPLE = {
    "cbr0x0": "承办检察官（一个部门、一个镇，有回避）",
    "head": "部门负责人",
    "chief": "检察长",
}
BULK = ("批量选", "批量预览")
_START = "from shujian.server.start import open_rooms; open_rooms(); from shujian.bench.casework_child import main; main({}, {})"


def measured(rows: int = ROWS, rounds: int = ROUNDS) -> list[Item]:
    """p95 over all questions for each of the three, and the most statements that the most restricted one costs."""
    with own_home():
        done = subprocess.run(
            [sys.executable, "-c", _START.format(rows, rounds)], stdout=subprocess.PIPE, check=True, text=True,
            env=dict(os.environ),
        )  # fmt: skip
    told = json.loads(done.stdout.splitlines()[-1])
    items = [_wait(name, told["told"][name], rows, told["filled"]) for name in PEOPLE]
    least = told["told"]["cbr0x0"]["statements"]
    most = max(count for question, count in least.items() if question not in BULK)
    return [
        *items,
        Item(
            name="casework.list", title="线索列表问数据库几次（看得最少的人，至多）", figure=most, unit="次", peer="只取行和总数",
            peer_figure=2, bar=BAR_STATEMENTS, bar_on="figure", better="lower", rows=rows, facts={"statements": least},
            note="不含开始和结束事务",
        ),
    ]  # fmt: skip


def _wait(name: str, told: Mapping[str, Any], rows: int, filled: float) -> Item:
    ours = [one for question, taken in told["ours"].items() if question not in BULK for one in taken]
    theirs = [one for taken in told["theirs"].values() for one in taken]
    burned = [one for taken in told["cpu"].values() for one in taken]
    return Item(
        name="casework.list", title=f"线索列表 p95，{rows:,} 条，{PEOPLE[name]}", figure=at(ours, 0.95), unit="毫秒",
        peer="手写 SQL 取同一页和总数", peer_figure=at(theirs, 0.95), bar=BAR_MS, bar_on="figure", better="lower", same=told["same"],
        rows=rows,
        facts={
            "p50": round(at(ours, 0.5), 1), "cpu_p50": round(at(burned, 0.5), 1), "cpu_p95": round(at(burned, 0.95), 1),
            "peer_p50": round(at(theirs, 0.5), 1), "pages": len(ours), "filled_seconds": round(filled, 1),
            "medians": {question: round(statistics.median(taken), 1) for question, taken in told["ours"].items()},
            "peer_medians": {question: round(statistics.median(taken), 1) for question, taken in told["theirs"].items()},
            "differs": told["differs"][:5],
        },
    )  # fmt: skip


def at(taken: Sequence[float], share: float) -> float:
    """A quantile of what was measured."""
    ordered = sorted(taken)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


MEASURES = [Measure("casework.list", "十万条线索，三种角色的列表", partial(measured), one_core=False)]
