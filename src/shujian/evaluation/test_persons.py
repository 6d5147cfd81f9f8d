"""The invented county is what it says, and its small twin is linked as the grades promise."""

from __future__ import annotations

import numpy as np
import pytest

from shujian.evaluation.people.peers import Peer
from shujian.evaluation.people.truth import KINDS, RECOVERABLE, lists, population
from shujian.evaluation.tasks import persons as task
from shujian.matching.normalise import id_card, person

PEOPLE, DIRTY = 3_000, 1_500


def test_twelve_kinds_of_error_befall_the_dirty_list() -> None:
    left, right = lists(PEOPLE, DIRTY)
    assert len(KINDS) == 13 and set(RECOVERABLE) < set(KINDS)
    assert sorted(np.unique(left.kind).tolist()) == list(range(13))
    assert (right.kind == 0).all() and len(right.ids) == PEOPLE + int((left.kind == 12).sum())
    assert (lists(PEOPLE, DIRTY)[0].ids == left.ids).all()


def test_every_number_in_the_register_is_valid_and_its_own() -> None:
    _, right = lists(PEOPLE, DIRTY)
    assert all(id_card.parse(number).key == number for number in right.ids.tolist())
    assert len(set(right.ids.tolist())) == len(right.ids)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "homonym"])
def test_a_number_can_be_read_exactly_where_it_is_said_to_be(kind: str) -> None:
    left, _ = lists(PEOPLE, DIRTY)
    true = population(PEOPLE + DIRTY // 5)
    rows = np.flatnonzero((left.kind == list(KINDS).index(kind)) & (left.person < PEOPLE))
    read = [id_card.parse(str(left.ids[row])).key == true.ids[left.person[row]] for row in rows]
    assert set(read) == {kind in RECOVERABLE}


def test_names_keep_or_lose_what_they_should() -> None:
    left, _ = lists(PEOPLE, DIRTY)
    true = population(PEOPLE + DIRTY // 5).names
    for kind, same in (("clean", True), ("name_form", True), ("name_alike", False), ("name_changed", False)):
        rows = np.flatnonzero(left.kind == list(KINDS).index(kind))
        assert {person.normalise(str(left.names[row])) == true[left.person[row]] for row in rows} == {same}


def test_the_small_county_is_linked_as_the_grades_promise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(task, "splink_best", lambda left, right: Peer("没有对照", None, 0, None))
    whole, *grades = task.persons(PEOPLE, DIRTY)
    assert (whole.precision, whole.recall, whole.facts["false_at_a"], whole.passed) == (1.0, 1.0, 0, True)
    kinds = whole.facts["by_kind"]
    for kind in ("clean", "id_15", "id_form", "name_alike", "name_form", "birth_wrong", "sex_missing"):
        assert kinds[kind]["A"] == kinds[kind]["rows"] > 0, kind
    assert kinds["name_changed"]["A-"] == kinds["name_changed"]["rows"] > 0
    for kind in ("id_digit", "id_swap", "id_masked", "id_missing"):
        assert kinds[kind]["A"] == kinds[kind]["A-"] == 0 < kinds[kind]["B"], kind
    assert kinds["id_masked"]["B-"] > 0 and kinds["homonym"]["rows"] == 0
    told = {one.task: one for one in grades}
    assert told["persons.A"].precision == 1.0
    assert 0 < (told["persons.B"].precision or 0) < 1  # homonyms of one birth and sex, without a number
