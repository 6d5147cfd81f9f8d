"""The accounts of a new installation. Import only after ``start.open_rooms``."""

from __future__ import annotations

from pathlib import Path

from shujian.accounts import read as people
from shujian.accounts import service as accounts
from shujian.kernel.home import home
from shujian.supervision import read as supervision


def first_accounts() -> str | None:
    """Make the accounts that a new installation needs and answer their file, as the user would type it.

    In evaluation mode one account per role; otherwise none: ``shujian people first`` makes the three administrators.
    """
    if not home().evaluation.exists():
        return None
    path = accounts.ensure_evaluation_accounts(supervision.units())
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def nobody_yet() -> bool:
    """Whether no account stands, so that nobody can sign in."""
    return not people.anybody()
