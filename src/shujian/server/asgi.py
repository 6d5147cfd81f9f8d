"""The ASGI application that ``shujian serve`` runs."""

from __future__ import annotations

import os
import warnings

from django.core.asgi import get_asgi_application

from shujian.server.bounds import bounded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shujian.server.settings")
# WhiteNoise hands files over piece by piece; Django reads them in a thread and warns at each start.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
application = bounded(get_asgi_application())
