"""Django settings, few and typed. Two environment names decide: ``SHUJIAN_DATABASE_URL``, ``SHUJIAN_PUBLIC_URL``.

Without ``SHUJIAN_PUBLIC_URL`` the process answers on loopback only; with an ``https`` one, cookies are
secure and HSTS is sent. Importing this module touches no file: keys are made when first used.
"""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import urlsplit

from django.utils.functional import SimpleLazyObject

from shujian.kernel.home import home
from shujian.kernel.secrets import secret
from shujian.server.database import database_settings

DEBUG = False
SECRET_KEY: Any = SimpleLazyObject(lambda: secret("web").hex())

_public = urlsplit(os.environ.get("SHUJIAN_PUBLIC_URL", ""))
_secure = _public.scheme == "https"
ALLOWED_HOSTS: list[str] = [_public.hostname] if _public.hostname else ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS: list[str] = [f"{_public.scheme}://{_public.netloc}"] if _public.hostname else []

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "shujian.audit",
    "shujian.accounts",
    "shujian.jobs",
    "shujian.clues",
    "shujian.runs",
    "shujian.campaigns",
    "shujian.notify",
    "shujian.faces.plain",
    "shujian.faces.api",
    "shujian.server",
]
MIDDLEWARE = [
    "shujian.server.middleware.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "shujian.server.middleware.plain_words",
]
ROOT_URLCONF = "shujian.server.urls"
ASGI_APPLICATION = "shujian.server.asgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "shujian.faces.plain.context.everywhere",
            ]
        },
    }
]

DATABASES: dict[str, dict[str, Any]] = {
    "default": database_settings(os.environ.get("SHUJIAN_DATABASE_URL"), home().database)
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
"""Work behind the pages: rows of the same database, so that what rolls back never runs (``jobs``)."""
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "shujian.accounts.passwords.LevelThree"}]
LOGIN_URL = "/login/"
SECOND_FACTOR = True
"""Evaluation mode waives it and says so on every page; nothing else does."""

SESSION_COOKIE_AGE = 15 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = _secure
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = _secure
CSRF_FAILURE_VIEW = "shujian.faces.plain.refusals.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if _secure else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _secure else None
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 86_400

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}, "django.security": {"level": "ERROR"}},
}
