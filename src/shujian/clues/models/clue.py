"""Tables of the clues room. Persons' data stand only in ``sealed`` columns (SM4-GCM, key outside the database)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from shujian.clues.states import Held, Origin, State


class Clue(models.Model):
    """One matter for a person to look at; one model, one emit, one subject, once."""

    key = models.CharField(max_length=24, unique=True)
    model = models.CharField(max_length=80, db_index=True)
    emit = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=80)
    run = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    subject_kind = models.CharField(max_length=20)
    subject_key = models.CharField(max_length=24, db_index=True)
    subject_masked = models.CharField(max_length=120)
    grade = models.CharField(max_length=8)
    absence = models.CharField(max_length=10)
    strength = models.CharField(max_length=4)
    score = models.IntegerField()
    score_parts = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)
    basis = models.JSONField(default=list)
    verify = models.JSONField(default=list)
    region = models.CharField(max_length=120, blank=True)
    unit = models.CharField(max_length=80, db_index=True)
    state = models.CharField(max_length=2, choices=State.choices, default=State.C0)
    held = models.CharField(max_length=12, choices=Held.choices, blank=True)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    referred_from = models.CharField(max_length=80, blank=True, db_index=True)
    offered_unit = models.CharField(max_length=80, blank=True, db_index=True)
    declined = models.BooleanField(default=False)
    outside = models.CharField(max_length=120, blank=True)
    exclusion = models.CharField(max_length=12, blank=True)
    as_of = models.DateField()
    found_at = models.DateTimeField()
    pushed_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    registered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    sure = models.BooleanField(default=False)
    ground_changed = models.BooleanField(default=False, db_index=True)
    ground_note = models.CharField(max_length=400, blank=True)
    ground_run = models.CharField(max_length=60, blank=True)
    judged_apart = models.BooleanField(default=False)
    fresh_evidence = models.BooleanField(default=False)
    evidence_count = models.IntegerField(default=0)
    complaints = models.IntegerField(default=1)
    relapsed = models.BooleanField(default=False)
    erased_at = models.DateTimeField(null=True, blank=True)
    erased_by = models.CharField(max_length=20, blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.MODEL)
    snoozed_until = models.DateField(null=True, blank=True, db_index=True)
    joined_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="members"
    )
    split_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
    objected = models.BooleanField(default=False)
    content = models.CharField(max_length=64)
    sealed = models.BinaryField()
    revision = models.IntegerField(default=1)

    class Meta:
        """Lists ask by state and newest, or by state and score.

        ``clue_listed`` holds all that a list may be narrowed by, so that choosing and counting rows need not read them: a
        row is ten times as wide, for what is sealed in it.
        """

        indexes = (
            models.Index(fields=("state", "-id"), name="clue_by_state"),
            models.Index(fields=("-score", "-id"), name="clue_by_score"),
            models.Index(
                fields=("-id", "joined_to", "unit", "handler", "offered_unit", "referred_from", "region", "state", "held", "model",
                        "grade", "subject_key", "pushed_at", "registered_at", "snoozed_until", "found_at", "as_of", "score",
                        "title", "subject_masked"),
                name="clue_listed",
            ),
        )  # fmt: skip

    @property
    def erased(self) -> bool:
        """Whether the person's data behind it were deleted; key, counts, state and history stay."""
        return self.erased_at is not None


class ClueEvidence(models.Model):
    """One source row behind a clue: provenance in clear, fields sealed. Never removed by a later run."""

    clue = models.ForeignKey(Clue, on_delete=models.CASCADE, related_name="evidence")
    alias = models.CharField(max_length=40)
    dataset = models.CharField(max_length=80)
    source = models.CharField(max_length=120)
    row = models.CharField(max_length=32)
    file = models.CharField(max_length=500)
    sheet = models.CharField(max_length=120, blank=True)
    line = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    batch = models.CharField(max_length=80)
    received_at = models.DateTimeField()
    run = models.CharField(max_length=60)
    current = models.BooleanField(default=True)
    moved_to = models.ForeignKey(Clue, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()

    class Meta:
        """A row is evidence once for each part it plays."""

        constraints = (
            models.UniqueConstraint(fields=("clue", "alias", "dataset", "row"), name="evidence_once"),
        )


class ClueFold(models.Model):
    """A complaint that speaks of the issue of a clue: its own key, and why it was folded. Never removed by a run."""

    key = models.CharField(max_length=24, unique=True)
    clue = models.ForeignKey(Clue, on_delete=models.CASCADE, related_name="folds")
    run = models.CharField(max_length=60)
    why = models.CharField(max_length=400, blank=True)


class ClueNote(models.Model):
    """What a person judged or did, in words; kept beside the audit chain, which holds no free text."""

    clue = models.ForeignKey(Clue, on_delete=models.CASCADE, related_name="notes")
    at = models.DateTimeField()
    verb = models.CharField(max_length=12)
    actor = models.CharField(max_length=120)
    source = models.CharField(max_length=2)
    target = models.CharField(max_length=2)
    reason = models.CharField(max_length=12, blank=True)
    sealed = models.BinaryField()


class Judgement(models.Model):
    """What a person judged of two rows being one subject. Only added; keyed handles in clear, words sealed.

    ``clue_key``: where it was judged; it stays when the clue has other rows, and when the clue is gone.
    """

    clue = models.ForeignKey(Clue, null=True, on_delete=models.SET_NULL, related_name="judgements")
    clue_key = models.CharField(max_length=24)
    kind = models.CharField(max_length=20)
    left = models.CharField(max_length=24, db_index=True)
    right = models.CharField(max_length=24, db_index=True)
    verdict = models.CharField(max_length=10)
    undoes = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="undone_by")
    grade = models.CharField(max_length=2)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()
    sealed = models.BinaryField()
