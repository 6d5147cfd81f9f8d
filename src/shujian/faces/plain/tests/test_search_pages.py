"""The search pages: marked and masked hits, pages, empty and error states, no number in an address."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from shujian.accounts.read import Role
from shujian.audit import read as audit
from shujian.faces.plain.tests.entering import enter
from shujian.faces.plain.tests.test_pages import text
from shujian.lake.service import ingest

pytestmark = pytest.mark.django_db

CARD, PHONE = "999999199001010010", "10000000001"
SOURCE = """\
id: t_texts
title: 示例留言
provider: 示例热线办
agreement: {purpose: 测试, number: null, expires: null}
cadence: P1M
fresh: P60D
sensitivity: 低
key: [no]
date_field: day
region_field: town
unmatchable_limit: "1"
subjects:
  caller: {kind: person, name: caller, id_card: card}
fields:
  - {id: no, title: 编号, type: document_no, required: true}
  - {id: day, title: 日期, type: date}
  - {id: town, title: 乡镇, type: category}
  - {id: caller, title: 来电人, type: person_name, sensitivity: 高}
  - {id: card, title: 身份证号, type: id_card, sensitivity: 高}
  - {id: content, title: 内容, type: text}
"""


@pytest.fixture
def filled(own_home: Path, tmp_path: Path) -> None:
    folder = own_home / "catalogue" / "sources"
    folder.mkdir(parents=True)
    (folder / "t_texts.yaml").write_text(SOURCE, "utf-8")
    rows = "".join(
        f"示{n},2026-01-{n % 28 + 1:02d},城关镇,示例甲,{CARD},示例甲说<b>夜间噪声</b>{n}，电话{PHONE}\n"
        for n in range(1, 46)
    )
    file = tmp_path / "留言.csv"
    file.write_text("编号,日期,乡镇,来电人,身份证号,内容\n" + rows, "utf-8")
    ingest("t_texts", [file])


def test_hits_are_marked_masked_escaped_and_paged(filled: None) -> None:
    client = enter(Role.CBR)
    first = text(client.get("/lake/search/?q=夜间噪声"))
    assert "共 <b>45</b> 行" in first and first.count("<mark>夜间噪声</mark>") == 20
    assert "示某某说&lt;b&gt;" in first and "100******01" in first
    assert "示例甲" not in first and PHONE not in first and CARD not in first
    assert "留言.csv" in first and "城关镇" in first and 'aria-current="page">检索' in first
    onward = re.search(r'rel="next" href="\?([^"]+)"', first)
    assert onward
    second = text(client.get("/lake/search/?" + onward[1].replace("&amp;", "&")))
    assert "回到第一页" in second and "共 <b>45</b> 行" in second
    assert not set(_rows(first)) & set(_rows(second))
    assert not re.search(r"<script(?! src=\"/static/plain/live)|\sstyle=|\son\w+=", first)


def _rows(page: str) -> list[str]:
    return re.findall(r"/lake/rows/t_texts/([0-9a-f]+)/", page)


def test_a_hit_opens_its_row_with_provenance(filled: None) -> None:
    client = enter(Role.CBR)
    row = _rows(text(client.get("/lake/search/?q=噪声")))[0]
    page = text(client.get(f"/lake/rows/t_texts/{row}/"))
    for words in ("示例留言", "示例热线办", "留言.csv", "数据截止日", "示某某", "999999***********0", row):
        assert words in page, words
    assert CARD not in page and PHONE not in page and "示例甲" not in page
    helper = text(enter(Role.AG, name="ag").get(f"/lake/rows/t_texts/{row}/"))
    assert "2 个字段您的角色不能查看：来电人、身份证号" in helper
    assert client.get(f"/lake/rows/t_texts/{'0' * 32}/").status_code == 404
    assert client.get(f"/lake/rows/nothing/{row}/").status_code == 404


def test_empty_wrong_and_filtered(filled: None) -> None:
    client = enter(Role.CBR)
    assert "autofocus" in text(client.get("/lake/search/"))
    assert "没有找到不等于没有发生" in text(client.get("/lake/search/?q=没有这样的词"))
    assert "没有找到" in text(client.get("/lake/search/?q=噪声&region=渌口"))
    assert "共 <b>1</b> 行" in text(client.get("/lake/search/?q=噪声&since=2026-01-28"))
    for address, words in (
        ("/lake/search/?q=-噪声", "没有可以检索的词"),
        ("/lake/search/?q=噪声&since=x", "日期写法不对"),
        ("/lake/search/?q=噪声&dataset=nothing", "没有这个数据集"),
        ("/lake/search/?q=噪声&cursor=x", "翻页标记不对"),
    ):
        answer = client.get(address)
        assert answer.status_code == 400 and words in text(answer), address


def test_a_number_is_sent_to_the_form_and_not_shown_again(filled: None) -> None:
    client = enter(Role.CBR)
    answer = client.get(f"/lake/search/?q={PHONE}")
    page = text(answer)
    assert answer.status_code == 403 and "请用下面的“按人查询”" in page and PHONE not in page
    assert re.search(r'<details class="card filters" open>\s*<summary>按人查询', page)


def test_a_person_is_asked_for_by_post_with_a_purpose(filled: None) -> None:
    client = enter(Role.CBR)
    assert client.get("/lake/search/person/").status_code == 405
    found = client.post("/lake/search/person/", {"person": PHONE, "purpose": "核对来电人"})
    page = text(found)
    assert "共 <b>45</b> 行" in page and 'name="cursor"' in page
    cursor = re.search(r'name="cursor" value="([^"]+)"', page)
    assert cursor
    further = client.post(
        "/lake/search/person/", {"person": PHONE, "purpose": "核对来电人", "cursor": cursor[1]}
    )
    assert not set(_rows(page)) & set(_rows(text(further)))
    assert client.post("/lake/search/person/", {"person": PHONE}).status_code == 403
    assert client.post("/lake/search/person/", {"person": " ", "purpose": "核对来电人"}).status_code == 400
    assert "search.person" in [entry.action for entry in audit.entries(limit=9)]
    assert enter(Role.ZL, name="zl").post("/lake/search/person/", {"person": PHONE}).status_code == 404


@pytest.mark.parametrize("role", [Role.XZ, Role.GA, Role.DW, Role.ZYZ, Role.XTGL, Role.AQGL, Role.SJGL])
def test_others_do_not_know_of_it(filled: None, role: Role) -> None:
    client: Client = enter(role)
    assert client.get("/lake/search/?q=噪声").status_code == 404
    assert "/lake/search/" not in text(client.get("/"))
