"""Same-issue grouping on pairs of real messages that a person read, beside the cosine of two-sign strings."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from shujian.evaluation.reference import json_lines
from shujian.evaluation.scores import Counts, Score, Task, scored
from shujian.matching.matters.book import matter_book
from shujian.matching.matters.grouping import likeness, same_issue
from shujian.matching.matters.profiles import Complaint, Reader, regions_in

LABELS = Path(__file__).parent.parent / "labels" / "same_issue.tsv"
FILES = (
    ("complaints_unlabelled", "messages.dev.jsonl.gz"),
    ("complaints_labelled", "complaints.dev.jsonl.gz"),
    ("complaints_replies", "replies.dev.jsonl.gz"),
)
BAR = 0.75
_SHORTEST = 15


def digest_of(title: str, text: str) -> str:
    """By what a label names a message: no text of it stands in the project."""
    return hashlib.sha256(re.sub(r"\s", "", title + text).encode()).hexdigest()[:16]


def labels() -> list[tuple[str, str, bool]]:
    """The labelled pairs."""
    lines = LABELS.read_text("utf-8").splitlines()
    pairs = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(left, right, same == "1") for left, right, same in pairs]


def _messages() -> dict[str, Complaint]:
    found: dict[str, Complaint] = {}
    for folder, name in FILES:
        for row in json_lines(folder, name):
            title, text = row.get("title") or "", row.get("text") or ""
            if len(re.sub(r"\s", "", title + text)) >= _SHORTEST:
                key = digest_of(title, text)
                found.setdefault(key, Complaint(key, title, text, regions=regions_in(title + text)))
    return found


def counts_of(answers: Sequence[tuple[bool, bool]]) -> Counts:
    """(said, true) pairs as counts."""
    return Counts(
        right=sum(said and true for said, true in answers),
        false=sum(said and not true for said, true in answers),
        missed=sum(not said and true for said, true in answers),
    )


def best_cut(values: Sequence[tuple[float, bool]]) -> Counts:
    """The counts at the cut that gives the best F1: what a baseline would reach with hindsight."""
    every = [counts_of([(value >= cut, true) for value, true in values]) for cut, _ in values]
    return max(every, key=lambda counts: counts.f1 or 0.0)


def same_issues() -> list[Score]:
    """All labelled pairs; and the half that no weight was chosen on (pairs whose first digest is odd)."""
    book, pairs = matter_book(), labels()
    messages = _messages()
    known = [pair for pair in pairs if pair[0] in messages and pair[1] in messages]
    reader = Reader(book, messages.values())
    profiles = {one.complaint.key: one for one in reader.profiles()}
    told = [(pair, likeness(book, reader.corpus, profiles[pair[0]], profiles[pair[1]])) for pair in known]
    scores = []
    for name, title, chosen in (
        ("same_issue", "同一事项的留言对", told),
        (
            "same_issue.half",
            "同上，未用于选定权重的一半",
            [one for one in told if int(one[0][0][-1], 16) % 2],
        ),
    ):
        cosine = best_cut([(found.text, pair[2]) for pair, found in chosen])
        scores.append(
            scored(
                name, title, len(chosen), counts_of([(same_issue(book, found), pair[2]) for pair, found in chosen]),
                baseline="二字串余弦，按事后最好的界限", baseline_f1=cosine.f1, bars={"f1": BAR},
                facts={"labelled": len(pairs), "messages": len(messages)},
                note="标注由一名开发者读标题作出，候选对取自余弦 0.13 以上，召回率只对这些候选而言",
            )
        )  # fmt: skip
    return scores


TASKS = [Task("same_issue", "同一事项的归并", same_issues, tuple(folder for folder, _ in FILES))]
