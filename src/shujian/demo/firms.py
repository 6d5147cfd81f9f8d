"""Invented firms: a name that says 示例, a valid credit code of region 999999, a place in the county."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from shujian.demo.identity import uscc
from shujian.demo.places import ROADS, TOWNS, firm_name

TRADES = (
    "陶瓷",
    "烟花制造",
    "建材",
    "矿业",
    "化工",
    "机械制造",
    "食品",
    "纸业",
    "水泥",
    "五金",
    "电瓷",
    "木业",
    "环保科技",
    "养殖",
    "砖瓦",
    "印染",
)


@dataclass(frozen=True)
class Firm:
    """One invented firm."""

    name: str
    code: str
    town: str
    address: str

    def called(self, name: str) -> Firm:
        """The same firm under another name."""
        return replace(self, name=name)


class Bureau:
    """Founds firms; no name and no code twice."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._codes = 10_000
        self._serial: dict[str, int] = {}

    def found(self, trade: str | None = None) -> Firm:
        """A new firm of this trade, or of any."""
        trade = trade or self._rng.choice(TRADES)
        serial = self._serial.get(trade, 0)
        self._serial[trade] = serial + 1
        self._codes += self._rng.randint(1, 40)
        town = self._rng.choice(TOWNS)
        address = f"{town}{self._rng.choice(ROADS)}{self._rng.randint(1, 399)}号"
        return Firm(firm_name(serial, trade), uscc(self._codes), town, address)


def bracketed(name: str) -> str:
    """The same name as another clerk writes it: 示例市鸿泽陶瓷有限公司 → 示例市鸿泽陶瓷（有限责任公司）."""
    return name.replace("有限公司", "（有限责任公司）")
