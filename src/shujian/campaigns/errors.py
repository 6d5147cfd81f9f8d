"""Errors of the campaigns room."""

from __future__ import annotations

from shujian.kernel.errors import BadInput, GuardRefused


class CampaignUnknown(BadInput):
    """There is no such campaign, or the reader may not know that there is."""


class CampaignRefused(GuardRefused):
    """This person may not do it, or not as things stand."""
