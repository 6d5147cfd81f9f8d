"""A script that talks to the API as one would from outside: JSON, cookies, form token, and nothing else."""

from __future__ import annotations

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shujian.accounts.read import Role
from shujian.audit.models import Entry
from shujian.clues.tests.people import PASSWORD, account

BASE = "/api/v1"


class Script:
    """One person's session, the form token checked as for a browser."""

    def __init__(self, checked: bool = True) -> None:
        self.client = Client(enforce_csrf_checks=checked, raise_request_exception=False)
        self.csrf = ""

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """One request; ``headers`` as ``If_Match="…"``."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.csrf:
            named.setdefault("X-CSRFToken", self.csrf)
        told: dict[str, Any] = {"headers": named}
        if body is not None:
            told |= {
                "data": body if isinstance(body, bytes | str) else json.dumps(body),
                "content_type": "application/json",
            }
        return self.client.generic(method, BASE + path, **told)

    def get(self, path: str, **headers: str) -> Any:
        """GET."""
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        """POST with a JSON body."""
        return self.ask("POST", path, {} if body is None else body, **headers)

    def send(self, path: str, name: str, body: bytes, **fields: str) -> Any:
        """POST a file in a form."""
        sent = {"file": SimpleUploadedFile(name, body), **fields}
        return self.client.post(BASE + path, sent, headers={"X-CSRFToken": self.csrf})

    def sign_in(self, username: str, password: str = PASSWORD) -> Any:
        """Ask for the token, sign in, keep the new token."""
        self.csrf = self.get("/session").json()["csrf"]
        answer = self.post("/session", {"username": username, "password": password})
        self.csrf = answer.json().get("csrf", self.csrf)
        return answer


def enter(*roles: Role, name: str = "demo", **told: Any) -> Script:
    """Make an account with these roles and sign in by the API."""
    account(name, *roles, **told)
    script = Script()
    assert script.sign_in(name).status_code == 200
    return script


def problem(answer: Any, status: int, code: str, *words: str) -> dict[str, Any]:
    """The problem document, held to status, code and Chinese words."""
    assert answer["Content-Type"] == "application/problem+json", (answer.status_code, answer.content[:300])
    told: dict[str, Any] = answer.json()
    assert (answer.status_code, told["status"], told["code"]) == (status, status, code), told
    assert told["type"] == f"urn:shujian:error:{code}" and told["title"]
    for word in words:
        assert word in told["detail"], told["detail"]
    return told


def deeds(action: str) -> list[Entry]:
    """What is on record under this action, oldest first."""
    return list(Entry.objects.filter(action=action).order_by("seq"))


def refusal() -> tuple[str, dict[str, Any]]:
    """The thing and the particulars of the newest refusal on record."""
    last = deeds("api.refused")[-1]
    return last.object, json.loads(last.detail)
