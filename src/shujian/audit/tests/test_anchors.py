"""Daily anchors: one a day, in table and file, and a chain that was rewritten as a whole does not meet them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from shujian.audit import anchors, read, service
from shujian.audit.models import Anchor, ChainHead, Entry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    class Clock:
        at = datetime(2026, 6, 29, 10, 0, tzinfo=UTC)

        def __call__(self) -> datetime:
            return self.at

    clock = Clock()
    for room in (anchors, service):
        monkeypatch.setattr(room, "now", clock)
    return clock


def days(clock: Any, *numbers: int, each: int = 2) -> None:
    for number in numbers:
        clock.at = datetime(2026, 6, number, 10, 0, tzinfo=UTC)
        for at in range(each):
            service.record(actor="a", action="clue.show", thing=f"clue:XS{number:06d}", detail={"n": at})


def test_a_day_is_anchored_when_the_next_begins(clock: Any, own_home: Path) -> None:
    days(clock, 26, 27)
    assert [(one.day, one.seq) for one in read.kept_anchors()] == [("2026-06-26", 2)]
    clock.at = datetime(2026, 6, 27, 16, 30, tzinfo=UTC)  # half past midnight in China
    service.record(actor="a", action="b", thing="c")
    lines = [json.loads(line) for line in (own_home / "audit" / "anchors.jsonl").read_text().splitlines()]
    assert [(line["day"], line["seq"]) for line in lines] == [("2026-06-26", 2), ("2026-06-27", 4)]
    assert lines[1]["hash"] == Entry.objects.get(seq=4).hash
    found = read.verify()
    assert (found.ok, found.entries, found.anchors) == (True, 5, 2)


def rewrite(clock: Any, *numbers: int, each: int = 2) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry")
    ChainHead.objects.all().delete()
    kept = list(Anchor.objects.all())
    days(clock, *numbers, each=each)
    Anchor.objects.all().delete()
    Anchor.objects.bulk_create(kept)


def test_a_rewritten_chain_breaks_at_the_day_that_differs(clock: Any, own_home: Path) -> None:
    days(clock, 25, 26, 27)
    file = own_home / "audit" / "anchors.jsonl"
    told = file.read_text()
    rewrite(clock, 25, 26, 27)
    file.write_text(told)
    assert (read.verify().ok, read.verify().first_bad) == (True, None)  # the same deeds at the same times
    rewrite(clock, 24, 26, 27)
    file.write_text(told)
    assert (read.verify().ok, read.verify().first_bad) == (False, 2)


def test_the_file_alone_shows_it_too(clock: Any, own_home: Path) -> None:
    days(clock, 25, 26, 27)
    file = own_home / "audit" / "anchors.jsonl"
    told = file.read_text()
    rewrite(clock, 24, 26, 27)
    Anchor.objects.all().delete()
    file.unlink()
    assert read.verify().ok
    file.write_text(told)
    assert read.verify().first_bad == 2
    file.write_text("kein JSON\n")
    assert read.verify().first_bad == 1


def test_a_tail_that_is_gone_with_its_head_is_missed_by_the_anchor(clock: Any) -> None:
    days(clock, 25, 26, 27)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE seq > 3")
    ChainHead.objects.update(seq=3, hash=Entry.objects.get(seq=3).hash)
    assert (read.verify().ok, read.verify().first_bad) == (False, 4)
