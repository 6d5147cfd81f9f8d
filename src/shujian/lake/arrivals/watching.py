"""Empties a watched folder into the lake: waits until a file rests, claims, ingests, puts away; goes on after a bad one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from shujian.kernel.errors import BadInput, Fault, GuardRefused, Unavailable
from shujian.kernel.failpoints import failpoint
from shujian.kernel.progress import Progress
from shujian.kernel.yamlfile import read_yaml
from shujian.lake.arrivals import inbox
from shujian.lake.arrivals.inbox import Claim, Signature
from shujian.lake.arrivals.settings import Strict
from shujian.lake.coverage import Coverage, Gap
from shujian.lake.reports import IngestReport
from shujian.lake.service import ingest
from shujian.lake.sources import DeclaredCoverage

_DAY_IN_NAME = re.compile(r"_([0-9]{4}-[0-9]{2}-[0-9]{2})(?=\.|$)")
State = Literal["done", "refused", "waiting"]


class Sidecar(Strict):
    """``<file>.meta.yaml``: what the file cannot say of itself."""

    as_of: date | None = None
    sheet: str | None = None
    max_rejects: str = "5%"
    coverage: tuple[DeclaredCoverage, ...] = ()


@dataclass(frozen=True)
class Taken:
    """What became of one thing. ``waiting``: the dataset was busy, it is tried again at the next look."""

    source: str
    name: str
    state: State
    folder: Path | None
    report: IngestReport | None
    faults: tuple[Fault, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The contract's item."""
        file = self.report.files[0] if self.report else None
        counts = {
            name: getattr(file, name) if file else 0
            for name in ("read", "landed", "changed", "unchanged", "rejected")
        }
        return {
            "source": self.source, "file": self.name, "state": self.state,
            "batch": self.report.batch if self.report else None, **counts,
            "folder": str(self.folder) if self.folder else None, "errors": [fault.as_dict() for fault in self.faults],
        }  # fmt: skip


@dataclass
class Watcher:
    """Looks at one folder again and again. Make it inside ``inbox.watching``."""

    root: Path
    progress: Progress | None = None
    seen: dict[Path, Signature] = field(default_factory=dict)

    def look(self, tell: Callable[[Taken], None], stopped: Callable[[], bool]) -> bool:
        """One look: what a dead watcher left, then what has rested since the last look. Answers whether anything
        is still on its way: new, growing, or waiting for a busy dataset.
        """
        waiting = False
        for taken in inbox.open_claims(self.root):
            if stopped():
                return True
            waiting |= self._settle(taken, tell)
        found = inbox.candidates(self.root)
        before, self.seen = self.seen, found
        for path, signature in found.items():
            if stopped():
                return True
            if before.get(path) != signature or inbox.being_written(path):
                waiting = True
                continue
            waiting |= self._settle(inbox.claim(self.root, path), tell)
        return waiting

    def _settle(self, taken: Claim, tell: Callable[[Taken], None]) -> bool:
        told = self._take(taken)
        tell(told)
        return told.state == "waiting"

    def _take(self, taken: Claim) -> Taken:
        report: IngestReport | None = None
        try:
            beside = _sidecar(taken)
            as_of = beside.as_of or _day_of(taken.item.name)
            report = ingest(
                taken.source, [taken.item], as_of=as_of, sheet=beside.sheet, max_rejects=beside.max_rejects,
                coverage=[_claimed(one, as_of) for one in beside.coverage], progress=self.progress,
            )  # fmt: skip
            faults = report.faults
        except Unavailable as error:
            return Taken(taken.source, taken.item.name, "waiting", None, None, error.faults)
        except (BadInput, GuardRefused) as error:
            faults = error.faults
        faults = tuple(_by_name(fault, taken) for fault in faults)
        failpoint("watch.after_ingest")
        name = report.batch if report else taken.folder.name
        state: State = "refused" if faults else "done"
        target = inbox.put_away(self.root, taken, state, name, _note(taken, report, faults))
        return Taken(taken.source, taken.item.name, state, target, report, faults)


def _by_name(fault: Fault, taken: Claim) -> Fault:
    """Nobody looks for a file in our work folder: it is called as its provider called it."""
    inside = fault.file is not None and Path(fault.file).is_relative_to(taken.folder)
    return replace(fault, file=str(Path(str(fault.file)).relative_to(taken.folder))) if inside else fault


def _sidecar(taken: Claim) -> Sidecar:
    if taken.sidecar is None:
        return Sidecar()
    text = read_yaml(taken.sidecar)
    if not isinstance(text.value, dict):
        raise BadInput(text.fault((), "not_a_mapping", "说明文件应是键值表", expected="as_of: 2026-06-30"))
    return text.as_form(Sidecar)


def _day_of(name: str) -> date | None:
    """``名册_2026-06-30.csv``. Raises BadInput for a day that does not exist."""
    found = _DAY_IN_NAME.search(name)
    if found is None:
        return None
    try:
        return date.fromisoformat(found[1])
    except ValueError:
        raise BadInput(
            Fault(
                code="bad_date",
                message="文件名里的数据截止日不是日期",
                file=name,
                found=found[1],
                expected="如 名册_2026-06-30.csv",
            )
        ) from None


def _claimed(told: DeclaredCoverage, as_of: date | None) -> Coverage:
    if told.to == "extract" and as_of is None:
        raise BadInput(
            Fault(
                code="no_extract",
                message="声明到数据截止日，却没有写截止日",
                field="coverage.to",
                expected="as_of: 2026-06-30",
            )
        )
    until = told.to if isinstance(told.to, date) else as_of
    gaps = tuple(Gap(gap.from_, gap.to, gap.area, gap.why) for gap in told.gaps)
    return Coverage(told.from_, until or told.from_, told.area, told.complete, gaps, told.stated_by)


def _note(taken: Claim, report: IngestReport | None, faults: tuple[Fault, ...]) -> str | None:
    lines = []
    if faults:
        lines = [f"“{taken.item.name}”没有导入。原因：", *(f"  {fault.sentence()}" for fault in faults)]
        lines.append("改好以后，放回数据源的文件夹即可。")
    elif report and report.files[0].rejected:
        lines.append(f"“{taken.item.name}”已导入，其中 {report.files[0].rejected} 行被剔除。")
    if report:
        lines.append(f"批次：{report.batch}（剔除的行：shujian lake rejects {report.batch}）")
    return "\n".join(lines) + "\n" if faults or (report and report.files[0].rejected) else None


def watch(
    root: Path,
    tell: Callable[[Taken], None],
    *,
    once: bool,
    interval: float,
    pause: Callable[[float], bool],
    progress: Progress | None = None,
) -> None:
    """Look every ``interval`` seconds until ``pause`` answers that we are to stop; ``once``: two looks, then end.

    Raises BadInput where there is no such folder, Unavailable where another process watches it.
    """
    with inbox.watching(root):
        watcher = Watcher(root, progress)
        looks = 0
        while True:
            waiting = watcher.look(tell, lambda: pause(0))
            looks += 1
            if once and (looks >= 2 or not waiting):
                return
            if pause(interval):
                return
