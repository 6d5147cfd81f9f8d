"""Somebody who has signed in at the door, as a test's client."""

from __future__ import annotations

from typing import Any

from django.test import Client

from shujian.accounts.read import Role
from shujian.clues.tests.people import PASSWORD, account


def enter(*roles: Role, name: str = "demo", csrf: bool = False, **told: Any) -> Client:
    """Make an account with these roles and sign in by the form."""
    account(name, *roles, **told)
    client, entering = Client(enforce_csrf_checks=csrf), Client()
    answer = entering.post("/login/", {"username": name, "password": PASSWORD})
    assert answer.status_code == 302
    client.cookies = entering.cookies
    return client
