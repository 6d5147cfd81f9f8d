"""A model and its source contracts as they were on the day of a run, as text that a run's record keeps, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from shujian.kernel.yamlfile import YamlFile
from shujian.lake.read import People, SourceContract
from shujian.supervision.adapting import AdaptedContract
from shujian.supervision.judged import JudgedRows, from_plain
from shujian.supervision.keywords import KeywordFile
from shujian.supervision.library import Model, fingerprint
from shujian.supervision.spec import ModelSpec


@dataclass(frozen=True)
class Frozen:
    """What a run was made of. ``contracts``: alias → source contract, because limits and expectations written there
    decide what may be called absent; ``people``: among whom names were counted, empty where none were.
    """

    model: Model
    contracts: Mapping[str, SourceContract]
    parameters: Mapping[str, Any]
    people: People = field(default_factory=dict)
    judged: JudgedRows | None = None


def freeze(
    model: Model,
    contracts: Mapping[str, SourceContract],
    parameters: Mapping[str, Any],
    people: People | None = None,
    judged: JudgedRows | None = None,
) -> str:
    """JSON: the model's tree in its own order (a later column may name an earlier one), its keyword files, its
    source contracts, its parameters, among whom it counted names, and what people had judged of its rows (handles, row ids).
    """
    body: dict[str, Any] = {
        "model": model.spec.model_dump(mode="json", by_alias=True, exclude_none=True),
        "keywords": {
            name: words.model_dump(mode="json", by_alias=True) for name, words in model.keywords.items()
        },
        "sources": {
            alias: contract.model_dump(mode="json", by_alias=True) for alias, contract in contracts.items()
        },
        "parameters": {name: _tagged(value) for name, value in parameters.items()},
        **({"people": {name: list(subjects) for name, subjects in people.items()}} if people else {}),
    }
    if judged is not None:
        body["judged"] = judged.plain()
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def thaw(text: str) -> Frozen:
    """The model, contracts and parameter values of a frozen text."""
    told = json.loads(text)
    spec = ModelSpec.model_validate(told["model"])
    keywords = {name: KeywordFile.model_validate(body) for name, body in told["keywords"].items()}
    file = YamlFile(path=Path(f"{spec.id}/model.yaml"), value={}, places={})
    return Frozen(
        model=Model(spec=spec, keywords=keywords, file=file, fingerprint=fingerprint(spec, keywords)),
        contracts={alias: _contract(body) for alias, body in told["sources"].items()},
        parameters={name: _plain(value) for name, value in told["parameters"].items()},
        judged=from_plain(told.get("judged")),
        people={name: tuple(subjects) for name, subjects in told.get("people", {}).items()},
    )


def _contract(body: Mapping[str, Any]) -> SourceContract:
    return (AdaptedContract if "base" in body else SourceContract).model_validate(body)


def _tagged(value: Any) -> Any:
    if isinstance(value, Decimal):
        return {"$decimal": format(value, "f")}
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    if isinstance(value, Mapping):
        return {key: _tagged(item) for key, item in value.items()}
    return [_tagged(item) for item in value] if isinstance(value, list | tuple) else value


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        if set(value) == {"$decimal"}:
            return Decimal(value["$decimal"])
        if set(value) == {"$date"}:
            return date.fromisoformat(value["$date"])
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value
