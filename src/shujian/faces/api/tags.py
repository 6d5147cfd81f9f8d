"""ETag and If-Match of a clue: its revision, and for a whole answer also a digest of what was shown.

``"7.3f2a…"`` is the tag of an answer; a change may rest on it or on ``"7"``, for only the revision is compared.
"""

from __future__ import annotations

import hashlib
import re

from django.http import HttpRequest, HttpResponse

from shujian.faces.api.problems import problem

_TAG = re.compile(r'"(\d{1,9})(?:\.[0-9a-f]{16})?"')


def revision_of(told: str | None) -> int | HttpResponse:
    """The revision that a change rests on, or the answer that says what is wrong with the header."""
    if not told:
        return problem(428, "no_if_match", "须在 If-Match 里写明所依据的版本：查看这条线索时给出的 ETag")
    found = _TAG.fullmatch(told.strip())
    if not found:
        return problem(400, "bad_if_match", 'If-Match 写法不对，应为查看这条线索时给出的一个 ETag，如 "7"')
    return int(found[1])


def tag(revision: int) -> str:
    """The tag of a revision alone."""
    return f'"{revision}"'


def whole(answer: HttpResponse, request: HttpRequest) -> HttpResponse:
    """Make the tag of an answer tell what was shown; 304 where the reader has exactly this already."""
    digest = hashlib.sha256(answer.content).hexdigest()[:16]
    answer["ETag"] = f'{answer["ETag"][:-1]}.{digest}"'
    held = [one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")]
    if answer["ETag"] not in held:
        return answer
    same = HttpResponse(status=304)
    same["ETag"] = answer["ETag"]
    return same
