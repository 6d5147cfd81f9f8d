"""Which addresses may be fetched: ``SHUJIAN_HOME/http.yaml``, off unless it says otherwise, nothing by free URL."""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from typing import Literal
from urllib.parse import SplitResult, unquote, urlsplit

from pydantic import Field, field_validator

from shujian.kernel.errors import BadInput, Fault, GuardRefused, Unavailable
from shujian.kernel.home import home
from shujian.lake.arrivals.settings import Strict, private_settings

FILE = "http.yaml"
_EXAMPLE = "enabled: true、allow: [https://www.示例/目录/]、targets: {名称: {source: …, url: …}}"
_PORTS = {"https": 443, "http": 80}


class Target(Strict):
    """One thing to fetch. ``as``: a data file, one page, or an index whose ``links`` are the pages."""

    source: str
    url: str
    as_: Literal["file", "page", "index"] = Field(alias="as")
    links: str | None = None
    most: int = Field(default=50, ge=1, le=5000)

    @field_validator("links")
    @classmethod
    def _compiles(cls, text: str | None) -> str | None:
        try:
            re.compile(text or "")
        except re.error as error:
            raise ValueError(f"正则表达式有误：{error}") from None
        return text


class WebSettings(Strict):
    """``interval``: seconds between two requests to one host; ``timeout``: seconds for one response, whole;
    ``private``: hosts that may have an address inside; ``plain``: hosts that may be asked without TLS.
    """

    enabled: bool
    interval: float = Field(default=2, ge=0, le=3600)
    timeout: float = Field(default=60, gt=0, le=3600)
    max_bytes: int = Field(default=50_000_000, ge=1, le=2_000_000_000)
    robots: bool = True
    allow: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    targets: dict[str, Target] = Field(default_factory=dict)


def web_settings() -> WebSettings:
    """Raises GuardRefused where fetching is not switched on, BadInput for a faulty file."""
    off = Fault(
        code="fetch_off",
        message="没有开启网页抓取（默认关闭）",
        file=str(home().root / FILE),
        expected=f"enabled: true；{_EXAMPLE}",
    )
    if not (home().root / FILE).is_file():
        raise GuardRefused(off)
    told = private_settings(FILE, WebSettings, _EXAMPLE)
    if not told.enabled:
        raise GuardRefused(off)
    return told


def target(told: WebSettings, source_id: str, name: str) -> Target:
    """A target by its name. Raises BadInput where there is none for this source."""
    found = told.targets.get(name)
    if found is None or found.source != source_id:
        known = sorted(one for one, entry in told.targets.items() if entry.source == source_id)
        raise BadInput(
            Fault(
                code="unknown_target",
                message="没有这个抓取目标",
                found=name,
                expected="、".join(known) or f"在 {FILE} 的 targets 里写",
            )
        )
    if found.as_ == "index" and found.links is None:
        raise BadInput(
            Fault(
                code="no_links",
                message="目录页要写明文书链接的样子",
                field=f"targets.{name}.links",
                expected=r"如 /public/\d+\.html$",
            )
        )
    return found


def check_url(told: WebSettings, url: str) -> SplitResult:
    """The parts of an address on the list. Raises GuardRefused for any other."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _off_list(url) from None
    path = unquote(parts.path or "/")
    clean = ".." not in path.split("/") and "\\" not in path and not any(ord(sign) < 33 for sign in url)
    if not clean or parts.username is not None or parts.scheme not in _PORTS or not parts.hostname:
        raise _off_list(url)
    if parts.scheme == "http" and parts.hostname not in told.plain and not _is_loopback(parts.hostname):
        raise GuardRefused(
            Fault(
                code="no_tls",
                message="只抓取 https 的网页",
                found=_shown(url),
                expected=f"https，或在 {FILE} 的 plain 里写明主机",
            )
        )
    for entry in told.allow:
        allowed = urlsplit(entry)
        same = (allowed.scheme, allowed.hostname) == (parts.scheme, parts.hostname)
        ports = (allowed.port or _PORTS.get(allowed.scheme), port or _PORTS[parts.scheme])
        if same and ports[0] == ports[1] and _below(path, unquote(allowed.path or "/")):
            return parts
    raise _off_list(url)


def _below(path: str, prefix: str) -> bool:
    return path == prefix or path.startswith(prefix if prefix.endswith("/") else prefix + "/")


def _off_list(url: str) -> GuardRefused:
    return GuardRefused(
        Fault(
            code="not_allowed",
            message="这个网址不在允许的名单里",
            found=_shown(url),
            expected=f"写进 {FILE} 的 allow",
        )
    )


def _shown(url: str) -> str:
    """Without the query, which may tell a name."""
    return url.partition("?")[0][:200]


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True)
class Place:
    """Where to connect: an address that was looked up once and checked, so that a second answer changes nothing."""

    address: str
    host: str
    port: int


def resolve(told: WebSettings, parts: SplitResult) -> Place:
    """Look a host up. Raises GuardRefused where it leads inside, Unavailable where it is unknown."""
    host = parts.hostname or ""
    port = parts.port or _PORTS[parts.scheme]
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        raise Unavailable(
            Fault(code="unknown_host", message="找不到这台主机", found=host, expected="能解析的主机名")
        ) from None
    addresses = [str(answer[4][0]) for answer in answers]
    if host not in told.private:
        for address in addresses:
            if not ipaddress.ip_address(address.partition("%")[0]).is_global:
                raise GuardRefused(
                    Fault(code="private_address", message="主机指向内部网络的地址，不抓取", found=host,
                          expected=f"公网地址，或在 {FILE} 的 private 里写明主机")
                )  # fmt: skip
    return Place(addresses[0], host, port)
