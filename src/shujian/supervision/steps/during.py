"""``during``: keep the rows whose event day lies within a span, both ends included."""

from __future__ import annotations

from shujian.supervision.builder import Builder
from shujian.supervision.forms import DuringStep
from shujian.supervision.steps.filter import keep


def build(step: DuringStep, builder: Builder) -> None:
    """Three-valued: a missing event or start is unknown; a missing end too, unless it means “still running”."""
    source = builder.relation(builder.at(step.id, "from"), step.from_)
    if source is None:
        return
    event = builder.expression(builder.at(step.id, "event"), step.event, source, want="date")
    start = builder.expression(builder.at(step.id, "span", "from"), step.span.from_, source, want="date")
    end = builder.expression(builder.at(step.id, "span", "to"), step.span.to, source, want="date")
    if event is None or start is None or end is None:
        return
    until = f"({event.sql}) <= ({end.sql})"
    if step.span.open_end:
        until = f"(({end.sql}) IS NULL OR {until})"
    keep(step.id, builder, source, f"({event.sql}) >= ({start.sql}) AND {until}")
