"""SM2, SM3, SM4: the examples of the standards here, the official vectors where the reference data are."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from gmalg import SM2

from shujian.kernel.gm import hmac_sm3_hex, sm3_hex, sm4_gcm_open, sm4_gcm_seal

FOLDER = Path(os.environ.get("SHUJIAN_REFERENCE_DATA", ".")) / "gm_vectors"
PRIVATE = "d09156733017bdad809fd9bbd8c693f60230593169b6f94aaf1c8ee138cc99b5"
reference = pytest.mark.lane("reference")


def blocks(name: str) -> Iterator[dict[str, str]]:
    """``KEY = value`` lines of a file, a mapping for each paragraph that has any."""
    for told in re.split(r"\n\s*\n", (FOLDER / name).read_text("utf-8")):
        found = dict(re.findall(r"^(\w+)\s*=\s*(\S+)\s*$", told, re.MULTILINE))
        if found:
            yield found


def wycheproof(name: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """(group, case) of a Wycheproof file."""
    for group in json.loads(gzip.decompress((FOLDER / name).read_bytes()))["testGroups"]:
        for case in group["tests"]:
            yield group, case


def test_the_example_of_gb_t_32905() -> None:
    assert sm3_hex(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_the_example_of_rfc_8998_and_every_changed_byte() -> None:
    key, nonce = bytes.fromhex("0123456789abcdeffedcba9876543210"), bytes.fromhex("00001234567800000000abcd")
    told = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    plain = b"".join(bytes([one]) * 8 for one in b"\xaa\xbb\xcc\xdd\xee\xff\xee\xaa")
    sealed = bytes.fromhex(
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735d82710ca5c22f0ccfa7cbf93d496ac15"
        "a56834cbcf98c397b4024a2691233b8d83de3541e4c2b58177e065a9bf7b62ec"
    )
    assert sm4_gcm_seal(key, nonce, told, plain) == sealed
    assert sm4_gcm_open(key, nonce, told, sealed) == plain
    for at in range(len(sealed)):
        assert (
            sm4_gcm_open(key, nonce, told, sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]) is None
        )
    assert sm4_gcm_open(key, nonce, told[1:], sealed) is None


@reference
def test_the_vectors_of_sm3() -> None:
    told = [one for one in blocks("hashes_SM3_oscca.txt") if "MD" in one]
    assert len(told) >= 6
    for one in told:
        assert sm3_hex(bytes.fromhex(one["Msg"])[: int(one["Len"]) // 8]) == one["MD"]


@reference
def test_the_vectors_of_hmac_sm3() -> None:
    valid = 0
    for group, case in wycheproof("wycheproof_hmac_sm3_test.json.gz"):
        made = hmac_sm3_hex(bytes.fromhex(case["key"]), bytes.fromhex(case["msg"]))[: group["tagSize"] // 4]
        assert (made == case["tag"]) == (case["result"] == "valid"), case["tcId"]
        valid += case["result"] == "valid"
    assert valid > 50


@reference
def test_the_vectors_of_sm4_gcm() -> None:
    seen = {"valid": 0, "invalid": 0}  # of nonces as we make them: 12 bytes
    for group, case in wycheproof("wycheproof_sm4_gcm_test.json.gz"):
        if (group["ivSize"], group["tagSize"]) != (96, 128):
            continue
        key, nonce, told, plain, body, tag = (
            bytes.fromhex(case[name]) for name in ("key", "iv", "aad", "msg", "ct", "tag")
        )
        opened = sm4_gcm_open(key, nonce, told, body + tag)
        assert (opened == plain) if case["result"] == "valid" else opened is None, case["tcId"]
        if case["result"] == "valid":
            assert sm4_gcm_seal(key, nonce, told, plain) == body + tag
        seen[case["result"]] += 1
    assert seen["valid"] > 30 and seen["invalid"] > 10
    (one,) = [told for told in blocks("ciphers_SM4_rfc8998.txt") if "TAG" in told][:1]
    made = sm4_gcm_seal(*(bytes.fromhex(one[name]) for name in ("KEY", "IV", "AAD", "PLAINTEXT")))
    assert made.hex() == one["CIPHERTEXT"] + one["TAG"]


@reference
@pytest.mark.parametrize("mode", ["ecb", "cbc", "ctr"])
def test_the_vectors_of_the_cipher_itself(mode: str) -> None:
    ways: dict[str, Any] = {
        "ecb": lambda _: modes.ECB(), "cbc": modes.CBC, "ctr": modes.CTR,
    }  # fmt: skip
    told = [one for one in blocks(f"ciphers_SM4_draft-ribose-cfrg-sm4-10-{mode}.txt") if "KEY" in one]
    assert told
    for one in told:
        cipher = Cipher(SM4(bytes.fromhex(one["KEY"])), ways[mode](bytes.fromhex(one.get("IV", ""))))
        made = cipher.encryptor()
        assert (made.update(bytes.fromhex(one["PLAINTEXT"])) + made.finalize()).hex() == one[
            "CIPHERTEXT"
        ].lower()


@reference
def test_the_vectors_of_sm2() -> None:
    text = (FOLDER / "openssl_evppkey_sm2.txt").read_text("utf-8")
    own = SM2(bytes.fromhex(PRIVATE))
    public = own.generate_pk(bytes.fromhex(PRIVATE))
    signed = re.findall(r"Verify = .*\n.*\nInput = (\w+)\nOutput = (\w+)", text)
    assert len(signed) == 2
    for digest, signature in signed:
        r, s = (one.to_bytes(32, "big") for one in decode_dss_signature(bytes.fromhex(signature)))
        for told, holds in ((digest, True), ("00" * 32, False)):
            checker = SM2(uid=b"1234567812345678", pk=public)
            checker._core._hash_fn = lambda _, told=told: bytes.fromhex(
                told
            )  # the vector gives the digest already
            assert checker.verify(b"", r, s) is holds
    cipher = bytes.fromhex(re.findall(r"Decrypt = .*\n.*\nInput = (\w+)", text)[0])
    x, y, digest_told, body = _sequence(cipher)
    raw = b"\x04" + x.rjust(32, b"\0") + y.rjust(32, b"\0") + digest_told + body
    assert own.decrypt(raw) == b"The floofy bunnies hop at midnight"


def _sequence(data: bytes) -> list[bytes]:
    """The four values of the DER sequence of an SM2 ciphertext."""
    at, found = 3 if data[1] == 0x81 else 2, []
    while at < len(data):
        size = data[at + 1]
        found.append(
            data[at + 2 : at + 2 + size].lstrip(b"\0") if data[at] == 2 else data[at + 2 : at + 2 + size]
        )
        at += 2 + size
    return found
