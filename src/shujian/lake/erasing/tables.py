"""Takes rows out of one Delta table: new files without them, one commit, then the old files are deleted at once.

Never deletion vectors. Snapshots that name a deleted file can be read no more. Each step may be the last one before a
power cut: done again, the work comes to the same end.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from shujian.kernel.clock import now
from shujian.kernel.failpoints import failpoint
from shujian.lake import log, store
from shujian.lake import register as registers
from shujian.lake.engines.duckdb import Scratch
from shujian.lake.erasing.finding import OPEN, Found, Target, data_files, find, listed
from shujian.lake.erasing.relinking import Version, closings, relinked
from shujian.lake.folding import MODULUS, fold
from shujian.lake.keeping import kept
from shujian.lake.log import Commit
from shujian.lake.rewriting import tally, write_again
from shujian.lake.screening import store as hit_store
from shujian.lake.shutting import SEALED
from shujian.lake.snapshots import pin_of, snapshots

BLANK = "［已删除］"


@dataclass(frozen=True)
class TableErased:
    """What went from one dataset. ``rows``: all versions; ``current``: those that no later version had replaced;
    ``restored``: earlier versions that are current again; ``mentions``: rows about somebody else that named the
    person; ``files``: data files deleted; ``content_before`` and ``content_after``: digests of all rows, as a
    snapshot has them.
    """

    dataset: str
    rows: int
    current: int
    restored: int
    mentions: int
    files: tuple[str, ...]
    withdrawn: str
    content_before: str
    content_after: str

    def as_dict(self) -> dict[str, Any]:
        """For the record."""
        return {**asdict(self), "files": len(self.files)}


def history_of(dataset: str) -> list[Commit]:
    """The commits of one dataset in order."""
    with registers.register() as connection:
        return registers.commits(connection, dataset)


def withdraws(found: Found, target: Target) -> str:
    """What becomes of declared completeness: ``all`` no longer holds, or up to a day, or it stays (empty).

    Rows that go for another reason than their subject's own erasure leave a hole that would prove an absence falsely.
    """
    if not found.rows:
        return "all" if target.kind == "batch" else ""
    if target.kind == "person":
        return "all" if found.mentions else ""
    if target.kind == "retention":
        return found.last.isoformat() if found.last else "all"
    return "all"


def erase_from(dataset: str, target: Target, record: str) -> TableErased | None:
    """Take the rows out and answer what went; None where the dataset holds nothing of it. The caller holds the lock.

    Called again for the same record it finishes what is unfinished and answers what the first call would have.
    """
    store.sweep(dataset)
    found = find(dataset, target)
    history = history_of(dataset)
    done = next((one for one in history if one.kind == "erase" and one.body.get("record") == record), None)
    if done is None:
        if not found.rows and not _stated_by_batch(history, target):
            return None
        done = _commit(dataset, found, target, record, history)
        failpoint("erase.after_delta")
    _finish(dataset, done, frozenset(found.rows))
    failpoint("erase.after_vacuum")
    told = done.body["told"]
    return TableErased(**{**told, "files": tuple(told["files"])})


def _stated_by_batch(history: Sequence[Commit], target: Target) -> bool:
    return target.kind == "batch" and any(one.kind == "land" and one.batch == target.batch for one in history)


def _commit(dataset: str, found: Found, target: Target, record: str, history: Sequence[Commit]) -> Commit:
    before = fold(dataset, history)
    table = log.table_path(dataset)
    links, ended = _links(dataset, [table / name for name in before.files], found)
    affected = [
        table / name for name in before.files if name in found.files or _relinks(table / name, links, ended)
    ]
    added = dict(_rewritten(affected, found.rows, links, ended, record))
    kept = [table / name for name in before.files if table / name not in affected]
    failpoint("erase.after_files")
    old, new = tally(affected), tally(list(added))
    now_current = count_current([*kept, *added])
    body: dict[str, Any] = {
        "kind": "erase", "record": record, "at": now().isoformat(), "scope": target.kind,
        "removed": [path.name for path in affected], "paths": [path.name for path in added],
        "landed": now_current - before.rows,
        "changed": sum(new[:2]) - sum(old[:2]) - (now_current - before.rows),
        "sums": [str((after - past) % MODULUS) for past, after in zip(old[2], new[2], strict=True)],
        "withdraws": withdraws(found, target) or None,
    }  # fmt: skip
    if target.kind == "batch":
        body["batches"] = [target.batch]
        body["sha256s"] = sorted({one.sha256 for one in history if one.batch == target.batch and one.sha256})
    after = Commit(dataset, history[-1].version + 1, "erase", body)
    went = sorted({path.name for path in affected} | found.files)
    current = _current([table / name for name in before.files], found.rows)
    body["told"] = asdict(
        TableErased(
            dataset, len(found.rows), current, body["landed"] + current, found.mentions, tuple(went),
            body["withdraws"] or "", pin_of(dataset, history).content, pin_of(dataset, [*history, after]).content,
        )
    )  # fmt: skip
    commit = store.exchange(dataset, affected, added, body, same_rows=False)
    with registers.register() as connection:
        registers.keep_commit(connection, commit)
    return commit


def _current(files: Sequence[Path], gone: frozenset[str]) -> int:
    """How many of the going rows no other had replaced."""
    if not files or not gone:
        return 0
    with Scratch() as scratch:
        scratch.register("gone", pa.table({"row": pa.array(sorted(gone), pa.string())}))
        told = scratch.row(
            f"select count(distinct _row) from {listed(files)} where _row in (select row from gone)"
            f" and _row not in (select _supersedes from {listed(files)} where _supersedes is not null)"
        )
    return int(str(told[0]))


def count_current(files: Sequence[Path]) -> int:
    """Rows that no row of these files supersedes."""
    if not files:
        return 0
    with Scratch() as scratch:
        told = scratch.row(
            f"select count(*) from {listed(files)}"
            f" where _row not in (select _supersedes from {listed(files)} where _supersedes is not null)"
        )
    return int(str(told[0]))


Links = Mapping[str, str | None]


def _links(dataset: str, current: Sequence[Path], found: Found) -> tuple[Links, Links]:
    """What remaining versions of the keys concerned supersede from now on, and what rows that close a key do."""
    if not current or not found.keys:
        return {}, {}
    with Scratch() as scratch:
        scratch.register("keys", pa.table({"key": pa.array(sorted(found.keys), pa.string())}))
        scratch.register("gone", pa.table({"row": pa.array(sorted(found.rows), pa.string())}))
        table = scratch.table(
            f"select _row, _key, _supersedes, _as_of, _received, not {OPEN} as closing"
            " from (select *, bool_and(_row in (select row from gone))"
            f" over (partition by _key) as alone from {listed(current)} where _key in (select key from keys)"
            f" or _supersedes in (select row from gone)) where not alone"
        )
    versions = [Version(*row.values()) for row in table.to_pylist()]
    return relinked(versions, found.rows), closings(versions, found.rows)


def _relinks(path: Path, links: Links, ended: Links) -> bool:
    def any_of(column: str, wanted: Links) -> bool:
        told = pq.read_table(path, columns=[column])[column]
        return bool(pc.any(pc.is_in(told, value_set=pa.array(sorted(wanted), pa.string()))).as_py())

    return (bool(links) and any_of("_row", links)) or (bool(ended) and any_of("_supersedes", ended))


def _rewritten(
    affected: Sequence[Path], gone: frozenset[str], links: Links, ended: Links, record: str
) -> list[tuple[Path, int]]:
    dropped = pa.array(sorted(gone), pa.string())

    def without(table: pa.Table) -> pa.Table:
        table = table.filter(pc.invert(pc.is_in(table["_row"], value_set=dropped)))
        return _relinked(table, links, ended) if links or ended else table

    made = []
    for number, path in enumerate(affected):
        target = path.with_name(f"{record}-{number:04d}.parquet")
        rows = write_again([path], target, without)
        if rows:
            made.append((target, rows))
    return made


def _relinked(table: pa.Table, links: Links, ended: Links) -> pa.Table:
    def link(row: str, old: str | None, content: str | None) -> str | None:
        if content == SEALED:
            return (ended[old] or row) if old in ended and old is not None else old
        return links.get(row, old)

    told = zip(*(table[name].to_pylist() for name in ("_row", "_supersedes", "_content")), strict=True)
    column = pa.array([link(*one) for one in told], pa.string())
    return table.set_column(table.schema.get_field_index("_supersedes"), "_supersedes", column)


def _finish(dataset: str, done: Commit, gone: frozenset[str]) -> None:
    """Stored hits go over to the new files, then the old files go, then the hits of the old files."""
    table = log.table_path(dataset)
    removed = [table / name for name in done.body["removed"]]
    for old, new in zip(*_paired(table, done), strict=True):
        hit_store.carry(dataset, [old], new, gone)
    failpoint("erase.before_vacuum")
    for path in {*removed, *(table / name for name in done.body["told"]["files"])}:
        path.unlink(missing_ok=True)
    hit_store.sweep(dataset, [path.name for path in data_files(dataset)])


def _paired(table: Path, done: Commit) -> tuple[list[Path], list[Path]]:
    """Old files that still stand and the new file of each; file names carry the number of their place."""
    pairs = []
    for number, name in enumerate(done.body["removed"]):
        new = table / f"{done.body['record']}-{number:04d}.parquet"
        if (table / name).exists() and new.exists():
            pairs.append((table / name, new))
    return [old for old, _ in pairs], [new for _, new in pairs]


def stale_files(dataset: str, before: datetime) -> list[Path]:
    """Data files written before ``before`` that are not current and that no snapshot names which is kept or younger."""
    current = set(fold(dataset, history_of(dataset)).files)
    wanted = kept()
    named = {
        Path(name).name
        for one in snapshots()
        if one.id in wanted or one.pinned_at.astimezone(UTC).replace(tzinfo=None) >= before
        for name in (one.datasets[dataset].files if dataset in one.datasets else ())
    }
    old = (path for path in data_files(dataset) if path.name not in current | named)
    return [path for path in old if path.stat().st_mtime < before.replace(tzinfo=UTC).timestamp()]


def vacuum(dataset: str, before: datetime) -> int:
    """Delete them with their hits; answers how many."""
    stale = stale_files(dataset, before)
    for path in stale:
        path.unlink(missing_ok=True)
    if stale:
        hit_store.sweep(dataset, [path.name for path in data_files(dataset)])
    return len(stale)


def scrub_names(dataset: str, pattern: re.Pattern[str], record: str) -> int:
    """Blank the number where it stands in the name of a delivered file or sheet; answers how many files were written.

    The rows stay; their ids say nothing of the file.
    """
    table = log.table_path(dataset)
    history = history_of(dataset)
    names = fold(dataset, history).files
    touched = [table / name for name in names if _named(table / name, pattern)]
    stale = [path for path in data_files(dataset) if path.name not in names and _named(path, pattern)]
    if touched:
        added = {}
        for number, path in enumerate(touched):
            target = path.with_name(f"{record}-n{number:04d}.parquet")
            added[target] = write_again([path], target, lambda rows: _blanked(rows, pattern))
        body = {
            "kind": "compact", "at": now().isoformat(), "record": record, "removed": [path.name for path in touched],
            "paths": [path.name for path in added], "rows": sum(added.values()),
        }  # fmt: skip
        commit = store.exchange(dataset, touched, added, body, same_rows=True)
        with registers.register() as connection:
            registers.keep_commit(connection, commit)
        for old, new in zip(touched, added, strict=True):
            hit_store.carry(dataset, [old], new)
    for path in (*touched, *stale):
        path.unlink(missing_ok=True)
    if touched or stale:
        hit_store.sweep(dataset, [path.name for path in data_files(dataset)])
    return len(touched) + len(stale)


def _named(path: Path, pattern: re.Pattern[str]) -> bool:
    table = pq.read_table(path, columns=["_file", "_sheet"])
    told = {one for name in table.column_names for one in table[name].unique().to_pylist() if one}
    return any(pattern.search(one) for one in told)


def _blanked(table: pa.Table, pattern: re.Pattern[str]) -> pa.Table:
    for name in ("_file", "_sheet"):
        told = [None if one is None else pattern.sub(BLANK, one) for one in table[name].to_pylist()]
        table = table.set_column(table.schema.get_field_index(name), name, pa.array(told, pa.string()))
    return table
