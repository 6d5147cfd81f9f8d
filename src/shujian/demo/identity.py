"""Numbers that look right and can belong to nobody: area 999999, region 999999, phones from 100.

GB 11643 (identity numbers), GB 32100 with GB 11714 (credit codes). Written without the product's own
normalisers, so that a mistake there cannot hide here.
"""

from __future__ import annotations

from datetime import date

AREA = "999999"
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_VALUE = {letter: value for value, letter in enumerate(_USCC_ALPHABET)}
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORG_VALUE = {letter: value for value, letter in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}


def id_card(born: date, serial: int) -> str:
    """The 18-character number of the ``serial``-th (0–999) person born that day; odd serials are men."""
    if not 0 <= serial <= 999:
        raise ValueError("at most a thousand people are born on one day")
    body = f"{AREA}{born:%Y%m%d}{serial:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _ID_WEIGHTS, strict=True))
    return body + _ID_CHECKS[total % 11]


def short_id_card(number: str) -> str:
    """The 15-digit form that was in use before 1999; only for people born in the 1900s."""
    if number[6:8] != "19":
        raise ValueError("a 15-digit number cannot say another century")
    return number[:6] + number[8:17]


def masked_id_card(number: str) -> str:
    """First six and last four, as public pages print it."""
    return number[:6] + "*" * 8 + number[-4:]


def wrong_check(number: str) -> str:
    """The number with its last character altered, so that its check fails."""
    at = _ID_CHECKS.index(number[-1])
    return number[:-1] + _ID_CHECKS[(at + 1) % 11]


def uscc(serial: int, kind: str = "1") -> str:
    """The credit code of the ``serial``-th firm: 9 (registered by 市场监管), kind, region, organisation, check.

    The organisation begins with MA, as codes given since 2015 do; so no code can be taken for an identity number.
    """
    body = f"MA{serial:06d}"
    total = sum(_ORG_VALUE[letter] * weight for letter, weight in zip(body, _ORG_WEIGHTS, strict=True))
    left = 11 - total % 11
    organisation = body + {10: "X", 11: "0"}.get(left, str(left))
    code = f"9{kind}{AREA}{organisation}"
    value = sum(_USCC_VALUE[letter] * weight for letter, weight in zip(code, _USCC_WEIGHTS, strict=True))
    return code + _USCC_ALPHABET[(31 - value % 31) % 31]


def phone(serial: int) -> str:
    """Eleven digits that no operator gives out."""
    return f"100{serial % 100_000_000:08d}"


class Register:
    """Hands out identity numbers, never one twice."""

    def __init__(self) -> None:
        self._next: dict[tuple[date, int], int] = {}

    def issue(self, born: date, sex: str) -> str:
        """A fresh number for a person of this birth and sex (男/女)."""
        parity = 1 if sex == "男" else 0
        turn = self._next.get((born, parity), 0)
        if turn >= 500:
            raise ValueError("more than five hundred of one sex on one day")
        self._next[(born, parity)] = turn + 1
        # Spread over the day's serials, so that last fours differ as among people.
        return id_card(born, (born.toordinal() * 263 + turn * 7) % 500 * 2 + parity)
