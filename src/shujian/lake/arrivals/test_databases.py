"""MySQL by the DB-API: what we ask of the driver and make of its answers. A fake driver stands in for the server;
no real MySQL is tried here (docs/guide/arrivals.md says so)."""

from __future__ import annotations

from typing import Any

import pymysql
import pytest

from shujian.kernel.errors import ShujianError
from shujian.lake.arrivals.connections import Connection
from shujian.lake.arrivals.databases import answer

TOLD = Connection(kind="mysql", host="db.example", database="county", user="reader", timeout=5)


class FakeCursor:
    """Remembers what was asked; gives two pages, or fails at the query."""

    description = (("登记证号",), ("金额",))

    def __init__(self, asked: list[str], fails: Exception | None) -> None:
        self.asked = asked
        self.fails = fails
        self.pages: list[list[tuple[Any, ...]]] = [[("证1", "0.10"), (b"\x01\xff", None)], [("证2", "12.00")]]

    def execute(self, query: str) -> None:
        self.asked.append(query)
        if self.fails and query.startswith("select"):
            raise self.fails

    def fetchmany(self, size: int) -> list[tuple[Any, ...]]:
        return self.pages.pop(0) if self.pages else []

    def __enter__(self) -> FakeCursor:
        return self

    def __exit__(self, *_: object) -> None:
        return None


class FakeMySql:
    """A driver's connection."""

    def __init__(self, fails: Exception | None = None) -> None:
        self.asked: list[str] = []
        self.told: dict[str, Any] = {}
        self.closed = False
        self.fails = fails

    def connect(self, **told: Any) -> FakeMySql:
        self.told = told
        return self

    def cursor(self) -> FakeCursor:
        return FakeCursor(self.asked, self.fails)

    def close(self) -> None:
        self.closed = True


def test_rows_come_as_text_by_a_streaming_cursor_in_a_read_only_transaction(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fake = FakeMySql()
    monkeypatch.setattr(pymysql, "connect", fake.connect)
    with answer(TOLD, "县库", "select * from t;") as found:
        assert found.columns == ("登记证号", "金额")
        assert [row for page in found.batches for row in page] == [
            ("证1", "0.10"),
            ("01ff", None),
            ("证2", "12.00"),
        ]
    assert fake.asked == [
        "SET SESSION TRANSACTION READ ONLY", "SET time_zone = '+08:00'", "START TRANSACTION READ ONLY", "select * from t",
    ]  # fmt: skip
    assert fake.told["cursorclass"] is pymysql.cursors.SSCursor and fake.told["conv"] == {}
    assert (fake.told["read_timeout"], fake.told["autocommit"], fake.closed) == (5, False, True)


@pytest.mark.parametrize(
    ("fails", "code", "exit_code"),
    [
        (pymysql.err.ProgrammingError(1146, "Table 'county.t' doesn't exist"), "bad_query", 2),
        (pymysql.err.ProgrammingError(1064, "You have an error in your SQL syntax"), "bad_query", 2),
        (pymysql.err.OperationalError(3024, "maximum statement execution time exceeded"), "query_timeout", 4),
        (pymysql.err.OperationalError(1792, "READ ONLY transaction"), "not_a_query", 2),
        (pymysql.err.OperationalError(2013, "Lost connection"), "connection_lost", 4),
        (pymysql.err.DataError(1264, "Out of range value 999999199001010010"), "bad_query", 2),
    ],
)
def test_a_server_that_says_no(
    monkeypatch: pytest.MonkeyPatch, fails: Exception, code: str, exit_code: int
) -> None:
    fake = FakeMySql(fails)
    monkeypatch.setattr(pymysql, "connect", fake.connect)
    with pytest.raises(ShujianError) as caught, answer(TOLD, "县库", "select 1"):
        pytest.fail("the fake must refuse")
    assert (caught.value.faults[0].code, caught.value.exit_code, fake.closed) == (code, exit_code, True)
    assert "999999199001010010" not in str(caught.value)


@pytest.mark.parametrize(
    ("number", "code"), [(1045, "wrong_password"), (1049, "no_database"), (2003, "no_connection")]
)
def test_no_connection(monkeypatch: pytest.MonkeyPatch, number: int, code: str) -> None:
    def refuse(**_: Any) -> None:
        raise pymysql.err.OperationalError(number, "said by the server")

    monkeypatch.setattr(pymysql, "connect", refuse)
    with pytest.raises(ShujianError) as caught, answer(TOLD, "县库", "select 1"):
        pytest.fail("there is no connection")
    assert (caught.value.faults[0].code, caught.value.exit_code) == (code, 4)
