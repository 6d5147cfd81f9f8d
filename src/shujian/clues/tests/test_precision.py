"""Outcomes counted by hand; suggestions only where the figures carry them; both the machine's and the person's kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from shujian.accounts.read import Role, shell_actor
from shujian.clues import read, service
from shujian.clues.errors import ClueRefused
from shujian.clues.models import Clue, ProposalDecision
from shujian.clues.precision import counted, judged_of
from shujian.clues.tests.factories import evidence, hit, result
from shujian.clues.tests.people import account
from shujian.kernel.clock import now
from shujian.kernel.errors import BadInput
from shujian.kernel.intervals import wilson
from shujian.supervision.result import KeywordHit

pytestmark = pytest.mark.django_db
MODEL = "convicted_staff"


def words(*told: str) -> tuple[KeywordHit, ...]:
    return tuple(KeywordHit(word, "hotline_order", "r", "content", 0, 2, word) for word in told)


def stand(count: int, named: tuple[str, ...], *, start: int, people: int = 5, **fields: Any) -> None:
    """So many clues that these words hit, in this state."""
    hits = [
        hit(1, subject_id=f"s{start + n}", evidence=(evidence(start + n),), keywords=words(*named), figures={"people": people})
        for n in range(count)
    ]  # fmt: skip
    known = set(Clue.objects.values_list("pk", flat=True))
    with transaction.atomic():
        service.merge_hits(run="run-1", result=result(hits), judged=False)
    Clue.objects.exclude(pk__in=known).update(**fields)


def true(count: int, *named: str, start: int, **told: Any) -> None:
    stand(count, named, start=start, state="C4", signed_at=now(), registered_at=now(), **told)


def false(count: int, *named: str, start: int, reason: str = "rule", **told: Any) -> None:
    stand(count, named, start=start, state="C9", signed_at=now(), exclusion=reason, **told)


def test_outcomes_are_what_was_counted_by_hand() -> None:
    true(3, "飞线", start=0)
    stand(1, ("飞线",), start=10, state="C6", signed_at=now(), registered_at=now())
    false(4, "飞线", "充电", start=20)
    false(2, "充电", start=30, reason="done")
    stand(5, ("充电",), start=40)
    told = read.precision_of(MODEL)
    for one in (told.whole, read.all_outcomes()[0]):
        assert (one.pushed, one.signed, one.true, one.false, one.neutral, one.filed) == (15, 10, 4, 4, 2, 1)
        assert (one.advised, one.mended) == (None, None)
    share = told.whole.precision
    low, high = wilson(4, 8)
    assert (share.per_cent, share.low, share.high) == (50, round(100 * low), round(100 * high))
    by = {one.name: (one.true, one.false, one.pushed) for one in told.words}
    assert by == {"飞线": (4, 4, 8), "充电": (0, 4, 11)} and told.proposals == ()


def test_what_was_true_and_then_excluded_is_not_true() -> None:
    stand(1, ("飞线",), start=0, state="C9", signed_at=now(), registered_at=now(), exclusion="no_offence")
    told = read.precision_of(MODEL)
    assert (told.whole.true, told.whole.false, read.all_outcomes()[0].true) == (0, 1, 0)
    assert read.precision_of("ebike_charging").whole.precision.per_cent is None


def test_a_word_that_does_not_pay_is_suggested_with_the_clues_that_would_change() -> None:
    false(12, "充电", start=0)
    stand(2, ("充电",), start=20)
    stand(1, ("充电", "飞线"), start=30)
    (one,) = read.precision_of(MODEL).proposals
    assert (one.kind, one.what, one.true, one.false, len(one.gone), one.stay) == (
        "retire",
        "充电",
        0,
        12,
        2,
        1,
    )
    assert "判过 12 条，属实 0 条" in one.says


@pytest.mark.parametrize(
    ("good", "bad", "kind"),
    [(0, 9, None), (0, 10, "retire"), (4, 16, "tighten"), (10, 10, None), (20, 0, None)],
)
def test_it_is_suggested_by_the_upper_end_and_not_before_enough_were_judged(
    good: int, bad: int, kind: str | None
) -> None:
    true(good, "充电", start=0)
    false(bad, "充电", start=100)
    assert [one.kind for one in read.precision_of(MODEL).proposals] == ([kind] if kind else [])


def test_a_bound_below_which_nothing_was_true_is_suggested() -> None:
    true(6, start=0, people=4)
    false(6, start=20, people=2)
    false(1, start=30, people=9)
    stand(2, (), start=40, people=3)
    (one,) = read.precision_of(MODEL).proposals
    assert (one.kind, one.what, one.bound, one.false, len(one.gone)) == ("raise", "people", "4", 6, 2)
    true(1, start=50, people=1)
    assert read.precision_of(MODEL).proposals == ()


def test_a_person_decides_once_and_both_are_kept() -> None:
    false(12, "充电", start=0)
    actor = account("one", Role.SJZT, units=())
    told: dict[str, Any] = {
        "model": MODEL,
        "kind": "retire",
        "what": "充电",
        "accepted": False,
        "why": "季节原因，再看一季",
    }
    for other in (shell_actor(), account("head", Role.BMFZR)):
        with pytest.raises(ClueRefused, match="自己的账号"):
            service.decide_proposal(actor=other, **told)
    with pytest.raises(BadInput):
        service.decide_proposal(actor=actor, **{**told, "why": ""})
    service.decide_proposal(actor=actor, **told)
    assert read.precision_of(MODEL).proposals == ()
    with pytest.raises(ClueRefused, match="没有这条建议"):
        service.decide_proposal(actor=actor, **told)
    (kept,) = read.precision_of(MODEL).decisions
    assert (kept.kind, kept.what, kept.accepted, kept.false, kept.by) == (
        "建议停用",
        "充电",
        False,
        12,
        "示例one",
    )
    false(1, "充电", start=50)
    assert len(read.precision_of(MODEL).proposals) == 1 and ProposalDecision.objects.count() == 1


def test_counts_by_one_question_are_those_of_every_clue_opened() -> None:
    """Against the way that opens each clue and counts it in Python, over every state with every reason."""
    states = ("C0", "C1", "C2", "C4", "C6", "C8", "C9")
    for at, (state, reason) in enumerate(
        (one, two) for one in states for two in ("", "rule", "done", "not_ours")
    ):
        moments: dict[str, Any] = {
            name: now() if at % (2 + place) else None
            for place, name in enumerate(("pushed_at", "signed_at", "registered_at"))
        }
        stand(1 + at % 2, ("飞线",), start=100 * at, state=state, exclusion=reason, **moments)
    Clue.objects.filter(pk__in=list(Clue.objects.values_list("pk", flat=True)[::5])).update(model="env_tax")
    Clue.objects.filter(pk__in=list(Clue.objects.values_list("pk", flat=True)[::7])).update(origin="split")
    models = sorted(set(Clue.objects.filter(origin="model").values_list("model", flat=True)))
    assert len(models) == 2
    assert read.all_outcomes() == [counted(name, judged_of(name)) for name in models]
