"""What happened to a clue, in the order of time: the machine's part from the audit chain, the people's from notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shujian.audit.read import AuditEntry
from shujian.clues.read import ClueDetail, Held
from shujian.faces.plain.words import MACHINE


@dataclass(frozen=True)
class Happened:
    """One line of the history."""

    at: datetime
    title: str
    who: str
    text: str
    machine: bool


def timeline(detail: ClueDetail, entries: Sequence[AuditEntry]) -> list[Happened]:
    """Oldest first."""
    lines = [Happened(one.at, _title(one), "系统", _machine(one), True) for one in entries]
    for step in detail.steps:
        text = "：".join(part for part in (step.to and f"→ {step.to}", step.reason, step.note) if part)
        lines.append(
            Happened(step.at, f"{step.title}（{step.source} → {step.target}）", step.who, text, False)
        )
    return sorted(lines, key=lambda line: line.at)


def _title(entry: AuditEntry) -> str:
    by_judgement = entry.action == "clue.ground_restored" and "run" not in entry.detail
    return "依据恢复" if by_judgement else MACHINE[entry.action]


def _machine(entry: AuditEntry) -> str:
    if "run" not in entry.detail:  # a person's judgement did it, between two runs
        return f"按认定 {entry.detail.get('judgement', '')}"
    run = f"运行 {entry.detail['run']}"
    held = entry.detail.get("held")
    if held:
        return f"{Held(held).label}；{run}"
    rows = entry.detail.get("rows")
    return f"新增 {rows} 行；{run}" if rows else run
