"""Every route × every role × own and foreign thing, against a committed table: an unlisted route fails.

``matrix.txt`` is renewed by ``SHUJIAN_RENEW=1 pytest --lanes soak`` on this file; the difference is then read by a person.
All of it is asked in the soak lane; every build compares the list of routes, and asks a few of every kind.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from shujian.accounts.read import Role, table
from shujian.clues.models import Clue
from shujian.clues.tests.factories import hit
from shujian.clues.tests.people import PASSWORD, account
from shujian.faces.plain.tests.test_pages import fill

pytestmark = pytest.mark.django_db
FILE = Path(__file__).with_name("matrix.txt")
OPEN = {"healthz", "login", "login_second", "logout"}
"""Open to strangers; logout asks nothing but a form's token."""
SOME = frozenset(
    {
        "clue",
        "clue_looks",
        "clue_unmask",
        "search_person",
        "people",
        "people_sign_ins",
        "people_reset",
        "audit",
    }
)
HEAD = f"{'way':<5}{'route':<18}{'thing':<8}{'right':<17}{'on record':<16}" + " ".join(
    f"{role:<5}" for role in Role
)


def routes() -> Iterator[tuple[str, str, Any]]:
    def walk(patterns: list[Any], prefix: str) -> Iterator[tuple[str, str, Any]]:
        for one in patterns:
            if isinstance(one, URLResolver):
                if str(one.pattern).startswith("api/"):
                    continue  # the API has a matrix of its own
                yield from walk(one.url_patterns, prefix + str(one.pattern))
            elif isinstance(one, URLPattern):
                yield str(one.name), "/" + prefix + str(one.pattern), one.callback

    return walk(get_resolver().url_patterns, "")


FILLED = {
    "verb": "sign",
    "username": "somebody",
    "model": "convicted_staff",
    "dataset": "prosecuted_person",
    "row": "x1",
    "act": "comment",
    "file": "1",
}


def filled(pattern: str, number: str) -> str:
    address = pattern.replace("<str:number>", number).replace("<int:number>", "1")
    return re.sub(r"<\w+:(\w+)>", lambda found: FILLED[found[1]], address)


def things(pattern: str, own: str, foreign: str) -> list[tuple[str, str]]:
    if "<str:number>" not in pattern:
        return [("-", "")]
    return [("own", own), ("foreign", foreign), ("missing", "XS000999")]


def answered(client: Client, way: str, address: str) -> str:
    """The status; whatever was changed is taken back."""
    with transaction.atomic():
        status = getattr(client, way.lower())(address).status_code
        transaction.set_rollback(True)
    return str(status)


def expected_rows(names: frozenset[str] | None = None) -> list[str]:
    """The committed lines, of some routes or of all."""
    lines = FILE.read_text("utf-8").splitlines()[1:]
    return [line for line in lines if names is None or line.split()[1] in names]


def listed() -> Iterator[tuple[str, str, str, Any]]:
    """(way, route, pattern, view) of every route that asks for a right."""
    for name, pattern, view in sorted(routes(), key=lambda one: one[:2]):
        if name not in OPEN:
            for way in [way for way in view.route["methods"] if way != "HEAD"]:
                yield way, name, pattern, view


def front(way: str, name: str, thing: str, view: Any) -> str:
    return f"{way:<5}{name:<18}{thing:<8}{view.route['action']:<17}{view.route['reads'] or '-':<16}"


def made(names: frozenset[str] | None = None) -> list[str]:
    own = fill(hit(), hit(2))
    other = Clue.objects.exclude(pk=int(own[2:])).get()
    Clue.objects.filter(pk=other.pk).update(unit="民事检察部门")
    account("somebody", Role.CBR)
    clients = {}
    for role in Role:
        account(f"one_{role.lower()}", role)
        clients[role] = Client(raise_request_exception=False)
        clients[role].post("/login/", {"username": f"one_{role.lower()}", "password": PASSWORD})
    lines = []
    for way, name, pattern, view in listed():
        for thing, number in (
            things(pattern, own, f"XS{other.pk:06d}") if names is None or name in names else ()
        ):
            codes = [answered(clients[role], way, filled(pattern, number)) for role in Role]
            lines.append((front(way, name, thing, view) + " ".join(f"{code:<5}" for code in codes)).rstrip())
    return lines


def test_every_route_bears_the_decorator_that_asks_and_records() -> None:
    bare = sorted(name for name, _, view in routes() if name not in OPEN and not hasattr(view, "route"))
    assert bare == [], "路由须用 doors.route 写明权限（accounts/rights.yaml 的动作）"
    assert {view.route["action"] for _, _, view in routes() if hasattr(view, "route")} <= set(table().actions)


def test_every_route_is_listed_with_its_right_and_what_it_records() -> None:
    found = {
        front(way, name, thing, view).rstrip()
        for way, name, pattern, view in listed()
        for thing, _ in things(pattern, "", "")
    }
    committed = {line[: len(HEAD) - len(Role) * 6 + 1].rstrip() for line in expected_rows()}
    assert sorted(found - committed) == [], "没有列进 matrix.txt 的路由：用 SHUJIAN_RENEW=1 重写，并看过差别"
    assert sorted(committed - found) == []


def test_some_routes_of_every_kind_answer_every_role_as_committed() -> None:
    assert made(SOME) == expected_rows(SOME)


@pytest.mark.lane("soak")
def test_every_route_answers_every_role_as_committed() -> None:
    found = made()
    if os.environ.get("SHUJIAN_RENEW"):
        FILE.write_text("\n".join([HEAD.rstrip(), *found]) + "\n", "utf-8")
    assert found == expected_rows()


def test_the_committed_matrix_keeps_what_must_never_change() -> None:
    """Read from the table itself: administrators see no case, outsiders see nothing, foreign and missing look alike."""
    rows = [line.split() for line in FILE.read_text("utf-8").splitlines()[1:]]
    codes = {tuple(row[:3]): dict(zip(Role, row[5:], strict=True)) for row in rows}
    for (way, route, thing), by_role in codes.items():
        right = next(row[3] for row in rows if tuple(row[:3]) == (way, route, thing))
        if right.split(".")[0] in ("clue", "model", "lake", "search"):
            closed = {Role.XTGL, Role.AQGL, Role.XZ, Role.GA, Role.DW, Role.ZYZ} | (
                set() if right == "clue.looks" else {Role.SJGL}
            )
            assert {by_role[role] for role in closed} <= {"404"}, (route, thing)
        if right.split(".")[0] in ("account", "audit"):
            inside = set(Role) - {Role.XTGL, Role.AQGL, Role.SJGL}
            assert {by_role[role] for role in inside} == {"404"}, route
        if thing == "foreign":
            hidden = {Role.BMFZR, Role.CBR, Role.ZL, Role.YJS}
            missing = codes[way, route, "missing"]
            assert all(by_role[role] == missing[role] == "404" for role in hidden), route
    assert "500" not in {code for by_role in codes.values() for code in by_role.values()}
