"""The workshop in which steps become SQL: relations made so far, faults found, statements written.

A model is compiled twice: the first pass learns which source columns are used, the second writes statements
that read only those. Each step becomes one table (or view, for a source), because its row count and its
unknown count are part of the answer (ADR 0002).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from shujian.kernel.errors import BadInput, Fault, FaultList
from shujian.kernel.yamlfile import Where
from shujian.lake.read import People, SourceContract, further_columns
from shujian.supervision.coverage import RightSide
from shujian.supervision.expressions import Compiled, compile_expression
from shujian.supervision.holidays import TABLE, holiday_shelf
from shujian.supervision.judged import JudgedRows
from shujian.supervision.library import Model
from shujian.supervision.parameters import ParameterBook
from shujian.supervision.relation import META, Relation, quoted
from shujian.supervision.scope import Column, ExpressionError

KIND_OF_TYPE = {
    "date": "date",
    "timestamp": "timestamp",
    "money": "number",
    "integer": "number",
    "decimal": "number",
    "lonlat": "number",
}
Memo = dict[tuple[Any, ...], tuple[Compiled, tuple[Column, ...], tuple[str, ...]]]
"""(text, kind wanted, columns in sight, values) → what it compiled to, the columns read, the parameters read."""
PEOPLE = "_people"
"""The view (name, id, birth) of everybody whom the lake names."""
SUBJECT_PARTS = {
    "person": {"id": "text", "name": "text", "mask": "text", "birth": "date", "sex": "text", "area": "text"},
    "org": dict.fromkeys(("uscc", "name", "core", "tax", "former", "parent"), "text"),
    "place": {"key": "text"},
}


@dataclass(frozen=True)
class Call:
    """A named function to be run in Python between two statements."""

    function: str
    arguments: Mapping[str, str]
    outputs: Mapping[str, str]
    parameters: Mapping[str, Any]


@dataclass(frozen=True)
class Notes:
    """Sentences with ``{n}``, and one query with a count for each; said where the count is not 0."""

    sentences: tuple[str, ...]
    sql: str


@dataclass(frozen=True)
class Skew:
    """What is done where some key stands on too many rows of both sides: their pairs are never made.

    ``sides``: the two tables; so few rows that no key can be crowded need no ``check``, which counts such keys. Only
    where there are any, ``tables`` are made and ``sql`` is run in place of the
    statement's own. Each table holds keys with ``pairs``, how many were left out.
    """

    sides: tuple[str, str]
    check: str
    tables: tuple[tuple[str, str], ...]
    left_out: tuple[str, ...]
    sql: str
    most: int


@dataclass(frozen=True)
class Statement:
    """One act of the plan: make ``name`` from ``sql``; count what was unknown; say what was cut."""

    step: str
    name: str
    sql: str
    view: bool = False
    final: bool = True
    """False for a table that a step makes on its way; it is not counted."""
    unknown: str | None = None
    """SQL that counts what was unknown and did not pass."""
    unknown_rows: str | None = None
    """A condition on the step's own rows that are unknown."""
    notes: Notes | None = None
    call: Call | None = None
    words: tuple[str, tuple[str, ...], tuple[str, ...]] | None = None
    """For a screening: dataset, fields and literals whose stored hits the SQL reads as ``{hits}``, with the field."""
    homes: Mapping[str, str] = field(default_factory=dict)
    """Screened field → what the lake calls it, where that differs."""
    skew: Skew | None = None
    local: tuple[str, str] | None = None
    """Where each row comes of one row of a source alone: the dataset, and the column that names the row."""


class Builder:
    """Compiles one model on one day against known right sides. Faults are gathered, not raised."""

    def __init__(
        self,
        model: Model,
        contracts: Mapping[str, SourceContract],
        book: ParameterBook,
        as_of: date,
        rights: Mapping[str, RightSide],
        overrides: Mapping[str, Any] | None = None,
        used: Mapping[str, set[str]] | None = None,
        judged: JudgedRows | None = None,
        people: People | None = None,
        memo: Memo | None = None,
    ) -> None:
        self.memo = memo
        self.model, self.contracts, self.book, self.as_of = model, contracts, book, as_of
        self.rights, self.only = rights, used
        self.faults = FaultList()
        self.relations: dict[str, Relation] = {}
        self.statements: list[Statement] = []
        self.used: dict[str, set[str]] = {alias: set() for alias in contracts}
        self.readers: dict[tuple[str, str], dict[str, None]] = {}
        """(alias, column) → the steps and emits (``emit:<name>``) that read it, in order; ``reader``: who reads now."""
        self.reader = ""
        self.read_parameters: set[str] = set()
        self.values = dict(overrides or {})
        self.numbers: list[tuple[Where, str]] = []
        self.people: People = people or {}
        """Whom the county's lake names, where it is known; ``people_read``: whether a step counts them."""
        self.people_read = False
        self.candidates: dict[str, tuple[Any, Any, str]] = {}
        """Absent step → the sides of its key, and the query for the candidates of its possible rows."""
        self.judged_rows = judged
        self.judged: dict[str, Any] = {}
        """Step → what people judged of the pairs of its two lists (``steps.judged_pairs``)."""
        for alias, contract in contracts.items():
            self.relations[alias] = self._source(alias, contract)

    # -- sources -------------------------------------------------------------------------------

    def _source(self, alias: str, contract: SourceContract) -> Relation:
        columns: dict[str, Column] = {}
        for item in contract.fields:
            kind = KIND_OF_TYPE.get(item.type, "text")
            columns[f"{alias}.{item.id}"] = Column(
                f"{alias}.{item.id}", kind, item.type, alias, item.id, item.title
            )
        for subject, form in contract.subjects.items():
            for part, kind in SUBJECT_PARTS[form.kind].items():
                name = f"{subject}__{part}"
                columns[f"{alias}.{name}"] = Column(f"{alias}.{name}", kind, None, alias, name)
        for name, kind, title in further_columns(contract):
            columns.setdefault(f"{alias}.{name}", Column(f"{alias}.{name}", kind, None, alias, name, title))
        if self.only is not None:
            columns = {name: column for name, column in columns.items() if column.field in self.only[alias]}
        return Relation(name=f"src_{alias}", columns=columns, aliases=(alias,))

    def source_view(self, alias: str, table: str) -> str:
        """The SELECT of a source's view over the lake table ``table``."""
        relation = self.relations[alias]
        parts = [
            f"{quoted(str(column.field))} AS {quoted(column.name)}" for column in relation.columns.values()
        ]
        parts += [f"_row AS {quoted(alias + '._row')}", "0 AS _g", "0 AS _st"]
        return f"SELECT {', '.join(parts)} FROM {table}"

    def use(self, column: Column) -> str:
        """Note that a source column is read; answer its quoted name."""
        if column.alias and column.field:
            self.used[column.alias].add(column.field)
            self.readers.setdefault((column.alias, column.field), {})[self.reader] = None
        return quoted(column.name)

    # -- expressions ---------------------------------------------------------------------------

    def parameter(self, name: str) -> Any:
        """The value of a declared parameter on the day of the run; KeyError where undeclared."""
        if name not in self.model.spec.parameters:
            raise KeyError(name)
        self.read_parameters.add(name)
        return self.lookup(name)

    def lookup(self, name: str) -> Any:
        """The value in force of any parameter of the catalogue; kept with the run."""
        if name not in self.values:
            self.values[name] = self.book.value(name, self.as_of)
        return self.values[name]

    def holidays(self) -> Mapping[str, Any]:
        """The years of working days that are known; kept with the run."""
        if TABLE not in self.values:
            self.values[TABLE] = holiday_shelf().table()
        table: Mapping[str, Any] = self.values[TABLE]
        return table

    def scope(self, relation: Relation) -> StepScope:
        """What expressions over ``relation`` may name."""
        return StepScope(self, relation)

    def expression(
        self, where: Where, source: str, relation: Relation, want: str | None = None
    ) -> Compiled | None:
        """Compile one expression of the model; a fault is placed at ``where`` and None comes back."""
        try:
            compiled = self._compiled(source, relation, want)
        except ExpressionError as error:
            self.fault(where, error.code, error.message, error.found, error.expected)
            return None
        except BadInput as error:
            self.faults.items.extend(error.faults)
            return None
        self.numbers.extend((where, number) for number in compiled.numbers)
        return compiled

    def _compiled(self, source: str, relation: Relation, want: str | None) -> Compiled:
        scope = self.scope(relation)
        if self.memo is None:
            return compile_expression(source, scope, want=want)
        named = tuple((name, self.values.get(name)) for name in self.model.spec.parameters if name in source)
        key = (source, want, tuple(relation.columns.values()), relation.aliases, repr(named))
        if key not in self.memo:
            watched = Watched(self, relation)
            compiled = compile_expression(source, watched, want=want)
            self.memo[key] = (compiled, tuple(watched.columns), tuple(watched.parameters))
        compiled, columns, parameters = self.memo[key]
        for column in columns:
            self.use(column)
        for name in parameters:
            self.parameter(name)
        return compiled

    def condition(self, where: Where, source: str, relation: Relation) -> str:
        """A condition as SQL; ``TRUE`` after a fault, so that the rest is still checked."""
        compiled = self.expression(where, source, relation, want="bool")
        return compiled.sql if compiled else "TRUE"

    # -- what steps leave ----------------------------------------------------------------------

    def relation(self, where: Where, name: str) -> Relation | None:
        """The relation of an earlier step or an alias; a fault where there is none."""
        found = self.relations.get(name)
        if found is None:
            self.fault(where, "unknown_step", "没有这个步骤或数据别名", name, "、".join(self.relations))
        return found

    def finish(self, step_id: str, relation: Relation, statement: Statement) -> None:
        """Keep a step's relation and its statement."""
        titles = self.model.spec.columns
        columns = {
            name: replace(column, title=titles[name]) if column.alias is None and name in titles else column
            for name, column in relation.columns.items()
        }
        self.relations[step_id] = replace(relation, columns=columns, path=(*relation.path, step_id))
        self.statements.append(statement)

    def make(self, step_id: str, name: str, sql: str, skew: Skew | None = None) -> None:
        """Write a table that a step makes on its way."""
        self.statements.append(Statement(step=step_id, name=name, sql=sql, final=False, skew=skew))

    def fault(
        self, where: Where, code: str, message: str, found: str | None = None, expected: str | None = None
    ) -> None:
        """Keep a fault at a place of the model file."""
        self.faults.add(self.model.file.fault(where, code, message, found=found, expected=expected))

    def at(self, step_id: str, *rest: str | int) -> Where:
        """The place of a step (and of one of its items) in the file."""
        position = next(index for index, step in enumerate(self.model.spec.steps) if step.id == step_id)
        return ("steps", position, *rest)


@dataclass(frozen=True)
class StepScope:
    """The scope of an expression: the columns of one relation, the model's parameters, the day."""

    builder: Builder
    relation: Relation

    def resolve(self, alias: str | None, name: str) -> Column | str:
        """As ``Relation.resolve``; a source column is noted as used."""
        found = self.relation.resolve(alias, name)
        if isinstance(found, Column):
            self.builder.use(found)
        return found

    def parameter(self, name: str) -> Any:
        """A declared parameter's value on the day of the run."""
        return self.builder.parameter(name)

    @property
    def as_of(self) -> date:
        """The day of the run."""
        return self.builder.as_of

    def extract_on(self, alias: str) -> date | None:
        """The extract date of a source in the snapshot."""
        if alias not in self.builder.contracts:
            raise KeyError(alias)
        right = self.builder.rights.get(alias)
        return right.extract_on if right else None


@dataclass(frozen=True)
class Watched(StepScope):
    """A scope that notes what it is asked for, so that the answer can be used again."""

    columns: list[Column] = field(default_factory=list)
    parameters: list[str] = field(default_factory=list)

    def resolve(self, alias: str | None, name: str) -> Column | str:
        """As the scope, noted."""
        found = super().resolve(alias, name)
        if isinstance(found, Column):
            self.columns.append(found)
        return found

    def parameter(self, name: str) -> Any:
        """As the scope, noted."""
        self.parameters.append(name)
        return super().parameter(name)


def together(name: str, left: Relation, right: Relation) -> Relation:
    """The columns of two relations side by side."""
    return Relation(
        name=name,
        columns={**left.columns, **right.columns},
        aliases=(*left.aliases, *right.aliases),
        path=tuple(dict.fromkeys((*left.path, *right.path))),
        made={**left.made, **right.made},
        united=left.united or right.united,
    )


def with_columns(relation: Relation, name: str, added: Sequence[Column]) -> Relation:
    """``relation`` under a new name with more columns."""
    return replace(
        relation, name=name, columns={**relation.columns, **{column.name: column for column in added}}
    )


def rows_of(relation: Relation, prefix: str = "") -> str:
    """All physical columns with the meta columns, for a SELECT that passes rows on."""
    dot = f"{prefix}." if prefix else ""
    return ", ".join([relation.select(prefix), *(dot + name for name in META)])


__all__ = ["Builder", "Call", "Fault", "Statement", "StepScope", "rows_of", "together", "with_columns"]
