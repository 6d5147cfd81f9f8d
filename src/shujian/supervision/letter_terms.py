"""The standing clauses of a request for data, from a dated file: legal grounds, format, safety."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from pydantic import Field

from shujian.kernel.home import home
from shujian.kernel.yamlfile import read_yaml
from shujian.supervision.spec import Basis, Form

PLACE = "papers/data_letter.yaml"


class Terms(Form):
    """The file as written."""

    basis: list[Basis] = Field(min_length=1)
    format: tuple[str, ...] = Field(min_length=1)
    safety: tuple[str, ...] = Field(min_length=1)

    def in_force(self, day: date) -> list[Basis]:
        """The grounds of that day."""
        return [one for one in self.basis if one.in_force(day)]


def letter_terms() -> Terms:
    """The user's own clauses, else the shipped ones. Raises BadInput with every fault of the file."""
    stated = [root / PLACE for root in home().catalogue_roots() if (root / PLACE).is_file()]
    return _read(stated[-1], stated[-1].stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read(path: Path, _stamp: int) -> Terms:
    file = read_yaml(path)
    return file.as_form(Terms)
