"""Who signs here, and whose signatures are taken here: keys in files of mode 0600 below the secrets folder."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shujian.kernel.canonical import canonical
from shujian.kernel.errors import BadInput, Fault, GuardRefused
from shujian.kernel.gm import sm3_hex
from shujian.kernel.home import home, private_folder
from shujian.kernel.signing import PROVIDERS

FORMAT = "shujian-office/1"
_LONGEST = 60


@dataclass(frozen=True)
class Office:
    """An office as others know it. ``id``: the first half of the SM3 of its public keys, so that it cannot be borrowed."""

    title: str
    county: str
    public: Mapping[str, str]

    @property
    def fingerprint(self) -> str:
        """SM3 of the public keys, 64 characters: what two offices compare by telephone."""
        return sm3_hex(canonical(dict(sorted(self.public.items()))).encode())

    @property
    def id(self) -> str:
        """32 characters of the fingerprint."""
        return self.fingerprint[:32]

    def as_dict(self) -> dict[str, Any]:
        """The file that is handed to other offices."""
        return {
            "format": FORMAT, "title": self.title, "county": self.county, "public": dict(self.public),
            "fingerprint": self.fingerprint,
        }  # fmt: skip


def make_office(title: str, county: str) -> Office:
    """Make this installation's signing keys. Raises GuardRefused where there are some: they are never replaced."""
    for name, value in (("office", title), ("county", county)):
        if not 2 <= len(value.strip()) <= _LONGEST:
            raise BadInput(
                Fault(
                    code="bad_name",
                    message="名称不合规定",
                    field=name,
                    found=value[:80],
                    expected=f"2 至 {_LONGEST} 字",
                )
            )
    private = {name: provider.make().hex() for name, provider in PROVIDERS.items()}
    body = {"title": title.strip(), "county": county.strip(), "private": private}
    try:
        _write_new(_own_file(), body)
    except FileExistsError:
        raise GuardRefused(
            Fault(code="keys_exist", message="本院的签名密钥已经有了，不会改写", found=_own_file().name,
                  expected="shujian keys show 查看公钥")
        ) from None  # fmt: skip
    return own_office()


def own_office() -> Office:
    """This installation's office. Raises GuardRefused before its keys were made."""
    body = _own()
    public = {
        name: provider.public(bytes.fromhex(body["private"][name])).hex()
        for name, provider in PROVIDERS.items()
    }
    return Office(body["title"], body["county"], public)


def sign(message: bytes) -> dict[str, str]:
    """The signatures of this office, by kind, as hexadecimal text."""
    private = _own()["private"]
    return {
        name: provider.sign(bytes.fromhex(private[name]), message).hex()
        for name, provider in PROVIDERS.items()
    }


def signed_by(office: Office, message: bytes, signatures: Mapping[str, Any]) -> list[str]:
    """The kinds of signature that do not hold; empty where all do. Other kinds than ours are not looked at."""
    return [
        name
        for name, provider in PROVIDERS.items()
        if not provider.holds(_bytes(office.public.get(name)), message, _bytes(signatures.get(name)))
    ]


def _bytes(text: Any) -> bytes:
    try:
        return bytes.fromhex(text) if isinstance(text, str) else b""
    except ValueError:
        return b""


def trust(path: Path, fingerprint: str) -> Office:
    """Take another office's public keys from the file that it handed over; ``fingerprint``: as told by another way.

    At least 16 characters of it are to be given. Raises BadInput for a file of another form, GuardRefused where the
    fingerprint differs.
    """
    office = read_office(path)
    told = fingerprint.strip().lower().replace(" ", "")
    if len(told) < 16 or not office.fingerprint.startswith(told):
        raise GuardRefused(
            Fault(code="other_fingerprint", message="指纹与文件里的公钥不符，没有信任", file=str(path), field="fingerprint",
                  found=fingerprint[:64], expected="由对方用电话等另一途径告知的指纹，至少前 16 位")
        )  # fmt: skip
    path = private_folder(_trusted_folder()) / f"{office.id}.json"
    path.unlink(missing_ok=True)
    _write_new(path, office.as_dict())
    return office


def trusted() -> dict[str, Office]:
    """The offices whose packages are taken, by id; the own one among them."""
    found = [own_office()] if _own_file().exists() else []
    found += [read_office(path) for path in sorted(_trusted_folder().glob("*.json"))]
    return {office.id: office for office in found}


def distrust(office_id: str) -> None:
    """Take an office's packages no longer. Raises BadInput where it is not trusted."""
    path = _trusted_folder() / f"{office_id}.json"
    if office_id not in trusted() or not path.exists():
        raise BadInput(
            Fault(code="unknown_office", message="没有信任过这个单位", found=office_id[:64],
                  expected="shujian keys list 列出的编号")
        )  # fmt: skip
    path.unlink()


def read_office(path: Path) -> Office:
    """The office of a file of public keys. Raises BadInput."""
    try:
        body: Any = json.loads(path.read_text("utf-8")) if path.stat().st_size < 20_000 else None
        public = {name: str(body["public"][name]) for name in PROVIDERS}
        if body["format"] != FORMAT or not all(_bytes(value) for value in public.values()):
            raise ValueError
        return Office(str(body["title"])[:_LONGEST], str(body["county"])[:_LONGEST], public)
    except (OSError, ValueError, KeyError, TypeError):
        raise BadInput(
            Fault(
                code="bad_office",
                message="不是单位公钥文件",
                file=str(path),
                expected="shujian keys show --out 写出的文件",
            )
        ) from None


def _own() -> dict[str, Any]:
    try:
        found = json.loads(_own_file().read_text("utf-8"))
    except FileNotFoundError:
        raise GuardRefused(
            Fault(code="no_keys", message="本院还没有签名密钥",
                  expected="shujian keys make --office 单位名称 --county 县区名称")
        ) from None  # fmt: skip
    assert isinstance(found, dict)
    return found


def _own_file() -> Path:
    return home().secrets / "office.key"


def _trusted_folder() -> Path:
    return home().secrets / "trusted"


def _write_new(path: Path, body: Mapping[str, Any]) -> None:
    private_folder(path.parent)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump(body, out, ensure_ascii=False, indent=1)
