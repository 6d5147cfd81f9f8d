"""Firms of two datasets resolved from what ingest stored: codes, former names of the register of changes, branches."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from shujian.kernel.errors import BadInput
from shujian.lake.firms import FirmsFound, resolve_firms
from shujian.lake.service import ingest
from shujian.lake.snapshots import pin
from shujian.matching.firms.ladder import GRADES
from shujian.matching.firms.limits import Limits
from shujian.matching.firms.stages import STAGES

LIMITS = Limits(block=200, common=5, candidates=5, shortest=4, similarity=Decimal("0.85"), least_region=1)
REGISTER = """统一社会信用代码,原纳税人识别号,企业名称,法定代表人,住所
91999999000000019D,,示例鸿达陶瓷有限公司,示甲甲,示例市示例石湾镇瓷城路18号
919999990000000278,,示例远大机械有限公司,示乙乙,示例市示例浦镇窑火路2号
919999990000000353,,示例青山瓷业有限公司,示丙丙,示例市示例浦镇窑火路9号
"""
CHANGES = """统一社会信用代码,企业名称,变更前名称,变更日期
919999990000000278,示例远大机械有限公司,示例红火窑业有限公司,2024-07-01
"""
PENALTIES = """文号,企业,信用代码,地址,处罚决定日期
示环罚1号,示例鸿达陶瓷厂,91999999000000019D,示例石湾镇瓷城路18号,2025-01-01
示环罚2号,示例红火窑业有限责任公司,,示例浦镇窑火路2号,2024-06-30
示环罚3号,示例青山瓷业有限公司第一分公司,,,2025-01-01
示环罚4号,示例无名商贸有限公司,,,2025-01-01
"""


def landed(folder: Path, **texts: str) -> None:
    for source, text in texts.items():
        path = folder / f"{source}.csv"
        path.write_text(text, "utf-8")
        assert ingest(source, [path]).exit_code == 0


def told(found: FirmsFound) -> dict[str, tuple[str, str | None, str | None, str | None]]:
    pairs, right = found.resolved.pairs, found.right.firms
    answers: dict[str, tuple[str, str | None, str | None, str | None]] = {}
    for row, place in enumerate(found.resolved.answer.tolist()):
        name = found.left.firms.full[row].as_py()
        more: tuple[str | None, str | None, str | None] = (None, None, None)
        if place >= 0:
            stage, grade = STAGES[pairs.stage[place]], GRADES[pairs.grade[place]]
            more = (stage, grade, right.full[int(pairs.right[place])].as_py())
        answers[name] = (found.resolved.decision[row], *more)
    return answers


def test_two_datasets_are_resolved(lake_home: Path, tmp_path: Path) -> None:
    landed(tmp_path, firm_register=REGISTER, firm_change=CHANGES, env_penalty=PENALTIES)
    found = resolve_firms("env_penalty", "firm_register", pin(), LIMITS)
    assert told(found) == {
        "示例鸿达陶瓷厂": ("same", "code", "A", "示例鸿达陶瓷有限公司"),
        "示例红火窑业有限公司": ("check", "former", "B", "示例远大机械有限公司"),
        "示例青山瓷业有限公司第一分公司": ("none", None, None, None),
        "示例无名商贸有限公司": ("none", None, None, None),
    }
    related = found.related
    [(row, other, relation)] = zip(
        related.left.tolist(), related.right.tolist(), related.relation, strict=True
    )
    assert relation == "head"
    assert found.left.firms.full[row].as_py() == "示例青山瓷业有限公司第一分公司"
    assert found.right.firms.full[other].as_py() == "示例青山瓷业有限公司"
    assert len(found.left.row) == 4 and found.left.rows == [1, 1, 1, 1]


def test_rows_of_one_firm_are_one_line(lake_home: Path, tmp_path: Path) -> None:
    more = PENALTIES + "示环罚5号,示例鸿达陶瓷厂,91999999000000019D,示例石湾镇瓷城路18号,2025-03-01\n"
    landed(tmp_path, firm_register=REGISTER, env_penalty=more)
    found = resolve_firms("env_penalty.org", "firm_register.org", pin(), LIMITS)
    assert sorted(found.left.rows) == [1, 1, 1, 2]
    assert told(found)["示例红火窑业有限公司"][0] == "none", "one address and another name are two firms"


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        ("establishment_person", ""),
        ("construction_permit", "construction_permit.builder"),
        ("env_penalty.nobody", "env_penalty.org"),
    ],
)
def test_what_holds_no_firms_is_refused(lake_home: Path, left: str, expected: str) -> None:
    with pytest.raises(BadInput) as refused:
        resolve_firms(left, "firm_register", pin(), LIMITS)
    [fault] = refused.value.faults
    assert fault.code == "no_such_firms" and expected in (fault.expected or "")
