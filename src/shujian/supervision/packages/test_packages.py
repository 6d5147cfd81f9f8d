"""Packages: the same bytes again, refused by one changed byte, mapped on arrival, proved before they stand."""

from __future__ import annotations

import io
import json
import random
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shujian.kernel import offices
from shujian.kernel.canonical import canonical
from shujian.kernel.errors import BadInput, GuardRefused
from shujian.kernel.gm import sm3_hex
from shujian.supervision import service
from shujian.supervision.conftest import MODEL, PARAMETER, PERSON, SOURCE, write_model
from shujian.supervision.library import find_model, load_models
from shujian.supervision.packages.archive import PackageRefused, written
from shujian.supervision.packages.likeness import near_models
from shujian.supervision.packages.package import opened
from shujian.supervision.service import MapFile, MappingUnconfirmed

PROOF = """name: {name}
says: 示例
kind: {kind}
as_of: 2026-06-30
given:
  名单: [{{no: 一, name: 示例甲, id_card: "999999199001010016", day: 2026-01-05, amount: {amount}}}]
  记录: []
coverage: {{记录: [{{from: 2020-01-01, to: 2026-06-30}}]}}
expect: [{expect}]
"""
HIT = '{subject: "999999199001010016", grade: A, absence: proved}'


@pytest.fixture
def package(own_home: Path) -> Path:
    """A package of the own model, in a home that has keys and trusts itself."""
    proofs = own_home / "models/own/proofs"
    proofs.mkdir()
    for name, kind, amount, expect in (("one", "hit", 300, HIT), ("two", "miss", 100, "")):
        text = PROOF.format(name=name, kind=kind, amount=amount, expect=expect)
        (proofs / f"{name}.yaml").write_text(text, "utf-8")
    (own_home / "models/own/NOTE.md").write_text("# 说明\n", "utf-8")
    offices.make_office("示例市人民检察院", "示例县")
    path = own_home.parent / "own.sjmodel"
    path.write_bytes(service.pack("listed_not_recorded")[0])
    return path


@pytest.fixture
def arrived(package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Another home that trusts the office; ``arrived(fields, subjects)`` writes its own contract of the list."""
    office = tmp_path / "office.json"
    office.write_text(json.dumps(offices.own_office().as_dict()), "utf-8")
    fingerprint = offices.own_office().fingerprint
    monkeypatch.setenv("SHUJIAN_HOME", str(tmp_path / "乙"))
    offices.trust(office, fingerprint)

    def with_sources(**sources: tuple[str, str, str]) -> Path:
        folder = tmp_path / "乙/catalogue/sources"
        folder.mkdir(parents=True, exist_ok=True)
        for name, (title, fields, subjects) in sources.items():
            body = SOURCE.format(id=name, title=title, fields=fields, subjects=subjects, expires="null")
            (folder / f"{name}.yaml").write_text(body, "utf-8")
        return tmp_path / "乙/catalogue"

    return with_sources


RENAMED = PERSON
for old, new in (
    ("id: name,", "id: xm,"),
    ("id: id_card, title: 身份证号", "id: sfzh, title: 公民身份号码, aliases: [身份证号]"),
    ("id: amount, title: 金额", "id: je, title: 金额"),
    ("id: day, title: 日期", "id: amount, title: 登记日期, aliases: [日期]"),
):
    RENAMED = RENAMED.replace(old, new)
TRUE_MAP = {"name": "xm", "id_card": "sfzh", "day": "amount", "amount": "je"}
PERSON_HERE = "{person: {kind: person, name: xm, id_card: sfzh, birth: birth_on, sex: sex, area: null}}"
OWNER = PERSON_HERE.replace("{person:", "{owner:")


def codes(raised: pytest.ExceptionInfo[GuardRefused]) -> set[str]:
    return {fault.code for fault in raised.value.faults}


def test_the_same_model_gives_the_same_bytes_and_nothing_of_the_lake(package: Path) -> None:
    first = package.read_bytes()
    assert service.pack("listed_not_recorded")[0] == first
    found = opened(package)
    assert sorted(found.files) == [
        "model/NOTE.md", "model/model.yaml", "model/proofs/one.yaml", "model/proofs/two.yaml", "parameters/own.yaml",
        "sources/own_list.yaml", "sources/own_record.yaml",
    ]  # fmt: skip
    assert (found.office.title, found.manifest["county"]) == ("示例市人民检察院", "示例县")
    assert found.manifest["fingerprint"] == find_model("listed_not_recorded").fingerprint


def test_one_changed_byte_anywhere_is_refused(package: Path) -> None:
    body = package.read_bytes()
    draw = random.Random(4)
    for place in [
        0,
        5,
        10,
        12,
        len(body) - 1,
        len(body) - 3,
        *(draw.randrange(len(body)) for _ in range(80)),
    ]:
        changed = bytearray(body)
        changed[place] ^= 1 << draw.randrange(8)
        package.write_bytes(bytes(changed))
        with pytest.raises(PackageRefused):
            opened(package)
    for other in (body + b"\0", b"\0" + body, body[:-1], b"", b"PK"):
        package.write_bytes(other)
        with pytest.raises(PackageRefused):
            opened(package)


def rewritten(package: Path, change: Callable[[dict[str, bytes]], None], sign: bool = False) -> None:
    """A package with other files in a sound zip; ``sign``: with a manifest that tells the truth, signed anew."""
    with zipfile.ZipFile(io.BytesIO(package.read_bytes())) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    if sign:
        manifest = json.loads(files["manifest.json"])
        told = [name for name in files if name not in ("manifest.json", "signature.json")]
        manifest["files"] = {name: sm3_hex(files[name]) for name in told}
        files["manifest.json"] = canonical(manifest).encode()
        files["signature.json"] = canonical(offices.sign(files["manifest.json"])).encode()
    package.write_bytes(written(files))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda files: files.update({"model/NOTE.md": b"x"}), "changed_file"),
        (lambda files: files.pop("model/NOTE.md"), "missing_file"),
        (lambda files: files.update({"model/proofs/more.yaml": b"x"}), "extra_file"),
        (lambda files: files.pop("signature.json"), "not_a_package"),
        (lambda files: files.pop("manifest.json"), "not_a_package"),
        (lambda files: files.update({"manifest.json": files["manifest.json"] + b" "}), "bad_signature"),
        (lambda files: files.update({"manifest.json": files["manifest.json"].replace(b'"format":1', b'"format":2')}), "newer_format"),
        (lambda files: files.update({"../../etc/x.yaml": b"x"}), "bad_name"),
        (lambda files: files.update({"/model/x.yaml": b"x"}), "bad_name"),
        (lambda files: files.update({"model/run.py": b"x"}), "bad_name"),
        (lambda files: files.update({"sources/..yaml": b"x"}), "bad_name"),
        (lambda files: files.update({f"keywords/w{n}.yaml": b"" for n in range(700)}), "too_many"),
    ],
)  # fmt: skip
def test_a_sound_zip_of_other_contents_is_refused(
    package: Path, change: Callable[[dict[str, bytes]], None], code: str
) -> None:
    rewritten(package, change)
    with pytest.raises(PackageRefused) as raised:
        opened(package)
    assert codes(raised) == {code} and raised.value.exit_code == 3


def test_every_wrong_file_is_told_at_once(package: Path) -> None:
    def change(files: dict[str, bytes]) -> None:
        files.pop("model/NOTE.md")
        files.update({"model/proofs/one.yaml": b"x", "keywords/more.yaml": b"x"})

    rewritten(package, change)
    with pytest.raises(PackageRefused) as raised:
        opened(package)
    assert [fault.code for fault in raised.value.faults] == ["missing_file", "extra_file", "changed_file"]


def test_either_signature_alone_is_not_enough(package: Path) -> None:
    body = package.read_bytes()
    for kind in ("sm2", "ed25519"):
        package.write_bytes(body)

        def change(files: dict[str, bytes], kind: str = kind) -> None:
            told = json.loads(files["signature.json"])
            files["signature.json"] = canonical({**told, kind: "00" * 64}).encode()

        rewritten(package, change)
        with pytest.raises(PackageRefused, match="签名不符") as raised:
            opened(package)
        assert raised.value.faults[0].found == kind


def test_a_bomb_and_a_compressed_entry_are_refused_unread(package: Path) -> None:
    with zipfile.ZipFile(package, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("model/proofs/bomb.yaml", b"\0" * 50_000_000)
    assert package.stat().st_size < 200_000
    with pytest.raises(PackageRefused, match="压缩炸弹"):
        opened(package)


def test_an_unknown_office_is_refused(package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHUJIAN_HOME", str(tmp_path / "丙"))
    for _ in range(2):
        with pytest.raises(PackageRefused, match="没有信任过的单位") as raised:
            service.unpack(package)
        assert "示例市人民检察院" in (raised.value.faults[0].found or "")
        if not (tmp_path / "丙/secrets/office.key").exists():
            offices.make_office("示例市人民检察院", "示例县")  # the name is borrowed, the keys are not


def test_a_home_without_the_sources_takes_contracts_parameters_and_all(
    package: Path, arrived: Callable[..., Path]
) -> None:
    catalogue = arrived()
    done = service.unpack(package)
    assert (done.model, done.proofs, done.office) == ("listed_not_recorded", 2, "示例市人民检察院")
    assert done.installed == (
        "models/received/listed_not_recorded/NOTE.md", "models/received/listed_not_recorded/model.yaml",
        "models/received/listed_not_recorded/proofs/one.yaml", "models/received/listed_not_recorded/proofs/two.yaml",
        "models/received/listed_not_recorded/received.json", "parameters/own.yaml", "sources/own_list.yaml",
        "sources/own_record.yaml",
    )  # fmt: skip
    assert load_models()["listed_not_recorded"].fingerprint == done.fingerprint
    assert service.prove([catalogue / "models"], mutants=False).ok
    assert not list(catalogue.parent.glob(".arriving-*"))
    with pytest.raises(PackageRefused, match="一模一样"):
        service.unpack(package)


def test_renamed_columns_wait_for_a_person_and_then_prove_the_same(
    package: Path, arrived: Callable[..., Path]
) -> None:
    """The own contract calls the day ``amount`` and the amount ``je``: the names cross, and nothing is mistaken."""
    catalogue = arrived(own_list=("示例名单", RENAMED, PERSON_HERE), jl_ku=("示例记录库", RENAMED, OWNER))
    with pytest.raises(MappingUnconfirmed) as raised:
        service.unpack(package)
    assert (
        codes(raised) == {"mapping_unconfirmed"} and load_models().keys() & {"listed_not_recorded"} == set()
    )
    pairs = {pair.arriving: pair for pair in raised.value.pairs}
    assert pairs["own_list"].source == "own_list" and pairs["own_list"].renamed == TRUE_MAP
    assert pairs["own_record"].source == "jl_ku" and pairs["own_record"].subjects == {"person": "owner"}
    path = catalogue / "map.yaml"
    path.write_text(service.written_map(raised.value.pairs), "utf-8")
    done = service.unpack(package, service.read_map(path))
    assert done.proofs == 2 and "parameters/own.yaml" in done.installed
    assert not [name for name in done.installed if name.startswith("sources/")]
    needs = find_model("listed_not_recorded").spec.needs
    assert needs["名单"].fields == TRUE_MAP and needs["记录"].source == "jl_ku"
    assert needs["记录"].subjects == {"person": "owner"}
    report = service.prove([catalogue / "models"], mutants=True)
    assert report.ok and len(report.items) == 2
    assert service.check([catalogue / "models"]) == []
    with pytest.raises(PackageRefused, match="不能再打包转发"):
        service.pack("listed_not_recorded")


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"own_list": {"source": "own_list", "fields": {**TRUE_MAP, "day": "je", "amount": "amount"}}}, "other_type"),
        ({"own_list": {"source": "own_list", "fields": {"name": "xm"}}}, "missing_field"),
        ({"own_list": {"source": "own_list", "fields": TRUE_MAP, "subjects": {"person": "nobody"}}}, "missing_subject"),
        ({"own_list": "install"}, "source_exists"),
    ],
)  # fmt: skip
def test_a_mapping_that_does_not_fit_installs_nothing(
    package: Path, arrived: Callable[..., Path], told: dict[str, Any], code: str
) -> None:
    catalogue = arrived(own_list=("示例名单", RENAMED, PERSON_HERE))
    with pytest.raises(PackageRefused) as raised:
        service.unpack(package, MapFile.model_validate({"sources": told}))
    assert code in codes(raised) and not (catalogue / "models").exists()


def test_a_mapping_file_with_faults_tells_them_all(own_home: Path) -> None:
    path = own_home / "map.yaml"
    path.write_text("sources: {a: {sourcee: x}, b: nothing}\nmore: 1\n", "utf-8")
    with pytest.raises(BadInput) as raised:
        service.read_map(path)
    assert len(raised.value.faults) >= 3 and all(fault.line for fault in raised.value.faults)
    path.write_text("sources: {own_list: {source: nowhere}}", "utf-8")
    assert service.read_map(path).sources.keys() == {"own_list"}


def test_a_proof_that_fails_here_keeps_the_model_out(package: Path, arrived: Callable[..., Path]) -> None:
    """The own parameter stays; here the least amount is higher, so the hit of the proof is none."""
    catalogue = arrived()
    (catalogue / "parameters").mkdir()
    (catalogue / "parameters/own.yaml").write_text(PARAMETER.replace("value: 200", "value: 900"), "utf-8")
    with pytest.raises(PackageRefused) as raised:
        service.unpack(package)
    assert codes(raised) == {"proof_failed"} and not (catalogue / "models").exists()
    (catalogue / "parameters/own.yaml").write_text(PARAMETER.replace("value: 200", "value: 250"), "utf-8")
    assert any("own.least" in note for note in service.unpack(package).notes)


def test_a_sealed_model_that_is_wrong_is_refused_with_its_faults(
    package: Path, arrived: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    catalogue = arrived()
    monkeypatch.setenv("SHUJIAN_HOME", str(tmp_path))  # the sender signs something that does not compile
    bad = MODEL.replace("记录.day >= 名单.day", "记录.dayy >= 名单.day")
    rewritten(package, lambda files: files.update({"model/model.yaml": bad.encode()}), sign=True)
    monkeypatch.setenv("SHUJIAN_HOME", str(catalogue.parent))
    with pytest.raises(BadInput):
        service.unpack(package)
    monkeypatch.setenv("SHUJIAN_HOME", str(tmp_path))
    rewritten(package, lambda files: files.update({"model/model.yaml": MODEL.encode()}), sign=True)

    def without_proofs(files: dict[str, bytes]) -> None:
        for name in ("one", "two"):
            files.pop(f"model/proofs/{name}.yaml")

    rewritten(package, without_proofs, sign=True)
    monkeypatch.setenv("SHUJIAN_HOME", str(catalogue.parent))
    with pytest.raises(PackageRefused, match="没有证明用例"):
        service.unpack(package)
    assert not (catalogue / "models").exists()


def test_an_id_or_number_that_is_taken_is_refused(package: Path, arrived: Callable[..., Path]) -> None:
    catalogue = arrived()
    folder = catalogue / "models/own"
    folder.mkdir(parents=True)
    service.unpack(package)
    shutil.move(catalogue / "models/received/listed_not_recorded", folder / "x")
    own = folder / "x/model.yaml"
    own.write_text(own.read_text("utf-8").replace("示例名单未见记录", "另一个"), "utf-8")
    with pytest.raises(PackageRefused, match="已被“另一个”使用"):
        service.unpack(package)


def test_a_near_duplicate_is_told(package: Path, arrived: Callable[..., Path]) -> None:
    catalogue = arrived()
    first = service.unpack(package)
    assert first.near == ()
    other = catalogue / "models/received/listed_not_recorded/model.yaml"
    text = (
        other.read_text("utf-8").replace("id: listed_not_recorded", "id: same_thing").replace("large", "big")
    )
    other.write_text(text.replace("示例名单未见记录", "同一件事"), "utf-8")
    shutil.move(other.parent, catalogue / "models/same_thing")
    (near,) = service.unpack(package).near
    assert (near.model, near.title) == ("same_thing", "同一件事") and near.share > 0.9


def test_models_of_the_catalogue_are_no_near_duplicates_of_each_other(own_home: Path) -> None:

    models = load_models()
    assert {
        name: near_models(model, models) for name, model in models.items() if near_models(model, models)
    } == {}


def test_write_model_is_what_is_packed(package: Path, own_home: Path) -> None:
    write_model(own_home, MODEL + "# 一行注释\n")
    assert service.pack("listed_not_recorded")[0] != package.read_bytes()
