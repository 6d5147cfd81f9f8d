"""Every quality problem of the field (domain brief §7.2, row by row) comes out of an ingest handled, raw text kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from shujian.kernel.errors import BadInput
from shujian.lake import physical, read, service
from shujian.lake.conftest import FIRMS, number
from shujian.matching.normalise.coordinates import Point, convert

SOURCE = """\
id: t_dirt
title: 示例脏表
provider: 示例市某局
agreement: {purpose: 测试, number: null, expires: null}
cadence: P1M
fresh: P60D
sensitivity: 高
key: [doc_no]
date_field: on
subjects:
  person: {kind: person, name: name, id_card: id_card, birth: null, sex: null, area: null}
  org: {kind: org, name: company, uscc: uscc}
  place: {kind: place, address: address, region: region, coordinates: {lon: lon, lat: lat, system: detect}}
fields:
  - {id: doc_no, title: 文号, type: document_no, required: true}
  - {id: name, title: 姓名, type: person_name}
  - {id: id_card, title: 身份证号, type: id_card}
  - {id: company, title: 企业名称, type: org_name}
  - {id: uscc, title: 统一社会信用代码, type: uscc}
  - {id: address, title: 地址, type: address}
  - {id: region, title: 区划, type: category}
  - {id: lon, title: 经度, type: lonlat}
  - {id: lat, title: 纬度, type: lonlat}
  - {id: on, title: 日期, type: date}
  - {id: until, title: 有效期至, type: date, ahead: true}
  - {id: at, title: 时间, type: timestamp}
  - {id: fine, title: 罚款（元）, type: money}
  - {id: phone, title: 电话, type: phone}
  - {id: plate, title: 车牌, type: plate}
"""
GOOD = number(12)
BAD = GOOD[:17] + ("0" if GOOD[17] != "0" else "1")
TRUE = Point(124.4, 28.25)
SHIFTED = convert(TRUE, "CGCS2000", "GCJ02")
NEAR_POINT = {
    "place__lon": Decimal("124.400000"),
    "place__lat": Decimal("28.250000"),
    "place__system": "GCJ02",
}
CODE = "91999999MA000000XX"

# problem, what the file says, what the lake answers
ROWS: list[tuple[str, dict[str, str], dict[str, Any]]] = [
    ("ID missing", {"id_card": "无"}, {"id_card": None, "id_card__raw": "无", "person__id": None, "id_card__flag": None}),
    ("15-digit", {"id_card": "999999900101001"},
     {"id_card": "999999900101001", "person__id": "999999199001010016", "id_card__flag": "upgraded"}),
    ("X lower-case / full-width / spaces", {"id_card": " " + "".join(chr(ord(s) + 0xFEE0) for s in GOOD.lower())},
     {"person__id": GOOD, "id_card__flag": None, "person__birth": date(1990, 1, 1)}),
    ("checksum wrong", {"id_card": BAD}, {"id_card": BAD, "id_card__raw": BAD, "person__id": None, "id_card__flag": "checksum"}),
    ("birth wrong", {"id_card": "999999199013010014"}, {"person__id": None, "id_card__flag": "birth"}),
    ("masked ID", {"id_card": "999999********123X"},
     {"person__id": None, "person__mask": "999999|123X", "id_card__mask": "999999********123X", "id_card__flag": "masked"}),
    ("masked ID, tail only", {"id_card": "99999919900101****"},
     {"person__id": None, "person__mask": None, "id_card__mask": "99999919900101****"}),
    ("masked phone", {"phone": "100****0000"},
     {"phone": None, "phone__raw": "100****0000", "phone__mask": "100****0000", "phone__flag": "masked"}),
    ("enterprise name variants", {"company": "示例市鸿达陶瓷（有限公司）"}, {"company__raw": "示例市鸿达陶瓷（有限公司）"}),
    ("USCC I/1, O/0", {"uscc": CODE.replace("0", "O", 1)},
     {"org__uscc": None, "uscc__flag": "signs", "uscc__raw": CODE.replace("0", "O", 1)}),
    ("USCC 17 digits", {"uscc": CODE[:17]}, {"org__uscc": None, "uscc__flag": "length"}),
    ("USCC checksum", {"uscc": CODE}, {"org__uscc": None, "uscc__flag": "checksum"}),
    ("OCR noise is shown, not repaired", {"name": "示例曰"}, {"name": "示例曰", "person__name": "示例曰", "name__flag": None}),
    ("name starred out", {"name": "示*"}, {"name": "示*", "person__name": None, "name__flag": "hidden"}),
    ("name hidden as court papers do", {"name": "示某某"}, {"person__name": "示某某", "name__flag": "anonymised"}),
    ("浦口镇/浦口: short and full", {"address": "石湾"},
     {"place__town_name": "示例石湾镇", "place__town": "999999101", "place__how": "alias"}),
    ("village renamed", {"address": "示例市石湾镇示例东风村12号"},
     {"place__village": "999999101202", "place__village_name": "示例大塘村", "place__number": "12", "place__county": "999999"}),
    ("town renamed, in its day", {"address": "示例城关镇", "on": "2009-01-01"},
     {"place__town_name": "示例东门街道", "place__how": "former", "place__notes": None}),
    ("town renamed, after its day", {"address": "示例城关镇", "on": "2020-01-01"},
     {"place__town_name": "示例东门街道", "place__notes": "name_not_in_force"}),
    ("town split", {"address": "示例两江乡"}, {"place__town": None, "place__notes": "town_ambiguous"}),
    ("town split, said beside", {"address": "示例两江乡", "region": "示例浦镇"}, {"place__town": "999999102", "place__how": "region"}),
    ("door number missing", {"address": "示例石湾镇人民路"},
     {"place__road": "人民路", "place__number": None, "address": "示例石湾镇人民路"}),
    ("another county", {"address": "虚构市甲区乙路3号"}, {"place__county": None, "place__town": None, "place__notes": "outside"}),
    ("GCJ-02", {"lon": f"{SHIFTED.lon:.7f}", "lat": f"{SHIFTED.lat:.7f}"}, {**NEAR_POINT, "place__point": None}),
    ("swapped", {"lon": f"{SHIFTED.lat:.7f}", "lat": f"{SHIFTED.lon:.7f}"}, {**NEAR_POINT, "place__point": "swapped"}),
    ("0,0", {"lon": "0", "lat": "0"}, {"place__lon": None, "place__point": "zero", "lon": Decimal("0.000000")}),
    ("outside county", {"lon": "113.5", "lat": "27.6"}, {"place__lon": None, "place__point": "out_of_box", "lon": Decimal("113.500000")}),
    ("metres of a grid", {"lon": "38512345.6", "lat": "3061234"}, {"lon": None, "lon__raw": "38512345.6", "place__point": "projected"}),
    ("2024/3/5", {"on": "2024/3/5"}, {"on": date(2024, 3, 5), "on__raw": "2024/3/5", "on__flag": None}),
    ("20240305", {"on": "20240305"}, {"on": date(2024, 3, 5)}),
    ("二〇二四年三月", {"on": "二〇二四年三月"},
     {"on": None, "on__from": date(2024, 3, 1), "on__to": date(2024, 3, 31), "on__flag": "month", "on__raw": "二〇二四年三月"}),
    ("a span of time", {"at": "2024年3月至5月"},
     {"at": None, "at__from": date(2024, 3, 1), "at__to": date(2024, 5, 31), "at__flag": "span"}),
    ("future", {"on": "2027-01-01"}, {"on": date(2027, 1, 1), "on__flag": "future"}),
    ("future, on a clock", {"at": "2026-07-01 00:00:00"}, {"at": datetime.fromisoformat("2026-07-01"), "at__flag": "future"}),
    ("today is no future", {"at": "2026-06-30 23:59:59"}, {"at__flag": None}),
    ("a permit's end may lie ahead", {"until": "2030-01-01"}, {"until": date(2030, 1, 1), "until__flag": None}),
    ("元/万元", {"fine": "1.2万元"}, {"fine": Decimal("12000.00"), "fine__flag": None}),
    ("“1.2万余”", {"fine": "1.2万余"},
     {"fine": None, "fine__low": Decimal("12000.00"), "fine__high": Decimal("13000.00"), "fine__flag": "approximate",
      "fine__raw": "1.2万余"}),
    ("thousands commas", {"fine": "1,234.50"}, {"fine": Decimal("1234.50")}),
    ("大写", {"fine": "壹拾贰万叁仟元整"}, {"fine": Decimal("123000.00"), "fine__flag": None}),
    ("a range", {"fine": "三至五万元"},
     {"fine": None, "fine__low": Decimal("30000.00"), "fine__high": Decimal("50000.00"), "fine__flag": "range"}),
    ("no upper end", {"fine": "5万元以上"}, {"fine": None, "fine__low": Decimal("50000.00"), "fine__high": None, "fine__flag": "above"}),
    ("mobile with +86", {"phone": "+86 100-0000-0001"}, {"phone": "10000000001", "phone__flag": None}),
    ("landline with extension", {"phone": "(0731)22220001转8"}, {"phone": "073122220001", "phone__flag": "extension"}),
    ("two numbers", {"phone": "10000000001/10000000002"},
     {"phone": None, "phone__other": "10000000001 10000000002", "phone__flag": "several"}),
    ("no number", {"phone": "不清楚"}, {"phone": None, "phone__raw": "不清楚", "phone__flag": "invalid"}),
    ("plate", {"plate": "示A·1234五"}, {"plate": None, "plate__flag": "invalid"}),
    ("masked plate", {"plate": "示A**345"}, {"plate": None, "plate__mask": "示A**345", "plate__flag": "masked"}),
    ("rare character of GB 18030-2022", {"name": "示𬭁㛃"}, {"person__name": "示𬭁㛃", "name__flag": None}),
    ("private place of an older GB 18030", {"name": "示\ue81e"}, {"name": "示\ue81e", "person__name": "示\u9fb4"}),
    ("variation selector", {"name": "示葛\U000e0100"}, {"person__name": "示葛", "name__raw": "示葛\U000e0100"}),
    ("a sign only the sender knows", {"name": "示\ue000"}, {"person__name": None, "name__flag": "private_sign"}),
]  # fmt: skip
TITLES = {
    line.split("id: ")[1].split(",")[0]: line.split("title: ")[1].split(",")[0]
    for line in SOURCE.splitlines()
    if line.startswith("  - {id")
}


def _file(path: Path, rows: list[dict[str, str]], titles: dict[str, str]) -> Path:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(titles))
    writer.writerow(titles)
    writer.writerows({"doc_no": f"示例{place}", **row} for place, row in enumerate(rows))
    path.write_text(text.getvalue(), "utf-8")
    return path


def _rows(dataset: str = "t_dirt", columns: str = "*") -> list[dict[str, Any]]:
    with read.open_session(read.pin()) as session:
        view = session.attach(dataset)
        return list(session.sql(f"select {columns} from {view} order by _line").to_pylist())


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[dict[str, Any]]]:
    """All rows of the table, ingested in one file whose header names the coordinate system."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("dirt")
        _prepare(folder, patch)
        titles = TITLES | {"lon": "经度（GCJ-02）", "lat": "纬度（GCJ-02）"}
        path = _file(folder / "脏表.csv", [row for _, row, _ in ROWS], titles)
        (report,) = service.ingest("t_dirt", [path]).files
        assert (report.state, report.landed, report.rejected) == ("landed", len(ROWS), 0)
        yield _rows()


def _prepare(folder: Path, patch: pytest.MonkeyPatch) -> None:
    sources = folder / "home" / "catalogue" / "sources"
    sources.mkdir(parents=True)
    (sources / "t_dirt.yaml").write_text(SOURCE, "utf-8")
    patch.setenv("SHUJIAN_HOME", str(folder / "home"))
    patch.setenv("SHUJIAN_TODAY", "2026-06-30")


@pytest.mark.parametrize("place", range(len(ROWS)), ids=[problem for problem, _, _ in ROWS])
def test_the_problem_is_handled(landed: list[dict[str, Any]], place: int) -> None:
    _, _, wanted = ROWS[place]
    assert {name: landed[place][name] for name in wanted} == wanted


def test_plain_rows_carry_no_flag(landed: list[dict[str, Any]]) -> None:
    """What a clean cell has beside its value is nothing."""
    clean = next(row for row in landed if row["on"] == date(2024, 3, 5) and row["on__raw"] == "20240305")
    marks = [
        name
        for name in clean
        if name.endswith(("__flag", "__mask", "__other", "__from", "__to", "__low", "__high"))
    ]
    assert len(marks) == 24 and all(clean[name] is None for name in marks)


@pytest.fixture
def dirt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[dict[str, Any]]]:
    """Ingest a few rows of their own."""
    _prepare(tmp_path, monkeypatch)

    def ingest(rows: list[dict[str, str]], **titles: str) -> list[dict[str, Any]]:
        service.ingest("t_dirt", [_file(tmp_path / f"{len(rows)}.csv", rows, TITLES | titles)])
        return _rows()

    return ingest


Dirt = Callable[..., list[dict[str, Any]]]


def test_a_system_that_nobody_names_gives_no_point(dirt: Dirt) -> None:
    (row,) = dirt([{"lon": "124.4", "lat": "28.25"}])
    assert (row["place__lon"], row["place__point"], row["lon"]) == (
        None,
        "system_undeclared",
        Decimal("124.400000"),
    )


@pytest.mark.parametrize("system", ["GCJ02", "BD09", "CGCS2000"])
def test_anchors_tell_the_system(dirt: Dirt, system: Any) -> None:
    anchors = {"示例市人民政府": Point(124.4, 28.25), "示例汽车站": Point(124.352, 28.231)}
    rows = []
    for name, true in anchors.items():
        point = convert(true, "CGCS2000", system)
        rows.append({"address": f"{name}旁", "lon": f"{point.lon:.6f}", "lat": f"{point.lat:.6f}"})
    for row, true in zip(dirt(rows), anchors.values(), strict=True):
        assert row["place__system"] == system
        assert (
            abs(float(row["place__lon"]) - true.lon) < 2e-6
            and abs(float(row["place__lat"]) - true.lat) < 2e-6
        )


def test_day_numbers_of_a_text_file(dirt: Dirt) -> None:
    rows = dirt([{"on": "45356"}, {"on": "45357.5"}, {"on": "45358"}, {"on": "45359"}, {"on": "45360"}])
    assert [row["on"] for row in rows] == [date(2024, 3, day) for day in range(5, 10)]
    assert {row["on__flag"] for row in rows} == {"serial"}


def test_a_lone_number_is_no_date(dirt: Dirt) -> None:
    """One day number among dates may as well be a slip: the row stays out, with its reason."""
    landed = dirt([{"on": "2024-03-05"}] * 20 + [{"on": "45356"}])
    assert len(landed) == 20
    (refused,) = read.rejects(landed[0]["_batch"])
    assert (refused.code, refused.found, refused.line) == ("wrong_type", "45356", 22)


def test_old_rows_read_as_null_and_keep_their_digests(
    dirt: Dirt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = {"on": "2024-03-05", "phone": "100****0000", "address": "示例石湾镇"}
    with monkeypatch.context() as before:
        before.setattr(physical, "SIDE_COLUMNS", {})
        before.setitem(physical.SUBJECT_COLUMNS, "place", (("key", physical.SUBJECT_COLUMNS["place"][0][1]),))
        before.setattr("shujian.lake.columns.table.SIDE_COLUMNS", {})
        (old,) = dirt([row])
    assert "phone__mask" not in old and "place__town" not in old
    old_again, new = dirt([row, {"doc_no": "示例新", "phone": "100****0001", "address": "示例浦镇"}])
    assert (old_again["_row"], old_again["phone__mask"], old_again["place__town"]) == (
        old["_row"],
        None,
        None,
    )
    assert (new["phone__mask"], new["place__town"]) == ("100****0001", "999999102")


def test_doubts_are_counted_and_listed(dirt: Dirt) -> None:
    swapped = GOOD.replace("0", "O", 1)
    dirt(
        [
            {"id_card": swapped},
            {"id_card": BAD},
            {"id_card": GOOD},
            {"on": "2024年3月", "address": "示例两江乡"},
        ]
    )
    counts = {(one.field, one.flag): one.rows for one in read.doubt_counts("t_dirt")}
    assert counts == {
        ("id_card", "signs"): 1, ("id_card", "checksum"): 1, ("on", "month"): 1, ("place.notes", "town_ambiguous"): 1
    }  # fmt: skip
    (cell,) = read.doubtful_cells("t_dirt", "id_card", flag="signs")
    assert (cell.raw, cell.line, cell.proposals) == (swapped, 2, (GOOD,))
    (month,) = read.doubtful_cells("t_dirt", "on")
    assert (month.low, month.high, month.proposals) == ("2024-03-01", "2024-03-31", ())
    with pytest.raises(BadInput, match="没有标记"):
        read.doubtful_cells("t_dirt", "doc_no")


def test_nothing_is_flagged_where_nothing_can_be(lake_home: Path) -> None:
    assert "t_firms" in FIRMS and read.doubt_counts("t_firms") == []


def test_quality_counts_what_was_said_less_than_exactly(dirt: Dirt) -> None:
    """A month fills a date and falls into its month; it is no valid day, and a year falls into none."""
    dirt(
        [
            {"on": "2024年3月", "fine": "1.2万余"},
            {"on": "2024-03-09"},
            {"on": "2024年"},
            {"phone": "100****0000"},
        ]
    )
    report = read.quality("t_dirt")
    told = {
        name: (report.fields[name].complete, report.fields[name].valid) for name in ("on", "fine", "phone")
    }
    assert told == {"on": (3, 1), "fine": (1, 0), "phone": (1, 0)}
    assert {entry.month: entry.rows for entry in report.coverage if entry.rows} == {None: 2, "2024-03": 2}
