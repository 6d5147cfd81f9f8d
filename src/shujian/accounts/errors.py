"""Errors of the accounts room."""

from __future__ import annotations

from shujian.kernel.errors import BadInput, GuardRefused


class PasswordRefused(BadInput):
    """The new password breaks a rule; one fault per rule."""


class SignInRefused(GuardRefused):
    """Wrong name or password, switched off, or too many failures. Says no more than it must."""
