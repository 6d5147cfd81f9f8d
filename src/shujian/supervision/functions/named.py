"""Named functions that a ``compute`` step may call: row in, answers out, exact decimals, parameters by date."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shujian.supervision.functions import duty, referral, school
from shujian.supervision.functions.env_tax_named import ENV_TAX
from shujian.supervision.functions.form import Answers, Named, Row, amount


def _standard(row: Row, params: Mapping[str, Any]) -> Answers:
    none: Answers = dict.fromkeys(("charge", "says", "state", "figure", "limit"))
    if row.get("text") is None or row.get("since") is None or row.get("until") is None:
        return none
    table = referral.read_standards(params["standards"])
    found = referral.weigh(table, row["text"], amount(row.get("amount")), row["since"], row["until"])
    if found is None:
        return none
    told = found.standard
    return {
        "charge": told.charge,
        "says": f"{told.says}（{told.basis}）",
        "state": found.state,
        "figure": found.figure,
        "limit": found.limit,
    }


def _expired(row: Row, params: Mapping[str, Any]) -> Answers:
    if row.get("text") is None or row.get("on") is None:
        return {"ground": None}
    return {"ground": duty.expired(params["expired"], row["text"], row["on"])}


def _spread(row: Row, params: Mapping[str, Any]) -> Answers:
    told = [amount(row.get(name)) for name in ("highest", "lowest", "total", "squares", "cases")]
    known = [each for each in told if each is not None]
    if len(known) < len(told):
        return {"high": None, "low": None}
    highest, lowest, total, squares, cases = known
    high, low = duty.spread(highest, lowest, total, squares, int(cases)) or (None, None)
    return {"high": high, "low": low}


def _term(row: Row, params: Mapping[str, Any]) -> Answers:
    return {"term": None if row.get("on") is None else school.term_on(params["terms"], row["on"])}


NAMED: Mapping[str, Named] = {
    **ENV_TAX,
    "referral.standard": Named(
        ("text", "amount", "since", "until"),
        frozenset({"amount"}),
        {"charge": "text", "says": "text", "state": "text", "figure": "number", "limit": "number"},
        ("referral.standards",),
        _standard,
        "案情达到哪一项立案追诉标准：state 为 达到、可能、未达到，读不出数的为空；行为日只知道范围时取最宽的标准",
    ),
    "duty.expired": Named(
        ("text", "on"),
        frozenset(),
        {"ground": "text"},
        ("duty.expired",),
        _expired,
        "处罚依据引用了决定日已经失效的法律、法规：ground 为它的名称和失效日，没有的为空",
    ),
    "duty.spread": Named(
        ("highest", "lowest", "total", "squares", "cases"),
        frozenset(),
        {"high": "number", "low": "number"},
        (),
        _spread,
        "最高、最低罚款偏离均值几个标准差（样本标准差）；squares 为罚款额平方的合计，不足两件的为空",
    ),
    "school.term": Named(
        ("on",),
        frozenset(),
        {"term": "text"},
        ("school_food.terms",),
        _term,
        "这一天是学期还是假期：term 为 学期、假期，校历没有写到的日子为空",
    ),
}


__all__ = ["NAMED", "Named", "Row"]
