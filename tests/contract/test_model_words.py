"""CONTRACT: ``model words``: how much of the texts each keyword hits."""

from __future__ import annotations

from house import House, fill


def test_words_of_an_empty_lake_hit_nothing(empty_house: House) -> None:
    answer = empty_house.ask("model", "words", "M02")
    assert answer["schema"] == "shujian.model.words/1" and answer["next"] is None
    words = {item["word"]: item for item in answer["items"]}
    assert words["飞线充电"] == {
        "model": "ebike_charging", "step": "charging", "word": "飞线充电", "pattern": False,
        "rows": 0, "alone": 0, "of": 0, "common": False,
    }  # fmt: skip
    assert words["楼内停放充电"]["pattern"] is True


def test_a_model_without_a_screening_has_no_words(empty_house: House) -> None:
    assert empty_house.ask("model", "words", "M08")["items"] == []


def test_words_are_looked_for_when_a_batch_lands(empty_house: House) -> None:
    """A run finds the hits stored: it is not the run that reads every text."""
    assert not list(empty_house.root.glob("lake/hits/**/*.parquet"))
    fill(empty_house)
    landed = sorted(empty_house.root.glob("lake/hits/**/*.parquet"))
    assert list(empty_house.root.glob("lake/hits/dog_complaint/*/*/*.parquet"))
    empty_house.ask("model", "run", "--all", "--purpose", "示例检行监〔2026〕1号")
    assert sorted(empty_house.root.glob("lake/hits/**/*.parquet")) == landed
