"""Every role's counts are those of its own filtered scan; persons are looked up for a purpose; every look is on record."""

from __future__ import annotations

from pathlib import Path

import pytest

from shujian.accounts.read import Actor, Role
from shujian.audit import read as audit
from shujian.kernel.errors import BadInput
from shujian.kernel.secrets import pseudonym
from shujian.lake import read as lake
from shujian.lake.service import ingest
from shujian.lookups import policy
from shujian.lookups.errors import LookupRefused, RowUnknown
from shujian.lookups.service import Question, look_at_row, search
from shujian.matching.normalise.id_card import check_character

pytestmark = pytest.mark.django_db

CARD = "99999919900101001" + check_character("99999919900101001")
PHONE = "10000001234"
SOURCE = """\
id: {id}
title: 示例{id}
provider: 示例单位
agreement: {{purpose: 测试, number: null, expires: null}}
cadence: P1M
fresh: P60D
sensitivity: {level}
key: [no]
date_field: day
region_field: town
unmatchable_limit: "1"
subjects:
  caller: {{kind: person, name: caller, id_card: card}}
fields:
  - {{id: no, title: 编号, type: document_no, required: true}}
  - {{id: day, title: 日期, type: date}}
  - {{id: town, title: 乡镇, type: category}}
  - {{id: caller, title: 来电人, type: person_name, sensitivity: 高}}
  - {{id: card, title: 身份证号, type: id_card, sensitivity: 高}}
  - {{id: open_text, title: 公开内容, type: text}}
  - {{id: inner_text, title: 内部内容, type: text, sensitivity: 中}}
  - {{id: secret_text, title: 敏感内容, type: text, sensitivity: 高}}
"""
MODEL = """\
id: t_model
title: 示例模型
taxonomy: {programme: 示例, area: 示例, point: 示例}
unit: 行政检察部门
basis: [{law: 示例法, article: "1", from: 2020-01-01}]
needs: {行: {source: t_unit}}
steps:
  - {id: all_rows, says: 全部, use: filter, from: 行, where: "no is not null"}
emit:
  - {from: all_rows, subject: 行.caller, strength: 弱, title: 疑似示例, evidence: {行: [no]}}
false_positives: [{what: 示例, guard: 不推送}]
verify: [示例]
"""
DATASETS = {"t_public": "低", "t_unit": "高", "t_other": "中"}


@pytest.fixture
def filled(own_home: Path, tmp_path: Path) -> None:
    """Three datasets of three levels; the unit's model reads one of them."""
    for name, level in DATASETS.items():
        path = own_home / "catalogue" / "sources" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(SOURCE.format(id=name, level=level), "utf-8")
        lines = [
            f"{name}{n},2026-01-{n % 28 + 1:02d},{'城关镇' if n % 2 else '渌口镇'},示例甲,{CARD},"
            f"公开{'噪声' if n % 2 else ''}{n},内部{'噪声' if n % 3 == 0 else ''},"
            f"敏感{'噪声' if n % 5 == 0 else ''}电话{PHONE}来自示例甲"
            for n in range(1, 31)
        ]
        file = tmp_path / f"{name}.csv"
        file.write_text(
            "编号,日期,乡镇,来电人,身份证号,公开内容,内部内容,敏感内容\n" + "\n".join(lines), "utf-8"
        )
        ingest(name, [file])
    folder = own_home / "catalogue" / "models" / "t" / "t_model"
    folder.mkdir(parents=True)
    (folder / "model.yaml").write_text(MODEL, "utf-8")


def person(*roles: Role, shell: bool = False) -> Actor:
    return Actor(
        name="demo", display="示例", roles=frozenset(roles), units=frozenset({"行政检察部门"}), shell=shell
    )


EXPECTED: dict[Role, dict[str, int]] = {
    Role.JCZ: {"t_public": 2, "t_unit": 2, "t_other": 2},
    Role.FGLD: {"t_public": 2, "t_unit": 2, "t_other": 2},
    Role.SJZT: {"t_public": 1, "t_unit": 1, "t_other": 1},
    Role.BMFZR: {"t_public": 2, "t_unit": 2},
    Role.CBR: {"t_public": 2, "t_unit": 2},
    Role.ZL: {"t_public": 1, "t_unit": 1},
    Role.AG: {"t_public": 0},
    Role.YJS: {"t_public": 0},
}
"""Role → dataset → the highest level of field; what is not named is closed."""
FIELD_LEVELS = {"open_text": 0, "inner_text": 1, "secret_text": 2, "no": 0}


QUERIES = ("噪声", "敏感", "内部噪声", "噪声 -内部噪声", "公开 OR 敏感噪声")


@pytest.mark.parametrize("role", list(Role))
def test_counts_of_every_role_are_those_of_its_own_scan(filled: None, role: Role) -> None:
    actor, expected = person(role), EXPECTED.get(role, {})
    assert {name: level for name, level in policy.levels(actor).items() if name in DATASETS} == expected
    for query in QUERIES:
        if not expected:
            with pytest.raises(LookupRefused):
                search(actor, Question(query))
            continue
        rows, total = _pages(actor, query, expected)
        assert (sorted(rows), total) == (sorted(_scan(query, expected)), len(rows)), query


def _pages(actor: Actor, query: str, expected: dict[str, int]) -> tuple[list[str], int]:
    """Every row by following the pages, and the total that the last page states."""
    rows: list[str] = []
    cursor = None
    while True:
        page = search(actor, Question(query, limit=20, cursor=cursor))
        rows += [hit.row for hit in page.items]
        assert not page.at_least
        assert all(
            piece.field in _visible(expected[hit.dataset]) for hit in page.items for piece in hit.snippets
        )
        cursor = page.next
        if cursor is None:
            return rows, page.total


def _visible(level: int) -> set[str]:
    return {field for field, needs in FIELD_LEVELS.items() if needs <= level}


def _scan(query: str, rights: dict[str, int]) -> list[str]:
    """The row ids that a plain scan of the allowed columns gives."""
    asked, found = lake.wanted(query), []
    with lake.open_session(lake.pin()) as session:
        for dataset, level in rights.items():
            for row in session.sql(f"select * from {session.attach(dataset)}").to_pylist():
                texts = [row[field] for field in _visible(level)]
                clauses = [any(word in text for word in clause for text in texts) for clause in asked.clauses]
                if all(clauses) and not any(word in text for word in asked.without for text in texts):
                    found.append(row["_row"])
    return found


def test_outsiders_and_administrators_see_no_row(filled: None) -> None:
    page = search(person(Role.JCZ), Question("噪声"))
    for role in (Role.XZ, Role.GA, Role.DW, Role.ZYZ, Role.XTGL, Role.AQGL, Role.SJGL):
        with pytest.raises(RowUnknown):
            look_at_row(person(role), page.items[0].dataset, page.items[0].row)


def test_a_number_in_a_query_is_a_look_up_of_a_person(filled: None) -> None:
    for typed in (CARD, f"噪声 {PHONE}", f"{CARD[:6]} {CARD[6:]}", "１００００００１２３４"):
        with pytest.raises(LookupRefused) as refused:
            search(person(Role.CBR), Question(typed))
        assert refused.value.faults[0].code == "person_lookup"
        assert PHONE not in str(refused.value) and CARD not in str(refused.value)
    assert [entry.action for entry in audit.entries(limit=4)] == ["search.refused"] * 4


def test_persons_are_looked_up_for_a_purpose_and_by_some_roles(filled: None) -> None:
    asked = Question(person=CARD, purpose="湘示检行监〔2026〕12号")
    assert search(person(Role.CBR), asked).total == 60
    assert search(person(Role.JCZ), asked).total == 90
    assert search(person(Role.CBR), Question(PHONE, purpose="核对来电")).total == 60
    assert search(person(Role.CBR), Question(person="示例甲", purpose="核对来电")).total == 60
    assert search(person(Role.CBR), Question(person="示例乙", purpose="核对来电")).total == 0
    for role, question in (
        (Role.CBR, Question(person=CARD)),
        (Role.CBR, Question(person=CARD, purpose="看")),
        (Role.ZL, asked),
        (Role.SJZT, asked),
        (Role.AG, asked),
    ):
        with pytest.raises(LookupRefused):
            search(person(role), question)
    with pytest.raises(BadInput):
        search(person(Role.CBR), Question(person="999999199001010011", purpose="核对来电"))


def test_every_look_is_on_record_and_names_nobody(filled: None) -> None:
    actor = person(Role.CBR)
    search(actor, Question("噪声 夜间", datasets=("t_unit",)))
    search(actor, Question("噪声  夜间"))
    search(actor, Question(person=CARD, purpose=f"核对{PHONE}"))
    row = search(actor, Question("噪声", datasets=("t_unit",))).items[0].row
    look_at_row(actor, "t_unit", row)
    looked, _, asked, second, first = audit.entries(limit=5)
    assert (looked.action, looked.object) == ("lake.row", f"row:t_unit/{row}")
    assert (asked.action, asked.object) == ("search.person", f"subject:{pseudonym('person', CARD)}")
    assert asked.detail["purpose"] == "核对100******34"
    assert (first.action, first.object) == ("search.text", second.object)
    assert first.detail == {"datasets": ["t_unit"], "order": "new"}
    told = str([(entry.object, entry.detail) for entry in audit.entries(limit=50)])
    assert "噪声" not in told and CARD not in told and PHONE not in told


def test_a_row_is_masked_and_hides_what_is_above_the_reader(filled: None) -> None:
    row = search(person(Role.JCZ), Question("公开噪声", datasets=("t_unit",))).items[0].row
    view = look_at_row(person(Role.CBR), "t_unit", row)
    shown = {field.field: field.value for field in view.fields}
    assert shown["caller"] == "示某某" and CARD not in str(view) and PHONE not in str(view)
    assert shown["secret_text"].endswith("电话100******34来自示某某")
    assert (view.title, view.file, view.provider) == ("示例t_unit", "t_unit.csv", "示例单位")
    helper = {
        field.field: (field.value, field.hidden)
        for field in look_at_row(person(Role.ZL), "t_unit", row).fields
    }
    assert helper["secret_text"] == helper["caller"] == helper["card"] == (None, True)
    assert helper["inner_text"][1] is False
    for actor, dataset, asked in (
        (person(Role.AG), "t_unit", row),
        (person(Role.CBR), "t_other", row),
        (person(Role.CBR), "t_unit", "0" * 32),
        (person(Role.CBR), "t_unit", "x' or 1=1"),
        (person(Role.CBR), "nothing", row),
    ):
        with pytest.raises(RowUnknown):
            look_at_row(actor, dataset, asked)


@pytest.mark.parametrize(
    "wrong",
    [Question(""), Question("-噪声"), Question("噪" * 201), Question("噪声", datasets=("x",)), Question("噪声", order="x"),
     Question("噪声", cursor="x"), Question(" ".join(f"词{n}" for n in range(17)))],
)  # fmt: skip
def test_what_means_nothing_is_said_so(filled: None, wrong: Question) -> None:
    with pytest.raises(BadInput):
        search(person(Role.JCZ), wrong)


def test_shell_sees_all_masked(filled: None) -> None:
    page = search(person(shell=True), Question("敏感"))
    assert page.total == 90
    assert all(
        PHONE not in piece.text and "示例甲" not in piece.text for hit in page.items for piece in hit.snippets
    )
