"""What must stand before a room is entered: Django set up (which wires the rooms), tables as the code has them."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.apps import apps
from django.core.management import call_command
from django.db import OperationalError, ProgrammingError, connection

from shujian.kernel.home import home, private_folder


def open_rooms() -> None:
    """Make the rooms usable in this process; cheap when called again, one query when nothing is to do."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shujian.server.settings")
    if not apps.ready:
        django.setup()
    prepare_database()


def prepare_database() -> bool:
    """Bring the tables up to the code, if they are behind; answers whether anything was done."""
    private_folder(home().database.parent)
    if not _behind():
        return False
    with _one_at_a_time():
        if not _behind():
            return False
        call_command("migrate", interactive=False, verbosity=0)
    return True


def _behind() -> bool:
    return not _written() <= _applied()


def _written() -> set[tuple[str, str]]:
    found = set()
    for config in apps.get_app_configs():
        folder = Path(config.path) / "migrations"
        found |= {(config.label, file.stem) for file in folder.glob("[0-9]*.py")}
    return found


def _applied() -> set[tuple[str, str]]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations")
            return {(app, name) for app, name in cursor.fetchall()}
    except (OperationalError, ProgrammingError):
        return set()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    path = home().database.parent / "migrate.lock"
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
