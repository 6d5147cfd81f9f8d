"""A form or an address with signs that cannot be stored is refused before any view, in Chinese; others go through."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("sign", ["\x00", "\x08", "\u202e", "\x7f"])
def test_signs_are_refused_wherever_they_stand(sign: str) -> None:
    client = Client()
    for answer in (
        client.get("/login/", {"next": f"/{sign}"}),
        client.post("/login/", {"username": f"甲{sign}", "password": "x"}),
        client.get("/no/such/page/", {"q": sign}),
    ):
        assert answer.status_code == 400
        assert (
            f"U+{ord(sign):04X}" in answer.content.decode() and "没有保存任何内容" in answer.content.decode()
        )
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_other_texts_go_through() -> None:
    answer = Client().post("/login/", {"username": "甲\r\n<b>=1\t𠀀👨‍👩‍👧", "password": "x"})
    assert answer.status_code == 403 and "<b>" not in answer.content.decode()
