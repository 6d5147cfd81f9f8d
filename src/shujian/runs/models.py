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


class Publication(models.Model):
    """A version of a model that one person proposed and another let pass, or not."""

    model = models.CharField(max_length=80, db_index=True)
    fingerprint = models.CharField(max_length=80)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()
    why = models.CharField(max_length=400)
    verdict = models.CharField(max_length=10, blank=True)
    second = models.CharField(max_length=120, blank=True)
    second_at = models.DateTimeField(null=True)
    second_why = models.CharField(max_length=400, blank=True)

    class Meta:
        """One proposal of a model waits at a time."""

        constraints = (
            models.UniqueConstraint(fields=("model",), condition=models.Q(verdict=""), name="proposed_once"),
        )


class Schedule(models.Model):
    """When a model runs by itself: every so many days from a first day, on new data, or both; for which matter."""

    model = models.CharField(max_length=80, db_index=True)
    starts = models.DateField()
    every_days = models.IntegerField(default=0)
    on_batch = models.BooleanField(default=False)
    purpose = models.CharField(max_length=80)
    purpose_until = models.DateField()
    by = models.CharField(max_length=120)
    at = models.DateTimeField()
    stopped_by = models.CharField(max_length=120, blank=True)
    stopped_at = models.DateTimeField(null=True)


class Tick(models.Model):
    """One time that a schedule was due, and what came of it. ``key``: the day, or the digest of the new data."""

    schedule = models.ForeignKey(Schedule, on_delete=models.PROTECT, related_name="ticks")
    key = models.CharField(max_length=64)
    due = models.DateField()
    state = models.CharField(max_length=10)
    run = models.CharField(max_length=60, blank=True)
    says = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField()

    class Meta:
        """A schedule is due once for each reason."""

        constraints = (models.UniqueConstraint(fields=("schedule", "key"), name="tick_once"),)
