"""``model explain`` of the further steps: why a row of this person left, or did not, in words."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from shujian.kernel.progress import Silent
from shujian.lake.read import memory_session
from shujian.lake.service import typed_table
from shujian.supervision.conftest import HEAD, TAIL, write_model, write_number
from shujian.supervision.execute import execute
from shujian.supervision.explain import Explanation, _explained, _own_rows
from shujian.supervision.library import load_model
from shujian.supervision.parameters import parameter_book
from shujian.supervision.run import contracts_of, make_plan, rights_of

ONE, OTHER = "999999199001010016", "999999199001010024"


def explained(
    home: Path, body: str, given: dict[str, list[dict[str, Any]]], number: str = ONE
) -> Explanation:
    """Explain the person of this number on a few rows."""
    model = load_model(write_model(home, HEAD + body + TAIL))
    contracts, day = contracts_of(model), date(2026, 6, 30)
    session = memory_session(
        {each.id: typed_table(each, given.get(name, [])) for name, each in contracts.items()}
    )
    try:
        plan = make_plan(
            model, contracts, parameter_book(), day, rights_of(model, contracts, {}, day, session)
        )
        execute(plan, session, Silent())
        return _explained(plan, session, "某人", _own_rows(plan, session, number, {}))
    finally:
        session.close()


RESOLVE = """needs: {名单: {source: own_list}, 记录: {source: own_record}}
steps:
  - {id: who, says: 归到一起, use: resolve, from: [名单, 记录], subject: person}
emit:
  - {from: who, subject: who.subject, strength: 弱, title: "疑似", evidence: {名单: [no], 记录: [no]}}
"""


def test_resolve(own_home: Path) -> None:
    rows = {
        "名单": [
            {"no": "1", "name": "示例甲", "id_card": ONE},
            {"no": "2", "name": "示例乙", "id_card": ONE},
        ],
        "记录": [{"no": "3", "name": "示例甲", "id_card": OTHER}],
    }
    [step] = explained(own_home, RESOLVE, rows).steps
    assert (step.came, step.left) == (2, 2)
    assert step.reason == "2 条；号码相同；同一主体共 2 行，见于名单"
    rows["名单"][1]["name"] = "别的人"
    [step] = explained(own_home, RESOLVE, rows).steps
    assert step.reason == "2 条；号码相同而姓名（名称）不同，须人工核对；同一主体共 2 行，见于名单"


LATE = """needs: {名单: {source: own_list}}
parameters: [own.days]
steps:
  - {id: late, says: 超期, use: during, from: 名单, event: day, beyond: {since: birth_on, days: param.own.days, count: working}}
emit:
  - {from: late, subject: 名单.person, strength: 弱, title: "疑似", evidence: {名单: [no]}}
"""


def test_during(own_home: Path) -> None:
    write_number(own_home, days=3)
    row = {"no": "1", "name": "示例甲", "id_card": ONE, "birth_on": "2026-02-12", "day": "2026-02-24"}
    found = explained(own_home, LATE, {"名单": [row]})
    assert found.verdict == "miss"
    assert found.steps[0].reason == (
        "1 条不符合：“日期在出生日期之后超过3个工作日”不成立（出生日期为2026-02-12，日期为2026-02-24）"
    )
    found = explained(own_home, LATE, {"名单": [{**row, "day": "2026年2月"}]})
    assert found.verdict == "unknown"
    assert (
        "“日期在出生日期之后超过3个工作日”无法判断（出生日期为2026-02-12，日期为空，日期（最早）为2026-02-01，日期（最晚）为2026-02-28）"
        in found.steps[0].reason
    )
    assert explained(own_home, LATE, {"名单": [{**row, "day": "2026-02-25"}]}).steps[0].reason == "条件成立"


GAP = """needs: {名单: {source: own_list}, 记录: {source: own_record}}
steps:
  - {id: pair, says: 同一人, use: match, left: 名单, right: 记录, key: person}
  - {id: open, says: 没有盖住, use: during, from: pair, event: 名单.day,
     uncovered: {from: 记录.birth_on, to: 记录.day, each: 名单, list: 记录}}
emit:
  - {from: open, subject: 名单.person, strength: 弱, title: "疑似", evidence: {名单: [no], 记录: [no]}}
"""


def test_uncovered(own_home: Path) -> None:
    act = {"no": "1", "name": "示例甲", "id_card": ONE, "day": "2026-02-12"}
    permit = {"no": "2", "name": "示例甲", "id_card": ONE, "birth_on": "2026-02-13", "day": "2026-02-24"}
    found = explained(own_home, GAP, {"名单": [act], "记录": [permit]})
    assert found.verdict == "unknown"
    assert found.steps[1].reason == "1 条；2026-02-12 至 2026-02-12 没有被覆盖，未覆盖的共 1 日"
    found = explained(own_home, GAP, {"名单": [act], "记录": [{**permit, "birth_on": "2026-02-12"}]})
    assert (found.verdict, found.steps[1].left) == ("miss", 0)
    assert found.steps[1].reason.startswith("“记录”已经覆盖，或者日期不明")
