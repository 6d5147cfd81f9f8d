"""The normalisers on reference data keep their bars; without the data the generated half still runs."""

from __future__ import annotations

import random

import pytest

from shujian.evaluation import address_tags, service
from shujian.evaluation.reference import lacking
from shujian.evaluation.scores import Score
from shujian.evaluation.tasks import addresses, numbers, spellings
from shujian.matching.normalise import uscc

reference = pytest.mark.skipif(
    lacking(("enterprises_zhuzhou", "admin_divisions", "address_parsing")) is not None,
    reason="需要 SHUJIAN_REFERENCE_DATA",
)


@pytest.mark.lane("reference")
@reference
@pytest.mark.parametrize("task", ["credit_codes", "id_cards", "addresses.town"])
def test_the_bars_hold_on_real_data(task: str) -> None:
    scores, left = service.run([task])
    assert left == {} and all(score.passed for score in scores)


@pytest.mark.lane("reference")
@reference
def test_pieces_of_addresses_beat_the_plain_list() -> None:
    whole = addresses.entities()[0]
    assert whole.f1 is not None and whole.baseline_f1 is not None
    assert whole.f1 > 0.85 > 0.75 > whole.baseline_f1


@pytest.mark.lane("reference")
@reference
def test_a_tagged_address() -> None:
    assert address_tags.tagged("湖南省株洲市醴陵市李畋镇人民路12号") == [
        ("prov", "湖南省"), ("city", "株洲市"), ("district", "醴陵市"), ("town", "李畋镇"), ("road", "人民路"),
        ("roadno", "12号"),
    ]  # fmt: skip
    assert address_tags.plain("湖南省株洲市醴陵市人民路12号") == [
        ("prov", "湖南省"), ("city", "株洲市"), ("district", "醴陵市")
    ]  # fmt: skip


@pytest.mark.parametrize("task", ["dates", "amounts"])
def test_no_spelling_is_read_wrongly(task: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spellings, "DRAWN", 40)
    (score,) = service.run([task])[0]
    assert score.passed and score.rows > 1000
    assert score.baseline_f1 is not None and score.f1 is not None and score.baseline_f1 < score.f1


def test_a_wrong_reading_misses_the_bar() -> None:
    cases = [("1元", (1, 1)), ("2元", (2, 2)), ("面议", None)]

    def read(told: dict[str, spellings.Ends]) -> Score:
        return spellings.measured("t", "t", cases, lambda text: told.get(text), lambda text: None, "无")

    assert read({"1元": (1, 1), "2元": (2, 2)}).passed is True
    assert read({"1元": (1, 1), "2元": (3, 3)}).passed is False
    assert read({"1元": (1, 1), "2元": (2, 2), "面议": (0, 0)}).passed is False


def test_every_single_change_is_made_once() -> None:
    draw = random.Random(1)
    code = "".join(draw.choice(uscc.ALPHABET) for _ in range(18))
    made = list(numbers.changes(code, uscc.ALPHABET))
    assert len(made) == len(set(made)) == 18 * 30 and code not in made
    assert len(list(numbers.changes("1" * 18, "0123456789", "0123456789X"))) == 17 * 9 + 10


@pytest.mark.parametrize(
    ("number", "text"), [(10_010, "壹万零壹拾"), (120_305, "壹拾贰万零叁佰零伍"), (8, "捌")]
)
def test_formal_numerals_of_the_oracle(number: int, text: str) -> None:
    assert spellings._formal(number) == text
