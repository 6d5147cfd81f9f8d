"""The register of clues as lake data: every clue once, what became of it, nobody's name or number."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from shujian.accounts.read import Role, shell_actor
from shujian.audit import read as audit
from shujian.clues import read as clues_read
from shujian.clues import service
from shujian.clues.models import Clue
from shujian.clues.tests.factories import ID, NAME, hit, result
from shujian.clues.tests.people import account
from shujian.lake import read as lake
from shujian.lake.conftest import traces

pytestmark = pytest.mark.django_db


def _stored() -> list[dict[str, Any]]:
    with lake.open_session(lake.pin()) as session:
        view = session.attach("clue_register")
        rows: list[dict[str, Any]] = session.sql(f"select * from {view} order by clue_no").to_pylist()
    return rows


def _merge(count: int) -> None:
    with transaction.atomic():
        hits = [hit(n + 1) for n in range(count)]
        service.merge_hits(run="run-1", result=result(hits), judged=True)


def test_every_clue_is_a_row_and_a_moved_one_a_new_version(own_home: Path) -> None:
    _merge(2)
    first = service.publish_register(actor=shell_actor())
    assert (first.state, first.read, first.landed, first.changed) == ("landed", 2, 2, 0)
    assert service.publish_register(actor=shell_actor()).state == "same"
    Clue.objects.filter(pk=Clue.objects.earliest("pk").pk).update(state="C2")
    number = f"XS{Clue.objects.earliest('pk').pk:06d}"
    actor = account("both", Role.BMFZR, Role.CBR)
    service.move_clue(actor=actor, number=number, verb="exclude", reason="same_name", note="经核实为同名异人")
    again = service.publish_register(actor=shell_actor())
    assert (again.landed, again.changed, again.unchanged) == (0, 1, 1)
    moved, other = _stored()
    assert (moved["clue_no"], moved["state"], moved["exclusion"]) == (number, "C9", "同名异人")
    assert (other["state"], other["exclusion"], other["model"]) == ("C1", None, "convicted_staff")
    assert moved["subject_key"] == clues_read.clue(actor, number).row.subject_key
    assert moved["_file"] == "inside:clues/register"


def test_neither_name_nor_number_nor_title_gets_into_the_lake(own_home: Path) -> None:
    _merge(1)
    service.publish_register(actor=shell_actor())
    assert traces(own_home / "lake", "convicted_staff")
    for told in (NAME, ID[:-1] + "1", "示某某"):
        assert traces(own_home / "lake", told) == []
    (entry,) = [one for one in audit.entries() if one.action == "lake.publish"]
    assert entry.object == "dataset:clue_register"
