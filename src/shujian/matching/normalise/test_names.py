"""Names of persons and firms, and addresses: what becomes one, and what must stay two."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shujian.matching.normalise import address, org, person, text

messy = st.text(
    alphabet=st.one_of(
        st.sampled_from("示例甲乙 　\t·•.・（）()有限责任公司市县省区Ａａßſ①﹒\u200b\ufeff\ufe0f*×某"),
        st.characters(),
    ),
    max_size=20,
)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("示例甲", "示例甲"),
        (" 示 例　甲 \t", "示例甲"),
        ("示例甲\u200b\ufeff", "示例甲"),
        ("买买提•示例", "买买提·示例"),
        ("买买提．示例", "买买提·示例"),
        ("买买提・示例", "买买提·示例"),
        ("ｓｈｉｌｉ ａ", "SHILIA"),
        ("示例甲。", "示例甲"),
        ("示某某", "示某某"),
        ("示*", None),
        ("示××", None),
        ("不详", None),
        ("匿名", None),
        ("-", None),
        ("", None),
        ("  ", None),
        (None, None),
    ],
)
def test_table_of_persons(written: str | None, name: str | None) -> None:
    assert person.normalise(written) == name


def test_rare_characters_stay_and_variation_selectors_go() -> None:
    assert person.normalise("示\U0002cb2d") == "示\U0002cb2d"
    assert person.normalise("示葛\U000e0100") == "示葛"
    assert person.normalise("示日") != person.normalise("示曰")


def test_a_hidden_name_is_known_as_hidden() -> None:
    assert person.is_anonymised("示某某") and not person.is_anonymised("示例甲")


@given(messy)
def test_normalising_twice_changes_nothing(written: str) -> None:
    for function in (person.normalise, org.full, address.key):
        once = function(written)
        assert function(once) == once
        assert once is None or once != ""


@given(messy)
def test_folded_text_is_nfkc_and_without_white_space(written: str) -> None:
    folded = text.fold(written)
    assert folded == unicodedata.normalize("NFKC", folded)
    assert folded == "".join(folded.split())
    assert text.fold(folded) == folded


@pytest.mark.parametrize(
    ("written", "full", "core"),
    [
        ("示例市鸿示陶瓷有限公司", "示例市鸿示陶瓷有限公司", "鸿示陶瓷"),
        ("鸿示陶瓷（示例）有限责任公司", "鸿示陶瓷(示例)有限公司", "鸿示陶瓷"),
        ("鸿示陶瓷(有限公司)", "鸿示陶瓷(有限公司)", "鸿示陶瓷"),
        ("某省某市示例县鸿示陶瓷厂", "某省某市示例县鸿示陶瓷厂", "鸿示陶瓷"),
        ("鸿示陶瓷股份有限公司", "鸿示陶瓷股份有限公司", "鸿示陶瓷"),
        ("鸿示陶瓷集团有限公司", "鸿示陶瓷集团有限公司", "鸿示陶瓷"),
        ("鸿示（集团）有限公司", "鸿示(集团)有限公司", "鸿示"),
        ("鸿示陶瓷厂（曾用名：示例瓷厂）", "鸿示陶瓷厂(曾用名:示例瓷厂)", "鸿示陶瓷"),
        ("示例百货超市有限公司", "示例百货超市有限公司", "示例百货超市"),
        ("示例县鸿示超市", "示例县鸿示超市", "鸿示超市"),
        ("示例县公安局", "示例县公安局", "示例县公安局"),
        ("示例县 第一小学", "示例县第一小学", "示例县第一小学"),
        ("鸿示陶瓷有限公司示例分公司", "鸿示陶瓷有限公司示例分公司", "鸿示陶瓷示例分公司"),
        ("示县有限公司", "示县有限公司", "示县"),
        ("鸿示ＡＢＣ“陶瓷”有限公司", "鸿示ABC陶瓷有限公司", "鸿示ABC陶瓷"),
        ("公司", "公司", "公司"),
        ("无", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_table_of_firms(written: str | None, full: str | None, core: str | None) -> None:
    assert (org.full(written), org.core(written)) == (full, core)


def test_the_county_own_name_is_left_out_when_told() -> None:
    variants = (
        "醴陵市鸿示陶瓷有限公司",
        "醴陵鸿示陶瓷(有限公司)",
        "鸿示陶瓷（醴陵）有限责任公司",
        "鸿示陶瓷厂",
    )
    assert {org.core(name, regions=("醴陵",)) for name in variants} == {"鸿示陶瓷"}
    assert org.core("醴陵鸿示陶瓷(有限公司)") == "醴陵鸿示陶瓷"


def test_different_firms_stay_different() -> None:
    names = (
        "示例市鸿示陶瓷有限公司",
        "示例市鸿示瓷业有限公司",
        "示例市洪示陶瓷有限公司",
        "鸿示陶瓷有限公司示例分公司",
    )
    assert len({org.core(name) for name in names}) == 4
    assert len({org.full(name) for name in names}) == 4


@given(messy)
def test_a_core_exists_whenever_a_name_does(written: str) -> None:
    full = org.full(written)
    core = org.core(written)
    assert (core is None) == (full is None)
    assert core is None or len(core) >= min(2, len(full or ""))


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("示例县 浦口镇（保丰村）１２号", "示例县浦口镇(保丰村)12号"),
        ("示例路3—1＃", "示例路3-1号"),
        ("示例路3#", "示例路3号"),
        ("示例路。", "示例路"),
        ("不详", None),
        (None, None),
    ],
)
def test_table_of_addresses(written: str | None, key: str | None) -> None:
    assert address.key(written) == key


def test_columns_are_answered_in_order() -> None:
    assert person.normalise_many(["示 例甲", None, "示例乙"]) == ["示例甲", None, "示例乙"]
    assert org.core_many(["示例县鸿示厂", None]) == ["鸿示", None]
    assert org.full_many(["鸿示有限责任公司"]) == ["鸿示有限公司"]
    assert address.key_many(["示例路 1 号"]) == ["示例路1号"]
