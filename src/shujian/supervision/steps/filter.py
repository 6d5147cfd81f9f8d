"""``filter``: keep the rows that satisfy a condition. Null is a third answer: counted, not kept."""

from __future__ import annotations

from dataclasses import replace

from shujian.supervision.builder import Builder, Statement, rows_of
from shujian.supervision.forms import FilterStep
from shujian.supervision.relation import Relation, quoted


def build(step: FilterStep, builder: Builder) -> None:
    """Write ``SELECT … WHERE condition``."""
    source = builder.relation(builder.at(step.id, "from"), step.from_)
    if source is None:
        return
    keep(step.id, builder, source, builder.condition(builder.at(step.id, "where"), step.where, source))


def keep(step_id: str, builder: Builder, source: Relation, condition: str) -> None:
    """Finish a step that keeps the rows of ``source`` where ``condition`` is true."""
    table = quoted(source.name)
    builder.finish(
        step_id,
        replace(source, name=f"st_{step_id}"),
        Statement(
            step=step_id,
            name=f"st_{step_id}",
            sql=f"SELECT {rows_of(source)} FROM {table} WHERE {condition}",
            unknown=f"SELECT count(*) FROM {table} WHERE ({condition}) IS NULL",
        ),
    )
