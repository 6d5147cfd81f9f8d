"""Files, a run, a person's judgement, the next run: it counts there, is frozen with it, and every run replays."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from shujian.accounts.read import Role, shell_actor
from shujian.clues import read as clues_read
from shujian.clues import service as clues
from shujian.clues.models import Clue, Judgement
from shujian.clues.tests.people import account
from shujian.lake import service as lake
from shujian.lake.read import Coverage
from shujian.matching.normalise.id_card import check_character
from shujian.runs import read, service
from shujian.runs.models import Run
from shujian.supervision.conftest import HEAD, MODEL, PARAMETER, PERSON, SOURCE, SUBJECT, TAIL, write_model

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 30)
HEADER = "编号,姓名,身份证号,日期,金额\n"
NAME, ONE, OTHER = "示例丰", "999999199001010016", "999999199001010024"
THIRD = "99999919900101003" + check_character("99999919900101003")
NAMESAKE = f"r1,{NAME},,2026-02-01,1\n"
FILLER = "".join(f"f{n},示例乙,{OTHER},2026-02-01,1\n" for n in range(60))
WHY = "调取户籍档案核对过"
PAIRED = """needs:
  名单: {source: own_list, fresh: P60D}
  记录: {source: own_record, fresh: P60D}
parameters: []
steps:
  - {id: met, says: 碰撞, use: match, left: 名单, right: 记录, key: person}
emit:
  - {from: met, subject: person, strength: 中, title: "{名单.name}疑似", evidence: {名单: [no, name], 记录: [no]}}
"""


@pytest.fixture
def landed(own_home: Path) -> Path:
    """One listed person; on the other list somebody of his name without a number. Answers the catalogue."""
    catalogue = own_home / "catalogue"
    for folder in ("sources", "parameters", "keywords", "models/own"):
        (catalogue / folder).mkdir(parents=True)
    for name in ("own_list", "own_record"):
        body = SOURCE.format(id=name, title="示例" + name, fields=PERSON, subjects=SUBJECT, expires="null")
        (catalogue / "sources" / f"{name}.yaml").write_text(body, "utf-8")
    (catalogue / "parameters" / "own.yaml").write_text(PARAMETER, "utf-8")
    write_model(catalogue, MODEL)
    bring(own_home, "own_list", f"1,{NAME},{ONE},2026-01-10,500\n")
    bring(own_home, "own_record", FILLER + NAMESAKE)
    return catalogue


def bring(home: Path, source: str, rows: str) -> None:
    file = home / f"{source}.csv"
    file.write_text(HEADER + rows, "utf-8")
    lake.ingest(source, [file], as_of=DAY, coverage=[Coverage(date(2020, 1, 1), DAY, (), True, (), "示例函")])
    file.unlink()


def go() -> read.RunRecord:
    return service.run_models(
        ["listed_not_recorded"], actor="cli:t", purpose="示检〔2026〕1号", as_of=DAY, threads=1
    )[0]


def judge(verdict: str) -> str:
    number = f"XS{Clue.objects.get().pk:06d}"
    return clues.judge(actor=shell_actor(), number=number, match=1, verdict=verdict, reason=WHY)


def standing() -> tuple[str, str, str, bool]:
    clue = Clue.objects.get()
    return clue.grade, clue.absence, clue.state, clue.ground_changed


def replayed(*records: read.RunRecord) -> list[bool]:
    return [service.replay(one.run, actor="cli:t").same for one in records]


def test_a_record_judged_another_s_counts_no_more_until_that_is_undone(landed: Path) -> None:
    first = go()
    assert standing() == ("A", "possible", "C0", False)
    number = judge("different")
    second = go()
    assert standing() == ("A", "proved", "C1", False)
    detail = clues_read.clue(shell_actor(), f"XS{Clue.objects.get().pk:06d}")
    assert number in detail.absences[0]["because"] and detail.matches == ()
    clues.undo(actor=shell_actor(), number=number, reason=WHY)
    third = go()
    assert standing() == ("A", "possible", "C1", True) and third.clues["withdrawn"] == 1
    assert first.result_sm3 == third.result_sm3 != second.result_sm3
    assert replayed(first, second, third) == [True, True, True]
    frozen = {run.id: json.loads(run.frozen) for run in Run.objects.all()}
    assert [("judged" in frozen[one.run]) for one in (first, second, third)] == [False, True, False]
    stored = json.dumps(frozen[second.run]["judged"], ensure_ascii=False)
    assert number in stored and NAME not in stored and ONE not in stored


def test_a_record_judged_the_subject_s_is_there_and_unsure_is_nothing(landed: Path) -> None:
    first = go()
    unsure = judge("unsure")
    assert go().result_sm3 == first.result_sm3
    clues.undo(actor=shell_actor(), number=unsure, reason=WHY)
    judge("same")
    assert standing() == ("A", "possible", "C0", True)
    last = go()
    assert (last.hits, standing()[3]) == (0, True)
    assert Clue.objects.get().ground_note.startswith("人工认定另一名册中的记录就是本人（RD")
    told = service.explain("listed_not_recorded", actor="cli:t", subject_key=Clue.objects.get().subject_key)
    assert (told.verdict, told.steps[-1].reason) == ("miss", "“记录”中已有同一主体、符合条件的记录")
    assert replayed(first, last) == [True, True]


def test_a_namesake_judged_the_same_is_a_match_which_a_person_pushes(landed: Path) -> None:
    write_model(landed, HEAD + PAIRED + TAIL)
    first = go()
    assert standing()[0] == "C" and first.by_grade["C"] == 1
    number = judge("same")
    second = go()
    assert standing() == ("judged", "none", "C0", False) and Clue.objects.get().held == "identity"
    assert second.by_grade == {"A": 0, "A-": 0, "B": 0, "B-": 0, "C": 0, "judged": 1}
    detail = clues_read.clue(shell_actor(), f"XS{Clue.objects.get().pk:06d}")
    assert (detail.matches[0]["grade"], detail.matches[0]["judged"]) == ("judged", number)
    assert f"人工认定是同一人（{number}）" in detail.explanation[0]
    again = judge("same")
    assert Judgement.objects.get(pk=int(again[2:])).grade == "C"  # what the machine said of it
    actor = account("own", Role.BMFZR, Role.CBR, units=("示例部门",))
    clues.move_clue(actor=actor, number=f"XS{Clue.objects.get().pk:06d}", verb="push")
    assert clues_read.clue(actor, detail.row.id).steps[-1].note.startswith(f"人工认定是同一人（{again}）")
    clues.undo(actor=shell_actor(), number=again, reason=WHY)
    clues.undo(actor=shell_actor(), number=number, reason=WHY)
    third = go()
    assert (standing()[0], third.result_sm3) == ("C", first.result_sm3)
    assert replayed(first, second, third) == [True, True, True]


def test_a_namesake_judged_another_is_no_match_and_the_next_delivery_changes_nothing(landed: Path) -> None:
    write_model(landed, HEAD + PAIRED + TAIL)
    first = go()
    number = judge("different")
    bring(landed.parent, "own_record", FILLER + NAMESAKE.replace(",1\n", ",2\n"))
    second = go()
    assert second.hits == 0 and standing()[3]
    assert Clue.objects.get().ground_note == f"人工认定不是同一人（{number}），重新运行后不再命中"
    clues.undo(actor=shell_actor(), number=number, reason=WHY)
    assert Clue.objects.get().ground_note == "认定已撤销，待下次运行重新判断"
    third = go()
    assert (third.hits, standing()[3]) == (1, False)
    assert replayed(first, second, third) == [True, True, True]


def test_what_a_machine_wrote_into_the_register_counts_for_nothing(landed: Path) -> None:
    first = go()
    judge("different")
    Judgement.objects.update(by="sys")
    assert clues_read.judged_people() is None and go().result_sm3 == first.result_sm3


def test_two_numbers_never_become_one_person(landed: Path) -> None:
    """The namesake is judged to be both of two numbered persons: somebody erred, and no run goes on from it."""
    write_model(landed, HEAD + PAIRED + TAIL)
    bring(landed.parent, "own_list", f"1,{NAME},{ONE},2026-01-10,500\n2,{NAME},{THIRD},2026-01-10,500\n")
    first = go()
    for clue in Clue.objects.order_by("pk"):
        clues.judge(actor=shell_actor(), number=f"XS{clue.pk:06d}", match=1, verdict="same", reason=WHY)
    assert Judgement.objects.count() == 2 and clues_read.judged_people() is None
    assert go().result_sm3 == first.result_sm3
