"""Every command is listed with what it puts on record; one that is not fails the build."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from shujian.cli.main import root

FILE = Path(__file__).with_name("commands.txt")
KINDS = {"looks", "records", "register", "free"}
"""looks: shows persons' rows, by the decorator ``reads_persons``; records: what it does is on record in the room that
does it; register: moves rows without showing them, the lake's register keeps what; free: touches no person's data.
"""


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """(name, action of the decorator or empty) of every command that can be called."""
    if hasattr(command, "list_commands"):
        context = click.Context(command) if isinstance(command, click.Command) else None
        for name in command.list_commands(context) if context else command.commands:
            found = command.get_command(context, name) if context else command.commands[name]
            yield from commands(found, (*path, name))
        return
    function, action = command.callback, ""
    while function is not None:
        action = getattr(function, "reads", action)
        function = getattr(function, "__wrapped__", None)
    yield " ".join(path), action


def listed() -> dict[str, tuple[str, str]]:
    """name → (kind, action)."""
    rows = [
        line.split("|") for line in FILE.read_text("utf-8").splitlines() if line and not line.startswith("#")
    ]
    return {name.strip(): (kind.strip(), action.strip()) for name, kind, action in rows}


def test_every_command_is_listed_and_none_besides() -> None:
    found = dict(commands(root))
    assert sorted(set(found) - set(listed())) == [], (
        f"没有列进 {FILE.name} 的命令：写明它看个人数据、留不留痕"
    )
    assert sorted(set(listed()) - set(found)) == []


def test_what_shows_persons_bears_the_decorator_under_the_listed_name() -> None:
    found = dict(commands(root))
    for name, (kind, action) in listed().items():
        assert kind in KINDS, name
        assert found.get(name) == (action if kind == "looks" else ""), name
        assert bool(action) == (kind != "free"), name
