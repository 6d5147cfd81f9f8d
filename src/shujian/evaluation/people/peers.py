"""Splink on the same rows, trained as its guides have it, its threshold chosen with hindsight."""

from __future__ import annotations

import importlib
import importlib.util
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from shujian.evaluation.people.truth import Listed


@dataclass(frozen=True)
class Peer:
    """What the peer reached at its best; None where it is not installed."""

    title: str
    f1: float | None
    rows: int
    threshold: float | None


def splink_best(left: Listed, right: Listed) -> Peer:
    """Link the two lists; the F1 over all true pairs at the threshold that makes it highest."""
    title = "Splink 5，事后最好的界限"
    if importlib.util.find_spec("splink") is None:
        return Peer(f"{title}（未安装）", None, 0, None)
    scores, met = _predicted(left, right)
    true = int(((left.person >= 0) & np.isin(left.person, right.person[right.person >= 0])).sum())
    order = np.argsort(-scores)
    hits = np.cumsum(met[order])
    f1 = 2 * hits / (np.arange(1, len(hits) + 1) + true)
    best = int(np.argmax(f1))
    return Peer(title, float(f1[best]), len(left.ids) + len(right.ids), float(scores[order][best]))


def _predicted(left: Listed, right: Listed) -> tuple[Any, Any]:
    splink: Any = importlib.import_module("splink")
    comparisons: Any = importlib.import_module("splink.comparison_library")
    api = importlib.import_module("splink.backends.duckdb").DuckDBAPI()
    tables = [
        api.register(_table(each, side), dataset_display_name=side)
        for each, side in ((left, "l"), (right, "r"))
    ]
    settings = splink.SettingsCreator(
        link_type="link_only",
        unique_id_column_name="unique_id",
        comparisons=[
            comparisons.JaroWinklerAtThresholds("name", [0.9]),
            comparisons.ExactMatch("id_card"),
            comparisons.ExactMatch("birth"),
            comparisons.ExactMatch("sex"),
        ],
        blocking_rules_to_generate_predictions=[
            splink.block_on("id_card"), splink.block_on("name", "birth"), splink.block_on("birth", "sex", "area"),
        ],
    )  # fmt: skip
    linker = splink.Linker(tables, settings, log_level=40)
    linker.training.estimate_probability_two_random_records_match([splink.block_on("id_card")], recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(splink.block_on("birth"))
    linker.training.estimate_parameters_using_expectation_maximisation(splink.block_on("name"))
    found = linker.inference.predict(threshold_match_probability=0.01).as_duckdbpyrelation().to_arrow_table()
    turned = np.array([one[0] == "r" for one in found["unique_id_l"].to_pylist()])
    first, second = (
        np.array([int(one[1:]) for one in found[name].to_pylist()]) for name in ("unique_id_l", "unique_id_r")
    )
    lefts, rights = np.where(turned, second, first), np.where(turned, first, second)
    return found["match_weight"].to_numpy(), left.person[lefts] == right.person[rights]


def _table(listed: Listed, side: str) -> pa.Table:
    def filled(values: Any) -> pa.Array:
        return pa.array([value or None for value in values.tolist()], pa.string())

    return pa.table({
        "unique_id": [f"{side}{place}" for place in range(len(listed.ids))],
        "name": filled(listed.names), "id_card": filled(listed.ids), "area": filled(listed.ids.astype("U6")),
        "birth": filled(listed.births), "sex": filled(listed.sexes),
    })  # fmt: skip
