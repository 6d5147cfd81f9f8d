"""``model check``: every fault of model files, each with file, line, what was found and what was expected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from shujian.kernel.errors import BadInput, Fault
from shujian.lake.read import memory_session
from shujian.lake.service import typed_table
from shujian.supervision.library import Model, load_model, model_paths
from shujian.supervision.parameters import parameter_book
from shujian.supervision.proof import read_proofs
from shujian.supervision.run import contracts_of, make_plan, rights_of


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
    """Check form, columns, types, parameters and proofs' form; compile against empty tables; nothing is run."""
    faults: list[Fault] = []
    ids: dict[str, Path] = {}
    for path in model_files(paths):
        try:
            model = load_model(path)
            compile_only(model, as_of)
        except BadInput as error:
            faults += error.faults
            continue
        if model.spec.id in ids:
            faults.append(
                model.file.fault(
                    ("id",),
                    "duplicate_id",
                    "模型的 id 已被使用",
                    found=model.spec.id,
                    expected=str(ids[model.spec.id]),
                )
            )
        ids[model.spec.id] = path
        faults += read_proofs(model)[1]
    return faults


def compile_only(model: Model, as_of: date) -> None:
    """Compile a model and bind its SQL against empty tables. Raises BadInput with every fault."""
    contracts = contracts_of(model)
    tables = {contract.id: typed_table(contract, []) for contract in contracts.values()}
    session = memory_session(tables)
    try:
        rights = rights_of(model, contracts, {}, as_of, session)
        make_plan(model, contracts, parameter_book(), as_of, rights)
    finally:
        session.close()
