"""Twelve written rules by which lists misspell firms' names, and the noisy list made with them from registrations.

Seeded: one seed, one list. A rule answers None where a name gives it no hold; then another is drawn.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from shujian.matching.normalise.lookalikes import others

Rule = Callable[[random.Random, str], str | None]

_REGION = re.compile("(?:[\u4e00-\u9fff]{2,3}省)?(?:[\u4e00-\u9fff]{2,3}(?:市|县|区))")
_FORM = re.compile("(?:股份有限公司|有限责任公司|有限公司|公司|厂|专业合作社|合作社)$")
_LIABILITY = ("有限责任公司", "有限公司")
_FILLERS = "大新华达兴盛明安中和"
_TRADES = "鑫泽源瑞恒昌宏远佳美"


def no_region(chance: random.Random, name: str) -> str | None:
    """1: the place before the name is left out, or its 市 or 县 is."""
    found = _REGION.match(name)
    if not found or len(name) - found.end() < 6:
        return None
    return name[found.end() :] if chance.random() < 0.5 else found[0][:-1] + name[found.end() :]


def brackets(chance: random.Random, name: str) -> str | None:
    """2: brackets in the other width or another shape; a form put into brackets where there are none."""
    if "(" in name or "（" in name:
        opened, closed = chance.choice([("（", "）"), ("(", ")"), ("〔", "〕"), ("【", "】")])
        return re.sub("[(（]", opened, re.sub("[)）]", closed, name))
    found = _FORM.search(name)
    return f"{name[: found.start()]}（{found[0]}）" if found and "公司" in found[0] else None


def liability(_: random.Random, name: str) -> str | None:
    """3: 有限责任公司 for 有限公司, and the other way."""
    long, short = _LIABILITY
    if long in name:
        return name.replace(long, short)
    return name.replace(short, long) if short in name and "股份" not in name else None


def no_form(_: random.Random, name: str) -> str | None:
    """4: the legal form behind the name is left out."""
    found = _FORM.search(name)
    return name[: found.start()] if found and found.start() >= 4 else None


def lost(chance: random.Random, name: str) -> str | None:
    """5: one character is left out."""
    place = chance.randrange(len(name))
    return name[:place] + name[place + 1 :]


def look_alike(chance: random.Random, name: str) -> str | None:
    """6: one character is read as one that looks like it."""
    places = [place for place, sign in enumerate(name) if others(sign)]
    if not places:
        return None
    place = chance.choice(places)
    return name[:place] + chance.choice(others(name[place])) + name[place + 1 :]


def added(chance: random.Random, name: str) -> str | None:
    """7: one character is written twice, or a common one slips in."""
    place = chance.randrange(1, len(name))
    return (
        name[:place] + (name[place - 1] if chance.random() < 0.5 else chance.choice(_FILLERS)) + name[place:]
    )


def swapped(chance: random.Random, name: str) -> str | None:
    """8: two neighbours change places."""
    places = [place for place in range(len(name) - 1) if name[place] != name[place + 1]]
    place = chance.choice(places)
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :]


def short(_: random.Random, name: str) -> str | None:
    """9: an abbreviation: place, form and the last word of the trade are left out."""
    found, form = _REGION.match(name), _FORM.search(name)
    middle = name[found.end() if found else 0 : form.start() if form else len(name)]
    return middle[:-2] if len(middle) >= 6 and "(" not in middle and "（" not in middle else None


def former(chance: random.Random, name: str) -> str | None:
    """10: the firm bears a new name since, and the list adds the old one in brackets."""
    found = _REGION.match(name)
    trade = "".join(chance.sample(_TRADES, 3))
    shape = chance.choice(
        ["{}{}实业有限公司（原{}）", "{}{}工贸有限公司（曾用名：{}）", "{}{}集团有限公司(原名{})"]
    )
    return shape.format(found[0] if found else "", trade, name)


def branch(chance: random.Random, name: str) -> str | None:
    """11: a branch of the firm. It is **not** the firm: the right answer is its head office, as a relation."""
    if not name.endswith("公司") or "分公司" in name:
        return None
    return name + chance.choice(["第一分公司", "城东分公司", "河西营业部", "建设路分店", "第二项目部"])


def scanned(chance: random.Random, name: str) -> str | None:
    """12: spaces, full width, marks and invisible signs, as scans and copied tables have them."""
    place = chance.randrange(1, len(name))
    spaced = (
        name[:place] + chance.choice([" ", "　", "\u200b", "\n", "·" if place == 1 else " "]) + name[place:]
    )
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign.isascii() and sign.isalnum() else sign for sign in spaced)
    return chance.choice(["{}", "“{}”", "{}。", "{},"]).format(wide)


RULES: dict[str, tuple[str, Rule]] = {
    "no_region": ("略去地名或“市”“县”", no_region), "brackets": ("括号不同", brackets),
    "liability": ("有限责任公司与有限公司混用", liability),
    "no_form": ("略去组织形式", no_form), "lost": ("漏一字", lost), "look_alike": ("形近字", look_alike), "added": ("多一字", added),
    "swapped": ("两字颠倒", swapped), "short": ("简写", short), "former": ("更名后括注原名", former), "branch": ("分支机构", branch),
    "scanned": ("空格、全角、引号", scanned),
}  # fmt: skip
_LIGHT = ("no_region", "brackets", "liability", "scanned")
"""Rules that may come on top of another one."""

CODE, REP, ADDRESS, TWICE = 0.15, 0.6, 0.6, 0.15
"""Shares of rows that keep the code, the representative, the address; and that suffer a second, light rule."""


@dataclass(frozen=True)
class NoisyRow:
    """A row of the noisy list. ``truth``: the place of its firm in the registry, None where it is not there or is only
    the head office (``head``) of the row's branch.
    """

    name: str
    uscc: str | None
    rep: str | None
    address: str | None
    rule: str
    truth: int | None
    head: int | None


@dataclass(frozen=True)
class Registered:
    """A firm of the registry."""

    name: str
    uscc: str
    rep: str | None
    address: str | None


def noisy(registry: Sequence[Registered], strangers: Sequence[Registered], seed: int) -> list[NoisyRow]:
    """Every registered firm once under a rule drawn for it, and strangers, who must meet nobody, in the same way."""
    chance = random.Random(seed)
    rows = [_row(chance, firm, place) for place, firm in enumerate(registry)]
    rows += [_row(chance, firm, None) for firm in strangers]
    chance.shuffle(rows)
    return rows


def _row(chance: random.Random, firm: Registered, place: int | None) -> NoisyRow:
    order = chance.sample(list(RULES), len(RULES))
    rule, name = next((rule, made) for rule in order if (made := RULES[rule][1](chance, firm.name)))
    if chance.random() < TWICE and rule not in (*_LIGHT, "former", "branch"):
        again = [made for other in _LIGHT if len(name) > 6 and (made := RULES[other][1](chance, name))]
        name = chance.choice(again) if again else name
    is_branch = rule == "branch"
    code = firm.uscc if not is_branch and chance.random() < CODE else None
    address = firm.address if chance.random() < ADDRESS else None
    if address and chance.random() < 0.5:
        address = re.sub("^(?:[\u4e00-\u9fff]{2}省)?(?:[\u4e00-\u9fff]{2}市)?", "", address) or address
    return NoisyRow(
        name, code, firm.rep if chance.random() < REP and not is_branch else None,
        None if is_branch else address, rule, None if is_branch else place, place if is_branch else None,
    )  # fmt: skip
