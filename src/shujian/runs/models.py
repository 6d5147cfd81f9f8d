"""Tables of the runs room. No person's data: hits are keys and digests."""

from __future__ import annotations

from django.db import models


class Run(models.Model):
    """One execution of one model: everything that is needed to do it again and get the same bytes."""

    id = models.CharField(primary_key=True, max_length=60)
    model = models.CharField(max_length=80, db_index=True)
    title = models.CharField(max_length=200)
    unit = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=80)
    snapshot = models.CharField(max_length=80)
    as_of = models.DateField()
    engine = models.CharField(max_length=20)
    engine_version = models.CharField(max_length=40)
    parameters = models.JSONField(default=dict)
    steps = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    hits = models.IntegerField()
    by_state = models.JSONField(default=dict)
    by_grade = models.JSONField(default=dict)
    clues = models.JSONField(default=dict)
    judged = models.BooleanField()
    result_sm3 = models.CharField(max_length=64)
    seconds = models.DecimalField(max_digits=12, decimal_places=3)
    threads = models.IntegerField(null=True)
    frozen = models.TextField(default="")
    fairness = models.JSONField(null=True)
    """Counts by sex, age band and town, where somebody asked for them; of nobody in particular."""
    purpose = models.CharField(max_length=80, blank=True)
    actor = models.CharField(max_length=120)
    at = models.DateTimeField(db_index=True)


class RunHit(models.Model):
    """One hit of a run: the clue's key and the digest of what the hit said."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="found")
    key = models.CharField(max_length=24)
    content = models.CharField(max_length=64)

    class Meta:
        """A clue is hit once in a run."""

        constraints = (models.UniqueConstraint(fields=("run", "key"), name="hit_once"),)
