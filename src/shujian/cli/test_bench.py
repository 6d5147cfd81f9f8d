"""``shujian bench``: one JSON object or a table, and exit 1 behind a whole report."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from shujian.bench import service
from shujian.bench.measure import Item
from shujian.cli.bench import command

ITEM = Item(
    name="a.b",
    title="甲",
    figure=9.0,
    unit="行/秒",
    peer="乙",
    peer_figure=10.0,
    bar=0.8,
    better="higher",
    same=True,
)


@pytest.mark.parametrize(("same", "code"), [(True, 0), (False, 1)])
def test_a_missed_bar_answers_one_behind_everything(
    same: bool, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = [ITEM.as_dict(), replace(ITEM, name="c.d", same=same).as_dict()]
    monkeypatch.setattr(service, "run", lambda names, heard: items)
    told = CliRunner().invoke(command, ["--json"])
    assert told.exit_code == code
    body = json.loads(told.stdout)
    assert body["schema"] == "shujian.bench/1" and len(body["items"]) == 2 and body["next"] is None
    assert ("未达标：c.d" in told.stderr) is (code == 1)
    drawn = CliRunner().invoke(command, [])
    assert drawn.exit_code == code and "a.b" in drawn.stdout and "c.d" in drawn.stdout
