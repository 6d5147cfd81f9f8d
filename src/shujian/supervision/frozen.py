"""A model as it was on the day of a run, as text that a run's record keeps, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from shujian.kernel.yamlfile import YamlFile
from shujian.supervision.keywords import KeywordFile
from shujian.supervision.library import Model, fingerprint
from shujian.supervision.spec import ModelSpec


def freeze(model: Model, parameters: Mapping[str, Any]) -> str:
    """JSON: the model's tree in its own order (a later column may name an earlier one), its keyword files, its parameters."""
    body = {
        "model": model.spec.model_dump(mode="json", by_alias=True, exclude_none=True),
        "keywords": {
            name: words.model_dump(mode="json", by_alias=True) for name, words in model.keywords.items()
        },
        "parameters": {name: _tagged(value) for name, value in parameters.items()},
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def thaw(text: str) -> tuple[Model, dict[str, Any]]:
    """The model and parameter values of a frozen text."""
    told = json.loads(text)
    spec = ModelSpec.model_validate(told["model"])
    keywords = {name: KeywordFile.model_validate(body) for name, body in told["keywords"].items()}
    file = YamlFile(path=Path(f"{spec.id}/model.yaml"), value={}, places={})
    model = Model(spec=spec, keywords=keywords, file=file, fingerprint=fingerprint(spec, keywords))
    return model, {name: _plain(value) for name, value in told["parameters"].items()}


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
