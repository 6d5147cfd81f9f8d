"""Characters that scanners and typists take for each other, used to propose a reading to a person and nothing else.

No value is ever changed by this module: a repaired number could be another person's, and one ending in
thirty-one passes a credit code's check by chance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, product

LATIN = (
    "0OoQD〇○", "1lI|i!", "2Zz", "5Ss", "6bG", "8B", "9gq",
    "VvUuY", "CcGe", "MNH", "7T", "4A", "KkX×", "PR", "EF",
)  # fmt: skip
"""Signs of numbers and codes; each group stands for all its pairs."""

CJK = (
    "日曰目白", "己已巳", "戊戌戍戎", "未末朱", "土士工", "干千于", "人入八", "大太犬", "王玉主", "天夫无", "刀力九", "儿几", "木本术",
    "田由甲申", "午牛", "贝见", "今令", "名各", "间问", "侯候", "晴睛", "治冶", "沿治", "洒酒", "拆折", "析拆", "拔拨", "壁璧", "辨辩辫",
    "栗粟", "茶荼", "崇祟", "兔免", "鸟乌", "戴载", "徽微", "嬴赢羸", "肓盲", "竟竞", "祇祗", "准淮", "冼洗", "刘对", "陈阵",
    "杨扬", "汪注", "汤场", "苏办", "何河", "叶计", "丁了", "毛手", "文又", "方万", "万力", "厂广", "户尸", "口囗", "囗回",
    "夂夕", "弋戈", "东车", "风凤", "石右", "左在", "布市", "币市", "氏民", "斤斥", "丘乒", "且旦", "旦日", "亘恒", "住往佳", "体休",
    "代伐",
    "伍任", "仕任", "付什", "凡几", "金全", "钓钧", "钩钓", "铃玲", "陕狭", "郎朗", "祥详", "炎淡", "渌禄", "醴澧", "浦蒲", "潭谭",
)  # fmt: skip
"""Chinese characters of one shape in small print; groups are not carried further than written."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A reading for a person to judge. ``changes``: place (0-based), the sign as read, the sign proposed."""

    text: str
    changes: tuple[tuple[int, str, str], ...]


def _table() -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for group in (*LATIN, *CJK):
        for sign in group:
            found.setdefault(sign, {}).update(dict.fromkeys(other for other in group if other != sign))
    return {sign: tuple(others) for sign, others in found.items()}


_OTHERS = _table()
MOST_CHANGES = 3
MOST_READINGS = 20_000
"""How many readings are tried at most; a long text of look-alikes has millions."""


def others(sign: str) -> tuple[str, ...]:
    """What one character may really have been, nearest groups first; empty where nothing looks like it."""
    return _OTHERS.get(sign, ())


def alike(one: str, other: str) -> tuple[int, ...] | None:
    """The places where two texts of one length differ, if every difference is a look-alike; else None.

    Equal texts give an empty tuple. Two different people may well differ by 己 and 已 only.
    """
    if len(one) != len(other):
        return None
    places = tuple(place for place in range(len(one)) if one[place] != other[place])
    return places if all(other[place] in others(one[place]) for place in places) else None


def propose(
    text: str, fits: Callable[[str], bool], *, changes: int = 2, limit: int = 10
) -> tuple[Proposal, ...]:
    """Readings of ``text`` that ``fits`` accepts (a check digit, a name on the list), fewest changes first.

    Nothing is proposed for a text that fits as it stands. At most ``limit`` proposals with at most ``changes``
    places changed, out of the first ``MOST_READINGS``. Raises ValueError for more than three changes.
    """
    if not 0 < changes <= MOST_CHANGES:
        raise ValueError(f"changes must be 1 to {MOST_CHANGES}")
    if fits(text):
        return ()
    found: list[Proposal] = []
    tried = 0
    for number in range(1, changes + 1):
        for proposal in _readings(text, number):
            tried += 1
            if tried > MOST_READINGS:
                return tuple(found)
            if fits(proposal.text):
                found.append(proposal)
                if len(found) == limit:
                    return tuple(found)
    return tuple(found)


def _readings(text: str, number: int) -> Iterator[Proposal]:
    doubtful = [place for place, sign in enumerate(text) if sign in _OTHERS]
    for places in combinations(doubtful, number):
        for signs in product(*(_OTHERS[text[place]] for place in places)):
            shown = list(text)
            for place, sign in zip(places, signs, strict=True):
                shown[place] = sign
            changed = tuple((place, text[place], sign) for place, sign in zip(places, signs, strict=True))
            yield Proposal("".join(shown), changed)
