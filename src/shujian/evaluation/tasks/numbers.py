"""Identity numbers and credit codes: real and generated ones are taken, every single wrong sign is caught."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from stdnum.cn import ric
from stdnum.cn import uscc as stdnum_uscc
from stdnum.exceptions import ValidationError

from shujian.evaluation.divisions import FOLDER, county_codes
from shujian.evaluation.reference import json_lines
from shujian.evaluation.scores import Counts, Score, Task, scored
from shujian.matching.normalise import id_card, uscc

SEED = 20260630
BIRTHS_EACH = 4
CHANGED = 500
"""So many codes or numbers are changed in every place, by every other sign."""


def _ours_uscc(text: str) -> bool:
    return uscc.parse(text).key == text


def _ours_id(text: str) -> bool:
    return id_card.parse(text).key == text


def _by_stdnum(validate: Callable[[str], object]) -> Callable[[str], bool]:
    def takes(text: str) -> bool:
        try:
            validate(text)
        except (ValidationError, KeyError):  # KeyError: provinces that its table splits by no county
            return False
        return True

    return takes


def changes(text: str, alphabet: str, last: str | None = None) -> Iterator[str]:
    """Every text that differs in one sign; ``last``: the alphabet of the last place, if it is another."""
    for place, sign in enumerate(text):
        signs = last if last and place == len(text) - 1 else alphabet
        for other in signs:
            if other != sign:
                yield text[:place] + other + text[place + 1 :]


def measured(
    task: str, title: str, good: Iterable[str], wrong: Iterable[str], ours: Callable[[str], bool],
    theirs: Callable[[str], bool],
) -> Score:  # fmt: skip
    """Good numbers that are taken against wrong ones that are: the bars allow no error on either side."""
    taken = refused = passed = caught = 0
    peer = [0, 0, 0]
    for text in good:
        taken, refused = (taken + 1, refused) if ours(text) else (taken, refused + 1)
        peer[0 if theirs(text) else 2] += 1
    for text in wrong:
        passed, caught = (passed + 1, caught) if ours(text) else (passed, caught + 1)
        peer[1] += theirs(text)
    their = Counts(*peer)
    return scored(
        task, title, taken + refused + passed + caught, Counts(taken, passed, refused),
        baseline="python-stdnum", baseline_f1=their.f1,
        most={"refused": 0, "passed": 0},
        facts={
            "good": taken + refused, "refused": refused, "changed": passed + caught, "caught": caught, "passed": passed,
            "baseline_refused": peer[2], "baseline_passed": peer[1],
        },
        note=f"好的 {taken + refused:,} 个误拒 {refused} 个；改一个字的 {passed + caught:,} 个漏过 {passed} 个；"
        f"stdnum 误拒 {peer[2]:,} 个，漏过 {peer[1]:,} 个",
    )  # fmt: skip


def credit_codes() -> list[Score]:
    """Every real code of the registrations, and every code with one sign changed."""
    real = sorted(
        {
            row["uscc"]
            for row in json_lines("enterprises_zhuzhou", "enterprises.dev.jsonl.gz")
            if row.get("uscc")
        }
    )
    chosen = random.Random(SEED).sample(real, min(CHANGED, len(real)))
    wrong = (other for code in chosen for other in changes(code, uscc.ALPHABET))
    theirs = _by_stdnum(stdnum_uscc.validate)
    return [measured("credit_codes", "信用代码：真的不拒，错一字必查", real, wrong, _ours_uscc, theirs)]


def valid_numbers() -> Iterator[str]:
    """Generated numbers of every county code there ever was; births since 1900, sequence at random."""
    draw = random.Random(SEED)
    for code in county_codes():
        for _ in range(BIRTHS_EACH):
            born = date(1900, 1, 1) + timedelta(days=draw.randrange(46_000))
            first = f"{code}{born:%Y%m%d}{draw.randrange(1000):03d}"
            yield first + id_card.check_character(first)


def id_cards() -> list[Score]:
    """Generated valid numbers of all counties, 渌口区 430212 among them, and all with one sign changed."""
    good = list(valid_numbers())
    chosen = random.Random(SEED).sample(good, CHANGED)
    wrong = (other for number in chosen for other in changes(number, "0123456789", "0123456789X"))
    theirs = _by_stdnum(ric.validate)
    known = sum(1 for number in good if number.startswith("430212") and _ours_id(number))
    found = measured("id_cards", "身份证号：有效的不拒，错一位必查", good, wrong, _ours_id, theirs)
    found.facts["of_430212"] = known
    found.bars["of_430212"] = BIRTHS_EACH
    return [found]


TASKS = [
    Task("credit_codes", "统一社会信用代码的校验", credit_codes, ("enterprises_zhuzhou",)),
    Task("id_cards", "公民身份号码的校验", id_cards, (FOLDER,)),
]
