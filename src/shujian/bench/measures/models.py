"""The models of the catalogue on the invented county: all of them cold, then after one more batch of a thousand orders.

The county is made by ``shujian demo`` in a home of its own, as a user would; the models run in this process, warm: the
modules are loaded, nothing of the lake is. Cold means that no keyword has been looked for yet and nothing is remembered.
"""

from __future__ import annotations

import csv
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from shujian.bench.homes import own_home
from shujian.bench.measure import Item, Measure
from shujian.kernel.errors import ShujianError
from shujian.kernel.home import home
from shujian.lake import read as lake
from shujian.lake import service as landing
from shujian.supervision import read as supervision
from shujian.supervision import service as engine

COLD_SECONDS, NEW_SECONDS, SHARE, PEAK_MB = 15.0, 1.0, 0.25, 2048.0
AS_OF = date(2026, 6, 30)
ROWS, MANY, BATCH = 1_250_000, 10_000_000, 1_000
LOCAL = "support_litigation"
"""Its claims come of one order each: a row-local emit of a model that reads the largest source."""
_WANTED, _EVERY = "老板拖欠工资三个月，多次讨薪没有结果。", 10


@dataclass(frozen=True)
class Ran:
    """One run of all models: seconds of each (two run at once) and of the whole, digests, and how many hits each gave."""

    seconds: Mapping[str, float]
    total: float
    digests: Mapping[str, str]
    hits: Mapping[str, int]
    cpu: float = field(default=0.0)


def county(rows: int) -> None:
    """The invented county in this process's home, by the command."""
    command = [str(Path(sys.executable).with_name("shujian")), "demo", "--rows", str(rows), "--json"]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)


def run_all() -> Ran:
    """Every model of the catalogue on the lake as it stands now."""
    snapshot, seconds, digests, hits = lake.pin(), dict[str, float](), dict[str, str](), dict[str, int]()
    started, burned = time.perf_counter(), time.process_time()
    engine.screen_landed(snapshot)
    seconds["关键词匹配"] = time.perf_counter() - started
    for name, result in engine.run_many(sorted(supervision.models()), snapshot=snapshot, as_of=AS_OF):
        if isinstance(result, ShujianError):
            raise result
        seconds[name], digests[name], hits[name] = result.seconds, result.result_sm3, len(result.hits)
    return Ran(seconds, time.perf_counter() - started, digests, hits, time.process_time() - burned)


def forget_all() -> None:
    """Remove what the keywords found and what this process remembers: the next run works out everything again."""
    lake.forget()
    for folder in (home().lake / "hits").glob("*"):
        for path in folder.glob("*"):
            if path.is_dir():
                shutil.rmtree(path)


def land_batch(folder: Path, rows: int = BATCH) -> None:
    """One more delivery of the hotline: every tenth order claims wages."""
    path = folder / "新到工单.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("工单编号", "来电时间", "诉求类型", "诉求内容", "事发地址", "联系电话", "是否重复"))
        for number in range(rows):
            said = _WANTED if number % _EVERY == 0 else "路灯不亮，请派人查看。"
            day = f"2026-06-{1 + number % 29:02d} 08:{number % 60:02d}:00"
            writer.writerow(
                (
                    f"XD{number:06d}",
                    day,
                    "投诉",
                    said,
                    f"示例东堡街道人民路{number}号",
                    f"100{number:08d}",
                    "否",
                )
            )
    landing.ingest("hotline_order", [path], as_of=AS_OF)
    engine.screen_landed(lake.pin(), "hotline_order")


def measured(rows: int = ROWS) -> list[Item]:
    """Cold, the new clues of a batch, everything after it, and whether that equals a run from nothing."""
    with own_home() as folder:
        county(rows)
        return measured_here(folder, rows)


def measured_here(folder: Path, rows: int) -> list[Item]:
    """As ``measured``, in a home that has its county already."""
    run_all()  # a warm process
    forget_all()
    cold = run_all()
    land_batch(folder)
    started = time.perf_counter()
    local = engine.run(LOCAL, snapshot=lake.pin(), as_of=AS_OF)
    first = time.perf_counter() - started
    found = len(local.hits) - cold.hits[LOCAL]
    after = run_all()
    forget_all()
    whole = run_all()
    shared: dict[str, Any] = {"unit": "秒", "better": "lower", "bar_on": "figure", "rows": rows}
    return [
        Item(
            name="models.cold", title=f"全部 {len(cold.hits)} 个模型，{rows:,} 行，首次", figure=cold.total, peer="无对照",
            peer_figure=None, bar=COLD_SECONDS, facts=_facts(cold), **shared,
        ),
        Item(
            name="models.new", title=f"新到 {BATCH:,} 件工单后，{LOCAL} 的新线索", figure=first, peer="应有的新线索都在",
            peer_figure=None, bar=NEW_SECONDS, same=found == BATCH // _EVERY, facts={"new": found}, **shared,
        ),
        Item(
            name="models.after", title=f"新到 {BATCH:,} 件工单后，全部模型", figure=after.total, unit="秒", peer="首次",
            peer_figure=cold.total, bar=SHARE, better="lower", same=after.digests == whole.digests, rows=rows,
            facts=_facts(after),
        ),
    ]  # fmt: skip


def memory(rows: int = MANY) -> list[Item]:
    """Peak memory of the process in which all models run over ten million rows; the county is made by another."""
    with own_home():
        county(rows)
        forget_all()
        before = _peak()
        ran = run_all()
        return [
            Item(
                name="models.memory", title=f"全部模型，{rows:,} 行，内存峰值", figure=_peak(), unit="MB", peer="运行前已占用",
                peer_figure=before, bar=PEAK_MB, bar_on="figure", better="lower", rows=rows, facts=_facts(ran),
            )
        ]  # fmt: skip


def _facts(ran: Ran) -> dict[str, Any]:
    return {
        "seconds": {name: round(taken, 2) for name, taken in ran.seconds.items()}, "hits": sum(ran.hits.values()),
        "cpu": round(ran.cpu, 2), "load": round(os.getloadavg()[0], 1),
    }  # fmt: skip


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


MEASURES = [
    Measure("models.county", "全部模型：首次、新到一批之后", partial(measured), one_core=False),
    Measure("models.memory", "全部模型在一千万行上的内存", partial(memory), one_core=False, long=True),
]
