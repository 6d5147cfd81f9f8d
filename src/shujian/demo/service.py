"""The demo: write the invented county, let the lake and the models have it like a user's files, compare with truth."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import connections

from shujian.accounts import service as accounts
from shujian.accounts.read import Actor
from shujian.clues import read as clues
from shujian.clues.read import ClueRow, Filters
from shujian.demo.county import DEFAULT_ROWS, DEFAULT_SEED, write_county
from shujian.demo.judge import Found, Verdict, judge
from shujian.demo.loading import load
from shujian.demo.seed_case import seed_case
from shujian.demo.staff_rows import AS_OF
from shujian.demo.truth import read_truth, write_truth
from shujian.kernel.errors import BadInput, Fault, GuardRefused
from shujian.kernel.home import home, private_folder
from shujian.kernel.progress import Progress, Silent
from shujian.lake import read as lake
from shujian.runs import read as runs
from shujian.runs import service as running
from shujian.runs.read import RunRecord
from shujian.supervision import read as supervision
from shujian.supervision.service import screen_landed

__all__ = ["DEFAULT_ROWS", "DEFAULT_SEED", "Report", "build_demo", "refuse_real_data", "wipe_demo"]

_PAGE = 500
PURPOSE = "示例检行监〔2026〕1号"
"""The invented matter under which the demo's models run."""


@dataclass(frozen=True)
class Report:
    """What the demo answers: how large, how long, and how each model compares with what was planted."""

    seed: int
    rows: int
    seconds: float
    verdicts: tuple[Verdict, ...]
    seed_case: Mapping[str, Any]

    @property
    def clean(self) -> bool:
        """Nothing missed, nobody falsely accused."""
        return all(verdict.clean for verdict in self.verdicts)

    def item(self) -> dict[str, Any]:
        """The body that CONTRACT gives for ``demo``."""
        return {
            "seed": self.seed,
            "rows": self.rows,
            "seconds": round(self.seconds, 2),
            "models": {verdict.model: verdict.item() for verdict in self.verdicts},
            "seed_case": dict(self.seed_case),
            "differences": [told for verdict in self.verdicts for told in verdict.differences],
        }


def build_demo(
    *,
    actor: Actor,
    seed: int,
    rows: int,
    progress: Progress | None = None,
) -> Report:
    """Build the county in this home, or use the one that stands, and compare. Raises GuardRefused where the home holds
    real data, BadInput where it holds another county.
    """
    started, told = time.monotonic(), progress or Silent()
    _guard(seed, rows)
    stated = _stated()
    if stated is None or not stated.get("loaded"):
        stated = _build(seed, rows, told)
    accounts.ensure_evaluation_accounts(supervision.units())  # first, so that the runs' news reach somebody
    truths = read_truth(home().demo / "truth")
    records = {
        record.model: record
        for record in running.run_models(
            [truth.model for truth in truths], actor=actor.name, purpose=PURPOSE, as_of=AS_OF, progress=told
        )
    }
    found = {model: _clues_of(actor, record) for model, record in records.items()}
    verdicts = tuple(judge(truth, _with_folded(truth.model, found[truth.model])) for truth in truths)
    case = seed_case(actor, records, found)
    return Report(seed, int(stated["loaded"]), time.monotonic() - started, verdicts, case)


def _with_folded(model: str, rows: list[ClueRow]) -> list[Found]:
    """The clues, and each complaint that a clue of the same issue speaks for."""
    known = {row.key: Found(row.key, row.grade, row.absence, row.id) for row in rows}
    joined = [replace(known[home], key=key) for key, home in clues.folded(model).items() if home in known]
    return [*known.values(), *joined]


def _clues_of(actor: Actor, record: RunRecord) -> list[ClueRow]:
    """The clues that a run saw."""
    rows: list[ClueRow] = []
    cursor: str | None = None
    while True:
        page = clues.list_clues(actor, Filters(model=record.model), limit=_PAGE, cursor=cursor)
        rows += [row for row in page.items if row.run == record.run]
        cursor = page.next
        if cursor is None:
            return rows


def _stated() -> dict[str, Any] | None:
    path = home().evaluation
    return json.loads(path.read_text("utf-8")) if path.exists() else None


def _guard(seed: int, rows: int) -> None:
    stated = _stated()
    if stated is None:
        refuse_real_data()
    elif (stated.get("seed"), stated.get("rows")) != (seed, rows):
        raise BadInput(
            Fault(
                code="another_county",
                message="这个目录里已有另一个示例县",
                file=str(home().root),
                found=f"种子 {stated.get('seed')}、{stated.get('rows')} 行",
                expected=f"种子 {seed}、{rows} 行；可加 --fresh 清空重建，或另设 SHUJIAN_HOME",
            )
        )


def refuse_real_data() -> None:
    """Raise GuardRefused where this home holds data that is not the demo's."""
    here = home()
    if _stated() is None and (lake.datasets() or runs.runs(limit=1)):
        raise GuardRefused(
            Fault(
                code="home_in_use",
                message="这个目录里已有正式数据，不能混入示例县",
                file=str(here.root),
                expected="另设 SHUJIAN_HOME 再运行 shujian demo",
            )
        )


def wipe_demo() -> None:
    """Remove the demo county of this home: lake, database, files, truth, accounts. Keys stay. The rooms must be opened
    again afterwards. Raises GuardRefused where the home holds real data.
    """
    refuse_real_data()
    here = home()
    connections.close_all()
    for folder in (here.lake, here.database.parent, here.demo):
        shutil.rmtree(folder, ignore_errors=True)
    for file in (here.evaluation, here.root / "demo-accounts.json"):
        file.unlink(missing_ok=True)


def _build(seed: int, rows: int, progress: Progress) -> dict[str, Any]:
    here = home()
    stated: dict[str, Any] = {"today": AS_OF.isoformat(), "seed": seed, "rows": rows}
    private_folder(here.root)
    here.evaluation.write_text(json.dumps(stated), "utf-8")
    county = write_county(here.demo / "files", seed, rows, progress)
    write_truth(here.demo / "truth", county.truths)
    load(county.deliveries, progress)
    screen_landed(lake.pin())
    stated["loaded"] = county.rows
    here.evaluation.write_text(json.dumps(stated), "utf-8")
    return stated
