"""The text sides: the shipped steps are what is measured; counts, halves and intervals are what they say."""

from __future__ import annotations

import pytest

from shujian.evaluation.tasks import themes
from shujian.evaluation.tasks.themes import FILES, Message, bootstrap, counted, kept, plain, theme


def test_counts_and_the_interval() -> None:
    said, true = [True, True, False, False], [True, False, True, False]
    assert vars(counted(said, true)) == {"right": 1, "false": 1, "missed": 1}
    assert bootstrap([True] * 20, [True] * 20) == (1.0, 1.0)
    low, high = bootstrap(said * 20, true * 20)
    assert 0.3 < low < 0.5 < high < 0.7


def test_the_half_of_a_message_is_fixed() -> None:
    assert [Message("", text, frozenset(), random=False).half for text in ("甲", "乙", "丙", "丁")] == [
        Message("", text, frozenset(), random=True).half for text in ("甲", "乙", "丙", "丁")
    ]


def test_the_shipped_step_is_measured_where_there_is_one() -> None:
    texts = [("", "小区充电桩不足"), ("", "楼下飞线充电"), ("路灯不亮", "")]
    assert kept("ebike_charging", texts) == ([False, True, False], "步骤 ebike_charging.charging")
    assert plain("ebike_charging", texts) == [True, True, False]


def test_a_file_without_a_step_is_measured_itself() -> None:
    texts = [("", "学校门口摆摊的卖三无零食"), ("", "学校门口堵车")]
    assert kept("school_gate_food", texts)[0] == [True, False]


@pytest.mark.lane("reference")
@pytest.mark.parametrize("code", FILES)
def test_every_bar_is_kept_on_real_messages(code: str) -> None:
    whole, *parts = theme(code)
    assert whole.passed, whole.as_dict()
    assert [one.rows for one in parts if "half" in one.task] and sum(
        one.rows for one in parts if "half" in one.task
    ) == whole.rows
    assert all(one.passed is None for one in parts)
    assert len(themes.messages()) == whole.rows
