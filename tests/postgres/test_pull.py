"""``lake pull`` against a real PostgreSQL server: exact values, one snapshot, faults as sentences."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pyarrow.parquet as pq
import pytest

import pgserver
from house import House
from shujian.kernel.errors import BadInput, ShujianError
from shujian.lake.arrivals.pulling import pull
from shujian.lake.read import datasets
from shujian.matching.normalise.id_card import check_character

pytestmark = pytest.mark.lane("postgres")
TABLE = """
create table permits (no text primary key, owner text, id_card text, issued date, fee numeric(12, 2), seen timestamptz,
    active boolean, note text);
insert into permits values
    ('证0001', '示例甲', null, '2026-03-01', 100.50, '2026-03-01 00:30:00+00', true, '备注'),
    ('证0002', '示例乙', null, '2026-03-02', 0.10, null, false, ''),
    ('证0003', '示例丙', null, '2026-03-03', 12345678.90, null, null, null);
create role reader login password 'reader-secret';
grant select on permits to reader;
"""
QUERY = "select no as 登记证号, owner as 养犬人, issued as 发证日期, fee as 登记费, seen, active, note from permits order by no"
DAY = "2026-06-30"


@pytest.fixture
def table(postgres: pgserver.Server) -> Iterator[psycopg.Connection[Any]]:
    with postgres.database("county") as connection:
        connection.execute("drop role if exists reader")
        connection.execute(TABLE)
        yield connection
        connection.execute("drop table permits")
        connection.execute("drop role reader")


def _settings(house: House, server: pgserver.Server, **changed: Any) -> Path:
    told = {
        "kind": "postgresql", "host": "127.0.0.1", "port": server.port, "database": "county", "user": "reader",
        "password": {"env": "COUNTY_PASSWORD"}, "queries": {"dog_permit": {"登记证": QUERY}}, **changed,
    }  # fmt: skip
    path = house.root / "connections.yaml"
    path.write_text(json.dumps({"connections": {"县库": told}}, ensure_ascii=False), "utf-8")
    path.chmod(0o600)
    return path


def _pull(house: House, *more: str, code: int = 0, secret: str = "reader-secret") -> dict[str, Any]:
    words = ("lake", "pull", "dog_permit", "--connection", "县库", "--as-of", DAY, *more)
    return house.ask(*words, code=code, COUNTY_PASSWORD=secret)


def test_rows_land_exactly_and_the_same_answer_again_adds_nothing(
    empty_house: House, postgres: pgserver.Server, table: psycopg.Connection[Any]
) -> None:
    _settings(empty_house, postgres)
    answer = _pull(empty_house)
    assert answer["schema"] == "shujian.lake.pull/1"
    (file,) = answer["files"]
    assert (file["state"], file["read"], file["landed"], file["rejected"]) == ("landed", 3, 3, 0)
    rows = empty_house.ask("lake", "show", "dog_permit")["items"]
    assert [(row["_file"], row["_line"]) for row in rows] == [("sql:县库/登记证", line) for line in (1, 2, 3)]
    assert [row["fee"] for row in rows] == ["100.50", "0.10", "12345678.90"]
    assert [row["issued_on"] for row in rows] == ["2026-03-01", "2026-03-02", "2026-03-03"]
    extras = [json.loads(row["_extra"]) if row["_extra"] else {} for row in rows]
    assert extras == [{"active": "是", "note": "备注", "seen": "2026-03-01 08:30:00"}, {"active": "否"}, {}]
    (again,) = _pull(empty_house)["files"]
    assert (again["state"], again["landed"]) == ("same", 0)
    (folder,) = (empty_house.root / "lake" / "arrivals" / "dog_permit").iterdir()
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {
        "record.json": 0o600, "rows.parquet": 0o600,
    }  # fmt: skip
    record = json.loads((folder / "record.json").read_text("utf-8"))
    assert (record["rows"], record["sha256"], record["connection"]) == (3, file["sha256"], "县库")
    assert "reader-secret" not in json.dumps(record)


def test_a_changed_row_is_a_new_version(
    empty_house: House, postgres: pgserver.Server, table: psycopg.Connection[Any]
) -> None:
    _settings(empty_house, postgres)
    _pull(empty_house)
    table.execute("update permits set owner = '示例丁' where no = '证0002'")
    (file,) = _pull(empty_house)["files"]
    assert (file["read"], file["landed"], file["changed"], file["unchanged"]) == (3, 0, 1, 2)


def test_a_query_from_a_file_over_many_pages(
    empty_house: House, postgres: pgserver.Server, table: psycopg.Connection[Any], tmp_path: Path
) -> None:
    _settings(empty_house, postgres)
    query = tmp_path / "全部.sql"
    query.write_text(
        "select '证' || g as 登记证号, '示例甲' as 养犬人, date '2026-01-01' as 发证日期 from generate_series(1, 45001) g;",
        "utf-8",
    )
    (file,) = _pull(empty_house, "--query-file", str(query))["files"]
    assert (file["read"], file["landed"]) == (45001, 45001)
    assert (
        empty_house.ask("lake", "show", "dog_permit", "--limit", "1")["items"][0]["_file"] == "sql:县库/全部"
    )


def _refusal() -> ShujianError:
    """What refuses a pull in this process; a fault of what the query answered is in the report."""
    try:
        report = pull("dog_permit", "县库")
    except ShujianError as error:
        return error
    assert report.faults
    return BadInput(report.faults)


@pytest.mark.parametrize(
    ("query", "code", "exit_code", "found"),
    [
        ("select * from nothing_there", "bad_query", 2, "nothing_there"),
        ("selct 1", "bad_query", 2, "selct"),
        ("delete from permits", "bad_query", 2, ""),
        ("with gone as (delete from permits returning *) select * from gone", "bad_query", 2, ""),
        ("select 1; commit; drop table permits", "bad_query", 2, ""),
        ("select pg_sleep(30)", "query_timeout", 4, ""),
        ("select * from pg_authid", "no_right", 2, "pg_authid"),
        ("select 1/0 as 登记证号", "bad_query", 2, "22012"),
        ("select no as 编码 from permits", "missing_column", 2, "编码"),
    ],
)
def test_a_query_that_cannot_be_taken(
    empty_house: House, postgres: pgserver.Server, table: psycopg.Connection[Any], query: str, code: str, exit_code: int,
    found: str, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    _settings(empty_house, postgres, timeout=1, queries={"dog_permit": {"坏": query}})
    monkeypatch.setenv("SHUJIAN_HOME", str(empty_house.root))
    monkeypatch.setenv("COUNTY_PASSWORD", "reader-secret")
    error = _refusal()
    assert (error.exit_code, error.faults[0].code) == (exit_code, code)
    assert found in (error.faults[0].found or "")
    assert table.execute("select count(*) from permits").fetchone() == (3,)
    assert datasets() == []


@pytest.mark.parametrize(
    ("changed", "secret", "code"),
    [
        ({}, "wrong-secret", "wrong_password"),
        ({"user": "nobody_known"}, "reader-secret", "wrong_password"),
        ({"database": "no_such"}, "reader-secret", "no_database"),
        ({"port": 1}, "reader-secret", "no_connection"),
        ({"host": "no-such-host.invalid"}, "reader-secret", "no_connection"),
    ],
)
def test_no_way_to_the_server_is_a_sentence_and_exit_4(
    empty_house: House, postgres: pgserver.Server, table: psycopg.Connection[Any], changed: dict[str, Any], secret: str,
    code: str, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    _settings(empty_house, postgres, **changed)
    monkeypatch.setenv("SHUJIAN_HOME", str(empty_house.root))
    monkeypatch.setenv("COUNTY_PASSWORD", secret)
    error = _refusal()
    assert (error.exit_code, error.faults[0].code) == (4, code)
    assert secret not in str(error)


def test_settings_open_to_others_and_passwords_written_into_them_are_refused(
    empty_house: House, postgres: pgserver.Server, table: psycopg.Connection[Any]
) -> None:
    path = _settings(empty_house, postgres)
    path.chmod(0o644)
    assert _pull(empty_house, code=3)["errors"][0]["code"] == "open_to_others"
    _settings(empty_house, postgres, password="reader-secret")
    answer = _pull(empty_house, code=2)
    assert answer["errors"][0]["field"].startswith("connections.县库.password")
    assert "reader-secret" not in json.dumps(answer)
    _settings(empty_house, postgres, password={"file": "secrets/county.password"})
    assert _pull(empty_house, code=4)["errors"][0]["code"] == "no_secret"
    secret = empty_house.root / "secrets" / "county.password"
    secret.parent.mkdir(exist_ok=True)
    secret.write_text("reader-secret\n", "utf-8")
    secret.chmod(0o640)
    assert _pull(empty_house, code=3)["errors"][0]["code"] == "open_to_others"
    secret.chmod(0o600)
    assert _pull(empty_house)["files"][0]["landed"] == 3
    assert _pull(empty_house, "--query", "别的", code=2)["errors"][0]["code"] == "unknown_query"
    wrong = empty_house.ask("lake", "pull", "dog_permit", "--connection", "postgresql://x/y", code=2)
    assert wrong["errors"][0]["code"] == "unknown_connection"


def test_shut_rows_are_not_kept_in_the_snapshot(
    empty_house: House, postgres: pgserver.Server, table: psycopg.Connection[Any]
) -> None:
    """A source that shuts by a rule: the row neither lands nor stays in what was kept of the answer."""
    contract = empty_house.root / "catalogue" / "sources" / "dog_permit.yaml"
    rule = "shut:\n  - {id: gone, says: 不得留存的登记, basis: {law: 示例法}, when: [{field: name, says: [示例乙]}]}\n"
    contract.write_text(contract.read_text("utf-8").replace("subjects:", f"{rule}subjects:"), "utf-8")
    _settings(empty_house, postgres)
    (file,) = _pull(empty_house)["files"]
    assert (file["landed"], file["rejected"]) == (2, 1)
    kept = next((empty_house.root / "lake" / "arrivals" / "dog_permit").glob("sql-*/rows.parquet"))
    assert "示例乙" not in json.dumps(pq.read_table(kept).to_pydict(), ensure_ascii=False)
    assert pq.read_table(kept).num_rows == 2


def test_an_erased_person_leaves_the_snapshots_and_does_not_come_back(
    empty_house: House, postgres: pgserver.Server, table: psycopg.Connection[Any]
) -> None:
    """No byte of the number stays under the home, nor after the database sends the person once more."""
    first17 = "99999919900101001"
    person = first17 + check_character(first17)
    table.execute("update permits set id_card = %s where no = '证0001'", (person,))
    query = QUERY.replace("select no", "select id_card as 身份证号, no")
    _settings(empty_house, postgres, queries={"dog_permit": {"登记证": query}})
    _pull(empty_house)
    assert _telling(empty_house.root, person)
    words = (
        "lake",
        "erase",
        "--person",
        "-",
        "--reason",
        "本人申请删除",
        "--approver",
        "示例检察长",
        "--yes",
    )
    empty_house.ask(*words, given=person)
    assert _telling(empty_house.root, person) == []
    (file,) = _pull(empty_house)["files"]
    assert (file["landed"], _telling(empty_house.root, person)) == (0, [])
    table.execute("update permits set owner = '示例丁' where no = '证0002'")
    (file,) = _pull(empty_house, "--max-rejects", "1")["files"]
    assert (file["changed"], file["rejected"]) == (1, 1)
    assert _telling(empty_house.root, person) == []


def _telling(root: Path, person: str) -> list[str]:
    """Files under a home in which a number stands, tables unpacked."""
    found = []
    for path in sorted(one for one in root.rglob("*") if one.is_file()):
        told = path.read_bytes()
        if path.suffix == ".parquet":
            told += json.dumps(pq.read_table(path).to_pydict(), default=str).encode()
        if person.encode() in told:
            found.append(path.name)
    return found
