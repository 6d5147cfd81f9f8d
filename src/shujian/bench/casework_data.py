"""A house full of invented clues.

The first two thousand go through the rooms' own merge. The others are copies of those rows, put in by bare SQL: each with a
key, a subject, a title and a seal of its own, so that it opens as any other (the merge takes 2 ms of processor a clue, which
is not what is measured here). Then states, handlers and marks are set by one statement each.

Who is who: ``head`` of the unit with the most clues, ``chief`` of the house, and ``handler``, who sees least: one unit, what
waits there and what is his own, of one town only, and keeps away from one clue and one subject.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection, transaction

from shujian.accounts import read as accounts
from shujian.accounts import service as keeping
from shujian.accounts.read import SYSTEM, Actor, Role
from shujian.clues import service as clues
from shujian.kernel.gm import sm3_hex
from shujian.kernel.sealed import seal_bytes, unseal_bytes
from shujian.supervision.read import AbsenceFound, EvidenceRow, Hit, KeywordHit, RunResult

HOUSE, SAMPLE, TOWNS, HANDLERS = "示例县人民检察院", 2_000, 20, 10
UNITS = ("行政检察部门", "公益诉讼检察部门", "民事检察部门")
MODELS = (
    ("convicted_staff", 0), ("duty_urging", 0), ("referral_gaps", 0), ("women_protection", 0), ("ebike_charging", 1),
    ("env_tax", 1), ("school_gate_food", 1), ("support_litigation", 2),
)  # fmt: skip
PASSWORD, REGION = "Bench-Casework-7", "示例01镇"
AT, AS_OF = datetime(2026, 6, 1, 8, 30, tzinfo=UTC), date(2026, 6, 30)
_GRADES, _WORDS = ("A", "A", "A", "A-", "B", "C"), ("欠薪", "飞线", "充电", "占道", "油烟")
_STATES = """
update clues_clue set
  state = case when id % 20 < 5 then 'C0' when id % 20 < 9 then 'C1' when id % 20 < 12 then 'C2' when id % 20 = 12 then 'C4'
    when id % 20 = 13 then 'C5' when id % 20 = 14 then 'C6' when id % 20 = 15 then 'C8' else 'C9' end,
  held = case when id % 20 < 3 then 'identity' when id % 20 < 5 then 'unknown' else '' end,
  pushed_at = case when id % 20 < 5 then null else found_at end,
  signed_at = case when id % 20 < 9 then null else found_at end,
  registered_at = case when id % 20 in (12, 13, 14, 15) then found_at else null end,
  exclusion = case when id % 20 < 16 then '' when id % 20 = 16 then 'done' when id % 20 = 17 then 'rule' else 'same_name' end,
  referred_from = case when id % 97 = 0 then '行政检察部门' else '' end,
  snoozed_until = case when id % 53 = 0 then date '2026-07-15' else null end
"""
_HANDLERS = "update clues_clue set handler_id = %s + (id / 20) %% %s where id %% 20 >= 9 and unit = %s"


def fill(count: int) -> None:
    """So many clues: a sample through ``merge_hits``, a run for each model; the rest copied from it."""
    keeping.ensure_units(HOUSE, UNITS)
    whole = min(count, SAMPLE)
    each = -(-whole // len(MODELS))
    for at, (model, unit) in enumerate(MODELS):
        told = tuple(_hit(number) for number in range(at * each, min((at + 1) * each, whole)))
        with transaction.atomic():
            clues.merge_hits(run=f"bench-{model}", result=_result(model, UNITS[unit], told), judged=False)
    with transaction.atomic(), connection.cursor() as cursor:
        _copy(cursor, whole, count)


def _copy(cursor: Any, whole: int, count: int) -> None:
    """Rows ``whole + 1`` to ``count``, each after one of the first, with its evidence."""
    sample, evidence = (
        _Rows.read(cursor, "clues_clue", "id"),
        _Rows.read(cursor, "clues_clueevidence", "clue_id"),
    )
    keys = {row["id"]: row["key"] for row in sample.rows}
    opened = {row["id"]: _opened(sample.table, row["key"], row) for row in sample.rows}
    shown = {row["clue_id"]: _opened(evidence.table, keys[row["clue_id"]], row) for row in evidence.rows}
    order = list(range(whole))
    random.Random(7).shuffle(order)
    made: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    for pk in range(whole + 1, count + 1):
        first = sample.rows[order[pk % whole]]
        source, key = first["id"], f"{pk:024x}"
        made.append(
            {**first, "id": pk, "key": key, "subject_key": f"{pk:x}".rjust(24, "b"), "title": f"{first['title']}（{pk}）",
             "sealed": seal_bytes(opened[source], _place(sample.table, key, first))}
        )  # fmt: skip
        row = evidence.rows[source - 1]
        sealed = seal_bytes(shown[source], _place(evidence.table, key, row))
        rows.append({**row, "id": pk, "clue_id": pk, "sealed": sealed})
        if len(made) == SAMPLE or pk == count:
            sample.write(cursor, made)
            evidence.write(cursor, rows)
            made, rows = [], []
    if connection.vendor == "postgresql":
        for table in ("clues_clue", "clues_clueevidence"):
            cursor.execute(
                f"select setval(pg_get_serial_sequence('{table}', 'id'), (select max(id) from {table}))"
            )


def _place(table: str, key: str, row: Mapping[str, Any]) -> str:
    """What the sealed value of a row belongs to, as the room of clues tells it; ``key``: of its clue."""
    columns = {one.model._meta.db_table: one for one in clues.SEALED_COLUMNS}
    column, of = columns[table], columns["clues_clue"]
    if column is of:
        return of.place(of.model(key=key))
    told = {name: row[name] for name in ("alias", "dataset", "row")}
    return column.place(column.model(clue=of.model(key=key), **told))


def _opened(table: str, key: str, row: Mapping[str, Any]) -> bytes:
    opened = unseal_bytes(row["sealed"], _place(table, key, row))
    assert opened is not None, f"{table} {row['id']}: a seal of another place"
    return opened


@dataclass(frozen=True)
class _Rows:
    """Rows of a table as the database gives and takes them."""

    table: str
    columns: tuple[str, ...]
    rows: list[dict[str, Any]]

    @classmethod
    def read(cls, cursor: Any, table: str, order: str) -> _Rows:
        cursor.execute(f"select * from {table} order by {order}")
        columns = tuple(one[0] for one in cursor.description)
        return cls(table, columns, [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()])

    def write(self, cursor: Any, rows: list[dict[str, Any]]) -> None:
        places = ", ".join(["%s"] * len(self.columns))
        cursor.executemany(
            f"insert into {self.table} ({', '.join(self.columns)}) values ({places})",
            [[row[name] for name in self.columns] for row in rows],
        )


def spread() -> None:
    """Give every clue a state, a handler and marks, as if people had worked for a while."""
    with connection.cursor() as cursor:
        cursor.execute(_dated(_STATES))
        for at, unit in enumerate(UNITS):
            made = [_account(f"cbr{at}x{n}", Role.CBR, unit) for n in range(HANDLERS)]
            cursor.execute(_HANDLERS, [made[0].id, HANDLERS, unit])
        if connection.vendor == "sqlite":
            cursor.execute("analyze")
        else:
            cursor.execute("vacuum analyze")


def people() -> tuple[Actor, Actor, Actor]:
    """Handler, head and chief, each with an account."""
    narrowed = _named("cbr0x0")
    with connection.cursor() as cursor:
        cursor.execute(
            "update accounts_rolegrant set reach = %s where user_id = %s", [f"region:{REGION}", narrowed.id]
        )
    for thing in ("clue:XS000021", "subject:" + "0" * 24):
        keeping.recuse(narrowed, username="cbr0x0", thing=thing, ground="interest")
    return (_named("cbr0x0"), _account("head", Role.BMFZR, UNITS[0]), _account("chief", Role.JCZ, UNITS[0]))


def _account(username: str, role: Role, unit: str) -> Actor:
    keeping.create_user(
        by=SYSTEM, username=username, display=f"示例{username}", agency=HOUSE, roles=(role,), units=(unit,), password=PASSWORD,
        must_change=False,
    )  # fmt: skip
    return _named(username)


def _named(username: str) -> Actor:
    found = accounts.colleague(username)
    assert found is not None, username
    return found


def _dated(sql: str) -> str:
    """SQLite has no date literal."""
    return sql.replace("date '", "'") if connection.vendor == "sqlite" else sql


def _result(model: str, unit: str, hits: tuple[Hit, ...]) -> RunResult:
    return RunResult(
        model=model, title=model, unit=unit, fingerprint="bench", snapshot="bench", as_of=AS_OF, engine="duckdb",
        engine_version="0", parameters={}, steps=(), hits=hits, result_sm3=sm3_hex(model.encode()), seconds=0.1,
        verify=("核对是否已办理",),
    )  # fmt: skip


def _hit(number: int) -> Hit:
    draw = random.Random(number)
    town, grade = f"示例{draw.randrange(TOWNS):02d}镇", draw.choice(_GRADES)
    word, absence = draw.choice(_WORDS), draw.choice(("none", "proved", "proved", "unknown"))
    row = EvidenceRow(
        alias="工单", dataset="hotline_order", source_title="热线工单", row=f"{number:032x}", file="工单.csv", sheet=None,
        line=number + 2, sha256="ab" * 32, batch="bench", received_at=AT,
        fields={"content": f"反映{town}{number}号{word}，请派人查看。", "town": town},
        titles={"content": "诉求内容", "town": "乡镇"}, types={"content": "text", "town": "text"},
    )  # fmt: skip
    figures: dict[str, Any] = {"people": draw.randrange(1, 40)}
    return Hit(
        emit="bench", subject_kind="org", subject_id=f"bench-{number}", title=f"{town}示例{number % 997}单位疑似{word}未处理",
        grade=grade, absence=absence, strength=draw.choice("强中弱"), score=draw.randrange(100),
        score_parts={"比对等级": 40, "缺失已证": 20}, basis=({"law": "示例条例", "article": "1", "from": "2020-01-01"},),
        evidence=(row,), matches=(),
        keywords=(KeywordHit(word, row.dataset, row.row, "content", 8, 2, f"…{word}…"),),
        absences=(AbsenceFound("undone", "mend", absence, date(2024, 1, 1), AS_OF, "没有任何等级的匹配"),),
        explanation=(f"{town}有人反映{word}", "没有处理记录"), region=town, mask=f"示例{number % 997}单位", figures=figures,
    )  # fmt: skip
