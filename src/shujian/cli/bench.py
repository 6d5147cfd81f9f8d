"""``shujian bench``: every figure beside its peer, in one run; a missed bar answers 1 behind everything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from shujian.cli.output import emit_json, say, table

if TYPE_CHECKING:
    from shujian.bench.measure import Measure

command = typer.Typer(add_completion=False, rich_markup_mode=None)


@command.command()
def bench(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]…", help="测速项或其族名；不写则全部")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")] = False,
    list_names: Annotated[bool, typer.Option("--list", help="只列出测速项，不测")] = False,
) -> None:
    """测速：每项都与同类工具在同一次运行中轮流测量并核对答案；未达标的退出码为 1。"""
    from shujian.bench import registry, service

    if list_names:
        listed = [
            {"name": measure.name, "title": measure.title} for measure in registry.all_measures().values()
        ]
        return emit_json("bench.list", {"items": listed, "next": None}) if as_json else _print_names(listed)
    machine = service.machine()
    items = service.run(names or [], heard=_heard)
    missed = service.missed(items)
    if as_json:
        emit_json("bench", {"items": items, "next": None, "machine": machine})
    else:
        _print(machine, items)
    for item in missed:
        say(f"未达标：{item['name']}（对照 {item['peer']}）{_why(item)}")
    if missed:
        raise typer.Exit(1)
    return None


def _heard(measure: Measure, items: list[dict[str, Any]]) -> None:
    verdicts = "、".join(f"对照 {item['peer']} {_verdict(item)}" for item in items)
    say(f"{measure.name}：{verdicts}")


def _print(machine: dict[str, Any], items: list[dict[str, Any]]) -> None:
    packages = "，".join(f"{name} {version}" for name, version in machine["packages"].items() if version)
    say(f"机器：{machine['processor']}，{machine['cores']} 核，内存 {machine['memory']}")
    say(f"版本：Python {machine['python']}，{packages}；测前负载 {machine['load_before']}")
    columns = ["项目", "本系统", "单位", "对照", "对照值", "比值", "要求", "结论", "答案", "行数", "峰值 MB"]
    table("测速", columns, [_row(item) for item in items])


def _row(item: dict[str, Any]) -> list[str]:
    return [
        item["name"],
        _number(item["figure"]),
        item["unit"],
        item["peer"],
        _number(item["peer_figure"]),
        _number(item["ratio"]),
        _bar(item),
        _verdict(item),
        _answers(item),
        f"{item['rows']:,}",
        f"{item['peak_mb']:.0f}",
    ]


def _print_names(listed: list[dict[str, str]]) -> None:
    table("测速项", ["名称", "内容"], [[entry["name"], entry["title"]] for entry in listed])


def _number(value: float | None) -> str:
    if value is None:
        return "—"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def _bar(item: dict[str, Any]) -> str:
    sign = "≥" if item["better"] == "higher" else "≤"
    return f"{'本值' if item['bar_on'] == 'figure' else '比值'} {sign} {item['bar']:g}"


def _verdict(item: dict[str, Any]) -> str:
    return {True: "达标", False: "未达标", None: "未测"}[item["pass"]]


def _answers(item: dict[str, Any]) -> str:
    return {True: "相同", False: "不同", None: "—"}[item["same"]]


def _why(item: dict[str, Any]) -> str:
    if item["same"] is False:
        return "：答案与对照不同"
    held = item["figure"] if item["bar_on"] == "figure" else item["ratio"]
    return f"：{_number(held)}，要求{_bar(item)}"
