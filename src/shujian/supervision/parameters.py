"""Dated parameters: every number of law stands here with basis and source, never in code or in a step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shujian.kernel.errors import BadInput, Fault, FaultList
from shujian.kernel.home import home
from shujian.kernel.yamlfile import YamlFile, read_yaml


class DatedValue(BaseModel):
    """A value with the days it holds, its basis, its source, and whether somebody verified it."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    from_: date = Field(alias="from")
    to: date | None = None
    value: Any
    basis: str
    source: str | None = None
    verified: bool = False
    note: str | None = None

    def holds(self, day: date) -> bool:
        """Whether the value is in force on ``day``."""
        return self.from_ <= day and (self.to is None or day <= self.to)


class Parameter(BaseModel):
    """One named parameter and its values over time."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    unit: str | None = None
    type: Literal["integer", "decimal", "money", "text", "list", "table", "date", "boolean"]
    values: list[DatedValue] = Field(min_length=1)
    note: str | None = None

    def at(self, day: date) -> DatedValue | None:
        """The value in force on ``day``; a later entry ends an earlier open one."""
        holding = [value for value in self.values if value.holds(day)]
        return max(holding, key=lambda value: value.from_) if holding else None


_PYTHON: Mapping[str, tuple[type, ...]] = {
    "integer": (int,),
    "decimal": (int, Decimal),
    "money": (int, Decimal),
    "text": (str,),
    "list": (list,),
    "table": (dict, list),
    "date": (date,),
    "boolean": (bool,),
}


@dataclass(frozen=True)
class ParameterBook:
    """All parameters of the catalogue, by ``group.name``, with the files they stand in."""

    items: Mapping[str, Parameter]
    files: Mapping[str, YamlFile]
    faults: tuple[Fault, ...] = ()

    def value(self, name: str, day: date) -> Any:
        """The value in force. Raises BadInput: unknown name, or no value on that day."""
        parameter = self.items.get(name)
        if parameter is None:
            group, _, key = name.partition(".")
            own = [fault for fault in self.faults if _about(fault, group, key)]
            raise BadInput(
                own
                or Fault(
                    code="unknown_parameter",
                    message="没有这个参数",
                    field=f"param.{name}",
                    found=name,
                    expected="catalogue/parameters 中的“组.名”",
                )
            )
        dated = parameter.at(day)
        if dated is None:
            group, _, key = name.partition(".")
            raise BadInput(
                self.files[group].fault(
                    (key, "values"),
                    "no_value_on_date",
                    f"参数“{parameter.title}”在这一天没有值",
                    found=day.isoformat(),
                    expected="覆盖该日的 from/to",
                )
            )
        return dated.value


def _about(fault: Fault, group: str, key: str) -> bool:
    same_file = fault.file is not None and Path(fault.file).stem == group
    return same_file and (fault.field is None or fault.field.split(".")[0] == key)


def _group(file: YamlFile, faults: FaultList) -> dict[str, Parameter]:
    found: dict[str, Parameter] = {}
    if not isinstance(file.value, dict):
        faults.add(
            file.fault(
                (), "wrong_type", "参数文件应是键值表", found=type(file.value).__name__, expected="键值表"
            )
        )
        return found
    for key, body in file.value.items():
        try:
            parameter = Parameter.model_validate(body)
        except ValidationError as error:
            for fault in file.faults_of(error, (key,)):
                faults.add(fault)
            continue
        before = len(faults.items)
        _check(file, key, parameter, faults)
        if len(faults.items) == before:
            found[key] = parameter
    return found


def _check(file: YamlFile, key: str, parameter: Parameter, faults: FaultList) -> None:
    ordered = sorted(enumerate(parameter.values), key=lambda pair: pair[1].from_)
    for (before, earlier), (position, later) in pairwise(ordered):
        if earlier.from_ == later.from_ or (earlier.to is not None and earlier.to >= later.from_):
            faults.add(
                file.fault(
                    (key, "values", position),
                    "overlapping_periods",
                    "参数的有效期重叠",
                    found=later.from_.isoformat(),
                    expected=f"晚于 {earlier.to or earlier.from_}（第 {file.place((key, 'values', before))[0]} 行的一段）",
                )
            )
    for position, dated in enumerate(parameter.values):
        fits = isinstance(dated.value, _PYTHON[parameter.type])
        if not fits or (isinstance(dated.value, bool) and parameter.type != "boolean"):
            faults.add(
                file.fault(
                    (key, "values", position, "value"),
                    "wrong_type",
                    "参数值的类型不对",
                    found=str(dated.value)[:60],
                    expected=parameter.type,
                )
            )


def load_parameters(roots: tuple[Path, ...]) -> ParameterBook:
    """Read ``parameters/*.yaml`` of all roots. A parameter with faults is left out, its faults are kept."""
    faults, items, files = FaultList(), {}, {}
    for root in roots:
        for path in sorted((root / "parameters").glob("*.yaml")):
            try:
                file = read_yaml(path)
            except BadInput as error:
                faults.items.extend(error.faults)
                continue
            if path.stem in files:
                faults.add(
                    Fault(
                        code="duplicate_group",
                        message="参数组已存在，不能重名",
                        file=str(path),
                        found=path.stem,
                        expected="另取文件名",
                    )
                )
                continue
            files[path.stem] = file
            items.update({f"{path.stem}.{key}": value for key, value in _group(file, faults).items()})
    return ParameterBook(items=items, files=files, faults=tuple(faults.items))


@lru_cache(maxsize=8)
def _cached(roots: tuple[Path, ...], stamp: tuple[tuple[str, int], ...]) -> ParameterBook:
    return load_parameters(roots)


def parameter_book() -> ParameterBook:
    """The catalogue's parameters; read anew when a file changes."""
    roots = home().catalogue_roots()
    stamp = tuple(
        (str(path), path.stat().st_mtime_ns)
        for root in roots
        for path in sorted((root / "parameters").glob("*.yaml"))
    )
    return _cached(roots, stamp)
