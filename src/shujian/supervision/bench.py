"""A bench on which a model is changed a little, again and again, and run on the same proofs: fast, and exact.

Each proof keeps its session. A statement is made again only where it, or a table that it reads, came out otherwise than
it last stood there; where every table comes out as before, so do the hits, and the proof has not noticed. What an
expression compiles to is remembered for each day and each declaration.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from shujian.kernel.errors import BadInput
from shujian.lake.read import Session, SourceContract
from shujian.supervision.builder import Memo, Statement
from shujian.supervision.compile import Plan, compile_again, compile_model
from shujian.supervision.execute import make_statement, open_views
from shujian.supervision.hits import outlines_of
from shujian.supervision.library import Model
from shujian.supervision.parameters import ParameterBook
from shujian.supervision.proof import Counted, Outcome, ProofFile, disagreements, opened
from shujian.supervision.relation import quoted
from shujian.supervision.run import rights_of

_NAMES = re.compile(r'"((?:[^"]|"")+)"')


@dataclass
class Work:
    """A proof's session, what stands in it now, and what stood there for the unchanged model."""

    session: Session
    rights: Mapping[str, Any]
    group: str
    plan: Plan
    marks: dict[str, str] = field(default_factory=dict)
    """Table → what it was made of, where its content is not that of the unchanged model; else its own name."""
    texts: dict[str, str] = field(default_factory=dict)
    """Table → the text of what made it for the unchanged model."""
    contents: dict[str, str] = field(default_factory=dict)
    standing: dict[str, str] = field(default_factory=dict)
    """Table → the mark that stands in the session now."""


@dataclass
class Case:
    """One proof on the bench. It is run only when a mutant is first tried on it."""

    proof: ProofFile
    rows: Mapping[str, int] | None
    """Rows that left each step for the unchanged model, where known."""
    start: Callable[[ProofFile], Work]
    tried: int = 0
    caught: dict[str, int] = field(default_factory=dict)

    @cached_property
    def work(self) -> Work:
        """What stands on the bench for this proof; made at the first asking."""
        return self.start(self.proof)

    def count(self, step: str) -> int:
        """Rows that left a step for the unchanged model; more than none is all that is asked."""
        if self.rows is not None:
            return self.rows.get(step, 0)
        return len(self.work.contents.get(f"st_{step}", ""))


class Bench:
    """The proofs of one model, ready for its mutants. Close it."""

    def __init__(
        self,
        model: Model,
        contracts: Mapping[str, SourceContract],
        proofs: Sequence[ProofFile],
        book: ParameterBook,
        rows: Sequence[Mapping[str, int]] | None = None,
    ) -> None:
        """``rows``: of each proof, the rows that left each step, where it was run already."""
        self.model, self.contracts, self.book = model, contracts, book
        self._memos: dict[str, Memo] = {}
        self._plans: dict[str, tuple[Plan, Mapping[str, set[str]], Mapping[str, Any]]] = {}
        counted = rows if rows is not None else [None] * len(proofs)
        self.cases = [Case(each, known, self._started) for each, known in zip(proofs, counted, strict=True)]

    def close(self) -> None:
        """Let go of every session."""
        for case in self.cases:
            if "work" in vars(case):
                case.work.session.close()

    def _started(self, each: ProofFile) -> Work:
        session, pins = opened(self.model, each.proof, self.contracts)
        rights = rights_of(self.model, self.contracts, pins, each.proof.as_of, session)
        known = {alias: replace(one, rows=0) for alias, one in rights.items()}
        group = f"{each.proof.as_of} {sorted((alias, repr(one)) for alias, one in known.items())}"
        if group not in self._plans:
            plan, faults = compile_model(self.model, self.contracts, self.book, each.proof.as_of, rights)
            faults.raise_if_any()
            assert plan is not None
            self._plans[group] = (plan, plan.used, plan.parameters)
        work = Work(session, rights, group, self._plans[group][0])
        open_views(work.plan, session)
        for statement in work.plan.statements:
            make_statement(statement, session)
            work.texts[statement.name] = _text(statement)
            work.standing[statement.name] = ""
            work.contents[statement.name] = _content(session, statement.name)
        return work

    def touches(self, case: Case, steps: Sequence[str]) -> bool:
        """Whether any row comes into one of these steps (or clues of a step) in this proof; without rows nothing differs."""
        given = {self.contracts[alias].id for alias, rows in case.proof.proof.given.items() if rows}
        known = {step.id: step.inputs() for step in self.model.spec.steps}
        entering = {name for step in steps for name in known.get(step, (step.removeprefix("emit:"),))}
        return any(
            self.contracts[name].id in given if name in self.contracts else case.count(name)
            for name in entering
        )

    def changed(self, model: Model, case: Case, overrides: Mapping[str, Any]) -> Plan | None:
        """The plan of a mutant for the group of a proof; None where it reads other columns or does not compile."""
        group = case.work.group
        _, used, values = self._plans[group]
        return compile_again(
            model, self.contracts, self.book, case.proof.proof.as_of, case.work.rights, {**values, **overrides}, used,
            self._memos.setdefault(group, {}),
        )  # fmt: skip

    def notices(self, case: Case, plan: Plan) -> bool:
        """Whether the proof fails for the plan of a mutant."""
        case.tried += 1
        try:
            counts, same = self._made(case, plan)
            if same and _emits(plan) == _emits(case.work.plan) and not case.proof.proof.unknown:
                return False
            hits = tuple(outlines_of(plan, case.work.session))
        except BadInput:
            return True
        return bool(disagreements(case.proof.proof, Outcome(counts, hits)))

    def _made(self, case: Case, plan: Plan) -> tuple[tuple[Counted, ...], bool]:
        """Make what differs. Answers the rows of each step, and whether every table came out as for the unchanged model."""
        now: dict[str, str] = {}
        counts: list[Counted] = []
        work = case.work
        for statement in plan.statements:
            name, text = statement.name, _text(statement)
            below = [f"{each}={now[each]}" for each in dict.fromkeys(_NAMES.findall(text)) if now.get(each)]
            mark = "" if text == work.texts.get(name) and not below else "\n".join([text, *below])
            if work.standing.get(name) != mark:
                make_statement(statement, work.session)
                work.standing[name] = mark
            if mark and _content(work.session, name) == work.contents.get(name):
                work.standing[name] = mark = ""
            now[name] = mark
            if statement.final:
                rows = _rows(work.session, name) if mark else work.contents[name].count("\n")
                asked = statement.step in case.proof.proof.unknown
                counts.append(Counted(statement.step, rows, _unsure(work.session, statement) if asked else 0))
        return tuple(counts), not any(now.values())


def _text(statement: Statement) -> str:
    call = statement.call
    told = (
        (call.function, sorted(call.arguments.items()), sorted(call.outputs.items()), repr(call.parameters))
        if call
        else ""
    )
    return f"{statement.sql}|{statement.skew}|{statement.words}|{told}"


def _content(session: Session, name: str) -> str:
    """The rows of a table as text, one a line, in an order of their own; with the columns' names before them."""
    table = session.sql(f"SELECT * FROM {quoted(name)}")
    return "".join(sorted(f"{row!r}\n" for row in table.to_pylist()))


def _rows(session: Session, name: str) -> int:
    return int(session.sql(f"SELECT count(*) FROM {quoted(name)}").column(0)[0].as_py())


def _unsure(session: Session, statement: Statement) -> int:
    """Of how many rows the step could not say whether its condition holds."""
    among = f"SELECT count(*) FILTER ({statement.unknown_rows or 'FALSE'}) FROM {quoted(statement.name)}"
    return int(session.sql(statement.unknown or among).column(0)[0].as_py())


def _emits(plan: Plan) -> list[Any]:
    return [(emit.sql, emit.emit) for emit in plan.emits]
