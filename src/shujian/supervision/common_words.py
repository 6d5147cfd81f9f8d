"""How much of the lake's texts each keyword and pattern hits: one that hits everything tells nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shujian.kernel.progress import Silent
from shujian.lake.read import Snapshot, open_session, people_of
from shujian.supervision.execute import execute
from shujian.supervision.forms import ScreenStep
from shujian.supervision.keyword_lint import register
from shujian.supervision.library import Model
from shujian.supervision.parameters import parameter_book
from shujian.supervision.relation import quoted
from shujian.supervision.run import contracts_of, make_plan, rights_of


@dataclass(frozen=True)
class WordShare:
    """One keyword or pattern of a model's screening: ``rows`` of ``of`` texts hold it; ``alone`` of them hold no other."""

    model: str
    step: str
    word: str
    pattern: bool
    rows: int
    alone: int
    of: int

    @property
    def common(self) -> bool:
        """Whether it hits more of the texts than the catalogue allows."""
        return self.rows > self.of * register().common_share


def word_shares(model: Model, snapshot: Snapshot, as_of: date) -> list[WordShare]:
    """Every keyword and pattern of the model's screenings on the rows of a snapshot, those that hit nothing too."""
    steps = [step for step in model.spec.steps if isinstance(step, ScreenStep)]
    if not steps:
        return []
    contracts = contracts_of(model)
    session = open_session(snapshot)
    try:
        rights = rights_of(model, contracts, snapshot.datasets, as_of, session)
        people = people_of(snapshot.datasets)
        execute(
            make_plan(model, contracts, parameter_book(), as_of, rights, people=people), session, Silent()
        )
        found = []
        for step in steps:
            table = quoted(f"words_{step.id}")
            counted = session.sql(
                f"WITH held AS (SELECT DISTINCT _row, word FROM {table}), "
                "many AS (SELECT _row, count(*) AS n FROM held GROUP BY 1) "
                "SELECT word, count(*) AS n, count(*) FILTER (m.n = 1) AS a FROM held JOIN many AS m USING (_row) GROUP BY 1"
            ).to_pylist()
            seen = {row["word"]: (int(row["n"]), int(row["a"])) for row in counted}
            need = model.spec.needs.get(step.from_)
            pin = snapshot.datasets.get(need.source) if need else None
            total = pin.rows if pin else 0
            shelf = model.keywords[step.keywords]
            named = [
                *((word.word, False) for word in shelf.words),
                *((each.title, True) for each in shelf.patterns),
            ]
            found += [
                WordShare(model.spec.id, step.id, name, pattern, *seen.get(name, (0, 0)), of=total)
                for name, pattern in named
            ]
    finally:
        session.close()
    return found
