"""Names, codes, numbers and addresses column-wise: each distinct text is normalised once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shujian.lake.columns.parts import Mask, matching, rejoined
from shujian.matching.firms import names as firm_names
from shujian.matching.firms import tax_numbers
from shujian.matching.normalise import address, org, person, phone, phone_parts, plate, plate_parts, uscc
from shujian.matching.normalise.text import MISSING


def _mapped(values: pa.Array, reader: Callable[[str], str | None]) -> pa.Array:
    encoded = values.dictionary_encode()
    answers = [reader(text) for text in encoded.dictionary.to_pylist()]
    return pa.array(answers, pa.string()).take(encoded.indices)


_remember = lru_cache(maxsize=1 << 16)
"""The same firms, towns and people come again in the next chunk."""

_person_name = _remember(person.normalise)
_person_key = _remember(person.key)
_org_full = _remember(org.full)
_org_core = _remember(org.core)
_uscc = _remember(uscc.parse)
_address = _remember(address.key)
_former = _remember(firm_names.former_core)
_first_former = _remember(firm_names.first_listed)
_parent = _remember(firm_names.parent_core)
_tax = _remember(tax_numbers.key)


def _uscc_text(text: str) -> str | None:
    found = _uscc(text)
    return None if found.state == "missing" else found.text


_READERS: dict[str, Callable[[str], str | None]] = {
    "person_name": _person_name,
    "org_name": _org_full,
    "uscc": _uscc_text,
    "phone": phone.normalise,
    "plate": plate.normalise,
}
_UNCHANGED = {"phone": "^1[0-9]{10}$", "person_name": "^[\u4e00-\u9fff]{2,4}$"}
"""Spellings that a normaliser leaves as they are."""

_NO_NAMES = pa.array(sorted(MISSING | person.NOT_NAMES))


def _unchanged(values: pa.Array, semantic: str) -> Mask:
    """Which cells the normaliser of a type would answer as they stand, with nothing more to say of them."""
    easy = matching(values, _UNCHANGED[semantic])
    if semantic == "person_name":  # a test holds that this agrees with ``person`` on every such name
        doubtful = pc.or_(pc.match_substring(values, "某"), pc.is_in(values, _NO_NAMES))
        easy &= ~np.asarray(pc.fill_null(doubtful, False), dtype=bool)
    return easy


_SHOWN_AS_WRITTEN = frozenset({"person_name", "org_name"})


def read_words(values: pa.Array, semantic: str) -> pa.Array:
    """The field's own column: normalised where the type has a normaliser, else the text as it stands.

    A name that has no comparable form (匿名, 张*) stays as written, so that a reader sees what the file says.
    """
    reader = _READERS.get(semantic)
    if reader is None:
        return values
    if semantic in _UNCHANGED:
        easy = _unchanged(values, semantic)
        if easy.all():
            return values
        hard = values.filter(pa.array(~easy))
        rest = _mapped(hard, reader)
        if semantic in _SHOWN_AS_WRITTEN:
            rest = pc.coalesce(rest, hard)
        return rejoined(easy, values.filter(pa.array(easy)), rest)
    read = _mapped(values, reader)
    return pc.coalesce(read, values) if semantic in _SHOWN_AS_WRITTEN else read


_Told = tuple[str | None, ...]
_MARKS: dict[str, tuple[tuple[str, ...], Callable[[str], _Told]]] = {
    "uscc": (("flag",), _remember(lambda text: (uscc.flag(_uscc(text)),))),
    "person_name": (("flag",), _remember(lambda text: (person.flag(text),))),
    "phone": (("flag", "mask", "other"), phone_parts.reading),
    "plate": (("flag", "mask"), plate_parts.reading),
}


def word_sides(values: pa.Array, semantic: str) -> dict[str, pa.Array]:
    """What the cells say besides their values, by suffix (see ``physical.SIDE_COLUMNS``); empty where all are plain."""
    if semantic not in _MARKS:
        return {}
    names, reader = _MARKS[semantic]
    if semantic in _UNCHANGED:
        easy = _unchanged(values, semantic)
        if easy.all():
            return {}
        values = pc.if_else(pa.array(easy), pa.scalar(None, pa.string()), values)
    encoded = values.dictionary_encode()
    told = [reader(text) for text in encoded.dictionary.to_pylist()]
    if not any(any(one) for one in told):
        return {}
    columns = zip(names, zip(*told, strict=True), strict=True)
    return {name: pa.array(column, pa.string()).take(encoded.indices) for name, column in columns}


def person_names(values: pa.Array) -> pa.Array:
    """Names as compared; null where there is nothing to compare."""
    easy = _unchanged(values, "person_name")
    if easy.all():
        return values
    return rejoined(easy, values.filter(pa.array(easy)), _mapped(values.filter(pa.array(~easy)), _person_key))


def org_names(values: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Full and core names of firms as compared."""
    return _mapped(values, _org_full), _mapped(values, _org_core)


def org_marks(values: pa.Array, told: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Cores of a former name (in brackets, else the first of those ``told``) and of a branch's head office."""
    return pc.coalesce(_mapped(values, _former), _mapped(told, _first_former)), _mapped(values, _parent)


def tax_keys(values: pa.Array) -> pa.Array:
    """What taxpayer numbers of every age are compared by; null elsewhere."""
    return _mapped(values, _tax)


def uscc_keys(values: pa.Array) -> pa.Array:
    """Valid credit codes; null elsewhere."""
    return _mapped(values, lambda text: _uscc(text).key)


def address_keys(values: pa.Array) -> pa.Array:
    """Addresses as compared."""
    return _mapped(values, _address)


def sexes(values: pa.Array) -> pa.Array:
    """男 or 女; null elsewhere."""
    known = {"男": "男", "男性": "男", "1": "男", "女": "女", "女性": "女", "2": "女"}
    return _mapped(values, lambda text: known.get(text.strip()))


def area_codes(values: pa.Array) -> pa.Array:
    """Six digits, the county part of any longer code; null elsewhere."""
    found = pc.extract_regex(values, r"^\s*(?P<area>[0-9]{6})[0-9]*\s*$")
    return pc.struct_field(found, "area") if len(values) else pa.array([], pa.string())
