"""Words are looked for when rows land: a run then finds the hits stored, and reads no text that cannot matter."""

from __future__ import annotations

from shujian.kernel.progress import Progress
from shujian.lake.read import Snapshot, source
from shujian.lake.service import screen
from shujian.supervision.adapting import home_field
from shujian.supervision.forms import ScreenStep
from shujian.supervision.library import load_models
from shujian.supervision.run import contracts_of


def screen_landed(
    snapshot: Snapshot, dataset: str | None = None, *, progress: Progress | None = None
) -> None:
    """Match the words of published models over what the snapshot holds (of one dataset, or of all), each text once: runs
    find the hits stored. Raises BadInput where a model is faulty.
    """
    pins = {pin.dataset: pin for pin in snapshot.datasets.values()}
    for (named, field), lists in published_words().items():
        screened = {item.id for item in source(named).fields if item.screen}
        if named in pins and dataset in (None, named) and field in screened:
            screen(named, field, lists, pins[named], progress=progress)


def published_words() -> dict[tuple[str, str], list[list[str]]]:
    """(dataset, field) → the list of words of each screening there of the catalogue's models; retired ones excepted."""
    found: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    for model in load_models().values():
        if model.spec.status == "retired":
            continue
        contracts = contracts_of(model)
        for step in model.spec.steps:
            if not isinstance(step, ScreenStep):
                continue
            words = tuple(sorted(set(model.keywords[step.keywords].scanned())))
            for written in step.fields():
                alias, _, field = written.rpartition(".")
                for name, contract in contracts.items():
                    screened = {item.id for item in contract.fields if item.screen}
                    if alias in ("", name) and field in screened:
                        found.setdefault((contract.id, home_field(contract, field)), set()).add(words)
    return {place: [list(words) for words in sorted(lists)] for place, lists in sorted(found.items())}
