"""Where a thing of the news has its page."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse


def address_of(thing: str) -> str:
    """The page of ``clue:XS000001``, ``unit:…``, ``model:…``, ``job:…`` or ``duty``; the first page for another."""
    kind, _, name = thing.partition(":")
    if kind == "clue":
        return reverse("clue", args=[name])
    if kind == "unit":
        return reverse("clues") + "?" + urlencode({"unit": name})
    if kind == "model":
        return reverse("runs")
    if kind == "job":
        return reverse("job", args=[int(name)]) if name.isdecimal() else reverse("jobs")
    return reverse("duty" if kind == "duty" else "home")
