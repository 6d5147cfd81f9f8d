"""Whatever the order of commits, rollbacks, deliveries and broken readers: each gets all that was committed, in order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shujian.accounts.events import DeputyNamed
from shujian.accounts.models import User
from shujian.accounts.read import Actor, Role
from shujian.accounts.read import actor as actor_of
from shujian.clues.tests.people import account
from shujian.kernel.clock import now
from shujian.kernel.events import publish
from shujian.notify import read, service
from shujian.notify.models import Head, Item, Letter

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1).isoformat()
READERS = 3
Op = tuple[str, int, int]
OPS = st.lists(
    st.one_of(
        st.tuples(st.just("tell"), st.integers(0, READERS - 1), st.integers(1, 3)),
        st.tuples(st.just("undo"), st.integers(0, READERS - 1), st.integers(1, 3)),
        st.tuples(st.just("deliver"), st.just(0), st.just(0)),
        st.tuples(st.just("read"), st.integers(0, READERS - 1), st.integers(1, 4)),
        st.tuples(st.just("break"), st.integers(0, READERS - 1), st.integers(0, 4)),
    ),
    max_size=25,
)


class House:
    """The system and, beside it, a list of what was committed: the oracle."""

    def __init__(self) -> None:
        self.people = [account(f"r{n}", Role.CBR) for n in range(READERS)]
        self.number = 0

    def begin(self) -> None:
        for table in (Letter, Item, Head):
            table.objects.all().delete()
        self.committed: list[list[int]] = [[] for _ in range(READERS)]
        self.got: list[list[int]] = [[] for _ in range(READERS)]
        self.at = [0] * READERS

    def tell(self, reader: int, many: int) -> None:
        with transaction.atomic():
            for _ in range(many):
                self.number += 1
                publish(DeputyNamed(self.number, int(self.people[reader].id or 0), DAY, DAY))
                self.committed[reader].append(self.number)

    def undo(self, reader: int, many: int) -> None:
        kept = list(self.committed[reader])
        with transaction.atomic():
            self.tell(reader, many)
            transaction.set_rollback(True)
        self.committed[reader] = kept

    def read(self, reader: int, many: int) -> None:
        """A reader asks on from the last number that it kept."""
        found, upto = read.after(self.people[reader], self.at[reader], limit=many)
        for one in found:
            self.got[reader].append(Item.objects.get(seq=one.seq).body["absence"])
        self.at[reader] = self.at[reader] if upto is None else upto

    def lose(self, reader: int, many: int) -> None:
        """The connection broke before the last numbers were kept: it asks again from further back."""
        mine = Letter.objects.filter(user=self.people[reader].id, seq__lte=self.at[reader]).order_by("seq")
        kept = [0, *mine.values_list("seq", flat=True)]
        self.at[reader] = kept[max(0, len(kept) - 1 - many)]

    def read_all(self, reader: int) -> list[int]:
        """Whatever is left for a reader; answers all that it ever got, each once."""
        while read.after(self.people[reader], self.at[reader])[1] is not None:
            self.read(reader, 3)
        return list(dict.fromkeys(self.got[reader]))


@pytest.fixture
def house() -> House:
    return House()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(ops=OPS)
def test_each_reader_gets_what_was_committed_at_least_once_in_order(house: House, ops: Sequence[Op]) -> None:
    house.begin()
    for what, reader, many in ops:
        if what == "deliver":
            service.deliver()
        elif what == "break":
            house.lose(reader, many)
        else:
            getattr(house, what)(reader, many)
    service.deliver()
    assert [house.read_all(reader) for reader in range(READERS)] == house.committed
    seqs = list(Item.objects.order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(1, len(seqs) + 1)), "numbers have no gaps, so that none can be filled later"
    assert service.deliver() == 0


def test_delivering_from_two_places_tells_once() -> None:
    one = account("one", Role.CBR)
    publish(DeputyNamed(1, int(one.id or 0), DAY, DAY))
    assert (service.deliver(), service.deliver()) == (1, 0)
    assert service.deliver_left({}) == "投递 0 条"
    assert Letter.objects.count() == 1 and read.bounds() == (0, 1)


def test_unread_is_counted_and_marked_only_for_oneself() -> None:
    one, two = account("one", Role.CBR), account("two", Role.CBR)
    for number, who in enumerate((one, one, one, two)):
        publish(DeputyNamed(number, int(who.id or 0), DAY, DAY))
    service.deliver()
    assert (read.unread(one), read.unread(two)) == (3, 1)
    assert service.mark_read(actor=one, seq=4) == 0, "somebody else's"
    assert service.mark_read(actor=one, seq=2) == 1
    assert [line.unread for line in read.news(one)[0]] == [True, False, True]
    assert service.mark_read(actor=one, upto=2) == 1 and read.unread(one) == 1 and read.unread(two) == 1
    assert [line.seq for line in read.news(one, before=3)[0]] == [2, 1]
    assert read.news(one, limit=2)[1] == 2 and read.news(one, limit=5)[1] is None


def test_old_news_go_and_the_floor_tells_so() -> None:
    one = account("one", Role.CBR)
    for number in range(3):
        publish(DeputyNamed(number, int(one.id or 0), DAY, DAY))
    service.deliver()
    Item.objects.filter(seq__lte=2).update(at=now() - timedelta(days=91))
    assert service.prune({}) == "清除 2 条消息" and read.bounds() == (2, 3)
    assert [line.seq for line in read.news(one)[0]] == [3]
    publish(DeputyNamed(9, int(one.id or 0), DAY, DAY))
    service.deliver()
    assert read.bounds() == (2, 4), "a number that was given is not given again"


def test_who_lost_the_right_or_the_account_is_told_nothing() -> None:
    one = account("one", Role.CBR)
    publish(DeputyNamed(1, int(one.id or 0), DAY, DAY))
    service.deliver()
    stranger = Actor(one.name, one.display, id=one.id, roles=frozenset({Role.XZ}))
    assert read.news(stranger)[0] == [] and read.unread(stranger) == 0 and read.after(stranger, 0) == ([], 1)
    User.objects.filter(username="one").update(is_active=False)
    publish(DeputyNamed(2, int(one.id or 0), DAY, DAY))
    service.deliver()
    assert Letter.objects.count() == 1 and actor_of(int(one.id or 0)) is None
