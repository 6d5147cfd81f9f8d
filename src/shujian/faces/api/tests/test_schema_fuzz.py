"""Requests made from the OpenAPI document (Schemathesis), good and bad: nothing breaks, every answer is as described.

A small share in every build, with a fixed seed; more in the soak lane. In-process through WSGI, with cookies and form token,
without a network; whatever a request changed is taken back.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode, checks
from schemathesis.core.result import Ok
from schemathesis.specs.openapi import checks as openapi

from shujian.accounts.read import Role
from shujian.clues.models import Clue
from shujian.clues.tests.factories import hit
from shujian.faces.api.building import document
from shujian.faces.api.doors import DOORS
from shujian.faces.api.tests.script import Script, enter
from shujian.faces.plain.tests.test_pages import fill

pytestmark = pytest.mark.django_db
LEFT_OUT = {"session_end", "docs_read", "openapi_read"}
DAILY = frozenset(
    {"session_read", "session_begin", "clue_list", "clue_read", "clue_counts", "clue_move", "clue_snooze", "clue_bulk", "clue_judge",
     "paper_file", "hand_type", "audit_list", "campaign_set_up", "account_create", "search_person", "why_read"}
)  # fmt: skip
"""One of every kind; the soak lane asks all."""
ALWAYS = [
    checks.not_a_server_error, openapi.status_code_conformance, openapi.content_type_conformance,
    openapi.response_schema_conformance, openapi.response_headers_conformance,
]  # fmt: skip
ROLES = {
    "audit": Role.SJGL, "account": Role.XTGL, "account.decide": Role.AQGL, "account.reset": Role.AQGL, "account.sign_ins": Role.SJGL,
    "run": Role.SJZT, "model": Role.SJZT, "campaign": Role.SJZT, "clue.second_look": Role.BMFZR, "clue.looks": Role.BMFZR,
}  # fmt: skip


class Askers:
    """One signed-in person for each role that is needed."""

    def __init__(self) -> None:
        self.number = fill(hit(), hit(2))
        self.tag = f'"{Clue.objects.get(pk=int(self.number[2:])).revision}"'
        self.scripts: dict[Role, Script] = {}
        self.seen: Counter[tuple[str, int]] = Counter()

    def sends(self, action: str) -> dict[str, Any]:
        """Cookies and token of somebody who may do it."""
        role = ROLES.get(action) or ROLES.get(action.split(".")[0], Role.CBR)
        if role not in self.scripts:
            self.scripts[role] = enter(role, name=f"one_{role.lower()}")
        script = self.scripts[role]
        return sent_with(script)


def sent_with(script: Script) -> dict[str, Any]:
    """Cookies and form token of a session, for a call."""
    cookies = {name: one.value for name, one in script.client.cookies.items()}
    return {"cookies": cookies, "headers": {"X-CSRFToken": script.csrf}}


def operations() -> Iterator[tuple[Any, Any]]:
    """(door, operation of the document)."""
    told = copy.deepcopy(document())  # the session is sent with every request: it is not to be played with
    told["components"].pop("securitySchemes")
    for methods in told["paths"].values():
        for one in methods.values():
            one.pop("security")
    schema = schemathesis.openapi.from_dict(told)
    schema.app = get_wsgi_application()
    by_place = {
        (f"/api/v1/{address}".replace("<", "{").replace(">", "}"), way): one
        for (address, way), one in DOORS.items()
    }
    for found in schema.get_all_operations():
        assert isinstance(found, Ok), found
        operation = found.ok()
        door = by_place[operation.path, operation.method.upper()]
        if door.name not in LEFT_OUT:
            yield door, operation


def tried(askers: Askers, door: Any, strategy: Any, examples: int, wanted: list[Any]) -> None:
    """Ask so many requests of one operation."""
    sends = askers.sends(door.action) if door.action else of_nobody()

    @settings(
        max_examples=examples, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=strategy)
    def ask(case: Any) -> None:
        with transaction.atomic():
            answer = case.call(base_url="http://localhost", **sends)
            transaction.set_rollback(True)
        askers.seen[door.name, answer.status_code // 100] += 1
        case.validate_response(answer, checks=wanted)

    ask()


def of_nobody() -> dict[str, Any]:
    script = Script()
    script.csrf = script.get("/session").json()["csrf"]
    return sent_with(script)


def all_of(examples: int, names: frozenset[str]) -> None:
    askers = Askers()
    failed: list[str] = []
    for door, operation in operations():
        if door.name not in names:
            continue
        fixed: dict[str, Any] = {"headers": {"If-Match": askers.tag}} if door.if_match else {}
        if door.address.startswith("clues/<number>"):
            fixed["path_parameters"] = {"number": askers.number}
        good = operation.as_strategy(generation_mode=GenerationMode.POSITIVE, **fixed)
        tries = [(good, ALWAYS)]
        if operation.body or operation.query:  # of a free text in the address nothing is wrong
            bad = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
            tries.append((bad, [*ALWAYS, openapi.negative_data_rejection]))
        for strategy, wanted in tries:
            try:
                tried(askers, door, strategy, examples, wanted)
            except (Exception, BaseExceptionGroup) as error:
                failed.append(f"{door.name}: {str(error)[:1500]}")
    assert failed == [], "\n\n".join(failed)
    assert {name for name, _ in askers.seen} == names
    well = {name for name, hundred in askers.seen if hundred == 2}
    assert well >= {"clue_list", "clue_read", "clue_counts", "audit_list", "session_read"}, sorted(well)


def test_requests_made_from_the_document_are_answered_as_it_says() -> None:
    all_of(2, DAILY)


@pytest.mark.lane("soak")
def test_many_requests_made_from_the_document_are_answered_as_it_says() -> None:
    all_of(8, frozenset(door.name for door in DOORS.values()) - LEFT_OUT)
