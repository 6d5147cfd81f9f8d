"""A small, careful HTTP client: only addresses on the list, redirects included; slow, bounded, no proxy, no cookie."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urljoin
from urllib.robotparser import RobotFileParser

from shujian.kernel.errors import BadInput, Fault, GuardRefused, Unavailable
from shujian.lake.arrivals.allowed import Place, WebSettings, check_url, resolve

AGENT = "shujian"
_MOST_REDIRECTS = 5
_BLOCK = 1 << 16
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ROBOTS_BYTES = 500_000
_KEPT_HEADERS = ("content-type", "content-length", "etag", "last-modified", "date", "content-disposition")


@dataclass(frozen=True)
class Response:
    """One answer, whole. ``url``: where it came from after redirects; ``headers``: lower case, the telling ones."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


class _Tls(http.client.HTTPSConnection):
    """TLS to a checked address, under the host's own name."""

    def __init__(self, place: Place, timeout: float) -> None:
        super().__init__(place.address, place.port, timeout=timeout)
        self.place = place

    def connect(self) -> None:
        """As the base class, but the certificate must be the host's."""
        opened = socket.create_connection((self.place.address, self.place.port), self.timeout)
        self.sock = ssl.create_default_context().wrap_socket(opened, server_hostname=self.place.host)


@dataclass
class Client:
    """Fetches for one command. ``pause`` waits; tests pass one that does not."""

    told: WebSettings
    pause: Callable[[float], object] = time.sleep
    last: dict[str, float] = field(default_factory=dict)
    rules: dict[str, RobotFileParser] = field(default_factory=dict)

    def get(self, url: str, known: Mapping[str, str] | None = None) -> Response:
        """Fetch, following redirects that stay on the list. ``known``: headers of an earlier answer, so that an
        unchanged page is answered by 304. Raises GuardRefused, Unavailable, BadInput (too large).
        """
        for _ in range(_MOST_REDIRECTS + 1):
            parts = check_url(self.told, url)
            self._ask_robots(parts, url)
            answer = self._once(parts, url, known, self.told.max_bytes)
            if answer.status not in _REDIRECTS:
                return answer
            url = urljoin(url, answer.headers.get("location", ""))
        raise Unavailable(Fault(code="redirects", message="网页一再跳转", found=url.partition("?")[0]))

    def _ask_robots(self, parts: SplitResult, url: str) -> None:
        if not self.told.robots:
            return
        base = f"{parts.scheme}://{parts.netloc}"
        if base not in self.rules:
            rules = RobotFileParser()
            answer = self._once(
                parts._replace(path="/robots.txt", query=""), f"{base}/robots.txt", None, _ROBOTS_BYTES
            )
            if answer.status == 200:
                rules.parse(answer.body.decode("utf-8", "replace").splitlines())
            else:
                rules.parse(["User-agent: *", "Disallow: /"] if answer.status >= 500 else [])
            self.rules[base] = rules
        if not self.rules[base].can_fetch(AGENT, url):
            raise GuardRefused(
                Fault(code="robots", message="网站的 robots.txt 不允许抓取这一页", found=url.partition("?")[0],
                      expected="另行取得数据，或与网站商定后在设置里写 robots: false")
            )  # fmt: skip

    def _once(self, parts: SplitResult, url: str, known: Mapping[str, str] | None, most: int) -> Response:
        place = resolve(self.told, parts)
        self._wait(place.host)
        deadline = time.monotonic() + self.told.timeout
        opened = (
            _Tls(place, self.told.timeout)
            if parts.scheme == "https"
            else http.client.HTTPConnection(place.address, place.port, timeout=self.told.timeout)
        )
        try:
            self._send(opened, parts, known)
            got = opened.getresponse()
            body = _body(got, url, most, deadline)
        except (OSError, http.client.HTTPException) as error:
            raise Unavailable(
                Fault(code="no_answer", message="网页没有应答", found=f"{url.partition('?')[0]}（{type(error).__name__}）",
                      expected="网站可以访问")
            ) from None  # fmt: skip
        finally:
            opened.close()
        kept = (*_KEPT_HEADERS, "location") if got.status in _REDIRECTS else _KEPT_HEADERS
        headers = {name: value for name in kept if (value := got.getheader(name))}
        return Response(url, got.status, headers, body)

    def _send(
        self, opened: http.client.HTTPConnection, parts: SplitResult, known: Mapping[str, str] | None
    ) -> None:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        opened.putrequest("GET", _ascii(path), skip_host=True, skip_accept_encoding=True)
        opened.putheader("Host", parts.netloc)
        opened.putheader("User-Agent", AGENT)
        opened.putheader("Accept-Encoding", "identity")
        for header, told in (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified")):
            if known and known.get(told):
                opened.putheader(header, known[told])
        opened.endheaders()

    def _wait(self, host: str) -> None:
        left = self.last.get(host, 0.0) + self.told.interval - time.monotonic()
        if host in self.last and left > 0:
            self.pause(left)
        self.last[host] = time.monotonic()


def _ascii(path: str) -> str:
    return "".join(
        sign if sign.isascii() else "".join(f"%{one:02X}" for one in sign.encode()) for sign in path
    )


def _body(got: http.client.HTTPResponse, url: str, most: int, deadline: float) -> bytes:
    if (got.getheader("content-encoding") or "identity").lower() != "identity":
        raise Unavailable(
            Fault(
                code="encoded_body",
                message="网站不肯不压缩地应答",
                found=url.partition("?")[0],
                expected="不压缩的应答",
            )
        )
    blocks, size = [], 0
    while block := got.read1(_BLOCK):
        blocks.append(block)
        size += len(block)
        if size > most:
            raise BadInput(
                Fault(code="response_too_large", message="网页太大", found=f"{url.partition('?')[0]}（超过 {most:,} 字节）",
                      expected=f"不超过 {most:,} 字节，或调大 max_bytes")
            )  # fmt: skip
        if time.monotonic() > deadline:
            raise TimeoutError
    return b"".join(blocks)
