"""Pages for what did not work. They say what to do next, and nothing about what may exist."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shujian.faces.api import problems


def _page(request: HttpRequest, status: int, title: str, words: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return problems.problem(status, "bad_request", words) if status != 404 else problems.not_found()
    return render(
        request, "plain/refusal.html", {"status": status, "title": title, "words": words}, status=status
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; 413 for a form that is too large."""
    if isinstance(exception, RequestDataTooBig):
        return _page(
            request,
            413,
            "提交的内容太大",
            "一次最多提交 1 MB 的文字，没有保存任何内容。请分开提交，或作为附件上传。",
        )
    return _page(request, 400, "请求不完整", "请返回上一页，核对填写的内容后重试。")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _page(request, 403, "没有这项权限", "如因办案需要，请联系安全管理员核对您的角色。")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: also for what this person may not know of."""
    return _page(request, 404, "没有找到", "地址可能写错了，或者不在您的职责范围内。")


def broken(request: HttpRequest) -> HttpResponse:
    """500: without database or context, since those may be what broke."""
    return problems.broken() if request.path.startswith("/api/") else HttpResponse(_BROKEN, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form is too old or came from elsewhere."""
    return _page(
        request,
        403,
        "表单已失效",
        "页面停留太久，或者不是从本系统打开的。请返回刷新后重新提交，刚才的操作没有生效。",
    )


_BROKEN = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>系统出错 · 数检</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/static/plain/plain.css">
<body class="bare"><main class="refusal"><p class="refusal-code">500</p><h1>系统出错了</h1>
<p>刚才的操作可能没有生效。错误已写入服务日志，请联系系统管理员。</p><p><a class="button" href="/">回到首页</a></p></main></body></html>"""
