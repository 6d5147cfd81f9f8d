"""Errors as RFC 9457 has them: ``application/problem+json``, Chinese words, stable codes, all faults at once.

Free of django-ninja, so that the pages' own error handlers may answer under ``/api/`` too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from django.http import HttpResponse

from shujian.accounts.errors import AccountUnknown, SignInRefused
from shujian.campaigns.errors import CampaignUnknown
from shujian.clues.errors import ClueUnknown
from shujian.kernel.errors import BadInput, Fault, GuardRefused, ShujianError
from shujian.lake.errors import UnknownSource
from shujian.lookups.errors import RowUnknown
from shujian.runs.errors import RunUnknown

MEDIA = "application/problem+json"
TITLES: Mapping[int, str] = {
    400: "请求不完整或写法不对", 401: "没有登录", 403: "没有这项权限", 404: "没有找到", 405: "这个地址不接受这种方法",
    409: "与现在的情况冲突", 412: "已被更新过", 413: "太大", 415: "类型不对", 422: "重复请求与原来的不一致",
    428: "须写明所依据的版本", 429: "请稍后再试", 500: "系统出错了", 503: "暂时不能办理",
}  # fmt: skip
UNKNOWN = (ClueUnknown, CampaignUnknown, AccountUnknown, RowUnknown, RunUnknown, UnknownSource)
_BY_CODE: Mapping[str, int] = {
    "unknown_step": 404, "unknown_model": 404, "not_found": 404, "stale": 412, "too_large": 413, "wrong_type": 415,
    "has_macros": 415, "sign_in_delayed": 429, "not_allowed": 403, "no_right": 403, "person_lookup": 403,
    "not_own": 403, "no_purpose": 400, "no_reason": 400, "factor_code": 400, "account_right": 403, "no_file": 404, "no_proposal": 409,
    "no_schedule": 409,
}  # fmt: skip
_REFUSED_INPUT = ("account_", "duty_")
"""Codes of refusals that are about what was typed."""
RETRY_AFTER = {429: 900, 409: 5, 503: 30}
"""Seconds. A delayed sign-in: as long as the delay may last (``accounts.signin``)."""


def status_of(error: ShujianError) -> int:
    """The HTTP status of an error: by its code where the code says more than the kind of error does."""
    codes = [fault.code for fault in error.faults]
    if isinstance(error, SignInRefused):
        return 429 if "sign_in_delayed" in codes else 401
    if isinstance(error, UNKNOWN):
        return 404
    if len(codes) == 1 and codes[0] in _BY_CODE:
        return _BY_CODE[codes[0]]
    if isinstance(error, BadInput):
        return 400
    if isinstance(error, GuardRefused):
        return 400 if codes[0].startswith(_REFUSED_INPUT) else 409
    return 503 if error.exit_code == 4 else 500


def of_error(error: ShujianError) -> HttpResponse:
    """The answer for an error that a room raised."""
    status = status_of(error)
    if status == 500:  # a broken seal and the like: true, and nothing that the asker can put right
        return problem(status, error.faults[0].code, error.faults[0].message)
    if status == 404:
        return not_found()
    return of_faults(status, error.faults)


def of_faults(status: int, faults: Iterable[Fault]) -> HttpResponse:
    """All faults in one answer; ``detail`` says them in words, ``code`` is the first one's."""
    told = list(faults)
    detail = "；".join(one.message for one in told[:20])
    errors = [
        {"code": one.code, "field": one.field, "found": one.found, "expected": one.expected, "message": one.message,
         "file": one.file, "line": one.line}
        for one in told[:200]
    ]  # fmt: skip
    return problem(status, told[0].code, detail, errors)


def problem(
    status: int, code: str, detail: str, errors: list[dict[str, str | int | None]] | None = None
) -> HttpResponse:
    """One problem document."""
    body = {
        "type": f"urn:shujian:error:{code}", "title": TITLES.get(status, "不能办理"), "status": status, "detail": detail, "code": code,
        "errors": errors or [],
    }  # fmt: skip
    answer = HttpResponse(json.dumps(_sayable(body), ensure_ascii=False), status=status, content_type=MEDIA)
    answer["Cache-Control"] = "no-store"
    if status in RETRY_AFTER:
        answer["Retry-After"] = str(RETRY_AFTER[status])
    return answer


def not_found() -> HttpResponse:
    """404: also for what this person may not know of. The same words whatever the reason."""
    return problem(404, "not_found", "没有找到：地址或编号不对，或者不在您的职责范围内")


def broken() -> HttpResponse:
    """500: nothing of what happened is told; the service log has it."""
    return problem(500, "broken", "系统出错了，刚才的操作可能没有生效。错误已写入服务日志，请联系系统管理员")


def codes_of(answer: HttpResponse) -> list[str]:
    """The codes that a problem answer names."""
    told = json.loads(answer.content)
    return sorted({told["code"], *(str(one["code"]) for one in told["errors"])})


def _sayable(value: object) -> object:
    """The same without what UTF-8 cannot write: what somebody sent may be quoted in an error."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {name: _sayable(one) for name, one in value.items()}
    return [_sayable(one) for one in value] if isinstance(value, list) else value
