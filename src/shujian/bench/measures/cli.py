"""How long a user waits for ``shujian --help``, beside a Python that does nothing."""

from __future__ import annotations

import subprocess
import sys

from shujian.bench.measure import Item, Measure, alternate

BAR_SECONDS = 0.4


def help_seconds() -> list[Item]:
    """Wall seconds of a whole process; the bar is on our own figure."""
    ours, nothing = alternate(
        lambda: _run("from shujian.cli.main import main; main()", "--help"), lambda: _run("pass"), rounds=9
    )
    return [
        Item(
            name="cli.help",
            title="shujian --help",
            figure=ours.wall,
            unit="秒",
            peer="python -c pass",
            peer_figure=nothing.wall,
            bar=BAR_SECONDS,
            better="lower",
            bar_on="figure",
        )
    ]


def _run(code: str, *arguments: str) -> None:
    subprocess.run([sys.executable, "-c", code, *arguments], check=True, stdout=subprocess.DEVNULL)


MEASURES = [Measure("cli.help", "命令行启动", help_seconds)]
