"""调取数据函: for each body that holds data of a model, the request with the least fields, made from the compiled plan.

The rule itself is not told: the addressee is often the one that is supervised. What each field is for is told in
general words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from shujian.kernel.clock import today
from shujian.lake.read import SourceContract
from shujian.supervision.adapting import base_of
from shujian.supervision.check import compile_only
from shujian.supervision.letter_terms import Terms, letter_terms
from shujian.supervision.library import Model
from shujian.supervision.lineage import FieldRead, fields_read
from shujian.supervision.necessity import read_necessity
from shujian.supervision.parameters import parameter_book
from shujian.supervision.spec import ModelSpec

_IDENTITY = {"name", "id_card", "birth", "sex", "area", "uscc", "tax", "former", "address", "lon", "lat"}
_WRITTEN = {
    "id_card": "18 位，按文本", "uscc": "18 位，按文本", "date": "年月日", "timestamp": "年月日时分", "money": "元",
    "integer": "整数", "decimal": "数字", "lonlat": "度，注明坐标系", "document_no": "按文本",
}  # fmt: skip
_UNITS = {"D": "日", "W": "周", "M": "个月", "Y": "年"}
_USES = {"row": "确认是哪一条记录", "shut": "先行剔除依法不应入库的记录"}
OWN = "本院"


@dataclass(frozen=True)
class AskedField:
    """One field of a request: what it is called, how it is to be written, what it is for."""

    id: str
    title: str
    written: str
    sensitivity: str
    use: str
    reason: str
    readers: tuple[str, ...]


@dataclass(frozen=True)
class AskedSource:
    """One list that is asked for."""

    id: str
    title: str
    aliases: tuple[str, ...]
    fields: tuple[AskedField, ...]
    left_out: tuple[str, ...]
    """Titles of the fields of this list that are not asked for."""
    period: str
    cadence: str
    fresh_days: int
    retain: str
    purpose: str
    agreement: str | None
    basis: tuple[str, ...]


@dataclass(frozen=True)
class Letter:
    """A request to one body. ``own``: to a department of this office, which needs no letter but the same list."""

    to: str
    own: bool
    title: str
    opening: str
    sources: tuple[AskedSource, ...]
    terms: tuple[tuple[str, tuple[str, ...]], ...]
    """Further heads with their lines."""
    unverified: tuple[str, ...]
    made_on: date


@dataclass(frozen=True)
class Part:
    """A paragraph of a request, or the table of the fields of one list. ``look``: plain, title, middle, right, table."""

    text: str
    look: str = "plain"
    fields: tuple[AskedField, ...] = ()


@dataclass(frozen=True)
class Letters:
    """All requests of a model, and the titles of the lists that nobody need be asked for."""

    model: str
    title: str
    letters: tuple[Letter, ...]
    inside: tuple[str, ...]


def letters_of(model: Model, day: date | None = None) -> Letters:
    """The requests of a model, by body. Raises BadInput for a model that does not compile."""
    on = day or today()
    plan = compile_only(model, on)
    read, bases = fields_read(plan), {base_of(one).id: base_of(one) for one in plan.contracts.values()}
    bodies: dict[str, list[AskedSource]] = {}
    for name, contract in bases.items():
        if contract.inside is None:
            bodies.setdefault(contract.provider, []).append(_asked(model, contract, read[name], on))
    return Letters(
        model.spec.id, model.spec.title, tuple(_letter(model.spec, to, tuple(asked), on) for to, asked in bodies.items()),
        tuple(contract.title for contract in bases.values() if contract.inside is not None),
    )  # fmt: skip


def _asked(model: Model, contract: SourceContract, read: Iterable[FieldRead], on: date) -> AskedSource:
    aliases = tuple(alias for alias, need in model.spec.needs.items() if need.source == contract.id)
    note = read_necessity(model)
    told = dict.fromkeys(note.periods[alias] for alias in aliases if note and alias in note.periods)
    fields = tuple(_field(contract, one) for one in read)
    asked = {one.id for one in fields}
    days = [model.spec.needs[alias].fresh_days() for alias in aliases]
    return AskedSource(
        id=contract.id, title=contract.title, aliases=aliases, fields=fields,
        left_out=tuple(one.title for one in contract.fields if one.id not in asked),
        period="；".join(told) or "（请在此写明所需时段）", cadence=_each(contract.cadence),
        fresh_days=min((each for each in days if each is not None), default=contract.fresh_days),
        retain=_long(contract.agreement.retain) if contract.agreement.retain else _default_months(on),
        purpose=contract.agreement.purpose, agreement=contract.agreement.number,
        basis=tuple(cited(one.law, one.article) for one in contract.basis),
    )  # fmt: skip


def _field(contract: SourceContract, read: FieldRead) -> AskedField:
    spec = contract.field(read.field)
    assert spec is not None
    compared = any(not reader.partition(".")[2].startswith("emit:") for reader in read.readers)
    whose = any(
        field == read.field and role in _IDENTITY
        for form in contract.subjects.values()
        for role, field in form.links().items()
    )
    used = (
        "核对是否同一人、同一单位或同一地点" if whose and compared else "比对" if compared else "核查时的依据"
    )
    return AskedField(
        spec.id, spec.title, _WRITTEN.get(spec.type, "文字"), spec.sensitivity, _USES.get(read.reason, used),
        read.reason, read.readers,
    )  # fmt: skip


def _letter(spec: ModelSpec, to: str, sources: tuple[AskedSource, ...], on: date) -> Letter:
    terms, own = letter_terms(), to.startswith(OWN)
    grounds = [
        (one.law, one.article, one.verified) for one in (*terms.in_force(on), *spec.basis) if one.in_force(on)
    ]
    law = "、".join(dict.fromkeys(cited(name, article) for name, article, _ in grounds))
    names = "、".join(f"“{one.title}”" for one in sources)
    body = "你部门" if own else "你单位"
    opening = (
        f"为依法履行法律监督职责，我院拟就“{spec.title}”（{spec.taxonomy.programme}）开展监督。根据{law}，请{body}提供{names}。"
        "现将所需数据的最小范围函告如下，请予支持。"
    )
    return Letter(
        to=to, own=own, title=f"关于{'提取' if own else '调取'}{names}的{'通知' if own else '函'}", opening=opening, sources=sources,
        terms=_terms(terms, spec, sources),
        unverified=tuple(dict.fromkeys(cited(name, article) for name, article, sure in grounds if not sure)), made_on=on,
    )  # fmt: skip


def _terms(
    terms: Terms, spec: ModelSpec, sources: tuple[AskedSource, ...]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    kept = "；".join(dict.fromkeys(f"“{one.title}”{one.retain}" for one in sources))
    keeping = (
        f"收到的数据保存期限：{kept}；期满删除并留有销毁记录。由比对得出的线索保存 {_long(spec.privacy.retain)}。",
        f"只由{'、'.join(spec.units())}的承办人使用。比对结果只是线索，由人核实后认定，不据此直接作出对任何人不利的决定。",
    )
    return (("数据格式", terms.format), ("使用与保存", keeping), ("安全", terms.safety))


def cited(law: str, article: str | None) -> str:
    """《刑事诉讼法》第 177 条第三款; several articles stand side by side."""
    return f"《{law}》" + "、".join(_article(part) for part in (article or "").split("、") if part.strip())


def _article(written: str) -> str:
    number = "".join(sign for sign in written.strip() if sign.isascii() and sign.isdigit())
    text = written.strip()
    return f"第{number}条{text.removeprefix(number)}" if number and text.startswith(number) else text


def _each(period: str) -> str:
    return (
        "每" + _long(period).removeprefix("1 ").removeprefix("个")
        if period[1:-1] == "1"
        else f"每 {_long(period)}"
    )


def _long(period: str) -> str:
    """How long ``P36M``, or ``3y`` as a model writes it, is in words."""
    return f"{period.removeprefix('P')[:-1]} {_UNITS[period[-1].upper()]}"


def _default_months(on: date) -> str:
    return f"{parameter_book().value('retention.default_months', on)} 个月"


def letter_parts(letter: Letter) -> list[Part]:
    """The request in the order of a letter; what a person must fill in stands open."""
    number = f"　　检数调〔{letter.made_on.year}〕　号"
    parts = [
        Part("（院名）", "middle"), Part(letter.title, "title"), Part(number), Part(""), Part(f"{letter.to}："),
        Part(f"　　{letter.opening}"),
    ]  # fmt: skip
    for head, source in enumerate(letter.sources, start=1):
        parts.append(Part(f"　　{_numeral(head)}、{source.title}"))
        parts += [Part(f"　　{line}") for line in _source_lines(source)]
        parts.append(Part("", "table", source.fields))
    for head, (title, lines) in enumerate(letter.terms, start=len(letter.sources) + 1):
        parts.append(Part(f"　　{_numeral(head)}、{title}"))
        parts += [Part(f"　　{place}. {line}") for place, line in enumerate(lines, start=1)]
    parts += [
        Part("　　联系人：　　　　　　电话：　　　　　　"), Part(""), Part("（院名）（印章）", "right"), Part(chinese_day(letter.made_on)),
    ]  # fmt: skip
    if letter.unverified:
        parts += [Part(""), Part(f"［签发前核对原文，成文时删去本行：{'、'.join(letter.unverified)}］")]
    return parts


def letter_text(letter: Letter) -> str:
    """The request as plain text."""
    lines: list[str] = []
    for part in letter_parts(letter):
        rows = [(one.title, one.written, one.use) for one in part.fields]
        told = [f"　　　　{place}. {' ｜ '.join(row)}" for place, row in enumerate(rows, start=1)]
        lines += told if part.look == "table" else [part.text]
    return "\n".join(lines) + "\n"


def _source_lines(source: AskedSource) -> list[str]:
    """What is said of one list before its fields."""
    number = f"（{source.agreement}）" if source.agreement else ""
    return [
        f"用途：{source.purpose}{number}。",
        f"提供依据：{'、'.join(source.basis) or '（请在此写明）'}。",
        f"时段：{source.period.rstrip('。')}。",
        f"周期：{source.cadence}一次；数据截止日距使用之日不超过 {source.fresh_days} 日。",
        f"字段（{len(source.fields)} 项，其余字段不需要）：",
    ]


def chinese_day(day: date) -> str:
    """2026年3月5日, no zero before month or day."""
    return f"{day.year}年{day.month}月{day.day}日"


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    digits = "零一二三四五六七八九"
    return (("" if tens == 1 else digits[tens]) + "十" if tens else "") + (
        digits[ones] if ones or not tens else ""
    )


def as_items(found: Letters) -> list[Mapping[str, object]]:
    """The requests as plain items."""
    return [
        {
            "to": one.to, "own": one.own, "title": one.title, "made_on": one.made_on, "unverified": list(one.unverified),
            "text": letter_text(one),
            "sources": [
                {
                    "id": each.id, "title": each.title, "aliases": list(each.aliases), "period": each.period,
                    "cadence": each.cadence, "fresh_days": each.fresh_days, "retain": each.retain, "purpose": each.purpose,
                    "basis": list(each.basis), "left_out": list(each.left_out),
                    "fields": [
                        {"id": item.id, "title": item.title, "sensitivity": item.sensitivity, "use": item.use,
                         "reason": item.reason, "readers": list(item.readers)}
                        for item in each.fields
                    ],
                }
                for each in one.sources
            ],
        }
        for one in found.letters
    ]  # fmt: skip
