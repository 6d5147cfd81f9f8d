"""The process: headers, health, database made in one step, settings that are safe unless told."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils.module_loading import import_string

from shujian.kernel.errors import BadInput
from shujian.notify.forms import FORMS
from shujian.server.database import database_settings
from shujian.server.start import prepare_database
from shujian.server.subscriptions import SUBSCRIPTIONS, wire


def run(script: str, home: Path, **told: str) -> str:
    environment = {
        **os.environ,
        "SHUJIAN_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "shujian.server.settings",
        **told,
    }
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.django_db
def test_health_says_ready_and_nothing_else() -> None:
    answer = Client().get("/healthz")
    assert (answer.status_code, json.loads(answer.content)) == (200, {"ready": True})


def test_sqlite_waits_in_line_and_survives_a_power_cut(tmp_path: Path) -> None:
    found = database_settings(None, tmp_path / "x.sqlite3")
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in found["OPTIONS"]["init_command"]


def test_postgresql_by_address_and_nothing_else(tmp_path: Path) -> None:
    found = database_settings("postgresql://shu:p%40ss@db.example:5433/shujian", tmp_path)
    assert (found["NAME"], found["USER"], found["PASSWORD"], found["HOST"], found["PORT"]) == (
        "shujian", "shu", "p@ss", "db.example", "5433",
    )  # fmt: skip
    with pytest.raises(BadInput, match="SHUJIAN_DATABASE_URL"):
        database_settings("mysql://x", tmp_path)


def test_settings_are_safe_unless_told() -> None:
    assert settings.DEBUG is False
    assert settings.SESSION_COOKIE_AGE == 900 and settings.SESSION_SAVE_EVERY_REQUEST
    assert settings.SESSION_COOKIE_HTTPONLY and settings.CSRF_COOKIE_HTTPONLY
    assert settings.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert "*" not in settings.ALLOWED_HOSTS


ASK = "from django.conf import settings as s; print(s.SESSION_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0, s.ALLOWED_HOSTS)"


def test_a_public_address_turns_the_secure_settings_on(tmp_path: Path) -> None:
    assert run(ASK, tmp_path) == "False False ['127.0.0.1', 'localhost', '[::1]']"
    assert run(ASK, tmp_path, SHUJIAN_PUBLIC_URL="https://jian.example") == "True True ['jian.example']"


def test_importing_settings_writes_nothing(tmp_path: Path) -> None:
    run("import shujian.server.settings", tmp_path / "none")
    assert not (tmp_path / "none").exists()


MAKE = "from shujian.server.start import open_rooms, prepare_database as p; open_rooms(); print(p())"


def test_the_database_is_made_once_and_closed_to_others(tmp_path: Path) -> None:
    assert run(MAKE, tmp_path) == "False"
    assert run(MAKE, tmp_path) == "False"
    assert stat.S_IMODE((tmp_path / "db").stat().st_mode) == 0o700


@pytest.mark.django_db
def test_nothing_is_done_when_nothing_is_to_do() -> None:
    assert prepare_database() is False


def test_migrations_hold_what_the_code_says(tmp_path: Path) -> None:
    check = (
        "import django; django.setup()\n"
        "from django.core.management import call_command\n"
        "call_command('makemigrations', check=True, dry_run=True)"
    )
    assert "No changes" in run(check, tmp_path)


def test_subscriptions_can_be_wired_again() -> None:
    wire()
    wire()
    assert {event for event, _ in SUBSCRIPTIONS} == set(FORMS), (
        "whatever is said is subscribed, and nothing else"
    )
    assert all(callable(import_string(path)) for _, path in SUBSCRIPTIONS)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def shujian(home: Path, *words: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "SHUJIAN_HOME": str(home)}
    command = [sys.executable, "-c", "from shujian.cli.main import main; main()", *words]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


ACTIONS = """
from shujian.server.start import open_rooms
open_rooms()
from shujian.audit import read
print(*(entry.action for entry in read.entries(limit=9)))
"""


def next_line(server: subprocess.Popen[str], words: str) -> str:
    """The next line of the server's words that holds these."""
    assert server.stderr
    return next(line for line in server.stderr if words in line)


def worker_of(server: subprocess.Popen[str]) -> int:
    """The process of the worker beside a server, once it says that it works."""
    next_line(server, "后台任务已开始")
    tasks = (Path("/proc") / str(server.pid) / "task").glob("*/children")
    (found,) = [int(child) for task in tasks for child in task.read_text("ascii").split()]
    return found


def test_serve_says_ready_serves_and_ends_cleanly(tmp_path: Path) -> None:
    (tmp_path / "evaluation.json").write_text('{"today": "2026-06-30"}')
    port = free_port()
    server = shujian(tmp_path, "serve", "--port", str(port))
    try:
        assert server.stdout
        ready = server.stdout.readline()
        assert ready == f"READY http://127.0.0.1:{port}/ accounts in {tmp_path}/demo-accounts.json\n"
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
            assert json.load(answer) == {"ready": True}
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/static/plain/plain.css") as answer:
            assert "text/css" in answer.headers["Content-Type"]
        first = worker_of(server)
        os.kill(first, signal.SIGKILL)
        assert "后台任务进程意外结束（-9），1 秒后重新启动" in next_line(server, "意外")
        second = worker_of(server)
        assert second != first and (Path("/proc") / str(second)).exists()
        other = shujian(tmp_path, "serve", "--port", str(port))
        _, said = other.communicate(timeout=60)
        assert (other.returncode, "已被占用" in said) == (4, True)
    finally:
        server.terminate()
    assert server.wait(timeout=30) == 0
    assert not (Path("/proc") / str(second)).exists(), "the worker ends with the server"
    assert "jobs.worker_ended" in run(ACTIONS, tmp_path)
