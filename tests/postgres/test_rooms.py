"""The rooms on a real PostgreSQL: many workers take each job once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import pgserver

pytestmark = pytest.mark.lane("postgres")
JOBS = """
import json, os, pathlib, threading
from shujian.server.start import open_rooms
open_rooms()
from django.db import connection
from shujian.jobs import read, service
FOLDER = pathlib.Path(os.environ["SHUJIAN_HOME"])

def work(arguments):
    with (FOLDER / f"done-{arguments['n']}").open("a") as out:
        out.write("x")
    return "done"

service.offer(service.Kind("test.do", "试做", "__main__.work"))
numbers = []
def put():
    try:
        for n in range(24):
            numbers.append(service.enqueue("test.do", {"n": n}, key=f"k{n}"))
    finally:
        connection.close()
def go():
    try:
        service.Worker().drain()
    finally:
        connection.close()
for target in (put, go):
    threads = [threading.Thread(target=target) for _ in range(4)]
    [one.start() for one in threads]
    [one.join() for one in threads]
print(json.dumps([connection.vendor, len(set(numbers)), read.counts(), sorted(path.read_text() for path in FOLDER.glob("done-*"))]))
"""


def run(script: str, home: Path, server: pgserver.Server, name: str) -> list[object]:
    server.database(name).close()
    environment = {
        **os.environ, "SHUJIAN_HOME": str(home),
        "SHUJIAN_DATABASE_URL": f"postgresql://{pgserver.ADMIN}:{server.password}@127.0.0.1:{server.port}/{name}",
    }  # fmt: skip
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    answer: list[object] = json.loads(done.stdout)
    return answer


def test_four_workers_do_each_job_once(postgres: pgserver.Server, tmp_path: Path) -> None:
    """Also put in by four at once: the same key is the same job."""
    vendor, numbers, counts, done = run(JOBS, tmp_path, postgres, "jobs")
    assert (vendor, numbers, done) == ("postgresql", 24, ["x"] * 24)
    assert counts == {"waiting": 0, "running": 0, "done": 24, "quarantined": 0, "dropped": 0}
