"""What a clue is called: a number for people, a key for the machine."""

from __future__ import annotations

import re

from shujian.clues.errors import ClueUnknown
from shujian.kernel.errors import Fault
from shujian.kernel.secrets import pseudonym
from shujian.supervision.read import Hit


def number_of(pk: int) -> str:
    """``XS000123``: what pages, commands and the audit chain call a clue."""
    return f"XS{pk:06d}"


def pk_of(number: str) -> int:
    """The row behind a number; ``123`` is taken too. Raises ClueUnknown for anything else."""
    found = re.fullmatch(r"(?:XS)?0*(\d{1,15})", number.strip().upper())
    if not found:
        raise unknown(number)
    return int(found[1])


def unknown(number: str) -> ClueUnknown:
    """The one answer for a clue that is not there and for one that the reader may not know of."""
    return ClueUnknown(
        Fault(
            code="unknown_clue",
            message="没有这条线索",
            found=number[:40],
            expected="形如 XS000123 的线索编号",
        )
    )


def key_of(model: str, hit: Hit) -> str:
    """The identity of a clue: model, emit, kind and subject; a keyed digest, so that it reveals no subject."""
    return pseudonym("clue", "\x1f".join((model, hit.emit, hit.subject_kind, hit.subject_id)))


def subject_key_of(hit: Hit) -> str:
    """The stable handle of the subject across models."""
    return pseudonym(hit.subject_kind, hit.subject_id)


def unknown_subject(subject_key: str) -> ClueUnknown:
    """No clue is about a subject of this key."""
    return ClueUnknown(
        Fault(
            code="unknown_subject", message="没有线索涉及这个主体", found=subject_key[:40],
            expected="clue list 给出的 subject_key；未成线索的，写 - 并从标准输入给出号码",
        )
    )  # fmt: skip


def judgement_number(pk: int) -> str:
    """``RD000012``: what pages, commands and the audit chain call a judgement."""
    return f"RD{pk:06d}"


def judgement_pk(number: str) -> int:
    """The row behind a judgement's number; ``12`` is taken too. Raises ClueUnknown for anything else."""
    found = re.fullmatch(r"(?:RD)?0*(\d{1,15})", number.strip().upper())
    if not found:
        raise unknown_judgement(number)
    return int(found[1])


def unknown_judgement(number: str) -> ClueUnknown:
    """No judgement of this number, or none that the reader may know of."""
    return ClueUnknown(
        Fault(
            code="unknown_judgement", message="没有这条认定", found=number[:40], expected="形如 RD000012 的认定编号",
        )
    )  # fmt: skip
