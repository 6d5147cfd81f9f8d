"""What a list costs: twelve statements at most for who sees least, the same for many clues as for few, and the same answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from shujian.accounts.models import RoleGrant, SecondFactor, User
from shujian.accounts.read import Actor, Role, colleague, may, shell_actor, unit_names
from shujian.accounts.service import recuse
from shujian.clues import read, service
from shujian.clues.models import Clue
from shujian.clues.read import Filters
from shujian.clues.tests.factories import evidence, hit, person, result
from shujian.clues.tests.people import account
from shujian.faces.plain.tests.entering import enter

pytestmark = pytest.mark.django_db(transaction=True)


def fill(count: int) -> None:
    hits = [
        replace(
            hit(1, grade="A" if n % 3 else "B"), subject_id=f"s{n}", evidence=(evidence(n),),
            region=f"示例{n % 2}镇", score=n % 7,
        )
        for n in range(count)
    ]  # fmt: skip
    with transaction.atomic():
        service.merge_hits(run="run-1", result=result(hits), judged=False)


def statements(ask: Callable[[], Any]) -> tuple[Any, int]:
    told: list[str] = []

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT")):
            told.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        answer = ask()
    return answer, len(told)


@pytest.fixture
def handler() -> Client:
    client = enter(Role.CBR, name="least")
    RoleGrant.objects.filter(user__username="least").update(reach="region:示例1镇")
    least = read_actor("least")
    recuse(least, username="least", thing="clue:XS000002", ground="interest")
    recuse(least, username="least", thing="subject:" + "0" * 24, ground="interest")
    return client


def read_actor(name: str) -> Actor:
    found = colleague(name)
    assert found is not None
    return found


def test_a_list_asks_twelve_times_at_most(handler: Client) -> None:
    fill(140)
    answer, first = statements(lambda: handler.get("/clues/"))
    text = answer.content.decode()
    ids = [int(one) for one in re.findall(r'class="id">XS(\d+)', text)]
    mine = Clue.objects.filter(region="示例1镇").exclude(pk=2).order_by("-pk").values_list("pk", flat=True)
    assert ids == list(mine[:30]) and f"共 <b>{len(mine)}</b> 条" in text
    following = re.findall(r"cursor=([\w-]+)\"", text)[0]
    answer, second = statements(lambda: handler.get("/clues/", {"cursor": following}))
    shown = [int(one) for one in re.findall(r'class="id">XS(\d+)', answer.content.decode())]
    assert shown == list(mine[30:60])
    _, narrow = statements(
        lambda: handler.get("/clues/", {"state": "C1", "text": "未见处分", "order": "score"})
    )
    assert max(first, second, narrow) <= 12


def test_a_bulk_step_asks_as_often_for_many_as_for_few(handler: Client) -> None:
    fill(60)
    asked = {"verb": "sign", "state": "C1"}
    answer, _ = statements(lambda: handler.get("/clues/bulk/", asked))
    picks = re.findall(r'name="all" value="([^"]+)"', answer.content.decode())
    assert len(picks) > 10
    _, few = statements(
        lambda: handler.post("/clues/bulk/", {"verb": "sign", "step": "preview", "pick": picks[:2]})
    )
    _, many = statements(
        lambda: handler.post("/clues/bulk/", {"verb": "sign", "step": "preview", "pick": picks})
    )
    assert few == many <= 12


def test_units_and_data_day_above_the_list_are_those_of_the_scope(handler: Client) -> None:
    fill(4)
    least = read_actor("least")
    assert read.above_list(least) == read.Above(("行政检察部门",), Clue.objects.latest("as_of").as_of)
    assert read.above_list(person(Role.CBR, units=["别的部门"])) == read.Above((), None)
    assert read.above_list(person(Role.XTGL)) == read.Above((), None)
    assert read.above_list(least).as_of == read.funnel(least).as_of


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("units", [(), ("行政检察部门",)])
def test_who_may_type_somewhere_is_who_may_type_for_some_unit(role: Role, units: tuple[str, ...]) -> None:
    account("other", Role.CBR)
    actor = person(role, units=units)
    every = [read.may_type(actor, unit) for unit in unit_names()]
    assert read.may_type_anywhere(actor) == any(every) and every
    assert read.may_type_anywhere(shell_actor()) and bool(may(shell_actor(), "clue.import"))


@pytest.mark.parametrize("limit", [4, 5, 6])
def test_the_count_is_the_same_whether_it_was_asked_or_seen(limit: int) -> None:
    fill(5)
    page = read.list_clues(shell_actor(), Filters(), limit=limit)
    assert (page.total, len(page.items), page.next is None) == (5, min(limit, 5), limit >= 5)


def test_a_session_ends_with_the_password_it_was_opened_with(handler: Client) -> None:
    assert handler.get("/clues/").status_code == 200
    user = User.objects.get(username="least")
    before = user.password
    user.set_password("Anders-Pferd-8")
    user.save()
    assert handler.get("/clues/").status_code == 302
    User.objects.filter(pk=user.pk).update(password=before)
    assert handler.get("/clues/").status_code == 200
    session = handler.session
    session["_auth_user_hash"] = ""
    session.save()
    assert handler.get("/clues/").status_code == 302
    assert Client().get("/clues/").status_code == 302


def test_the_picture_of_the_second_factor_is_shown_while_it_is_new(handler: Client) -> None:
    page = handler.get("/factor/").content.decode()
    assert 'src="/factor/picture/"' in page and "otpauth://totp/" in page
    answer = handler.get("/factor/picture/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/svg+xml")
    assert (
        answer.headers["Cache-Control"] == "no-store"
        and "img-src 'self'" in answer.headers["Content-Security-Policy"]
    )
    SecondFactor.objects.update(confirmed_at="2026-01-01T00:00:00Z")
    assert handler.get("/factor/picture/").status_code == 404
    assert "/factor/picture/" not in handler.get("/factor/").content.decode()
    assert Client().get("/factor/picture/").status_code == 302
