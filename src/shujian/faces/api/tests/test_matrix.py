"""Every operation × every role × own, foreign and missing thing, against a committed table: an unlisted operation fails.

``matrix.txt`` is renewed by ``SHUJIAN_RENEW=1 pytest --lanes soak`` on this file; the difference is then read by a person.
All of it is asked in the soak lane; every build compares the list of operations, and asks a few of every kind.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from shujian.accounts.read import Role
from shujian.clues.models import Clue
from shujian.clues.tests.factories import hit
from shujian.clues.tests.people import PASSWORD, account
from shujian.faces.api.building import addresses, document
from shujian.faces.api.doors import DOORS, Door
from shujian.faces.plain.tests.test_pages import fill

pytestmark = pytest.mark.django_db
FILE = Path(__file__).with_name("matrix.txt")
SOME = frozenset(
    {"clue_list", "clue_read", "clue_move", "clue_unmask", "clue_looks", "account_reset", "audit_list", "search_person"}
)  # fmt: skip
HEAD = f"{'way':<7}{'operation':<20}{'thing':<8}{'right':<17}{'on record':<16}" + " ".join(
    f"{one:<3}" for one in Role
)
WIDTH = len(f"{'way':<7}{'operation':<20}{'thing':<8}{'right':<17}{'on record':<16}")
FILLED = {
    "verb": "sign", "username": "somebody", "model": "convicted_staff", "dataset": "prosecuted_person", "row": "x1", "file": "1",
    "comment": "1", "judgement": "RD000001",
}  # fmt: skip
BODIES: dict[str, Any] = {
    "snooze": {"until": "2099-01-01"}, "helpers": {"username": "somebody"}, "end": {"username": "somebody"},
    "members": {"members": ["XS000999"]},
    "split": {"rows": [1]}, "answer": {"verdict": "x"}, "second-look": {"verdict": "x"}, "assign": {"unit": "x"},
    "comments": {"text": "示例批注"}, "unmask": {"reason": "示例核对"}, "undo": {"reason": "示例撤销"},
    "judgements": {"match": 1, "verdict": "same", "reason": "示例理由", "left": "a", "right": "b"},
    "bulk": {"verb": "sign", "picks": [{"number": "XS000999", "revision": 0}]}, "preview": {"verb": "sign", "numbers": ["XS000999"]},
    "clues": {"fields": {}}, "publications": {"model": "convicted_staff", "why": "示例理由"}, "decision": {"passed": True, "why": "示例"},
    "decisions": {"kind": "x", "what": "x", "accepted": True, "why": "示例理由"}, "person": {"person": "示例甲", "purpose": "示例事由"},
    "schedules": {"model": "convicted_staff", "starts": "2099-01-01", "purpose": "示例事由", "purpose_until": "2099-01-02",
                  "every_days": 1},
    "campaigns": {"title": "示例专项", "purpose": "示例", "starts": "2026-01-01", "ends": "2026-02-01", "models": [], "units": []},
    "close": {"summary": "示例"}, "roles": {"grants": []}, "switch": {"on": True, "why": "示例理由"}, "noted": {"id_number": ""},
    "accounts": {"username": "x", "display": "x", "agency": "x", "kind": "x", "roles": []}, "requests": {"confirm": True},
    "absences": {"deputy": "somebody", "from_on": "2026-01-01", "to_on": "2026-01-02"}, "recusals": {"clue": "XS000999", "ground": "x"},
    "password": {"old": "x", "new": "y"}, "factor": {"code": "000000"},
}  # fmt: skip
QUERIES = {"audit_looks": "?thing=XS000001", "search_words": "?q=充电"}


def listed() -> Iterator[Door]:
    """Every operation that asks for a right."""
    return (door for _, door in sorted(DOORS.items()) if not door.stranger and door.name != "session_end")


def things(door: Door, own: str, foreign: str) -> list[tuple[str, str]]:
    """Clues are one's own, another unit's, or not there; of other things there is none."""
    if not door.address.startswith("clues/<number>"):
        return [("-", "1")]
    return [("own", own), ("foreign", foreign), ("missing", "XS000999")]


def front(door: Door, thing: str) -> str:
    return f"{door.method:<7}{door.name:<20}{thing:<8}{door.action:<17}{door.reads or '-':<16}"


def asked(client: Client, door: Door, number: str, tag: str) -> str:
    """The status; whatever was changed is taken back."""
    address = re.sub(r"<(\w+)>", lambda found: FILLED.get(found[1], number), door.address)
    told: dict[str, Any] = {"headers": {"If-Match": tag}}
    if door.upload:
        told["data"] = {"file": SimpleUploadedFile("a.txt", "示例".encode())}
    elif door.method == "POST":
        words = [part for part in address.removeprefix("clues/").split("/") if part in BODIES]
        told |= {"data": BODIES.get(words[-1], {}) if words else {}, "content_type": "application/json"}
    with transaction.atomic():
        status = getattr(client, door.method.lower())(
            f"/api/v1/{address}{QUERIES.get(door.name, '')}", **told
        ).status_code
        transaction.set_rollback(True)
    return str(status)


def expected_rows(names: frozenset[str] | None = None) -> list[str]:
    lines = FILE.read_text("utf-8").splitlines()[1:]
    return [line for line in lines if names is None or line.split()[1] in names]


def made(names: frozenset[str] | None = None) -> list[str]:
    own = fill(hit(), hit(2))
    other = Clue.objects.exclude(pk=int(own[2:])).get()
    Clue.objects.filter(pk=other.pk).update(unit="民事检察部门")
    tag = f'"{other.revision}"'
    account("somebody", Role.CBR)
    clients = {}
    for role in Role:
        account(f"one_{role.lower()}", role)
        clients[role] = Client(raise_request_exception=False)
        told = {"username": f"one_{role.lower()}", "password": PASSWORD}
        assert clients[role].post("/api/v1/session", told, content_type="application/json").status_code == 200
    lines = []
    for door in listed():
        for thing, number in (
            things(door, own, f"XS{other.pk:06d}") if names is None or door.name in names else ()
        ):
            codes = [asked(clients[role], door, number, tag) for role in Role]
            lines.append(
                (
                    front(door, thing)
                    + " ".join(f"{code:<{max(3, len(role))}}" for code, role in zip(codes, Role, strict=True))
                ).rstrip()
            )
    return lines


def test_no_address_of_the_api_is_without_a_door() -> None:
    found = {str(one.pattern) for one in addresses()} - {"^.*$"}
    assert found == {address for address, _ in DOORS}
    assert len(DOORS) == sum(len(methods) for methods in document()["paths"].values())


def test_every_operation_is_listed_with_its_right_and_what_it_records() -> None:
    found = {front(door, thing).rstrip() for door in listed() for thing, _ in things(door, "", "")}
    committed = {line[:WIDTH].rstrip() for line in expected_rows()}
    assert sorted(found - committed) == [], "没有列进 matrix.txt 的操作：用 SHUJIAN_RENEW=1 重写，并看过差别"
    assert sorted(committed - found) == []


def test_some_operations_of_every_kind_answer_every_role_as_committed() -> None:
    assert made(SOME) == expected_rows(SOME)


@pytest.mark.lane("soak")
def test_every_operation_answers_every_role_as_committed() -> None:
    found = made()
    if os.environ.get("SHUJIAN_RENEW"):
        FILE.write_text("\n".join([HEAD.rstrip(), *found]) + "\n", "utf-8")
    assert found == expected_rows()


def test_the_committed_matrix_keeps_what_must_never_change() -> None:
    """Administrators see no case, outsiders see nothing, foreign and missing look alike, nothing breaks."""
    rows = [line.split() for line in FILE.read_text("utf-8").splitlines()[1:]]
    codes = {(row[1], row[2]): (row[3], dict(zip(Role, row[5:], strict=True))) for row in rows}
    inside = set(Role) - {Role.XTGL, Role.AQGL, Role.SJGL}
    outsiders = {Role.XZ, Role.GA, Role.DW, Role.ZYZ}
    for (name, thing), (right, by_role) in codes.items():
        kind = right.split(".")[0]
        if kind in ("clue", "model", "lake", "search", "run", "campaign"):
            closed = {Role.XTGL, Role.AQGL} | outsiders | (set() if right == "clue.looks" else {Role.SJGL})
            assert {by_role[role] for role in closed} == {"404"}, (name, thing)
        if kind in ("account", "audit"):
            assert {by_role[role] for role in inside} == {"404"}, name
        if thing == "foreign":
            missing = codes[name, "missing"][1]
            assert all(
                by_role[role] == missing[role] == "404" for role in (Role.BMFZR, Role.CBR, Role.ZL, Role.YJS)
            ), name
    assert not {code for _, by_role in codes.values() for code in by_role.values()} & {
        "500",
        "401",
        "415",
        "428",
    }
