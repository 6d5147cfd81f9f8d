"""Money in 元, exact. Rounded half up to 分 at the item (domain.md §4.3, default)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def to_fen(amount: Decimal) -> Decimal:
    """Round to two decimals, half up."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def money_text(amount: Decimal) -> str:
    """``12.5`` → ``"12.50"``: the contract's form."""
    return format(to_fen(amount), "f")
