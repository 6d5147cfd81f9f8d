"""Firms: a noisy list against real registrations, by twelve written rules; branches; and what would be pushed by itself."""

from __future__ import annotations

import time
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import numpy as np

from shujian.evaluation.firm_noise import RULES, NoisyRow, Registered, noisy
from shujian.evaluation.reference import json_lines
from shujian.evaluation.scores import Counts, Score, Task, scored
from shujian.kernel.intervals import wilson
from shujian.matching.firms import peer
from shujian.matching.firms.branches import relations
from shujian.matching.firms.hashing import whole
from shujian.matching.firms.ladder import GRADES, Resolved, resolve
from shujian.matching.firms.lists import Firms, aligned, firms
from shujian.supervision.read import firm_limits

FOLDER = "enterprises_zhuzhou"
SEEDS = (20261125, 20261126, 20261127)
STRANGERS = 5
"""One registration in so many is kept out of the registry: its row must meet nobody."""


class Case:
    """One noisy list, the registry, our answers, and what the two baselines link."""

    def __init__(self, rows: list[NoisyRow], left: Firms, right: Firms) -> None:
        self.rows = rows
        self.limits = firm_limits()
        began = time.perf_counter()
        self.left, self.right = aligned(left, right, least_region=self.limits.least_region)
        self.resolved: Resolved = resolve(self.left, self.right, self.limits)
        self.seconds = time.perf_counter() - began

    def ours(self) -> dict[int, int]:
        """Left row → the right row shown as its firm."""
        pairs = self.resolved.pairs
        return {
            row: int(pairs.right[place])
            for row, place in enumerate(self.resolved.answer.tolist())
            if place >= 0
        }

    def exact(self) -> dict[int, int]:
        """The baseline: the same code, else the one registered firm of the same core."""
        found: dict[int, int] = {}
        for column in ("core", "uscc"):
            one, other = (whole(getattr(side, column)) for side in (self.left, self.right))
            places, counts = (
                {},
                dict(zip(*(x.tolist() for x in np.unique(other, return_counts=True)), strict=True)),
            )
            places = {key: place for place, key in enumerate(other.tolist())}
            found |= {
                row: places[key] for row, key in enumerate(one.tolist()) if key and counts.get(key) == 1
            }  # fmt: skip
        return found

    def counts(self, links: dict[int, int]) -> Counts:
        """Right, false and missed links."""
        right = sum(self.rows[row].truth == place for row, place in links.items())
        true = sum(row.truth is not None for row in self.rows)
        return Counts(right, len(links) - right, true - right)


@lru_cache(maxsize=1)
def cases() -> tuple[Case, ...]:
    """A case a seed. The registrations are read where they lie; nothing of them is kept."""
    told = [_registered(record) for record in json_lines(FOLDER, "enterprises.dev.jsonl.gz")]
    made = []
    for seed in SEEDS:
        order = np.random.default_rng(seed).permutation(len(told)).tolist()
        cut = len(order) // STRANGERS
        strangers, registry = ([told[place] for place in part] for part in (order[:cut], order[cut:]))
        rows = noisy(registry, strangers, seed)
        made.append(Case(rows, _list(rows), _list(registry)))
    return tuple(made)


def _registered(record: dict[str, Any]) -> Registered:
    rep = record["legal_rep_masked"]
    return Registered(
        record["name"], record["uscc"], None if rep == "N/A" else rep, record["address"] or None
    )


def _list(rows: Iterable[NoisyRow | Registered]) -> Firms:
    told = list(rows)
    return firms(
        [row.name for row in told], uscc_codes=[row.uscc for row in told], rep=[row.rep for row in told],
        addresses=[row.address for row in told],
    )  # fmt: skip


def _sum(parts: Iterable[Counts]) -> Counts:
    told = list(parts)
    return Counts(*(sum(getattr(part, name) for part in told) for name in ("right", "false", "missed")))


def rank1() -> list[Score]:
    """F1 of the one firm shown for each row, beside exact cores and Splink."""
    whole_ = _sum(case.counts(case.ours()) for case in cases())
    exact = _sum(case.counts(case.exact()) for case in cases())
    answers = [(case, case.ours()) for case in cases()]
    facts: dict[str, Any] = {
        "rules": {rule: _rule(rule, answers) for rule in RULES},
        "ambiguous": sum(case.resolved.decision.count("ambiguous") for case in cases()),
        "strangers_linked": sum(
            case.rows[row].truth is None and case.rows[row].head is None for case, links in answers for row in links
        ),
        "exact_precision": exact.precision, "exact_recall": exact.recall,
        "seconds": round(sum(case.seconds for case in cases()), 3), "seeds": len(SEEDS), **_splink(),
    }  # fmt: skip
    rows = sum(len(case.rows) for case in cases())
    return [
        scored(
            "firms.rank1", "按名称和印证认定单位（首位）", rows, whole_, baseline="核心名称完全相同", baseline_f1=exact.f1,
            bars={"f1": 0.98}, facts=facts, note=_told(facts),
        )
    ]  # fmt: skip


def _rule(rule: str, answers: list[tuple[Case, dict[int, int]]]) -> dict[str, Any]:
    rows = right = false = true = 0
    for case, links in answers:
        for place, row in enumerate(case.rows):
            if row.rule == rule:
                rows, true = rows + 1, true + (row.truth is not None)
                linked = links.get(place)
                right += linked is not None and linked == row.truth
                false += linked is not None and linked != row.truth
    return {"title": RULES[rule][0], "rows": rows, "true": true, "right": right, "false": false}


def _told(facts: dict[str, Any]) -> str:
    told = [
        f"{each['title']} {each['right']}/{each['true']}"
        + (f"（错连 {each['false']}）" if each["false"] else "")
        for each in facts["rules"].values()
    ]
    peer = (
        f"；Splink 取最有利门槛 F1 {facts['splink_f1']:.4f}"
        if "splink_f1" in facts
        else "；未装 Splink，没有同行数字"
    )
    return "、".join(told) + peer


def _splink() -> dict[str, Any]:
    """Its best F1 over all thresholds on the first case, and ours on the same case."""
    if not peer.available():
        return {}
    case = cases()[0]
    began = time.perf_counter()
    found = peer.linked(case.left, case.right)
    seconds = time.perf_counter() - began
    ranked = sorted(
        zip(*(found[name].to_pylist() for name in ("probability", "left", "right")), strict=True),
        reverse=True,
    )
    best, links = case.counts({}), dict[int, int]()
    for _, left, right in ranked:
        links[left] = right
        best = max(best, case.counts(links), key=lambda counts: counts.f1 or 0.0)
    ours = case.counts(case.ours())
    return {
        "splink_f1": best.f1, "splink_precision": best.precision, "splink_recall": best.recall,
        "splink_seconds": round(seconds, 2), "f1_on_the_same_rows": ours.f1,
    }  # fmt: skip


def pushed() -> list[Score]:
    """Precision of grade A, which alone goes on without a person; of the others, how often the person will agree."""
    facts: dict[str, Any] = {}
    whole_ = Counts(0, 0, 0)
    for grade in ("A", "B", "C"):
        right = false = 0
        for case in cases():
            pairs = case.resolved.pairs
            for row, place in enumerate(case.resolved.answer.tolist()):
                if place >= 0 and GRADES[pairs.grade[place]] == grade:
                    agrees = case.rows[row].truth == pairs.right[place]
                    right, false = right + bool(agrees), false + (not agrees)
        low, high = wilson(right, right + false)
        facts[grade] = {"right": right, "false": false, "low": round(low, 4), "high": round(high, 4)}
        if grade == "A":
            coded = sum(
                row.uscc is not None and row.truth is not None for case in cases() for row in case.rows
            )
            whole_ = Counts(right, false, coded - right)
    facts["false"] = whole_.false
    rows = sum(len(case.rows) for case in cases())
    note = "；".join(
        f"{grade} 级 {facts[grade]['right']} 对 {facts[grade]['false']} 错" for grade in ("A", "B", "C")
    )
    return [
        scored(
            "firms.pushed", "不经人工的认定（A 级）", rows, whole_, interval_of="precision", most={"false": 0}, facts=facts,
            note=note,
        )
    ]  # fmt: skip


def branches() -> list[Score]:
    """Of branches, how many are told their head office, and how many are wrongly taken for it."""
    right = missed = false = taken = 0
    for case in cases():
        related = relations(case.left, case.right, cap=case.limits.block, shortest=case.limits.shortest)
        heads: dict[int, set[int]] = {}
        for one, other, name in zip(
            related.left.tolist(), related.right.tolist(), related.relation, strict=True
        ):
            if name == "head":
                heads.setdefault(one, set()).add(other)
        links = case.ours()
        for place, row in enumerate(case.rows):
            if row.rule != "branch":
                continue
            found = heads.get(place, set())
            right, missed = (
                right + (row.head in found),
                missed + (row.head is not None and row.head not in found),
            )
            false += bool(found - {row.head})
            taken += place in links
    counts = Counts(right, false, missed)
    return [
        scored("firms.branches", "分支机构认到总机构", right + missed, counts, most={"taken": 0}, facts={"taken": taken})
    ]  # fmt: skip


TASKS = [
    Task("firms.rank1", "认定单位：十二条写明的差错规则", rank1, (FOLDER,)),
    Task("firms.pushed", "认定单位：不经人工的部分", pushed, (FOLDER,)),
    Task("firms.branches", "认定单位：分支机构与总机构", branches, (FOLDER,)),
]
