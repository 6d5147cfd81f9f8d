"""Fetches the source rows behind hits, with their provenance, in one query a dataset."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from shujian.lake.read import Session, SourceContract
from shujian.supervision.adapting import home_field
from shujian.supervision.relation import quoted
from shujian.supervision.result import EvidenceRow, KeywordHit

META = ("_row", "_file", "_sheet", "_line", "_sha256", "_batch", "_received")
AROUND = 20
NEVER = datetime(1, 1, 1, tzinfo=UTC)
"""The time of receipt of a proof's rows, which nobody received."""


class Shelf:
    """Source rows by alias and row id, read once for all hits of a run."""

    def __init__(
        self,
        session: Session,
        contracts: Mapping[str, SourceContract],
        fields: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        """``fields``: what will be asked of the rows of an alias; every field where it is not told."""
        self._session, self._contracts = session, contracts
        self._fields = {
            alias: [field.id for field in contract.fields if fields is None or field.id in fields[alias]]
            for alias, contract in contracts.items()
        }
        self._rows: dict[str, dict[str, dict[str, Any]]] = {alias: {} for alias in contracts}

    def fetch(self, wanted: Mapping[str, Iterable[str]]) -> None:
        """Read the rows that are not yet here."""
        for alias, ids in wanted.items():
            missing = sorted(set(ids) - set(self._rows[alias]))
            if not missing:
                continue
            contract = self._contracts[alias]
            homes = {field: home_field(contract, field) for field in self._fields[alias]}
            found = self._session.rows(contract.id, (*homes.values(), *META), missing)
            for row, told in found.items():
                own = {field: told[home] for field, home in homes.items()}
                self._rows[alias][row] = {name: told[name] for name in META} | own

    def value(self, alias: str, row: str, field: str) -> Any:
        """One field of one fetched row."""
        return self._rows[alias][row].get(field)

    def home(self, alias: str, field: str) -> str:
        """What the lake calls a field of the alias."""
        return home_field(self._contracts[alias], field)

    def evidence(self, alias: str, row: str, fields: list[str]) -> EvidenceRow:
        """A fetched row as evidence, with the fields that the model shows."""
        contract, found = self._contracts[alias], self._rows[alias][row]
        known = {item.id: item for item in contract.fields}
        shown = [name for name in fields if name in known]
        return EvidenceRow(
            alias=alias,
            dataset=contract.id,
            source_title=contract.title,
            row=row,
            file=found["_file"],
            sheet=found["_sheet"],
            line=found["_line"],
            sha256=found["_sha256"],
            batch=found["_batch"],
            received_at=(found["_received"] or NEVER).replace(tzinfo=UTC),
            fields={home_field(contract, name): found[name] for name in shown},
            titles={home_field(contract, name): known[name].title for name in shown},
            types={home_field(contract, name): known[name].type for name in shown},
        )


def keyword_hits(
    session: Session, step_id: str, dataset: str, alias: str, rows: Iterable[str], shelf: Shelf
) -> dict[str, list[KeywordHit]]:
    """The effective hits of one screening step for these rows: row → hits in order of place."""
    wanted = sorted(set(rows))
    session.register(f"wanted_words_{step_id}", pa.table({"_row": pa.array(wanted, pa.string())}))
    found = session.sql(
        f'SELECT DISTINCT _row, field, spelling, "offset", length FROM {quoted(f"words_{step_id}")} '
        f'WHERE _row IN (SELECT _row FROM {quoted(f"wanted_words_{step_id}")}) ORDER BY _row, field, "offset", length, spelling'
    )
    shelf.fetch({alias: wanted})
    hits: dict[str, list[KeywordHit]] = {}
    for each in found.to_pylist():
        body = str(shelf.value(alias, each["_row"], each["field"]) or "")
        start, end = each["offset"], each["offset"] + each["length"]
        snippet = (
            ("…" if start > AROUND else "")
            + body[max(0, start - AROUND) : end + AROUND]
            + ("…" if end + AROUND < len(body) else "")
        )
        hits.setdefault(each["_row"], []).append(
            KeywordHit(
                word=each["spelling"],
                dataset=dataset,
                row=each["_row"],
                field=shelf.home(alias, each["field"]),
                offset=start,
                length=each["length"],
                snippet=snippet,
            )
        )
    return hits
