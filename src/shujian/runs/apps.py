"""The runs room as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class Runs(AppConfig):
    """模型运行"""

    name = "shujian.runs"
    label = "runs"
    verbose_name = "模型运行"
