"""The door by which other rooms read the catalogue's models."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from shujian.kernel.errors import Fault, ShujianError
from shujian.supervision.column_titles import column_title as _column_title
from shujian.supervision.diagram import diagram
from shujian.supervision.fairness import Fairness, fairness_lines
from shujian.supervision.firm_limits import firm_limits
from shujian.supervision.judged import JudgedPair, JudgedPeople, Known
from shujian.supervision.keywords import KeywordFile, keyword_shelf
from shujian.supervision.letters import (
    AskedField,
    AskedSource,
    Letter,
    Letters,
    letter_parts,
    letter_text,
    letters_of,
)
from shujian.supervision.letters import as_items as letter_items
from shujian.supervision.library import Model, find_model, library, load_models
from shujian.supervision.necessity import read_necessity
from shujian.supervision.parameters import parameter_book
from shujian.supervision.result import (
    ABSENCES,
    GRADES,
    JUDGED,
    AbsenceFound,
    Compared,
    EvidenceRow,
    Hit,
    KeywordHit,
    MatchFound,
    RunResult,
    StepCount,
)
from shujian.supervision.run import contracts_of
from shujian.supervision.sentence import sentence as _sentence
from shujian.supervision.spec import ModelSpec
from shujian.supervision.told import ParameterTold, ProofTold, parameters_of, proofs_of

__all__ = [
    "ABSENCES",
    "GRADES",
    "JUDGED",
    "AbsenceFound",
    "AskedField",
    "AskedSource",
    "Compared",
    "EvidenceRow",
    "Fairness",
    "Hit",
    "JudgedPair",
    "JudgedPeople",
    "KeywordFile",
    "KeywordHit",
    "Known",
    "Letter",
    "Letters",
    "MatchFound",
    "ModelSpec",
    "ParameterTold",
    "ProofTold",
    "RunResult",
    "StepCount",
    "column_title",
    "diagram",
    "fairness_lines",
    "faults",
    "fingerprint",
    "firm_limits",
    "keywords",
    "letter_items",
    "letter_parts",
    "letter_text",
    "letters",
    "model",
    "model_schema",
    "models",
    "necessity",
    "note",
    "parameters",
    "proofs",
    "sentence",
    "setting",
    "units",
    "words",
]


def units() -> list[str]:
    """Every unit that a sound model sends clues to, in order."""
    return sorted({unit for spec in models().values() for unit in spec.units()})


def models() -> dict[str, ModelSpec]:
    """All sound models of the catalogue by id, ordered by number; ``faults`` tells of the others."""
    found = {name: loaded.spec for name, loaded in load_models().items()}
    return dict(sorted(found.items(), key=lambda pair: (pair[1].number or "~", pair[0])))


def faults() -> list[Fault]:
    """What is wrong with the model files that had to be left out; empty where all are sound."""
    return [fault for told in library().faults.values() for fault in told]


def model(name: str | Path) -> ModelSpec:
    """A model by id or M-number, or the file (or folder) of a draft. Raises BadInput."""
    return find_model(name).spec


def fingerprint(name: str) -> str:
    """The fingerprint of a model as it stands now."""
    return find_model(name).fingerprint


def keywords(name: str) -> Mapping[str, KeywordFile]:
    """The keyword files of a model by id."""
    return find_model(name).keywords


def words(name: str) -> list[str]:
    """The keywords of a model: those of its screening steps and of the keyword file that bears its name."""
    found = dict(find_model(name).keywords)
    own = keyword_shelf().items.get(find_model(name).spec.id)
    files = [*found.values(), *([own] if own is not None and own.id not in found else [])]
    return list(dict.fromkeys(word.word for file in files for word in file.words))


def note(name: str) -> str | None:
    """The text of the model's ``NOTE.md``; None where it has none."""
    path = find_model(name).folder / "NOTE.md"
    return path.read_text("utf-8") if path.exists() else None


def necessity(name: str) -> str | None:
    """The text of the model's ``NECESSITY.md``; None where it has none."""
    found = read_necessity(find_model(name))
    return found.path.read_text("utf-8") if found else None


def letters(name: str) -> Letters:
    """The requests for the data of a model, by the body that holds it. Raises BadInput."""
    return letters_of(find_model(name))


def proofs(name: str) -> list[ProofTold]:
    """The proofs of a model in words."""
    return proofs_of(find_model(name))


def parameters(name: str) -> list[ParameterTold]:
    """The parameters of a model as they hold today."""
    return parameters_of(find_model(name))


def setting(name: str, day: date) -> Any:
    """A dated number of the catalogue that no model asks for: ``casework.objection_days``. Raises BadInput."""
    return parameter_book().value(name, day)


def sentence(spec: ModelSpec) -> str:
    """The plain-Chinese sentence of a model."""
    items = keyword_shelf().items
    return _sentence(
        spec, _contracts(spec), {name: items[name] for name in spec.keyword_files() if name in items}
    )


def column_title(model: str, name: str) -> str:
    """A computed column as its model names it in Chinese; its own name where the model has left the catalogue."""
    try:
        spec = find_model(model).spec
    except ShujianError:
        return name
    return _column_title(spec, name)


def _contracts(spec: ModelSpec) -> dict[str, Any]:
    loaded = load_models()[spec.id]
    return contracts_of(Model(spec=spec, keywords={}, file=loaded.file, fingerprint=""))


def model_schema() -> dict[str, Any]:
    """The JSON Schema of ``model.yaml``."""
    return ModelSpec.model_json_schema(by_alias=True)
