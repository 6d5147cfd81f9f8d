"""Compare what the runs answered with what was planted: found, missed, falsely accused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from shujian.demo.truth import Expected, Truth
from shujian.kernel.secrets import pseudonym
from shujian.supervision.read import GRADES

SURE = ("none", "proved")


@dataclass(frozen=True)
class Found:
    """One clue as the database holds it. ``key`` is keyed over model, emit and subject; ``told`` is its number."""

    key: str
    grade: str
    absence: str
    told: str


@dataclass
class Verdict:
    """The counts of one model, and each difference in words."""

    model: str
    grade: dict[str, dict[str, int]]
    possible: dict[str, int]
    unknown: dict[str, int]
    differences: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Nothing missed, nobody falsely accused, every doubt as planted."""
        return not self.differences

    def item(self) -> dict[str, Any]:
        """The model's entry of the contract."""
        return {"grade": self.grade, "possible": self.possible, "unknown": self.unknown}


def judge(truth: Truth, found: Iterable[Found]) -> Verdict:
    """Compare one model. A clue counts as found where emit, subject, grade and absence are all as planted."""
    planted = {clue_key(truth.model, each): each for each in truth.expected}
    seen = {clue.key: clue for clue in found}
    verdict = Verdict(
        truth.model,
        {grade: _none() for grade in GRADES},
        _none(),
        _none(),
    )
    for key, wanted in planted.items():
        bucket = _bucket(verdict, wanted.grade, wanted.absence)
        bucket["planted"] += 1
        clue = seen.get(key)
        if clue is not None and (clue.grade, clue.absence) == (wanted.grade, wanted.absence):
            bucket["found"] += 1
            continue
        bucket["missed"] += 1
        said = f"得到 {clue.grade}/{clue.absence}" if clue else "没有线索"
        verdict.differences.append(
            f"{truth.model}·{wanted.emit}：应得 {wanted.grade}/{wanted.absence}，{said}（{wanted.why}）"
        )
    for key, clue in seen.items():
        match = planted.get(key)
        if match is not None and (clue.grade, clue.absence) == (match.grade, match.absence):
            continue
        _bucket(verdict, clue.grade, clue.absence)["false"] += 1
        if match is None:
            verdict.differences.append(
                f"{truth.model}：未埋设而得出 {clue.grade}/{clue.absence}（{clue.told}）"
            )
    return verdict


def _none() -> dict[str, int]:
    return {"planted": 0, "found": 0, "missed": 0, "false": 0}


def clue_key(model: str, expected: Expected) -> str:
    """The key under which the clue rooms hold an expected clue."""
    return pseudonym("clue", "\x1f".join((model, expected.emit, expected.kind, expected.subject)))


def _bucket(verdict: Verdict, grade: str, absence: str) -> dict[str, int]:
    if absence in SURE:
        return verdict.grade.setdefault(grade, _none())
    return verdict.possible if absence == "possible" else verdict.unknown
