"""Clues typed in and handed over as lists: all or nothing, every fault at once, the same line once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from openpyxl import Workbook

from shujian.accounts.read import Role, shell_actor
from shujian.clues import read, service
from shujian.clues.errors import ClueRefused
from shujian.clues.models import Clue
from shujian.clues.read import Filters
from shujian.clues.tests.factories import NAME, UNIT, hit, result
from shujian.clues.tests.people import account
from shujian.kernel.errors import BadInput

pytestmark = pytest.mark.django_db
ID = "999999198001010011"
HEAD = "标题,内容,来源,收到日期,归口单元,主体类别,主体,证件号,区域,强度\n"
FIRST = f"疑似欠缴土地出让金,示例公司拖欠,群众来信,2026-05-01,{UNIT},事项,,,示例镇,强\n"
SECOND = f"{NAME}疑似违规,反映{NAME}的事,部门移送,2026年5月2日,{UNIT},人员,{NAME},{ID},,\n"
TOLD = {
    "title": "疑似违规占地", "content": "有人反映占地", "came_from": "群众来电", "came_on": "2026-05-01", "unit": UNIT,
    "subject_kind": "地点", "subject": "示例村", "subject_no": "", "region": "示例镇", "strength": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHUJIAN_TODAY", "2026-06-30")


def test_a_list_becomes_clues_with_their_line_behind_them(tmp_path: Path) -> None:
    actor, path = account("one", Role.CBR), tmp_path / "线索.csv"
    path.write_text(HEAD + FIRST + SECOND, "utf-8")
    done = service.import_list(actor=actor, path=path)
    assert (len(done.made), done.same) == (2, 0)
    told = read.clue(actor, done.made[1])
    row, (line,) = told.row, told.evidence
    assert (row.title, row.subject_masked, row.state, row.unit, row.grade, row.origin, row.score) == (
        "示某某疑似违规", "示某某", "C1", UNIT, "", "hand", 45,
    )  # fmt: skip
    assert (line.file, line.line, len(line.sha256)) == ("线索.csv", 3, 64)
    assert NAME not in repr(told) and ID not in repr(told)
    whole = service.unmask_clue(actor=actor, number=done.made[1], reason="核对身份证号")
    assert whole.evidence[0].fields["subject_no"] == ID
    again = service.import_list(actor=actor, path=path)
    assert (again.made, again.same, Clue.objects.count()) == ((), 2, 2)
    assert [one.id for one in read.list_clues(actor, Filters(mark="hand")).items] == [*reversed(done.made)]
    with transaction.atomic():
        service.merge_hits(run="run-1", result=result([hit()]), judged=True)
    assert Clue.objects.filter(ground_changed=True).count() == 0


def test_a_workbook_is_read_likewise(tmp_path: Path) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["线索登记表"])
    for line in (HEAD, FIRST):
        sheet.append(line.strip().split(","))
    book.save(path := tmp_path / "a.xlsx")
    done = service.import_list(actor=account("one", Role.CBR), path=path)
    (evidence,) = read.clue(shell_actor(), done.made[0]).evidence
    assert (evidence.line, evidence.fields["strength"]) == (3, "强")


def test_every_fault_is_told_at_once_and_nothing_lands(tmp_path: Path) -> None:
    actor, path = account("one", Role.CBR), tmp_path / "线索.csv"
    bad = f"短,,来信,2027-01-01,没有的部门,谁,,{ID[:-1]}2,,很强\n"
    path.write_text(HEAD + FIRST + bad, "utf-8")
    with pytest.raises(BadInput) as raised:
        service.import_list(actor=actor, path=path)
    told = {(fault.line, fault.field) for fault in raised.value.faults}
    titles = ("线索标题", "线索内容", "收到日期", "归口单元", "主体类别", "强度", "证件号", "主体名称")
    assert told == {(3, title) for title in titles}
    assert ID[:-1] not in str(raised.value) and Clue.objects.count() == 0


@pytest.mark.parametrize(
    ("text", "says"), [("", "文件是空的"), (HEAD, "行数不对"), ("标题,内容\n疑似,有\n", "缺少必需的列")]
)
def test_no_table_no_clues(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(BadInput, match=says):
        service.import_list(actor=account("one", Role.CBR), path=path)


def test_who_may_type_for_whom() -> None:
    far, hub = account("far", Role.CBR, units=["民事检察部门"]), account("hub", Role.AG)
    account("one", Role.CBR)
    with pytest.raises(ClueRefused, match="只能为本部门"):
        service.type_in(actor=far, told=TOLD)
    with pytest.raises(ClueRefused):
        service.type_in(actor=account("admin", Role.SJGL), told=TOLD)
    assert Clue.objects.count() == 0
    (made,) = service.type_in(actor=hub, told=TOLD).made
    assert service.type_in(actor=hub, told=TOLD).same == 1
    assert read.clue(hub, made).explanation[0].startswith("人工录入：来源 群众来电")


def test_it_goes_into_the_published_register_without_a_grade() -> None:
    account("one", Role.CBR)
    service.type_in(actor=shell_actor(), told=TOLD)
    done = service.publish_register(actor=shell_actor())
    assert (done.state, done.landed) == ("landed", 1)
