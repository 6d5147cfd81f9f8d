"""Destruction records (销毁记录): numbered without gaps, each sealed to the one before by SM3, printable."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shujian.kernel import backups
from shujian.kernel.canonical import canonical, digest
from shujian.kernel.clock import today
from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.home import home, private_folder

GENESIS = "0" * 64
KINDS = {"person": "个人", "batch": "批次", "rows": "指定的行", "retention": "留存期满"}
BACKUPS = "SHUJIAN_BACKUP_DAYS"
"""Environment: for how many days backups made before still hold what was erased."""


def folder() -> Path:
    """Where the records lie."""
    return home().root / "erasures"


def records() -> list[dict[str, Any]]:
    """Every record, oldest first."""
    return [json.loads(path.read_text("utf-8")) for path in sorted(folder().glob("XH-*.json"))]


def record(number: str) -> dict[str, Any]:
    """One record. Raises BadInput."""
    found = next((one for one in records() if one["number"] == number), None)
    if found is None:
        raise BadInput(
            Fault(code="unknown_record", message="没有这份销毁记录", found=number[:40],
                  expected="shujian lake erasures 列出的编号")
        )  # fmt: skip
    return found


def next_number() -> str:
    """``XH-2026-0003``: the next of this year."""
    year = f"XH-{today().year}-"
    taken = [int(path.stem.removeprefix(year)) for path in folder().glob(f"{year}*.json")]
    return f"{year}{max(taken, default=0) + 1:04d}"


def first_bad() -> str | None:
    """Number of the first record that was changed or follows a missing one; None where the chain is whole."""
    prev = GENESIS
    for one in records():
        body = {name: value for name, value in one.items() if name != "sm3"}
        if one["prev"] != prev or one["sm3"] != digest(body):
            return str(one["number"])
        prev = one["sm3"]
    return None


def keep(body: Mapping[str, Any]) -> dict[str, Any]:
    """Seal a record to the one before and write it, for machines and for paper. Kept once by its number."""
    path = private_folder(folder()) / f"{body['number']}.json"
    if path.exists():
        return dict(json.loads(path.read_text("utf-8")))
    before = records()
    whole = {**json.loads(canonical(body)), "prev": before[-1]["sm3"] if before else GENESIS}
    whole["sm3"] = digest(whole)
    _write(path.with_suffix(".txt"), printed(whole))
    _write(path, json.dumps(whole, ensure_ascii=False, indent=1))
    return whole


def _write(path: Path, text: str) -> None:
    draft = path.with_name(path.name + ".draft")
    draft.write_text(text, "utf-8")
    draft.chmod(0o600)
    handle = os.open(draft, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)
    draft.replace(path)


def backups_hold() -> str:
    """What backups still hold, and until when: those that ``shujian backup`` made, and others as the operator has told."""
    made = "；".join(
        f"{one.number}（{one.made_at[:10]} 制作，保存到 {one.keep_until}，{one.file}）"
        for one in backups.standing()
    )
    mine = f"登记在册、仍含被销毁内容的备份：{made}；其间如从备份恢复，须再执行本次销毁。" if made else ""
    told = os.environ.get(BACKUPS, "")
    if told.isdigit():
        others = "另行制作的" if made else ""
        return (
            f"{mine}此前{others}备份至多再保存 {int(told)} 天，到期清除；其间如从备份恢复，须再执行本次销毁"
        )
    if made:
        return f"{mine}另行制作的备份没有登记（环境变量 {BACKUPS}，天数）"
    return f"没有登记备份的保存期限（环境变量 {BACKUPS}，天数）；此前的备份仍含被销毁的内容，须另行清除"


def printed(body: Mapping[str, Any]) -> str:
    """The record on paper."""
    lines = [
        "销毁记录", f"编号：{body['number']}", f"种类：{KINDS[body['kind']]}", f"对象：{body['scope']}",
        f"事由：{body['reason']}", f"依据：{body['basis'] or '（未填）'}", f"批准：{body['approver']}",
        f"经办：{body['actor']}", f"开始：{body['began_at']}", f"完成：{body['done_at']}", "", "数据集",
    ]  # fmt: skip
    for one in body["datasets"]:
        lines.append(
            f"  {one['dataset']}：删除 {one['rows']} 行（其中当前行 {one['current']}，恢复为当前的旧版本 {one['restored']}，"
            f"只是提到此人的他人行 {one['mentions']}），删除数据文件 {one['files']} 个"
        )
        lines.append(f"    内容摘要　前 {one['content_before']}　后 {one['content_after']}")
        if one["withdrawn"]:
            until = "全部" if one["withdrawn"] == "all" else f"{one['withdrawn']} 及以前的部分"
            lines.append(f"    完整性声明{until}不再有效，须提供单位重新声明")
    lines += ["", "其他存放处"]
    for one in body["stores"]:
        note = f"（{one['note']}）" if one["note"] else ""
        lines.append(f"  {one['title']}：查到 {one['found']}，清除 {one['removed']}{note}")
    scan = body["scan"]
    lines += [
        "", f"快照　前 {body['snapshot_before']}　后 {body['snapshot_after']}",
        f"不能再读的旧快照：{len(body['snapshots_lost'])} 个；不能再重放的运行：{len(body['runs_lost'])} 次",
        f"核验扫描：{scan['files']} 个文件，仍含该号码的 {len(scan['residue'])} 个" if scan else "核验扫描：不适用",
    ]  # fmt: skip
    lines += [f"  {path}" for path in (scan["residue"] if scan else [])]
    lines += [
        f"备份：{body['backups']}",
        f"防止再入库：{body['kept_out']} 项",
        "",
        "批准人签字：　　　　　　经办人签字：",
    ]
    return "\n".join(lines) + f"\n\n上一份摘要（SM3）：{body['prev']}\n"
