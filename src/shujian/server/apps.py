"""The wiring as a Django application: done once, when Django is set up, whatever entered the process."""

from __future__ import annotations

from django.apps import AppConfig

from shujian.server.subscriptions import wire


class Server(AppConfig):
    """接线"""

    name = "shujian.server"
    label = "server"
    verbose_name = "接线"

    def ready(self) -> None:
        """Wire subscribers and kinds of work; nothing of theirs is imported before it is needed."""
        wire()
