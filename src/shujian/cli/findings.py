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
