"""Every address of the process: the pages, the API, and the health answer."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.urls import include, path, re_path

from shujian.faces.api.building import addresses, nowhere


def healthz(request: HttpRequest) -> JsonResponse:
    """200 ``{"ready": true}`` once the process serves; says nothing else."""
    return JsonResponse({"ready": True})


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("api/v1/", include(addresses())),
    path("api/", include([re_path(r"^.*$", nowhere, name="api_nowhere")])),
    path("live/", include("shujian.faces.live.urls")),
    path("", include("shujian.faces.plain.urls")),
]
handler400 = "shujian.faces.plain.refusals.bad_request"
handler403 = "shujian.faces.plain.refusals.forbidden"
handler404 = "shujian.faces.plain.refusals.not_found"
handler500 = "shujian.faces.plain.refusals.broken"
