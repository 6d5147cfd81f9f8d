"""What a firm's written name says beside its trade name: former names, the head office, the county, a damaged ending."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from shujian.matching.firms.parts import PART, in_parts
from shujian.matching.normalise import org

_FORMER = re.compile(r"\((?:曾用名|原名称|原名|又名|前身为|前身|原)[:：为]?((?:[^()]|\([^()]*\)){3,})\)")
_LABELLED = re.compile(r"\((?:字号|店名|招牌)[:：]?([^()]{2,})\)")
_PARTS = re.compile("[、,，;；/]")
_UNIT = (
    "分公司|支公司|分厂|分店|分行|支行|分社|分院|分校|分部|分所|营业部|营业厅|营业所|营销服务部|服务部|经营部|门市部|"
    "供应站|加油站|项目部|办事处|代表处|分理处|储蓄所|直营店|专卖店|连锁店|旗舰店|[一二三四五六七八九十]+号?店|店"
)
_LAST_UNIT = re.compile(f"(?:{_UNIT})$")
FORM_AT_END = "(?:公司|集团|厂|合作社|合伙|企业|部|店|所|场|社|行)[)]?$"
"""The end of a whole name; an abbreviation has none."""
_FORM = "股份有限公司|集团有限公司|有限公司|集团公司|总公司|股份公司|公司|集团"
_BRANCH = re.compile(f"(?P<head>.{{2,}}?(?:{_FORM}))(?P<mark>.*(?:{_UNIT}))")
_BARE_BRANCH = re.compile(
    "(?P<head>.{4,}?)(?P<mark>(?:第?[一二三四五六七八九十0-9]+)?(?:分公司|分厂|分店|分社|分院|分校|分部|分所))"
)
_MARKED = re.compile(
    "(?:[\u4e00-\u9fff]{2,3}省)?([\u4e00-\u9fff]{2,4}?)"
    "(?:(?<![超夜菜城都股门集上早])市(?![场政容区民])|县(?!城)|(?<![社小园校景矿林库片军灾新发术])区(?![域]))"
)

_WHOLE_FORMS = ("有限公司", "总公司", "集团公司", "股份公司")
Mask = npt.NDArray[np.bool_]


def _slips(form: str) -> list[str]:
    """Patterns of a legal form with one slip: a character lost, added, changed, or two neighbours swapped. The first
    character is not taken for another one: what stands there may belong to the trade name.
    """
    size = range(len(form))
    changed = [f"{form[:place]}.{form[place + 1 :]}" for place in size if place]
    added = [f"{form[:place]}.{form[place:]}" for place in size if place]
    swapped = [form[:place] + form[place + 1] + form[place] + form[place + 2 :] for place in size[:-1]]
    lost = [form[:place] + form[place + 1 :] for place in size]
    return [*added, *swapped, *changed, *lost]


_FORMS_WITH_SLIPS = "|".join([*_slips("有限责任公司"), *_slips("有限公司")])
_DAMAGED = re.compile(f"(?:{_FORMS_WITH_SLIPS})$")
# What is left of a form inside a branch's name, whole or with a slip: 示例银行股份(有限公司)河西支行, 示例建工有公司一分公司.
_INNER = f"^(.{{2,}}?)(?:股份(?:有限公司|有限|有|限)?(?:公司|公|司)?|{_FORMS_WITH_SLIPS}|有限(?:责任)?)(.+)$"


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


def regions_of(names: Mapping[str, int], *, least: int) -> tuple[str, ...]:
    """Places that names (or their beginnings, with how many have each) begin with, written with 市, 县 or 区 in at least
    ``least`` of them; longest first. From 示例市鸿达陶瓷 follows that 示例鸿达陶瓷 begins with a place too.
    """
    counted: Counter[str] = Counter()
    for name, count in names.items():
        found = _MARKED.match(name)
        if found:
            counted[found[1]] += count
    kept = [place for place, count in counted.items() if count >= least]
    return tuple(sorted(kept, key=lambda place: (-len(place), place)))


def tightened(cores: pa.Array, fulls: pa.Array, regions: Collection[str] = ()) -> pa.Array:
    """Cores as stored at ingest, less the given places before them; read anew where 有限公司 was written with a slip.

    Never cuts below two characters. A public body keeps its place: 示例公安局 stays.
    """
    if len(cores) > PART:
        parts = in_parts(
            lambda start: tightened(cores.slice(start, PART), fulls.slice(start, PART), regions), len(cores)
        )
        return pa.concat_arrays(parts)
    whole = _where(_repaired(cores, fulls), _any(cores, _TRACES, pc.match_substring), _without_inner)
    told = sorted({place for place in regions if place}, key=lambda place: (-len(place), place))
    begins = np.flatnonzero(_any(whole, told, pc.starts_with))
    public = pc.match_substring_regex(fulls.take(pa.array(begins)), org.PUBLIC_BODY.pattern)
    cut = np.zeros(len(whole), dtype=bool)
    cut[begins] = ~np.asarray(pc.fill_null(public, False), dtype=bool)
    pattern = f"^(?:(?:{'|'.join(map(re.escape, told))})[省市县区]?)+(.{{2,}})$"
    return _where(whole, cut, lambda some: pc.replace_substring_regex(some, pattern, r"\1"))


_TRACES = ("有", "限", "股份")
"""Without one of these in it, a core holds no rest of a form."""


def _without_inner(cores: pa.Array) -> pa.Array:
    return pc.replace_substring_regex(cores, _INNER, r"\1\2")


def _any(values: pa.Array, signs: Collection[str], test: Callable[..., pa.Array]) -> Mask:
    found = np.zeros(len(values), dtype=bool)
    for sign in signs:
        found |= np.asarray(pc.fill_null(test(values, sign), False), dtype=bool)
    return found


def _where(values: pa.Array, chosen: Mask, change: Callable[[pa.Array], pa.Array]) -> pa.Array:
    """The column with its chosen texts changed."""
    if not chosen.any():
        return values
    return pc.replace_with_mask(values, pa.array(chosen), change(values.filter(pa.array(chosen))))


def _repaired(cores: pa.Array, fulls: pa.Array) -> pa.Array:
    suspect = ~_any(fulls, _WHOLE_FORMS, pc.ends_with) & np.asarray(fulls.is_valid())
    rows = np.flatnonzero(suspect)
    broken = pc.match_substring_regex(fulls.take(pa.array(rows)), _DAMAGED.pattern)
    damaged = np.zeros(len(fulls), dtype=bool)
    damaged[rows] = np.asarray(pc.fill_null(broken, False), dtype=bool)
    if not damaged.any():
        return cores
    repaired = [
        org.core(_DAMAGED.sub("有限公司", name)) for name in fulls.filter(pa.array(damaged)).to_pylist()
    ]
    return pc.replace_with_mask(cores, pa.array(damaged), pa.array(repaired, pa.string()))
