"""Headers that every answer carries. No inline style or script is allowed, and pages make no outside call."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shujian.kernel.controls import found_in

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def plain_words(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse a form or an address that holds signs which cannot be stored or shown, before any view sees it.

    Names of uploaded files lose such signs in Django already. The API looks for itself, in bodies too, and answers as it does.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/api/"):
            return get_response(request)
        told = [text for form in (request.GET, request.POST) for _, texts in form.lists() for text in texts]
        signs = found_in("".join(str(one) for one in told))
        return _refused(request, signs) if signs else get_response(request)

    return answer


def _refused(request: HttpRequest, signs: str) -> HttpResponse:
    words = f"填写的内容里有不能保存或者会让人看错的控制字符（{signs}），没有保存任何内容。请删掉后重新提交。"
    told = {"status": 400, "title": "内容里有控制字符", "words": words}
    return render(request, "plain/refusal.html", told, status=400)


def security_headers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Add ``HEADERS``; pages that are not static files are never stored by a browser or a proxy."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer
