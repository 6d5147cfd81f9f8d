"""One batch beside the one before it: jumps in rows, fields that have emptied, rejects that have grown."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.home import home
from shujian.kernel.yamlfile import read_yaml
from shujian.lake import register as registers
from shujian.lake.rejects import batch_folder
from shujian.lake.sources import SourceContract

_PLACE = Path("limits") / "quality.yaml"


class Thresholds(BaseModel):
    """``catalogue/limits/quality.yaml``: shares between 0 and 1, and words that tell of minors."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rows_change: float = Field(gt=0)
    complete_drop: float = Field(gt=0, le=1)
    rejected_rise: float = Field(gt=0, le=1)
    minor_words: tuple[str, ...] = Field(min_length=1)


def thresholds() -> Thresholds:
    """The numbers in force. Raises BadInput with every fault of the user's file."""
    stated = [root / _PLACE for root in home().catalogue_roots() if (root / _PLACE).is_file()]
    return _read(tuple((path, path.stat().st_mtime_ns) for path in stated))


@lru_cache(maxsize=8)
def _read(stated: tuple[tuple[Path, int], ...]) -> Thresholds:
    values: dict[str, Any] = {}
    for path, _ in stated:
        file = read_yaml(path)
        told = file.value if isinstance(file.value, dict) else {"": file.value}
        try:
            values = Thresholds(**{**values, **told}).model_dump()
        except ValidationError as error:
            raise BadInput(file.faults_of(error)) from None
    return Thresholds.model_validate(values)


@dataclass(frozen=True)
class BatchCounts:
    """What came with one batch, over all its files. ``filled``: rows that fill a field, of the rows that were good."""

    batch: str
    read: int
    rejected: int
    filled: Mapping[str, int]

    @property
    def good(self) -> int:
        """Rows that were not rejected."""
        return self.read - self.rejected

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {"batch": self.batch, "read": self.read, "rejected": self.rejected}


def batch_counts(batch: str) -> BatchCounts:
    """Counts of one batch as its files were read. Raises BadInput for a batch that is not there."""
    parts = []
    if "/" not in batch and batch not in ("", ".", ".."):
        for path in sorted(batch_folder(batch).glob("quality-*.json")):
            parts.append(json.loads(path.read_text("utf-8")))
    if not parts:
        raise BadInput(
            Fault(code="unknown_batch", message="没有这个批次", field="--batch", found=batch[:80],
                  expected="lake ingest 输出的 batch 编号")
        )  # fmt: skip
    filled: dict[str, int] = {}
    for part in parts:
        for name, count in part["filled"].items():
            filled[name] = filled.get(name, 0) + int(count)
    return BatchCounts(
        batch, sum(part["read"] for part in parts), sum(part["rejected"] for part in parts), filled
    )


def batch_before(dataset: str, batch: str | None) -> tuple[str | None, str | None]:
    """A batch of a dataset (its last one unless told) and the one before it. Raises BadInput for a stranger."""
    with registers.register() as connection:
        landed = [one for one in registers.commits(connection, dataset) if one.kind == "land"]
    order = [one for one in dict.fromkeys(commit.batch for commit in landed) if one]
    order = [one for one in order if any(batch_folder(one).glob("quality-*.json"))]
    if batch is None:
        return (order[-1] if order else None), (order[-2] if len(order) > 1 else None)
    if batch not in order:
        raise BadInput(
            Fault(code="unknown_batch", message="这个数据集没有这个批次", field="--batch", found=batch[:80],
                  expected="、".join(order[-5:]) or "（还没有批次）")
        )  # fmt: skip
    place = order.index(batch)
    return batch, order[place - 1] if place else None


def compared(contract: SourceContract, this: BatchCounts, last: BatchCounts) -> list[str]:
    """What a person should look at, in words; empty where the two batches are alike."""
    limits, found = thresholds(), []
    if last.read and abs(this.read - last.read) > limits.rows_change * last.read:
        found.append(f"行数由上一批的 {last.read:,} 变为 {this.read:,}")
    for field in contract.fields:
        before, after = (
            _share(last.filled.get(field.id, 0), last.good),
            _share(this.filled.get(field.id, 0), this.good),
        )
        if before is not None and after is not None and before - after > limits.complete_drop:
            found.append(f"“{field.title}”的填写率由 {before:.0%} 降为 {after:.0%}")
    before, after = _share(last.rejected, last.read), _share(this.rejected, this.read)
    if before is not None and after is not None and after - before > limits.rejected_rise:
        found.append(f"剔除比例由 {before:.1%} 升为 {after:.1%}")
    return found


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
