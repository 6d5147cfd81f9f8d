"""A key that stands on very many rows of both sides is counted, told and never paired; nobody is accused by it."""

from __future__ import annotations

import resource
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from shujian.lake import service as lake
from shujian.lake.conftest import number
from shujian.lake.read import pin
from shujian.supervision import service
from shujian.supervision.conftest import HEAD, TAIL, write_model
from shujian.supervision.result import RunResult
from shujian.supervision.steps import match, skew

DAY = date(2026, 6, 30)
HEADER = "编号,姓名,身份证号,出生日期,性别,日期\n"
MODEL = HEAD + """needs: {名单: {source: own_list}, 记录: {source: own_record}}
steps:
  - {id: pair, says: 同一人, use: match, left: 名单, right: 记录, key: person, require: REQUIRE}
emit:
  - {from: pair, subject: 名单.person, strength: 弱, title: "{名单.name}疑似", evidence: {名单: [no], 记录: [no]}}
""" + TAIL  # fmt: skip
Ran = Callable[..., RunResult]


@pytest.fixture
def ran(own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ran:
    """Land both lists and run; ``most`` pairs of one key."""

    def run(left: str, right: str, *, most: int | None = 30, require: str = "inner") -> RunResult:
        if most is not None:
            for module in (skew, match):
                monkeypatch.setattr(module, "MOST", most)
        write_model(own_home, MODEL.replace("REQUIRE", require))
        for source, rows in (("own_list", left), ("own_record", right)):
            (tmp_path / source).write_text(HEADER + rows, "utf-8")
            assert lake.ingest(source, [tmp_path / source], as_of=DAY).files[0].rejected == 0
        return service.run("listed_not_recorded", snapshot=pin(), as_of=DAY)

    return run


def people(count: int, name: str, *, mark: str, held: str = "") -> str:
    return "".join(f"{mark}{place},{name},{held},,,\n" for place in range(count))


def told(result: RunResult) -> list[str]:
    return [note for note in result.steps[0].notes if "没有逐对比较" in note]


def pairs(result: RunResult) -> set[tuple[str, ...]]:
    return {tuple(sorted(row.fields["no"] for row in hit.evidence)) for hit in result.hits}


def test_a_crowded_number_is_told_and_others_still_meet(ran: Ran) -> None:
    one, other = number(1), number(2)
    left = people(6, "示例甲", mark="a", held=one) + f"b,示例乙,{other},,,\n"
    right = people(6, "示例甲", mark="r", held=one) + f"s,示例乙,{other},,,\n"
    result = ran(left, right)
    assert [(hit.subject_id, hit.grade) for hit in result.hits] == [(other, "A")]
    (note,) = told(result)
    assert note.startswith("1 个比对键") and "共 36 对" in note and "超过 30 对" in note
    assert result.steps[0].rows == 1


def test_at_the_limit_everything_is_paired(ran: Ran) -> None:
    one = number(1)
    result = ran(people(6, "示例甲", mark="a", held=one), people(5, "示例甲", mark="r", held=one))
    assert told(result) == [] and result.steps[0].rows == 30


def test_one_row_against_many_is_no_crowd(ran: Ran) -> None:
    one = number(1)
    result = ran(people(1, "示例甲", mark="a", held=one), people(40, "示例甲", mark="r", held=one))
    assert told(result) == [] and result.steps[0].rows == 40


def test_within_a_crowded_name_birth_and_mask_still_join(ran: Ran) -> None:
    mask = number(7)[:6] + "********" + number(7)[-4:]
    left = people(6, "示例甲", mark="a") + f"x,示例甲,,1990-01-02,女,\ny,示例甲,{mask},,,\n"
    right = people(6, "示例甲", mark="r") + f"u,示例甲,,1990-01-02,女,\nv,示例甲,{mask},,,\n"
    result = ran(left, right)
    assert {hit.grade for hit in result.hits} == {"B", "B-"} and result.steps[0].rows == 2
    (note,) = told(result)
    assert "共 64 对" in note


def test_who_was_not_compared_is_not_said_to_stand_alone(ran: Ran) -> None:
    one = number(1)
    left = people(6, "示例甲", mark="a", held=one) + f"b,示例乙,{number(2)},,,\n"
    result = ran(left, people(6, "示例甲", mark="r", held=one), require="left")
    assert [hit.subject_id for hit in result.hits] == [number(2)]
    assert len(told(result)) == 1


@pytest.mark.lane("soak")
def test_sixty_five_thousand_rows_on_both_sides(ran: Ran) -> None:
    many, other = 65_000, number(2)
    left = people(many, "示例甲", mark="a") + f"b,示例乙,{other},,,\n"
    right = people(many, "示例甲", mark="r") + f"s,示例乙,{other},,,\n"
    result = ran(left, right, most=None)
    assert [(hit.subject_id, hit.grade) for hit in result.hits] == [(other, "A")]
    (note,) = told(result)
    assert "共 4,225,000,000 对" in note
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 2_000_000
