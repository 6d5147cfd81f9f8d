"""A named function over a batch of rows: it travels to wherever the rows are, this machine or a worker of a cluster."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyarrow as pa

from shujian.supervision.functions.named import NAMED

NUMBER = pa.decimal128(18, 2)


@dataclass(frozen=True)
class Calling:
    """Answers a batch with the function's answers beside its rows. Each row is answered by itself.

    ``arguments``: argument → the batch's column of it, left out of the answer; ``outputs``: answer → new column.
    """

    function: str
    parameters: Mapping[str, Any]
    arguments: Mapping[str, str]
    outputs: Mapping[str, str]

    def __call__(self, table: pa.Table) -> pa.Table:
        """The batch without the arguments, with the new columns before the source rows, as in a relation's order."""
        function = NAMED[self.function]
        names = list(self.arguments)
        rows = table.select([self.arguments[name] for name in names]).rename_columns(names).to_pylist()
        answers = [function.run(row, self.parameters) for row in rows]
        kept = table.drop_columns(list(self.arguments.values()))
        place = next(
            (index for index, name in enumerate(kept.column_names) if name.endswith(("._row", "._rows"))),
            len(kept.column_names),
        )
        for offset, (answer, column) in enumerate(self.outputs.items()):
            values: list[Decimal | str | None] = [each[answer] for each in answers]
            kind = NUMBER if function.gives[answer] == "number" else pa.string()
            kept = kept.add_column(place + offset, column, pa.array(values, kind))
        return kept
