"""The number that somebody types to ask about a subject, read as the lake reads numbers."""

from __future__ import annotations

import re

from shujian.kernel.errors import BadInput, Fault
from shujian.matching.normalise import id_card, uscc

_LIKE_ID = re.compile(r"[0-9*]{14,18}[0-9X*]?")
_LIKE_CODE = re.compile(r"[0-9A-Z]{2}[0-9]{6}[0-9A-Z]{10}")


def read_subject(typed: str) -> tuple[str, str]:
    """(kind, key) of a typed number: 15-digit, full-width and lower-case ones become what the lake compares.

    A text that is no number (a place) stays as it is. Raises BadInput for a number that is masked or fails its check,
    because the lake keys nobody by such a one, and "no record" would be a wrong answer.
    """
    card, code = id_card.parse(typed), uscc.parse(typed)
    if card.key:
        return "person", card.key
    if code.key:
        return "org", code.key
    if _LIKE_ID.fullmatch(card.text) or _LIKE_CODE.fullmatch(code.text):
        raise BadInput(
            Fault(
                code="bad_subject", message="号码校验不对或有掩码，不能凭它找到任何人",
                field="subject", expected="完整有效的身份证号码或统一社会信用代码",
            )
        )  # fmt: skip
    return "org", typed.strip()
