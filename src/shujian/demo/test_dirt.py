"""Every row of domain.md §7.2 occurs in the county, at the rate that ``content/dirt.yaml`` gives it.

The kinds are told again here by plain patterns over the written files, so that a mistake in the making cannot hide.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from math import sqrt
from pathlib import Path

import pytest
from stdnum.cn import uscc as codes

from shujian.demo.bulk_files import HOTLINE_ALIASES, HOTLINE_FILES, write_grid, write_hotline
from shujian.demo.crowds import staff_lists
from shujian.demo.dirt import rates
from shujian.demo.identity import Register
from shujian.demo.market import market_lists, write_market
from shujian.demo.phrases import phrasebook, pieces
from shujian.demo.staff_rows import DISCIPLINE, PROSECUTED, STAFF

ROWS, SHARED = 24_000, 12
Row = dict[str, str]
Sign = Callable[[Row], bool]


def read(path: Path, encoding: str, titles: Mapping[str, str] | None = None) -> list[Row]:
    """The whole lines of a file under the planned titles."""
    back = {shown: title for title, shown in (titles or {}).items()}
    text = path.read_bytes().decode(encoding)
    rows = list(csv.reader(io.StringIO(text)))
    header = [back.get(name, name) for name in rows[0]]
    return [dict(zip(header, row, strict=True)) for row in rows[1:] if len(row) == len(header)]


@pytest.fixture(scope="module")
def hotline(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    folder = tmp_path_factory.mktemp("hotline")
    list(write_hotline(folder, 3, ROWS, [], SHARED))
    shape = next(each for each in HOTLINE_FILES if each.name == "12345工单_2026年1至5月.csv")
    third = read(folder / shape.name, "utf-8", HOTLINE_ALIASES)
    second = read(folder / "12345工单_2023年.csv", "gb18030")
    return [row for row in (*second, *third) if row["来电时间"] != "时间不详"]


@pytest.fixture(scope="module")
def grid(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    folder = tmp_path_factory.mktemp("grid")
    list(write_grid(folder, 3, ROWS, [], SHARED))
    rows = [
        *read(folder / "网格事件_2025年.csv", "utf-8-sig"),
        *read(folder / "网格事件_2026年上半年.csv", "utf-8"),
    ]
    return [row for row in rows if row["上报时间"] != "时间不详"]


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    folder = tmp_path_factory.mktemp("register")
    list(write_market(folder, market_lists(3, 0.5)))
    aliases = {"企业名称": "主体名称", "住所": "经营场所"}
    return read(folder / "企业登记_2025年10月.csv", "gb18030", aliases)


def occurs(rows: list[Row], place: str, kind: str, sign: Sign, *, of: float = 1.0) -> None:
    """Whether the share of rows with this sign is the stated one, within four standard errors."""
    rate = rates(place)[kind] * of
    share = sum(map(sign, rows)) / len(rows)
    assert abs(share - rate) <= 4 * sqrt(rate * (1 - rate) / len(rows)) + 0.0005, (place, kind, share, rate)


def matches(title: str, pattern: str) -> Sign:
    found = re.compile(pattern)
    return lambda row: found.search(row[title]) is not None


MOMENT = {"chinese": r"^\d+年\d+月\d+日 ", "wide": r"^２０", "compact": r"^20\d{6} "}
FINISHED = {"future": r"^203", "month_only": r"^\d+年\d+月$"}
TOWN = "(?:东堡|西塘|南桥|北岭|白石|青竹|云溪|长丰|石湾|枫坪|板桥|清水|泉湖|大屏|星月|清溪|竹潭|茶岭|左溪|柳家湾)"
ADDRESS = {"short_town": f"^示例{TOWN}(?!镇|街道|乡)", "wide_digits": "[０-９]"}
FIRM = {
    "full": "^示例市[^（(]+有限公司$", "bracketed": "（有限责任公司）$", "half_brackets": r"\(有限公司\)$", "short": "^示例[^市（(]+$",
    "branch": "分公司$", "shop": "经营部（个体工商户）$", "former": "（曾用名",
}  # fmt: skip


def test_names_of_firms(hotline: list[Row]) -> None:
    rows = [row for row in hotline if row["二级分类"] in ("消费纠纷", "物业管理", "商品房", "宽带")]
    for kind, pattern in FIRM.items():
        occurs(rows, "hotline.firm", kind, matches("涉及主体", pattern))
    named = {row["二级分类"] for row in hotline if row["涉及主体"]}
    assert named <= {"消费纠纷", "物业管理", "商品房", "宽带"}


def test_phones_and_callers(hotline: list[Row]) -> None:
    occurs(hotline, "hotline.phone", "masked", matches("联系电话", r"^100\*{4}\d{4}$"))
    occurs(hotline, "hotline.phone", "missing", lambda row: not row["联系电话"])
    occurs(hotline, "hotline.caller", "missing", lambda row: not row["诉求人"])
    occurs(hotline, "hotline.caller", "anonymous", lambda row: row["诉求人"] == "匿名")
    occurs(hotline, "hotline.caller", "surname_only", matches("诉求人", "(?:先生|女士)$"))


@pytest.mark.parametrize(("part", "title"), [("hotline", "来电时间"), ("grid", "上报时间")])
def test_moments(part: str, title: str, request: pytest.FixtureRequest) -> None:
    rows: list[Row] = request.getfixturevalue(part)
    for kind, pattern in MOMENT.items():
        occurs(rows, f"{part}.moment", kind, matches(title, pattern))
    done = 0.93 if part == "hotline" else 0.96
    for kind, pattern in FINISHED.items():
        occurs(rows, f"{part}.finished", kind, matches("办结时间", pattern), of=done)


@pytest.mark.parametrize("part", ["hotline", "grid"])
def test_coordinates(part: str, request: pytest.FixtureRequest) -> None:
    rows: list[Row] = request.getfixturevalue(part)
    hall = rates(f"{part}.anchor")["county_hall"]
    occurs(
        rows,
        f"{part}.anchor",
        "county_hall",
        lambda row: row["经度"] == "124.400000" and row["纬度"] == "28.250000",
    )
    occurs(rows, f"{part}.coordinates", "zero", lambda row: row["经度"] == "0", of=1 - hall)
    occurs(rows, f"{part}.coordinates", "swapped", matches("经度", r"^28\."), of=1 - hall)
    occurs(rows, f"{part}.coordinates", "outside", matches("经度", r"^130\."), of=1 - hall)


@pytest.mark.parametrize(("part", "title"), [("hotline", "事发地址"), ("grid", "地址")])
def test_addresses(part: str, title: str, request: pytest.FixtureRequest) -> None:
    rows: list[Row] = [row for row in request.getfixturevalue(part) if row[title] != "示例市人民政府"]
    occurs(rows, f"{part}.address", "short_town", matches(title, ADDRESS["short_town"]))
    streets = [row for row in rows if "路" in row[title]]
    occurs(streets, f"{part}.address", "no_number", matches(title, "路$"))
    occurs(streets, f"{part}.address", "wide_digits", matches(title, ADDRESS["wide_digits"]))
    # Streets with towns called 街道 have no older name: sixteen towns of twenty.
    occurs(rows, f"{part}.address", "old_name", matches(title, f"^示例{TOWN}乡"), of=16 / 20)


def test_one_matter_through_two_channels(hotline: list[Row], grid: list[Row]) -> None:
    occurs(hotline, "hotline.repeat", "marked", lambda row: row["是否重复"] == "是", of=0.98)
    first: dict[str, str] = {}
    said = [(row["诉求内容"], row) for row in hotline if row["是否重复"] == "否"]
    again = sum(
        1
        for text, row in said
        if first.setdefault(text, row["渠道"]) and row["渠道"] == "微信" and first[text] is not row["渠道"]
    )
    assert again / len(hotline) >= rates("hotline.repeat")["other_channel"] * 0.5
    both = [row for row in grid if row["小类"] == "热线同步"]
    told = {row["诉求内容"] for row in hotline}
    year = [
        row
        for row in both
        if row["上报时间"].startswith("2026-0") and not row["上报时间"].startswith("2026-06")
    ]
    assert len(both) >= 10 * SHARED
    assert sum(row["描述"] in told for row in year) >= 0.9 * len(year) > 0


def test_children_and_phones_in_texts(hotline: list[Row]) -> None:
    occurs(hotline, "hotline.leak", "minor", matches("诉求内容", r"100\d{8}"))
    assert all("{name}" in each and "{phone}" in each for each in phrasebook("everyday").leaks)


def test_codes_names_and_amounts_of_the_register(register: list[Row]) -> None:
    code = "统一社会信用代码"

    def folded(row: Row) -> str:
        return re.sub(r"\s", "", unicodedata.normalize("NFKC", row[code])).upper()

    occurs(
        register,
        "register.code",
        "lower",
        lambda row: row[code].islower() or bool(re.search("[a-z]", row[code])),
    )
    occurs(register, "register.code", "wide", matches(code, "[０-９]"))
    occurs(register, "register.code", "spaced", matches(code, r"\d \d"))
    occurs(
        register,
        "register.code",
        "wrong_letter",
        lambda row: len(folded(row)) == 18 and not codes.is_valid(folded(row)),
    )
    occurs(register, "register.code", "short", lambda row: len(folded(row)) == 17)
    occurs(register, "register.code", "missing", lambda row: not row[code])
    for kind, pattern in {
        "bracketed": "（有限责任公司）",
        "half_brackets": r"\(有限公司\)",
        "spaced": " ",
    }.items():
        occurs(register, "register.name", kind, matches("企业名称", pattern))
    for kind, pattern in {"wan": r"\d万元$", "vague": "万余元$", "commas": r"\d,\d{3}"}.items():
        occurs(register, "register.capital", kind, matches("注册资本", pattern))
    occurs(register, "register.address", "no_number", matches("住所", "路$"))
    occurs(register, "lists.sentence", "scanned", matches("经营范围", "\n"))
    assert any("O" in row["经营范围"] for row in register) and any(
        "曰" in row["经营范围"] for row in register
    )
    changed = len(market_lists(3, 0.5).changes) / len(register)
    assert abs(changed - rates("register.renamed")["changed"]) < 0.01


def _id_signs(row: Row) -> str:
    number = row["身份证号"]
    folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", number)).upper()
    if not number:
        return "missing"
    if "*" in number:
        return "masked"
    if len(folded) == 15:
        return "fifteen"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(folded[:17], weights, strict=True))
    if "10X98765432"[total % 11] != folded[-1]:
        return "wrong_check"
    if number != unicodedata.normalize("NFKC", number):
        return "wide"
    return "spaced" if " " in number else "lower_x" if number.endswith("x") else "clean"


def test_identity_numbers_dates_and_rare_names() -> None:
    plan = staff_lists(3, Register())
    lists = {
        "lists.prosecuted_id": _rows(PROSECUTED, plan.prosecuted),
        "lists.staff_id": _rows(STAFF, plan.staff),
        "lists.discipline_id": _rows(DISCIPLINE, plan.discipline),
    }
    for place, rows in lists.items():
        for kind in rates(place):
            # Namesakes of people on another list keep a readable number; only one number in eleven ends in X.
            least = {"missing": 0.3, "wrong_check": 0.3, "masked": 0.3, "lower_x": 1 / 11}.get(kind, 1.0)
            share = sum(_id_signs(row) == kind for row in rows) / len(rows)
            assert 0.6 * least * rates(place)[kind] <= share <= 1.5 * rates(place)[kind] + 0.003, (
                place,
                kind,
                share,
            )
    older = [row for row in lists["lists.staff_id"] if row["出生日期"] < "1975"]
    occurs(older, "lists.staff_old_id", "fifteen", lambda row: _id_signs(row) == "fifteen", of=0.98)
    occurs(
        lists["lists.prosecuted_id"],
        "lists.dates",
        "rough",
        lambda row: not re.fullmatch(r"\d{4}-\d\d-\d\d|", row["判决或决定日期"]),
        of=6 / 7,
    )
    rare = [row for rows in lists.values() for row in rows if re.search("[㛃𬭁䶮喆犇翀昇堃]", row["姓名"])]
    assert rare


def _rows(titles: tuple[str, ...], rows: Sequence[Sequence[object]]) -> list[Row]:
    return [
        dict(zip(titles, ("" if cell is None else str(cell) for cell in row), strict=True)) for row in rows
    ]


def test_no_kind_is_without_a_rate_between_nothing_and_all() -> None:
    for part, columns in pieces("dirt").items():
        for column in columns:
            shares = rates(f"{part}.{column}")
            assert shares and all(0 < rate < 1 for rate in shares.values()) and sum(shares.values()) <= 1


def test_the_year_has_its_seasons(hotline: list[Row]) -> None:
    def in_month(month: int, cat: str) -> float:
        rows = [row for row in hotline if row["工单编号"][6:8] == f"{month:02d}"]
        return sum(row["二级分类"] == cat for row in rows) / len(rows)

    assert in_month(7, "供电") > 1.5 * in_month(4, "供电")
    assert in_month(8, "义务教育") > 1.5 * in_month(11, "义务教育")
    months = {
        month: sum(row["工单编号"][2:8] == f"2023{month:02d}" for row in hotline) for month in range(1, 13)
    }
    assert min(months.values()) > 0 and months[7] > 1.5 * months[2]
