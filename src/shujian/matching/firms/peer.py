"""Splink on the same rows: names without place and form as ours, codes, addresses; the threshold that suits it best.

Splink is a development dependency and is imported by name, so that the product runs without it.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from shujian.matching.firms.lists import Firms


def available() -> bool:
    """Whether Splink is installed."""
    return importlib.util.find_spec("splink") is not None


def table(firms: Firms) -> pa.Table:
    """The columns that Splink compares. Given to it as normalised as to us."""
    rows = [str(place) for place in range(len(firms))]
    return pa.table({
        "unique_id": pa.array(rows), "uscc": firms.uscc, "full": firms.full, "core": firms.core,
        "rep": firms.rep, "address": firms.address,
    })  # fmt: skip


BLOCKS = ("uscc", "core", "left(core, 4)", "right(core, 4)", "address")


def linked(
    left: Firms, right: Firms, *, sample: float = 1e6, least: float = 0.01, blocks: Sequence[str] = BLOCKS
) -> pa.Table:
    """Each left row's best right row: ``left``, ``right`` (places) and ``probability``, sorted by left row.

    ``blocks``: pairs that agree in one of these are compared; the last four characters of a core are a trade, which among
    a million firms is no block any more. m and u are learned from
    the rows themselves, as its documentation advises.
    """
    splink = importlib.import_module("splink")
    levels = importlib.import_module("splink.comparison_library")
    backend = importlib.import_module("splink.backends.duckdb").DuckDBAPI()
    block = splink.block_on
    rules = [block(each) for each in blocks]
    settings = splink.SettingsCreator(
        link_type="link_only",
        comparisons=[
            levels.JaroWinklerAtThresholds("core", [0.97, 0.92, 0.85]), levels.ExactMatch("uscc"),
            levels.ExactMatch("rep"), levels.JaroWinklerAtThresholds("address", [0.95, 0.85]),
        ],
        blocking_rules_to_generate_predictions=rules,
    )  # fmt: skip
    frames = [
        backend.register(table(one), dataset_display_name=name) for one, name in ((left, "a"), (right, "b"))
    ]
    linker = splink.Linker(frames, settings, log_level=40)
    training = linker.training
    training.estimate_probability_two_random_records_match([block("core")], recall=0.7)
    training.estimate_u_using_random_sampling(max_pairs=sample, seed=1)
    training.estimate_parameters_using_expectation_maximisation(block("core"))
    training.estimate_parameters_using_expectation_maximisation(block("left(core, 4)"))
    pairs = linker.inference.predict(threshold_match_probability=least)
    return _best(pairs)


def _best(pairs: Any) -> pa.Table:
    found = pairs.as_duckdbpyrelation().to_arrow_table()
    left_first = found["source_dataset_l"][0].as_py() == "a" if len(found) else True
    sides = ("unique_id_l", "unique_id_r") if left_first else ("unique_id_r", "unique_id_l")
    best: dict[int, tuple[float, int]] = {}
    columns = (
        found[sides[0]].to_pylist(),
        found[sides[1]].to_pylist(),
        found["match_probability"].to_pylist(),
    )
    for one, other, probability in zip(*columns, strict=True):
        ranked = (float(probability), -int(other))
        best[int(one)] = max(best.get(int(one), ranked), ranked)
    rows = sorted(best)
    return pa.table({
        "left": rows, "right": [-best[row][1] for row in rows], "probability": [best[row][0] for row in rows],
    })  # fmt: skip
