"""YAML 1.2 files that know where each value stands, so that every fault names its line.

Duplicate keys are refused. Values come back plain (dict, list, str, int, Decimal for fractions, date);
pydantic faults are turned into Chinese faults with line and column.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from shujian.kernel.errors import BadInput, Fault

Where = tuple[str | int, ...]
F = TypeVar("F", bound=BaseModel)
MOST_NODES = 200_000


@dataclass(frozen=True)
class YamlFile:
    """One read file: its plain value and the place (1-based line, column) of every key and item."""

    path: Path
    value: Any
    places: Mapping[Where, tuple[int, int]]

    def place(self, where: Where) -> tuple[int, int]:
        """The place of a value, or of its nearest ancestor that has one."""
        while where and where not in self.places:
            where = where[:-1]
        return self.places.get(where, (1, 1))

    def fault(
        self, where: Where, code: str, message: str, *, found: str | None = None, expected: str | None = None
    ) -> Fault:
        """A fault at a value of this file."""
        line, column = self.place(where)
        return Fault(
            code=code,
            message=message,
            file=str(self.path),
            line=line,
            column=column,
            field=".".join(str(part) for part in where) or None,
            found=found,
            expected=expected,
        )

    def as_form(self, form: type[F]) -> F:
        """The value as a form. Raises BadInput with every fault and its place."""
        try:
            return form.model_validate(self.value)
        except ValidationError as error:
            raise BadInput(self.faults_of(error)) from None

    def faults_of(self, error: ValidationError, at: Where = ()) -> list[Fault]:
        """Every fault of a pydantic validation, in Chinese, with its place."""
        return [self.fault_of(dict(item), at) for item in error.errors(include_url=False)]

    def fault_of(self, item: dict[str, Any], at: Where = ()) -> Fault:
        """One entry of pydantic's ``errors()`` as a placed Chinese fault."""
        where = at + tuple(item["loc"])
        kind, context = str(item["type"]), dict(item.get("ctx") or {})
        found = None if kind == "missing" else _short(item.get("input"))
        message, expected = _sentence(kind, context, str(item["msg"]))
        return self.fault(where, kind, message, found=found, expected=expected)


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 80 else text[:77] + "…"


def _sentence(kind: str, context: dict[str, Any], fallback: str) -> tuple[str, str | None]:
    if kind == "missing":
        return "缺少必填项", "填写这一项"
    if kind == "extra_forbidden":
        return "不认识的项", "删去或改正拼写"
    if kind in ("literal_error", "enum"):
        return "取值不在允许范围内", str(context.get("expected", ""))
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        return "不认识的步骤", str(context.get("expected_tags", ""))
    if kind == "value_error":
        return str(context.get("error", fallback)), None
    names = {
        "string_type": "文字",
        "int_type": "整数",
        "int_parsing": "整数",
        "int_from_float": "整数",
        "bool_type": "true 或 false",
        "bool_parsing": "true 或 false",
        "list_type": "列表",
        "dict_type": "键值表",
        "date_type": "日期，如 2026-06-30",
        "date_parsing": "日期，如 2026-06-30",
        "date_from_datetime_parsing": "日期，如 2026-06-30",
        "decimal_parsing": "数字",
        "decimal_type": "数字",
        "model_type": "键值表",
        "model_attributes_type": "键值表",
        "tuple_type": "列表",
    }
    if kind in names:
        return "类型不对", names[kind]
    if kind == "string_pattern_mismatch":
        return "写法不合规定", str(context.get("pattern", ""))
    if kind in ("string_too_short", "too_short", "string_too_long", "too_long"):
        most, unit = kind.endswith("long"), "个字" if kind.startswith("string") else "项"
        limit = context.get("max_length" if most else "min_length")
        return ("太长" if most else "太短"), f"{'至多' if most else '至少'} {limit} {unit}"
    return f"不合规定（{kind}）：{fallback}", None


class _Loader(yaml.CSafeLoader):
    """libyaml's parser with the core schema of YAML 1.2: ``yes`` and ``on`` are text, ``012`` is twelve."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"^(?:~|null|Null|NULL|)$", "~nN\0"),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789"),
    ("timestamp", r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "0123456789"),
):
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), [*_first.replace("\0", ""), ""]
    )


_SCALARS: dict[str, Callable[[str], Any]] = {"int": int, "float": Decimal, "timestamp": date.fromisoformat}


class _Reader:
    """Turns a node tree into plain values, noting every place and every key written twice."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.places: dict[Where, tuple[int, int]] = {}
        self.faults: list[Fault] = []
        self.count = 0

    def read(self, node: yaml.Node | None, at: Where) -> Any:
        """The value of a node. Raises BadInput where aliases blow the file up."""
        self.count += 1
        if self.count > MOST_NODES:
            raise BadInput(Fault(code="too_large", message="文件展开后太大（锚点引用过多？）", file=str(self.path),
                                 expected=f"不超过 {MOST_NODES} 个值"))  # fmt: skip
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, at)
        if isinstance(node, yaml.SequenceNode):
            return [self._item(each, (*at, index)) for index, each in enumerate(node.value)]
        return None if node is None else self._scalar(node)

    def _item(self, node: yaml.Node, at: Where) -> Any:
        self.places[at] = (node.start_mark.line + 1, node.start_mark.column + 1)
        return self.read(node, at)

    def _mapping(self, node: yaml.MappingNode, at: Where) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in node.value:
            name = str(key.value)
            line, column = key.start_mark.line + 1, key.start_mark.column + 1
            if name in found:
                self.faults.append(Fault(code="duplicate_key", message="同一个键写了两次", file=str(self.path), line=line,
                                         column=column, field=".".join(map(str, (*at, name))), found=name,
                                         expected="每个键只写一次"))  # fmt: skip
                continue
            self.places[(*at, name)] = (line, column)
            found[name] = self.read(value, (*at, name))
        return found

    def _scalar(self, node: yaml.Node) -> Any:
        text, kind = str(node.value), node.tag.rpartition(":")[2]
        if kind == "null":
            return None
        if kind == "bool":
            return text.lower() == "true"
        reader = _SCALARS.get(kind, str)
        try:
            return reader(text)
        except (
            ValueError,
            InvalidOperation,
        ):  # 2026-02-30, a number of ten thousand digits: text, which no field takes
            return text


def read_yaml(path: Path) -> YamlFile:
    """Read one file. Raises BadInput with line and column for unreadable text, bad YAML, duplicate keys."""
    try:
        body = path.read_bytes()
    except OSError:
        raise BadInput(Fault(code="no_file", message="文件不存在或不能读取", file=str(path))) from None
    return _parsed(body, path)


@lru_cache(maxsize=1024)
def _parsed(body: bytes, path: Path) -> YamlFile:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body[: error.start].count(b"\n") + 1
        fault = Fault(code="not_utf8", message="文件不是 UTF-8 编码", file=str(path), line=line,
                      found=f"字节 0x{error.object[error.start]:02x}", expected="UTF-8")  # fmt: skip
        raise BadInput(fault) from None
    return parse_yaml(text, path)


def parse_yaml(text: str, path: Path) -> YamlFile:
    """Parse text that stands for ``path``. Raises BadInput as ``read_yaml`` does."""
    try:
        node = yaml.compose(text, Loader=_Loader)  # nodes only: nothing is constructed
    except yaml.YAMLError as error:
        raise BadInput(_marked(error, path)) from None
    reader = _Reader(path)
    value = reader.read(node, ())
    if reader.faults:
        raise BadInput(reader.faults)
    return YamlFile(path=path, value=value, places=reader.places)


def _marked(error: yaml.YAMLError, path: Path) -> Fault:
    mark, problem = getattr(error, "problem_mark", None), str(getattr(error, "problem", None) or error)
    return Fault(
        code="bad_yaml", message="YAML 语法错误", file=str(path), line=mark.line + 1 if mark else None,
        column=mark.column + 1 if mark else None, found=_short(problem.split("\n")[0]) or None,
    )  # fmt: skip
