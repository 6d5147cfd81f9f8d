"""Rows of a query as text, batch by batch: server-side cursor, read-only transaction, statement timeout.

Values come as the server writes them, so that no number passes through a float and no date through a locale.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
import pymysql
import pymysql.cursors
from psycopg import errors as pg
from psycopg.types.string import TextLoader

from shujian.kernel.errors import BadInput, Fault, ShujianError, Unavailable
from shujian.lake.arrivals.connections import Connection

BATCH = 20_000
_CONNECT_SECONDS = 10
_CLASS_OF_THE_QUERY = "42"
"""SQLSTATE class: syntax error or access rule violation."""
_ZONE = re.compile(r"[+-]\d\d(?::?\d\d)?(?::\d\d)?$")
Row = tuple[str | None, ...]


@dataclass(frozen=True)
class Answer:
    """Column names and batches of rows; every value is text or null."""

    columns: tuple[str, ...]
    batches: Iterator[list[Row]]


class _Truth(TextLoader):
    def load(self, data: Any) -> str:
        return "是" if bytes(data) == b"t" else "否"


class _Moment(TextLoader):
    """With a zone: the session's zone is China's, so the local time is what stands before the offset."""

    def load(self, data: Any) -> str:
        return _ZONE.sub("", bytes(data).decode("ascii"))


@contextmanager
def answer(told: Connection, name: str, query: str) -> Iterator[Answer]:
    """Run one query. Raises Unavailable (no connection, wrong password, timeout) or BadInput (the query)."""
    with _OPENERS[told.kind](told, name, query) as found:
        yield found


@contextmanager
def _postgresql(told: Connection, name: str, query: str) -> Iterator[Answer]:
    options = (
        f"-c default_transaction_read_only=on -c statement_timeout={told.timeout * 1000}"
        " -c datestyle=ISO -c timezone=Asia/Shanghai -c bytea_output=hex"
    )
    try:
        opened = psycopg.connect(
            host=told.host, port=told.at, dbname=told.database, user=told.user, password=told.secret(), options=options,
            connect_timeout=_CONNECT_SECONDS, sslmode="require" if told.tls else "prefer", application_name="shujian",
        )  # fmt: skip
    except psycopg.Error as error:
        raise _no_connection(told, name, _wrong_password(error), _no_database(error)) from None
    try:
        opened.read_only = True
        for kind in opened.adapters.types:
            opened.adapters.register_loader(kind.oid, TextLoader)
        opened.adapters.register_loader("bool", _Truth)
        opened.adapters.register_loader("timestamptz", _Moment)
        with opened.cursor(name="shujian") as cursor:
            cursor.itersize = BATCH
            # no parameters, and the extended protocol: a second statement behind a semicolon is refused
            cursor.execute(query.strip().rstrip(";").encode())
            columns = tuple(column.name for column in cursor.description or ())
            yield Answer(columns, _pages(cursor.fetchmany))
    except psycopg.Error as error:
        raise _query_fault(error, name) from None
    finally:
        opened.close()


def _pages(fetch: Callable[[int], Any]) -> Iterator[list[Row]]:
    while rows := fetch(BATCH):
        yield [tuple(None if value is None else _text(value) for value in row) for row in rows]


def _text(value: Any) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)


def _wrong_password(error: psycopg.Error) -> bool:
    return isinstance(error, pg.InvalidPassword | pg.InvalidAuthorizationSpecification) or (
        "authentication" in str(error) or "no password supplied" in str(error) or "role" in str(error)
    )


def _no_database(error: psycopg.Error) -> bool:
    return isinstance(error, pg.InvalidCatalogName) or (
        "database" in str(error) and "does not exist" in str(error)
    )


def _no_connection(told: Connection, name: str, password: bool, database: bool) -> Unavailable:
    place = f"{told.host}:{told.at}/{told.database}"
    if database and not password:
        return Unavailable(
            Fault(
                code="no_database",
                message=f"连接“{name}”：服务器上没有这个数据库",
                found=place,
                expected="数据库名",
            )
        )
    if password:
        return Unavailable(
            Fault(code="wrong_password", message=f"连接“{name}”：用户名或密码不对", found=f"{told.user}@{place}",
                  expected="提供单位给的只读账号")
        )  # fmt: skip
    return Unavailable(
        Fault(code="no_connection", message=f"连接“{name}”：连不上数据库服务器", found=place,
              expected="服务器已启动、地址和端口正确、网络放行")
    )  # fmt: skip


def _query_fault(error: psycopg.Error, name: str) -> ShujianError:
    """What the server said, as far as it speaks of the query and not of a row."""
    diag = error.diag
    said, place = diag.message_primary, diag.statement_position
    where = f"{said}（第 {place} 字符）" if place else said
    if isinstance(error, pg.QueryCanceled):
        return _too_slow(name)
    if isinstance(error, pg.ReadOnlySqlTransaction):
        return BadInput(
            Fault(code="not_a_query", message=f"连接“{name}”只能查询，不能改数据", expected="一条 SELECT")
        )
    if isinstance(error, pg.InsufficientPrivilege):
        return BadInput(
            Fault(
                code="no_right", message=f"连接“{name}”的账号没有查询权限", found=said, expected="SELECT 权限"
            )
        )
    if (error.sqlstate or "").startswith(_CLASS_OF_THE_QUERY):  # also a missing table or column
        return BadInput(
            Fault(code="bad_query", message="数据库不接受这条查询", found=where, expected="一条 SELECT")
        )
    if isinstance(error, psycopg.OperationalError):
        return Unavailable(
            Fault(
                code="connection_lost",
                message=f"连接“{name}”在读取途中断开，没有导入任何行",
                expected="再试一次",
            )
        )
    return BadInput(
        Fault(
            code="bad_query",
            message="查询执行出错，没有导入任何行",
            found=f"SQLSTATE {error.sqlstate}",
            expected="一条能跑通的 SELECT",
        )
    )


def _too_slow(name: str) -> Unavailable:
    return Unavailable(
        Fault(
            code="query_timeout",
            message=f"连接“{name}”的查询超过了时限，没有导入任何行",
            expected="缩小查询，或调大 timeout",
        )
    )


_MYSQL_PASSWORD = frozenset({1044, 1045, 1698})
_MYSQL_QUERY = frozenset({1054, 1064, 1142, 1146, 1149})
_MYSQL_SLOW = frozenset({1969, 3024})
_MYSQL_DATABASE = 1049
_MYSQL_READ_ONLY = 1792


@contextmanager
def _mysql(told: Connection, name: str, query: str) -> Iterator[Answer]:
    try:
        opened = pymysql.connect(
            host=told.host, port=told.at, database=told.database, user=told.user, password=told.secret() or "",
            charset="utf8mb4", conv={}, cursorclass=pymysql.cursors.SSCursor, connect_timeout=_CONNECT_SECONDS,
            read_timeout=told.timeout, ssl={"check_hostname": True} if told.tls else None, autocommit=False,
        )  # fmt: skip
    except pymysql.Error as error:
        number = error.args[0] if error.args else None
        raise _no_connection(told, name, number in _MYSQL_PASSWORD, number == _MYSQL_DATABASE) from None
    try:
        with opened.cursor() as cursor:
            cursor.execute("SET SESSION TRANSACTION READ ONLY")
            cursor.execute("SET time_zone = '+08:00'")
            cursor.execute("START TRANSACTION READ ONLY")
            cursor.execute(query.strip().rstrip(";"))
            columns = tuple(column[0] for column in cursor.description or ())
            yield Answer(columns, _pages(cursor.fetchmany))
    except pymysql.Error as error:
        raise _mysql_fault(error, name) from None
    finally:
        opened.close()


def _mysql_fault(error: pymysql.Error, name: str) -> ShujianError:
    number = error.args[0] if error.args else None
    said = str(error.args[1]) if len(error.args) > 1 else None
    if number in _MYSQL_SLOW or isinstance(error.__context__, TimeoutError):
        return _too_slow(name)
    if number == _MYSQL_READ_ONLY:
        return BadInput(
            Fault(code="not_a_query", message=f"连接“{name}”只能查询，不能改数据", expected="一条 SELECT")
        )
    if number in _MYSQL_QUERY:
        return BadInput(
            Fault(code="bad_query", message="数据库不接受这条查询", found=said, expected="一条 SELECT")
        )
    if isinstance(error, pymysql.OperationalError | pymysql.InterfaceError):
        return Unavailable(
            Fault(
                code="connection_lost",
                message=f"连接“{name}”在读取途中断开，没有导入任何行",
                expected="再试一次",
            )
        )
    return BadInput(
        Fault(
            code="bad_query",
            message="查询执行出错，没有导入任何行",
            found=f"错误号 {number}",
            expected="一条能跑通的 SELECT",
        )
    )


_OPENERS: dict[str, Callable[[Connection, str, str], Any]] = {"postgresql": _postgresql, "mysql": _mysql}
