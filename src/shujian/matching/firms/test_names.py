"""Former names, head offices, places and damaged endings that a written name holds; and taxpayer numbers of every age."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shujian.matching.firms import names, tax_numbers
from shujian.matching.normalise import org, uscc


@pytest.mark.parametrize(
    ("written", "former"),
    [
        ("示例鸿达陶瓷有限公司（原示例红火窑业厂）", ("示例红火窑业厂",)),
        ("示例鸿达陶瓷有限公司（曾用名：示例甲公司、示例乙公司）", ("示例甲公司", "示例乙公司")),
        ("示例鸿达陶瓷(原名称为示例红火窑业有限责任公司)有限公司", ("示例红火窑业有限公司",)),
        ("示例鸿达陶瓷（集团）有限公司", ()),
        ("示例平原（甲）公司", ()),
        (None, ()),
    ],
)
def test_former_names_in_brackets(written: str | None, former: tuple[str, ...]) -> None:
    assert names.former_names(written) == former
    assert names.former_core(written) == (org.core(former[0]) if former else None)


@pytest.mark.parametrize(
    ("written", "head"),
    [
        ("示例鸿达陶瓷有限公司第一分公司", "示例鸿达陶瓷有限公司"),
        ("示例石化销售股份有限公司示例河西加油站", "示例石化销售股份有限公司"),
        ("示例银行股份有限公司城南支行", "示例银行股份有限公司"),
        ("示例大药房连锁有限公司建设路分店", "示例大药房连锁有限公司"),
        ("示例陶瓷机械厂一分厂", "示例陶瓷机械厂"),
        ("示例鸿达陶瓷有限公司（原示例红火窑业厂）营业部", "示例鸿达陶瓷有限公司"),
        ("示例鸿达陶瓷有限公司", None),
        ("示例建筑劳务分包有限公司", None),
        ("示例市总工会", None),
        (None, None),
    ],
)
def test_branches_name_their_head_office(written: str | None, head: str | None) -> None:
    found = names.head_office(written)
    assert (found[0] if found else None) == head
    assert names.parent_core(written) == org.core(head)


def test_trade_signs_and_lists_of_names() -> None:
    assert names.shop_names("张某（字号：示例小面馆）") == ("示例小面馆",)
    assert names.listed("示例甲公司、示例乙公司；") == ("示例甲公司", "示例乙公司")
    assert names.first_listed("、示例甲陶瓷公司") == "示例甲陶瓷" and names.first_listed(None) is None


def test_places_follow_from_names_that_mark_them() -> None:
    written = dict.fromkeys(
        ["红河市鸿达陶瓷厂", "红河市远大机械厂", "红河市超大菜市场", "青山县鸿达公司", "大超市公司"], 1
    )
    assert names.regions_of(written, least=2) == ("红河",)
    assert names.regions_of(written, least=1) == ("红河", "青山")
    assert names.regions_of({"青山县": 2}, least=2) == ("青山",)


@pytest.mark.parametrize(
    ("written", "core"),
    [
        ("红河鸿达陶瓷有限公司", "鸿达陶瓷"),
        ("红河鸿达陶瓷有限公", "鸿达陶瓷"),
        ("红河鸿达陶瓷限公司", "鸿达陶瓷"),
        ("红河鸿达陶瓷有公限司", "鸿达陶瓷"),
        ("示例银行股份有限公司城南支行", "示例银行城南支行"),
        ("示例银行股份有公司城南支行", "示例银行城南支行"),
        ("红河市公安局", "红河市公安局"),
        ("红河", "红河"),
        ("红河有限公司", "红河"),
    ],
)
def test_cores_without_place_and_damage(written: str, core: str) -> None:
    full, stored = pa.array([org.full(written)]), pa.array([org.core(written)])
    assert names.tightened(stored, full, ["红河"]).to_pylist() == [core]


CODES = ["919999990000000193", "91999999000000019D"]


def body(first8: str) -> str:
    return first8 + tax_numbers.body_check(first8)


def code(nine: str) -> str:
    first17 = "91999999" + nine
    return first17 + uscc.check_character(first17)


@pytest.mark.parametrize(("first8", "check"), [("D2143569", "X"), ("00000000", "0"), ("00000010", "7")])
def test_the_check_of_organisation_codes(first8: str, check: str) -> None:
    # GB 11714-1997 gives D2143569-X as its own example.
    assert tax_numbers.body_check(first8) == check


@given(st.text("0123456789", min_size=8, max_size=8))
def test_old_and_new_numbers_of_one_firm_have_one_key(first8: str) -> None:
    nine = body(first8)
    assert (
        tax_numbers.key("999999" + nine)
        == nine
        == tax_numbers.key(code(nine))
        == tax_numbers.of_code(code(nine))
    )


def test_numbers_that_name_nobody_have_no_key() -> None:
    nine = body("12345678")
    wrong = nine[:8] + ("1" if nine[8] != "1" else "2")
    for text in (
        None,
        "",
        "无",
        "999999" + wrong,
        code(wrong),
        "99999919900101001700",
        "12345",
        "９" * 15 + "A",
    ):
        assert tax_numbers.key(text) is None
    assert tax_numbers.key("９９９９９９" + nine) == nine
    assert tax_numbers.key("99999919900101001601") == "99999919900101001601"
    with pytest.raises(ValueError, match="1234"):
        tax_numbers.body_check("1234")
