"""Whatever a clue's page shows has a Chinese name."""

import re

import pytest

from shujian.supervision.column_titles import column_title
from shujian.supervision.library import load_models


@pytest.mark.parametrize("name", load_models())
def test_no_figure_of_a_shipped_model_shows_an_id(name: str) -> None:
    spec = load_models()[name].spec
    shown = {figure for emit in spec.emit for figure in emit.figures if "." not in figure}
    assert {figure for figure in shown if not re.search(r"[一-鿿]", column_title(spec, figure))} == set()


def test_own_title_then_the_steps_then_the_name() -> None:
    spec = load_models()["referral_gaps"].spec
    assert column_title(spec, "handled_on") == "处罚或立案日"
    assert column_title(spec, "unanswered_due") == "期限"
    assert column_title(spec, "unanswered_other") == "unanswered_other"
    assert column_title(spec, "due") == "due"
