"""Which county's names hold here: the region files of the catalogue, and the one that this installation uses.

The shipped files are examples. A file of the user wins over them; of several, the one that was chosen
(``shujian region use``, or ``SHUJIAN_REGION`` for one process).
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.home import SHIPPED_CATALOGUE, home, private_folder
from shujian.matching.normalise.gazetteer import Gazetteer, load

VARIABLE = "SHUJIAN_REGION"
EXAMPLE = "model_county"
"""The shipped region that holds while the user has none."""


def region_files() -> dict[str, Path]:
    """Every region file by id: shipped ones first, then the user's, who may not redefine an id.

    Raises BadInput (``duplicate_region``) where one does.
    """
    found: dict[str, Path] = {}
    for root in home().catalogue_roots():
        for path in sorted((root / "regions").glob("*.yaml")):
            if path.stem in found:
                raise BadInput(
                    Fault(
                        code="duplicate_region", message="地区编号已被占用", file=str(path), found=path.stem
                    )
                )
            found[path.stem] = path
    return found


def chosen_region() -> str:
    """The id of the region in use. Raises BadInput where the choice is open, or names no file."""
    files = region_files()
    told = os.environ.get(VARIABLE) or _kept()
    if told:
        if told in files:
            return told
        raise BadInput(
            Fault(code="unknown_region", message="所选的地区没有文件", found=told, expected="、".join(files))
        )
    own = [name for name, path in files.items() if not path.is_relative_to(SHIPPED_CATALOGUE)]
    if len(own) > 1:
        raise BadInput(
            Fault(code="region_not_chosen", message="有几个地区文件，请用 shujian region use 选定一个",
                  found="、".join(own))
        )  # fmt: skip
    return own[0] if own else EXAMPLE


def use_region(region_id: str) -> None:
    """Choose a region for this installation. Raises BadInput for an unknown id, or with the file's faults."""
    files = region_files()
    if region_id not in files:
        raise BadInput(
            Fault(code="unknown_region", message="没有这个地区", found=region_id, expected="、".join(files))
        )
    load(files[region_id])
    target = private_folder(home().root) / "region"
    target.write_text(region_id + "\n", "utf-8")


def region() -> Gazetteer:
    """The names of the region in use, read once while its file stands. Raises BadInput."""
    path = region_files()[chosen_region()]
    stat = path.stat()
    return _loaded(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=8)
def _loaded(path: Path, changed: int, size: int) -> Gazetteer:
    return load(path)


def _kept() -> str | None:
    path = home().root / "region"
    return path.read_text("utf-8").strip() if path.is_file() else None
