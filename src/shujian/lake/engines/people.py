"""Every person of the county that the lake has: one row for each naming of a person, whatever the dataset."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from shujian.lake.contracts import source
from shujian.lake.errors import UnknownSource
from shujian.lake.physical import quoted
from shujian.lake.snapshots import DatasetPin

People = Mapping[str, Sequence[str]]
"""Dataset → the ids of its person subjects."""

NOBODY = "select cast(null as varchar) as name, cast(null as varchar) as id, cast(null as date) as birth where false"


def people_of(pins: Mapping[str, DatasetPin]) -> dict[str, tuple[str, ...]]:
    """The person subjects of all datasets of a snapshot that came from outside. A dataset whose source is no longer
    known says nothing of whom it names and is left out. Raises BadInput for a faulty source.
    """
    found: dict[str, tuple[str, ...]] = {}
    for dataset, pin in sorted(pins.items()):
        try:
            contract = source(dataset)
        except UnknownSource:
            continue
        subjects = tuple(name for name, form in contract.subjects.items() if form.kind == "person")
        if pin.files and subjects and contract.inside is None:
            found[dataset] = subjects
    return found


def people_sql(
    people: People, pins: Mapping[str, DatasetPin], rows: Callable[[DatasetPin, Sequence[str]], str | None]
) -> str:
    """A query (name, id, birth) over the current rows; ``rows`` selects columns of a pin, None where it lacks one."""
    parts = []
    for dataset, subjects in people.items():
        for subject in subjects if dataset in pins else ():
            columns = [f"{subject}__{part}" for part in ("name", "id", "birth")]
            told = rows(pins[dataset], columns)
            if told is not None:
                name, number, birth = map(quoted, columns)
                parts.append(f"select {name} as name, {number} as id, {birth} as birth from ({told})")
    return " union all ".join(parts) or NOBODY
