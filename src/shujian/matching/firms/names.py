"""What a firm's written name says beside its trade name: former names, the head office, the county, a damaged ending."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shujian.matching.normalise import org

_FORMER = re.compile(r"\((?:曾用名|原名称|原名|又名|前身为|前身|原)[:：为]?([^()]{3,})\)")
_LABELLED = re.compile(r"\((?:字号|店名|招牌)[:：]?([^()]{2,})\)")
_PARTS = re.compile("[、,，;；/]")
_UNIT = (
    "分公司|支公司|分厂|分店|分行|支行|分社|分院|分校|分部|分所|营业部|营业厅|营业所|营销服务部|服务部|经营部|门市部|"
    "供应站|加油站|项目部|办事处|代表处|分理处|储蓄所|直营店|专卖店|连锁店|旗舰店|[一二三四五六七八九十]+号?店|店"
)
_LAST_UNIT = re.compile(f"(?:{_UNIT})$")
_FORM = "股份有限公司|集团有限公司|有限公司|集团公司|总公司|股份公司|公司|集团"
_BRANCH = re.compile(f"(?P<head>.{{2,}}?(?:{_FORM}))(?P<mark>.*(?:{_UNIT}))")
_BARE_BRANCH = re.compile(
    "(?P<head>.{4,}?)(?P<mark>(?:第?[一二三四五六七八九十0-9]+)?(?:分公司|分厂|分店|分社|分院|分校|分部|分所))"
)
_MARKED = re.compile(
    "(?:[\u4e00-\u9fff]{2,3}省)?([\u4e00-\u9fff]{2,4}?)"
    "(?:(?<![超夜菜城都股门集上早])市(?![场政容区民])|县(?!城)|(?<![社小园校景矿林库片军灾新发术])区(?![域]))"
)

_WHOLE_FORM = "(?:有限公司|总公司|集团公司|股份公司)$"
# One slip in 有限公司 at the end of a name: a character lost, added, changed, or two swapped.
_DAMAGED = re.compile(
    "(?:有限责任[公司]|有限[责任]公司|有责任公司|限责任公司|有限.公司|有.限公司|有限公.司|限有公司|有公限司|有限司公"
    "|有限公.|有限.司|有.公司|有限公|有限司|有公司|限公司)$"
)


def former_names(text: str | None) -> tuple[str, ...]:
    """Former names that a name bears in brackets (``（原…）``, ``（曾用名：…）``), as compared; in their order."""
    name = org.full(text)
    if name is None or "(" not in name:
        return ()
    found = [part for inside in _FORMER.findall(name) for part in _PARTS.split(inside)]
    return tuple(dict.fromkeys(full for part in found if (full := org.full(part))))


def shop_names(text: str | None) -> tuple[str, ...]:
    """Trade signs in brackets (``（字号：…）``) of a trader, as compared."""
    name = org.full(text)
    return () if name is None else tuple(dict.fromkeys(_LABELLED.findall(name)))


def head_office(text: str | None) -> tuple[str, str] | None:
    """The full name of the head office that a branch's name states, and the branch's mark; None for no branch."""
    name = org.full(text)
    if name is None:
        return None
    bare = _FORMER.sub("", name)
    if not _LAST_UNIT.search(bare):
        return None
    found = _BRANCH.fullmatch(bare) or _BARE_BRANCH.fullmatch(bare)
    return (found["head"], found["mark"]) if found and found["mark"] else None


def former_core(text: str | None) -> str | None:
    """The core of the first former name in brackets; None where there is none."""
    found = former_names(text)
    return org.core(found[0]) if found else None


def first_listed(text: str | None) -> str | None:
    """The core of the first name of a list of former names (、 and , part them); None for an empty one."""
    found = (org.core(part) for part in listed(text))
    return next((core for core in found if core is not None), None)


def listed(text: str | None) -> tuple[str, ...]:
    """The names of a list written into one cell, as they stand."""
    return () if text is None else tuple(part.strip() for part in _PARTS.split(text) if part.strip())


def parent_core(text: str | None) -> str | None:
    """The core of the head office of a branch; None for a firm that is no branch by its name."""
    found = head_office(text)
    return org.core(found[0]) if found else None


def regions_of(names: Iterable[str | None], *, least: int) -> tuple[str, ...]:
    """Places that names begin with, written with 市, 县 or 区 in at least ``least`` of them; longest first.

    From 示例市鸿达陶瓷 follows that 示例鸿达陶瓷 begins with a place too.
    """
    counted: Counter[str] = Counter()
    for name in names:
        found = _MARKED.match(org.full(name) or "")
        if found:
            counted[found[1]] += 1
    kept = [place for place, count in counted.items() if count >= least]
    return tuple(sorted(kept, key=lambda place: (-len(place), place)))


# What is left of a form inside a branch's name, whole or with a slip: 示例银行股份(有限公司)河西支行, 示例建工有公司一分公司.
_INNER = "^(.{2,}?)(?:股份(?:有限|有|限)?(?:公司|公|司)?|有限(?:责任)?[公司]|有限[责任]公司|有责任公司|限责任公司|有公司|限公司)(.+)$"


def tightened(cores: pa.Array, fulls: pa.Array, regions: Collection[str] = ()) -> pa.Array:
    """Cores as stored at ingest, less the given places before them; read anew where 有限公司 was written with a slip.

    Never cuts below two characters. A public body keeps its place: 示例公安局 stays.
    """
    found = pc.replace_substring_regex(_repaired(cores, fulls), _INNER, r"\1\2")
    places = "|".join(re.escape(place) for place in sorted(regions, key=len, reverse=True) if place)
    if not places:
        return found
    bare = pc.replace_substring_regex(found, f"^(?:(?:{places})[省市县区]?)+(.{{2,}})$", r"\1")
    return pc.if_else(pc.match_substring_regex(fulls, org.PUBLIC_BODY.pattern), found, bare)


def _repaired(cores: pa.Array, fulls: pa.Array) -> pa.Array:
    broken = pc.and_(
        pc.match_substring_regex(fulls, _DAMAGED.pattern),
        pc.invert(pc.match_substring_regex(fulls, _WHOLE_FORM)),
    )
    rows = np.flatnonzero(np.asarray(pc.fill_null(broken, False)))
    if not len(rows):
        return cores
    repaired = [org.core(_DAMAGED.sub("有限公司", name)) for name in fulls.take(pa.array(rows)).to_pylist()]
    return pc.replace_with_mask(cores, pc.fill_null(broken, False), pa.array(repaired, pa.string()))
