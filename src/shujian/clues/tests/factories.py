"""Hand-made hits and results: invented people of region 999999."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from shujian.accounts.read import Actor, Role
from shujian.kernel.gm import sm3_hex
from shujian.supervision.result import (
    AbsenceFound,
    Compared,
    EvidenceRow,
    Hit,
    KeywordHit,
    MatchFound,
    RunResult,
    StepCount,
)

UNIT = "行政检察部门"
ID = "99999919900101001X"
RECEIVED = datetime(2026, 6, 1, 8, 30, tzinfo=UTC)
NAME = "示例甲"


def evidence(n: int = 1, **changes: Any) -> EvidenceRow:
    """A row of a list of prosecuted persons."""
    row = EvidenceRow(
        alias="罪犯",
        dataset="prosecuted_person",
        source_title="起诉人员名册",
        row=f"{n:032x}",
        file="罪犯名册.xlsx",
        sheet="Sheet1",
        line=n + 2,
        sha256="ab" * 32,
        batch="batch-1",
        received_at=RECEIVED,
        fields={
            "name": NAME,
            "id_card": ID,
            "charge": "危险驾驶罪",
            "content": f"反映{NAME}<script>电动车飞线充电",
        },
        titles={"name": "姓名", "id_card": "身份证号", "charge": "罪名", "content": "诉求内容"},
        types={"name": "person_name", "id_card": "id_card", "charge": "text", "content": "text"},
    )
    return replace(row, **changes)


def hit(n: int = 1, *, grade: str = "A", absence: str = "proved", **changes: Any) -> Hit:
    """A person who looks undisciplined."""
    row = evidence(n)
    made = Hit(
        emit="undisciplined",
        subject_kind="person",
        subject_id=f"{ID[:-1]}{n}",
        title="示某某疑似有罪判决后未见处分",
        grade=grade,
        absence=absence,
        strength="中",
        score=60 + n,
        score_parts={"比对等级": 40, "缺失已证": 20 + n},
        basis=({"law": "公职人员政务处分法", "article": "14", "from": "2020-07-01"},),
        evidence=(row,),
        matches=(
            MatchFound(
                "on_payroll",
                row.row,
                "f" * 32,
                grade,
                (Compared("身份证号", ID, ID, "same"), Compared("姓名", NAME, "示例乙", "differs")),
            ),
        ),
        keywords=(KeywordHit("飞线", row.dataset, row.row, "content", 16, 2, f"反映{NAME}…飞线充电"),),
        absences=(
            AbsenceFound(
                "undisciplined",
                "discipline_record",
                absence,
                date(2024, 1, 1),
                date(2026, 6, 30),
                f"{NAME}在处分记录中没有任何等级的匹配",
            ),
        ),
        explanation=(f"{NAME}（{ID}）有罪判决", "在编名册身份证号一致"),
        region="示例镇",
        mask="示某某",
    )
    return replace(made, **changes)


def result(hits: Sequence[Hit] = (), **changes: Any) -> RunResult:
    """A run of the flagship model."""
    made = RunResult(
        model="convicted_staff",
        title="涉刑在编人员未处分",
        unit=UNIT,
        fingerprint="f1",
        snapshot="snap-1",
        as_of=date(2026, 6, 30),
        engine="duckdb",
        engine_version="0",
        parameters={"discipline.grace_days": 60},
        steps=(
            StepCount("convicted", "有罪判决", 3, 0, {}),
            StepCount("undisciplined", "未处分", len(hits), 1, {}),
        ),
        hits=tuple(hits),
        result_sm3=sm3_hex(repr(hits).encode()),
        seconds=0.125,
        verify=("向监委核对是否已立案", "核对编制名册截止日"),
    )
    return replace(made, **changes)


def person(*roles: Role, id: int = 1, units: Sequence[str] = (UNIT,), **changes: Any) -> Actor:
    """An actor without an account; policies ask no more."""
    return Actor(
        name=f"u{id}", display=f"示例{id}", id=id, roles=frozenset(roles), units=frozenset(units), **changes
    )
