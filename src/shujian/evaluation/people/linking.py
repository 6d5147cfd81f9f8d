"""Both lists through the product's own door: ingested as files, matched by the compiled ``match`` step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from shujian.evaluation.people.truth import Ints, Listed
from shujian.lake.read import Coverage, open_session, pin
from shujian.lake.service import ingest
from shujian.supervision.service import prepare

AS_OF = date(2026, 6, 30)
_SOURCE = """
id: eval_{side}
title: 评测名单 {side}
provider: 示例单位
basis: [{{law: 评测}}]
agreement: {{purpose: 评测}}
cadence: P1M
fresh: P60D
sensitivity: 低
key: [number]
unmatchable_limit: "{limit}"
subjects:
  person: {{kind: person, name: name, id_card: id_card, birth: birth_on, sex: sex}}
fields:
  - {{id: number, title: 序号, type: document_no, required: true, sensitivity: 低}}
  - {{id: name, title: 姓名, type: person_name, sensitivity: 低}}
  - {{id: id_card, title: 身份证号, type: id_card, sensitivity: 低}}
  - {{id: birth_on, title: 出生日期, type: date, sensitivity: 低}}
  - {{id: sex, title: 性别, type: category, sensitivity: 低}}
"""
_MODEL = """
id: eval_match
title: 评测
taxonomy: {programme: 评测, area: 评测, point: 评测}
unit: 评测
basis: [{law: 评测, article: "1", from: 2020-01-01}]
needs: {左: {source: eval_left}, 右: {source: eval_right}}
steps:
  - STEP
emit:
  - {from: met, subject: 左.person, strength: 弱, title: 疑似评测, evidence: {左: [name]}}
false_positives: [{what: 评测, guard: 不推送}]
verify: [评测]
"""


def write_csv(path: Path, listed: Listed) -> None:
    """The list as a file that an agency might send."""
    columns = {
        "序号": np.arange(len(listed.ids)).astype(str), "姓名": listed.names, "身份证号": listed.ids,
        "出生日期": listed.births, "性别": listed.sexes,
    }  # fmt: skip
    pa_csv.write_csv(
        pa.table({name: pa.array(values.tolist(), pa.string()) for name, values in columns.items()}), path
    )


def put(
    home: Path,
    side: str,
    listed: Listed,
    *,
    as_of: date = AS_OF,
    coverage: Sequence[Coverage] = (),
    limit: str = "1",
) -> None:
    """Write a list's source and file, and ingest it. ``limit``: share of rows without a usable number from which on the
    list proves no absence.
    """
    source = home / "catalogue" / "sources" / f"eval_{side}.yaml"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(_SOURCE.format(side=side, limit=limit), "utf-8")
    write_csv(home / f"{side}.csv", listed)
    report = ingest(f"eval_{side}", [home / f"{side}.csv"], as_of=as_of, coverage=coverage)
    if report.files[0].landed != len(listed.ids):
        raise ValueError(f"{report.files[0]}")


def run_step(home: Path, step: str, sql: str) -> pa.Table:
    """Compile and run a model of one step ``met`` between 左 and 右; the answer of ``sql``, in which {left} and {right}
    stand for the lists.
    """
    model = home / "catalogue" / "models" / "eval" / "eval_match" / "model.yaml"
    model.parent.mkdir(parents=True)
    model.write_text(_MODEL.replace("STEP", step), "utf-8")
    snapshot = pin()
    with closing(open_session(snapshot)) as session:
        prepare("eval_match", snapshot=snapshot, as_of=AS_OF, session=session)()
        return session.sql(sql.format(left=session.attach("eval_left"), right=session.attach("eval_right")))


def plain_absent() -> Ints:
    """Who of the left list has no row of the same number on the right: what a plain anti-join accuses."""
    with closing(open_session(pin())) as session:
        left, right = session.attach("eval_left"), session.attach("eval_right")
        found = session.sql(
            f"select cast(l.number as bigint) as l from {left} as l where not exists"
            f" (select 1 from {right} as r where r.person__id = l.person__id)"
        )
    places: Ints = found["l"].to_numpy()
    return places


def linked(home: Path, left: Listed, right: Listed) -> Mapping[str, tuple[Ints, Ints]]:
    """Pairs by grade: places in ``left`` and in ``right``. Name-only pairs (C) come capped, as the product shows them."""
    put(home, "left", left)
    put(home, "right", right)
    found = run_step(
        home,
        "{id: met, says: 两份名单碰撞, use: match, left: 左, right: 右, key: person}",
        "select m.met_grade as grade, cast(l.number as bigint) as l, cast(r.number as bigint) as r from st_met as m"
        ' join {left} as l on l._row = m."左._row" join {right} as r on r._row = m."右._row"',
    )
    grades = np.array(found["grade"].to_pylist())
    lefts, rights = (found[name].to_numpy() for name in ("l", "r"))
    return {str(grade): (lefts[grades == grade], rights[grades == grade]) for grade in np.unique(grades)}
