"""The clues room as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class Clues(AppConfig):
    """线索"""

    name = "shujian.clues"
    label = "clues"
    verbose_name = "线索"
