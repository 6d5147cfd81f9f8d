"""Layouts: where a document of a source says what. Data under ``catalogue/layouts/<source>.yaml``, never code.

A user's own layout stands instead of the shipped one: pages change their looks, contracts do not.
"""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from shujian.kernel.canonical import digest
from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.home import home
from shujian.kernel.yamlfile import YamlFile, read_yaml
from shujian.lake.sources import SourceContract

_KINDS = ("meta", "label", "pattern", "between", "whole")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Between(_Strict):
    """The text behind the first ``after`` and before the next ``before`` (or the end)."""

    after: str
    before: str | None = None


class Rule(_Strict):
    """One way to find a field; exactly one of meta, label, pattern, between, whole.

    ``lines``: only the first so many lines that are not empty, or the last, if negative. ``all``: every match, joined
    by ``join``. ``values``: what the words found stand for. ``suffix``: put behind what was found (a unit that only
    the label names). ``tight``: blanks inside what was found are dropped (判 决 书).
    """

    meta: tuple[str, ...] | None = None
    label: tuple[str, ...] | None = None
    pattern: str | None = None
    between: Between | None = None
    whole: bool | None = None
    lines: int | None = None
    all: bool = False
    join: str = "；"
    values: dict[str, str] | None = None
    suffix: str = ""
    tight: bool = False

    @model_validator(mode="after")
    def _one_way(self) -> Rule:
        if sum(getattr(self, kind) is not None for kind in _KINDS) != 1:
            raise ValueError("一条规则恰好写 meta、label、pattern、between、whole 之一")
        return self

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, text: str | None) -> str | None:
        return None if text is None else _compiled(text)

    @field_validator("between")
    @classmethod
    def _both_compile(cls, told: Between | None) -> Between | None:
        if told is not None:
            _compiled(told.after)
            _compiled(told.before or "")
        return told


def _compiled(text: str) -> str:
    try:
        re.compile(text, re.MULTILINE)
    except re.error as error:
        raise ValueError(f"正则表达式有误：{error}") from None
    return text


class Layout(_Strict):
    """How documents of one source are read. Rules of a field are tried in order; the first that finds something wins.
    ``extra``: names beside the fields of the contract, kept with the row as extra columns.
    """

    source: str
    title: str
    fields: dict[str, tuple[Rule, ...]] = Field(min_length=1)
    extra: dict[str, tuple[Rule, ...]] = Field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """Digest of the rules: documents are read anew where these have changed."""
        return digest(self.model_dump(mode="json"))

    def labels(self) -> tuple[str, ...]:
        """Every label of every rule, longest first: where one stands, the value before it ends."""
        rules = [rule for every in (*self.fields.values(), *self.extra.values()) for rule in every]
        return tuple(
            sorted({name for rule in rules for name in rule.label or ()}, key=lambda one: (-len(one), one))
        )


def layout_path(source_id: str) -> Path | None:
    """The layout file of a source, the user's own first."""
    for base in reversed(home().catalogue_roots()):
        path = base / "layouts" / f"{source_id}.yaml"
        if path.exists():
            return path
    return None


def layout(contract: SourceContract) -> Layout:
    """The layout of a source. Raises BadInput where there is none, or with every fault of its file."""
    path = layout_path(contract.id)
    if path is None:
        raise BadInput(
            Fault(
                code="no_layout", message=f"还没有“{contract.title}”的文书版式，不能从网页、Word、PDF 里取字段",
                found=contract.id, expected=f"{home().catalogue / 'layouts' / (contract.id + '.yaml')}",
            )
        )  # fmt: skip
    return _checked(path, contract)


def _checked(path: Path, contract: SourceContract) -> Layout:
    text = read_yaml(path)
    if not isinstance(text.value, dict):
        raise BadInput(text.fault((), "not_a_mapping", "版式文件应是键值表", expected="source: …"))
    found = text.as_form(Layout)
    faults = _faults(found, contract, text)
    if faults:
        raise BadInput(faults)
    return found


def _faults(found: Layout, contract: SourceContract, text: YamlFile) -> list[Fault]:
    known = {field.id for field in contract.fields}
    faults = [
        text.fault(
            ("fields", name),
            "unknown_field",
            "数据源没有这个字段",
            found=name,
            expected="、".join(sorted(known)),
        )
        for name in found.fields
        if name not in known
    ]
    if found.source != contract.id:
        faults.append(
            text.fault(
                ("source",), "wrong_source", "版式属于另一个数据源", found=found.source, expected=contract.id
            )
        )
    needed = {*contract.key, *(field.id for field in contract.fields if field.required)}
    faults += [
        text.fault(("fields",), "key_not_read", "版式没有写怎样取自然键或必填字段", expected=name)
        for name in sorted(needed - found.fields.keys())
    ]
    return faults
