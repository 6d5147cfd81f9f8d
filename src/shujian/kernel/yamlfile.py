"""YAML 1.2 files that know where each value stands, so that every fault names its line.

Duplicate keys are refused. Values come back plain (dict, list, str, int, Decimal for fractions, date);
pydantic faults are turned into Chinese faults with line and column.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.scalarfloat import ScalarFloat

from shujian.kernel.errors import BadInput, Fault

Where = tuple[str | int, ...]


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
    return f"不合规定（{kind}）：{fallback}", None


def _plain(node: Any, at: Where, places: dict[Where, tuple[int, int]]) -> Any:
    if isinstance(node, CommentedMap):
        for key in node:
            line, column = node.lc.key(key)
            places[(*at, str(key))] = (line + 1, column + 1)
        return {str(key): _plain(value, (*at, str(key)), places) for key, value in node.items()}
    if isinstance(node, CommentedSeq):
        for index in range(len(node)):
            line, column = node.lc.item(index)
            places[(*at, index)] = (line + 1, column + 1)
        return [_plain(value, (*at, index), places) for index, value in enumerate(node)]
    if isinstance(node, bool) or node is None:
        return node
    if isinstance(node, ScalarFloat | float):
        return Decimal(repr(float(node)))
    if isinstance(node, datetime):
        return node
    if isinstance(node, date):
        return date(node.year, node.month, node.day)
    if isinstance(node, int):
        return int(node)
    return str(node)


def read_yaml(path: Path) -> YamlFile:
    """Read one file. Raises BadInput with line and column for unreadable text, bad YAML, duplicate keys."""
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise BadInput(Fault(code="no_file", message="文件不存在", file=str(path))) from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        fault = Fault(
            code="not_utf8",
            message="文件不是 UTF-8 编码",
            file=str(path),
            line=line,
            found=f"字节 0x{error.object[error.start]:02x}",
            expected="UTF-8",
        )
        raise BadInput(fault) from None
    return parse_yaml(text, path)


def parse_yaml(text: str, path: Path) -> YamlFile:
    """Parse text that stands for ``path``. Raises BadInput as ``read_yaml`` does."""
    reader = YAML(typ="rt")
    reader.version = (1, 2)
    try:
        node = reader.load(text)
    except DuplicateKeyError as error:
        raise BadInput(_marked(error, path, "duplicate_key", "同一个键写了两次", "每个键只写一次")) from None
    except MarkedYAMLError as error:
        raise BadInput(_marked(error, path, "bad_yaml", "YAML 语法错误", None)) from None
    places: dict[Where, tuple[int, int]] = {}
    return YamlFile(path=path, value=_plain(node, (), places), places=places)


def _marked(error: MarkedYAMLError, path: Path, code: str, message: str, expected: str | None) -> Fault:
    mark = error.problem_mark
    problem = str(error.problem or "").split("\n")[0]
    return Fault(
        code=code,
        message=message,
        file=str(path),
        line=mark.line + 1 if mark else None,
        column=mark.column + 1 if mark else None,
        found=_short(problem) or None,
        expected=expected,
    )
