"""Signatures against published vectors and against tampering; keys in private files that are never replaced."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from gmalg import SM2

from shujian.kernel import offices
from shujian.kernel.errors import BadInput, GuardRefused
from shujian.kernel.signing import PROVIDERS, Provider

KEY = bytes.fromhex("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8")
PUBLIC = (
    "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
    "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
)
# GB/T 32918.5-2017 annex A.2: message digest, signature (r, s) of the standard's own nonce.
SIGNED = (
    "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
    "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"
)


def test_the_example_of_the_standard_holds() -> None:
    sm2 = PROVIDERS["sm2"]
    assert sm2.public(KEY).hex() == PUBLIC
    assert sm2.holds(bytes.fromhex(PUBLIC), b"message digest", bytes.fromhex(SIGNED))


@pytest.mark.parametrize("name", list(PROVIDERS))
def test_a_signature_holds_for_its_key_and_message_only(name: str) -> None:
    provider: Provider = PROVIDERS[name]
    private, other = provider.make(), provider.make()
    public, signed = provider.public(private), provider.sign(private, b"abc")
    assert provider.holds(public, b"abc", signed) and provider.sign(private, b"abc") == signed
    assert provider.sign(private, b"abd") != signed and len(signed) == 64
    assert not provider.holds(public, b"abd", signed)
    assert not provider.holds(provider.public(other), b"abc", signed)
    for place in (0, 31, 32, 63):
        wrong = bytearray(signed)
        wrong[place] ^= 1
        assert not provider.holds(public, b"abc", bytes(wrong))
    for bad in (b"", signed[:-1], signed + b"\0", b"\0" * 64, b"\xff" * 64):
        assert not provider.holds(public, b"abc", bad)
    for key in (b"", b"\x04" + b"\0" * 64, b"\x04" + b"\1" * 64, b"\xff" * 65):
        assert not provider.holds(key, b"abc", signed)


def test_two_messages_never_share_a_nonce() -> None:
    """Equal nonces would give the key away; here r tells the nonce apart."""
    sm2 = PROVIDERS["sm2"]
    firsts = set()
    for number in range(5):
        message = f"{number}".encode()
        signed = sm2.sign(KEY, message)
        r, s = (int.from_bytes(part, "big") for part in (signed[:32], signed[32:]))
        order = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
        firsts.add((s * (1 + int.from_bytes(KEY, "big")) + r * int.from_bytes(KEY, "big")) % order)
        assert SM2(uid=b"1234567812345678", pk=bytes.fromhex(PUBLIC)).verify(
            message, signed[:32], signed[32:]
        )
    assert len(firsts) == 5


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SHUJIAN_HOME", str(tmp_path / "甲"))
    return tmp_path


def test_keys_are_private_and_made_once(own_home: Path) -> None:
    with pytest.raises(GuardRefused, match="还没有签名密钥"):
        offices.own_office()
    made = offices.make_office("示例市人民检察院", "示例县")
    key = own_home / "甲/secrets/office.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600 and stat.S_IMODE(key.parent.stat().st_mode) == 0o700
    before = key.read_bytes()
    with pytest.raises(GuardRefused, match="不会改写"):
        offices.make_office("示例市人民检察院", "示例县")
    assert key.read_bytes() == before and offices.own_office() == made
    assert "private" not in str(made.as_dict())
    assert offices.signed_by(made, b"x", offices.sign(b"x")) == []
    assert offices.signed_by(made, b"y", offices.sign(b"x")) == ["ed25519", "sm2"]
    half = {**offices.sign(b"x"), "sm2": "00" * 64}
    assert offices.signed_by(made, b"x", half) == ["sm2"]
    assert offices.signed_by(made, b"x", {"ed25519": 1}) == ["ed25519", "sm2"]


def test_an_office_is_trusted_by_its_fingerprint(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = offices.make_office("示例市人民检察院", "示例县")
    file = own_home / "office.json"
    file.write_text(json.dumps(made.as_dict()), "utf-8")
    monkeypatch.setenv("SHUJIAN_HOME", str(own_home / "乙"))
    assert offices.trusted() == {}
    for wrong in ("", made.fingerprint[:15], "0" * 64):
        with pytest.raises(GuardRefused, match="指纹"):
            offices.trust(file, wrong)
    assert offices.trust(file, made.fingerprint[:16].upper()) == made and offices.trusted() == {made.id: made}
    offices.distrust(made.id)
    assert offices.trusted() == {}
    for text in ("", "{}", "[]", '{"format": "shujian-office/2"}'):
        file.write_text(text, "utf-8")
        with pytest.raises(BadInput, match="不是单位公钥文件"):
            offices.trust(file, made.fingerprint)
    with pytest.raises(BadInput, match="没有信任过"):
        offices.distrust("../office")
