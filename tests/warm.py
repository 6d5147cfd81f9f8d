"""A process that has imported the libraries and forks once for every call of ``shujian``.

Starting Python with its libraries costs two seconds of processor time, and the contract tests call the product a
thousand times. Imported beforehand are libraries and those rooms of the product whose import asks nothing of the
environment (a guard refuses it), never Django's rooms: what a call sees of the environment, the working folder, the
streams and the arguments is exactly what a fresh process would see. ``SHUJIAN_COLD=1`` starts every call from nothing.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

LIBRARIES = (
    *("ahocorasick_rs", "click", "cryptography.hazmat.primitives.ciphers.aead", "duckdb", "fastexcel"),
    *("hyperscan", "lxml.etree", "lxml.html", "numpy", "pyarrow.compute", "pyarrow.csv", "pyarrow.dataset"),
    *(
        "pyarrow.parquet",
        "deltalake",
        "pydantic",
        "pypdfium2",
        "rapidfuzz",
        "sqlglot",
        "sqlglot.dialects.duckdb",
    ),
    *(
        "sqlparse",
        "tantivy",
        "typer.main",
        "yaml",
        "asgiref.sync",
        "django.core.management",
        "django.db.models",
    ),
    *("django.db.backends.sqlite3.base", "django.db.migrations.executor", "django.http", "django.template"),
    *(
        "typer._adapters",
        "pydantic.types",
        "pydantic.type_adapter",
        "numpy.ma",
        "django.urls",
        "django.core.mail",
    ),
    *(
        "django.template.defaulttags",
        "django.template.loader_tags",
        "django.views.generic",
        "django.views.debug",
    ),
    *("django.middleware.csrf", "django.contrib.auth.hashers", "django.contrib.auth.password_validation"),
    *("django.db.models.sql.compiler", "cryptography.hazmat.primitives.hmac", "logging.config"),
)
ROOMS = (
    "shujian.lake.read",
    "shujian.lake.service",
    "shujian.supervision.read",
    "shujian.supervision.service",
)
PRODUCT = (sys.executable, "-c", "from shujian.cli.main import main; main()")
INTERPRETER = ("PYTHON", "LC_", "LANG", "LD_")  # these are read when a process starts


class Warm:
    """The process that forks. It ends when the test process does."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._child = subprocess.Popen(
                [sys.executable, __file__, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env={**os.environ, "PYTHONUTF8": "1"},
                stdin=subprocess.DEVNULL,
            )
        self._asked = ours

    def call(
        self, words: Sequence[str], *, given: str, env: dict[str, str], cwd: Path | None
    ) -> subprocess.CompletedProcess[str]:
        """Call ``shujian`` with the words; shape and encoding of the answer as ``subprocess.run`` gives them."""
        told, answer = socket.socketpair()
        with (
            told,
            tempfile.TemporaryFile() as stdin,
            tempfile.TemporaryFile() as stdout,
            tempfile.TemporaryFile() as stderr,
            tempfile.TemporaryFile() as asked,
        ):
            stdin.write(given.encode())
            asked.write(
                json.dumps({"words": list(words), "env": env, "cwd": str(cwd or Path.cwd())}).encode()
            )
            for stream in (stdin, asked):
                stream.seek(0)
            with answer, self._lock:
                streams = [stdin.fileno(), stdout.fileno(), stderr.fileno(), asked.fileno(), answer.fileno()]
                socket.send_fds(self._asked, [b"call"], streams)
            code = told.recv(16)
            if not code:
                raise RuntimeError(
                    "the warm process died; SHUJIAN_COLD=1 shows whether the product is to blame"
                )
            for stream in (stdout, stderr):
                stream.seek(0)
            texts = [stream.read().decode().replace("\r\n", "\n") for stream in (stdout, stderr)]
        return subprocess.CompletedProcess([*PRODUCT, *words], int(code), *texts)


@functools.cache
def warm() -> Warm:
    """The one warm process of this test process."""
    return Warm()


def shujian(
    words: Sequence[str], *, given: str = "", env: dict[str, str], cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Call the product: forked from the warm process, or from nothing where the interpreter itself is told more."""
    told = {name: value for name, value in env.items() if name.startswith(INTERPRETER)}
    same = {**{n: v for n, v in os.environ.items() if n.startswith(INTERPRETER)}, "PYTHONUTF8": "1"}
    if not os.environ.get("SHUJIAN_COLD") and all(same.get(name) == value for name, value in told.items()):
        return warm().call(words, given=given, env=env, cwd=cwd)
    command = [str(Path(sys.executable).with_name("shujian")), *words]
    return subprocess.run(
        command, input=given, capture_output=True, text=True, encoding="utf-8", env=env, cwd=cwd
    )


def _import_rooms() -> None:
    """Import the product's rooms; an import that reads the product's environment would freeze it, and fails."""
    read = os._Environ.__getitem__

    def guarded(environ: os._Environ[str], name: str) -> str:
        if name.startswith("SHUJIAN_"):
            raise RuntimeError(
                f"{name} is read while a module is imported: it must be read when it is needed"
            )
        return read(environ, name)

    os._Environ.__getitem__ = guarded  # type: ignore[method-assign]
    try:
        for name in ROOMS:
            importlib.import_module(name)
    finally:
        os._Environ.__getitem__ = read  # type: ignore[method-assign]


def _serve(asked: socket.socket) -> None:
    """Fork for every call until the test process is gone; return only in a child that has to run the product."""
    for name in LIBRARIES:
        importlib.import_module(name)
    _import_rooms()
    while True:
        message, fds, _, _ = socket.recv_fds(asked, 16, 8)
        if not message:
            os._exit(0)
        if os.fork() == 0:
            asked.close()
            if _minded(fds):
                return
        for fd in fds:
            os.close(fd)
        # minders have ended by themselves: collect them
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass


def _minded(fds: list[int]) -> bool:
    """Fork once more and tell the exit code. True in the process that is to be the product."""
    stdin, stdout, stderr, asked, answer = fds
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        os.write(answer, str(os.waitstatus_to_exitcode(status)).encode())
        os._exit(0)
    os.close(answer)
    for fd, place in ((stdin, 0), (stdout, 1), (stderr, 2)):
        os.dup2(fd, place)
        os.close(fd)
    with os.fdopen(asked, encoding="utf-8") as words:
        told = json.load(words)
    os.environ.clear()
    os.environ.update(told["env"])
    os.chdir(told["cwd"])
    sys.argv = [str(Path(sys.executable).with_name("shujian")), *told["words"]]
    sys.path[0] = str(Path(sys.executable).parent)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    return True


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
    from shujian.cli.main import main

    main()
