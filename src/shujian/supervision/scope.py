"""What an expression may see, the kinds of its values, and the fault it raises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from sqlglot import exp

from shujian.kernel.errors import Fault, ShujianError

KINDS = {
    "text": "文字",
    "number": "数字",
    "date": "日期",
    "timestamp": "时间",
    "bool": "真假",
    "days": "天数",
    "months": "月数",
    "null": "空",
    "list": "列表",
}


@dataclass(frozen=True)
class Column:
    """A column that an expression may name: physical name, kind, semantic type, and where it came from."""

    name: str
    kind: str
    semantic: str | None = None
    alias: str | None = None
    field: str | None = None
    title: str | None = None
    sql: str | None = None
    """Set for a derived column: the DuckDB expression that stands for it."""


class Scope(Protocol):
    """What an expression can see."""

    def resolve(self, alias: str | None, name: str) -> Column | str:
        """The column, or a Chinese sentence that says why there is none."""

    def parameter(self, name: str) -> Any:
        """The value in force of a declared parameter; raises KeyError where it is not declared."""

    @property
    def as_of(self) -> date:
        """The day of the run."""

    def extract_on(self, alias: str) -> date | None:
        """The extract date of a source; raises KeyError for an unknown alias."""


class ExpressionError(ShujianError):
    """A fault inside an expression, not yet placed: code, message, found, expected. Steps turn it into a placed Fault."""

    def __init__(
        self, code: str, message: str, found: str | None = None, expected: str | None = None
    ) -> None:
        super().__init__(Fault(code=code, message=message, found=found, expected=expected))
        self.code, self.message, self.found, self.expected = code, message, found, expected


def literal(value: Any) -> tuple[exp.Expr, str]:
    """A constant as tree and kind: text, number, date, bool or null."""
    if value is None:
        return exp.null(), "null"
    if isinstance(value, bool):
        return exp.Boolean(this=value), "bool"
    if isinstance(value, date):
        return exp.cast(exp.Literal.string(value.isoformat()), "DATE"), "date"
    if isinstance(value, int | Decimal):
        text = format(value, "f") if isinstance(value, Decimal) else str(value)
        node: exp.Expr = exp.Literal.number(text.lstrip("-"))
        return (exp.Neg(this=node) if text.startswith("-") else node), "number"
    return exp.Literal.string(str(value)), "text"
