"""A run stands on what was written on its day: later edits of sources, parameters or models do not reach it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from shujian.kernel.errors import GuardRefused
from shujian.lake import service as lake
from shujian.lake.read import Coverage, pin
from shujian.supervision import service
from shujian.supervision.conftest import MODEL, write_model
from shujian.supervision.frozen import freeze, thaw
from shujian.supervision.library import find_model
from shujian.supervision.run import contracts_of

DAY = date(2026, 6, 30)
HEADER = "编号,姓名,身份证号,日期,金额\n"
LISTED = "1,示例甲,999999199001010016,2026-01-10,500\n"
OTHERS = "f1,示例乙,999999199001010024,2026-02-01,1\nf2,示例丙,,2026-02-01,1\n"


@pytest.fixture
def landed(own_home: Path, tmp_path: Path) -> Path:
    """The own catalogue with one listed person and two records of others, one without a number; answers the catalogue."""
    write_model(own_home, MODEL)
    for source, rows in (("own_list", LISTED), ("own_record", OTHERS)):
        file = tmp_path / f"{source}.csv"
        file.write_text(HEADER + rows, "utf-8")
        claims = [Coverage(date(2020, 1, 1), DAY, (), True, (), "示例函")] if source == "own_record" else []
        lake.ingest(source, [file], as_of=DAY, coverage=claims)
    return own_home


def _rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_a_replay_does_not_see_later_edits(landed: Path) -> None:
    record = landed / "sources" / "own_record.yaml"
    _rewrite(record, "sensitivity: 中\nkey", 'unmatchable_limit: "1"\nsensitivity: 中\nkey')
    snapshot = pin()
    made = service.run("listed_not_recorded", snapshot=snapshot, as_of=DAY)
    assert [(hit.grade, hit.absence) for hit in made.hits] == [("A", "proved")]

    _rewrite(record, 'unmatchable_limit: "1"', 'unmatchable_limit: "0"')
    _rewrite(landed / "parameters" / "own.yaml", "value: 200", "value: 900")
    write_model(landed, MODEL.replace("amount >= param.own.least", "amount > param.own.least"))
    replayed = service.replay(made.frozen, snapshot=snapshot, as_of=DAY, expected_sm3=made.result_sm3)
    assert replayed.same and replayed.result.hits[0].absence == "proved"

    for path in (record, landed / "parameters" / "own.yaml", landed / "models" / "own" / "model.yaml"):
        path.unlink()
    assert service.replay(made.frozen, snapshot=snapshot, as_of=DAY, expected_sm3=made.result_sm3).same


def test_an_edited_source_reaches_the_next_run(landed: Path) -> None:
    made = service.run("listed_not_recorded", snapshot=pin(), as_of=DAY)
    assert [hit.absence for hit in made.hits] == [
        "unknown"
    ]  # half of the records have no number: over the limit


def test_every_contract_survives_freezing(landed: Path) -> None:
    for name in ("listed_not_recorded", "M02", "M03", "M06", "M07", "M08"):
        model = find_model(name)
        text = freeze(model, contracts_of(model), {})
        found = thaw(text)
        assert found.contracts == contracts_of(model) and found.model.fingerprint == model.fingerprint
        assert set(json.loads(text)) == {"model", "keywords", "sources", "parameters"}


def _county(catalogue: Path, text: str) -> None:
    path = catalogue.parent / "county" / "sources" / "own_list.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_looking_back_does_not_revive_an_ended_agreement(
    landed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = service.run("listed_not_recorded", snapshot=pin(), as_of=DAY)
    _rewrite(landed / "sources" / "own_list.yaml", "expires: null", "expires: 2026-07-31")
    monkeypatch.setattr("shujian.supervision.run.today", lambda: date(2026, 7, 31))
    assert service.run("listed_not_recorded", snapshot=pin(), as_of=DAY).result_sm3 == made.result_sm3
    monkeypatch.setattr("shujian.supervision.run.today", lambda: date(2026, 8, 1))
    with pytest.raises(GuardRefused) as raised:
        service.run("listed_not_recorded", snapshot=pin(), as_of=DAY)
    assert raised.value.faults[0].code == "agreement_expired"
    _county(landed, "from: 2026-07-01\nto: 2026-08-01\n")
    assert service.run("listed_not_recorded", snapshot=pin(), as_of=DAY).result_sm3 == made.result_sm3
    _county(landed, "from: 2026-08-02\nto: 2026-12-31\n")
    with pytest.raises(GuardRefused) as raised:
        service.run("listed_not_recorded", snapshot=pin(), as_of=date(2026, 8, 2))
    assert [fault.code for fault in raised.value.faults] == ["agreement_not_begun"]
    assert service.replay(made.frozen, snapshot=pin(), as_of=DAY, expected_sm3=made.result_sm3).same
