"""Addresses over the model county: what is named, what was its name once, what stays open."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shujian.kernel.errors import BadInput
from shujian.matching.normalise import address, gazetteer, regions
from shujian.matching.normalise.address_parts import Address, parse, parse_many

SHIPPED = Path(__file__).parents[2] / "catalogue" / "regions" / "model_county.yaml"
MODEL = gazetteer.load(SHIPPED)
STONE, PORT, HILL, GATE = "999999101", "999999102", "999999103", "999999001"


def _read(text: str, on: date | None = None) -> Address:
    read = parse(text, MODEL, on)
    assert read is not None
    return read


@pytest.mark.parametrize(
    ("text", "town", "how", "village", "group", "road", "number", "rest"),
    [
        ("示例市示例石湾镇示例青山村三组12号", STONE, "name", "999999101201", "三组", None, "12", None),
        ("示范省示范地区示例市石湾镇示例青山村", STONE, "alias", "999999101201", None, None, None, None),
        ("示例县示例石湾乡", STONE, "name", None, None, None, None, None),
        ("示例市石湾", STONE, "alias", None, None, None, None, None),
        ("浦镇示例保丰村马路组8号", PORT, "alias", "999999102201", "马路组", None, "8", None),
        ("示例云岭示例江右村", HILL, "short", "999999103202", None, None, None, None),
        ("示例市示例大塘乡示例东风村", STONE, "former", "999999101202", None, None, None, None),
        ("示例市示例两江乡示例江右村", HILL, "former", "999999103202", None, None, None, None),
        ("示例市示例东门办事处建设路111号3室", GATE, "name", None, None, "建设路", "111", "3室"),
        ("示例东门街办示例南园居委会", GATE, "name", "999999001002", None, None, None, None),
        ("示例市示例保丰村", PORT, "village", "999999102201", None, None, None, None),
        (
            "示例市建设路5号(示例石湾镇示例青山村)",
            STONE,
            "name",
            "999999101201",
            None,
            "建设路",
            "5",
            "示例石湾镇示例青山村",
        ),
        ("示例石湾镇青山村", STONE, "name", None, None, None, None, None),
        ("示例浦镇", PORT, "name", None, None, None, None, None),
        ("示例示例保丰村", PORT, "village", "999999102201", None, None, None, None),
        ("示例县示例市示例浦镇", PORT, "name", None, None, None, None, None),
        ("示例大厦", None, None, None, None, None, None, "示例大厦"),
        ("示例市黄牛岭18号附1号", None, None, None, None, None, "18附1", "黄牛岭"),
        ("瓷城大道47-51号示例广场902室", None, None, None, None, "瓷城大道", "47-51", "示例广场902室"),
        ("示例路8号楼2单元", None, None, None, None, "示例路", None, "8号楼2单元"),
        ("示例大道68", None, None, None, None, "示例大道", "68", None),
        ("示例市石湾路6号", None, None, None, None, "石湾路", "6", None),
    ],
)
def test_table_of_addresses(
    text: str, town: str | None, how: str | None, village: str | None,
    group: str | None, road: str | None, number: str | None, rest: str | None,
) -> None:  # fmt: skip
    read = _read(text)
    assert (read.town and read.town.code, read.town_how) == (town, how)
    assert (read.village and read.village.code) == village
    assert (read.group, read.road, read.number, read.rest) == (group, road, number, rest)


@pytest.mark.parametrize(
    ("text", "notes", "candidates", "county"),
    [
        ("外地市示例石湾镇", ("outside",), (), None),
        ("示范省外地县城关镇示例保丰村", ("outside",), (), None),
        ("示例两江乡", ("town_ambiguous",), (PORT, HILL), "999999"),
        ("示例新桥村", ("village_ambiguous",), ("999999101203", "999999102202"), "999999"),
        ("示例市陌生镇", ("town_unknown",), (), "999999"),
        ("建设路5号", (), (), None),
    ],
)
def test_nothing_is_guessed(
    text: str, notes: tuple[str, ...], candidates: tuple[str, ...], county: str | None
) -> None:
    read = _read(text)
    assert read.town is None and read.village is None
    assert read.notes == notes and read.county == county
    assert tuple(unit.code for unit in read.candidates) == candidates


def test_contradictions_are_noted() -> None:
    elsewhere = _read("示例浦镇示例青山村")
    assert elsewhere.town and elsewhere.town.code == PORT and elsewhere.village is None
    assert elsewhere.notes == ("village_elsewhere",) and elsewhere.candidates[0].code == "999999101201"
    assert _read("示例浦镇、示例石湾镇交界处").notes == ("two_towns",)
    assert _read("示例浦镇(示例浦镇政府旁)").notes == ()
    weak = _read("示例市陌生镇示例保丰村")
    assert (weak.town_how, weak.notes) == ("village", ("town_unknown",))


def test_a_former_name_is_weighed_by_the_day() -> None:
    before, after = date(2014, 5, 1), date(2020, 5, 1)
    assert _read("示例大塘乡", before).notes == ()
    late = _read("示例大塘乡", after)
    assert late.notes == ("name_not_in_force",) and late.town and late.town.code == STONE
    assert _read("示例县示例石湾乡", date(1994, 1, 1)).town == _read("示例石湾镇").town


def test_a_story_keeps_its_town_and_ends() -> None:
    long = _read("示例石湾镇" + "1" * 20_000)
    assert long.town and long.town.code == STONE and long.rest == "1" * 20_000
    assert _read("示例" * 10_000).town is None


def test_missing_and_columns() -> None:
    assert parse(None, MODEL) is None and parse("不详", MODEL) is None
    first, second, none = parse_many(["示例石湾镇", "示例石湾镇", None], MODEL)
    assert first is second and none is None


words = st.sampled_from(
    ["示范省", "示例市", "示例", "示例石湾镇", "石湾", "示例青山村", "示例两江乡", "三组", "建设路", "街", "12号", "12", "楼", "(", ")",
     "外地市", "社区", "村", "办", "东门", "-", "附3", "号"]
)  # fmt: skip


@given(st.lists(words, max_size=9).map("".join) | st.text(max_size=20))
def test_no_character_is_lost(text: str) -> None:
    read = parse(text, MODEL)
    assert (read is None) == (address.key(text) is None)
    if read:
        assert "".join(part for _, part in read.pieces) == read.text == address.key(text)
        assert read.village is None or (
            read.town is not None and read.village.code.startswith(read.town.code)
        )
        assert read.town is None or read.county == MODEL.code


@given(st.sampled_from(sorted(code for code in MODEL.names if len(code) == 12)), st.integers(1, 999))
def test_every_place_of_the_county_is_found_again(code: str, number: int) -> None:
    read = _read(f"示例市{MODEL.names[code[:9]]}{MODEL.names[code]}{number}号")
    assert (read.town and read.town.code, read.village and read.village.code) == (code[:9], code)
    assert (read.number, read.rest, read.notes) == (str(number), None, ())


def test_region_files_name_every_fault(tmp_path: Path) -> None:
    path = tmp_path / "other.yaml"
    text = (
        SHIPPED.read_text("utf-8")
        .replace('"999999102"', '"999999101"')
        .replace('"999999103201"', '"999999104201"')
    )
    path.write_text(text.replace("west: 124.20", "west: 124.90"), "utf-8")
    with pytest.raises(BadInput) as raised:
        gazetteer.load(path)
    codes = [fault.code for fault in raised.value.faults]
    assert set(codes) == {"duplicate_code", "foreign_code", "empty_box", "id_is_not_file_name"}
    assert all(fault.line for fault in raised.value.faults)
    path.write_text("id: other\nas_of: 昨天\ncounty: {}\n", "utf-8")
    with pytest.raises(BadInput) as raised:
        gazetteer.load(path)
    assert {fault.field for fault in raised.value.faults} >= {"as_of", "source", "towns", "county.code"}


def test_the_users_county_stands_beside_the_shipped_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHUJIAN_HOME", str(tmp_path))
    assert regions.region_files() == {"model_county": SHIPPED}
    folder = tmp_path / "catalogue" / "regions"
    folder.mkdir(parents=True)
    mine = folder / "mine.yaml"
    mine.write_text(SHIPPED.read_text("utf-8").replace("id: model_county", "id: mine"), "utf-8")
    assert gazetteer.load(regions.region_files()["mine"]).code == "999999"
    mine.rename(folder / "model_county.yaml")
    with pytest.raises(BadInput, match="已被占用"):
        regions.region_files()
