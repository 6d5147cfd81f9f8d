"""Two invented lists of firms as the lake keeps them, by a fixed seed: half of the shorter one is on the longer one,
a third of those with a slip of the pen, most without a code, as penalty lists come.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import feather

from shujian.matching.firms.lists import Firms, firms, stored
from shujian.matching.normalise.uscc import ALPHABET

SEED = 20261125
SIGNS = [chr(0x4E00 + 7 * place) for place in range(1500)]
TRADES = [
    "陶瓷", "机械制造",
    "建筑工程", "科技", "电瓷电器", "物业管理", "商贸", "环保工程", "新材料", "烟花爆竹", "食品", "运输", "包装", "服饰",
    "房地产开发", "园林绿化", "劳务", "建材", "化工", "餐饮管理", "农业发展", "汽车服务", "实业", "文化传媒",
]  # fmt: skip
FORMS = ["有限公司", "有限公司", "有限公司", "股份有限公司", "厂", "合作社"]

Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Lists:
    """Both lists, and the true partner of each left row (-1 where it has none)."""

    left: Firms
    right: Firms
    truth: Places


def lists(left: int, right: int) -> Lists:
    """``left`` firms that ask, ``right`` registered ones."""
    chance = np.random.default_rng(SEED)
    trade = [_text(part) for part in chance.integers(0, len(SIGNS), (right + left, 3)).tolist()]
    kind, form = (chance.integers(0, len(of), right + left).tolist() for of in (TRADES, FORMS))
    cores = [name + TRADES[place] for name, place in zip(trade, kind, strict=True)]
    ends = [FORMS[place] for place in form]
    codes = _codes(chance, right)
    reps = np.array([f"示{sign}" for sign in SIGNS])[chance.integers(0, len(SIGNS), right)].tolist()
    roads = [f"{SIGNS[place]}{SIGNS[place + 1]}路{number}号" for place, number in zip(
        chance.integers(0, len(SIGNS) - 1, right).tolist(), chance.integers(1, 900, right).tolist(), strict=True)]  # fmt: skip
    registered = _registered(cores[:right], ends[:right], codes, reps, roads)
    partner = np.where(chance.random(left) < 0.5, chance.permutation(right)[:left], -1)
    luck, places = chance.random(left), chance.random(left)
    asked, told, named, lived = [], [], [], []
    for row, (other, lot, spot) in enumerate(
        zip(partner.tolist(), luck.tolist(), places.tolist(), strict=True)
    ):
        known = other >= 0
        written = f"示例市{cores[other]}" if known else f"示例市{cores[right + row]}"
        asked.append(
            (_slipped(written, lot, spot) if known else written) + ends[other if known else right + row]
        )
        told.append(codes[other] if known and lot > 0.9 else None)
        named.append(reps[other] if known and spot < 0.5 else None)
        lived.append(roads[other] if known and 0.3 < spot < 0.8 else None)
    list_ = firms(asked, uscc_codes=told, rep=named, addresses=lived)
    return Lists(replace(list_, uscc=pa.array(told, pa.string())), registered, partner)


_COLUMNS = ("uscc", "tax", "full", "core", "parent", "rep", "address", "on")


def made_apart(left: int, right: int) -> Lists:
    """The lists, made by a process of its own, so that its memory is not counted with what resolves them."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "shujian.bench.firm_lists", folder, str(left), str(right)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        sides = [_read(Path(folder) / f"{side}.arrow") for side in ("left", "right")]
        return Lists(sides[0], sides[1], np.load(Path(folder) / "truth.npy"))


def _read(path: Path) -> Firms:
    table = feather.read_table(path, memory_map=False).combine_chunks()
    columns = {name: table[name].combine_chunks() for name in _COLUMNS}
    return stored(**columns)


def _main(folder: Path, left: int, right: int) -> None:
    made = lists(left, right)
    for side, name in ((made.left, "left"), (made.right, "right")):
        table = pa.table({column: getattr(side, column) for column in _COLUMNS})
        feather.write_feather(table, folder / f"{name}.arrow", compression="uncompressed")
    np.save(folder / "truth.npy", made.truth)


def _slipped(name: str, lot: float, spot: float) -> str:
    place = int(spot * len(name))
    if lot < 0.1:
        return name[:place] + name[place + 1 :]
    if lot < 0.2:
        return name[:place] + name[place : place + 1] + name[place:]
    if lot < 0.3 and place + 1 < len(name):
        return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    return name


def _registered(
    cores: list[str], ends: list[str], codes: list[str], reps: list[str], roads: list[str]
) -> Firms:
    size = len(cores)
    none = pa.nulls(size, pa.string())
    return stored(
        uscc=pa.array(codes), tax=none, core=pa.array(cores),
        full=pa.array([f"示例市{core}{end}" for core, end in zip(cores, ends, strict=True)]), parent=none,
        rep=pa.array(reps), address=pa.array(roads), on=pa.nulls(size, pa.date32()),
    )  # fmt: skip


def _codes(chance: np.random.Generator, size: int) -> list[str]:
    """Distinct invented codes of area 999999; check characters do not matter to a comparison."""
    signs = np.array(list(ALPHABET))[chance.integers(0, len(ALPHABET), (size, 4))]
    tails = np.char.add(np.char.zfill(np.arange(size).astype(str), 6), signs.view("U4").reshape(-1))
    return [f"91999999{tail}" for tail in tails.tolist()]


def _text(places: list[int]) -> str:
    return "".join(SIGNS[place] for place in places[: 2 + places[0] % 2])


if __name__ == "__main__":
    _main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
