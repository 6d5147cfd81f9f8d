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
    """One person's account. Rights come from ``RoleGrant`` and ``units``, never from flags here."""

    username = models.CharField(max_length=60, unique=True)
    display = models.CharField(max_length=60)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    units = models.ManyToManyField(Unit, blank=True)
    assists = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL)
    is_active = models.BooleanField(default=True)
    must_change = models.BooleanField(default=True)
    password_changed_at = models.DateTimeField(null=True)

    objects = BaseUserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []


class RoleGrant(models.Model):
    """A role that a person holds."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=8, choices=Role.choices)

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
