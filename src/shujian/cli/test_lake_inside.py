"""A row sealed by a later delivery: what a person is told to erase, and that nothing of it is left or comes back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from shujian.lake.conftest import lake_home, number, put, traces
from shujian.lake.test_shutting import ADULT, CONVICTED, HEADER

__all__ = ["lake_home", "put"]
ROW = f"4,示例丁,{ADULT},2025-01-01,2025-06-01,12,,\n"


def _ask(*words: str) -> dict[str, Any]:
    """Call ``shujian`` in a process of its own: the JSON object that it prints."""
    command = [sys.executable, "-c", "from shujian.cli.main import main; main()", *words, "--json"]
    done = subprocess.run(command, env=os.environ, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_what_was_sealed_later_is_erased_for_good(lake_home: Path, tmp_path: Path) -> None:
    (lake_home / "catalogue" / "sources" / "t_convicted.yaml").write_text(CONVICTED, "utf-8")
    files = {
        "open.csv": HEADER + ROW + f"6,示例己,{number(6)},2025-01-01,2025-06-01,12,,\n",
        "sealed.csv": HEADER + ROW.replace(",12,,", ",12,是,"),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
        _ask("lake", "ingest", "t_convicted", str(tmp_path / name))
    told = _ask("lake", "seal", "t_convicted")
    assert (told["sealed"], len(told["to_erase"])) == (0, 1)
    assert traces(lake_home, ADULT), "the version that landed is still in its file"
    _ask(
        "lake", "erase", "--row", f"t_convicted/{told['to_erase'][0]}", "--reason", "依法封存",
        "--approver", "分管副检察长", "--basis", "刑事诉讼法第二百八十六条", "--yes",
    )  # fmt: skip
    assert traces(lake_home, ADULT) == []
    assert _ask("lake", "seal", "t_convicted")["to_erase"] == []
    again = _ask("lake", "ingest", "t_convicted", str(tmp_path / "open.csv"), "--max-rejects", "0")
    assert [(one["landed"], one["changed"]) for one in again["files"]] == [(0, 0)]
    assert traces(lake_home, ADULT) == [] and traces(lake_home, number(6))
