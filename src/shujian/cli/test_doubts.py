"""Every flag that a normaliser can give is said in Chinese."""

from __future__ import annotations

from typing import get_args

from shujian.cli.doubts import FLAGS, in_words
from shujian.matching.normalise import (
    address_parts,
    coordinates,
    date_ranges,
    id_card,
    person,
    phone_parts,
    uscc,
)


def test_every_flag_is_said_in_chinese() -> None:
    given = {
        one
        for kind in (id_card.Flag, uscc.Flag, person.Flag, phone_parts.Flag, date_ranges.Precision, address_parts.Note,
                     coordinates.Reason)
        for one in get_args(kind)
    }  # fmt: skip
    assert given - {"day"} <= FLAGS.keys()
    assert in_words("two_towns region_differs") == "写了两个乡镇、与区划栏不一致"
