"""The OpenAPI 3.1 document: what django-ninja knows of shapes, and what the doors know of rights, records and conditions."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from shujian.accounts.read import table
from shujian.faces.api.doors import DOORS, Door
from shujian.faces.api.problems import MEDIA, RETRY_AFTER, TITLES

_PROBLEM = {
    "title": "Problem", "type": "object",
    "required": ["type", "title", "status", "detail", "code", "errors"],
    "properties": {
        "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
        "detail": {"type": "string", "description": "中文，可以直接给人看"},
        "code": {"type": "string", "description": "稳定的英文代号，程序按它判断"},
        "errors": {"type": "array", "items": {"$ref": "#/components/schemas/ProblemItem"}},
    },
}  # fmt: skip
_TEXT = {"anyOf": [{"type": "string"}, {"type": "null"}]}
_ITEM = {
    "title": "ProblemItem", "type": "object", "required": ["code", "message"],
    "properties": {
        "code": {"type": "string"}, "message": {"type": "string"}, "field": _TEXT, "found": _TEXT, "expected": _TEXT,
        "file": _TEXT, "line": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
    },
}  # fmt: skip
_KEY = {
    "in": "header", "name": "Idempotency-Key", "required": False,
    "description": "8 至 200 个 ASCII 字符；同一请求再发得到同一答复，不会办两次",
    "schema": {"type": "string", "minLength": 8, "maxLength": 200, "pattern": "^[!-~]{8,200}$"},
}  # fmt: skip
_MATCH = {
    "in": "header", "name": "If-Match", "required": True, "description": "查看这条线索时给出的 ETag",
    "schema": {"type": "string", "pattern": '^"[0-9]{1,9}(\\.[0-9a-f]{16})?"$'}, "example": '"7"',
}  # fmt: skip
_NONE_MATCH = {
    "in": "header", "name": "If-None-Match", "required": False, "description": "手里那份的 ETag；没有变化答 304",
    "schema": {"type": "string"},
}  # fmt: skip
_EXAMPLES: Mapping[str, Any] = {
    "session_begin": {"username": "shili_jiancha", "password": "示例口令"},
    "clue_move": {"reason": "evidence", "note": "示例：已向示例局核对，证据不足"},
    "clue_unmask": {"reason": "示例：核对身份证号"},
    "clue_snooze": {"until": "2026-12-31", "note": "示例：等示例局回函"},
    "campaign_set_up": {
        "title": "示例专项", "purpose": "示例检行监〔2026〕1号", "starts": "2026-06-01", "ends": "2026-12-31",
        "models": ["convicted_staff"], "units": ["行政检察部门"], "targets": {"registered": 10},
    },
    "search_person": {"person": "示例甲", "purpose": "示例检行监〔2026〕1号"},
}  # fmt: skip
_ENGLISH = re.compile("[A-Za-z`]")


def described(document: dict[str, Any]) -> dict[str, Any]:
    """The whole document in plain dicts."""
    told: dict[str, Any] = json.loads(json.dumps(document))
    told["info"]["license"] = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
    told["servers"] = [{"url": "/", "description": "本机构的数检"}]
    schemas = told["components"]["schemas"]
    schemas |= {"Problem": _PROBLEM, "ProblemItem": _ITEM}
    for one in schemas.values():
        _only_chinese(one)
    told["components"]["schemas"] = dict(sorted(schemas.items()))
    told["components"]["securitySchemes"] = {
        "session": {"type": "apiKey", "in": "cookie", "name": "sessionid"},
        "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRFToken"},
    }
    told["components"]["responses"] = {f"Problem{status}": _problem_answer(status) for status in TITLES}
    for path, methods in told["paths"].items():
        address = path.removeprefix("/api/v1/").replace("{", "<").replace("}", ">")
        for method, one in methods.items():
            _operation(one, DOORS[address, method.upper()])
    return told


def _only_chinese(schema: dict[str, Any]) -> None:
    """What a programmer noted in English is not for the reader of the document."""
    if _ENGLISH.match(str(schema.get("description", ""))):
        del schema["description"]
    if "description" in schema:
        schema["description"] = schema["description"].strip()


def _operation(one: dict[str, Any], door: Door) -> None:
    one["x-right"] = door.action
    if door.reads:
        one["x-on-record"] = door.reads
    one["security"] = (
        [] if door.stranger else [{"session": [], "csrf": []} if door.unsafe else {"session": []}]
    )
    if door.stranger and door.unsafe:
        one["security"] = [{"csrf": []}]
    parameters = one.setdefault("parameters", [])
    parameters += [_KEY] * door.keyed + [_MATCH] * door.if_match + [_NONE_MATCH] * door.tagged
    if door.name in _EXAMPLES:
        next(iter(one["requestBody"]["content"].values()))["example"] = _EXAMPLES[door.name]
    _answers(one, door)


def _answers(one: dict[str, Any], door: Door) -> None:
    answers = one["responses"]
    for status, answer in answers.items():
        answer["description"] = {"201": "已建立", "204": "已办理"}.get(str(status), "成功")
        if door.file:
            schema = {"type": "string", "format": "binary"}
            answer["content"] = {media: {"schema": schema} for media in door.file}
        if door.tagged or door.if_match:
            answer["headers"] = {"ETag": {"description": "版本", "schema": {"type": "string"}}}
    if door.tagged:
        answers["304"] = {"description": "没有变化"}
    for status in problem_statuses(door):
        answers[str(status)] = {"$ref": f"#/components/responses/Problem{status}"}
    one["responses"] = dict(sorted(answers.items()))


def _problem_answer(status: int) -> dict[str, Any]:
    content = {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    made: dict[str, Any] = {"description": TITLES[status], "content": content}
    if status in RETRY_AFTER:
        made["headers"] = {"Retry-After": {"description": "秒", "schema": {"type": "integer"}}}
    return made


def problem_statuses(door: Door) -> list[int]:
    """The statuses of problems that an operation may answer."""
    found = {400, 404, 500, 503} | ({401} if not door.stranger or door.unsafe else set())
    found |= set() if door.stranger and not door.unsafe else {403}
    if door.unsafe:
        found |= {409, 413, 415}
    if door.name.startswith("session_"):
        found |= {429} if door.method == "POST" else set()
    return sorted(
        found | ({422} if door.keyed else set()) | ({412, 428} if door.if_match else set()) | _also(door)
    )


def _also(door: Door) -> set[int]:
    return {412} if door.name == "clue_judge" else {409} if not door.unsafe else set()


def rows_of(document: Mapping[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    """What the page of the API shows: operations by tag."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, methods in document["paths"].items():
        for method, one in methods.items():
            right = one["x-right"]
            groups.setdefault(one["tags"][0], []).append(
                {"method": method.upper(), "path": path, "summary": one["summary"], "says": one.get("description", ""),
                 "right": table().actions[right].title if right else "不用登录", "record": one.get("x-on-record", ""),
                 "brings": _brings(one), "answers": "、".join(one["responses"])}
            )  # fmt: skip
    return list(groups.items())


def _brings(one: Mapping[str, Any]) -> str:
    told = [f"{each['name']}{'' if each['required'] else '（可选）'}" for each in one["parameters"]]
    for media, body in one.get("requestBody", {}).get("content", {}).items():
        name = str(body["schema"].get("$ref", "")).rpartition("/")[2]
        told.append(f"正文 {name or media}")
    return "、".join(told)
