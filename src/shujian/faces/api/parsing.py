"""What comes in: JSON read strictly, characters that no room can store refused, faults said in Chinese, all at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Schema
from ninja.parser import Parser
from pydantic import BeforeValidator, ConfigDict, Field, StrictBool, StrictInt, WithJsonSchema

from shujian.kernel.controls import found_in
from shujian.kernel.errors import BadInput, Fault, FaultList

DEEPEST, LONGEST = 20, 10_000
_SECRET = {"password", "old", "new", "code", "person", "id_number"}
_MESSAGES: Mapping[str, tuple[str, str | None]] = {
    "missing": ("缺少这一项", "须填写"), "extra_forbidden": ("没有这一项", "只写接口说明里列出的"),
    "string_type": ("应为文字", "文字"), "int_type": ("应为整数", "整数"), "int_parsing": ("应为整数", "整数"),
    "int_from_float": ("应为整数", "整数"), "bool_type": ("应为 true 或 false", "true、false"),
    "bool_parsing": ("应为 true 或 false", "true、false"), "list_type": ("应为列表", "列表"),
    "dict_type": ("应为对象", "对象"), "model_attributes_type": ("应为对象", "对象"), "model_type": ("应为对象", "对象"),
    "string_too_long": ("太长", "{max_length} 个字以内"), "string_too_short": ("太短", "至少 {min_length} 个字"),
    "too_long": ("太多", "至多 {max_length} 项"), "too_short": ("太少", "至少 {min_length} 项"),
    "greater_than_equal": ("太小", "不小于 {ge}"), "less_than_equal": ("太大", "不大于 {le}"),
    "literal_error": ("不在可选的值里", "{expected}"), "day": ("日期写法不对", "如 2026-06-01"),
    "string_unicode": ("含有不能保存的字符", "普通文字"),
}  # fmt: skip


def small(told: int) -> int:
    """A row's number as far as a database can hold one; whatever is larger is none."""
    return told if 0 <= told <= 2_147_483_647 else 0


class Body(Schema):
    """A body: nothing besides what is listed, texts are texts and numbers are numbers."""

    model_config = ConfigDict(extra="forbid")


def _day(told: object) -> object:
    if isinstance(told, date):
        return told
    try:
        found = date.fromisoformat(told) if isinstance(told, str) and len(told) == 10 else None
    except ValueError:
        found = None
    if found is None:
        raise ValueError("day")
    return found


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Whole = Annotated[StrictInt, Field(ge=0, le=2_147_483_647)]
Flag = StrictBool
Short = Annotated[str, Field(max_length=120)]
Words = Annotated[str, Field(max_length=5000)]


class StrictJson(Parser):
    """JSON in UTF-8, not deeper than ``DEEPEST``, without NUL and lone surrogates."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body of a request. Raises BadInput."""
        raw = request.body
        if not raw:
            return {}
        try:
            told = json.loads(raw.decode("utf-8"), parse_constant=_no_number, object_pairs_hook=_pairs)
        except (ValueError, RecursionError):
            raise BadInput(
                Fault(code="bad_json", message="请求的正文不是正确的 JSON", expected="UTF-8 编码的 JSON 对象，名称不重复")
            ) from None  # fmt: skip
        check_characters(told)
        return told


def _no_number(text: str) -> float:
    raise ValueError(text)


def _pairs(told: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(told)
    if len(found) != len(told):
        raise ValueError("a name stands twice")
    return found


def check_characters(told: Any) -> None:
    """Raise BadInput with every text that holds what no room can store, or lies too deep."""
    faults = FaultList()
    for place, text in _texts(told, "", 0, faults):
        signs = found_in(text)
        if signs:
            faults.add(
                Fault(code="bad_character", message="含有不能保存的字符", field=place[:120] or None, found=signs[:200],
                      expected="普通文字")
            )  # fmt: skip
    faults.raise_if_any()


def _texts(told: Any, place: str, depth: int, faults: FaultList) -> Iterable[tuple[str, str]]:
    if depth > DEEPEST:
        faults.add(Fault(code="bad_json", message="请求的正文套得太深", expected=f"{DEEPEST} 层以内"))
    elif isinstance(told, str):
        yield place, told
    elif isinstance(told, dict):
        for name, value in told.items():
            yield "", name
            yield from _texts(value, f"{place}.{_plain(name)}" if place else _plain(name), depth + 1, faults)
    elif isinstance(told, list):
        for at, value in enumerate(told):
            yield from _texts(value, f"{place}.{at}" if place else str(at), depth + 1, faults)


def _plain(name: str) -> str:
    return name.encode("utf-8", "replace").decode().replace("\x00", "")[:60]


def faults_of(errors: Iterable[Mapping[str, Any]]) -> list[Fault]:
    """What pydantic found, as our own faults: field, what was found, what was expected, in Chinese."""
    return [_fault(one) for one in errors]


def _fault(one: Mapping[str, Any]) -> Fault:
    kind = "day" if str(one.get("msg", "")).endswith("day") else str(one["type"])
    message, expected = _MESSAGES.get(kind, ("填写不对", None))
    context = {name: str(value) for name, value in one.get("ctx", {}).items()}
    if expected and "{" in expected:
        expected = expected.format_map(
            {"max_length": "", "min_length": "", "ge": "", "le": "", "expected": "", **context}
        )
        expected = expected.replace("'", "").replace(" or ", "、").replace(", ", "、")
    places = [str(part) for part in one.get("loc", ())]
    if places[:1] and places[0] in ("body", "query", "path", "form", "file", "header", "cookie"):
        places = places[2:] if len(places) > 2 and places[0] in ("body", "query") else places[1:]
    field = ".".join(_plain(part) for part in places) or None
    return Fault(
        code="invalid",
        message=message,
        field=field,
        found=_found(field, one.get("input"), kind),
        expected=expected,
    )


def _found(field: str | None, told: Any, kind: str) -> str | None:
    if kind == "missing" or told is None or (field or "").rsplit(".", 1)[-1] in _SECRET:
        return None
    if isinstance(told, str):
        return f"{len(told)} 个字" if len(told) > 60 else _plain(told)
    if isinstance(told, bool | int):
        return str(told).lower()[:40]
    return {"dict": "对象", "list": "列表", "float": "小数"}.get(type(told).__name__)
