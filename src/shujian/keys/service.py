"""The room's door: list the keys of sealed columns, rotate, destroy an old one. All on record; no key is ever shown.

Other keys of the installation are not rotated by this: the keyed handles of persons (ADR 0007) would lose what they join,
and the audit chain has no key.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from shujian.audit import service as audit
from shujian.kernel import keyring
from shujian.kernel.errors import BadInput, Fault, GuardRefused
from shujian.kernel.progress import Progress, Silent
from shujian.keys.rotation import COLUMNS, counts, reseal, waiting

__all__ = ["COLUMNS", "ColumnKey", "listed", "retire", "rotate"]


@dataclass(frozen=True)
class ColumnKey:
    """One key. ``number`` 0: values of earlier versions that bear none. ``values``: by column, and of attachments."""

    number: int
    made_at: str
    state: str
    total: int
    values: dict[str, int]


def listed() -> list[ColumnKey]:
    """The keys of sealed columns, oldest first, with what each still holds."""
    held, found = keyring.ring(), counts()
    known = {one.number: one for one in held.keys}
    made = []
    for number in sorted(found):
        told, one = {name: count for name, count in found[number].items() if count}, known.get(number)
        if one is None and not told:
            continue
        state = "in_use" if number == held.current else "bare" if number == 0 else "unknown"
        if one is not None and number != held.current:
            state = "destroyed" if one.retired_at else "old"
        made.append(ColumnKey(number, one.made_at if one else "", state, sum(told.values()), told))
    return made


def rotate(*, actor: str, progress: Progress | None = None) -> dict[str, Any]:
    """Make a new key and seal everything again under it; finish a rotation that was left behind instead, if there is one.

    Answers the key, how many values were sealed again, what could not be opened, and what is left under old keys.
    """
    left = [one for one in waiting() if one[0] != 0]
    resumed = bool(left)
    number = keyring.ring().current if resumed else keyring.add()
    if not resumed:
        audit.record(actor=actor, action="keys.add", thing=f"key:{number}")
    done = reseal(progress or Silent())
    audit.record(
        actor=actor, action="keys.rotate", thing=f"key:{number}",
        detail={"values": done.values, "broken": len(done.broken), "resumed": resumed},
    )  # fmt: skip
    return {
        "number": number, "resumed": resumed, "values": done.values, "broken": list(done.broken), "left": dict(waiting()),
    }  # fmt: skip


def retire(number: int, *, actor: str) -> None:
    """Destroy an old key. Raises GuardRefused while values are under it, BadInput for the one in use and unknown ones."""
    told = counts()
    held = keyring.ring()
    under = dict(told.get(number, {}))
    if held.bare == number:
        under |= {f"{name}（无编号）": count for name, count in told[0].items()}
    if total := sum(under.values()):
        if number == held.current:
            raise BadInput(Fault(code="in_use", message="这把密钥正在使用，不能销毁", found=str(number)))
        raise GuardRefused(
            Fault(code="key_needed", message="还有内容用这把密钥加密，销毁就再也打不开", found=f"密钥 {number}：{total} 处",
                  expected="先运行 shujian keys rotate，再看 shujian keys list")
        )  # fmt: skip
    keyring.retire(number)
    audit.record(actor=actor, action="keys.retire", thing=f"key:{number}")
