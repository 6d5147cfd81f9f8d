"""The accounts room as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class Accounts(AppConfig):
    """机构与人员"""

    name = "shujian.accounts"
    label = "accounts"
    verbose_name = "机构与人员"
