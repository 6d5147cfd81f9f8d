"""``shujian evaluate``: how right every matcher and reader is; a missed bar answers 1 behind everything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from shujian.cli.output import emit_json, say, table

if TYPE_CHECKING:
    from shujian.evaluation.scores import Score, Task

command = typer.Typer(add_completion=False, rich_markup_mode=None)


@command.command()
def evaluate(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[TASK]…", help="评测项或其族名；不写则全部")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")] = False,
    list_names: Annotated[bool, typer.Option("--list", help="只列出评测项，不测")] = False,
) -> None:
    """评测：对照真相量准确率、召回率和 F1，并列出基线；未达标的退出码为 1。缺参考数据的项跳过并说明。"""
    from shujian.evaluation import service

    if list_names:
        listed = [{"name": task.name, "title": task.title} for task in service.all_tasks().values()]
        if as_json:
            return emit_json("evaluate.list", {"items": listed, "next": None})
        return table("评测项", ["名称", "内容"], [[one["name"], one["title"]] for one in listed])
    scores, left = service.run(names or [], heard=_heard)
    if as_json:
        emit_json(
            "evaluate", {"items": [score.as_dict() for score in scores], "next": None, "left_out": left}
        )
    else:
        _print(scores)
    missed = [score for score in scores if score.passed is False]
    for score in missed:
        say(f"未达标：{score.task}（{score.title}），要求{_bars(score)}")
    if missed:
        raise typer.Exit(1)
    return None


def _heard(task: Task, answer: list[Score] | str) -> None:
    if isinstance(answer, str):
        say(f"跳过 {task.name}：{answer}")
        return
    say(f"{task.name}：" + "；".join(f"{score.title} F1 {_number(score.f1)}" for score in answer))


def _print(scores: list[Score]) -> None:
    columns = [
        "评测项",
        "内容",
        "行数",
        "准确率",
        "召回率",
        "F1",
        "95% 区间",
        "基线",
        "基线 F1",
        "要求",
        "结论",
    ]
    rows = [
        [
            score.task, score.title, f"{score.rows:,}", _number(score.precision), _number(score.recall),
            _number(score.f1), f"{_number(score.low)}—{_number(score.high)}", score.baseline,
            _number(score.baseline_f1), _bars(score), {True: "达标", False: "未达标", None: ""}[score.passed],
        ]
        for score in scores
    ]  # fmt: skip
    table("评测", columns, rows)
    for score in scores:
        if score.note:
            say(f"{score.task}：{score.note}")


def _number(value: float | None) -> str:
    return "—" if value is None else f"{value:.4f}"


def _bars(score: Score) -> str:
    words = {"precision": "准确率", "recall": "召回率", "f1": "F1"}
    least = [f"{words.get(name, name)} ≥ {bar:g}" for name, bar in score.bars.items()]
    return "，".join([*least, *(f"{words.get(name, name)} ≤ {bar:g}" for name, bar in score.most.items())])
