"""Finds the models of the catalogue: shipped ones, and the user's own beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from shujian.kernel.canonical import digest
from shujian.kernel.errors import BadInput, Fault, FaultList
from shujian.kernel.home import home
from shujian.kernel.yamlfile import YamlFile, parse_yaml, read_yaml
from shujian.supervision.keywords import KeywordFile, Stamp, keyword_shelf, keyword_stamps, stamp
from shujian.supervision.spec import ModelSpec

LANGUAGE = "shujian-model/1"


@dataclass(frozen=True)
class Model:
    """A model as loaded: the form, its keyword files, the file it stands in, its fingerprint."""

    spec: ModelSpec
    keywords: Mapping[str, KeywordFile]
    file: YamlFile
    fingerprint: str

    @property
    def folder(self) -> Path:
        """The folder of the model; proofs and the note lie in it."""
        return self.file.path.parent


def read_spec(path: Path, text: str | None = None) -> tuple[YamlFile, ModelSpec]:
    """Read one ``model.yaml``. Raises BadInput with every fault of its form."""
    file = read_yaml(path) if text is None else parse_yaml(text, path)
    try:
        return file, ModelSpec.model_validate(_tagged(file.value))
    except ValidationError as error:
        raise BadInput(_form_faults(file, error)) from None


def _tagged(value: object) -> object:
    if not isinstance(value, dict):
        raise BadInput(
            Fault(code="wrong_type", message="模型文件应是键值表", found=str(value)[:40], expected="键值表")
        )
    return value


def _form_faults(file: YamlFile, error: ValidationError) -> list[Fault]:
    # pydantic puts the tag of the step's kind into the location; our places do not know it.
    faults = []
    for item in error.errors(include_url=False):
        where = tuple(item["loc"])
        if len(where) > 2 and where[0] == "steps":
            where = (*where[:2], *where[3:])
        faults.append(file.fault_of({**item, "loc": where}))
    return faults


def fingerprint(spec: ModelSpec, keywords: Mapping[str, KeywordFile]) -> str:
    """SM3 over the language version, the canonical model and its keyword files."""
    words = {name: keywords[name].model_dump(mode="python", by_alias=True) for name in sorted(keywords)}
    return digest({"language": LANGUAGE, "model": spec.canonical(), "keywords": words})


def load_model(path: Path) -> Model:
    """Load one model file with its keywords. Raises BadInput with all faults."""
    file, spec = read_spec(path)
    shelf = keyword_shelf().items
    missing = [name for name in spec.keyword_files() if name not in shelf]
    if missing:
        raise BadInput(
            [
                file.fault(
                    ("steps",),
                    "unknown_keywords",
                    "没有这个关键词文件",
                    found=name,
                    expected="、".join(sorted(shelf)) or "catalogue/keywords/<id>.yaml",
                )
                for name in missing
            ]
        )
    keywords = {name: shelf[name] for name in spec.keyword_files()}
    return Model(spec=spec, keywords=keywords, file=file, fingerprint=fingerprint(spec, keywords))


def model_paths() -> list[Path]:
    """Every ``models/**/model.yaml`` of the catalogue, shipped first."""
    return [
        path for root in home().catalogue_roots() for path in sorted((root / "models").glob("**/model.yaml"))
    ]


def load_models() -> dict[str, Model]:
    """All models by id. Raises BadInput with the faults of all files, or for an id used twice."""
    return dict(_loaded(tuple(stamp(path) for path in model_paths()), keyword_stamps()))


@lru_cache(maxsize=4)
def _loaded(paths: tuple[Stamp, ...], _words: tuple[Stamp, ...]) -> dict[str, Model]:
    """Read once for the same files: a server asks at every page."""
    faults, found = FaultList(), dict[str, Model]()
    for path, _, _ in paths:
        try:
            model = load_model(path)
        except BadInput as error:
            faults.items.extend(error.faults)
            continue
        same = [
            other
            for other in found.values()
            if other.spec.id == model.spec.id
            or (model.spec.number and other.spec.number == model.spec.number)
        ]
        if same:
            faults.add(
                model.file.fault(
                    ("id",),
                    "duplicate_id",
                    "模型的 id 或编号已被使用",
                    found=f"{model.spec.id} {model.spec.number or ''}",
                    expected="另取一个",
                )
            )
            continue
        found[model.spec.id] = model
    faults.raise_if_any()
    return found


def find_model(name: str) -> Model:
    """A model by id or M-number. Raises BadInput with the known ids."""
    models = load_models()
    for model in models.values():
        if name in (model.spec.id, model.spec.number):
            return model
    raise BadInput(
        Fault(
            code="unknown_model",
            message="没有这个监督模型",
            found=name,
            expected="、".join(f"{model.spec.number or ''} {key}".strip() for key, model in models.items()),
        )
    )
