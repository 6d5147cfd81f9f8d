"""Unpack: believe, map, rewrite the model's needs, check, prove, and only then install below the own catalogue."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from shujian.kernel.clock import today
from shujian.kernel.errors import Fault, GuardRefused
from shujian.kernel.home import beside_catalogue, home, private_folder
from shujian.supervision.check import check_models
from shujian.supervision.library import Model, load_model, load_models, read_spec
from shujian.supervision.packages.archive import PackageRefused
from shujian.supervision.packages.arrival import Arrival, lay_out, look_at, refuse_faults
from shujian.supervision.packages.likeness import Near, near_models
from shujian.supervision.packages.mapping import MapFile, SourcePair
from shujian.supervision.packages.package import Package, opened
from shujian.supervision.prove import prove_models

RECORD = "received.json"
_SOURCE = re.compile(r"source:\s*[\"']?[a-z0-9_]+[\"']?")


class MappingUnconfirmed(GuardRefused):
    """Fields were mapped by likeness only; ``pairs`` tells what is proposed. A person confirms it in a file."""

    def __init__(self, pairs: list[SourcePair]) -> None:
        self.pairs = pairs
        super().__init__(
            Fault(
                code="mapping_unconfirmed", message="模型的字段与本院的不同名，对应关系须由人确认",
                field="、".join(pair.arriving for pair in pairs),
                expected="--propose 对应.yaml 写出提议，核对后用 --map 对应.yaml",
            )
        )  # fmt: skip


@dataclass(frozen=True)
class Unpacked:
    """What came of a package. ``folder``: where the model stands now; ``near``: models that it is like."""

    model: str
    number: str | None
    title: str
    office: str
    county: str
    fingerprint: str
    proofs: int
    pairs: tuple[SourcePair, ...]
    installed: tuple[str, ...]
    notes: tuple[str, ...]
    near: tuple[Near, ...]
    folder: Path


def proposed(path: Path) -> tuple[Package, list[SourcePair]]:
    """Look at a package without installing anything: its sources beside ours. Raises PackageRefused."""
    package = opened(path)
    found = look_at(package, None)
    return package, list(found.pairs.values())


def unpack(path: Path, told: MapFile | None = None) -> Unpacked:
    """Install a package's model, whole or not at all.

    Raises PackageRefused (see ``package.opened``, and where it is at odds with what is here or its proofs fail here),
    MappingUnconfirmed, BadInput for the mapping file.
    """
    package = opened(path)
    found = look_at(package, told)
    _taken(package)
    unsettled = [pair for pair in found.unsettled if told is None or pair.arriving not in told.sources]
    if unsettled:
        raise MappingUnconfirmed(unsettled)
    refuse_faults(found)
    files = {**found.install, **_model_files(found)}
    private_folder(home().root)
    with tempfile.TemporaryDirectory(prefix=".arriving-", dir=home().root) as folder:
        stage = Path(folder)
        lay_out(stage, files)
        own = f"models/received/{package.model}"
        if any((home().catalogue / name).exists() for name in files if name.startswith("models/")):
            raise PackageRefused(
                _fault("model_exists", "本院目录里已有这个模型的文件夹", own, "先移走原有的文件夹")
            )
        with beside_catalogue(stage):
            model, proofs = _proved(stage / own / "model.yaml")
            near = near_models(model, load_models())
        _install(stage, files)
    return Unpacked(
        model=package.model, number=model.spec.number, title=model.spec.title, office=package.office.title,
        county=package.office.county, fingerprint=model.fingerprint, proofs=proofs, pairs=tuple(found.pairs.values()),
        installed=tuple(sorted(files)), notes=tuple(found.notes), near=tuple(near), folder=home().catalogue / own,
    )  # fmt: skip


def _taken(package: Package) -> None:
    for name, model in load_models().items():
        if name == package.model and model.fingerprint == package.manifest["fingerprint"]:
            raise PackageRefused(_fault("same_model", "本院已有一模一样的模型，不必再装", name, "另一个模型"))
        if name == package.model or (
            model.spec.number and model.spec.number == package.manifest.get("number")
        ):
            told = f"{package.model} {package.manifest.get('number') or ''}".strip()
            message = f"模型的 id 或编号已被“{model.spec.title}”使用"
            raise PackageRefused(_fault("model_exists", message, told, "与对方协商后由一方改名，重新打包"))


def _model_files(found: Arrival) -> dict[str, bytes]:
    package, own = found.package, f"models/received/{found.package.model}"
    files = {
        f"{own}/{name.removeprefix('model/')}": body
        for name, body in package.files.items()
        if name.startswith("model/")
    }
    files[f"{own}/model.yaml"] = renamed_needs(
        package.files["model/model.yaml"].decode("utf-8"), found.pairs
    ).encode()
    files.pop(f"{own}/plan.sql", None)  # reviewed over there, of other tables; renewed here by the command
    record = {
        "received_on": today().isoformat(),
        "office": package.office.as_dict(),
        "manifest": dict(package.manifest),
    }
    files[f"{own}/{RECORD}"] = (
        json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    ).encode()
    return files


def renamed_needs(text: str, pairs: Mapping[str, SourcePair]) -> str:
    """The model's text with sources and names of this office in ``needs``; every other line stays as it came."""
    file, spec = read_spec(Path("model.yaml"), text)
    lines = text.splitlines(keepends=True)
    for alias, need in spec.needs.items():
        pair = pairs[need.source]
        if pair.source is None or pair.same:
            continue
        told = pair.as_map()
        line, column = file.place(("needs", alias, "source"))
        before, rest = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
        extra = [
            f"{name}: {{{_flow(names)}}}"
            for name, names in (("fields", told.fields), ("subjects", told.subjects))
            if names
        ]
        joint = ", " if before.strip() else "\n" + before
        said = joint.join([f"source: {told.source}", *extra])
        lines[line - 1] = before + _SOURCE.sub(said, rest, count=1)
    return "".join(lines)


def _flow(names: Mapping[str, str]) -> str:
    return ", ".join(f"{name}: {home}" for name, home in names.items())


def _proved(path: Path) -> tuple[Model, int]:
    """The model as it would stand here, and how many proofs hold. Raises PackageRefused with all that does not."""
    faults = check_models([path], today())
    if faults:
        raise PackageRefused(faults)
    report = prove_models([path], mutants=False)
    told = [
        _fault(
            "proof_failed", f"证明“{one.proof}”在本院不成立", "；".join(one.because)[:400], "与对方的结果相同"
        )
        for one in report.items
        if not one.ok
    ]
    if not report.items:
        told.append(_fault("no_proof", "模型包里没有证明用例", "0 个", "至少一个"))
    if told:
        raise PackageRefused(told)
    return load_model(path), len(report.items)


def _install(stage: Path, files: Mapping[str, bytes]) -> None:
    """Move everything into the catalogue; the model itself last, so that half of it is no model."""
    catalogue = private_folder(home().catalogue)
    for name in sorted(files, key=lambda name: (name.endswith("/model.yaml"), name)):
        target = catalogue / name
        target.parent.mkdir(parents=True, exist_ok=True)
        moved = target.with_name(f".{target.name}.new")
        shutil.copyfile(stage / name, moved)
        moved.replace(target)


def _fault(code: str, message: str, found: str, expected: str) -> Fault:
    return Fault(code=code, message=message, found=found, expected=expected)
