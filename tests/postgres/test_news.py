"""The rooms on a real PostgreSQL: many workers take each job once, a reader of the outbox misses nothing."""

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

OUTBOX = """
import json, threading
from shujian.server.start import open_rooms
open_rooms()
from django.db import connection, transaction
from shujian.accounts.events import DeputyNamed
from shujian.accounts.read import Role
from shujian.clues.tests.people import account
from shujian.kernel.events import publish
from shujian.notify import outbox, read, service
from shujian.notify.models import Item
outbox._soon = lambda: None
one = account("one", Role.CBR)
committed, got, over, all_told, gate = [], [], threading.Event(), threading.Event(), threading.Barrier(4)

def write(first):
    try:
        for n in range(first, first + 12):
            with transaction.atomic():
                publish(DeputyNamed(n, one.id, "2026-06-01", "2026-06-02"))
                if n % 2:
                    gate.wait()  # all four hold an uncommitted item, while others are numbered
                if n % 3 == 0:
                    transaction.set_rollback(True)
            if n % 3:
                committed.append(n)
    finally:
        connection.close()
def deliver():
    try:
        while not over.is_set():
            service.deliver()
    finally:
        connection.close()
def follow():
    at = 0
    try:
        while True:
            last = all_told.is_set()
            found, upto = read.after(one, at, limit=3)
            got.extend((each.seq, Item.objects.get(seq=each.seq).body["absence"]) for each in found)
            at = upto or at
            if last and upto is None:
                return
    finally:
        connection.close()
writers = [threading.Thread(target=write, args=(100 * n,)) for n in range(4)]
others = [threading.Thread(target=target) for target in (deliver, deliver)]
reader = threading.Thread(target=follow)
[each.start() for each in (*writers, *others, reader)]
[each.join() for each in writers]
over.set()
[each.join() for each in others]
service.deliver()
all_told.set()
reader.join()
seqs, told = [seq for seq, _ in got], [n for _, n in got]
own = [[n for n in told if n // 100 == first] for first in range(4)]
print(json.dumps([
    connection.vendor, sorted(told) == sorted(committed), len(told), seqs == list(range(1, len(seqs) + 1)),
    [each == sorted(each) for each in own],
]))
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


def test_a_reader_of_the_outbox_misses_nothing_while_four_write(
    postgres: pgserver.Server, tmp_path: Path
) -> None:
    """Each committed item once and in order, none of what rolled back, though commits overtake each other."""
    vendor, same, many, seqs, ordered = run(OUTBOX, tmp_path, postgres, "outbox")
    assert (vendor, same, many, seqs, ordered) == ("postgresql", True, 32, True, [True] * 4)
