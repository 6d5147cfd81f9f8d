"""The county as written: the same bytes for the same seed, the seed's figures at any seed, nobody real."""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from shujian.demo.county import County, write_county
from shujian.demo.crowds import staff_lists
from shujian.demo.identity import Register
from shujian.demo.staff_rows import DISCIPLINE, PROSECUTED, STAFF
from shujian.kernel.progress import Silent
from shujian.matching.normalise import id_card as normal

SMALL = 30_000
NUMBER = re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])")
PHONE = re.compile(r"(?<!\d)1\d{10}(?!\d)")
ORGANISATION = re.compile(r"[\u4e00-\u9fff]{2,20}(?:有限公司|人民医院|教育局|公安局|人民政府|中心小学)")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> County:
    return write_county(tmp_path_factory.mktemp("county") / "files", 7, SMALL, Silent())


def texts(county: County) -> Iterator[tuple[str, str]]:
    for delivery in county.deliveries:
        raw = delivery.path.read_bytes()
        if delivery.sheet is None:
            encoding = "utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else _encoding(raw)
            yield delivery.path.name, raw.decode(encoding)
            continue
        with zipfile.ZipFile(delivery.path) as book:
            yield delivery.path.name, "\n".join(book.read(name).decode() for name in book.namelist())


def _encoding(raw: bytes) -> str:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def test_the_same_seed_gives_the_same_bytes(county: County, tmp_path: Path) -> None:
    again = write_county(tmp_path / "files", 7, SMALL, Silent())
    digests = [
        {each.path.name: hashlib.sha256(each.path.read_bytes()).hexdigest() for each in one.deliveries}
        for one in (county, again)
    ]
    assert digests[0] == digests[1]
    assert county.truths == again.truths


def test_another_seed_gives_another_county(county: County, tmp_path: Path) -> None:
    other = write_county(tmp_path / "files", 8, SMALL, Silent())
    mine = {each.path.name: each.path.read_bytes() for each in county.deliveries}
    assert all(each.path.read_bytes() != mine[each.path.name] for each in other.deliveries)
    assert [len(truth.expected) for truth in other.truths] == [len(truth.expected) for truth in county.truths]


def test_rows_are_as_told(county: County) -> None:
    assert county.rows == sum(each.rows for each in county.deliveries)
    for delivery in county.deliveries:
        if delivery.sheet is None and not any(mark in delivery.path.name for mark in ("2025年.csv",)):
            text = dict(texts(county))[delivery.path.name]
            assert len(list(csv.reader(text.splitlines()))) - 1 == delivery.rows, delivery.path.name


def test_more_rows_are_exactly_as_many(tmp_path: Path) -> None:
    assert write_county(tmp_path / "files", 7, 70_000, Silent()).rows == 70_000


def test_nobody_real(county: County) -> None:
    for name, raw in texts(county):
        text = unicodedata.normalize("NFKC", raw)
        assert not [each for each in NUMBER.findall(text) if not each.startswith("999999")], name
        assert not [each for each in PHONE.findall(text) if not each.startswith("100")], name
        assert not [each for each in ORGANISATION.findall(text) if "示例" not in each], name


def test_encodings_and_sheets_are_all_there(county: County) -> None:
    kinds: Counter[str] = Counter()
    for delivery in county.deliveries:
        raw = delivery.path.read_bytes()
        if delivery.sheet is not None:
            kinds["xlsx"] += 1
        else:
            kinds["bom" if raw.startswith(b"\xef\xbb\xbf") else _encoding(raw)] += 1
    assert min(kinds["xlsx"], kinds["bom"], kinds["gb18030"], kinds["utf-8"]) >= 2


@pytest.mark.parametrize("seed", [1, 20260630])
def test_the_figures_of_the_seed_by_plain_counting(seed: int) -> None:
    plan = staff_lists(seed, Register())

    def valid(row: Sequence[object], titles: tuple[str, ...]) -> str | None:
        return normal.parse(str(row[titles.index("身份证号")] or "")).key

    convicted = [
        row for row in plan.prosecuted if row[PROSECUTED.index("案件结果")] in ("有罪判决", "相对不起诉")
    ]
    assert (plan.shut_cases, plan.shut_staff) == (2, 1)
    assert (len(convicted) - plan.shut_cases, len(plan.staff) - plan.shut_staff) == (8168, 13565)
    on_post = {number: row for row in plan.staff if (number := valid(row, STAFF))}
    both = {number for row in convicted if (number := valid(row, PROSECUTED)) in on_post}
    renamed = {each.subject for each in plan.truth.expected if each.grade == "A-"}
    assert len(both - renamed) == 59
    sure = [
        each
        for each in plan.truth.expected
        if (each.emit, each.grade, each.absence) == ("undisciplined", "A", "proved")
    ]
    assert len(sure) == 13
    assert sum(on_post[each.subject][STAFF.index("系统")] == "教育" for each in sure) == 6
    systems = Counter(on_post[each.subject][STAFF.index("系统")] for each in sure)
    assert max(count for name, count in systems.items() if name != "教育") < 3
    punished = {valid(row, DISCIPLINE) for row in plan.discipline}
    assert (
        len({each.subject for each in sure} & punished) == 1
    )  # the one with an earlier matter of another kind


def test_near_misses_stand_for_every_guard(county: County) -> None:
    guards = {truth.model: {miss.guard for miss in truth.near_misses} for truth in county.truths}
    assert guards["convicted_staff"] >= {
        "X", "C", "serving", "discipline.grace_days", "open_record", "roster", "convicted", "undisciplined",
    }  # fmt: skip
    assert guards["explosives_correction"] >= {
        "X", "within", "new_fact", "standing", "serving", "explosive", "punished", "new_crime",
    }  # fmt: skip
    assert guards["env_tax"] >= {
        "actual", "unfiled", "alone", "timely", "by_firm", "building", "no_dust", "no_dust_owner", "operating", "idle",
        "lower", "halved", "running", "over", "generating", "by_generation",
    }  # fmt: skip
    assert guards["ebike_charging"] >= {
        "charging",
        "recent",
        "burned",
        "ebike.min_orders",
        "ebike.window_days",
    }
    assert guards["duty_urging"] >= {
        "standing", "unpaid", "unexecuted", "expired", "slow", "filed", "alive", "revoked", "cited", "duty.least_cases",
        "comparable", "duty.told_people", "lately", "naming", "noting", "blamed",
    }  # fmt: skip
    assert guards["school_gate_food"] >= {
        "food", "recent", "beside", "running", "stalls", "sick", "by_name", "by_place", "told",
        "school_food.min_people", "school_food.many_score",
    }  # fmt: skip
    assert guards["women_protection"] >= {
        "violent", "settled", "again", "no_letter_victim", "no_letter_suspect", "no_letter", "unpunished", "standing",
        "protected", "breached", "ignored", "women", "harassed", "recent", "venues",
    }  # fmt: skip
    assert guards["referral_gaps"] >= {
        "untimely", "dropped", "due", "review", "running", "unextended", "asked", "unanswered", "by_document",
        "shown_criminal", "unsent", "weighed", "open", "late", "undecided",
    }  # fmt: skip
    assert guards["support_litigation"] >= {"claims", "recent", "support_litigation.group_min_people"}
