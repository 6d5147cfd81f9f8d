"""Names of firms and bodies: the full name as compared, and the core that survives how people shorten it."""

from __future__ import annotations

import re
from collections.abc import Collection

from shujian.matching.normalise.text import fold, is_missing, over_unique, unify_brackets, upper

_PROVINCES = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|"
    "云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门"
)
_LEGAL_FORMS = (  # a longer form stands before the shorter one that ends it
    "集团股份有限公司|集团有限公司|股份有限公司|股份公司|集团总公司|集团公司|有限公司|总公司|公司|集团|厂|"
    "有限合伙企业|普通合伙企业|合伙企业|个人独资企业|农民专业合作社|专业合作社|合作社|个体工商户|个体户"
)
PUBLIC_BODY = re.compile(
    "(?:局|委|委员会|政府|法院|检察院|医院|学院|大学|学校|小学|中学|幼儿园|办公室|办事处|中心|站|所|队|会)$"
)

_QUOTES = str.maketrans(dict.fromkeys("'\"`‘’“”", ""))
_EDGE = ",，;；:：。.、·"
_SYNONYMS = (("有限责任公司", "有限公司"), ("有限责任", "有限"), ("股份有限责任公司", "股份有限公司"))
_FORM = re.compile(f"(?:{_LEGAL_FORMS})$")
_INNER_FORM = re.compile("(?:股份)?有限公司(?=.)")
_BRACKET = re.compile(r"\(([^()]*)\)")
_FORM_IN_BRACKET = re.compile(
    "(?:有限公司|股份有限公司|有限合伙|(?:特殊)?普通合伙|合伙|个人独资|个体工商户|个体|集团|股份|有限|中国)(?:企业)?"
)
_FORMER_NAME = re.compile("(?:曾用名|原名|原|又名|前身).*")
_MARKED_REGION = re.compile("[\u4e00-\u9fff]{1,8}(?:省|自治区|市|县|区|旗|镇|乡|村|街道|自治州|州|盟)")
_SHORT_PLACE = re.compile("[\u4e00-\u9fff]{2,4}")
_PROVINCE_PREFIX = re.compile(f"(?:中国)?(?:{_PROVINCES})(?:壮族|回族|维吾尔)?(?:省|自治区|特别行政区|市)?")
# One level such as 示例市 or 示例县: two to six characters and a mark that is not the end of a common word.
_LEVEL_PREFIX = re.compile(
    "(?:(?!集团|公司|银行)[\u4e00-\u9fff]){1,4}?(?:(?<![超夜菜城都股上门闹集早])市(?![场政容区民])|县(?!城)"
    "|(?<![社小园校景矿林城山库地片辖特军灾片营])区(?![域])|自治州|自治县|自治旗|地区|(?<=[左右前后中翼])旗(?![舰帜下袍]))"
)
_SHORTEST = 2


def full(text: str | None) -> str | None:
    """The whole name in one spelling, or None: NFKC, no spaces, one bracket, 有限责任公司 → 有限公司."""
    if text is None:
        return None
    name = unify_brackets(upper(fold(text))).translate(_QUOTES).strip(_EDGE)
    for long, short in _SYNONYMS:
        name = name.replace(long, short)
    return None if is_missing(name) else name


def core(text: str | None, regions: Collection[str] = ()) -> str | None:
    """The trade name without what people leave out, or None: 省/市/县 before it, a region or a legal form in
    brackets, the legal form behind it. ``regions`` are the county's own names, left out even without 市 or 县
    (醴陵鸿达陶瓷 → 鸿达陶瓷). A cut that would leave fewer than two characters is not made, and a public body
    keeps its region, because 示例县公安局 without it names nobody.
    """
    name = full(text)
    if name is None:
        return None
    bare = _without_brackets(name, regions)
    stripped = _without_form(bare)
    if stripped == bare and PUBLIC_BODY.search(bare):
        return bare
    return _without_regions(stripped, tuple(regions))


def full_many(values: list[str | None]) -> list[str | None]:
    """``full`` over a column, once per distinct value."""
    return over_unique(full, values)


def core_many(values: list[str | None], regions: Collection[str] = ()) -> list[str | None]:
    """``core`` over a column, once per distinct value."""
    return over_unique(lambda value: core(value, regions), values)


def _without_brackets(name: str, regions: Collection[str]) -> str:
    def replaced(found: re.Match[str]) -> str:
        inside, after = found.group(1), found.string[found.end() :]
        drop = (
            not inside
            or _FORM_IN_BRACKET.fullmatch(inside)
            or _FORMER_NAME.fullmatch(inside)
            or _MARKED_REGION.fullmatch(inside)
            or inside in regions
            or _PROVINCE_PREFIX.fullmatch(inside)
            or (_SHORT_PLACE.fullmatch(inside) and _FORM.fullmatch(after))
        )
        return "" if drop else inside

    bare = name
    while (shorter := _BRACKET.sub(replaced, bare)) != bare:
        bare = shorter
    bare = bare.replace("(", "").replace(")", "")
    return bare if len(bare) >= _SHORTEST else name


def _without_form(name: str) -> str:
    cut = _INNER_FORM.sub("", name)
    name = cut if len(cut) >= _SHORTEST else name
    if name.endswith("分公司"):
        return name
    while (found := _FORM.search(name)) and found.start() >= _SHORTEST:
        name = name[: found.start()]
    return name


def _without_regions(name: str, regions: tuple[str, ...]) -> str:
    prefixes = [_PROVINCE_PREFIX, _LEVEL_PREFIX]
    if regions:
        names = "|".join(re.escape(region) for region in sorted(regions, key=len, reverse=True) if region)
        prefixes.insert(0, re.compile(f"(?:{names})(?:省|市|县|区|镇|乡)?"))
    cut = True
    while cut:
        cut = False
        for prefix in prefixes:
            found = prefix.match(name)
            if found and len(name) - found.end() >= _SHORTEST:
                name, cut = name[found.end() :], True
    return name
