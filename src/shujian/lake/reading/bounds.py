"""How large the parts of a file may be before it is refused: shipped numbers, which a user's file may replace."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, PositiveInt, ValidationError

from shujian.kernel.errors import BadInput
from shujian.kernel.home import home
from shujian.kernel.yamlfile import read_yaml

_PLACE = Path("limits") / "reading.yaml"


class Bounds(BaseModel):
    """``catalogue/limits/reading.yaml``: bytes, counts and ratios; the file says what each is for."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    columns: PositiveInt
    line_bytes: PositiveInt
    bad_lines: PositiveInt
    unpacked_bytes: PositiveInt
    unpacked_ratio: PositiveInt
    zip_entries: PositiveInt
    sheet_cells: PositiveInt
    html_bytes: PositiveInt
    parquet_rows_per_byte: PositiveInt


def bounds() -> Bounds:
    """The limits in force. Raises BadInput with every fault of the user's file."""
    stated = [root / _PLACE for root in home().catalogue_roots() if (root / _PLACE).is_file()]
    return _read(tuple((path, path.stat().st_mtime_ns) for path in stated))


@lru_cache(maxsize=8)
def _read(stated: tuple[tuple[Path, int], ...]) -> Bounds:
    values: dict[str, object] = {}
    for path, _ in stated:
        file = read_yaml(path)
        told = file.value if isinstance(file.value, dict) else {"": file.value}
        try:
            found = Bounds(**{**values, **told})
        except ValidationError as error:
            raise BadInput(file.faults_of(error)) from None
        values = found.model_dump()
    return Bounds.model_validate(values)
