"""What the API answers, a module for each room. Importing a module lists its operations in ``doors.DOORS``."""

from __future__ import annotations

from shujian.faces.api.routes import (
    clues,
    session,
)

ROUTERS = (
    session.router,
    clues.router,
)
