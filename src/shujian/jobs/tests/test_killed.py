"""A worker that is really killed in the middle of a job: another takes the job up when the lease is over."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

START = """
import json, os, pathlib, sys
from datetime import timedelta
from shujian.server.start import open_rooms
open_rooms()
from shujian.jobs import read, service
from shujian.kernel.clock import now
FILE = pathlib.Path(os.environ["SHUJIAN_HOME"]) / "calls"

def work(arguments):
    with FILE.open("a") as out:
        out.write("x")
    if len(FILE.read_text()) == 1:
        os.kill(os.getpid(), 9)
    return "done"

service.offer(service.Kind("test.kill", "试做", "__main__.work"))
worker = service.Worker()
"""
FIRST = 'service.enqueue("test.kill", {}, key="k")\nworker.drain()'
SECOND = """
waited = [worker.drain(), service.sweep(now() + timedelta(minutes=2))]
told = read.jobs(name="test.kill")[0]
waited.append(told.error)
from shujian.jobs.models import Job
from django_tasks_db.models import DBTaskResult
Job.objects.update(due_at=now()); DBTaskResult.objects.filter(status="READY").update(run_after=now())
waited.append(worker.drain())
told = read.jobs(name="test.kill")[0]
print(json.dumps([*waited, told.state, told.attempts, FILE.read_text()], ensure_ascii=False))
"""


def _run(home: Path, script: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SHUJIAN_HOME": str(home)}
    return subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True)


def test_a_killed_worker_loses_nothing(tmp_path: Path) -> None:
    assert _run(tmp_path, START + FIRST).returncode == -signal.SIGKILL
    done = _run(tmp_path, START + SECOND)
    assert done.returncode == 0, done.stderr
    before, swept, error, after, state, attempts, calls = json.loads(done.stdout)
    assert (before, swept, after) == (0, 1, 1), "not taken up before its lease is over, then once"
    assert error == "运行它的进程中断（被终止、断电或崩溃）"
    assert (state, attempts, calls) == ("done", 2, "xx")
