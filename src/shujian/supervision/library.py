"""Finds the models of the catalogue: shipped ones, and the user's own beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from shujian.kernel.canonical import digest
from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.home import home
from shujian.kernel.yamlfile import YamlFile, parse_yaml, read_yaml
from shujian.supervision.forms import ScreenStep
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
        return file, ModelSpec.model_validate(_mapping(file))
    except ValidationError as error:
        raise BadInput(_form_faults(file, error)) from None


def _mapping(file: YamlFile) -> object:
    if not isinstance(file.value, dict):
        told = "空文件" if file.value is None else str(file.value)[:40]
        raise BadInput(file.fault((), "wrong_type", "模型文件应是键值表", found=told, expected="id: …"))
    return file.value


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


def keywords_of(file: YamlFile, spec: ModelSpec) -> tuple[dict[str, KeywordFile], list[Fault]]:
    """The keyword files of a model, and a fault for each step that names one that is missing or has faults."""
    shelf, faults = keyword_shelf(), list[Fault]()
    for position, step in enumerate(spec.steps):
        if not isinstance(step, ScreenStep) or step.keywords in shelf.items:
            continue
        told = "、".join(sorted(shelf.items)) or "catalogue/keywords/<id>.yaml"
        where: tuple[str | int, ...] = ("steps", position, "keywords")
        faults.append(
            file.fault(
                where,
                "unknown_keywords",
                "没有这个关键词文件，或该文件有错误",
                found=step.keywords,
                expected=told,
            )
        )
        faults += [fault for fault in shelf.faults if fault.file and Path(fault.file).stem == step.keywords]
    return {name: shelf.items[name] for name in spec.keyword_files() if name in shelf.items}, faults


def load_model(path: Path) -> Model:
    """Load one model file with its keywords. Raises BadInput with all faults."""
    file, spec = read_spec(path)
    keywords, faults = keywords_of(file, spec)
    if faults:
        raise BadInput(faults)
    return Model(spec=spec, keywords=keywords, file=file, fingerprint=fingerprint(spec, keywords))


def model_paths() -> list[Path]:
    """Every ``models/**/model.yaml`` of the catalogue, shipped first."""
    return [
        path for root in home().catalogue_roots() for path in sorted((root / "models").glob("**/model.yaml"))
    ]


@dataclass(frozen=True)
class Library:
    """The sound models by id; and of the others, by path, what is wrong. One bad file stops no other."""

    models: Mapping[str, Model]
    faults: Mapping[Path, tuple[Fault, ...]]


def library() -> Library:
    """All models of the catalogue; read again only when a file changed."""
    return _loaded(tuple(stamp(path) for path in model_paths()), keyword_stamps())


def load_models() -> dict[str, Model]:
    """The sound models by id."""
    return dict(library().models)


@lru_cache(maxsize=4)
def _loaded(paths: tuple[Stamp, ...], _words: tuple[Stamp, ...]) -> Library:
    faults: dict[Path, tuple[Fault, ...]] = {}
    found: dict[str, Model] = {}
    for path, _, _ in paths:
        try:
            model = load_model(path)
        except BadInput as error:
            faults[path] = error.faults
            continue
        spec = model.spec
        if any(
            spec.id == other or (spec.number and spec.number == each.spec.number)
            for other, each in found.items()
        ):
            named = f"{spec.id} {spec.number or ''}".strip()
            faults[path] = (
                model.file.fault(
                    ("id",), "duplicate_id", "模型的 id 或编号已被使用", found=named, expected="另取一个"
                ),
            )
            continue
        found[spec.id] = model
    return Library(found, faults)


def find_model(name: str | Path) -> Model:
    """A model by id or M-number, or by the path of its file or folder, in the catalogue or not.

    Raises BadInput: the model's own faults, or the known ids.
    """
    if isinstance(name, Path):
        return load_model(name / "model.yaml" if name.is_dir() else name)
    shelf = library()
    for model in shelf.models.values():
        if name in (model.spec.id, model.spec.number):
            return model
    for path, faults in shelf.faults.items():
        if name in _names(path):
            raise BadInput(faults)
    known = "、".join(f"{model.spec.number or ''} {key}".strip() for key, model in shelf.models.items())
    raise BadInput(Fault(code="unknown_model", message="没有这个监督模型", found=name, expected=known))


def _names(path: Path) -> tuple[str, ...]:
    """The id and number that a faulty file gives itself, and the name of its folder."""
    try:
        value = read_yaml(path).value
    except BadInput:
        value = {}
    told = value if isinstance(value, dict) else {}
    return (str(told.get("id")), str(told.get("number")), path.parent.name)
