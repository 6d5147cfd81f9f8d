"""What ``shujian doctor`` finds, and its look at agreements and deliveries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shujian.kernel.errors import ShujianError
from shujian.kernel.home import Home


@dataclass(frozen=True)
class Finding:
    """One check: what was found and, where it is not well, what to do. A hint does not fail the command."""

    check: str
    ok: bool
    found: str
    remedy: str | None = None
    hint: bool = False

    @property
    def mark(self) -> str:
        """How a person reads it."""
        if self.ok:
            return "好"
        return "提示" if self.hint else "要处理"

    def as_item(self) -> dict[str, str | bool | None]:
        """The contract's item."""
        return {
            "check": self.check,
            "ok": self.ok,
            "found": self.found,
            "remedy": None if self.ok else self.remedy,
            "hint": self.hint,
        }


def agreements(_: Home) -> Iterator[Finding]:
    """Agreements that have ended, and deliveries that are overdue; only of sources whose data are here."""
    from shujian.kernel.clock import today
    from shujian.lake.read import agreement_state, datasets, sources

    try:
        landed, known = datasets(), sources()
    except (ShujianError, OSError):  # the checks of the catalogue and of the folders tell what is wrong there
        return
    states = {one.id: agreement_state(known[one.id], today()) for one in landed if one.id in known}
    for state, words, hint in (
        ("expired", "协议已到期", False), ("pending", "协议尚未生效", False), ("ending", "协议三十天内到期", True),
    ):  # fmt: skip
        named = [
            f"{known[name].title}（{known[name].agreement.from_ if state == 'pending' else known[name].agreement.expires}）"
            for name, told in states.items()
            if told == state
        ]
        if named:
            remedy = "有了新的协议，用 shujian source agree 登记；没有的，导入和运行都停止，并按约定删除"
            yield Finding(f"agreement_{state}", False, f"{words}：{'、'.join(named)}", remedy, hint)
    overdue = [f"{one.title}（应于 {one.due_on}）" for one in landed if one.overdue]
    if overdue:
        yield Finding(
            "deliveries", False, f"到期未收到新数据：{'、'.join(overdue)}", "向提供单位催要，再用 shujian lake ingest 导入",
            hint=True,
        )  # fmt: skip
    if landed and not overdue and set(states.values()) <= {"open", "running"}:
        yield Finding("agreements", True, f"{len(states)} 个来源的协议有效、数据按期到达")


def backups(here: Home) -> Iterator[Finding]:
    """How old the newest backup is, whether one was ever restored for trial, and which are past their time. Hints."""
    from datetime import datetime, timedelta

    from shujian.kernel import backups as register
    from shujian.kernel.clock import CHINA, now

    if not here.root.is_dir() or here.evaluation.exists():
        return
    standing = register.standing()
    remedy = "每天运行 shujian backup 文件夹，并拷到另一台机器"
    if not standing:
        yield Finding("backup", False, "从没有做过备份", remedy, hint=True)
        return
    age = now() - datetime.fromisoformat(standing[-1].made_at)
    hours = int(age.total_seconds() // 3600)
    fresh = age <= timedelta(hours=26)  # once a day, and an hour or two of leeway
    yield Finding("backup", fresh, f"最近一份 {standing[-1].number}，{hours} 小时前", remedy, hint=True)
    drills = [one.drilled_at for one in register.made() if one.drilled_at]
    said = f"最近一次演练 {max(drills)[:10]}" if drills else "备份从没有演练过恢复"
    yield Finding("backup_drill", bool(drills), said, "运行 shujian backup drill", hint=True)
    today = now().astimezone(CHINA).date().isoformat()
    past = "、".join(one.number for one in standing if one.keep_until < today)
    remedy = "销毁文件和拷贝，再运行 shujian backup gone 编号"
    yield Finding(
        "backup_expired", not past, f"过了保存期：{past}" if past else "没有过期的备份", remedy, hint=True
    )


def master_key(_: Home) -> Iterator[Finding]:
    """Whether the master key of sealed columns is there, is the right one, and is closed to others."""
    from shujian.kernel.keyring import master_file, ring, ring_file

    if not ring_file().exists():
        return
    try:
        held = ring()
    except ShujianError as error:
        fault = error.faults[0]
        yield Finding("master_key", False, f"{fault.file}：{fault.message}", fault.expected)
        return
    yield Finding("master_key", True, f"{master_file()}，数据密钥 {held.current} 在用")
