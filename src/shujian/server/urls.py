"""Every address of the process: the pages, and the health answer."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.urls import include, path


def healthz(request: HttpRequest) -> JsonResponse:
    """200 ``{"ready": true}`` once the process serves; says nothing else."""
    return JsonResponse({"ready": True})


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("live/", include("shujian.faces.live.urls")),
    path("", include("shujian.faces.plain.urls")),
]
handler400 = "shujian.faces.plain.refusals.bad_request"
handler403 = "shujian.faces.plain.refusals.forbidden"
handler404 = "shujian.faces.plain.refusals.not_found"
handler500 = "shujian.faces.plain.refusals.broken"
