"""SQL for review: the same text again, wherever; it moves with what it is made of, and prove says where."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from shujian.kernel.home import SHIPPED_CATALOGUE
from shujian.supervision.conftest import MODEL, PARAMETER, write_model
from shujian.supervision.library import load_model, load_models
from shujian.supervision.prove import prove_models
from shujian.supervision.reviewed import sql_of, sql_state, write_sql
from shujian.supervision.service import renew_sql

RENEW = "运行 shujian model sql src/shujian/catalogue/models，看过差别再提交"


def test_every_shipped_model_has_its_reviewed_sql(own_home: Path) -> None:
    states = {
        name: sql_state(model)
        for name, model in load_models().items()
        if model.folder.is_relative_to(SHIPPED_CATALOGUE)
    }
    assert {name: state for name, state in states.items() if state.state != "same"} == {}, RENEW


def test_the_text_is_the_same_for_every_home_and_day(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = sql_of(load_model(write_model(own_home, MODEL)))
    monkeypatch.setenv("SHUJIAN_TODAY", "2031-01-01")
    county = own_home.parent / "county/sources"
    county.mkdir(parents=True)
    (county / "own_record.yaml").write_text("number: 示1号\n", "utf-8")
    again = sql_of(load_model(write_model(own_home, MODEL + "# 一行注释\n")))
    assert again == text and "own.least = 200" in text
    assert os.fspath(own_home.parent) not in text
    for part in ("-- large", "-- missing", "-- 数据：名单", "-- 产出：missing", '"src_名单"', ">= 200"):
        assert part in text


def test_prove_says_where_it_differs_and_fails_nothing(own_home: Path) -> None:
    path = write_model(own_home, MODEL)
    model = load_model(path)
    assert sql_state(model).state == "missing"
    assert write_sql(model) == path.with_name("plan.sql") and sql_state(model).state == "same"
    (own_home / "parameters/own.yaml").write_text(PARAMETER.replace("value: 200", "value: 201"), "utf-8")
    (state,) = prove_models([path], mutants=False).sql
    assert (state.state, state.line, state.reviewed, state.now) == (
        "differs", 4, "--   own.least = 200", "--   own.least = 201",
    )  # fmt: skip
    assert renew_sql([]) == [path.with_name("plan.sql")]
    changed = write_model(own_home, MODEL.replace("amount >=", "amount >"))
    (state,) = prove_models([changed], mutants=False).sql
    assert state.state == "differs" and ">" in (state.now or "") and ">=" in (state.reviewed or "")
