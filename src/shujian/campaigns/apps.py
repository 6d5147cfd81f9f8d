"""The campaigns room as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class Campaigns(AppConfig):
    """专题监督"""

    name = "shujian.campaigns"
    label = "campaigns"
    verbose_name = "专题监督"
