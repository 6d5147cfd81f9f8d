"""Writes what the county agreed with a provider, and takes it back: the file before it is kept and restored."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.yamlfile import parse_yaml
from shujian.lake.contracts import catalogue_source
from shujian.lake.county import TITLES, CountyAgreement, folder, misfits, read_county_text
from shujian.lake.locks import writing


@dataclass(frozen=True)
class Agreed:
    """What stands after the change. ``file`` None: nothing of the county any more, the source file alone stands."""

    source: str
    file: Path | None
    changed: bool


def agree(source_id: str, told: CountyAgreement, on_change: Callable[[], object] = lambda: None) -> Agreed:
    """Write the county's file in place of the one before it; ``on_change`` is called when all is ready and only the
    last move is left, so that no change goes without it. Raises UnknownSource, BadInput with every fault,
    Unavailable while the dataset is being written.
    """
    body = check_agreement(source_id, told)
    path = folder() / f"{source_id}.yaml"
    with writing(source_id):
        if path.exists() and path.read_text("utf-8") == body:
            return Agreed(source_id, path, changed=False)
        if path.exists():
            _keep(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".draft")
        with draft.open("w", encoding="utf-8") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        on_change()
        draft.replace(path)
    return Agreed(source_id, path, changed=True)


def check_agreement(source_id: str, told: CountyAgreement) -> str:
    """The text that would be written. Raises UnknownSource, BadInput with every fault."""
    contract, path = catalogue_source(source_id), folder() / f"{source_id}.yaml"
    body = _text(contract.title, told)
    read = read_county_text(parse_yaml(body, path))
    faults = list(misfits(contract, read))
    if faults:
        raise BadInput(faults)
    return body


def disagree(source_id: str, on_change: Callable[[], object] = lambda: None) -> Agreed:
    """Take the latest change back: the county's file before it stands again, else none. ``on_change`` as ``agree``.
    Raises BadInput where there is nothing to take back.
    """
    catalogue_source(source_id)
    path = folder() / f"{source_id}.yaml"
    with writing(source_id):
        if not path.exists():
            message = "本县没有为这个数据源登记协议，没有可撤回的"
            raise BadInput(Fault(code="no_agreement", message=message, file=str(path), found=source_id))
        earlier = _earlier(source_id)
        # A change that was cut short between keeping and writing left a copy of what still stands.
        while earlier and earlier[-1].read_bytes() == path.read_bytes():
            earlier.pop().unlink()
        on_change()
        if earlier:
            earlier[-1].replace(path)
            return Agreed(source_id, path, changed=True)
        path.unlink()
    return Agreed(source_id, None, changed=True)


def _keep(path: Path) -> None:
    place = folder() / "earlier" / path.stem
    place.mkdir(parents=True, exist_ok=True)
    kept = _earlier(path.stem)
    number = int(kept[-1].stem) + 1 if kept else 1
    draft = place / f"{number:06d}.draft"
    shutil.copyfile(path, draft)
    draft.replace(place / f"{number:06d}.yaml")


def _earlier(source_id: str) -> list[Path]:
    return sorted((folder() / "earlier" / source_id).glob("*.yaml"))


def _text(title: str, told: CountyAgreement) -> str:
    lines = [f"# 本县对“{title}”的数据共享协议；没有写的项目以数据源文件为准"]
    for key, value in told.written().items():
        shown = value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)
        lines.append(f"{key}: {shown}   # {TITLES[key]}")
    return "\n".join(lines) + "\n"
