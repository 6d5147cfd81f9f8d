"""What words tell of a discharge: whether it is exempt, and whether the whole quantity generated counts.

The words stand in dated tables. Words that do not settle the matter give ``None``: unknown, never “taxable”.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from shujian.supervision.functions.env_tax import NoRate, number
from shujian.supervision.functions.env_tax_estimate import farm_item

Table = Mapping[str, Any]
TAXED, EXEMPT, FARM = "应税", "免征", "养殖"


def exempt(
    params: Table, trade: str, about: str, stock_kind: str | None, stock: Decimal | None, direct: bool = False
) -> tuple[str | None, str | None]:
    """``(应税 | 免征 | None, why)`` for a discharger of this trade and these facts.

    ``direct``: the source states that nothing went to a treatment plant, so words that name one do not count.
    """
    for entry in params["exempt_words"]:
        if direct and entry.get("unless_direct"):
            continue
        text = trade if entry["in"] == "行业" else about
        if not any(word in text for word in entry["words"]):
            continue
        if any(word in about for word in entry.get("unless", ())):
            continue
        answer = entry["answer"]
        if answer == FARM:
            answer = _farm(params, stock_kind, stock)
        if answer != TAXED:
            return (answer if answer == EXEMPT else None), str(entry["says"])
    return TAXED, None


def _farm(params: Table, kind: str | None, stock: Decimal | None) -> str:
    """A farm above the floor of the table is taxed; at or under it exempt; of unknown size unknown."""
    if kind is None or stock is None:
        return "不明"
    try:
        floor = params["small_discharger_floor"].get(farm_item(params, kind))
    except NoRate:
        return "不明"
    if floor is None:
        return "不明"
    return TAXED if stock > number(floor) else EXEMPT


def trigger(params: Table, medium: str, about: str) -> str:
    """Why all that was generated counts (实施条例 6, 7); ``无`` where the words tell nothing of it."""
    for entry in params["generation_words"]:
        if medium in entry["media"] and any(word in about for word in entry["words"]):
            return str(entry["says"])
    return "无"
