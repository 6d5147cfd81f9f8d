"""The plain face as a Django application: templates and style sheets only, no tables."""

from __future__ import annotations

from django.apps import AppConfig


class Plain(AppConfig):
    """无脚本页面"""

    name = "shujian.faces.plain"
    label = "plain"
    verbose_name = "页面"
