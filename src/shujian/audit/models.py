"""Tables of the audit chain."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class Entry(models.Model):
    """One thing done. ``hash`` = SM3 over the entry as stored, with the hash of the one before.

    ``at`` (UTC, ISO) and ``detail`` (canonical JSON) are texts, so that a changed byte is found and not tripped over.
    """

    seq = models.BigIntegerField(primary_key=True)
    at = models.CharField(max_length=32)
    actor = models.CharField(max_length=120)
    action = models.CharField(max_length=60, db_index=True)
    object = models.CharField(max_length=200, db_index=True)
    detail = models.TextField(default="{}")
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        """In the order of the chain."""

        ordering = ("seq",)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only; an entry that stands is never written again."""
        super().save(force_insert=True)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused always."""
        raise TypeError("an audit entry is never deleted")


class ChainHead(models.Model):
    """The newest entry's number and hash; its row is the lock that puts writers in line."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)
    day = models.CharField(max_length=10, blank=True)


class Anchor(models.Model):
    """The last entry of a day, noted when the next day's first is written; also in a file beside the database."""

    day = models.CharField(max_length=10, primary_key=True)
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)
