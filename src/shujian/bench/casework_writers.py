"""Forty people at once on forty clues, and afterwards the count of what each was told against what stands there.

``house`` fills it, ``work`` is one process of writers, ``compare`` reads everything again. Each prints one JSON line.
"""

from __future__ import annotations

import json
import random
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from shujian.accounts import read as accounts
from shujian.accounts import service as keeping
from shujian.accounts.read import SYSTEM, Actor, Role
from shujian.audit import read as audit
from shujian.bench.casework_data import HOUSE, PASSWORD, UNITS, fill
from shujian.clues import read, service
from shujian.kernel.clock import today
from shujian.kernel.errors import ShujianError

CLUES = 40
"""So few that they meet."""
_STEPS = {
    "C0": ("push", {"note": "已核实身份，可以推送"}),
    "C1": ("return", {"reason": "thin", "note": "身份还要再核一次"}),
}


def house(writers: int) -> None:
    """So many heads of one unit, and the clues of it that they will work on at once."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    fill(CLUES)
    for number in range(writers):
        keeping.create_user(
            by=SYSTEM, username=f"writer{number}", display=f"示例{number}", agency=HOUSE, roles=(Role.BMFZR,), units=(UNITS[0],),
            password=PASSWORD, must_change=False,
        )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "update clues_clue set unit = %s, state = 'C1', held = '', grade = 'A', absence = 'proved'",
            [UNITS[0]],
        )
    _say({"clues": CLUES})


def work(first: int, count: int, seconds: float) -> None:
    """Writers ``first`` and so many after it, for so long; tells what each was answered."""
    told: list[dict[str, Any]] = []
    broken: list[str] = []
    until = time.monotonic() + seconds

    def one(number: int) -> None:
        try:
            told.append(_writer(number, until))
        except Exception as error:
            broken.append(f"{number}: {error!r}"[:300])
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(first, first + count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    _say({"told": told, "broken": broken})


def _writer(number: int, until: float) -> dict[str, Any]:
    """Comments and steps, each on the version seen, which another has often changed meanwhile."""
    actor, draw = _named(f"writer{number}"), random.Random(number)
    said: list[str] = []
    moved: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    while time.monotonic() < until:
        clue = f"XS{draw.randint(1, CLUES):06d}"
        try:
            if draw.random() < 0.4:
                text = f"第{number}人第{len(said)}句"
                service.comment(actor=actor, number=clue, text=text)
                said.append(f"{clue} {text}")
            else:
                seen = read.clue(actor, clue)
                verb, words = _STEPS[seen.row.state]
                service.move_clue(actor=actor, number=clue, verb=verb, revision=seen.revision, **words)
                moved[clue] += 1
        except ShujianError as error:
            refused[error.faults[0].code] += 1
    return {"who": actor.name, "said": said, "moved": moved, "refused": refused}


def compare(told: list[dict[str, Any]]) -> None:
    """What is lost, what is double, what does not follow on, in words; empty where everything is as it was told."""
    wrong: list[str] = []
    reader = _named(told[0]["who"])
    said = Counter(one for each in told for one in each["said"])
    moved: Counter[str] = Counter()
    for each in told:
        moved.update(each["moved"])
    stands: Counter[str] = Counter()
    for pk in range(1, CLUES + 1):
        number, state = f"XS{pk:06d}", "C1"
        stands.update(f"{number} {one.text}" for one in read.around(reader, number, today()).comments)
        steps = _rows(
            "select source, target from clues_cluenote where clue_id = %s and verb in ('push', 'return') order by id",
            pk,
        )
        if len(steps) != moved[number]:
            wrong.append(f"{number}：告知办了 {moved[number]} 步，记着 {len(steps)} 步")
        for source, target in steps:
            if source != state:
                wrong.append(f"{number}：从 {source} 接在 {state} 之后")
            state = target
        stopped = read.clue(reader, number).row.state
        if stopped != state:
            wrong.append(f"{number}：停在 {stopped}，最后一步到 {state}")
    if said != stands:
        wrong.append(f"批注：少 {sum((said - stands).values())}，多 {sum((stands - said).values())}")
    if not audit.verify().ok:
        wrong.append("审计链断了")
    ((kept,),) = _rows("select count(*) from audit_entry where action = %s", "clue.comment")
    if kept != sum(said.values()):
        wrong.append(f"审计：批注 {kept} 条，告知 {sum(said.values())} 条")
    _say({"wrong": wrong, "comments": sum(said.values()), "steps": sum(moved.values())})


def compare_file(path: str) -> None:
    """``compare`` for what stands in a file."""
    compare(json.loads(Path(path).read_text("utf-8")))


def _rows(sql: str, *values: str | int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _named(username: str) -> Actor:
    found = accounts.colleague(username)
    assert found is not None, username
    return found


def _say(told: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
