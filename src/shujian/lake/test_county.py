"""The county's own agreements: only their keys, every fault with its line, over the source, written and taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from shujian.kernel.errors import BadInput, GuardRefused
from shujian.lake import agreeing, read, service
from shujian.lake.conftest import STAFF
from shujian.lake.county import CountyAgreement, is_county_file
from shujian.lake.errors import UnknownSource
from shujian.lake.freshness import agreement_state

ROW = "姓名,身份证号,入编日期\n示例甲,,2020-01-01\n"
FULL = CountyAgreement.model_validate({
    "number": "示检数〔2026〕7号", "purpose": "核对在编人员", "from": "2026-01-01", "to": "2026-12-31",
    "provider": "示例县编办", "cadence": "P3M",
})  # fmt: skip


def _county(home: Path, text: str, name: str = "t_staff") -> Path:
    path = home / "county" / "sources" / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_what_the_county_states_stands_over_the_source_and_the_rest_stays(lake_home: Path) -> None:
    before = read.source("t_staff")
    _county(lake_home, "number: 示检数〔2026〕7号\nto: 2026-12-31\ncadence: P3M\n")
    told = read.source("t_staff")
    assert (told.agreement.number, told.agreement.expires, told.cadence) == (
        "示检数〔2026〕7号", date(2026, 12, 31), "P3M",
    )  # fmt: skip
    assert (told.agreement.purpose, told.provider, told.agreement.from_) == ("测试", "示例市编办", None)
    assert told.fields == before.fields and told.key == before.key
    assert read.sources()["t_staff"] == told and read.sources()["t_firms"].agreement.number is None
    found = read.county_file("t_staff")
    assert found is not None and found.keys == ("number", "to", "cadence")
    assert read.county_file("t_firms") is None


def test_every_fault_at_once_with_its_line_and_its_name(lake_home: Path) -> None:
    text = "number: ' '\nkey: [name]\nto: 2026-02-30\ncadence: monthly\nprovider:\nretain: P3Y\n"
    path = _county(lake_home, text)
    faults = service.check([path])
    assert [(one.line, one.code, one.field) for one in faults] == [
        (1, "bad_value", "number"), (2, "not_of_county", "key"), (3, "date_from_datetime_parsing", "to"),
        (4, "bad_value", "cadence"), (5, "empty_value", "provider"), (6, "not_of_county", "retain"),
    ]  # fmt: skip
    assert all(one.file == str(path) and one.expected for one in faults)
    for ask in (lambda: read.source("t_staff"), lambda: read.sources(), lambda: read.sources()):
        with pytest.raises(BadInput) as refused:
            ask()
        assert set(refused.value.faults) == set(faults)
    assert read.source("t_firms").id == "t_firms", "the fault of one stops no other"


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("from: 2026-07-01\nto: 2026-06-30\n", 2, "bad_span"),
        ("", 1, "not_a_mapping"),
        ("- number\n", 1, "not_a_mapping"),
        ("number: 一\nnumber: 二\n", 2, "duplicate_key"),
        ("number: 20260007\n", 1, "string_type"),
    ],
)
def test_what_cannot_stand_is_refused(lake_home: Path, text: str, line: int, code: str) -> None:
    (fault,) = service.check([_county(lake_home, text)])
    assert (fault.line, fault.code) == (line, code)


def test_a_file_for_no_source_or_for_inside_data_is_refused(lake_home: Path) -> None:
    stray = _county(lake_home, "number: 一\n", "nosuch")
    with pytest.raises(BadInput) as refused:
        read.sources()
    assert [(one.code, one.file, one.found) for one in refused.value.faults] == [
        ("unknown_source", str(stray), "nosuch")
    ]
    assert [one.code for one in service.check([stray])] == ["unknown_source"]
    inside = _county(lake_home, "number: 一\n", "clue_register")
    assert [one.code for one in service.check([inside])] == ["inside_data"]
    assert not is_county_file(lake_home / "catalogue" / "sources" / "t_staff.yaml")


def test_the_source_file_beside_a_faulty_county_file_is_checked_with_it(lake_home: Path) -> None:
    path = _county(lake_home, "to: 2026-06-30\n")
    own = lake_home / "catalogue" / "sources" / "t_staff.yaml"
    assert service.check([own, path]) == []
    own.write_text(STAFF.replace("number: null", "signed: 2026-07-01"), "utf-8")
    assert {(one.code, one.file, one.line) for one in service.check([own])} == {("bad_span", str(path), 1)}


@pytest.mark.parametrize(
    ("text", "state", "code"),
    [
        ("to: 2026-06-29\n", "expired", "agreement_expired"),
        ("from: 2026-07-01\n", "pending", "agreement_not_begun"),
        ("from: 2026-06-30\nto: 2026-06-30\n", "ending", None),
        ("from: 2026-01-01\nto: 2026-12-31\n", "running", None),
        ("number: 一\n", "open", None),
    ],
)
def test_ingest_stops_before_the_first_day_and_past_the_last(
    lake_home: Path, put: Callable[..., Path], text: str, state: str, code: str | None
) -> None:
    _county(lake_home, text)
    assert agreement_state(read.source("t_staff"), date(2026, 6, 30)) == state
    if code is None:
        assert service.ingest("t_staff", [put("a.csv", ROW)]).files[0].landed == 1
        return
    with pytest.raises(GuardRefused) as refused:
        service.ingest("t_staff", [put("a.csv", ROW)])
    assert [one.code for one in refused.value.faults] == [code]


def test_a_new_agreement_is_no_reason_to_read_known_bytes_anew(
    lake_home: Path, put: Callable[..., Path]
) -> None:
    file = put("a.csv", ROW)
    service.ingest("t_staff", [file])
    service.agree("t_staff", FULL)
    (again,) = service.ingest("t_staff", [file]).files
    assert (again.state, again.landed, again.unchanged) == ("same", 0, 0)


def test_agree_writes_what_check_takes_and_undo_restores_what_stood_before(lake_home: Path) -> None:
    made = service.agree("t_staff", FULL)
    assert made.changed and made.file is not None and service.check([made.file]) == []
    told = read.source("t_staff")
    assert (told.agreement.number, told.agreement.from_, told.provider) == (
        "示检数〔2026〕7号", date(2026, 1, 1), "示例县编办",
    )  # fmt: skip
    assert not service.agree("t_staff", FULL).changed
    renewed = FULL.model_copy(update={"number": '示"检\n数〔2027〕1号', "to": date(2027, 12, 31)})
    service.agree("t_staff", renewed)
    assert read.source("t_staff").agreement.number == renewed.number
    assert service.disagree("t_staff") == agreeing.Agreed("t_staff", made.file, changed=True)
    assert read.source("t_staff") == told
    assert service.disagree("t_staff").file is None
    assert read.source("t_staff").agreement.number is None
    with pytest.raises(BadInput) as refused:
        service.disagree("t_staff")
    assert [one.code for one in refused.value.faults] == ["no_agreement"]


def test_agree_refuses_before_anything_is_written(lake_home: Path) -> None:
    wrong = FULL.model_copy(update={"to": date(2025, 12, 31)})
    seen: list[str] = []
    with pytest.raises(BadInput) as refused:
        service.agree("t_staff", wrong, lambda: seen.append("x"))
    assert [one.code for one in refused.value.faults] == ["bad_span"]
    with pytest.raises(UnknownSource):
        service.agree("nosuch", FULL)
    with pytest.raises(BadInput):
        service.agree("clue_register", FULL)
    assert seen == [] and not (lake_home / "county").exists()


def test_what_cannot_be_put_on_record_changes_nothing_and_a_torn_change_is_taken_back_whole(
    lake_home: Path,
) -> None:
    service.agree("t_staff", FULL)

    def fails() -> None:
        raise RuntimeError("no record")

    with pytest.raises(RuntimeError):
        service.agree("t_staff", FULL.model_copy(update={"number": "二号"}), fails)
    assert read.source("t_staff").agreement.number == FULL.number
    with pytest.raises(RuntimeError):
        service.disagree("t_staff", fails)
    assert read.source("t_staff").agreement.number == FULL.number
    assert service.disagree("t_staff").file is None, (
        "the copy kept for the change that failed is no earlier state"
    )


def test_a_broken_file_is_replaced_by_a_new_agreement(lake_home: Path) -> None:
    _county(lake_home, "nonsense: 1\n")
    service.agree("t_staff", FULL)
    assert read.source("t_staff").agreement.number == FULL.number
