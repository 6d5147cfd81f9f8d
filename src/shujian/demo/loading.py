"""Hand the county's files to the lake exactly as a user would: source by source, with what the providers declared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from shujian.demo.tables import Declared, Delivery
from shujian.kernel.errors import Fault, FaultsFound
from shujian.kernel.progress import Progress
from shujian.lake import service as lake
from shujian.lake.read import Coverage, Gap


def load(deliveries: Sequence[Delivery], progress: Progress) -> int:
    """Ingest every file and answer the rows read. Raises FaultsFound where counts differ from what was written."""
    faults: list[Fault] = []
    total = 0
    for _, group in groupby(
        deliveries, key=lambda each: (each.source, each.as_of, each.sheet, each.declared)
    ):
        batch = list(group)
        first = batch[0]
        report = lake.ingest(
            first.source,
            [each.path for each in batch],
            as_of=first.as_of,
            sheet=first.sheet,
            coverage=_claims(first.declared),
            progress=progress,
        )
        for each, file in zip(batch, report.files, strict=True):
            total += file.read
            faults.extend(_differences(each, file))
    if faults:
        raise FaultsFound(faults)
    return total


def _differences(told: Delivery, got: lake.FileReport) -> Iterable[Fault]:
    if got.state == "same":
        return
    if got.state == "refused":
        yield from got.faults
        return
    for name, wanted, found in (
        ("读入行数", told.rows, got.read),
        ("剔除行数", told.rejected, got.rejected - got.sealed),
    ):
        if wanted != found:
            yield Fault(
                code="demo_count",
                message=f"示例文件的{name}与写出的不符",
                file=str(told.path),
                found=str(found),
                expected=str(wanted),
            )


def _claims(declared: Iterable[Declared]) -> list[Coverage]:
    return [
        Coverage(
            from_=each.from_,
            to=each.to,
            area=(),
            complete=True,
            stated_by=each.stated_by,
            gaps=tuple(Gap(from_=first, to=last, area=(), why=why) for first, last, why in each.gaps),
        )
        for each in declared
    ]
