"""``shujian lake``: ingest files and look at what has landed."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from shujian.cli import arrivals, lake_erase, lake_inside, lake_quality, lake_upkeep, output, search
from shujian.cli.doubts import doubts
from shujian.cli.lake_firms import firms
from shujian.cli.landed import follow, tell
from shujian.cli.rooms import reads_persons

if TYPE_CHECKING:
    from shujian.lake.read import Snapshot

group = typer.Typer(no_args_is_help=True, help="数据湖：导入、数据集、剔除行、质量、快照")

AsJson = Annotated[bool, typer.Option("--json", help="只在标准输出打印一个 JSON 对象")]
Dataset = Annotated[str, typer.Argument(metavar="DATASET", help="数据集编号（与数据源相同）")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=100_000, help="最多几条")]


@group.command("ingest")
def ingest(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="数据源编号，见 shujian source list")],
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help="表格文件；或装着文书（HTML、DOCX、PDF、TXT）的文件夹"),
    ],
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="数据截止日")
    ] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help="工作表名")] = None,
    max_rejects: Annotated[str, typer.Option("--max-rejects", help="剔除上限，如 5% 或 100")] = "5%",
    as_json: AsJson = False,
) -> None:
    """导入文件。坏行连同原因另存，好行入库；同一份文件再导入不增加任何行；一个文件被拒不影响其他文件。"""
    from shujian.lake.service import ingest as land

    with output.progress() as progress:
        report = land(
            source,
            files,
            as_of=as_of.date() if as_of else None,
            sheet=sheet,
            max_rejects=max_rejects,
            progress=progress,
        )
        follow(report, progress)
    tell(report, "lake.ingest", as_json=as_json)


AsOf = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="当时已知的样子：到这一天为止（中国时间）收到的数据"),
]


group.command("firms")(firms)


@group.command("datasets")
def datasets(as_of: AsOf = None, as_json: AsJson = False) -> None:
    """列出已有数据的数据集：行数、版本、数据截止日、是否过期。"""
    from shujian.lake.read import datasets as every

    found = every(as_of.date() if as_of else None)
    if as_json:
        output.emit_items("lake.datasets", [one.as_dict() for one in found])
        return
    fresh = {True: "是", False: "已过期", None: "未知"}
    rows = [
        (
            one.id,
            one.title,
            f"{one.rows:,}",
            one.version,
            one.batches,
            one.extract_on or "未知",
            fresh[one.fresh],
            f"{one.due_on}（逾期未到）" if one.overdue else one.due_on,
        )
        for one in found
    ]
    columns = ("编号", "名称", "行数", "版本", "批次", "数据截止日", "在时效内", "下次应到")
    output.table("数据集", columns, rows)


@group.command("show")
@reads_persons("lake.show", lambda **told: f"dataset:{told['dataset']}")
def show(
    dataset: Dataset,
    limit: Limit = 20,
    snapshot: Annotated[
        str | None, typer.Option("--snapshot", help="读旧快照，编号见 lake snapshots")
    ] = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """看一个数据集的行。姓名、证件号、电话和文本中的号码一律遮盖。"""
    from shujian.kernel.masking import mask_value
    from shujian.lake.read import open_session, source

    contract = source(dataset)
    seen = _seen(snapshot, as_of.date() if as_of else None)
    with open_session(seen) as session:
        view = session.attach(dataset)
        rows = session.sql(
            f'select * from {view} order by _file, _sheet, _line, "_row" limit {limit}'
        ).to_pylist()
        total = int(session.sql(f"select count(*) as n from {view}")["n"][0].as_py())
    kinds = {field.id: field.type for field in contract.fields}
    places = ("_row", "_file", "_sheet", "_line", "_batch", "_as_of")
    items: list[dict[str, Any]] = [
        {
            **{name: mask_value(kinds[name], row[name]) for name in kinds},
            "_extra": mask_value("text", row["_extra"]),
            **{name: row[name] for name in places},
        }
        for row in rows
    ]
    if as_json:
        output.emit_json(
            "lake.show",
            {"dataset": dataset, "snapshot": seen.id, "rows": total, "items": items, "next": None},
        )
        return
    filled = [name for name in kinds if any(item[name] is not None for item in items)]
    titles = [field.title for field in contract.fields if field.id in filled]
    shown = [[*(item[name] for name in filled), f"{item['_file']}:{item['_line']}"] for item in items]
    output.table(
        f"{contract.title}　共 {total:,} 行（显示 {len(items)} 行，已遮盖）", [*titles, "来处"], shown
    )


def _seen(snapshot: str | None, as_of: date | None) -> Snapshot:
    from shujian.kernel.errors import BadInput, Fault
    from shujian.lake import read

    if snapshot and as_of:
        raise BadInput(Fault(code="two_pasts", message="--snapshot 和 --as-of 只能写一个"))
    if as_of:
        return read.snapshot_as_of(as_of)
    return read.snapshot(snapshot) if snapshot else read.pin()


@group.command("snapshots")
def snapshots(
    keep: Annotated[
        str | None, typer.Option("--keep", help="保全这个快照：留存期满和删除都不动它的数据")
    ] = None,
    release: Annotated[str | None, typer.Option("--release", help="解除保全")] = None,
    reason: Annotated[str, typer.Option("--reason", help="保全的理由")] = "",
    as_json: AsJson = False,
) -> None:
    """列出快照。每次运行都钉在一个快照上；快照编号由内容算出，内容相同编号就相同。"""
    from shujian.lake.read import kept
    from shujian.lake.read import snapshots as every

    if keep or release:
        lake_erase.keep_or_release(keep, release, reason)
    held = kept()
    items: list[dict[str, Any]] = [
        {
            "id": one.id, "pinned_at": one.pinned_at, "kept": held.get(one.id, {}).get("reason"),
            "datasets": {
                name: {"version": pin.version, "rows": pin.rows, "extract_on": pin.extract_on}
                for name, pin in one.datasets.items()
            },
        }
        for one in every()
    ]  # fmt: skip
    if as_json:
        output.emit_items("lake.snapshots", items)
        return
    rows = [(item["id"], item["pinned_at"], len(item["datasets"]), item["kept"]) for item in items]
    output.table("快照", ("编号", "时间", "数据集数", "保全"), rows)


@group.command("rejects")
@reads_persons("lake.rejects", lambda **told: f"batch:{told['batch']}")
def rejects(
    batch: Annotated[str, typer.Argument(metavar="BATCH", help="批次编号")], as_json: AsJson = False
) -> None:
    """列出一个批次剔除的行：文件、行号、字段、实际、应为、原文。"""
    from shujian.lake.read import rejects as every

    found = every(batch)
    if as_json:
        output.emit_items("lake.rejects", [one.as_dict() for one in found])
        return
    rows = [(one.file, one.sheet, one.line, one.field, one.found, one.expected, one.code) for one in found]
    output.table(f"批次 {batch} 的剔除行", ("文件", "工作表", "行", "字段", "实际", "应为", "原因"), rows)


group.command("doubts")(doubts)


@group.command("cover")
def cover(
    dataset: Dataset,
    since: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="从哪一天起")],
    until: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="到哪一天止（含）")],
    stated_by: Annotated[str, typer.Option("--stated-by", help="谁在哪份函件里声明的")],
    area: Annotated[list[str] | None, typer.Option("--area", help="只限这些区划，可多次")] = None,
    gap: Annotated[
        list[str] | None, typer.Option("--gap", help="缺口，如 2025-03-01..2025-03-31:系统停用，可多次")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="先撤回以前声明的")] = False,
    as_json: AsJson = False,
) -> None:
    """登记提供单位的书面声明：某段时间、某些区划的数据是完整的。没有声明，“没有记录”不能当作证明。"""
    from shujian.lake.service import Coverage, declare_coverage

    gaps = tuple(_gap(text) for text in gap or ())
    claim = Coverage(since.date(), until.date(), tuple(area or ()), True, gaps, stated_by)
    snapshot = declare_coverage(dataset, [claim], replace=replace)
    if as_json:
        output.emit_json("lake.cover", {"dataset": dataset, "snapshot": snapshot})
        return
    output.say(f"已登记；新快照 {snapshot}")


def _gap(text: str) -> Any:
    from shujian.kernel.errors import BadInput, Fault
    from shujian.lake.service import Gap

    span, _, why = text.partition(":")
    first, _, last = span.partition("..")
    try:
        return Gap(date.fromisoformat(first), date.fromisoformat(last or first), (), why)
    except ValueError:
        expected = "2025-03-01..2025-03-31:原因"
        raise BadInput(
            Fault(code="bad_gap", message="缺口写法不对", field="--gap", found=text, expected=expected)
        ) from None


arrivals.register(group)
lake_erase.register(group)
lake_upkeep.register(group)
search.register(group)
lake_inside.register(group)
lake_quality.register(group)
