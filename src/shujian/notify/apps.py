"""The notify room as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class Notify(AppConfig):
    """消息"""

    name = "shujian.notify"
    label = "notify"
    verbose_name = "消息"
