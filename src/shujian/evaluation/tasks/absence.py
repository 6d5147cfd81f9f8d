"""How often "no record" accuses somebody who has one: the safe ``absent`` beside a plain anti-join on the number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from shujian.evaluation.homes import own_home
from shujian.evaluation.people.linking import AS_OF, plain_absent, put, run_step
from shujian.evaluation.people.truth import Listed, People, population, written
from shujian.evaluation.scores import Score, Task
from shujian.kernel.intervals import wilson
from shujian.lake.read import Coverage

PEOPLE = 40_000
_FROM = date(2020, 1, 1)
_STEP = (
    "{id: met, says: 没有记录, use: absent, left: 左, right: 右, key: person,"
    " covering: {from: as_of, to: as_of}}"
)
MOST_FALSE = 0.001


@dataclass(frozen=True)
class Scenario:
    """How the other list came. ``errors``: share of its rows with an error; ``also_name``: of those, with the name
    miswritten too; ``delivered``: share of the true records that it holds; ``declared``: whether the provider
    declares the span complete; ``age``: days between extract and run.
    """

    id: str
    title: str
    errors: float
    also_name: float
    delivered: float
    declared: bool
    age: int


SCENARIOS = (
    Scenario("tidy", "声明完整，1% 的行有错", 0.01, 0.1, 1.0, True, 0),
    Scenario("plain", "声明完整，4% 的行有错", 0.04, 0.1, 1.0, True, 0),
    Scenario("dirty", "声明完整，30% 的行有错", 0.30, 0.1, 1.0, True, 0),
    Scenario("partial", "缺一成记录，没有声明完整", 0.04, 0.1, 0.9, False, 0),
    Scenario("stale", "缺最近一成记录，数据过期", 0.04, 0.1, 0.9, True, 120),
)


def absences(people: int = PEOPLE) -> list[Score]:
    """One score over all scenarios, one for each. Precision is of ``proved``; recall is the share of the truly absent
    that are proved; the baseline's F1 is that of the plain anti-join.
    """
    told = [(one, _counted(one, people)) for one in SCENARIOS]
    every = {name: sum(counts[name] for _, counts in told) for name in told[0][1]}
    whole = _score("absence", "五种名单合计", every, len(SCENARIOS) * people, most={"false_rate": MOST_FALSE})
    return [whole, *(_score(f"absence.{one.id}", one.title, counts, people) for one, counts in told)]


def _score(task: str, title: str, counts: dict[str, int], rows: int, **more: Any) -> Score:
    low, high = wilson(counts["false"], counts["proved"])
    right = counts["proved"] - counts["false"]
    f1 = _f1(right, counts["false"], counts["absent"] - right)
    plain = _f1(
        counts["plain"] - counts["plain_false"],
        counts["plain_false"],
        counts["absent"] - counts["plain"] + counts["plain_false"],
    )
    return Score(
        task=task, title=title, rows=rows, precision=_share(right, counts["proved"]),
        recall=_share(right, counts["absent"]), f1=f1, low=1 - high, high=1 - low, interval_of="precision",
        baseline="按证号的普通差集", baseline_f1=plain,
        facts={**counts, "false_rate": _share(counts["false"], counts["proved"]) or 0.0,
               "plain_false_rate": _share(counts["plain_false"], counts["plain"])},
        note="准确率是“已证实没有”中真没有的比例；召回率低是有意的：名单不完整、过期或太脏时只说“不能确定”", **more,
    )  # fmt: skip


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _f1(right: int, false: int, missed: int) -> float | None:
    return 2 * right / (2 * right + false + missed) if right + false + missed else None


def _counted(scenario: Scenario, people: int) -> dict[str, int]:
    """Half of the people have a record. Answers how many are absent, proved and accused, rightly and falsely."""
    everyone = population(people)
    chance = np.random.default_rng(people)
    recorded = np.sort(chance.permutation(people)[: people // 2])
    kept = recorded[: round(len(recorded) * scenario.delivered)]
    extract = AS_OF - timedelta(days=scenario.age)
    claims = [Coverage(_FROM, extract, (), True, (), "示例来函")] if scenario.declared else []
    with own_home() as home:
        put(home, "left", _plain(everyone))
        put(
            home,
            "right",
            written(everyone, kept, scenario.errors, scenario.also_name),
            as_of=extract,
            coverage=claims,
            limit="0.02",
        )
        split = run_step(
            home, _STEP,
            'select cast(l.number as bigint) as l, m.met_state as state from st_met as m join {left} as l on l._row = m."左._row"',
        )  # fmt: skip
        plain = plain_absent()
    has_record = np.isin(np.arange(people), recorded)
    states, places = np.array(split["state"].to_pylist()), split["l"].to_numpy()
    proved = places[states == "proved"]
    return {
        "absent": int((~has_record).sum()), "proved": len(proved), "false": int(has_record[proved].sum()),
        "possible": int((states == "possible").sum()), "unknown": int((states == "unknown").sum()),
        "plain": len(plain), "plain_false": int(has_record[plain].sum()),
    }  # fmt: skip


def _plain(everyone: People) -> Listed:
    """Everybody, written down without error."""
    size = len(everyone.ids)
    return Listed(
        np.arange(size), np.zeros(size, dtype=np.int64), everyone.ids, everyone.names, everyone.births.astype(str),
        everyone.sexes,
    )  # fmt: skip


TASKS = [Task("absence", "“没有记录”的误指", absences)]
