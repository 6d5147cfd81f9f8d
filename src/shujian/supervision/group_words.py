"""What ``group`` says of its shares and windows: in the sentence of a model, and of one group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shujian.supervision.forms import GroupStep
from shujian.supervision.group_forms import Share, parts_of


def group_sentence(step: GroupStep) -> str:
    """What the sentence of a model adds to what the step says."""
    return "（条件、日期不明的行按最少和最多两头算，两头结论相同才算）" if parts_of(step.add) else ""


def group_columns(step: GroupStep) -> list[str]:
    """The columns that ``group_row`` reads."""
    ends = {True: ("yes", "of", "maybe", "low", "high"), False: ("most", "from", "to", "unknown")}
    return [
        f"{name}_{end}" for name, part in parts_of(step.add).items() for end in ends[isinstance(part, Share)]
    ]


def group_row(step: GroupStep, row: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    """What one group showed; ``titles``: the Chinese names of computed columns."""
    told = []
    for name, part in parts_of(step.add).items():
        said = _share(name, row) if isinstance(part, Share) else _window(name, row)
        told.append(f"{titles.get(name, name)}{said}")
    return "；".join(told)


def _share(name: str, row: Mapping[str, Any]) -> str:
    yes, whole, maybe = (row[f"{name}_{part}"] for part in ("yes", "of", "maybe"))
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    share = (
        "" if low is None or high is None else f"，占 {low}%" if low == high else f"，占 {low}% 至 {high}%"
    )
    return f" {yes}/{whole} 条{share}{f'（另有 {maybe} 条不明）' if maybe else ''}"


def _window(name: str, row: Mapping[str, Any]) -> str:
    most, start, end, vague = (row[f"{name}_{part}"] for part in ("most", "from", "to", "unknown"))
    told = f" 最密的一段 {start} 至 {end} 有 {most} 条" if start is not None else " 没有日期明确的"
    return f"{told}{f'（另有 {vague} 条不明）' if vague else ''}"
