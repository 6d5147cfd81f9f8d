"""The accounts of a new installation. Import only after ``start.open_rooms``."""

from __future__ import annotations

from pathlib import Path

from shujian.accounts import service as accounts
from shujian.kernel.home import home
from shujian.supervision import read as supervision


def first_accounts() -> str | None:
    """Make the accounts that a new installation needs and answer their file, as the user would type it.

    In evaluation mode one account per role; otherwise, at the first start only, the three administrators.
    """
    if home().evaluation.exists():
        units = sorted({unit for spec in supervision.models().values() for unit in spec.units()})
        path: Path | None = accounts.ensure_evaluation_accounts(units)
    else:
        path = accounts.ensure_first_administrators()
    if path is None:
        return None
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
