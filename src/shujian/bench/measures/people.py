"""``match`` and ``absent`` of persons as our compiler writes them, beside hand-written DuckDB SQL of the same
meaning: the same Parquet files, the same session, tables made and rows counted by grade on both sides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pyarrow as pa

from shujian.bench import pairs, people
from shujian.bench.homes import own_home
from shujian.bench.measure import Item, Measure, alternate, cpu_facts
from shujian.kernel.clock import now
from shujian.lake.read import Coverage, DatasetPin, Session, Snapshot, open_session
from shujian.supervision.service import prepare

BAR = 1.3
SIZES = {"small": (8_168, 13_565), "1m": (1_000_000, 1_000_000)}
AS_OF, COMPLETE_FROM = date(2026, 6, 30), date(2024, 6, 1)
COMMON_NAME, NAME_ONLY_CAP = 5, 200  # catalogue/parameters/matching.yaml, on which the answers must agree

_SOURCE = """
id: bench_{side}
title: 测速名单 {side}
provider: 示例单位
basis: [{{law: 测速}}]
agreement: {{purpose: 测速}}
cadence: P1M
fresh: P60D
sensitivity: 低
key: [id_card]
unmatchable_limit: "0.5"
subjects:
  person: {{kind: person, name: name, id_card: id_card, birth: birth_on, sex: sex}}
fields:
  - {{id: name, title: 姓名, type: person_name, required: true, sensitivity: 低}}
  - {{id: id_card, title: 身份证号, type: id_card, sensitivity: 低}}
  - {{id: birth_on, title: 出生日期, type: date, sensitivity: 低}}
  - {{id: sex, title: 性别, type: category, sensitivity: 低}}
  - {{id: doc_no, title: 文号, type: document_no, sensitivity: 低}}
  - {{id: {day}, title: 日期, type: date, sensitivity: 低}}
"""
_MODEL = """
id: bench_{name}
title: 测速
taxonomy: {{programme: 测速, area: 测速, point: 测速}}
unit: 测速
basis: [{{law: 测速, article: "1", from: 2020-01-01}}]
needs: {{左: {{source: bench_left}}, 右: {{source: bench_right}}}}
steps:
  - {step}
emit:
  - {{from: {name}, subject: 左.person, strength: 弱, title: 疑似测速, evidence: {{左: [name]}}}}
false_positives: [{{what: 测速, guard: 不推送}}]
verify: [测速]
"""
_STEPS = {
    "match": "{id: match, says: 两份名单碰撞, use: match, left: 左, right: 右, key: person}",
    "absent": "{id: absent, says: 此后没有记录, use: absent, left: 左, right: 右, key: person,"
    ' when: "右.decided_on >= settled_on", covering: {from: settled_on, to: as_of}}',
    "one_key": "{id: one_key, says: 此后没有记录, use: absent, left: 左, right: 右, key: {on: [[左.doc_no, 右.doc_no]]},"
    ' when: "右.decided_on >= settled_on", covering: {from: settled_on, to: as_of}}',
}
_PLAIN = {"absent": ("person__id", 5.0, "人"), "one_key": ("doc_no", 2.0, "一个键")}
"""What a plain NOT EXISTS looks at, and how many times its time the safe three-way answer may take."""
_OURS = {
    "match": 'select "左._row" as lrow, "右._row" as rrow, match_grade as answer from st_match',
    "absent": 'select "左._row" as lrow, absent_state as answer from st_absent',
}
_THEIRS = {
    "match": "select lrow, rrow, ['A', 'A-', 'B', 'B-', 'C'][grade + 1] as answer from hand_match",
    "absent": "select lrow, state as answer from hand_absent",
}


def against_plain(kind: str, size: str, rounds: int = 5) -> list[Item]:
    """Seconds of the safe absence beside a plain anti-join, which takes every missing row for proof."""
    left, right = SIZES[size]
    column, bar, title = _PLAIN[kind]
    with ready(kind, left, right) as bench:
        rows, others = bench.session.attach("bench_left"), bench.session.attach("bench_right")
        plain = (
            f"create or replace temp table plain as select l._row from {rows} as l where not exists (select 1 from {others} as r "
            f"where r.{column} = l.{column} and r.decided_on >= l.settled_on)"
        )
        ours, theirs = alternate(bench.ours, partial(bench.session.execute, plain), rounds=rounds)
    return [
        Item(
            name=f"absent.plain_{kind}", title=f"安全差集与普通差集，{title}，{left:,} × {right:,}", figure=ours.wall, unit="秒",
            peer="NOT EXISTS", peer_figure=theirs.wall, bar=bar, better="lower", rows=left + right, facts=cpu_facts(ours, theirs),
        )
    ]  # fmt: skip


@dataclass(frozen=True)
class Bench:
    """An open session over the two lists, with our plan and the hand-written one ready to run in it."""

    session: Session
    ours: Callable[[], object]
    theirs: Callable[[], object]


def measured(kind: str, size: str, rounds: int = 5) -> list[Item]:
    """Seconds to make and count the step's table; lower is better."""
    left, right = SIZES[size]
    with ready(kind, left, right) as bench:
        ours, theirs = alternate(bench.ours, bench.theirs, rounds=rounds)
        counts = bench.session.sql(f"select answer, count(*) as n from ({_OURS[kind]}) group by 1 order by 1")
        answers = dict(zip(*(column.to_pylist() for column in counts.columns), strict=True))
        same = agreed(kind, bench.session)
    return [
        Item(
            name=f"{kind}.{size}",
            title=f"{'碰撞' if kind == 'match' else '安全差集'}，{left:,} × {right:,} 人",
            figure=ours.wall,
            unit="秒",
            peer="手写 DuckDB SQL",
            peer_figure=theirs.wall,
            bar=BAR,
            better="lower",
            same=same,
            rows=left + right,
            facts={**cpu_facts(ours, theirs), "answers": answers},
        )
    ]


@contextmanager
def ready(kind: str, left: int, right: int) -> Iterator[Bench]:
    """A home of its own with the two lists, the two sources and the model; all gone afterwards."""
    with own_home() as folder:
        snapshot = _lake(folder, left, right)
        _catalogue(folder / "catalogue", kind)
        with open_session(snapshot) as session:
            plan = prepare(f"bench_{kind}", snapshot=snapshot, as_of=AS_OF, session=session)
            yield Bench(session, plan, partial(_by_hand, kind, session))


def agreed(kind: str, session: Session) -> bool:
    """Whether both tables hold the same rows, each as often."""
    ours, theirs = _OURS[kind], _THEIRS[kind]
    differing = session.sql(
        f"select count(*) as n from ((({ours}) except all ({theirs})) union all (({theirs}) except all ({ours})))"
    )
    return bool(differing["n"][0].as_py() == 0)


def _by_hand(kind: str, session: Session) -> pa.Table:
    left, right = session.attach("bench_left"), session.attach("bench_right")
    if kind == "match":
        statement = pairs.match(left, right, common_name=COMMON_NAME, cap=NAME_ONLY_CAP)
    else:
        statement = pairs.absent(
            left, right, complete_from=str(COMPLETE_FROM), complete_to=str(AS_OF), as_of=str(AS_OF)
        )
    session.execute(statement)
    return session.sql(f"select answer, count(*) as n from ({_THEIRS[kind]}) group by 1")


def _lake(home: Path, left: int, right: int) -> Snapshot:
    files = people.write_lists(home / "lake" / "tables", left, right)
    told = Coverage(from_=COMPLETE_FROM, to=AS_OF, area=(), complete=True, gaps=(), stated_by="测速")
    pins = {
        f"bench_{side}": DatasetPin(
            dataset=f"bench_{side}", version=1, files=(str(path),), superseding=False, rows=rows,
            extract_on=AS_OF, coverage=(told,),
        )
        for side, path, rows in zip(("left", "right"), files, (left, right), strict=True)
    }  # fmt: skip
    return Snapshot(id="bench", pinned_at=now(), datasets=pins)


def _catalogue(folder: Path, kind: str) -> None:
    for side, day in (("left", "settled_on"), ("right", "decided_on")):
        path = folder / "sources" / f"bench_{side}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_SOURCE.format(side=side, day=day), "utf-8")
    model = folder / "models" / "bench" / f"bench_{kind}" / "model.yaml"
    model.parent.mkdir(parents=True)
    model.write_text(_MODEL.format(name=kind, step=_STEPS[kind]), "utf-8")


MEASURES = [
    Measure(
        f"{kind}.{size}",
        f"{'碰撞' if kind == 'match' else '安全差集'}，{size}",
        partial(measured, kind, size, 15 if size == "small" else 3),
        one_core=False,
    )
    for size in SIZES
    for kind in ("match", "absent")
] + [
    Measure(
        f"absent.plain_{kind}",
        f"安全差集与普通差集，{title}",
        partial(against_plain, kind, "1m", 3),
        one_core=False,
    )
    for kind, (_, _, title) in _PLAIN.items()
]
