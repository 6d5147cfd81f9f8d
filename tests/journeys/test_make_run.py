"""``make run`` from outside: the port first, the county once, READY as the last line, a clean end on SIGTERM."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

from house import House

ROOT = Path(__file__).resolve().parents[2]


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _start(house: House, port: int) -> tuple[subprocess.Popen[str], list[str]]:
    """Start and read until READY; answer the process and what it said."""
    command = [sys.executable, "deploy/run.py", "--port", str(port), "--rows", "", "--open", "0"]
    child = subprocess.Popen(command, cwd=ROOT, env=house.environment(), stdout=subprocess.PIPE, text=True)
    said: list[str] = []
    assert child.stdout is not None
    for line in child.stdout:
        said.append(line.rstrip("\n"))
        if line.startswith("READY"):
            break
    return child, said


def _stop(child: subprocess.Popen[str]) -> str:
    child.send_signal(signal.SIGTERM)
    rest, _ = child.communicate(timeout=30)
    assert child.returncode == 0
    return rest


def test_a_taken_port_is_a_sentence_and_exit_4_before_any_work(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen(1)
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "deploy/port.py", str(port)], cwd=ROOT, capture_output=True, text=True
        )
    assert done.returncode == 4
    assert f"端口 {port} 已被别的程序占用" in done.stderr and "Traceback" not in done.stderr


def test_it_serves_the_county_and_starts_quickly_again(county: House, tmp_path: Path) -> None:
    house, port = county.copy(tmp_path / "home"), _free_port()
    child, said = _start(house, port)
    try:
        accounts = house.root / "demo-accounts.json"
        assert said[-1] == f"READY http://127.0.0.1:{port}/ accounts in {accounts}"
        assert any("8,168" in line and "13,565" in line for line in said)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            assert answer.status == 200 and json.load(answer) == {"ready": True}
        assert accounts.stat().st_mode & 0o777 == 0o600
    finally:
        assert _stop(child) == "", "READY is the last line"
    child, said = _start(house, port)
    _stop(child)
    assert any("直接使用" in line for line in said), "the county is made once"
