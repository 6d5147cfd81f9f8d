"""Clues that no model found: typed in by a colleague, or handed over as a list. They go the same way as all others.

What is handed in is a clue's source row: the file, its line and digest stand behind it. The same line again adds
nothing. A list with one fault lands nothing, and all its faults are told at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from shujian.accounts.read import Actor, unit_names
from shujian.audit import service as audit
from shujian.clues import desk
from shujian.clues.desk_policy import may_type
from shujian.clues.masks import hide_text, same_length
from shujian.clues.models import Clue, ClueEvidence
from shujian.clues.numbers import number_of
from shujian.clues.refusals import refusals_told
from shujian.clues.rows import BY_HAND
from shujian.clues.sealing import sealed_with
from shujian.clues.states import Origin, State
from shujian.kernel.canonical import canonical
from shujian.kernel.clock import now, today
from shujian.kernel.controls import found_in
from shujian.kernel.errors import Fault, FaultList
from shujian.kernel.gm import sm3_hex
from shujian.kernel.ids import new_id
from shujian.kernel.secrets import pseudonym
from shujian.lake.read import Column, read_table
from shujian.matching.normalise import dates, id_card, uscc
from shujian.supervision.read import setting

KINDS: Mapping[str, str] = {
    "人员": "person",
    "单位": "org",
    "地点": "place",
    "事项": "case",
    "机关": "agency",
}
STRENGTHS = ("强", "中", "弱")
COLUMNS = (
    Column("title", "线索标题", ("标题",), required=True),
    Column("content", "线索内容", ("内容", "情况说明"), required=True),
    Column("came_from", "线索来源", ("来源",), required=True),
    Column("came_on", "收到日期", ("来源日期", "日期"), required=True),
    Column("unit", "归口单元", ("归口部门", "部门"), required=True),
    Column("subject_kind", "主体类别", ("类别",), required=True),
    Column("subject", "主体名称", ("主体", "姓名", "单位名称")),
    Column("subject_no", "证件号", ("身份证号", "统一社会信用代码", "信用代码")),
    Column("region", "区域", ("乡镇", "乡镇街道")),
    Column("strength", "强度"),
)
TITLES = {column.id: column.title for column in COLUMNS}
_MOST = {"title": 120, "content": 4000, "came_from": 60, "subject": 120, "region": 60}
_LEAST = {"title": 4, "content": 4, "came_from": 2}


@dataclass(frozen=True)
class HandedIn:
    """What was taken: numbers of the new clues, and how many were there already. ``batch``: its name on record."""

    batch: str
    made: tuple[str, ...]
    same: int


@dataclass(frozen=True)
class _Place:
    file: str
    sheet: str
    line: int
    sha256: str


@refusals_told("type_in")
def type_in(*, actor: Actor, told: Mapping[str, str]) -> HandedIn:
    """Take one clue from a form; ``told``: by the ids of ``COLUMNS``. Raises ClueRefused, BadInput with every fault."""
    fields = {column.id: told.get(column.id, "").strip() for column in COLUMNS}
    digest = hashlib.sha256(canonical(fields).encode()).hexdigest()
    faults = FaultList()
    _check(fields, faults, None, None)
    faults.raise_if_any()
    with transaction.atomic():
        return _take(actor, [(_Place("录入页面", "", 1, digest), fields)])


@refusals_told("import")
def import_list(*, actor: Actor, path: Path, name: str = "", sheet: str | None = None) -> HandedIn:
    """Take a CSV or XLSX list. All or nothing. Raises ClueRefused, BadInput with every fault of the file."""
    most, shown = int(setting("casework.import_most_rows", today())), name or path.name
    table = read_table(path, COLUMNS, sheet=sheet, most=most)
    faults = FaultList()
    for fault in table.faults:
        faults.add(fault)
    if not table.rows or len(table.rows) > most:
        found = f"超过 {most} 行" if table.rows else "0 行"
        faults.add(
            Fault(code="bad_count", message="行数不对", file=shown, found=found, expected=f"1 至 {most} 行")
        )
    filled = [
        (line, {column.id: row.get(column.id, "") for column in COLUMNS}) for line, row in table.rows[:most]
    ]
    for line, fields in filled:
        _check(fields, faults, shown, line)
    faults.raise_if_any()
    with transaction.atomic():
        return _take(actor, [(_Place(shown, table.sheet, line, table.sha256), fields) for line, fields in filled])  # fmt: skip


def _check(fields: Mapping[str, str], faults: FaultList, file: str | None, line: int | None) -> None:
    def bad(field: str, message: str, expected: str) -> None:
        shown = "（不显示）" if field in ("subject", "subject_no", "content") and fields[field] else fields[field][:60]  # fmt: skip
        faults.add(
            Fault(code=f"bad_{field}", message=message, file=file, line=line, field=TITLES[field], found=shown, expected=expected)
        )  # fmt: skip

    for field, text in fields.items():
        if told := found_in(text):
            bad(field, f"有不能保存的控制字符（{told}）", "可以显示的文字")
    for field, most in _MOST.items():
        if not _LEAST.get(field, 0) <= len(fields[field]) <= most:
            bad(field, f"{TITLES[field]}的长度不对", f"{_LEAST.get(field, 0)} 至 {most} 个字")
    day = dates.parse_date(fields["came_on"])
    if day is None or day > today():
        bad("came_on", "日期不对", "不晚于今天的日期，如 2026-06-01")
    if fields["unit"] not in (units := unit_names()):
        bad("unit", "没有这个部门", "、".join(units) or "先建立部门")
    if fields["subject_kind"] not in KINDS:
        bad("subject_kind", "主体类别不认识", "、".join(KINDS))
    if fields["strength"] not in ("", *STRENGTHS):
        bad("strength", "强度不认识", "、".join(STRENGTHS))
    if fields["subject_no"]:
        if _number(fields) is None:
            bad(
                "subject_no",
                "证件号不对，或与主体类别不符",
                "人员填 18 位身份证号，单位填统一社会信用代码，其他不填",
            )
        if not fields["subject"]:
            bad("subject", "写了证件号，没有写主体名称", "姓名或单位名称")


def _number(fields: Mapping[str, str]) -> str | None:
    kind, text = KINDS.get(fields["subject_kind"]), fields["subject_no"]
    if kind == "person":
        return id_card.parse(text).key
    return uscc.parse(text).key if kind == "org" else None


def _take(actor: Actor, rows: Sequence[tuple[_Place, Mapping[str, str]]]) -> HandedIn:
    for unit in sorted({fields["unit"] for _, fields in rows}):
        desk.ask(may_type(actor, unit))
    batch, made, same = new_id("hand"), list[str](), 0
    for place, fields in rows:
        key = pseudonym("clue", "\x1f".join((BY_HAND, canonical(fields))))
        if Clue.objects.filter(key=key).exists():
            same += 1
            continue
        made.append(number_of(_one(key, place, fields, batch).pk))
    audit.record(
        actor=actor.name, action="clue.by_hand", thing=f"hand:{batch}",
        detail={"made": len(made), "same": same, "first": made[:1], "last": made[-1:]},
    )  # fmt: skip
    return HandedIn(batch, tuple(made), same)


def _one(key: str, place: _Place, fields: Mapping[str, str], batch: str) -> Clue:
    at, kind, number, name = now(), KINDS[fields["subject_kind"]], _number(fields), fields["subject"]
    names = frozenset({name}) if kind == "person" and len(name) > 1 else frozenset[str]()
    strength = fields["strength"] or "中"
    score = int(setting("scoring.strength", today())[strength])
    said = {
        "subject": number or name or fields["title"], "matches": [], "keywords": [], "absences": [],
        "explanation": [f"人工录入：来源 {fields['came_from']}，收到日期 {fields['came_on']}；没有经过模型比对"],
    }  # fmt: skip
    clue = Clue(
        key=key, model=BY_HAND, emit=BY_HAND, fingerprint="", run=batch, title=hide_text(fields["title"], names),
        subject_kind=kind, subject_key=pseudonym(kind, number or "\x1f".join((name, key))),
        subject_masked=(same_length(name) if names else name)[:120] or "—", grade="", absence="none", strength=strength,
        score=score, score_parts={"强度": score}, region=fields["region"], unit=fields["unit"], origin=Origin.HAND,
        state=State.C1, pushed_at=at, as_of=dates.parse_date(fields["came_on"]) or today(), found_at=at, changed_at=at,
        evidence_count=1, content=sm3_hex(canonical(fields).encode()),
    )  # fmt: skip
    sealed_with(clue, said).save()
    shown = {column.id: fields[column.id] for column in COLUMNS if fields[column.id]}
    types = {"subject": "person_name" if names else "org_name", "subject_no": "id_card" if kind == "person" else "uscc"}  # fmt: skip
    row = ClueEvidence(
        clue=clue, alias="线索", dataset="hand_clue", source="人工录入", row=key, file=place.file[:500], sheet=place.sheet,
        line=place.line, sha256=place.sha256, batch=batch, received_at=at, run=batch,
    )  # fmt: skip
    fields_of = {
        "fields": shown,
        "titles": TITLES,
        "types": {**dict.fromkeys(shown, "text"), **types},
        "order": list(shown),
    }
    sealed_with(row, fields_of).save()
    return clue
