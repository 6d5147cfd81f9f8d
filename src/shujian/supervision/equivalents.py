"""``equivalent.yaml`` beside a model: changes that no proof can notice because nothing would come out otherwise, and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pydantic import Field

from shujian.kernel.yamlfile import read_yaml
from shujian.supervision.library import Model
from shujian.supervision.spec import Form

FILE = "equivalent.yaml"


class Declared(Form):
    """One change, or several alike, as ``model prove`` names them; since when, and the reason."""

    mutants: list[str] = Field(min_length=1)
    since: date
    why: str = Field(min_length=6)


class Declarations(Form):
    """The file as written."""

    equivalent: list[Declared]


def equivalents(model: Model) -> Mapping[str, str]:
    """Name of the mutant → why it is the same model; empty without a file. Raises BadInput with every fault of it."""
    path = model.folder / FILE
    if not path.is_file():
        return {}
    file = read_yaml(path)
    declared = file.as_form(Declarations)
    return {name: one.why for one in declared.equivalent for name in one.mutants}
