"""``shujian lake erase`` and ``shujian lake erasures``: rows taken away for good, and the records of it."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from shujian.cli import output
from shujian.cli.rooms import open_rooms

if TYPE_CHECKING:
    from shujian.lake.read import ErasurePlan
    from shujian.lake.service import Due

AsJson = Annotated[bool, typer.Option("--json", help="只在标准输出打印一个 JSON 对象")]
Reason = Annotated[str, typer.Option("--reason", help="事由，如 本人申请删除；不得写身份证号码")]
Approver = Annotated[str, typer.Option("--approver", help="批准人（职务或姓名）")]
Basis = Annotated[str, typer.Option("--basis", help="依据，如 个人信息保护法第四十七条、文号")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只列出会删掉什么，什么都不动")]
Yes = Annotated[bool, typer.Option("--yes", help="不再询问，直接执行")]


def erase(
    person: Annotated[
        str | None, typer.Option("--person", help="写 -，再从标准输入给出身份证号码（不进命令历史）")
    ] = None,
    subject: Annotated[str | None, typer.Option("--subject", help="线索的 subject_key")] = None,
    batch: Annotated[str | None, typer.Option("--batch", help="批次编号：只由这一批带来的行")] = None,
    row: Annotated[
        list[str] | None,
        typer.Option("--row", help="数据集/行编号（含各版本），可多次；见 lake show --json 的 _row"),
    ] = None,
    reason: Reason = "",
    approver: Approver = "",
    basis: Basis = "",
    dry_run: DryRun = False,
    yes: Yes = False,
    resume: Annotated[bool, typer.Option("--resume", help="把中断的上一次销毁做完")] = False,
    as_json: AsJson = False,
) -> None:
    """依法删除一个人、一个批次或指定的行：数据湖、关键词命中、检索索引、剔除原文、线索，并出具销毁记录。不可恢复。"""
    actor = open_rooms()
    from shujian.runs import service

    if resume:
        with output.progress() as progress:
            record = service.resume_erasure(actor=actor.name, progress=progress)
        _tell(record, as_json)
        return
    target = service.target_of(person=_typed(person), subject_key=subject, batch=batch, rows=_rows(row or ()))
    if dry_run:
        _tell_plan(service.plan_erasure(target, actor=actor.name), as_json)
        return
    service.check_order(reason, approver, basis)
    if not yes:
        _confirm(service.plan_erasure(target, actor=actor.name))
    with output.progress() as progress:
        record = service.erase(
            target, actor=actor.name, reason=reason, approver=approver, basis=basis, progress=progress
        )
    _tell(record, as_json)


def _typed(person: str | None) -> str | None:
    """The number, from standard input: what stands on the command line is kept in histories and shown by ``ps``."""
    from shujian.kernel.errors import BadInput, Fault

    if person is None:
        return None
    if person != "-":
        raise BadInput(
            Fault(code="number_on_line", message="身份证号码不能写在命令行上", field="--person",
                  expected="--person -，再从标准输入给出号码")
        )  # fmt: skip
    if sys.stdin.isatty():
        import getpass

        return getpass.getpass("身份证号码（不显示）：").strip()
    return sys.stdin.readline().strip() or " "


def _rows(told: Sequence[str]) -> Mapping[str, Sequence[str]]:
    from shujian.kernel.errors import BadInput, Fault

    found: dict[str, list[str]] = {}
    for one in told:
        dataset, _, row = one.partition("/")
        if not dataset or not row:
            raise BadInput(
                Fault(code="bad_row", message="行的写法不对", field="--row", found=one[:80],
                      expected="数据集/行编号，如 hotline_order/0123…")
            )  # fmt: skip
        found.setdefault(dataset, []).append(row)
    return found


def _confirm(plan: ErasurePlan) -> None:
    _draw_plan(plan, to_stderr=True)
    _ask()


def _ask() -> None:
    from shujian.kernel.errors import BadInput, Fault

    if not sys.stdin.isatty():
        raise BadInput(
            Fault(
                code="not_confirmed",
                message="删除不可恢复，须明确确认",
                expected="加 --yes；或先用 --dry-run 看看",
            )
        )
    sys.stderr.write("以上内容将被永久删除，不可恢复。确认请输入“删除”：")
    sys.stderr.flush()
    if sys.stdin.readline().strip() != "删除":
        raise BadInput(Fault(code="not_confirmed", message="没有确认，什么都没有删除"))


def _tell_plan(plan: ErasurePlan, as_json: bool) -> None:
    if as_json:
        body = {
            "dry_run": True, "kind": plan.kind, "scope": plan.scope, "datasets": list(plan.datasets),
            "stores": [one.as_dict() for one in plan.stores],
        }  # fmt: skip
        output.emit_json("lake.erase", body)
        return
    _draw_plan(plan, to_stderr=False)
    output.say("只是查看，什么都没有删除。")


def _draw_plan(plan: ErasurePlan, *, to_stderr: bool) -> None:
    rows = [(one["dataset"], one["rows"], one["mentions"], one["files"]) for one in plan.datasets]
    columns = ("数据集", "行（含旧版本）", "其中只是提到此人的他人行", "涉及文件")
    output.table(f"将要删除　{plan.scope}", columns, rows, to_stderr=to_stderr)
    found = [(one.title, one.found) for one in plan.stores if one.found]
    if found:
        output.table("其他存放处", ("存放处", "处数"), found, to_stderr=to_stderr)


def _tell(record: Mapping[str, Any] | None, as_json: bool) -> None:
    if as_json:
        output.emit_json("lake.erase", dict(record) if record else {"number": None, "unfinished": False})
    elif record is None:
        output.say("没有中断的销毁。")
    else:
        from shujian.lake.read import printed_record

        sys.stdout.write(printed_record(record))
    residue = record["scan"]["residue"] if record and record["scan"] else []
    if residue:
        output.say(
            "注意：以上文件里仍有该号码，请自行处理（catalogue 里的证明只能写虚构的人）："
            + "、".join(residue)
        )
    if any(not path.startswith("catalogue/") for path in residue):
        sys.exit(1)


def erasures(
    number: Annotated[str | None, typer.Argument(metavar="[编号]", help="只看一份，如 XH-2026-0001")] = None,
    lift: Annotated[bool, typer.Option("--lift", help="解除这一份的“不得再入库”")] = False,
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """列出销毁记录并核验其先后相扣；--lift 写明理由，解除其中“不得再入库”的限制。"""
    from shujian.kernel.errors import BadInput, Fault
    from shujian.lake import read

    if lift:
        if number is None:
            raise BadInput(Fault(code="no_record", message="解除须写明销毁记录的编号"))
        actor = open_rooms()
        from shujian.runs.service import lift_erasure

        lifted = lift_erasure(number, actor=actor.name, reason=reason)
        if as_json:
            output.emit_json("lake.erasures", {"number": number, "lifted": lifted})
        output.say(f"已解除 {lifted} 项；相应的数据再次导入时照常入库。")
        return
    if number is not None:
        record = read.destruction_record(number)
        if as_json:
            output.emit_json("lake.erasures", record)
        else:
            sys.stdout.write(read.printed_record(record))
        return
    _list(as_json)


def _list(as_json: bool) -> None:
    from shujian.lake import read

    found, bad, left = read.destruction_records(), read.first_bad_record(), read.unfinished_erasure()
    if as_json:
        body = {"ok": bad is None, "first_bad": bad, "unfinished": left["number"] if left else None}
        output.emit_json("lake.erasures", {"items": found, "next": None, **body})
    else:
        rows = [
            (one["number"], read.RECORD_KINDS[one["kind"]], one["scope"], one["reason"], one["approver"],
             sum(told["rows"] for told in one["datasets"]), one["done_at"][:19])
            for one in found
        ]  # fmt: skip
        output.table("销毁记录", ("编号", "种类", "对象", "事由", "批准", "行", "完成"), rows)
        if left:
            output.say(f"有一次销毁没有做完：{left['number']}，用 shujian lake erase --resume 做完")
    if bad:
        output.say(f"错误：销毁记录 {bad} 被改动过，或它前面少了一份")
        sys.exit(1)


def keep_or_release(keep: str | None, release: str | None, reason: str) -> None:
    """Keep a snapshot or release it, on record."""
    actor = open_rooms()
    from shujian.audit.service import record
    from shujian.lake.service import keep_snapshot, release_snapshot

    if keep:
        keep_snapshot(keep, reason, actor.name)
        record(
            actor=actor.name, action="lake.snapshot_keep", thing=f"snapshot:{keep}", detail={"reason": reason}
        )
    if release:
        release_snapshot(release)
        record(actor=actor.name, action="lake.snapshot_release", thing=f"snapshot:{release}")


def retain(
    approver: Approver = "", dry_run: DryRun = False, yes: Yes = False, as_json: AsJson = False
) -> None:
    """清除留存期满的数据：各数据源按协议的留存期限（agreement.retain），从收到之日算起，并出具销毁记录。"""
    from shujian.lake.service import due, retention_target

    dues = due()
    if dry_run or retention_target(dues) is None:
        if as_json:
            output.emit_items("lake.retain", [one.as_dict() for one in dues])
        else:
            _draw_dues(dues, to_stderr=False)
            output.say("只是查看，什么都没有清除。" if dry_run else "没有留存期满的数据。")
        return
    actor = open_rooms()
    from shujian.runs import service

    service.check_order("留存期满", approver, "")
    if not yes:
        _draw_dues(dues, to_stderr=True)
        _ask()
    with output.progress() as progress:
        record = service.retain(actor=actor.name, approver=approver, progress=progress)
    _tell(record, as_json)


def _draw_dues(dues: Sequence[Due], *, to_stderr: bool) -> None:
    rows = [
        (one.dataset, one.retain + ("" if one.stated else "（默认）"), one.cutoff, one.rows, len(one.batches), one.files,
         one.next_on, f"保全快照 {one.held_by}，推迟" if one.held_by else "")
        for one in dues
    ]  # fmt: skip
    columns = ("数据集", "留存", "清除此日以前收到的", "行", "批次", "旧文件", "下一批到期", "")
    output.table("留存期限", columns, rows, to_stderr=to_stderr)


def register(group: typer.Typer) -> None:
    """Add these commands to ``shujian lake``."""
    group.command("erase")(erase)
    group.command("retain")(retain)
    group.command("erasures")(erasures)
