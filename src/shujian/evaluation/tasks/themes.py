"""The text sides of the models on real messages that one person labelled, beside the catalogue's plain word lists."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from shujian.evaluation.reference import json_lines
from shujian.evaluation.scores import Counts, Score, Task, scored
from shujian.supervision import service

FOLDER = "gold_themes_dev"
FILES = {
    "F1": ("校园周边食品安全", "school_gate_food"),
    "F2": ("电动自行车充电停放", "ebike_charging"),
    "F3": ("生产施工经营污染", "env_tax"),
    "F4": ("妇女权益", "women_protection"),
    "F5": ("机关不作为、乱作为", "duty_urging"),
    "F6": ("弱势群体支持起诉", "support_litigation"),
    "F7": ("爆炸物、烟花爆竹、爆破", "explosives_correction"),
}
BARS = {"F3": 0.75, "F5": 0.55, "F6": 0.70}
"""Least F1; the rare themes have too few rows for one and must be no less precise than the plain lists."""
DRAWS = 1000


@dataclass(frozen=True)
class Message:
    """One labelled message. ``random``: drawn at random, not by broad words."""

    title: str
    text: str
    codes: frozenset[str]
    random: bool

    @property
    def half(self) -> int:
        """0 or 1, by the digest of the text: the same on every machine, chosen by nobody."""
        return hashlib.sha256(f"{self.title}\n{self.text}".encode()).digest()[0] % 2


def messages() -> list[Message]:
    """The labelled messages."""
    return [
        Message(row["title"] or "", row["text"] or "", frozenset(row["codes"] or ()), row["part"] == "random")
        for row in json_lines(FOLDER, "gold.jsonl.gz")
    ]


def counted(said: Sequence[bool], true: Sequence[bool]) -> Counts:
    """What was said against what is true, in the same order."""
    pairs = list(zip(said, true, strict=True))
    return Counts(
        right=pairs.count((True, True)), false=pairs.count((True, False)), missed=pairs.count((False, True))
    )


def bootstrap(said: Sequence[bool], true: Sequence[bool]) -> tuple[float, float]:
    """The 95 % percentile interval of F1 over messages drawn with replacement, always by the same draws."""
    draw, whole = random.Random(20260101), range(len(said))
    found = []
    for _ in range(DRAWS):
        chosen = draw.choices(whole, k=len(said))
        found.append(counted([said[i] for i in chosen], [true[i] for i in chosen]).f1 or 0.0)
    found.sort()
    return found[round(DRAWS * 0.025)], found[round(DRAWS * 0.975) - 1]


def kept(keywords: str, texts: Sequence[tuple[str, str]]) -> tuple[list[bool], str]:
    """Which texts the shipped step with these words keeps, and its name; the file alone where no model screens texts
    with it yet.
    """
    step = service.screening_of(keywords)
    if step is None:
        return [each is not None for each in service.try_words(keywords, texts)], f"关键词文件 {keywords}"
    return [each is not None for each in service.try_step(*step, texts)], f"步骤 {step[0]}.{step[1]}"


def plain(keywords: str, texts: Sequence[tuple[str, str]]) -> list[bool]:
    """The baseline: any core or further word of the catalogue stands in the text."""
    words = service.word_register()
    listed = [*words.core[keywords], *words.ext[keywords]]
    return [any(word in title + "\n" + text for word in listed) for title, text in texts]


def theme(code: str) -> list[Score]:
    """A theme on all rows; and on the rows drawn at random and on both halves, which have no bar."""
    title, keywords = FILES[code]
    rows = messages()
    texts, true = [(row.title, row.text) for row in rows], [code in row.codes for row in rows]
    said, by = kept(keywords, texts)
    base = plain(keywords, texts)
    low, high = bootstrap(said, true)
    whole = counted(base, true)
    bars = {"f1": BARS[code]} if code in BARS else {"precision": whole.precision or 0.0}
    parts = [
        ("", "", [True] * len(rows)),
        (".random", "，随机抽取的", [row.random for row in rows]),
        (".half0", "，前一半", [row.half == 0 for row in rows]),
        (".half1", "，后一半", [row.half == 1 for row in rows]),
    ]
    scores = []
    for name, part, chosen in parts:
        mine = [place for place, taken in enumerate(chosen) if taken]

        def of(answers: Sequence[bool], mine: Sequence[int] = mine) -> list[bool]:
            return [answers[place] for place in mine]

        plainly = counted(of(base), of(true))
        scores.append(
            scored(
                f"themes.{code}{name}", title + part, len(mine), counted(of(said), of(true)),
                baseline="目录里的词，有一个就算", baseline_f1=plainly.f1, bars={} if name else bars,
                facts={"positive": sum(of(true)), "baseline_precision": plainly.precision, "baseline_recall": plainly.recall,
                       **({} if name else {"f1_low": low, "f1_high": high, "by": by})},
                note=None if name else _note(by, (low, high), whole),
            )
        )  # fmt: skip
    return scores


def _note(by: str, interval: tuple[float, float], base: Counts) -> str:
    return (
        f"由{by}筛出；F1 自助法 95% 区间 {interval[0]:.2f}—{interval[1]:.2f}；"
        f"基线准确率 {_told(base.precision)}、召回率 {_told(base.recall)}"
    )


def _told(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}"


TASKS = [Task(f"themes.{code}", FILES[code][0], partial(theme, code), (FOLDER,)) for code in FILES]
