"""Requests that may be sent again: who asked what under which key, and what was answered, sealed."""

from __future__ import annotations

from django.db import models


class Asked(models.Model):
    """One request under an ``Idempotency-Key``. ``status`` empty: it is being done, or was cut off while it was.

    ``key``: SM3 of the key. ``body``: SM3 of address, conditions and body. ``sealed``: the answer, under the column key.
    """

    account = models.CharField(max_length=120)
    operation = models.CharField(max_length=60)
    key = models.CharField(max_length=64)
    body = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)
    status = models.PositiveSmallIntegerField(null=True)
    sealed = models.BinaryField(default=bytes)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("account", "operation", "key"), name="one_answer_per_key"),
        )
