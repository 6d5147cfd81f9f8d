"""Addresses of the streams."""

from __future__ import annotations

from django.urls import path

from shujian.faces.live import views

urlpatterns = [path("", views.live, name="live")]
