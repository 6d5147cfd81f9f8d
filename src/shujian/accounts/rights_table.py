"""The table of rights as data: ``rights.yaml``, read once, checked whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from shujian.accounts.roles import Role
from shujian.kernel.errors import FaultList
from shujian.kernel.yamlfile import read_yaml

FILE = Path(__file__).parent / "rights.yaml"
Where = Literal["any", "house", "unit", "waiting_or_own", "assisted", "near", "helping"]
Who = Literal["administrator", "recused", "looked_after"]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Action(_Form):
    """Something that can be done. ``denied``: what is said where no rule allows it; ``shell``: open to the shell."""

    title: str
    denied: str
    shell: bool


class _Rule(_Form):
    id: str
    actions: list[str]
    says: str


class Forbidding(_Rule):
    """A rule that goes before all that allow."""

    who: Who
    spared: list[str] = Field(default_factory=list, alias="except")

    def about(self, action: str) -> bool:
        """Whether the rule speaks of this action."""
        return action not in self.spared and any(fnmatchcase(action, one) for one in self.actions)


class Allowing(_Rule):
    """A rule that allows ``roles`` the ``actions`` on things that lie ``where``."""

    roles: Literal["all"] | list[Annotated[Role, Field(strict=False)]]
    where: Where

    @property
    def held_by(self) -> frozenset[Role]:
        """The roles it speaks of."""
        return frozenset(Role) if self.roles == "all" else frozenset(self.roles)


class Table(_Form):
    """All of it. ``levels``: names of field levels and their order."""

    levels: Mapping[str, int]
    actions: Mapping[str, Action]
    forbid: list[Forbidding]
    allow: list[Allowing]


@cache
def table() -> Table:
    """The shipped table. Raises BadInput with every fault at once."""
    return read_table(FILE)


def read_table(path: Path) -> Table:
    """Read and check one file. Raises BadInput with every fault at once, each with its line."""
    file = read_yaml(path)
    read = file.as_form(Table)
    faults, seen = FaultList(), set[str]()
    both: dict[str, Sequence[_Rule]] = {"forbid": read.forbid, "allow": read.allow}
    for kind, rules in both.items():
        for index, rule in enumerate(rules):
            if rule.id in seen:
                faults.add(file.fault((kind, index, "id"), "rights_double", "规则编号重复", found=rule.id))
            seen.add(rule.id)
            for at, name in enumerate(rule.actions):
                if not any(fnmatchcase(one, name) for one in read.actions):
                    faults.add(
                        file.fault((kind, index, "actions", at), "rights_action", "没有这个动作", found=name,
                                   expected="actions 里写明的名称")
                    )  # fmt: skip
    faults.raise_if_any()
    return read
