"""What a package holds, how it is put together and signed, and how an arriving one is checked before anything else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shujian
from shujian.kernel.canonical import canonical
from shujian.kernel.clock import today
from shujian.kernel.errors import Fault
from shujian.kernel.gm import sm3_hex
from shujian.kernel.offices import Office, own_office, sign, signed_by, trusted
from shujian.lake.read import source_file
from shujian.supervision.keywords import keyword_shelf
from shujian.supervision.library import LANGUAGE, Model
from shujian.supervision.necessity import FILE as NECESSITY
from shujian.supervision.packages.archive import MANIFEST, SIGNATURE, PackageRefused, read, refused, written
from shujian.supervision.parameters import parameter_book

FORMAT = 1
"""Raised with every change after which an older engine would read a package wrongly."""


@dataclass(frozen=True)
class Package:
    """A package whose signatures hold: what its manifest says, who signed, and its files without these two."""

    manifest: Mapping[str, Any]
    office: Office
    files: Mapping[str, bytes]

    @property
    def model(self) -> str:
        """The id of the model in it."""
        return str(self.manifest["model"])

    def named(self, folder: str) -> dict[str, bytes]:
        """The files of ``keywords``, ``parameters`` or ``sources``, by id."""
        return {
            Path(name).stem: body
            for name, body in sorted(self.files.items())
            if name.startswith(f"{folder}/")
        }


def pack(model: Model) -> bytes:
    """The signed package of a model: the same model, keys and day give the same bytes. Raises GuardRefused without keys."""
    if any(need.fields or need.subjects for need in model.spec.needs.values()):
        raise refused(
            "adapted", "这个模型是拆包得来、按本院字段对应过的，不能再打包转发", model.file.path,
            expected="请对方直接发给需要的单位",
        )  # fmt: skip
    office, files = own_office(), contents(model)
    manifest = {
        "format": FORMAT, "language": LANGUAGE, "engine": shujian.__version__, "model": model.spec.id,
        "number": model.spec.number, "title": model.spec.title, "fingerprint": model.fingerprint,
        "office": office.id, "office_title": office.title, "county": office.county, "made_on": today().isoformat(),
        "files": {name: sm3_hex(body) for name, body in sorted(files.items())},
    }  # fmt: skip
    told = canonical(manifest).encode()
    return written({**files, MANIFEST: told, SIGNATURE: canonical(sign(told)).encode()})


def contents(model: Model) -> dict[str, bytes]:
    """The model's own files, and of the catalogue what it names: keyword files, parameters, source contracts."""
    files = {"model/model.yaml": model.file.path.read_bytes()}
    for name in ("NOTE.md", NECESSITY, "plan.sql"):
        if (model.folder / name).exists():
            files[f"model/{name}"] = (model.folder / name).read_bytes()
    for path in sorted((model.folder / "proofs").glob("*.yaml")):
        files[f"model/proofs/{path.name}"] = path.read_bytes()
    shelf = keyword_shelf()
    for name in model.spec.keyword_files():
        files[f"keywords/{name}.yaml"] = shelf.files[name].path.read_bytes()
    for need in model.spec.needs.values():
        files[f"sources/{need.source}.yaml"] = source_file(need.source).read_bytes()
    return {**files, **_parameters(model)}


def _parameters(model: Model) -> dict[str, bytes]:
    """Of each group only the parameters that the model names, as they are written."""
    book, wanted = parameter_book(), dict[str, set[str]]()
    for name in model.spec.parameters:
        group, _, key = name.partition(".")
        wanted.setdefault(group, set()).add(key)
    files = {}
    for group, keys in sorted(wanted.items()):
        parts = sections(book.files[group].path.read_text("utf-8"))
        files[f"parameters/{group}.yaml"] = "".join(
            body for key, body in parts.items() if key in keys
        ).encode()
    return files


def sections(text: str) -> dict[str, str]:
    """Top-level key → its lines, of a parameter file in block style."""
    found: dict[str, str] = {}
    key = None
    for line in text.splitlines(keepends=True):
        if line[:1] not in (" ", "#", "\n", "\r", "-", "") and ":" in line:
            key = line.partition(":")[0].strip().strip("\"'")
            found[key] = ""
        if key is not None:
            found[key] += line if line.endswith("\n") else line + "\n"
    return found


def opened(path: Path) -> Package:
    """Read a package and believe it only where everything holds. Raises PackageRefused, with every wrong file at once."""
    files = read(path)
    told = files.pop(MANIFEST, None)
    signatures = _plain(files.pop(SIGNATURE, None))
    manifest = _plain(told)
    if told is None or manifest is None or signatures is None:
        raise refused(
            "not_a_package", "不是模型包：缺少清单或签名", path, expected=f"{MANIFEST}、{SIGNATURE}"
        )
    if (
        not isinstance(manifest.get("format"), int)
        or manifest["format"] > FORMAT
        or manifest.get("language") != LANGUAGE
    ):
        raise refused(
            "newer_format", "模型包的格式比本系统新，先升级再拆包", path,
            f"格式 {manifest.get('format')}、语言 {manifest.get('language')}（{manifest.get('engine')}）",
            f"格式 {FORMAT}、语言 {LANGUAGE}（{shujian.__version__}）",
        )  # fmt: skip
    office = trusted().get(str(manifest.get("office")))
    if office is None:
        raise refused(
            "unknown_office", "模型包由没有信任过的单位签名", path,
            f"{manifest.get('office_title')}（{str(manifest.get('office'))[:32]}）", "先核对指纹，再 shujian keys trust",
        )  # fmt: skip
    broken = signed_by(office, told, signatures)
    if broken:
        raise refused(
            "bad_signature",
            "签名不符：清单被改动过，或不是这个单位签的",
            path,
            "、".join(broken),
            "两种签名都成立",
        )
    _check_files(path, manifest, files)
    return Package(manifest, office, files)


def _plain(body: bytes | None) -> dict[str, Any] | None:
    try:
        found = json.loads(body) if body is not None else None
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _check_files(path: Path, manifest: Mapping[str, Any], files: Mapping[str, bytes]) -> None:
    listed = manifest["files"]
    faults = [
        _wrong(path, "missing_file", "模型包里少了清单上的文件", name)
        for name in sorted(listed.keys() - files.keys())
    ]
    faults += [
        _wrong(path, "extra_file", "模型包里有清单上没有的文件", name)
        for name in sorted(files.keys() - listed.keys())
    ]
    faults += [
        _wrong(path, "changed_file", "文件内容与清单上的摘要不符", name)
        for name in sorted(files.keys() & listed.keys())
        if sm3_hex(files[name]) != listed[name]
    ]
    if faults:
        raise PackageRefused(faults)


def _wrong(path: Path, code: str, message: str, name: str) -> Fault:
    return Fault(code=code, message=message, file=str(path), found=name, expected="逐字节与打包时相同")
