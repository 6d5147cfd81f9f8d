"""Rotation of the keys of sealed columns: nothing is lost wherever it stops, and what is moved or changed does not open."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM
from django.db import transaction

from shujian.accounts import factor
from shujian.accounts.models import SecondFactor
from shujian.accounts.read import Role
from shujian.audit import read as audit
from shujian.clues import service as clues
from shujian.clues.errors import SealBroken
from shujian.clues.models import Clue, ClueComment, ClueEvidence, ClueNote
from shujian.clues.sealing import unsealed
from shujian.clues.tests.factories import ID, NAME, evidence, hit, result
from shujian.clues.tests.people import account
from shujian.faces.api.models import Asked
from shujian.faces.api.replays import place_of
from shujian.kernel import keyring
from shujian.kernel.canonical import canonical
from shujian.kernel.clock import now
from shujian.kernel.errors import BadInput, GuardRefused, Unavailable
from shujian.kernel.sealed import key_number, seal_bytes, unseal_bytes
from shujian.keys import rotation, service

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


class Died(Exception):
    """The process, at a failpoint."""


def filled() -> Clue:
    """A clue with evidence, notes, comments, a paper and a person's second factor."""
    head = account("zhang", Role.BMFZR)
    account("wang", Role.CBR)
    with transaction.atomic():
        clues.merge_hits(
            run="run-1", result=result([hit(1, evidence=[evidence(1), evidence(2)])]), judged=True
        )
    clue = Clue.objects.get()
    number = f"XS{clue.pk:06d}"
    clues.comment(actor=head, number=number, text=f"电话问过{NAME}本人")
    clues.comment(actor=head, number=number, text="另一条批注")
    clues.file_paper(actor=head, number=number, name="证明.pdf", body=PDF)
    assert head.id is not None
    factor.enrol(head.id)
    return clue


def everything() -> str:
    """All that stands sealed, opened."""
    rows = [row for column in clues.SEALED_COLUMNS for row in column.model.objects.order_by("pk")]
    papers = [unseal_bytes(path.read_bytes(), path.name) for path in clues.attachments()]
    keys = [unseal_bytes(bytes(row.sealed), f"factor:{row.user_id}") for row in SecondFactor.objects.all()]
    return canonical([[unsealed(row) for row in rows], [str(one) for one in papers + keys]])


@pytest.mark.django_db
def test_everything_is_sealed_again_and_the_old_key_opens_nothing_more(own_home: Path) -> None:
    clue = filled()
    before = everything()
    assert NAME in before and ID in before and "None" not in before
    stolen = bytes(Clue.objects.get().sealed)
    old = service.listed()
    assert [(one.number, one.state) for one in old] == [(1, "in_use")]
    with pytest.raises(BadInput):
        service.retire(1, actor="cli:root")
    done = service.rotate(actor="cli:root")
    assert (done["number"], done["values"], done["broken"], done["left"]) == (2, old[0].total, [], {})
    assert [(one.number, one.state, one.total) for one in service.listed()] == [
        (1, "old", 0), (2, "in_use", old[0].total),
    ]  # fmt: skip
    assert everything() == before
    service.retire(1, actor="cli:root")
    assert everything() == before
    assert service.listed()[0].state == "destroyed"
    Clue.objects.filter(pk=clue.pk).update(sealed=stolen)
    with pytest.raises(SealBroken):
        unsealed(Clue.objects.get())
    deeds = [one.action for one in audit.entries(limit=10) if one.action.startswith("keys.")]
    assert deeds == ["keys.retire", "keys.rotate", "keys.add"]
    assert oct((own_home / "secrets" / "master.key").stat().st_mode & 0o777) == "0o600"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("batches", [1, 3, 7])
def test_a_rotation_that_dies_is_taken_up_with_the_same_key(
    monkeypatch: pytest.MonkeyPatch, batches: int
) -> None:
    filled()
    before, seen = everything(), 0

    def die(name: str) -> None:
        nonlocal seen
        seen += 1
        if seen == batches:
            raise Died(name)

    monkeypatch.setattr(rotation, "_BATCH", 1)
    monkeypatch.setattr(rotation, "failpoint", die)
    with pytest.raises(Died):
        service.rotate(actor="cli:root")
    assert everything() == before
    assert {one.number: bool(one.total) for one in service.listed()} == {1: True, 2: True}
    with pytest.raises(GuardRefused, match="就再也打不开"):
        service.retire(1, actor="cli:root")
    done = service.rotate(actor="cli:root")
    assert (done["number"], done["resumed"], done["left"]) == (2, True, {})
    assert everything() == before


@pytest.mark.django_db
def test_a_death_between_two_attachments_leaves_both_readable(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clue = filled()
    clues.file_paper(
        actor=account("li", Role.BMFZR), number=f"XS{clue.pk:06d}", name="另一份.pdf", body=PDF + b"%"
    )
    before = everything()

    def die(name: str) -> None:
        if name == "keys.file":
            raise Died(name)

    monkeypatch.setattr(rotation, "failpoint", die)
    with pytest.raises(Died):
        service.rotate(actor="cli:root")
    numbers = sorted(key_number(path.read_bytes()) for path in clues.attachments())
    assert numbers == [1, 2] and everything() == before
    monkeypatch.setattr(rotation, "failpoint", lambda name: None)
    done = service.rotate(actor="cli:root")
    assert (done["resumed"], done["left"]) == (True, {}) and everything() == before


@pytest.mark.django_db
def test_what_an_earlier_version_sealed_opens_and_is_sealed_anew(own_home: Path) -> None:
    key = bytes(range(32))
    (own_home / "secrets").mkdir(mode=0o700)
    (own_home / "secrets" / "columns.key").write_text(key.hex(), "ascii")
    clue = filled()
    before = everything()
    assert not (own_home / "secrets" / "columns.key").exists()
    for row in (
        *Clue.objects.all(),
        *ClueEvidence.objects.all(),
        *ClueNote.objects.all(),
        *ClueComment.objects.all(),
    ):
        nonce = os.urandom(12)
        encryptor = Cipher(SM4(key[:16]), GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(clue.key.encode())
        body = encryptor.update(canonical(unsealed(row)).encode()) + encryptor.finalize()
        type(row)._default_manager.filter(pk=row.pk).update(sealed=nonce + body + encryptor.tag)
    assert everything() == before
    bare = service.listed()[0]
    assert (bare.number, bare.state) == (0, "bare") and bare.total >= 5
    assert service.rotate(actor="cli:root")["left"] == {}
    assert everything() == before
    service.retire(1, actor="cli:root")
    assert everything() == before


@pytest.mark.django_db
def test_a_value_moved_to_another_row_does_not_open_not_even_in_the_same_clue() -> None:
    filled()
    for model in (ClueEvidence, ClueComment):
        one, two = model.objects.order_by("pk")
        model.objects.filter(pk=one.pk).update(sealed=two.sealed)
        with pytest.raises(SealBroken, match="密文打不开"):
            unsealed(model.objects.get(pk=one.pk))
        unsealed(model.objects.get(pk=two.pk))
    assert service.rotate(actor="cli:root")["broken"] == [
        f"clues_clueevidence.sealed#{ClueEvidence.objects.order_by('pk')[0].pk}",
        f"clues_cluecomment.sealed#{ClueComment.objects.order_by('pk')[0].pk}",
    ]


def test_every_changed_byte_of_a_sealed_value_is_noticed() -> None:
    stored = seal_bytes("示例甲".encode(), "a")
    assert unseal_bytes(stored, "a") == "示例甲".encode() and key_number(stored) == 1
    for at in range(len(stored)):
        bent = stored[:at] + bytes([stored[at] ^ 1]) + stored[at + 1 :]
        assert unseal_bytes(bent, "a") is None, at
    assert [unseal_bytes(stored[:end], "a") for end in range(len(stored))] == [None] * len(stored)
    assert unseal_bytes(stored, "b") is None


def test_a_missing_an_open_and_another_master_key_are_told_with_file_and_way_out(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = own_home / "mount"
    outside.mkdir()
    monkeypatch.setenv("SHUJIAN_MASTER_KEY", str(outside / "m.key"))
    stored = seal_bytes(b"x", "a")
    kept = (outside / "m.key").read_text("ascii")
    assert not (own_home / "secrets" / "master.key").exists()

    def told() -> tuple[str, str | None, bool]:
        with pytest.raises(Unavailable) as caught:
            unseal_bytes(stored, "a")
        fault = caught.value.faults[0]
        return fault.code, fault.file, bool(fault.expected)

    place = str(outside / "m.key")
    (outside / "m.key").unlink()
    assert told() == ("no_master_key", place, True)
    with pytest.raises(Unavailable):
        keyring.add()
    assert not (outside / "m.key").exists()
    for text, mode, code in (
        ("ab" * 32, 0o600, "other_master_key"), (kept, 0o644, "open_master_key"), ("zz", 0o600, "bad_master_key"),
    ):  # fmt: skip
        (outside / "m.key").write_text(text, "ascii")
        (outside / "m.key").chmod(mode)
        assert told() == (code, place, True)
    (outside / "m.key").write_text(kept, "ascii")
    (outside / "m.key").chmod(0o600)
    assert unseal_bytes(stored, "a") == b"x"
    ring = own_home / "secrets" / "columns.ring.json"
    assert kept not in ring.read_text("utf-8")
    told_keys = json.loads(ring.read_text("utf-8"))
    told_keys["keys"][0]["wrapped"] = told_keys["keys"][0]["wrapped"][:-2] + "00"
    ring.write_text(json.dumps(told_keys), "utf-8")
    assert told()[0] == "other_master_key"
    ring.write_text("{", "utf-8")
    assert told()[0] == "bad_ring"


@pytest.mark.django_db
def test_an_answer_that_the_api_keeps_is_sealed_again_and_an_empty_one_is_left_alone(own_home: Path) -> None:
    kept, waiting = (
        Asked.objects.create(account="zhang", operation="clue_move", key=key, body="b", at=now()) for key in ("k1", "k2")
    )  # fmt: skip
    kept.sealed = seal_bytes(b"answer", place_of(kept))
    kept.save()
    done = service.rotate(actor="cli:root")
    assert (done["values"], done["broken"], done["left"]) == (1, [], {})
    again = Asked.objects.get(pk=kept.pk)
    assert key_number(again.sealed) == 2 and unseal_bytes(again.sealed, place_of(again)) == b"answer"
    assert bytes(Asked.objects.get(pk=waiting.pk).sealed) == b""
