"""The jobs room as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class Jobs(AppConfig):
    """后台任务"""

    name = "shujian.jobs"
    label = "jobs"
    verbose_name = "后台任务"
