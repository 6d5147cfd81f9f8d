"""``model check``: every fault of model files, each with file, line, what was found and what was expected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.yamlfile import YamlFile, read_yaml
from shujian.lake.read import memory_session
from shujian.lake.service import typed_table
from shujian.supervision.adapting import base_of
from shujian.supervision.compile import Plan
from shujian.supervision.holidays import holiday_shelf
from shujian.supervision.keyword_lint import lint
from shujian.supervision.keywords import keyword_shelf
from shujian.supervision.library import Model, keywords_of, model_paths, read_spec
from shujian.supervision.necessity import necessity_faults
from shujian.supervision.parameters import parameter_book
from shujian.supervision.proof import read_proofs
from shujian.supervision.repair import repaired, sound_faults, stand_in_words
from shujian.supervision.run import contracts_of, make_plan, rights_of
from shujian.supervision.spec import ModelSpec


def model_files(paths: Sequence[Path]) -> list[Path]:
    """The ``model.yaml`` files that the paths mean: a file itself, or all below a folder."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(path.glob("**/model.yaml"))
            if not inside:
                raise BadInput(Fault(code="no_model", message="文件夹里没有 model.yaml", file=str(path)))
            found += inside
        else:
            found.append(path)
    return found or model_paths()


def check_models(paths: Sequence[Path], as_of: date) -> list[Fault]:
    """Check form, columns, types, parameters and proofs' form; compile against empty tables; nothing is run.

    The faults of keyword and parameter files of the catalogue are told too. Where a part is faulty in form, the
    sound parts are compiled all the same.
    """
    shelf = keyword_shelf()
    faults: list[Fault] = [*parameter_book().faults, *shelf.faults, *lint(shelf), *holiday_shelf().faults]
    ids: dict[str, Path] = {}
    for path in model_files(paths):
        file, spec, wrong = _form(path)
        faults += wrong
        if file is None or spec is None:
            continue
        keywords, missing = keywords_of(file, spec)
        words = {name: keywords.get(name) or stand_in_words(name) for name in spec.keyword_files()}
        faults += missing
        model = Model(spec=spec, keywords=words, file=file, fingerprint="")
        found = [*_compiled(model, as_of), *read_proofs(model)[1], *necessity_faults(model)]
        faults += sound_faults(found) if wrong else found
        if not wrong:
            faults += _taken(file, spec, {**_beside(path), **ids})
        ids |= {name: path for name in (spec.id, spec.number) if name}
    return list(dict.fromkeys(faults))


def _beside(path: Path) -> dict[str, Path]:
    """Ids and numbers of the models that stand in the catalogue before this one; none for a draft outside of it."""
    names: dict[str, Path] = {}
    for other in model_paths():
        if other.resolve() == path.resolve():
            return names
        spec = _form(other)[1]
        names |= {name: other for name in (spec and spec.id, spec and spec.number) if name}
    return {}


def _taken(file: YamlFile, spec: ModelSpec, names: Mapping[str, Path]) -> list[Fault]:
    return [
        file.fault(
            (key,), "duplicate_id", "模型的 id 或编号已被使用", found=name,
            expected=f"另取一个；已用于 {names[name].parent.name}",
        )
        for key, name in (("id", spec.id), ("number", spec.number)) if name and name in names
    ]  # fmt: skip


def _form(path: Path) -> tuple[YamlFile | None, ModelSpec | None, list[Fault]]:
    """The form of one file; or its faults, and what is left of it without them."""
    try:
        file, spec = read_spec(path)
    except BadInput as error:
        faults = list(error.faults)
    else:
        return file, spec, []
    try:
        left = repaired(read_yaml(path))
    except BadInput:
        left = None
    return (*left, faults) if left else (None, None, faults)


def _compiled(model: Model, as_of: date) -> list[Fault]:
    try:
        compile_only(model, as_of)
    except BadInput as error:
        return list(error.faults)
    return []


def compile_only(model: Model, as_of: date) -> Plan:
    """Compile a model against empty tables. Raises BadInput with every fault."""
    contracts = contracts_of(model)
    tables = {contract.id: typed_table(base_of(contract), []) for contract in contracts.values()}
    session = memory_session(tables)
    try:
        rights = rights_of(model, contracts, {}, as_of, session)
        return make_plan(model, contracts, parameter_book(), as_of, rights)
    finally:
        session.close()
