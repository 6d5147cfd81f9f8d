"""The detector: each kind of finding and its opposite, exact words, and that it passes over what is not a look."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from shujian.audit import read, service
from shujian.audit.curiosity import find_curious
from shujian.audit.entries import AuditEntry
from shujian.kernel.clock import now

COLLEAGUES, SUBJECTS = {"h1": "wang", "n1": "wang"}, {"XS000001": "h1", "XS000002": "h2"}
DAY = datetime(2026, 6, 30, 4, 0, tzinfo=UTC)


def struck(
    action: str, thing: str, at: datetime = DAY, actor: str = "li", **detail: Any
) -> list[tuple[str, str]]:
    entry = AuditEntry(1, at, actor, action, thing, detail, "0")
    return [(one.kind, one.says) for one in find_curious([entry], colleagues=COLLEAGUES, subjects=SUBJECTS)]


@pytest.mark.parametrize(
    ("hour", "minute", "expected"),
    [(13, 59, False), (14, 0, True), (20, 0, True), (21, 59, True), (22, 0, False), (4, 0, False)],
)
def test_night_is_from_ten_to_six_in_china(hour: int, minute: int, expected: bool) -> None:
    at = DAY.replace(hour=hour, minute=minute)
    assert [kind for kind, _ in struck("clue.show", "clue:XS000002", at)] == (["night"] if expected else [])


@pytest.mark.parametrize(
    ("purpose", "expected"),
    [
        ("核对 XS000002", []),
        ("示检行监〔2026〕12号", []),
        ("了解情况", [("no_clue", "事由里没有线索编号，也没有文号")]),
        ("核对 XS000099", [("no_clue", "事由里的线索 XS000099 不存在")]),
        ("XS000099 和 XS000001", []),
    ],
)
def test_a_look_up_of_a_person_names_a_matter(purpose: str, expected: list[tuple[str, str]]) -> None:
    assert struck("search.person", "subject:h9", purpose=purpose) == expected


def test_a_colleague_by_clue_by_number_by_name_and_oneself() -> None:
    said = [("colleague", "查看的是本院人员（账号 wang）")]
    assert struck("clue.show", "clue:XS000001") == said
    assert struck("search.person", "subject:n1", purpose="XS000002") == said
    assert struck("clue.show", "clue:XS000001", actor="wang") == [("colleague", "查看的是本人")]
    assert struck("clue.show", "clue:XS000002") == []


def test_out_of_scope_is_what_was_refused_and_exists() -> None:
    said = [("out_of_scope", "要看的不在职责范围内，系统没有给看")]
    assert struck("look.refused", "clue:XS000002", look="clue.show") == said
    assert struck("look.refused", "clue:XS000099", look="clue.show") == []
    assert struck("look.refused", "row:x/1", look="lake.row") == said


def test_the_machine_is_not_curious() -> None:
    assert struck("clue.show", "clue:XS000001", DAY.replace(hour=18), actor="sys") == []


@pytest.mark.django_db
def test_only_looks_since_then_are_read_and_who_looked_is_told() -> None:
    before = now()
    for action, thing in (
        ("clue.show", "clue:XS000001"),
        ("clue.sign", "clue:XS000001"),
        ("look.refused", "clue:XS000002"),
    ):
        service.record(actor="li", action=action, thing=thing, detail={"look": "clue.show"})
    found = read.curious(before, colleagues=COLLEAGUES, subjects=SUBJECTS)
    assert [(one.seq, one.kind) for one in found if one.kind != "night"] == [
        (3, "out_of_scope"),
        (1, "colleague"),
    ]
    assert read.curious(now(), colleagues=COLLEAGUES, subjects=SUBJECTS) == []
    assert read.clues_looked_at(before) == {"XS000001", "XS000002"}
    assert [(row.seq, row.action) for row in read.looks({"clue:XS000001"})] == [(1, "clue.show")]
    assert [row.seq for row in read.looks({"clue:XS000001", "clue:XS000002"}, before=3)] == [1]
