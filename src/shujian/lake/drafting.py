"""Writes a proposal down as a source file of the user, ready to be completed by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.home import home
from shujian.lake.contracts import check, source_files
from shujian.lake.proposing import Proposal, ProposedField

_SENSITIVE = {
    "id_card": "高",
    "person_name": "高",
    "phone": "高",
    "plate": "中",
    "address": "中",
    "text": "中",
}


def write_source(proposal: Proposal, source_id: str) -> Path:
    """Write ``SHUJIAN_HOME/catalogue/sources/<id>.yaml``. Raises BadInput where the id is taken or not an id;
    then nothing is written.
    """
    taken = [path for path in source_files() if path.stem == source_id]
    if taken:
        raise BadInput(
            Fault(
                code="duplicate_source",
                message="数据源 id 已被占用",
                found=source_id,
                expected=f"与 {taken[0]} 不同的 id",
            )
        )
    target = home().catalogue / "sources" / f"{source_id}.yaml"
    if target.name != f"{Path(source_id).name}.yaml":
        raise BadInput(
            Fault(
                code="bad_id",
                message="数据源 id 写法不对",
                found=source_id,
                expected="小写字母、数字和下划线",
            )
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(draft(proposal, source_id), "utf-8")
    faults = check([target])
    if faults:
        target.unlink()
        raise BadInput(faults)
    return target


def draft(proposal: Proposal, source_id: str) -> str:
    """The text of the source file."""
    fields = proposal.fields
    key = _key(fields)
    days = [field for field in fields if field.type in ("date", "timestamp") and "出生" not in field.column]
    dated = days[0].field if days else None
    lines = [
        f"id: {source_id}",
        f"title: {_quoted(proposal.path.stem)}",
        "provider: 请填写提供单位",
        "basis: []",
        "agreement: {purpose: 请填写使用目的, number: null, expires: null}",
        "cadence: P1M",
        "fresh: P60D",
        f"sensitivity: {'高' if any(_SENSITIVE.get(field.type) == '高' for field in fields) else '中'}",
        f"key: [{', '.join(key)}]   # 自然键：同一键的行内容变了，算作新版本",
        f"date_field: {dated or 'null'}",
        "region_field: null",
        "# 提供单位书面声明完整的，才写 coverage；没有声明就不要写，“没有记录”会如实判为“不能确定”",
        *_subjects(fields),
        "fields:",
        *(_field(field, field.field in key) for field in fields),
    ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _key(fields: Sequence[ProposedField]) -> list[str]:
    unique = [field for field in fields if field.unique]
    for field in unique:
        if field.type == "document_no":
            return [field.field]
    if unique and unique[0].type not in ("text", "address"):
        return [unique[0].field]
    whole = [field.field for field in fields if field.complete and field.type not in ("text", "address")]
    return (whole or [field.field for field in fields])[:4]


def _subjects(fields: Sequence[ProposedField]) -> list[str]:
    first: dict[str, str] = {}
    for field in fields:
        first.setdefault(field.type, field.field)
    by_id = {field.field: field.type for field in fields}
    birth = "birth_on" if by_id.get("birth_on") == "date" else "null"
    sex = "sex" if by_id.get("sex") == "category" else "null"
    lines = []
    if "person_name" in first:
        card = first.get("id_card", "null")
        name = first["person_name"]
        lines.append(
            f"  person: {{kind: person, name: {name}, id_card: {card}, birth: {birth}, sex: {sex}, area: null}}"
        )
    if "org_name" in first:
        lines.append(f"  org: {{kind: org, name: {first['org_name']}, uscc: {first.get('uscc', 'null')}}}")
    if "address" in first:
        lines.append(f"  place: {{kind: place, address: {first['address']}}}")
    return ["subjects:", *lines] if lines else ["subjects: {}"]


def _field(field: ProposedField, in_key: bool) -> str:
    parts = [f"id: {field.field}", f"title: {_quoted(field.column)}", f"type: {field.type}"]
    if in_key and field.complete:
        parts.append("required: true")
    parts.append(f"sensitivity: {_SENSITIVE.get(field.type, '低')}")
    if field.type == "text":
        parts.append("screen: true")
    return f"  - {{{', '.join(parts)}}}"
