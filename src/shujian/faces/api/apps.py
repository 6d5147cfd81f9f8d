"""The API as a Django application: one table, the answers kept for repeated requests."""

from __future__ import annotations

from django.apps import AppConfig


class Api(AppConfig):
    """程序接口"""

    name = "shujian.faces.api"
    label = "api"
    verbose_name = "接口"
