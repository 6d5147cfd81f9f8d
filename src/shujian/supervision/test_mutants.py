"""The bench decides of every mutant as a run from the beginning would; declarations of equivalence must be true."""

from __future__ import annotations

from pathlib import Path

import pytest

from shujian.kernel.errors import BadInput
from shujian.supervision.bench import Bench
from shujian.supervision.conftest import MODEL, run_rows, write_model
from shujian.supervision.flips import changed_expressions
from shujian.supervision.hits import hits_of, outlines_of
from shujian.supervision.keyword_forms import KeywordFile
from shujian.supervision.library import load_model
from shujian.supervision.mutants import Mutant, mutants_of, nudged
from shujian.supervision.parameters import parameter_book
from shujian.supervision.proof import disagreements, read_proofs, run_proof
from shujian.supervision.prove import prove_models
from shujian.supervision.run import contracts_of
from shujian.supervision.screen_mutants import reachable
from shujian.supervision.trials import caught, changed_values

ONE, OTHER = "999999198001010011", "999999198102020032"
TOLD = """  - {id: told, says: 写明, use: compute, from: missing,
     add: {kind: "case when amount > param.own.least then '大' else '小' end"}}
emit:"""
RICH = (
    MODEL.replace(
        '"amount >= param.own.least"}',
        """"amount >= param.own.least and (unit_name is null or unit_name <> '除外')"}""",
    )
    .replace("emit:", TOLD)
    .replace(
        "{from: missing, subject: person", """{id: big, from: told, where: "kind = '大'", subject: person"""
    )
)


def rows(*given: tuple[str, str, int, str]) -> str:
    listed = [
        f"{{no: {no}, name: 示例甲, id_card: '{card}', amount: {amount}, day: {day}}}"
        for no, card, amount, day in given
    ]
    return f"[{', '.join(listed)}]"


PROOFS = {
    "hit": (rows(("1", ONE, 201, "2026-01-05"), ("2", OTHER, 200, "2026-01-05")), "[]", f"[{{subject: '{ONE}'}}]"),
    "miss": (rows(("1", ONE, 500, "2026-01-05")), rows(("9", ONE, 1, "2026-01-05")), "[]"),
    "edge": (rows(("1", ONE, 500, "2026-01-05")), rows(("9", ONE, 1, "2026-01-04")), f"[{{subject: '{ONE}', absence: proved}}]"),
}  # fmt: skip


def prepared(catalogue: Path) -> Path:
    path = write_model(catalogue, RICH)
    (path.parent / "proofs").mkdir(exist_ok=True)
    for kind, (left, right, expect) in PROOFS.items():
        body = f"name: {kind}\nsays: 例\nkind: {kind}\nas_of: 2026-06-30\ngiven: {{名单: {left}, 记录: {right}}}\nexpect: {expect}\n"
        covered = "coverage: {记录: [{from: 2026-01-05, to: 2026-06-30}]}\n" if kind == "edge" else ""
        (path.parent / "proofs" / f"{kind}.yaml").write_text(body + covered, "utf-8")
    return path


def test_the_bench_decides_as_a_run_from_the_beginning(own_home: Path) -> None:
    model, book = load_model(prepared(own_home)), parameter_book()
    proofs, contracts = read_proofs(model)[0], contracts_of(model)
    bench = Bench(model, contracts, proofs, book)

    def slowly(mutant: Mutant) -> bool:
        for case in bench.cases:
            values = changed_values(case, mutant)
            try:
                result = run_proof(mutant.model, case.proof.proof, book, contracts, overrides=values)
            except BadInput:
                return True
            if disagreements(case.proof.proof, result):
                return True
        return False

    for case in bench.cases:  # what a proof asks of a hit is the same in outline
        said = ("emit", "subject_id", "grade", "absence", "strength", "figures", "path")
        assert [
            [getattr(hit, name) for name in said] for hit in hits_of(case.work.plan, case.work.session)
        ] == [[getattr(hit, name) for name in said] for hit in outlines_of(case.work.plan, case.work.session)]
    made = list(mutants_of(model, book))
    found = {mutant.name: caught(bench, mutant) for mutant in made}
    # Once more, the other way round: what a mutant leaves on the bench must not matter to the next.
    assert {mutant.name: caught(bench, mutant) for mutant in reversed(made)} == found
    assert {mutant.name: slowly(mutant) for mutant in made} == found
    bench.close()
    assert len(found) == len(made) > 15 and set(found.values()) == {True, False}
    assert found["missing.when：记录.day >= 名单.day 改为 记录.day > 名单.day"]
    assert found["产出 big：去掉条件"] and found["missing.covering：起日早一天"]
    assert not found["missing.covering：起日晚一天"]  # no proof declares a day too late


def test_a_declaration_of_equivalence(own_home: Path) -> None:
    path = prepared(own_home)
    first = prove_models([path], mutants=True)
    (name,) = [one for one in first.survived if one.endswith("起日晚一天")]
    assert first.places[name].endswith("model.yaml 第 14 行")
    listed = [one.partition("：")[2] for one in first.survived]
    text = "equivalent:\n" + "".join(
        f"  - {{mutants: ['{each.replace(chr(39), chr(39) * 2)}'], since: 2026-01-05, why: 例子里不管它们}}\n"
        for each in listed
    )
    file = path.parent / "equivalent.yaml"
    file.write_text(text, "utf-8")
    second = prove_models([path], mutants=True)
    assert second.survived == [] and set(second.equivalent) == set(first.survived) and second.ok
    file.write_text(
        text
        + "  - {mutants: ['产出 big：去掉条件'], since: 2026-01-05, why: 其实不是}\n".replace(
            "其实不是", "其实不是等效的"
        ),
        "utf-8",
    )
    third = prove_models([path], mutants=True)
    assert third.stale == ["listed_not_recorded：产出 big：去掉条件"] and not third.ok
    file.write_text("equivalent: [{mutants: [], since: 2026-01-05, why: 例子里不管它们}]\n", "utf-8")
    with pytest.raises(BadInput):
        prove_models([path], mutants=True)


def test_changes_of_an_expression() -> None:
    changes = dict(changed_expressions("case when a > 1 or b is null then x + 1 else coalesce(y, 0) end"))
    assert {told: text for told, text in changes.items() if "去掉" in told or "反过来" in told} == {
        "去掉 case 的一支 a > 1 OR b IS NULL": "COALESCE(y, 0)",
        "去掉 or 的一支 a > 1": "CASE WHEN b IS NULL THEN x + 1 ELSE COALESCE(y, 0) END",
        "去掉 or 的一支 b IS NULL": "CASE WHEN a > 1 THEN x + 1 ELSE COALESCE(y, 0) END",
        "COALESCE(y, 0) 去掉替补 0": "CASE WHEN a > 1 OR b IS NULL THEN x + 1 ELSE y END",
        "b IS NULL 反过来": "CASE WHEN a > 1 OR NOT (b IS NULL) THEN x + 1 ELSE COALESCE(y, 0) END",
    }
    assert "CASE WHEN a > 1 OR b IS NULL THEN x - 1 ELSE COALESCE(y, 0) END" in changes.values()
    assert list(changed_expressions("a >")) == []


def test_nothing_added_is_nothing_taken_away(own_home: Path) -> None:
    changes = [told for told, _ in changed_expressions("a - days(0) < b + months(0) - days(1)")]
    assert [told for told in changes if "改为" in told] == [
        "a - DAYS(0) < b + MONTHS(0) - DAYS(1) 改为 a - DAYS(0) <= b + MONTHS(0) - DAYS(1)",
        "b + MONTHS(0) - DAYS(1) 改为 b + MONTHS(0) + DAYS(1)",
    ]
    body = """needs: {名单: {source: own_list, fresh: P60D}}
steps:
  - {id: told, says: 加减零, use: compute, from: 名单, add: {a: day - days(0), b: day + days(0), c: day - months(0), d: day + months(0)}}
emit:
  - {from: told, subject: {case: 名单.no}, strength: 弱, title: 疑似, figures: [a, b, c, d], evidence: {名单: [no]}}
"""
    days = ("2024-02-29", "2026-01-31", "1900-01-01", None)
    given = [{"no": str(place), "day": day} for place, day in enumerate(days)]
    result = run_rows(own_home, body, {"名单": given})
    assert [{str(value) for value in hit.figures.values()} for hit in result.hits] == [
        {str(day)} for day in days
    ]


def test_the_least_score_moves_to_the_next_score_that_a_text_can_have() -> None:
    words = [{"word": word, "weight": weight} for word, weight in (("一", 30), ("二", 15), ("三", 15))]
    shelf = KeywordFile.model_validate({"id": "k", "title": "词", "from": "2020-01-01", "words": words})
    scores = tuple(reachable(shelf))
    assert scores == (15, 30, 45, 60)

    def kept(least: int) -> list[int]:
        return [score for score in scores if score >= least]

    for least in range(1, 60):
        fewer, more = nudged(least, 1, scores), nudged(least, -1, scores)
        # What is passed over keeps what the model keeps; what is tried does not.
        assert all(kept(each) == kept(least) for each in range(max(more, 0) + 1, fewer)), least
        assert kept(fewer) != kept(least)
        assert kept(more) != kept(least) or least <= 15
    assert (nudged(30, -1, scores), nudged(30, 1, scores), nudged(30, -1), nudged(30, 1)) == (15, 31, 29, 31)


def test_a_proof_says_of_how_many_rows_a_step_cannot_tell(own_home: Path) -> None:
    path = write_model(
        own_home,
        RICH.replace("(unit_name is null or unit_name <> '除外')", "coalesce(unit_name, '除外') <> '除外'"),
    )
    (path.parent / "proofs").mkdir(exist_ok=True)
    file = path.parent / "proofs" / "miss.yaml"
    given = f"given: {{名单: {rows(('1', ONE, 201, '2026-01-05'))}, 记录: []}}\nextract_on: {{记录: null}}\n"
    body = f"name: miss\nsays: 例\nkind: miss\nas_of: 2026-06-30\n{given}expect: []\nunknown: "
    file.write_text(f"{body}{{large: 2}}\n", "utf-8")
    (item,) = prove_models([path], mutants=True).items
    assert item.because == ("步骤 large 应有 2 行无法判断，实际 0 行",)
    gone = "large.where：COALESCE(unit_name, '除外') 去掉替补 '除外'"
    for asked, noticed in (("{large: 0}", True), ("{}", False)):
        # Without the stand-in the row is not kept either, but then nobody can tell: only the count differs.
        file.write_text(f"{body}{asked}\n", "utf-8")
        report = prove_models([path], mutants=True)
        assert report.items[0].ok and (f"listed_not_recorded：{gone}" not in report.survived) is noticed
    file.write_text(f"{body}{{nothing: 0}}\n", "utf-8")
    with pytest.raises(BadInput) as wrong:
        prove_models([path], mutants=True)
    assert [(fault.code, fault.found) for fault in wrong.value.faults] == [("unknown_step", "nothing")]


def test_a_proof_is_put_on_the_bench_when_it_is_first_needed(own_home: Path) -> None:
    model, book = load_model(prepared(own_home)), parameter_book()
    proofs, contracts = read_proofs(model)[0], contracts_of(model)
    rows = [
        {step.id: step.rows for step in run_proof(model, each.proof, book, contracts).steps}
        for each in proofs
    ]
    whole, known = Bench(model, contracts, proofs, book), Bench(model, contracts, proofs, book, rows)
    steps = [step.id for step in model.spec.steps]
    asked = [(case, step) for case in range(len(proofs)) for step in steps]
    told = [known.touches(known.cases[case], (step,)) for case, step in asked]
    assert not any("work" in vars(case) for case in known.cases)
    assert told == [whole.touches(whole.cases[case], (step,)) for case, step in asked]
    made = list(mutants_of(model, book))
    assert [caught(known, each) for each in made] == [caught(whole, each) for each in made]
    whole.close()
    known.close()


def test_a_sample_is_always_the_same_and_says_of_how_many(own_home: Path) -> None:
    path = prepared(own_home)
    whole, some = prove_models([path], mutants=True), prove_models([path], mutants=True, every=3)
    assert (some.among, some.made) == (whole.made, (whole.made + 2) // 3) and whole.among == whole.made
    assert set(some.survived) <= set(whole.survived) and list(some.places) == list(whole.places)[::3]
