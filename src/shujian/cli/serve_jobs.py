"""The worker beside ``shujian serve``: a process of its own that ends with the server and is started again if it falls."""

from __future__ import annotations

import subprocess
import sys
import threading

from shujian.cli.output import say

_COMMAND = ("-c", "from shujian.cli.main import main; main()", "jobs", "work", "--beside-server")
_FIRST, _MOST = 1.0, 60.0
"""Seconds before a fallen worker is started again: doubled while it keeps falling within a minute."""


class Beside:
    """Keeps one worker alive until ``stop``."""

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        """Start it; call once the server is ready."""
        self._thread.start()

    def stop(self, patience: float = 10.0) -> None:
        """End it: the job in hand has ``patience`` seconds, after that it is taken up again when its lease ends."""
        self._stopped.set()
        process = self._process
        if process is not None:
            process.terminate()
            try:
                process.wait(patience)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if self._thread.is_alive():
            self._thread.join(patience)

    def _keep(self) -> None:
        wait = _FIRST
        while not self._stopped.is_set():
            clock = threading.Event()
            timer = threading.Timer(_MOST, clock.set)
            timer.daemon = True
            timer.start()
            self._process = subprocess.Popen([sys.executable, *_COMMAND], stdin=subprocess.PIPE)
            if self._stopped.is_set():
                self._process.terminate()
            code = self._process.wait()
            timer.cancel()
            if self._stopped.is_set():
                return
            wait = _FIRST if clock.is_set() else wait
            say(f"后台任务进程意外结束（{code}），{wait:.0f} 秒后重新启动")
            _tell(code)
            self._stopped.wait(wait)
            wait = min(wait * 2, _MOST)


def _tell(code: int) -> None:
    """On record, and to the system administrators; a database that is not there must not end the server."""
    from django.db import Error, connection

    from shujian.jobs import service

    try:
        service.worker_ended(code)
    except Error as error:
        say(f"没有记入审计：{type(error).__name__}")
    finally:
        connection.close()
