"""The rooms on a real PostgreSQL: their own tests, eight writers of the audit chain, a backup there and back."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import pgserver
from house import House

pytestmark = pytest.mark.lane("postgres")
ROOT = Path(__file__).resolve().parents[2]
SUITES = (
    *("src/shujian/audit/tests/test_chain.py", "src/shujian/audit/tests/test_anchors.py", "src/shujian/keys"),
    *("src/shujian/clues/tests/test_joining.py", "src/shujian/clues/tests/test_merging.py"),
    *("src/shujian/accounts/tests/test_duty.py", "src/shujian/campaigns"),
)
"""Where rows are locked, counted, joined, sealed or constrained; the pages and policies ask the database nothing of its own."""
WRITERS = """
import threading
from shujian.server.start import open_rooms
open_rooms()
from django.db import connection
from shujian.audit import read, service
def write(who):
    for number in range(25):
        service.record(actor=f"cli:{who}", action="clue.show", thing=f"clue:XS{number:06d}")
    connection.close()
threads = [threading.Thread(target=write, args=(who,)) for who in range(8)]
[one.start() for one in threads]
[one.join() for one in threads]
found = read.verify()
print(found.entries, found.ok, found.first_bad)
"""


def _address(server: pgserver.Server, name: str) -> str:
    server.database(name).close()
    return f"postgresql://{pgserver.ADMIN}:{server.password}@127.0.0.1:{server.port}/{name}"


def _python(*words: str, address: str, home: Path) -> str:
    told = {**os.environ, "SHUJIAN_DATABASE_URL": address, "SHUJIAN_HOME": str(home), "PYTHONUTF8": "1",
            "DJANGO_SETTINGS_MODULE": "shujian.server.settings"}  # fmt: skip
    for name in [name for name in told if name.startswith("PYTEST")]:
        del told[name]
    done = subprocess.run([sys.executable, *words], cwd=ROOT, env=told, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    return done.stdout


def test_the_rooms_own_tests_hold(postgres: pgserver.Server, tmp_path: Path) -> None:
    said = _python("-m", "pytest", "-n", "0", *SUITES, address=_address(postgres, "rooms"), home=tmp_path)
    passed = int(said.rsplit(" passed", 1)[0].split()[-1])
    assert passed >= 60, said[-2000:]


def test_eight_writers_leave_one_unbroken_chain(postgres: pgserver.Server, tmp_path: Path) -> None:
    assert _python("-c", WRITERS, address=_address(postgres, "chain"), home=tmp_path).split() == [
        "200",
        "True",
        "None",
    ]


def test_a_backup_goes_from_sqlite_to_postgresql_and_back(
    ran: House, postgres: pgserver.Server, tmp_path: Path
) -> None:
    words = tmp_path / "words"
    words.write_text("示例的口令 correct horse\n", "utf-8")
    words.chmod(0o600)
    address = _address(postgres, "restored")
    more = {"SHUJIAN_BACKUP_PASSPHRASE_FILE": str(words)}
    first, here, back = ran.copy(tmp_path / "first"), House(tmp_path / "here"), House(tmp_path / "back")
    told = first.ask("backup", tmp_path / "a.bak", **more)
    on_postgres = {**more, "SHUJIAN_DATABASE_URL": address}
    assert here.ask("restore", tmp_path / "a.bak", **on_postgres)["tables"] == told["tables"]
    assert (
        here.ask("restore", tmp_path / "a.bak", "--into", back.root, code=2, **on_postgres)["errors"][0][
            "code"
        ]
        == "database_not_empty"
    )
    assert (
        here.ask("audit", "verify", "--anchor", told["audit"]["anchor"], **on_postgres)["anchor_found"]
        is True
    )
    assert here.ask("keys", "rotate", **on_postgres)["left"] == {}
    number = first.ask("clue", "list")["items"][0]["id"]
    words_of_it = ("clue", "show", number, "--unmask", "--reason", "核对恢复")
    shown = first.ask(*words_of_it)["evidence"]
    assert here.ask(*words_of_it, **on_postgres)["evidence"] == shown != []
    rows = "".join(_everything(postgres, "restored"))
    planted = {
        str(value)
        for row in shown
        for name, value in row["fields"].items()
        if value and ("owner" in name or "id_card" in name)
    }
    assert (
        len(planted) >= 2 and [text for text in planted if text in rows or text.encode().hex() in rows] == []
    )
    made = here.ask("backup", tmp_path / "b.bak", **on_postgres)
    assert back.ask("restore", tmp_path / "b.bak", **more)["tables"] == made["tables"]
    assert back.ask(*words_of_it)["evidence"] == shown
    again = first.ask("clue", "list")["items"]
    assert back.ask("clue", "list")["items"] == again


def _everything(server: pgserver.Server, name: str) -> list[str]:
    """Every row of every table as text."""
    with server.connect(name) as connection:
        tables = [
            row[0]
            for row in connection.execute("select tablename from pg_tables where schemaname = 'public'")
        ]
        return [
            str(row[0])
            for table in tables
            for row in connection.execute(f'select t::text from "{table}" t').fetchall()  # type: ignore[call-overload]
        ]
