"""What the API answers, a module for each room. Importing a module lists its operations in ``doors.DOORS``."""

from __future__ import annotations

from shujian.faces.api.routes import (
    accounts,
    audit,
    campaigns,
    catalogue,
    clues,
    desk,
    duty,
    lake,
    papers,
    precision,
    session,
)

ROUTERS = tuple(
    one.router
    for one in (session, clues, desk, papers, catalogue, precision, campaigns, lake, audit, accounts, duty)
)
