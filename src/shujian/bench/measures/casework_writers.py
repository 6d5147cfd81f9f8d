"""Forty writers at once: nothing that somebody was told is lost, and nothing stands twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

from shujian.bench import pgserver
from shujian.bench.homes import own_home
from shujian.bench.measure import Item, Measure

WRITERS, PROCESSES, SECONDS = 40, 4, 60.0
_TITLE = "{} 人同时办同一批线索 {:.0f} 秒，{}：丢失、重复、接不上的"
_START = "from shujian.server.start import open_rooms; open_rooms(); from shujian.bench import casework_writers as w; w.{}"


def measured(seconds: float = SECONDS, writers: int = WRITERS, processes: int = PROCESSES) -> list[Item]:
    """What is wrong afterwards on a real PostgreSQL with so many writers, and on SQLite with an eighth of them."""
    fewer = max(2, writers // 8)
    found = [_on({}, "SQLite", seconds, fewer, min(2, processes))]
    try:
        server = pgserver.start()
    except (ValueError, OSError, RuntimeError) as error:
        note = f"未测：没有 PostgreSQL 的程序（{str(error)[:80]}）"
        return [*found, _item(_TITLE.format(writers, seconds, "PostgreSQL"), None, {}, note)]
    try:
        server.database("shujian").close()
        address = f"postgresql://{pgserver.ADMIN}:{server.password}@127.0.0.1:{server.port}/shujian"
        return [*found, _on({"SHUJIAN_DATABASE_URL": address}, "PostgreSQL", seconds, writers, processes)]
    finally:
        pgserver.stop(server)


def _on(more: dict[str, str], name: str, seconds: float, writers: int, processes: int) -> Item:
    with own_home() as folder:
        _ask(more, f"house({writers})")
        each = -(-writers // processes)
        running = [
            subprocess.Popen(_command(f"work({first}, {min(each, writers - first)}, {seconds})"), stdout=subprocess.PIPE,
                             text=True, env={**os.environ, **more})
            for first in range(0, writers, each)
        ]  # fmt: skip
        answers = [json.loads(one.communicate()[0].splitlines()[-1]) for one in running]
        told = [each for answer in answers for each in answer["told"]]
        path = Path(folder) / "told.json"
        path.write_text(json.dumps(told), "utf-8")
        checked = _ask(more, f"compare_file({str(path)!r})")
    wrong = [*checked["wrong"], *(each for answer in answers for each in answer["broken"])]
    refused = sum((Counter(each["refused"]) for each in told), Counter[str]())
    facts = {
        "comments": checked["comments"],
        "steps": checked["steps"],
        "refused": dict(refused),
        "wrong": wrong[:10],
    }
    return _item(_TITLE.format(writers, seconds, name), float(len(wrong)), facts, None)


def _item(title: str, figure: float | None, facts: dict[str, Any], note: str | None) -> Item:
    return Item(
        name="casework.writers", title=title, figure=figure, unit="处", peer="每个人得到的答复", peer_figure=None,
        bar=0.0, bar_on="figure", better="lower", same=figure == 0.0 if figure is not None else None, facts=facts, note=note,
    )  # fmt: skip


def _command(call: str) -> list[str]:
    return [sys.executable, "-c", _START.format(call)]


def _ask(more: dict[str, str], call: str) -> Any:
    done = subprocess.run(
        _command(call), stdout=subprocess.PIPE, text=True, check=True, env={**os.environ, **more}
    )
    return json.loads(done.stdout.splitlines()[-1])


MEASURES = [Measure("casework.writers", "四十人同时办线索，不丢不重", partial(measured), one_core=False)]
