"""The audit room as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class Audit(AppConfig):
    """审计"""

    name = "shujian.audit"
    label = "audit"
    verbose_name = "审计"
