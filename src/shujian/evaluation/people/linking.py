"""Both lists through the product's own door: ingested as files, matched by the compiled ``match`` step."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from shujian.evaluation.people.truth import Ints, Listed
from shujian.lake.read import open_session, pin
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
unmatchable_limit: "1"
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
  - {id: met, says: 两份名单碰撞, use: match, left: 左, right: 右, key: person}
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


def linked(home: Path, left: Listed, right: Listed) -> Mapping[str, tuple[Ints, Ints]]:
    """Pairs by grade: places in ``left`` and in ``right``. Name-only pairs (C) come capped, as the product shows them."""
    for side, listed in (("left", left), ("right", right)):
        source = home / "catalogue" / "sources" / f"eval_{side}.yaml"
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_text(_SOURCE.format(side=side), "utf-8")
        write_csv(home / f"{side}.csv", listed)
        report = ingest(f"eval_{side}", [home / f"{side}.csv"], as_of=AS_OF)
        assert report.files[0].landed == len(listed.ids), report.files[0]
    model = home / "catalogue" / "models" / "eval" / "eval_match" / "model.yaml"
    model.parent.mkdir(parents=True)
    model.write_text(_MODEL, "utf-8")
    snapshot = pin()
    with closing(open_session(snapshot)) as session:
        prepare("eval_match", snapshot=snapshot, as_of=AS_OF, session=session)()
        views = session.attach("eval_left"), session.attach("eval_right")
        found = session.sql(
            "select m.met_grade as grade, cast(l.number as bigint) as l, cast(r.number as bigint) as r from st_met as m"
            f' join {views[0]} as l on l._row = m."左._row" join {views[1]} as r on r._row = m."右._row"'
        )
    grades = np.array(found["grade"].to_pylist())
    lefts, rights = (found[name].to_numpy() for name in ("l", "r"))
    return {str(grade): (lefts[grades == grade], rights[grades == grade]) for grade in np.unique(grades)}
