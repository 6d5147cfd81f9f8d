"""The API put together: routers, faults as problems, addresses behind the guard, and its own description."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, re_path
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from shujian.faces.api.guard import guarded
from shujian.faces.api.parsing import StrictJson, faults_of
from shujian.faces.api.problems import not_found, of_error, of_faults, problem
from shujian.faces.api.routes import ROUTERS
from shujian.kernel.errors import ShujianError

VERSION = "1"
api = NinjaAPI(
    title="数检接口", version=VERSION, urls_namespace="api", openapi_url=None, docs_url=None, parser=StrictJson(),
    description="检察机关大数据法律监督平台的程序接口：与网页同一套权限、掩码和审计。",
)  # fmt: skip
for router in ROUTERS:
    api.add_router("", router)


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
    return problem(400, "bad_json", "请求的正文不是正确的 JSON")


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
    return [*made, re_path(r"^.*$", nowhere, name="api_nowhere")]
