"""The choice of an engine on the command line."""

from __future__ import annotations

from typing import Annotated

import typer

from shujian.kernel.errors import BadInput, Fault

Engine = Annotated[str, typer.Option(help="引擎：duckdb，或 spark（先 make spark、shujian spark up）")]


def known_engine(engine: str) -> None:
    """Raises BadInput for a name that is no engine."""
    from shujian.lake.read import ENGINES

    if engine not in ENGINES:
        raise BadInput(
            Fault(code="unknown_engine", message="没有这个引擎", found=engine, expected="、".join(ENGINES))
        )
