"""``shujian demo``: the invented county, its clues, and how they compare with what was planted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from shujian.cli.output import emit_json, progress, say, table

if TYPE_CHECKING:
    from shujian.demo.service import Report

app = typer.Typer(add_completion=False)


@app.command()
def demo(
    rows: Annotated[
        int, typer.Option(min=1, help="全部数据源合计的行数；不足以容纳埋设内容时自动加到够用")
    ] = 1_250_000,
    seed: Annotated[
        int, typer.Option(min=0, help="随机种子：同一种子、同一行数得到逐字节相同的文件")
    ] = 20260630,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="先清空本目录里的示例县（须确认；正式数据目录会拒绝）")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="清空时不再询问")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")] = False,
) -> None:
    """生成虚构的示例县并跑完全部模型，与埋设的真相比对；漏报或误报则退出码为 1。"""
    from shujian.cli.rooms import open_rooms

    actor = open_rooms()
    from shujian.demo import service

    if fresh:
        service.refuse_real_data()
        if not yes:
            typer.confirm(
                "将删除本目录里示例县的数据湖、数据库、线索和账号，是否继续？", abort=True, err=True
            )
        service.wipe_demo()
        actor = open_rooms()
    with progress() as shown:
        report = service.build_demo(actor=actor, seed=seed, rows=rows, progress=shown)
    if as_json:
        emit_json("demo", report.item())
    else:
        _print(report)
    if not report.clean:
        raise typer.Exit(1)


def _print(report: Report) -> None:
    columns = ("模型", "等级", "埋设", "找到", "漏报", "误报")
    lines = []
    for verdict in report.verdicts:
        counted = [*verdict.grade.items(), ("可能有记录", verdict.possible), ("无法判断", verdict.unknown)]
        lines += [
            (verdict.model, name, each["planted"], each["found"], each["missed"], each["false"])
            for name, each in counted if any(each.values())
        ]  # fmt: skip
    table(f"示例县：种子 {report.seed}，{report.rows:,} 行，{report.seconds:.0f} 秒", columns, lines)
    case = report.seed_case
    say(
        f"涉刑 {case['convicted']:,} 人 × 在编 {case['establishment']:,} 人 → 重合 {case['overlap']} 人 → "
        f"未见处分 {case['undisciplined']} 人，其中教育系统 {case['education']} 人"
    )
    say(
        f"受环保处罚未申报 {case['env_tax_firms']} 家，估算税额 {case['env_tax_low']} 至 {case['env_tax_high']} 元（线索估算，非税额认定）"
    )
    say(
        f"工地、持证单位排查未申报 {case['env_tax_sweep']} 条，估算税额 {case['env_tax_sweep_low']} 至 "
        f"{case['env_tax_sweep_high']} 元（线索估算，非税额认定）"
    )
    say(f"涉爆社区矫正对象在矫期间再涉爆 {case['correction']} 人")
    say(f"反向移送行政机关应予行政处罚线索 {case['reverse']} 条（不起诉后未移送、超期移送、未审结、未回复）")
    say(f"卫健、交通领域行政违法线索 {case['urged']} 条（未执行、超期、吊证未注销、失效依据、罚款悬殊）")
    for told in [told for verdict in report.verdicts for told in verdict.differences][:30]:
        say("不符：" + told)
    if report.clean:
        say("与埋设的真相逐条一致：没有漏报，没有误报。")


command = app
