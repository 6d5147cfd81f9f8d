"""Tables of the outbox: what happened (written in the transaction of the change), and who is told."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Item(models.Model):
    """One piece of news. ``seq`` is empty until it is delivered; numbers are given one after another and never again.

    ``kind``: class of the event; ``body``: its fields, no personal data; ``thing``: what it is about, on which the reader's
    right is asked; ``once``: the same word is one piece of news.
    """

    at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    thing = models.CharField(max_length=120)
    body = models.JSONField()
    once = models.CharField(max_length=120, null=True, unique=True)
    seq = models.BigIntegerField(null=True, unique=True)


class Letter(models.Model):
    """That a person is told a piece of news. ``seq``: the item's, so that one index serves who asks what is new."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="letters")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seq = models.BigIntegerField(db_index=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        """A person is told once; lists ask by person, newest first."""

        constraints = (models.UniqueConstraint(fields=("item", "user"), name="letter_once"),)
        indexes = (models.Index(fields=("user", "-seq"), name="letter_by_user"),)


class Head(models.Model):
    """One row: the last number given, and up to which number items were removed. Deliverers queue at its lock."""

    seq = models.BigIntegerField(default=0)
    floor = models.BigIntegerField(default=0)
