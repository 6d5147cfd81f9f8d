"""The searched form: a part of a text is a part of its form, terms tile it, numbers and known names are gone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shujian.lake.search.text import END, form, forms, hide, placed, prepared, terms

ODD = "欠薪Ａaß㎡½…　 \u200b\ufe00\ue81e〔(1２٣①-－\x03\x00\U0002f800ｶﾞé"
TEXTS = st.text(
    alphabet=st.one_of(st.sampled_from(ODD), st.characters(exclude_categories=["Cs"])), max_size=30
)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("欠薪 不给", "欠薪不给"),
        ("ＡｂＣ１２", "abc12"),
        ("〔2026〕3号", "(2026)3号"),
        ("【飞线】充电", "(飞线)充电"),
        ("50㎡…", "50m2..."),
        ("葛\U000e0100城", "葛城"),
        ("\ue81e", "\u9fb4"),
        ("\u3000\u200b\x00", ""),
        ("\ud800", ""),
    ],
)
def test_forms(text: str, made: str) -> None:
    assert form(text) == made


@given(TEXTS, st.integers(0, 30), st.integers(0, 30))
def test_a_part_stays_a_part(text: str, start: int, end: int) -> None:
    assert form(text[start:end]) in form(text)


@given(st.lists(TEXTS, max_size=8))
def test_many_at_once_are_the_same_as_one_by_one(texts: list[str]) -> None:
    assert forms(texts) == [form(text) for text in texts]
    made = prepared(texts, [()] * len(texts))
    assert made.shown == [hide(text) for text in texts]
    assert [line.split() for line in made.terms] == [terms(form(hide(text))) for text in texts]


@given(TEXTS)
def test_each_sign_of_the_form_knows_where_it_came_from(text: str) -> None:
    plain, places = placed(text)
    assert plain == form(text)
    assert [form(text[place]) for place in dict.fromkeys(places)] == [
        made for sign in text if (made := form(sign))
    ]


def test_every_sign_begins_one_term() -> None:
    assert terms("欠薪了") == ["欠薪", "薪了", "了" + END]
    assert terms("欠") == ["欠" + END]
    assert terms("") == []


CARD = "999999199001010014"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"证号{CARD}。", "证号999999***********4。"),
        ("电话10000001234", "电话100******34"),
        ("电话１００００００１２３４", "电话１００******３４"),
        ("100 0000 1234", "100********34"),
        ("100-0000-1234转", "100********34转"),
        ("１００-0000 1234", "１００********34"),
        ("2026年6月15日10时", "2026年6月15日10时"),
        ("文号2026-0615", "文号2026-0615"),
        ("", ""),
    ],
)
def test_numbers_are_hidden_however_they_are_written(text: str, shown: str) -> None:
    made = hide(text)
    assert made == shown
    assert prepared([text], [()]).shown == [made]


def test_known_names_are_hidden_in_text() -> None:
    assert hide("来电人欧阳示例称，欧阳 示例再次反映", ["欧阳示例"]) == "来电人欧某某某称，欧某 某某再次反映"
    assert hide("张说", ["张"]) == "张说"
    made = prepared(["张示例反映", "张示例反映"], [("张示例",), ()])
    assert made.shown == ["张某某反映", "张示例反映"]
