"""Tables of the work around a clue: who helps, what was said, filed, joined, objected to and looked at again.

Words, names of files and of people stand only in ``sealed`` columns; nothing is deleted, what is taken back says so.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from shujian.clues.models.clue import Clue


class ClueHelper(models.Model):
    """协办：a person who may read a clue and add to it, but decides nothing."""

    clue = models.ForeignKey(Clue, on_delete=models.CASCADE, related_name="helpers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by = models.CharField(max_length=120)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """A person helps with a clue once at a time."""

        constraints = (
            models.UniqueConstraint(
                fields=("clue", "user"), condition=models.Q(ended_at=None), name="helper_once"
            ),
        )


class ClueComment(models.Model):
    """What somebody said about a clue."""

    clue = models.ForeignKey(Clue, on_delete=models.CASCADE, related_name="comments")
    at = models.DateTimeField()
    actor = models.CharField(max_length=120)
    withdrawn_at = models.DateTimeField(null=True)
    sealed = models.BinaryField()


class ClueFile(models.Model):
    """An attachment: its bytes lie sealed outside the database under their digest."""

    clue = models.ForeignKey(Clue, on_delete=models.CASCADE, related_name="files")
    at = models.DateTimeField()
    actor = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=8)
    size = models.BigIntegerField()
    withdrawn_at = models.DateTimeField(null=True)
    sealed = models.BinaryField()


class ClueJoin(models.Model):
    """A clue that was put into another one, until it is taken out again."""

    head = models.ForeignKey(Clue, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Clue, on_delete=models.PROTECT, related_name="+")
    by = models.CharField(max_length=120)
    at = models.DateTimeField()
    undone_by = models.CharField(max_length=120, blank=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        """A clue stands in one other at a time."""

        constraints = (
            models.UniqueConstraint(
                fields=("member",), condition=models.Q(undone_at=None), name="joined_once"
            ),
        )


class SecondLook(models.Model):
    """An exclusion that was drawn by lot to be looked at again by somebody else."""

    clue = models.ForeignKey(Clue, on_delete=models.CASCADE, related_name="looks")
    at = models.DateTimeField()
    reason = models.CharField(max_length=12)
    excluded_by = models.CharField(max_length=120)
    verdict = models.CharField(max_length=10, blank=True)
    by = models.CharField(max_length=120, blank=True)
    looked_at = models.DateTimeField(null=True)
    void = models.BooleanField(default=False)


class Objection(models.Model):
    """有异议：a person who says that the clue is wrong; it is answered by somebody else than the handler."""

    clue = models.ForeignKey(Clue, on_delete=models.CASCADE, related_name="objections")
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    due = models.DateField(db_index=True)
    verdict = models.CharField(max_length=10, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField(null=True)
    sealed = models.BinaryField()

    class Meta:
        """One open objection at a time, so that the answer is to one thing."""

        constraints = (
            models.UniqueConstraint(fields=("clue",), condition=models.Q(verdict=""), name="objection_once"),
        )


class ProposalDecision(models.Model):
    """What the machine proposed from outcomes, with its figures then, and what a person decided. Both are kept."""

    model = models.CharField(max_length=80, db_index=True)
    kind = models.CharField(max_length=8)
    what = models.CharField(max_length=120)
    bound = models.CharField(max_length=40, blank=True)
    figures = models.JSONField(default=dict)
    accepted = models.BooleanField()
    by = models.CharField(max_length=120)
    at = models.DateTimeField()
    why = models.CharField(max_length=400)
