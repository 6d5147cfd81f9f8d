"""``shujian model propose``: propose the present version of a model; another person lets it pass on the page."""

from __future__ import annotations

from typing import Annotated

import typer

from shujian.cli.output import emit_json, say


def register(group: typer.Typer) -> None:
    """Add the command to ``shujian model``."""
    group.command("propose")(propose)


def propose(
    model: Annotated[str, typer.Argument(help="模型 id 或编号")],
    why: Annotated[str, typer.Option(help="为什么发布这个版本")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")] = False,
) -> None:
    """提出发布模型现在的版本，由另一个人在网页“模型发布与定期运行”里确认。"""
    from shujian.cli.rooms import open_rooms

    actor = open_rooms()
    from shujian.runs import service

    number = service.propose(actor=actor, model=model, why=why)
    if as_json:
        emit_json("model.propose", {"proposal": number})
        return
    say(f"已提出（{number} 号），等另一个人确认")
