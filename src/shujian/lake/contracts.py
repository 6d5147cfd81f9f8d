"""Finds and reads source contracts: the shipped ones first, then those of the user, who may not redefine an id.

``source`` and ``sources`` give them as they hold here: with the county's own agreement over them (``lake.county``).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.home import home
from shujian.kernel.yamlfile import read_yaml
from shujian.lake.county import county_files, is_county_file, read_county_file, with_county
from shujian.lake.errors import UnknownSource
from shujian.lake.promises import contract_warnings
from shujian.lake.soundness import contract_faults
from shujian.lake.sources import SourceContract


def source_files() -> list[Path]:
    """Every source file of all catalogue roots, shipped first, by name."""
    found: list[Path] = []
    for root in home().catalogue_roots():
        found += sorted((root / "sources").glob("*.yaml"))
    return found


def read_contract(path: Path) -> SourceContract:
    """One contract as its file states it. Raises BadInput with every fault and its line."""
    stat = path.stat() if path.exists() else None
    if stat is None:
        raise BadInput(Fault(code="no_file", message="文件不存在", file=str(path)))
    return _read(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=512)
def _read(path: Path, changed: int, size: int) -> SourceContract:
    text = read_yaml(path)
    if not isinstance(text.value, dict):
        raise BadInput(text.fault((), "not_a_mapping", "数据源文件应是键值表", expected="id: …"))
    faults: list[Fault] = []
    contract: SourceContract | None = None
    try:
        contract = SourceContract.model_validate(text.value)
    except ValidationError as error:
        faults += text.faults_of(error)
    if contract is not None:
        faults += [
            text.fault(where, code, message, found=found, expected=expected)
            for where, code, message, found, expected in contract_faults(contract)
        ]
        if contract.id != path.stem:
            faults.append(
                text.fault(
                    ("id",), "id_is_not_file_name", "id 与文件名不同", found=contract.id, expected=path.stem
                )
            )
    if faults or contract is None:
        raise BadInput(faults)
    return contract


def check(paths: list[Path]) -> list[Fault]:
    """Every fault of these files, and of their place beside the other sources; of county files too."""
    faults: list[Fault] = []
    others = {path.stem: path for path in source_files()}
    for path in paths:
        try:
            if is_county_file(path):
                read_county_file(path)
                with_county(catalogue_source(path.stem))
                continue
            contract = read_contract(path)
            with_county(contract)
        except BadInput as error:
            faults += error.faults
            continue
        other = others.get(contract.id)
        if other is not None and other.resolve() != path.resolve():
            faults.append(_redefined(path, other))
    return faults


def warnings(paths: list[Path]) -> list[Fault]:
    """What is allowed but should be looked at, of the files that have no fault, with the county's agreements."""
    found: list[Fault] = []
    for path in paths:
        try:
            contract = with_county(read_contract(path))
        except BadInput:  # its faults are told by ``check``; a county file has nothing to warn of
            continue
        text = read_yaml(path)
        found += [
            text.fault(where, code, message, found=told, expected=expected)
            for where, code, message, told, expected in contract_warnings(contract)
        ]
    return found


def _redefined(path: Path, first: Path) -> Fault:
    return Fault(
        code="duplicate_source", message="数据源 id 已被占用", file=str(path), line=1, field="id",
        found=path.stem, expected=f"与 {first} 不同的 id",
    )  # fmt: skip


def sources() -> dict[str, SourceContract]:
    """Every source by id. Raises BadInput with the faults of all files at once."""
    found: dict[str, SourceContract] = {}
    first: dict[str, Path] = {}
    faults: list[Fault] = []
    for path in source_files():
        if path.stem in first:
            faults.append(_redefined(path, first[path.stem]))
            continue
        first[path.stem] = path
        try:
            found[path.stem] = with_county(read_contract(path))
        except BadInput as error:
            faults += error.faults
    faults += [_unknown(path.stem, path) for path in county_files() if path.stem not in first]
    if faults:
        raise BadInput(faults)
    return found


def source(source_id: str) -> SourceContract:
    """The contract of one source as it holds here. Raises UnknownSource, or BadInput with the faults of its files."""
    return with_county(catalogue_source(source_id))


def catalogue_source(source_id: str) -> SourceContract:
    """The contract of one source as its own file states it. Raises as ``source``."""
    named = Path(f"{source_id}.yaml")
    places = [root / "sources" / named for root in home().catalogue_roots()] if len(named.parts) == 1 else []
    paths = [path for path in places if path.is_file()]
    if len(paths) > 1:
        raise BadInput([_redefined(path, paths[0]) for path in paths[1:]])
    if not paths:
        raise UnknownSource(_unknown(source_id))
    return read_contract(paths[0])


def source_file(source_id: str) -> Path:
    """The file of a source of the catalogue. Raises as ``source``."""
    catalogue_source(source_id)
    return next(path for path in source_files() if path.stem == source_id)


def _unknown(source_id: str, path: Path | None = None) -> Fault:
    known = "、".join(sorted({path.stem for path in source_files()})) or "（还没有任何数据源）"
    return Fault(
        code="unknown_source", message="没有这个数据源", file=str(path) if path else None, found=source_id,
        expected=known,
    )  # fmt: skip


def json_schema() -> dict[str, Any]:
    """JSON Schema of a source file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "数检数据源",
        **SourceContract.model_json_schema(by_alias=True),
    }
