"""The chain names the first entry that was changed, removed or put in, and survives what it finds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction

from shujian.audit import read, service
from shujian.audit.chain import GENESIS
from shujian.audit.models import ChainHead, Entry

pytestmark = pytest.mark.django_db


def fill(count: int = 5) -> None:
    for number in range(1, count + 1):
        service.record(
            actor="cli:tester", action="clue.show", thing=f"clue:XS{number:06d}", detail={"n": number}
        )


def execute(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_an_empty_chain_is_whole() -> None:
    found = read.verify()
    assert (found.entries, found.ok, found.first_bad, found.anchor) == (0, True, None, GENESIS)


def test_entries_are_linked_and_verify() -> None:
    fill()
    rows = list(Entry.objects.order_by("seq"))
    assert [row.seq for row in rows] == [1, 2, 3, 4, 5]
    assert [row.prev for row in rows] == [GENESIS] + [row.hash for row in rows[:-1]]
    found = read.verify()
    assert (found.entries, found.ok, found.first_bad, found.anchor) == (5, True, None, rows[-1].hash)


COLUMNS = ["at", "actor", "action", "object", "detail", "prev", "hash"]


@pytest.mark.parametrize("column", COLUMNS)
def test_one_flipped_byte_is_found_and_named(column: str) -> None:
    fill()
    value = Entry.objects.values_list(column, flat=True).get(seq=3)
    flipped = chr(ord(value[0]) ^ 1) + value[1:]
    execute(f'UPDATE audit_entry SET "{column}" = %s WHERE seq = 3', flipped)
    found = read.verify()
    assert (found.entries, found.ok, found.first_bad) == (5, False, 3)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL takes no bytes that are no text")
def test_bytes_that_are_no_text_are_found_and_named() -> None:
    fill()
    execute("UPDATE audit_entry SET detail = CAST(X'FF7B7D' AS TEXT) WHERE seq = 4")
    assert read.verify().first_bad == 4


def test_a_removed_entry_is_named() -> None:
    fill()
    execute("DELETE FROM audit_entry WHERE seq = 2")
    assert (read.verify().ok, read.verify().first_bad) == (False, 2)


def test_a_removed_tail_is_found() -> None:
    fill()
    execute("DELETE FROM audit_entry WHERE seq = 5")
    assert read.verify().first_bad == 5
    execute("DELETE FROM audit_entry")
    assert read.verify().first_bad == 1


def test_a_rewritten_chain_does_not_hold_the_noted_anchor() -> None:
    fill()
    noted = read.verify().anchor
    assert read.verify(noted).anchor_found is True
    execute("DELETE FROM audit_entry")
    ChainHead.objects.all().delete()
    fill()
    found = read.verify(noted)
    assert (found.ok, found.first_bad, found.anchor_found) == (False, None, False)


def test_an_entry_stands_only_with_its_change() -> None:
    class Stop(Exception):
        pass

    with pytest.raises(Stop), transaction.atomic():
        fill(2)
        raise Stop
    fill(1)
    assert (read.verify().entries, read.verify().ok) == (1, True)


def test_entries_are_neither_written_again_nor_deleted() -> None:
    fill(1)
    with pytest.raises(Exception, match=r"(?i)unique"), transaction.atomic():
        Entry.objects.get(seq=1).save()
    with pytest.raises(TypeError, match="never deleted"):
        Entry.objects.get(seq=1).delete()


def test_particulars_are_canonical() -> None:
    service.record(
        actor="a", action="b", thing="c", detail={"money": Decimal("1.50"), "day": date(2026, 6, 30)}
    )
    assert read.entries()[0].detail == {"money": "1.50", "day": "2026-06-30"}
    with pytest.raises(TypeError, match="float"):
        service.record(actor="a", action="b", thing="c", detail={"x": 1.5})


def test_a_look_is_on_record_before_it_happens_and_also_when_refused() -> None:
    def look(who: str, number: str) -> str:
        assert read.entries(limit=1)[0].object == f"clue:{number}"
        raise PermissionError

    audited = service.audited(
        "clue.show", actor=lambda who, number: who, thing=lambda who, number: f"clue:{number}"
    )
    with pytest.raises(PermissionError):
        audited(look)("cbr", "XS000009")
    entry = read.entries()[0]
    assert (entry.actor, entry.action, entry.object) == ("cbr", "clue.show", "clue:XS000009")


def test_the_administrator_pages_back() -> None:
    fill(5)
    assert [row.seq for row in read.entries(limit=2)] == [5, 4]
    assert [row.seq for row in read.entries(before=4, limit=2)] == [3, 2]
    assert read.entries(actor="nobody") == []
    assert [row.object for row in read.history("clue:XS000002")] == ["clue:XS000002"]
