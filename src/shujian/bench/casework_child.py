"""The process in which casework is measured, its rooms open: ``main(rows, rounds)`` prints one JSON line.

It is started with Django set up (``measures/casework``), because the rooms cannot be imported before that.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict

from django.conf import settings

from shujian.bench.casework_data import fill, people, spread
from shujian.bench.casework_pages import measured


def main(rows: int, rounds: int) -> None:
    """Fill the house, let three people look at their lists, tell what they were made to wait."""
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher"
    ]  # of accounts that live a minute
    started = time.perf_counter()
    fill(rows)
    spread()
    everybody = people()
    filled = time.perf_counter() - started
    told = {one.name: asdict(measured(one, rounds)) for one in everybody}
    sys.stdout.write(json.dumps({"filled": filled, "told": told}, ensure_ascii=False) + "\n")
