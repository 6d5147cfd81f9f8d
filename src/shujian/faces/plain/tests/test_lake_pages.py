"""The lake's pages: who may see them, what they tell of agreement, age and coverage; nobody's data on them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from shujian.accounts.models import RoleGrant
from shujian.accounts.read import Role
from shujian.faces.plain.tests.entering import enter
from shujian.faces.plain.tests.test_pages import text
from shujian.lake import service
from shujian.lake.conftest import STAFF, number
from shujian.lake.coverage import Coverage, Gap

pytestmark = pytest.mark.django_db


@pytest.fixture
def staffed(own_home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A home with one small dataset: an agreement that ends soon, one town declared, one gap, one reject."""
    monkeypatch.setenv("SHUJIAN_TODAY", "2026-06-30")
    folder = own_home / "catalogue" / "sources"
    folder.mkdir(parents=True)
    contract = STAFF.replace("number: null, expires: null", "number: 示检数〔2026〕1号, expires: 2026-07-10")
    (folder / "t_staff.yaml").write_text(contract, "utf-8")
    rows = [
        f"示例甲,{number(1)},示例镇,2026-01-05",
        f"示例乙,{number(2)},示例乡,2026-03-05",
        "示例丙,,示例镇,二月",
    ]
    file = tmp_path / "a.csv"
    file.write_text("姓名,身份证号,乡镇,入编日期\n" + "\n".join(rows) + "\n", "utf-8")
    gap = Gap(date(2026, 2, 1), date(2026, 2, 28), (), "系统停用")
    claim = Coverage(date(2026, 1, 1), date(2026, 4, 1), ("示例镇",), True, (gap,), "来函")
    service.ingest("t_staff", [file], as_of=date(2026, 4, 1), max_rejects="50%", coverage=[claim])
    return own_home


def test_the_list_tells_age_agreement_and_what_is_due(staffed: Path) -> None:
    page = text(enter(Role.CBR).get("/lake/"))
    for told in (
        "示例名册",
        "数据过期",
        "三十天内到期",
        "示检数〔2026〕1号",
        "2026-05-01",
        "逾期未到",
        "另有",
    ):
        assert told in page, told
    assert 'aria-current="page">数据湖' in page


def test_a_dataset_shows_fields_coverage_and_rejects(staffed: Path) -> None:
    page = text(enter(Role.CBR).get("/lake/datasets/t_staff/"))
    for told in (
        "示例镇",
        "示例乡",
        "2026-02",
        "缺口",
        "声明完整",
        "取值不合类型 1",
        "姓名：<b>0</b>",
        "同一编号 0 行",
    ):
        assert told in page, told
    assert page.count("cell-declared") >= 2 and "cell-gap" in page
    for hidden in (number(1), "示例甲", "示例丙"):
        assert hidden not in page


def test_a_source_without_data_and_one_that_is_not_there(staffed: Path) -> None:
    client = enter(Role.CBR)
    assert "<h2>还没有数据</h2>" not in text(client.get("/lake/"))
    empty = client.get("/lake/datasets/hotline_order/")
    assert (empty.status_code, "<b>0</b> 行" in text(empty)) == (200, True)
    assert client.get("/lake/datasets/nosuch/").status_code == 404


def test_before_the_first_file(own_home: Path) -> None:
    assert "<h2>还没有数据</h2>" in text(enter(Role.CBR).get("/lake/"))


@pytest.mark.parametrize("address", ["/lake/", "/lake/datasets/hotline_order/"])
def test_outsiders_do_not_know_of_it(address: str) -> None:
    client = enter(Role.XZ)
    assert client.get(address).status_code == 404
    assert "数据湖" not in text(client.get("/"))
    assert Client().get(address).status_code == 302
    assert client.post(address).status_code == 405


def test_who_is_narrowed_to_a_region_sees_the_months_of_that_region(staffed: Path) -> None:
    client = enter(Role.CBR)
    RoleGrant.objects.update(reach="region:示例乡")
    page = text(client.get("/lake/datasets/t_staff/"))
    assert '<th scope="col" class="n">示例乡</th>' in page and "只列示例乡" in page
    assert '<th scope="col" class="n">示例镇</th>' not in page
    RoleGrant.objects.update(reach="")
    page = text(client.get("/lake/datasets/t_staff/"))
    assert '<th scope="col" class="n">示例镇</th>' in page and "只列" not in page
