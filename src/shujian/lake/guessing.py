"""What kind of values a column holds, by its cells; and what its header says, by every known source."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from shujian.lake.reading.headers import bare_key
from shujian.lake.sources import SourceContract, header_key
from shujian.matching.normalise import dates, id_card, money, person, phone, plate, uscc

MOST = 0.6
"""Share of the filled cells that must be of a kind before the column is taken for it."""

_ORG = re.compile(
    "(公司|厂|店|中心|医院|学校|幼儿园|局|委员会|合作社|企业|商行|超市|银行|院|站|所|部|馆|队|集团|有限合伙)$"
)
_PLACE = re.compile("(省|市|县|区|镇|乡|街道|村|社区|路|街|巷|号|组|栋|小区)")
_CJK_NAME = re.compile("[\u4e00-\u9fff·]{2,12}")
_NUMBERED = re.compile(
    r"[A-Za-z0-9\-_/〔〕\[\]()（）年第号字\u4e00-\u9fff]*[0-9][A-Za-z0-9\-_/〔〕\[\]()（）年第号字\u4e00-\u9fff]*"
)
_INTEGER = re.compile(r"-?[0-9]{1,12}")
_DECIMAL = re.compile(r"-?[0-9]{1,12}\.[0-9]+")
_LON_LAT = re.compile(r"[0-9]{2,3}\.[0-9]{4,}")
_HAS_TIME = re.compile(r"[0-9]{1,2}[:时点][0-9]{1,2}")
_MONEY_WORDS = re.compile("金额|罚款|税额|价款|款额|工资|费用|金$|元")
_NAME_WORDS = re.compile("姓名|人$|名字|人员|户主|负责人|法定代表人|法人")
_NUMBER_WORDS = re.compile("编号|文号|号$|号码|案号|证号|代码")
_PLACE_WORDS = re.compile("地址|地点|住址|住所|位置")
_TIME_WORDS = re.compile("时间|日期|日$|年月")


def _date_like(cell: str) -> bool:
    return not _INTEGER.fullmatch(cell) and dates.parse_timestamp(cell) is not None


def _timed(cell: str) -> bool:
    """Whether a time of day is meant; sheets write midnight behind every plain date."""
    return _HAS_TIME.search(cell) is not None and not cell.endswith(" 00:00:00")


_KINDS: tuple[tuple[str, Callable[[str], bool], str], ...] = (
    (
        "id_card",
        lambda cell: id_card.parse(cell).state in ("valid", "masked"),
        "身份证号（校验位相符或掩码）",
    ),
    ("uscc", lambda cell: uscc.parse(cell).state == "valid", "统一社会信用代码（校验位相符）"),
    ("timestamp", lambda cell: _date_like(cell) and _timed(cell), "日期和时间"),
    ("date", _date_like, "日期"),
    ("plate", lambda cell: plate.normalise(cell) is not None, "车牌"),
    ("phone", lambda cell: len(cell) >= 7 and phone.normalise(cell) is not None, "电话号码"),
)


@dataclass(frozen=True)
class Kind:
    """A semantic type, how sure, and the reason in words."""

    type: str
    confidence: float
    why: str


def kind_of(title: str, cells: Sequence[str]) -> Kind:
    """The semantic type of a column by its filled cells, the header only breaking ties."""
    filled = [cell.strip() for cell in cells if cell and cell.strip()]
    if not filled:
        return Kind("text", 0.2, "列中没有值")
    for name, test, words in _KINDS:
        share = sum(map(test, filled)) / len(filled)
        if share >= MOST:
            return Kind(name, round(0.5 + share * 0.4, 2), f"{share:.0%} 的值是{words}")
    return _by_shape(title, filled)


def _share(filled: Sequence[str], pattern: re.Pattern[str]) -> float:
    return sum(1 for cell in filled if pattern.fullmatch(cell)) / len(filled)


def _by_shape(title: str, filled: Sequence[str]) -> Kind:
    bare = bare_key(title)
    amounts = sum(1 for cell in filled if money.parse_money(cell) is not None) / len(filled)
    if amounts >= MOST and _MONEY_WORDS.search(header_key(title)):
        return Kind("money", 0.8, f"{amounts:.0%} 的值是金额，表头含金额字样")
    if _share(filled, _LON_LAT) >= MOST and re.search("经|纬|坐标|lon|lat", header_key(title)):
        return Kind("lonlat", 0.8, "值像经纬度，表头也是")
    if _NUMBER_WORDS.search(bare) and _share(filled, _NUMBERED) >= MOST:
        return Kind("document_no", 0.7, "表头是编号，值含数字")
    if _share(filled, _INTEGER) >= 0.95:
        return Kind("integer", 0.7, "值都是整数")
    if _share(filled, _DECIMAL) + _share(filled, _INTEGER) >= 0.95:
        return Kind("decimal", 0.7, "值都是数字")
    return _by_words(bare, filled)


def _by_words(bare: str, filled: Sequence[str]) -> Kind:
    names = sum(1 for cell in filled if _CJK_NAME.fullmatch(cell) and person.normalise(cell)) / len(filled)
    short = sum(len(cell) for cell in filled) / len(filled)
    if _NAME_WORDS.search(bare) and names >= MOST and short <= 5:
        return Kind("person_name", 0.75, "表头指人，值像姓名")
    orgs = sum(1 for cell in filled if _ORG.search(cell)) / len(filled)
    if orgs >= MOST:
        return Kind("org_name", 0.7, f"{orgs:.0%} 的值像单位名称")
    places = sum(1 for cell in filled if len(_PLACE.findall(cell)) >= 2) / len(filled)
    if _PLACE_WORDS.search(bare) or places >= MOST:
        return Kind("address", 0.65, "表头或值像地址")
    if short <= 12 and len(set(filled)) <= max(2, len(filled) // 5):
        return Kind("category", 0.6, f"只有 {len(set(filled))} 种不同的值")
    return Kind("text", 0.5, "一般文字")


@dataclass(frozen=True)
class Known:
    """What a header means in some source."""

    source: str
    field: str
    type: str


class KnownHeaders:
    """Every title and alias of every source."""

    def __init__(self, contracts: Mapping[str, SourceContract]) -> None:
        self._full: dict[str, list[Known]] = defaultdict(list)
        self._bare: dict[str, list[Known]] = defaultdict(list)
        for contract in contracts.values():
            for field in contract.fields:
                known = Known(contract.id, field.id, field.type)
                for name in {header_key(name) for name in (field.id, field.title, *field.aliases)}:
                    self._full[name].append(known)
                for name in {bare_key(name) for name in (field.title, *field.aliases)}:
                    self._bare[name].append(known)

    def meanings(self, title: str) -> list[Known]:
        """Fields of any source that this header names."""
        return self._full.get(header_key(title)) or self._bare.get(bare_key(title)) or []

    def nearest(self, titles: Iterable[str]) -> tuple[str, int] | None:
        """The source that knows most of these headers, and how many; None where none knows any."""
        votes: Counter[str] = Counter()
        for title in titles:
            votes.update({known.source for known in self.meanings(title)})
        return min(votes.items(), key=lambda vote: (-vote[1], vote[0])) if votes else None
