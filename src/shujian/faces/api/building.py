"""The API put together: routers, faults as problems, addresses behind the guard, and its own description."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, re_path
from ninja import NinjaAPI, Router
from ninja.errors import HttpError, ValidationError, ValidationErrorContext

from shujian.faces.api.describing import described, rows_of
from shujian.faces.api.doors import operation
from shujian.faces.api.guard import guarded
from shujian.faces.api.parsing import StrictJson, faults_of
from shujian.faces.api.problems import TITLES, not_found, of_error, of_faults, problem
from shujian.faces.api.routes import ROUTERS
from shujian.kernel.errors import ShujianError

VERSION = "1"


class Api(NinjaAPI):
    """Keeps what was sent beside each fault, so that the answer can say what was found."""

    def validation_error_from_error_contexts(
        self, error_contexts: list[ValidationErrorContext[Any]]
    ) -> ValidationError:
        """Every fault of every part of the request."""
        told: list[dict[str, Any]] = []
        for context in error_contexts:
            names = context.model.__ninja_flatten_map_reverse__
            for one in context.pydantic_validation_error.errors(include_url=False):
                place = (context.model.__ninja_param_source__, *names.get(one["loc"], one["loc"]))
                told.append({**one, "loc": place})
        return ValidationError(told)


api = Api(
    title="数检接口", version=VERSION, urls_namespace="api", openapi_url=None, docs_url=None, parser=StrictJson(),
    description="检察机关大数据法律监督平台的程序接口：与网页同一套权限、掩码和审计。",
)  # fmt: skip
_about = Router()
for _router in (*ROUTERS, _about):
    api.add_router("", _router)


@api.exception_handler(ShujianError)
def _of_room(request: HttpRequest, error: ShujianError) -> HttpResponse:
    return of_error(error)


@api.exception_handler(ValidationError)
def _of_shape(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return of_faults(400, faults_of(error.errors))


@api.exception_handler(Http404)
def _of_nothing(request: HttpRequest, error: Http404) -> HttpResponse:
    return not_found()


@api.exception_handler(HttpError)
def _of_parser(request: HttpRequest, error: HttpError) -> HttpResponse:
    """django-ninja says the parser's own error again in English; ours lies behind it."""
    if isinstance(error.__cause__, ShujianError):
        return of_error(error.__cause__)
    return problem(400, "bad_json", "请求的正文不是正确的 JSON")


@operation(
    _about, "GET", "/openapi.json", action="home.read", summary="接口说明（OpenAPI 3.1）", answer=dict[str, Any], tag="说明"
)  # fmt: skip
def openapi_read(request: HttpRequest) -> dict[str, Any]:
    """机器读的说明，与仓库里的 openapi.json 相同。"""
    return document()


@operation(
    _about, "GET", "/docs", action="home.read", summary="接口说明（网页）", answer=None, tag="说明", file=("text/html",)
)  # fmt: skip
def docs_read(request: HttpRequest) -> HttpResponse:
    """人读的说明：每个操作的地址、权限、留痕、要带的东西。"""
    return render(request, "api/docs.html", {"groups": rows_of(document()), "problems": TITLES})


@cache
def document() -> dict[str, Any]:
    """The OpenAPI document, worked out once."""
    return described(dict(api.get_openapi_schema(path_prefix="/api/v1")))


def nowhere(request: HttpRequest, **told: str) -> HttpResponse:
    """Whatever else is asked under ``/api/``."""
    return not_found()


def addresses() -> list[URLPattern]:
    """Every address of the API, for ``server.urls``; the last one catches what there is not."""
    made = [
        URLPattern(one.pattern, guarded(str(one.pattern), one.callback), name=f"api_{one.name}")
        for one in api.urls[0]
        if isinstance(one, URLPattern) and one.name != "api-root"
    ]
    made.sort(key=lambda one: [part.startswith("<") for part in str(one.pattern).split("/")])
    return [*made, re_path(r"^.*$", nowhere, name="api_nowhere")]
