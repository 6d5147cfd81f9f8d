"""One erasure from the plan to the record: the lake's own part. The rooms above put in what they removed."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from shujian.kernel.clock import now
from shujian.kernel.errors import Fault, GuardRefused, Unavailable
from shujian.kernel.failpoints import failpoint
from shujian.kernel.home import private_folder
from shujian.kernel.progress import Progress, Silent
from shujian.kernel.secrets import pseudonym
from shujian.lake import log
from shujian.lake.contracts import source_files
from shujian.lake.derived import Forgotten, Gone
from shujian.lake.erasing import journal as journals
from shujian.lake.erasing import records, tombstones
from shujian.lake.erasing.finding import Found, Target, find
from shujian.lake.erasing.journal import Journal
from shujian.lake.erasing.scanning import scan
from shujian.lake.erasing.spellings import pattern
from shujian.lake.erasing.stores import STORES
from shujian.lake.erasing.tables import erase_from, history_of, scrub_names, vacuum
from shujian.lake.folding import moment
from shujian.lake.keeping import kept_files
from shujian.lake.locks import writing
from shujian.lake.snapshots import pin, readable, snapshots


@dataclass(frozen=True)
class Order:
    """What is to go, why, on what basis and by whose leave; all texts without personal data."""

    target: Target
    reason: str
    approver: str
    actor: str
    basis: str = ""


@dataclass(frozen=True)
class Outcome:
    """What the rooms need to know of a lake that has forgotten. ``person`` is never to be shown or stored."""

    record: str
    kind: str
    gone: Gone
    person: str | None
    snapshots_lost: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """What would go, and nothing is touched: counts by dataset and by store, without personal data."""

    kind: str
    scope: str
    datasets: tuple[Mapping[str, Any], ...]
    stores: tuple[Forgotten, ...]
    rows: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)
    names: frozenset[str] = field(default_factory=frozenset, repr=False)


def scope_of(target: Target) -> str:
    """How a record calls what went: a keyed handle for a person, the batch, a number of rows."""
    if target.kind == "person" and target.person:
        return f"subject:{pseudonym('person', target.person)}"
    if target.kind == "batch":
        return f"batch:{target.batch}"
    if target.kind == "rows":
        return "；".join(f"{name}：{len(rows)} 行及其各版本" for name, rows in sorted(target.rows.items()))
    return "；".join(f"{name}：{day:%Y-%m-%d} 以前收到的" for name, day in sorted(target.before.items()))


def plan(target: Target) -> Plan:
    """Look, and touch nothing."""
    found = [one for dataset in log.dataset_names() if (one := find(dataset, target)).rows]
    gone = _gone("", target, found)
    told = tuple(
        {"dataset": one.dataset, "rows": len(one.rows), "mentions": one.mentions, "files": len(one.files)}
        for one in found
    )
    answers = tuple(forget(gone, True) for forget in STORES)
    return Plan(target.kind, scope_of(target), told, answers, gone.rows, gone.names)


def _gone(record: str, target: Target, found: Sequence[Found]) -> Gone:
    return Gone(
        record=record,
        pattern=pattern(target.person) if target.person else None,
        rows={one.dataset: one.rows for one in found},
        batches=_batches(target),
        files={one.dataset: one.files for one in found},
        names=frozenset(name for one in found for name in one.names),
    )


Rooms = Callable[[Outcome], Sequence[Forgotten]]


def carry_out(order: Order, rooms: Rooms, *, progress: Progress | None = None) -> dict[str, Any]:
    """Erase and answer the destruction record. An erasure that was left behind must be taken up first.

    Raises GuardRefused where one was, Unavailable while another process writes any dataset.
    """
    with _alone():
        left = journals.unfinished()
        if left is not None:
            raise GuardRefused(
                Fault(code="unfinished_erasure", message="上一次销毁没有做完，先把它做完", found=str(left["number"]),
                      expected="shujian lake erase --resume")
            )  # fmt: skip
        found = [one for dataset in log.dataset_names() if (one := find(dataset, order.target)).rows]
        _guard_kept(found)
        journal = _opened(order, found)
        journal.keep()
        failpoint("erase.planned")
        return _go(journal, order.target, rooms, progress or Silent())


def take_up(rooms: Rooms, *, progress: Progress | None = None) -> dict[str, Any] | None:
    """Finish the erasure that was left behind and answer its record; None where there is none."""
    with _alone():
        journal = journals.taken_up()
        if journal is None:
            return None
        return _go(journal, _target(journal), rooms, progress or Silent())


def _opened(order: Order, found: Sequence[Found]) -> Journal:
    target = order.target
    asked = {
        "number": records.next_number(), "kind": target.kind, "scope": scope_of(target), "reason": order.reason,
        "basis": order.basis, "approver": order.approver, "actor": order.actor, "began_at": now().isoformat(),
        "batch": target.batch, "before": {name: day.isoformat() for name, day in target.before.items()},
        "snapshot_before": pin().id, "readable": [one.id for one in snapshots() if readable(one)],
        "stated": [one for one in log.dataset_names() if _of_batch(one, target)],
    }  # fmt: skip
    sealed = {
        "person": target.person,
        "asked_rows": {name: sorted(rows) for name, rows in target.rows.items()},
        "rows": {one.dataset: sorted(one.rows) for one in found} if target.kind != "retention" else {},
        "names": sorted({name for one in found for name in one.names}),
    }
    return Journal(asked, sealed)


def _of_batch(dataset: str, target: Target) -> bool:
    return target.kind == "batch" and any(one.batch == target.batch for one in history_of(dataset))


def _target(journal: Journal) -> Target:
    return Target(
        kind=journal.asked["kind"],
        person=journal.sealed["person"],
        batch=journal.asked["batch"],
        rows={name: frozenset(rows) for name, rows in journal.sealed["asked_rows"].items()},
        before={name: datetime.fromisoformat(day) for name, day in journal.asked["before"].items()},
    )


@contextmanager
def _alone() -> Iterator[None]:
    """One erasure at a time, and nobody writes any dataset meanwhile."""
    path = private_folder(tombstones.folder()) / ".lock"
    with ExitStack() as held, path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Unavailable(Fault(code="busy", message="另一次销毁正在进行，请稍后再试")) from None
        for dataset in sorted({*log.dataset_names(), *(path.stem for path in source_files())}):
            held.enter_context(writing(dataset))
        yield


def _go(journal: Journal, target: Target, rooms: Rooms, progress: Progress) -> dict[str, Any]:
    record = journal.record
    kept_out = _bury(target, record)
    tables = _tables(journal, target, progress)
    gone = Gone(
        record=record,
        pattern=pattern(target.person) if target.person else None,
        rows={name: frozenset(rows) for name, rows in journal.sealed["rows"].items()},
        batches=_batches(target),
        files={name: frozenset(told["names"]) for name, told in tables.items()},
        names=frozenset(journal.sealed["names"]),
    )
    for forget in STORES:
        told = forget(gone, False)
        if told.store not in journal.answers:
            journal.answer(told.store, told.as_dict())
        failpoint(f"erase.{told.store}")
    lost = tuple(one.id for one in snapshots() if one.id in journal.asked["readable"] and not readable(one))
    if "rooms" not in journal.answers:
        answered = rooms(Outcome(record, target.kind, gone, target.person, lost))
        journal.answer("rooms", {"answers": [one.as_dict() for one in answered]})
    failpoint("erase.rooms")
    body = _body(journal, tables, lost, kept_out)
    body["scan"] = asdict(scan(target.person, progress)) if target.person else None
    whole = records.keep(body)
    failpoint("erase.recorded")
    journals.close()
    return whole


def _batches(target: Target) -> frozenset[str]:
    """Batches that go whole: what lies beside the tables goes with them."""
    old = {
        str(one.batch)
        for dataset, before in target.before.items()
        for one in history_of(dataset)
        if one.kind == "land" and (at := moment(one)) and at.astimezone(UTC).replace(tzinfo=None) < before
    }
    return frozenset(old | ({target.batch} if target.batch else set()))


def _guard_kept(found: Sequence[Found]) -> None:
    for one in found:
        for name, snapshot in kept_files(one.dataset).items():
            if name in one.files:
                raise GuardRefused(
                    Fault(code="snapshot_kept", message="涉及的数据在保全的快照里，先解除保全", found=snapshot,
                          expected=f"shujian lake snapshots --release {snapshot}")
                )  # fmt: skip


def _bury(target: Target, record: str) -> int:
    if target.kind == "person" and target.person:
        tombstones.bury("person", [target.person], record)
    elif target.kind == "batch":
        histories = [history_of(dataset) for dataset in log.dataset_names()]
        landed = [one for told in histories for one in told if one.batch == target.batch]
        tombstones.bury("file", [one.sha256 for one in landed if one.sha256], record)
    return sum(1 for one in tombstones.tombstones() if one.record == record)


def _tables(journal: Journal, target: Target, progress: Progress) -> dict[str, dict[str, Any]]:
    """Each dataset once; what is done already is answered from the commit log."""
    names = log.dataset_names()
    progress.begin("删除数据行", len(names))
    told: dict[str, dict[str, Any]] = {}
    for dataset in names:
        done = erase_from(dataset, target, journal.record)
        renamed = scrub_names(dataset, pattern(target.person), journal.record) if target.person else 0
        if done is not None:
            told[dataset] = {**done.as_dict(), "names": list(done.files), "renamed": renamed}
        if dataset in target.before:
            journal.asked["vacuumed"] = journal.asked.get("vacuumed", 0) + vacuum(
                dataset, target.before[dataset]
            )
        progress.advance(1)
    return told


def _body(
    journal: Journal, tables: Mapping[str, Mapping[str, Any]], lost: Sequence[str], kept_out: int
) -> dict[str, Any]:
    asked = journal.asked
    rooms = journal.answers["rooms"]["answers"]
    own = [told for store, told in journal.answers.items() if store != "rooms"]
    runs: list[str] = next((one["detail"].get("runs", []) for one in rooms if one["store"] == "runs"), [])
    kept = ("number", "kind", "scope", "reason", "basis", "approver", "actor", "began_at", "snapshot_before")
    datasets = [{name: value for name, value in told.items() if name != "names"} for told in tables.values()]
    return {
        **{name: asked[name] for name in kept}, "done_at": now().isoformat(), "datasets": datasets,
        "stores": [*own, *rooms], "snapshot_after": pin().id, "snapshots_lost": list(lost), "runs_lost": runs,
        "backups": records.backups_hold(), "kept_out": kept_out,
    }  # fmt: skip
