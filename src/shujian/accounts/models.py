"""Tables of agencies, units and people."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from shujian.accounts.roles import Role


class Agency(models.Model):
    """机构：a procuratorate, or an outside body whose liaison has an account."""

    class Kind(models.TextChoices):
        """What sort of body it is."""

        PROCURATORATE = "procuratorate", "检察院"
        ADMINISTRATION = "administration", "行政机关"
        POLICE = "police", "公安机关"
        REPORTER = "reporter", "强制报告单位"
        OTHER = "other", "其他"

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    region = models.CharField(max_length=12, default="999999")


class Unit(models.Model):
    """部门：clues are pushed to a unit by its name (归口单元)."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(max_length=80)

    class Meta:
        """A name is used once in an agency."""

        constraints = (models.UniqueConstraint(fields=("agency", "name"), name="unit_once"),)


class User(AbstractBaseUser):
    """One person's account. Rights come from ``RoleGrant`` and ``units``, never from flags here.

    ``person_handle``: keyed handle of the person's own identity number, to notice look-ups of colleagues; the number
    itself is not kept. ``sessions``: ``[SM3 of the session's mark, ISO instant]``, the newest last.
    """

    username = models.CharField(max_length=60, unique=True)
    display = models.CharField(max_length=60)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    units = models.ManyToManyField(Unit, blank=True)
    assists = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL)
    is_active = models.BooleanField(default=True)
    must_change = models.BooleanField(default=True)
    password_changed_at = models.DateTimeField(null=True)
    off_reason = models.CharField(max_length=200, blank=True)
    person_handle = models.CharField(max_length=24, blank=True, db_index=True)
    sessions = models.JSONField(default=list)

    objects = BaseUserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []


class RoleGrant(models.Model):
    """A role that a person holds. ``reach``: empty, ``unit`` or ``region:<name>``; ``level``: highest field level."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=8, choices=Role.choices)
    reach = models.CharField(max_length=80, blank=True)
    level = models.SmallIntegerField(default=2)

    class Meta:
        """A role is held once."""

        constraints = (models.UniqueConstraint(fields=("user", "role"), name="role_once"),)


class PastPassword(models.Model):
    """A hash that may not come back (the last five)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="past_passwords")
    hash = models.CharField(max_length=160)
    at = models.DateTimeField()


class KnownDevice(models.Model):
    """A browser on which this person signed in before, by the SM3 of its cookie."""

    user = models.ForeignKey(User, on_delete=models.CASCADE)
    token = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        """A device is known once."""

        constraints = (models.UniqueConstraint(fields=("user", "token"), name="device_once"),)


class SignInTrouble(models.Model):
    """Failures of one account on one device; all strange devices of an account share one row (empty device)."""

    account = models.CharField(max_length=64)
    device = models.CharField(max_length=64, blank=True)
    failures = models.IntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        """One row per account and device."""

        constraints = (models.UniqueConstraint(fields=("account", "device"), name="trouble_once"),)


class RoleRequest(models.Model):
    """Roles that one administrator proposes and another confirms; what is confirmed replaces what the account held."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="requests")
    grants = models.JSONField(default=list)
    units = models.JSONField(default=list)
    asked_by = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    decided_by = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)
    confirmed = models.BooleanField(null=True)


class Absence(models.Model):
    """请假: days of absence, and who stands in meanwhile (代理), if anybody."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="absences")
    deputy = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.CASCADE, related_name="deputises"
    )
    from_on = models.DateField()
    to_on = models.DateField()
    by = models.CharField(max_length=120)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class Recusal(models.Model):
    """回避: a person keeps away from a clue or from everything about a subject (``thing`` as the audit chain says)."""

    class Ground(models.TextChoices):
        """The grounds of the Criminal Procedure Law, article 29, in short."""

        PARTY = "party", "本人或近亲属是当事人"
        INTEREST = "interest", "本人或近亲属有利害关系"
        PART = "part", "担任过证人、鉴定人、辩护人、代理人"
        OTHER = "other", "其他可能影响公正处理的关系"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recusals")
    thing = models.CharField(max_length=80)
    ground = models.CharField(max_length=10, choices=Ground.choices)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()
    lifted_by = models.CharField(max_length=120, blank=True)
    lifted_at = models.DateTimeField(null=True)


class SecondFactor(models.Model):
    """The key of a person's TOTP generator, sealed; it counts once confirmed by a code. ``counter``: last step used."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="factor")
    sealed = models.BinaryField()
    confirmed_at = models.DateTimeField(null=True)
    counter = models.BigIntegerField(default=0)


class RecoveryCode(models.Model):
    """A code that opens once when the generator is lost, by its keyed SM3."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)
