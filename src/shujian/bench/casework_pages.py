"""The clue list as three people meet it, beside the bare SQL of the same page on the same database.

Every question goes through the whole of a request: session, account, rights, audit entry, rows, template, session saved.
The peer asks only the rows and the count, by hand-written SQL with the same rights in it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client

from shujian.accounts.read import Actor
from shujian.bench.casework_data import PASSWORD, REGION, UNITS

PAGE, DEEP, ROUNDS = 30, 25, 5
QUESTIONS: Mapping[str, Mapping[str, str]] = {
    "第一页": {}, "待初核": {"state": "C1"}, "一个模型": {"model": "env_tax"}, "模型和等级": {"model": "convicted_staff", "grade": "B"},
    "得分高的在前": {"order": "score"}, "待核身份": {"held": "identity"}, "常见的词": {"text": "欠薪"}, "少见的词": {"text": "示例17单位"},
    "没有的词": {"text": "没有这个词"}, "推送过的": {"mark": "pushed"}, "暂缓到期": {"mark": "woken"}, "此日起": {"since": "2026-06-01"},
    "已排除得分高": {"state": "C9", "order": "score"},
}  # fmt: skip
_CONTROL = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK")
_ID, _TOTAL, _NEXT = (
    re.compile(r'<span class="id">XS(\d+)'),
    re.compile(r"共 <b>(\d+)</b>"),
    re.compile(r"cursor=([\w-]+)\""),
)


@dataclass
class Told:
    """What one person was made to wait, by question: milliseconds of wall and processor, statements; whether answers agree."""

    ours: dict[str, list[float]] = field(default_factory=dict)
    cpu: dict[str, list[float]] = field(default_factory=dict)
    theirs: dict[str, list[float]] = field(default_factory=dict)
    statements: dict[str, int] = field(default_factory=dict)
    same: bool = True
    differs: list[str] = field(default_factory=list)


class Counter:
    """Counts the statements of a request; what only opens or closes a transaction is told apart."""

    def __init__(self) -> None:
        self.statements = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.lstrip().upper().startswith(_CONTROL):
            self.statements += 1
        return execute(sql, params, many, context)


def enter(actor: Actor) -> Client:
    """A browser in which this person has signed in."""
    settings.SECOND_FACTOR = False
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    answer = client.post("/login/", {"username": actor.name, "password": PASSWORD})
    if answer.status_code != 302:
        raise RuntimeError(answer.content.decode())
    return client


def measured(actor: Actor, rounds: int = ROUNDS) -> Told:
    """Every question in turns with its peer; the first round warms both and is not counted."""
    client, told = enter(actor), Told()
    where, names = scope(actor)
    for turn in range(rounds + 1):
        for name, asked in QUESTIONS.items():
            cursor = _one(client, told, name, asked, where, names, turn)
            if name in ("第一页", "得分高的在前"):
                for _ in range(DEEP if turn == 1 else 0):
                    if cursor:
                        cursor = _one(
                            client, told, f"{name}往后", {**asked, "cursor": cursor}, None, [], turn
                        )
        _bulk(client, told, turn)
    return told


def _one(
    client: Client, told: Told, name: str, asked: Mapping[str, str], where: str | None, names: list[Any], turn: int
) -> str | None:  # fmt: skip
    burned = time.process_time()
    text, taken, statements = _get(client, "/clues/", asked)
    burned = 1000 * (time.process_time() - burned)
    if where is not None:
        started = time.perf_counter()
        ids, total = peer(asked, where, names)
        spent = 1000 * (time.perf_counter() - started)
        shown = [int(one) for one in _ID.findall(text)]
        counted = _TOTAL.search(text)
        if shown != ids[:PAGE] or counted is None or int(counted[1]) != total:
            told.same = False
            told.differs.append(f"{name}：{shown[:3]} {ids[:3]} {counted and counted[1]} {total}")
        if turn:
            told.theirs.setdefault(name, []).append(spent)
    if turn:
        told.ours.setdefault(name, []).append(taken)
        told.cpu.setdefault(name, []).append(burned)
        told.statements[name] = max(statements, told.statements.get(name, 0))
    following = _NEXT.search(text)
    return following[1] if following else None


def _bulk(client: Client, told: Told, turn: int) -> None:
    """Choose what to sign for, then look at what would happen to all of it; the chief signs for nothing."""
    text, taken, statements = _get(client, "/clues/bulk/", {"verb": "sign", "state": "C1"})
    picks = re.findall(r'name="all" value="([^"]+)"', text)
    counter, started = Counter(), time.perf_counter()
    with connection.execute_wrapper(counter):
        answer = client.post("/clues/bulk/", {"verb": "sign", "step": "preview", "whole": "1", "all": picks})
    if picks and answer.status_code != 200:
        raise RuntimeError(f"{answer.status_code}，{len(picks)} 条")
    if turn:
        told.ours.setdefault("批量选", []).append(taken)
        told.statements["批量选"] = statements
    if turn and picks:
        told.ours.setdefault("批量预览", []).append(1000 * (time.perf_counter() - started))
        told.statements["批量预览"] = counter.statements


def _get(client: Client, address: str, asked: Mapping[str, str]) -> tuple[str, float, int]:
    counter, started = Counter(), time.perf_counter()
    with connection.execute_wrapper(counter):
        answer = client.get(address, asked)
    taken = 1000 * (time.perf_counter() - started)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} {asked}: {answer.status_code}")
    return answer.content.decode(), taken, counter.statements


def scope(actor: Actor) -> tuple[str, list[Any]]:
    """The rights of the three people, written by hand."""
    if actor.name == "chief":
        return "true", []
    if actor.name == "head":
        return "(c.unit = %s or c.offered_unit = %s or c.referred_from = %s)", [UNITS[0]] * 3
    mine = (
        "((c.unit = %s and (c.handler_id is null or c.handler_id = %s)) or c.offered_unit = %s or c.referred_from = %s)"
        " and c.region like %s and c.id <> 21"
    )
    return mine, [UNITS[0], actor.id, UNITS[0], UNITS[0], f"%{REGION}%"]


def peer(asked: Mapping[str, str], where: str, names: list[Any]) -> tuple[list[int], int]:
    """The ids of the page and the count, by two bare statements."""
    parts, told = [where, "c.joined_to_id is null"], list(names)
    for name, value in asked.items():
        if name in ("state", "model", "grade"):
            parts.append(f"c.{name} = %s")
            told.append(value)
        elif name == "held":
            parts.append("c.state = 'C0' and c.held = %s")
            told.append(value)
        elif name == "text":
            parts.append("(c.title like %s or c.subject_masked like %s)")
            told += [f"%{value}%"] * 2
        elif name == "since":
            parts.append("c.found_at >= %s")
            told.append(
                f"{value} 00:00:00+08:00" if connection.vendor == "postgresql" else "2026-05-31 16:00:00"
            )
        elif name == "mark":
            parts.append("c.pushed_at is not null" if value == "pushed" else "c.snoozed_until <= %s")
            told += [] if value == "pushed" else ["2026-11-29"]
    order = "c.score desc, c.id desc" if asked.get("order") == "score" else "c.id desc"
    rows = (
        "select c.id, c.title, c.model, c.state, c.held, c.grade, c.absence, c.strength, c.score, c.unit, c.found_at,"
        f" u.display from clues_clue c left join accounts_user u on u.id = c.handler_id where {' and '.join(parts)}"
        f" order by {order} limit {PAGE + 1}"
    )
    with connection.cursor() as cursor:
        cursor.execute(rows, told)
        ids = [row[0] for row in cursor.fetchall()]
        cursor.execute(f"select count(*) from clues_clue c where {' and '.join(parts)}", told)
        return ids, cursor.fetchone()[0]
