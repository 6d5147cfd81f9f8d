"""What can be wrong with a backup or with the place it should go to."""

from __future__ import annotations

from shujian.kernel.errors import BadInput, FaultsFound, Unavailable


class BackupDamaged(FaultsFound):
    """Bytes of a backup are changed, missing or too many; every part concerned is named."""


class BackupRefused(BadInput):
    """Not a backup, of a newer version, a wrong passphrase, a place that is not empty."""


class BackupFailed(Unavailable):
    """The disk is full or may not be written, or the installation is busy."""
