"""Tables of the campaigns room. No person's data: models, units, counts."""

from __future__ import annotations

from django.db import models


class Campaign(models.Model):
    """专项: what is looked at, when, by whom, and what should come of it. ``closing``: its figures when it was closed."""

    title = models.CharField(max_length=120)
    purpose = models.CharField(max_length=80)
    starts = models.DateField()
    ends = models.DateField()
    model_ids = models.JSONField(default=list)
    units = models.JSONField(default=list)
    targets = models.JSONField(default=dict)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()
    closed_by = models.CharField(max_length=120, blank=True)
    closed_at = models.DateTimeField(null=True)
    summary = models.TextField(blank=True)
    closing = models.JSONField(null=True)
