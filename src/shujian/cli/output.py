"""What a command prints: one JSON object on stdout with ``--json``; tables and sentences otherwise."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from shujian.kernel.errors import Fault, ShujianError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shujian.kernel.progress import Progress


def wants_json(argv: Sequence[str]) -> bool:
    """Whether the user asked for JSON (errors must then be JSON too)."""
    return "--json" in argv


def _default(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"not printable as JSON: {type(value).__name__}")


def emit_json(command: str, body: Mapping[str, Any]) -> None:
    """Print the one JSON object of a command: ``{"schema": "shujian.<command>/1", …}``."""
    payload = {"schema": f"shujian.{command}/1", **body}
    sys.stdout.write(json.dumps(payload, ensure_ascii=False, default=_default) + "\n")
    sys.stdout.flush()


def open_streams() -> None:
    """Make both streams UTF-8 whatever the locale says; a file name that is no text comes out escaped, and a stream
    that the caller closed swallows what is written.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, io.TextIOWrapper(io.FileIO(os.devnull, "w"), encoding="utf-8"))
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def close_streams() -> int:
    """Write out what is still held; 4 where the place of the answer cannot take it, 0 otherwise. A reader that has
    gone away (a broken pipe) has read enough.
    """
    try:
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nothing more may fail when Python ends
        if isinstance(error, BrokenPipeError):
            return 0
        return report_error(error, as_json=False)
    return 0


def emit_items(command: str, items: Iterable[Mapping[str, Any]], next_cursor: str | None = None) -> None:
    """Print a list: under ``items``, with ``next`` as cursor or null."""
    emit_json(command, {"items": list(items), "next": next_cursor})


def table(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], *, to_stderr: bool = False
) -> None:
    """Print a table for people; plain text without colour where there is no terminal."""
    from rich.console import Console
    from rich.table import Table

    drawn = Table(title=title, title_justify="left", header_style="bold")
    for column in columns:
        drawn.add_column(column, overflow="fold")
    for row in rows:
        drawn.add_row(*("" if value is None else str(value) for value in row))
    stream = sys.stderr if to_stderr else sys.stdout
    Console(file=stream, width=None if stream.isatty() else 140).print(drawn)


def say(sentence: str) -> None:
    """One line for the user, on stderr, so that stdout stays data."""
    sys.stderr.write(sentence + "\n")


def report_error(error: BaseException, *, as_json: bool) -> int:
    """Print an error as the contract has it and answer the exit code. No trace is shown unless asked."""
    # Typer carries a click of its own, so its exceptions are known by what they can do.
    name = type(error).__name__
    if isinstance(error, ShujianError):
        faults, code = error.faults, error.exit_code
    elif name == "Exit":
        return int(getattr(error, "exit_code", 0))
    elif name == "Abort":
        sys.stderr.write("已中断\n")
        return 130
    elif hasattr(error, "format_message"):
        if name == "NoArgsIsHelpError":
            sys.stderr.write(error.format_message() + "\n")
            return 2
        faults, code = (_usage_fault(error.format_message()),), 2
    else:
        faults, code = _accident(error)
    if as_json:
        with suppress(OSError):  # the place of the answer may be the very thing that is broken
            emit_json("error", {"errors": [fault.as_dict() for fault in faults]})
    for fault in faults:
        sys.stderr.write("错误：" + fault.sentence() + "\n")
    return code


def _usage_fault(said: str) -> Fault:
    from shujian.cli.usage import in_chinese

    message, field, found, expected = in_chinese(said)
    return Fault(code="usage", message=f"用法不对：{message}", field=field, found=found, expected=expected)


def _accident(error: BaseException) -> tuple[tuple[Fault, ...], int]:
    from shujian.cli.accidents import environment_fault, internal_fault

    if os.environ.get("SHUJIAN_TRACE"):
        import traceback

        traceback.print_exception(error, file=sys.stderr)
    outside = environment_fault(error)
    return ((outside,), 4) if outside else ((internal_fault(error),), 1)


@contextmanager
def progress() -> Iterator[Progress]:
    """A progress bar with rate on stderr, or silence where there is no terminal."""
    from shujian.kernel.progress import Silent

    if not sys.stderr.isatty():
        yield Silent()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    class Rate(TextColumn):
        def render(self, task: Any) -> Any:
            from rich.text import Text

            return Text(f"{task.speed:,.0f}/秒" if task.speed else "")

    with Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(""),
        TimeElapsedColumn(),
        console=Console(file=sys.stderr),
        transient=False,
    ) as bar:

        class Drawn:
            _task: Any = None

            def begin(self, title: str, total: int | None) -> None:
                self._task = bar.add_task(title, total=total)

            def advance(self, amount: int) -> None:
                if self._task is not None:
                    bar.advance(self._task, amount)

        yield Drawn()
