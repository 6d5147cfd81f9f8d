"""Errors of the accounts room."""

from __future__ import annotations

from shujian.kernel.errors import BadInput, GuardRefused


class PasswordRefused(BadInput):
    """The new password breaks a rule; one fault per rule."""


class SignInRefused(GuardRefused):
    """Wrong name or password, switched off, or too many failures. Says no more than it must."""


class FactorRefused(GuardRefused):
    """The code of the second factor is wrong, used up, or none is asked for."""


class AccountRefused(GuardRefused):
    """An administrator's act that the rights, the two-person rule or the separation of administrators forbid."""


class AccountUnknown(BadInput):
    """No such account, or none that the asker may know of."""


class DutyRefused(GuardRefused):
    """A leave, deputy or recusal that is not this person's to enter, or names the wrong people."""
