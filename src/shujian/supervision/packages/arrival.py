"""An opened package against what is here: what must be installed, what is here already, what stands in the way."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from shujian.kernel.clock import today
from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.home import beside_catalogue, home
from shujian.kernel.yamlfile import YamlFile, read_yaml
from shujian.lake.read import SourceContract, memory_session, read_contract, sources
from shujian.lake.service import typed_table
from shujian.supervision.keywords import keyword_shelf
from shujian.supervision.library import Model, load_model
from shujian.supervision.packages.archive import PackageRefused
from shujian.supervision.packages.mapping import INSTALL, MapFile, SourcePair, beside, told_pair
from shujian.supervision.packages.package import Package
from shujian.supervision.parameters import parameter_book
from shujian.supervision.proof import read_proofs
from shujian.supervision.run import make_plan, rights_of


@dataclass
class Arrival:
    """What an opened package means here. ``pairs``: its sources beside ours; ``install``: files by their place in a
    catalogue; ``notes``: what a person should know; ``faults``: what stands in the way.
    """

    package: Package
    pairs: dict[str, SourcePair] = field(default_factory=dict)
    install: dict[str, bytes] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def unsettled(self) -> list[SourcePair]:
        """The sources whose mapping is a proposal that nobody has confirmed."""
        return [pair for pair in self.pairs.values() if pair.source is not None and not pair.same]


def look_at(package: Package, told: MapFile | None) -> Arrival:
    """Hold a package against the catalogue here. Raises BadInput for a mapping file that names what is not there."""
    found = Arrival(package)
    _keywords(found)
    _parameters(found)
    with tempfile.TemporaryDirectory(prefix="shujian-") as folder:
        root = Path(folder)
        lay_out(root, {**_catalogue_files(package), **found.install})
        contracts = _contracts(root / "arriving")
        with beside_catalogue(root):
            model = load_model(root / "models" / "model.yaml")
            needed, subjects = _named(model, contracts)
        here = sources()
        taken = {
            one.source for one in (told.sources if told else {}).values() if not isinstance(one, str)
        } | contracts.keys()
        for name, contract in contracts.items():
            one = told.sources.get(name) if told else None
            if one is None or name not in {need.source for need in model.spec.needs.values()}:
                free = {each: own for each, own in here.items() if each == name or each not in taken}
                pair = beside(contract, needed[name], subjects[name], free)
            elif one == INSTALL:
                pair = SourcePair(name, contract.title, None, "", (), {})
            else:
                assert not isinstance(one, str)
                if one.source not in here:
                    raise BadInput(_not_here(name, one.source, here))
                pair = told_pair(contract, needed[name], subjects[name], one, here[one.source])
            _settle(found, pair, contract, here, told is not None and one is not None)
    return found


def lay_out(root: Path, files: Mapping[str, bytes]) -> None:
    """Write files below a folder."""
    for name, body in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)


def _catalogue_files(package: Package) -> dict[str, bytes]:
    """The model with its proofs, and its contracts in a folder that is no catalogue's."""
    files = {f"arriving/{name}.yaml": body for name, body in package.named("sources").items()}
    return files | {
        f"models/{name.removeprefix('model/')}": body
        for name, body in package.files.items()
        if name.startswith("model/")
    }


def _contracts(folder: Path) -> dict[str, SourceContract]:
    return {path.stem: read_contract(path) for path in sorted(folder.glob("*.yaml"))}


def _named(
    model: Model, contracts: Mapping[str, SourceContract]
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Source → the fields that the model and its proofs name, and the subjects that it compares."""
    by_alias = {alias: contracts[need.source] for alias, need in model.spec.needs.items()}
    session = memory_session({one.id: typed_table(one, []) for one in by_alias.values()})
    try:
        rights = rights_of(model, by_alias, {}, today(), session)
        plan = make_plan(model, by_alias, parameter_book(), today(), rights)
    finally:
        session.close()
    fields: dict[str, list[str]] = {name: [] for name in contracts}
    subjects: dict[str, list[str]] = {name: [] for name in contracts}
    proofs, faults = read_proofs(model)
    if faults:
        raise BadInput(faults)
    for alias, contract in by_alias.items():
        read = [column.field or "" for column in plan.relations[alias].columns.values()]
        shown = [name for emit in model.spec.emit for name in emit.evidence.get(alias, [])]
        given = [name for each in proofs for row in each.proof.given.get(alias, []) for name in row]
        subjects[contract.id] += [
            name for name in contract.subjects if any(one.startswith(f"{name}__") for one in read)
        ]
        stems = [name.partition("__")[0] for name in [*read, *shown, *given]]
        known = {one.id for one in contract.fields}
        fields[contract.id] += [name for name in stems if name in known]
    return (
        {name: list(dict.fromkeys(told)) for name, told in fields.items()},
        {name: list(dict.fromkeys(told)) for name, told in subjects.items()},
    )


def _settle(
    found: Arrival, pair: SourcePair, contract: SourceContract, here: Mapping[str, SourceContract], told: bool
) -> None:
    found.pairs[pair.arriving] = pair
    if pair.source is None:
        if contract.id in here:
            found.faults.append(
                _fault(
                    "source_exists",
                    "本院已有同名的数据源，不能再装入一个",
                    contract.id,
                    "在对应文件里写本院的字段",
                )
            )
            return
        found.install[f"sources/{contract.id}.yaml"] = found.package.files[f"sources/{contract.id}.yaml"]
        found.notes.append(
            f"装入数据源“{contract.title}”（{contract.id}）的数据契约；使用前与提供单位另订协议"
        )
        return
    own = here[pair.source]
    for one in pair.fields:
        theirs, ours = contract.field(one.name), own.field(one.home or "")
        if ours is None and told:
            message, known = (
                f"“{own.title}”没有模型要用的字段“{one.title}”",
                "、".join(item.id for item in own.fields),
            )
            found.faults.append(_fault("missing_field", message, one.name, known))
        if ours is None:
            continue
        if theirs is not None and theirs.type != ours.type:
            found.faults.append(
                _fault("other_type", f"字段“{one.title}”与“{ours.title}”的类型不同", ours.type, theirs.type)
            )
        elif theirs is not None and theirs.values and ours.values and set(theirs.values) - set(ours.values):
            lost = "、".join(sorted(set(theirs.values) - set(ours.values)))
            found.notes.append(f"字段“{ours.title}”在本院的取值里没有：{lost}；模型若按它判断，不会命中")
    for name, called in pair.subjects.items():
        form = own.subjects.get(called)
        if form is None or form.kind != contract.subjects[name].kind:
            found.faults.append(
                _fault("missing_subject", f"“{own.title}”没有模型要用的主体", called, "、".join(own.subjects))
            )


def _keywords(found: Arrival) -> None:
    shelf = keyword_shelf()
    for name, body in found.package.named("keywords").items():
        if name not in shelf.files:
            found.install[f"keywords/{name}.yaml"] = body
        elif _read(body, name).value != shelf.files[name].value:
            found.faults.append(
                _fault(
                    "other_keywords",
                    "本院已有同名而内容不同的关键词文件",
                    name,
                    "与对方协商后由一方改名，重新打包",
                )
            )


def _parameters(found: Arrival) -> None:
    """Take what is missing. Where both have a parameter, the own value stays, and a difference is told."""
    book = parameter_book()
    for group, body in found.package.named("parameters").items():
        theirs = _read(body, group).value
        ours = book.files[group].value if group in book.files else {}
        for key, told in theirs.items():
            if key in ours and ours[key]["values"] != told["values"]:
                found.notes.append(
                    f"参数“{told['title']}”（{group}.{key}）以本院的值为准，与对方的不同，请核对"
                )
        missing = [f"{group}.{key}" for key in theirs if key not in ours]
        if group not in book.files:
            found.install[f"parameters/{group}.yaml"] = body
        elif missing:
            own = book.files[group].path
            more = (
                f"把包里这几项补进 {own}"
                if own.parent == home().catalogue / "parameters"
                else "升级到对方的版本"
            )
            message = f"本院的参数组 {group} 里没有模型要用的参数"
            found.faults.append(_fault("missing_parameter", message, "、".join(missing), more))


def _read(body: bytes, name: str) -> YamlFile:
    with tempfile.TemporaryDirectory(prefix="shujian-") as folder:
        path = Path(folder) / f"{name}.yaml"
        path.write_bytes(body)
        return read_yaml(path)


def _fault(code: str, message: str, found: str, expected: str) -> Fault:
    return Fault(code=code, message=message, found=found, expected=expected)


def _not_here(arriving: str, named: str, here: Mapping[str, SourceContract]) -> Fault:
    return Fault(
        code="unknown_source", message="对应文件写的数据源本院没有", field=f"sources.{arriving}.source", found=named,
        expected="、".join(sorted(here)),
    )  # fmt: skip


def refuse_faults(found: Arrival) -> None:
    """Raises PackageRefused with everything that stands in the way."""
    if found.faults:
        raise PackageRefused(found.faults)
