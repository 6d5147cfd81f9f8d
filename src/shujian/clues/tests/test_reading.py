"""Lists, pages, masks and seals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from shujian.accounts.read import Role, shell_actor
from shujian.clues import read, service
from shujian.clues.errors import SealBroken
from shujian.clues.masks import hide_compared, hide_text, same_length
from shujian.clues.models import Clue
from shujian.clues.read import Filters
from shujian.clues.sealing import seal_bytes, unseal_bytes
from shujian.clues.tests.factories import ID, NAME, hit, person, result
from shujian.kernel.errors import BadInput

SHELL = shell_actor()


def fill(count: int = 5) -> None:
    hits = [replace(hit(n, grade="A" if n % 2 else "B"), score=10 * (n % 3)) for n in range(1, count + 1)]
    with transaction.atomic():
        service.merge_hits(run="run-1", result=result(hits), judged=True)


@pytest.mark.django_db
@pytest.mark.parametrize("order", ["new", "score"])
def test_pages_follow_one_another_without_gap_or_repeat(order: str) -> None:
    fill(7)
    seen: list[str] = []
    cursor = None
    while True:
        page = read.list_clues(SHELL, Filters(order=order), limit=3, cursor=cursor)
        seen += [row.id for row in page.items]
        assert page.total == 7
        cursor = page.next
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 7
    scores = [Clue.objects.get(pk=int(number[2:])).score for number in seen]
    assert seen == sorted(seen, reverse=True) if order == "new" else scores == sorted(scores, reverse=True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({}, 5),
        ({"state": "C1"}, 3),
        ({"state": "C0"}, 2),
        ({"grade": "B"}, 2),
        ({"held": "identity"}, 2),
        ({"held": "unknown"}, 0),
        ({"model": "convicted_staff"}, 5),
        ({"model": "env_tax"}, 0),
        ({"unit": "行政检察部门"}, 5),
        ({"mark": "pushed"}, 3),
        ({"mark": "ground"}, 0),
        ({"text": "未见处分"}, 5),
        ({"text": "%"}, 0),
        ({"since": date(2000, 1, 1)}, 5),
        ({"since": date(2999, 1, 1)}, 0),
    ],
)
def test_filters(told: dict[str, Any], found: int) -> None:
    fill()
    page = read.list_clues(SHELL, Filters(**told))
    assert (page.total, len(page.items)) == (found, found)


@pytest.mark.django_db
def test_all_wrong_filters_are_told_at_once() -> None:
    with pytest.raises(BadInput) as raised:
        read.list_clues(SHELL, Filters(grade="Z", state="C99", held="x", order="y"), limit=0)
    assert [fault.field for fault in raised.value.faults] == ["grade", "state", "held", "order", "limit"]
    for cursor in ("nonsense", "W10", "WyJzY29yZSIsMSwxXQ"):
        with pytest.raises(BadInput, match="翻页标记"):
            read.list_clues(SHELL, Filters(), cursor=cursor)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("actor", "sees"),
    [
        (person(Role.JCZ), 5),
        (person(Role.SJZT), 5),
        (person(Role.BMFZR), 5),
        (person(Role.CBR), 5),
        (person(Role.BMFZR, units=["别的部门"]), 0),
        (person(Role.ZL), 0),
        (person(Role.XTGL), 0),
        (person(Role.SJGL), 0),
        (person(Role.XZ), 0),
        (person(), 0),
    ],
)
def test_scope_of_lists_and_counts(actor: Any, sees: int) -> None:
    fill()
    assert read.list_clues(actor, Filters()).total == sees
    funnel = read.funnel(actor)
    assert (funnel.found, sum(funnel.states.values())) == (sees, sees)
    assert bool(read.units(actor)) == (sees > 0)


@pytest.mark.django_db
def test_what_is_shown_without_a_reason() -> None:
    fill(1)
    detail = read.clue(SHELL, f"XS{Clue.objects.get().pk:06d}")
    shown = repr(read.clue_item(detail, read.of_clue(SHELL, detail.row.id).matches))
    assert NAME not in shown and ID[:14] not in shown and "示例乙" not in shown
    assert detail.evidence[0].fields["name"] == "示某某"
    assert detail.evidence[0].fields["id_card"] == "999999***********X"
    assert list(detail.evidence[0].fields) == ["name", "id_card", "charge", "content"]
    word = detail.keywords[0]
    text = detail.evidence[0].fields["content"]
    assert len(text) == len(f"反映{NAME}<script>电动车飞线充电")
    assert text[word["offset"] : word["offset"] + word["length"]] == word["word"]


@pytest.mark.django_db
def test_the_contract_of_a_list_item() -> None:
    fill(1)
    item = read.row_item(read.list_clues(SHELL, Filters()).items[0])
    assert set(item) >= {
        "id", "key", "model", "fingerprint", "run", "title", "subject_kind", "subject_key", "subject_masked", "absence",
        "grade", "strength", "score", "score_parts", "state", "unit", "found_at", "evidence_count",
    }  # fmt: skip


@pytest.mark.parametrize("number", ["", "XS", "abc", "XS-1", "1e3", "９９９９９９９９９９９９９９９９"])
@pytest.mark.django_db
def test_numbers_that_are_none(number: str) -> None:
    with pytest.raises(BadInput, match="没有这条线索"):
        read.clue(SHELL, number)


def test_a_seal_opens_only_where_it_belongs_and_unchanged() -> None:
    sealed = seal_bytes(NAME.encode(), "key-1")
    assert unseal_bytes(sealed, "key-1") == NAME.encode()
    assert NAME.encode() not in sealed
    with pytest.raises(SealBroken):
        unseal_bytes(sealed, "key-2")
    for place in (0, 20, len(sealed) - 1):
        broken = bytearray(sealed)
        broken[place] ^= 1
        with pytest.raises(SealBroken):
            unseal_bytes(bytes(broken), "key-1")
    assert seal_bytes(NAME.encode(), "key-1") != sealed


def test_names_are_hidden_in_texts_and_lengths_stay() -> None:
    assert same_length("欧阳示例") == "欧某某某"
    text = f"{NAME}与示例甲乙，{ID}，10012345678"
    hidden = hide_text(text, frozenset({NAME, "示例甲乙"}))
    assert len(hidden) == len(text)
    assert NAME not in hidden and ID not in hidden and "10012345678" not in hidden


def test_firms_keep_their_names_in_comparisons_and_persons_do_not() -> None:
    firm = {"compared": [{"field": "name", "left": "示例建材公司", "right": None, "outcome": "missing"}]}
    assert hide_compared(firm, frozenset())["compared"][0]["left"] == "示例建材公司"
    pair = {
        "compared": [
            {"field": "id", "left": ID, "right": None, "outcome": "missing"},
            {"field": "name", "left": NAME, "right": NAME, "outcome": "same"},
            {"field": "birth", "left": "1990-01-01", "right": "1990-01-01", "outcome": "same"},
        ]
    }
    hidden = [one["left"] for one in hide_compared(pair, frozenset())["compared"]]
    assert hidden == ["999999***********X", "示某某", "1990年（已隐去月日）"]


@pytest.mark.django_db
def test_figures_of_a_model() -> None:
    fill()
    Clue.objects.filter(grade="B").update(state="C9", exclusion="same_name", signed_at="2026-01-01T00:00:00Z")
    figures = read.model_figures("convicted_staff")
    assert (figures.found, figures.pushed, figures.signed, figures.excluded) == (5, 3, 2, 2)
    assert (figures.excluded_share, figures.reasons) == (100, (("同名异人", 2),))
    assert read.model_figures("env_tax").excluded_share is None


@pytest.mark.django_db
def test_a_subject_is_found_again_by_its_key() -> None:
    fill(1)
    clue = Clue.objects.get()
    subject = read.subject(clue.subject_key)
    assert (subject.plain, subject.rows) == (f"{ID[:-1]}1", {"prosecuted_person": [f"{1:032x}"]})
    with pytest.raises(BadInput, match="没有线索涉及这个主体"):
        read.subject("0" * 24)
