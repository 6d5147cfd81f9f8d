"""Firms of one dataset against firms of another: read from a snapshot, one line a distinct firm, and resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa

from shujian.kernel.errors import BadInput, Fault
from shujian.lake.contracts import source
from shujian.lake.engines.duckdb import Session
from shujian.lake.physical import quoted
from shujian.lake.snapshots import Snapshot
from shujian.lake.sources import SourceContract, Subject
from shujian.matching.firms import names
from shujian.matching.firms.branches import Related, relations
from shujian.matching.firms.compare import TownOf, written_town
from shujian.matching.firms.ladder import Resolved, resolve
from shujian.matching.firms.limits import Limits
from shujian.matching.firms.lists import Firms, OtherName, aligned, other_names, stored
from shujian.matching.normalise import address
from shujian.matching.normalise.address_parts import parse
from shujian.matching.normalise.regions import region

CHANGES = "firm_change"
"""The dataset of changes of name: former names with the days they held, and aliases."""

_ALIAS = frozenset({"简称", "字号", "别名"})
_PARTS = ("uscc", "name", "core", "tax", "former", "parent")


@dataclass(frozen=True)
class FirmList:
    """The distinct firms of a dataset's subject, in the order of their keys. ``row``: the id of one row that speaks of
    the firm; ``rows``: how many do.
    """

    dataset: str
    subject: str
    row: list[str]
    rows: list[int]
    firms: Firms


@dataclass(frozen=True)
class FirmsFound:
    """Two lists, each left firm's answer, and who is head office or branch of whom."""

    snapshot: str
    left: FirmList
    right: FirmList
    resolved: Resolved
    related: Related


def resolve_firms(left: str, right: str, snapshot: Snapshot, limits: Limits) -> FirmsFound:
    """Resolve the firms of ``left`` among those of ``right``; each names a dataset, or ``dataset.subject``.

    Former names and aliases come from brackets, from the contract's ``former`` field and from ``firm_change``, if there.
    Raises UnknownSource, and BadInput where a dataset has no such subject or several to choose from.
    """
    sides = [_chosen(name) for name in (left, right)]
    with Session(snapshot=snapshot) as session:
        lists = [_read(session, contract, subject_id) for contract, subject_id in sides]
        changes = _changes(session, snapshot)
    lists = [_with_names(one, changes) for one in lists]
    one, other = aligned(lists[0].firms, lists[1].firms, least_region=limits.least_region, regions=_places())
    return FirmsFound(
        snapshot.id, replace(lists[0], firms=one), replace(lists[1], firms=other),
        resolve(one, other, limits, town_of=_town_of()),
        relations(one, other, cap=limits.block, shortest=limits.shortest),
    )  # fmt: skip


def _chosen(name: str) -> tuple[SourceContract, str]:
    dataset, _, subject = name.partition(".")
    contract = source(dataset)
    orgs = [each for each, form in contract.subjects.items() if form.kind == "org"]
    fitting = [subject] if subject in orgs else [] if subject else orgs
    if len(fitting) == 1:
        return contract, fitting[0]
    message = "这个数据集没有单位主体" if not orgs else "数据集有几个单位主体，请写明用哪一个"
    if subject and orgs:
        message = "数据集没有这个单位主体"
    raise BadInput(
        Fault(
            code="no_such_firms",
            message=message,
            found=name,
            expected="、".join(f"{dataset}.{each}" for each in orgs) or None,
        )
    )


def _read(session: Session, contract: SourceContract, subject_id: str) -> FirmList:
    subject = contract.subjects[subject_id]
    view = session.attach(contract.id)
    keys = ", ".join(f"{quoted(f'{subject_id}__{part}')} AS {part}" for part in _PARTS)
    told = ", ".join(f"{_field(field)} AS {role}" for role, field in _roles(subject).items())
    day = f'max("{contract.date_field}")::DATE' if contract.date_field else "NULL::DATE"
    groups = ", ".join(str(place + 1) for place in range(len(_PARTS) + len(_roles(subject))))
    found = session.sql(
        f'SELECT {keys}, {told}, min("_row") AS row, count(*) AS rows, {day} AS day FROM {view} '
        f"WHERE {quoted(f'{subject_id}__name')} IS NOT NULL OR {quoted(f'{subject_id}__uscc')} IS NOT NULL "
        f"GROUP BY {groups} ORDER BY {groups}"
    ).combine_chunks()
    column = {name: _text(found, name) for name in (*_PARTS, *_roles(subject))}
    firms = stored(
        uscc=column["uscc"], tax=column["tax"], full=column["name"], core=column["core"], parent=column["parent"],
        rep=column["rep"], address=pa.array(address.key_many(column["address"].to_pylist()), pa.string()),
        on=_plain(found["day"]).cast(pa.date32()), other=_written(column),
    )  # fmt: skip
    return FirmList(contract.id, subject_id, found["row"].to_pylist(), found["rows"].to_pylist(), firms)


def _roles(subject: Subject) -> dict[str, str | None]:
    return {
        "rep": subject.rep,
        "address": subject.address,
        "formers": subject.former,
        "written": subject.name,
    }


def _field(field: str | None) -> str:
    return quoted(field) if field else "NULL::VARCHAR"


def _text(table: pa.Table, name: str) -> pa.Array:
    return _plain(table[name]).cast(pa.string())


def _plain(column: pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _written(column: Mapping[str, pa.Array]) -> list[OtherName]:
    """Former names in brackets and in the contract's own field, and trade signs."""
    found: list[OtherName] = []
    for row, (written, formers) in enumerate(
        zip(column["written"].to_pylist(), column["formers"].to_pylist(), strict=True)
    ):
        if written and "(" in written:
            found += [OtherName(row, name) for name in names.former_names(written)]
            found += [OtherName(row, name, "alias") for name in names.shop_names(written)]
        found += [OtherName(row, name) for name in names.listed(formers)]
    return found


def _changes(session: Session, snapshot: Snapshot) -> list[dict[str, Any]]:
    if CHANGES not in snapshot.datasets:
        return []
    view = session.attach(CHANGES)
    found: list[dict[str, Any]] = session.sql(
        f"SELECT org__uscc AS uscc, org__name AS name, former_name, item, used_from, changed_on - 1 AS until FROM {view} "
        f"WHERE former_name IS NOT NULL ORDER BY ALL"
    ).to_pylist()
    return found


def _with_names(one: FirmList, changes: list[dict[str, Any]]) -> FirmList:
    """Former names and aliases of the firms of a list, by credit code, else by their present name."""
    if not changes:
        return one
    codes, fulls = _rows_by(one.firms.uscc), _rows_by(one.firms.full)
    more: list[OtherName] = []
    for change in changes:
        rows = codes.get(change["uscc"]) or [
            row
            for row in fulls.get(change["name"], [])
            if change["uscc"] is None or not one.firms.uscc[row].is_valid
        ]
        kind = "alias" if change["item"] in _ALIAS else "former"
        until = None if kind == "alias" else change["until"]
        more += [OtherName(row, change["former_name"], kind, change["used_from"], until) for row in rows]  # type: ignore[arg-type]
    told = pa.concat_tables([other_names(more), one.firms.other]).combine_chunks()
    return replace(one, firms=replace(one.firms, other=_once(told)))


def _once(told: pa.Table) -> pa.Table:
    """Each name of a row once; the dated one, which stands first, stays."""
    seen: dict[tuple[int, str, str], int] = {}
    for place, key in enumerate(
        zip(*(told[name].to_pylist() for name in ("row", "name", "kind")), strict=True)
    ):
        seen.setdefault(key, place)
    return told.take(pa.array(sorted(seen.values()), pa.int64())).combine_chunks()


def _rows_by(column: pa.Array) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row in np.flatnonzero(np.asarray(column.is_valid())).tolist():
        found.setdefault(column[row].as_py(), []).append(row)
    return found


def _places() -> tuple[str, ...]:
    """The county's own names, and those above it, as they stand before firms' names."""
    gazetteer = region()
    marked = (*(form.text for form in gazetteer.county), *gazetteer.above)
    bare = (name[:-1] if len(name) > 2 and name[-1] in "省市县区" else name for name in marked)
    return tuple(sorted({name for name in bare if len(name) > 1}))


def _town_of() -> TownOf:
    gazetteer = region()
    known: dict[str, str | None] = {}

    def town(text: str) -> str | None:
        if text not in known:
            read = parse(text, gazetteer)
            known[text] = read.town.name if read and read.town else written_town(text)
        return known[text]

    return town
