"""The tables as texts that fit SQLite and PostgreSQL alike: a line of column names, then a line a row, by primary key.

A restored table is written out again and must give the same bytes, so that equality needs no second opinion. What Django
makes anew (content types, permissions) and what a restored machine should not have (sessions) stays out.
"""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps as live
from django.core.management import call_command
from django.db import connections, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models.query import QuerySet

from shujian.backups.errors import BackupRefused
from shujian.kernel.errors import Fault
from shujian.kernel.gm import Sm3

_LEFT_OUT = {"contenttypes", "auth", "sessions"}
_ROWS = 500
_VALUES = 900
"""SQLite's smallest bound on the values of one statement is 999."""
Models = dict[str, type[models.Model]]


@contextmanager
def beside(**changed: Any) -> Iterator[str]:
    """One more connection like the rooms' own, with other settings; answers its name."""
    name = f"backup-{uuid.uuid4().hex[:8]}"
    connections.settings[name] = {**connections.settings["default"], **changed}
    try:
        yield name
    finally:
        connections[name].close()
        del connections[name]
        del connections.settings[name]


@contextmanager
def one_moment() -> Iterator[str]:
    """The rooms' database as it stands at one moment; writers go on meanwhile."""
    settings = connections["default"].settings_dict
    if connections["default"].vendor == "sqlite":
        told = {"transaction_mode": "DEFERRED", "timeout": 30, "init_command": "PRAGMA query_only=ON"}
        with beside(NAME=settings["NAME"], OPTIONS=told) as name, transaction.atomic(using=name):
            yield name
        return
    with beside(NAME=settings["NAME"], CONN_MAX_AGE=0) as name, transaction.atomic(using=name):
        with connections[name].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield name


def applied(using: str) -> list[list[str]]:
    """The migrations that the tables have: ``[app, name]``, sorted."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        return sorted([str(app), str(name)] for app, name in cursor.fetchall())


def tables_of(registry: Any = live) -> Models:
    """Table → model, of everything that a backup holds."""
    found = [
        one for one in registry.get_models(include_auto_created=True) if one._meta.app_label not in _LEFT_OUT
    ]
    return {one._meta.db_table: one for one in found if one._meta.managed and not one._meta.proxy}


def lines(model: type[models.Model], using: str) -> Iterator[bytes]:
    """The table as lines; the first holds the names of the columns."""
    fields = _fields(model)
    yield _line([one.attname for one in fields])
    rows: QuerySet[Any, tuple[Any, ...]] = (
        QuerySet(model, using=using).order_by("pk").values_list(*(one.attname for one in fields))
    )
    for row in rows.iterator(chunk_size=_ROWS):
        yield _line([_plain(value) for value in row])


def _line(values: list[Any]) -> bytes:
    """One line. Figures in JSON columns may be floats, which our canonical text has not."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


@dataclass
class Counted:
    """Counts the rows that go through, and digests them with the keys of JSON sorted: PostgreSQL keeps no order of them."""

    source: Iterator[bytes]
    rows: int = -1
    sm3: str = ""

    def __iter__(self) -> Iterator[bytes]:
        """The lines, as they are."""
        digest = Sm3()
        for line in self.source:
            self.rows += 1
            told = json.dumps(json.loads(line), ensure_ascii=False, sort_keys=True)
            digest.update(told.encode() + b"\n")
            yield line
        self.sm3 = digest.hexdigest()


def highest(found: Models, using: str) -> dict[str, int]:
    """Table → the highest number ever given, so that a number is not given twice after a restore."""
    connection, made = connections[using], {}
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
            return {str(name): int(seq) for name, seq in cursor.fetchall() if name in found and seq}
        for table, model in found.items():
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table}"', model._meta.pk.column])
            sequence = cursor.fetchone()[0]
            if sequence:
                cursor.execute(f"SELECT last_value, is_called FROM {sequence}")
                last, called = cursor.fetchone()
                if called:
                    made[table] = int(last)
    return made


@contextmanager
def _for_default(using: str) -> Iterator[None]:
    """Let a connection stand for the default one: a migration of django-tasks-db asks that one whatever it migrates."""
    default = connections["default"]
    connections["default"] = connections[using]
    try:
        yield
    finally:
        connections["default"] = default


def prepared(using: str, wanted: Sequence[Sequence[str]]) -> Models:
    """Make the tables as they stood with these migrations and answer their models. Raises BackupRefused for unknown ones."""
    executor = MigrationExecutor(connections[using])
    told = {(app, name) for app, name in wanted}
    nodes = executor.loader.graph.nodes
    strange = sorted(f"{app}.{name}" for app, name in told - set(nodes))
    if strange:
        raise BackupRefused(
            Fault(code="newer_tables", message="备份里的表由更新的版本建立，请先升级数检", found="、".join(strange[:5]),
                  expected="本版本认识的表")
        )  # fmt: skip
    leaves = [
        key for key in sorted(told)
        if not any(child.key[0] == key[0] and child.key in told for child in executor.loader.graph.node_map[key].children)
    ]  # fmt: skip
    with _for_default(using):
        executor.migrate(leaves)
    return tables_of(executor.loader.project_state(leaves).apps)


def load(model: type[models.Model], source: Iterator[bytes], using: str) -> int:
    """Put lines into an empty table and answer how many rows. Within a transaction."""
    rows = _split(source)
    by_name = {one.attname: one for one in _fields(model)}
    fields = [by_name[name] for name in json.loads(next(rows))]
    QuerySet(model, using=using)._raw_delete(using)
    size, count, held = max(1, min(_ROWS, _VALUES // len(fields))), 0, []
    for line in rows:
        values = zip(fields, json.loads(line), strict=True)
        held.append(model(**{one.attname: _typed(one, value) for one, value in values}))
        if len(held) >= size:
            count += _insert(model, fields, held, using)
            held = []
    return count + _insert(model, fields, held, using)


def _insert(model: type[models.Model], fields: list[Any], rows: list[models.Model], using: str) -> int:
    if rows:
        QuerySet(model, using=using)._insert(rows, fields, raw=True, using=using)  # type: ignore[attr-defined]
    return len(rows)


def go_on(found: Models, numbers: dict[str, int], using: str) -> None:
    """Let numbers go on after the highest that was ever given."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for table, number in numbers.items():
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number])
            elif table in found:
                column = found[table]._meta.pk.column
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [f'"{table}"', column, number]
                )


def finish(using: str) -> None:
    """Bring restored tables of an older version up to this one, and make what Django makes for itself."""
    call_command("migrate", database=using, interactive=False, verbosity=0)


def _fields(model: type[models.Model]) -> list[Any]:
    return sorted(model._meta.local_concrete_fields, key=lambda one: one.attname)


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value) if isinstance(value, uuid.UUID) else value


def _typed(field: Any, value: Any) -> Any:
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return base64.b64decode(value)
    return field.to_python(value)


def _split(source: Iterator[bytes]) -> Iterator[bytes]:
    held = b""
    for piece in source:
        *whole, held = (held + piece).split(b"\n")
        yield from whole
    if held:
        yield held
