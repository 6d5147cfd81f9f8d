"""Head office and branch: a relation of its own. The two are never one firm, and neither answers for the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow as pa

from shujian.matching.firms import joins
from shujian.matching.firms.hashing import Hashes, Places, whole
from shujian.matching.firms.joins import Cut
from shujian.matching.firms.lists import Firms

Relation = Literal["head", "branch"]


@dataclass(frozen=True)
class Related:
    """Pairs by what the right row is to the left row: its ``head`` office or a ``branch`` of it.

    ``parent``: the core name of the head office, by which they meet.
    """

    left: Places
    right: Places
    relation: list[Relation]
    parent: list[str]
    cuts: tuple[Cut, ...]


def relations(left: Firms, right: Firms, *, cap: int, shortest: int) -> Related:
    """Every right row that is head office or branch of a left row, by name. Both lists are ``aligned``.

    ``cap``: right rows under one name at most. Head offices whose core is under ``shortest`` characters are left out:
    half the country bears them.
    """
    heads = _long(left.parent, shortest), _long(right.core, shortest)
    branches = _long(left.core, shortest), _long(right.parent, shortest)
    found: list[joins.Pairs] = []
    for one, other in (heads, branches):
        met = joins.equal(_hashes(one), _hashes(other), cap=cap)
        same = np.asarray(
            [a == b for a, b in zip(_texts(one, met.left), _texts(other, met.right), strict=True)], dtype=bool
        )
        found.append(joins.Pairs(met.left[same], met.right[same], met.cut_keys, met.cut_pairs))
    head, branch = found
    keys, pairs = sum(each.cut_keys for each in found), sum(each.cut_pairs for each in found)
    names: list[Relation] = [*["head"] * len(head.left), *["branch"] * len(branch.left)]  # type: ignore[list-item]
    return Related(
        np.concatenate([head.left, branch.left]), np.concatenate([head.right, branch.right]), names,
        [*_texts(left.parent, head.left), *_texts(left.core, branch.left)],
        (Cut("branch", "block", cap, keys, pairs),) if keys else (),
    )  # fmt: skip


def _long(cores: pa.Array, shortest: int) -> pa.Array:
    return pa.array(
        [core if core is not None and len(core) >= shortest else None for core in cores.to_pylist()],
        pa.string(),
    )


def _hashes(cores: pa.Array) -> Hashes:
    return whole(cores)


def _texts(cores: pa.Array, rows: Places) -> list[str]:
    return list(cores.take(pa.array(rows)).to_pylist())
