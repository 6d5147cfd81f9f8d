"""A month too thin for a regular flow takes a proof away and gives none; an old extract marks what rests on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from shujian.supervision.conftest import MODEL
from shujian.supervision.test_absent import OTHER, WHOLE, only, run

MONTHS = ("2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06")


def _expecting(catalogue: Path, least: int) -> None:
    path = catalogue / "sources" / "own_record.yaml"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("key: [no]\n", f"key: [no]\ndate_field: day\nexpect_monthly: {{min: {least}}}\n"),
        "utf-8",
    )


def _records(*without: str, each: int = 1) -> list[dict[str, Any]]:
    return [
        {"no": f"{month}-{n}", "name": "李四", "id_card": OTHER, "day": f"{month}-05"}
        for month in MONTHS
        if month not in without
        for n in range(each)
    ]


SPAN = {**WHOLE, "from": "2026-01-01"}


@pytest.mark.parametrize(
    ("least", "records", "claim", "state"),
    [
        (1, _records(), SPAN, "proved"),
        (1, _records("2026-03"), SPAN, "unknown"),
        (2, _records(), SPAN, "unknown"),
        (2, _records(each=2), SPAN, "proved"),
        (1, _records("2026-06"), {**SPAN, "to": "2026-06-29"}, "proved"),  # the month is not over yet
    ],
)
def test_a_thin_month_takes_the_proof_away(
    own_home: Path, least: int, records: list[dict[str, Any]], claim: dict[str, Any], state: str
) -> None:
    _expecting(own_home, least)
    extract = {"记录": claim["to"]}
    assert only(run(own_home, records, [claim], extract_on=extract)).absence == state


def test_the_reason_names_the_month_and_what_was_seen(own_home: Path) -> None:
    _expecting(own_home, 1)
    because = only(run(own_home, _records("2026-03"), [SPAN])).absences[0].because
    assert "观察到的缺口：2026-03 只有 0 行，来源每月应不少于 1 行" in because
    assert "2026-02" not in because.split("观察到的缺口")[1].split("；")[0]


def test_full_months_prove_nothing_by_themselves(own_home: Path) -> None:
    _expecting(own_home, 1)
    assert only(run(own_home, _records(each=9), [])).absence == "unknown"


def test_an_old_extract_makes_the_absence_unknown_and_says_so(own_home: Path) -> None:
    found = only(run(own_home, _records(), [WHOLE], extract_on={"记录": "2026-04-30"}))
    assert found.absence == "unknown"
    assert "数据过期：提取于 2026-04-30，至 2026-06-30 已 61 天，超过时限 60 天" in found.absences[0].because


def test_an_old_extract_under_the_evidence_marks_the_clue(own_home: Path) -> None:
    result = run(own_home, _records(), [WHOLE], extract_on={"名单": "2026-04-30"})
    words = "“示例名单”数据过期：提取于 2026-04-30，至 2026-06-30 已 61 天，超过时限 60 天"
    assert only(result).explanation[-1] == f"注意：{words}"
    assert "名单：数据过期：提取于 2026-04-30，至 2026-06-30 已 61 天，超过时限 60 天" in result.warnings
    young = run(own_home, _records(), [WHOLE], extract_on={"名单": "2026-05-01"})
    assert not any("数据过期" in line for line in (*only(young).explanation, *young.warnings))


def test_without_a_limit_of_the_model_that_of_the_source_counts(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = own_home / "sources" / "own_record.yaml"
    source.write_text(source.read_text("utf-8").replace("fresh: P60D", "fresh: P30D"), "utf-8")
    found = only(run(own_home, _records(), [WHOLE], extract_on={"记录": "2026-05-15"}))
    assert found.absence == "proved", "the model's own sixty days stand before the thirty of the source"
    without = MODEL.replace("记录: {source: own_record, fresh: P60D}", "记录: {source: own_record}")
    monkeypatch.setattr("shujian.supervision.test_absent.MODEL", without)
    assert only(run(own_home, _records(), [WHOLE], extract_on={"记录": "2026-05-15"})).absence == "unknown"
