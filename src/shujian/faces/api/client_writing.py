"""The TypeScript client, written from the OpenAPI document: types, a function for each operation, and four small helpers.

Python writes it, so that no machine of ours needs node; the committed file is held equal to what is written here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("client") / "shujian.ts"
_HEAD = Path(__file__).with_name("client") / "runtime.ts"
_PLAIN = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}


def typescript(document: Mapping[str, Any]) -> str:
    """The whole client as text."""
    parts = [_HEAD.read_text("utf-8").rstrip(), "", "// ---- 以下由 openapi.json 生成，不要手改 ----", ""]
    for name, schema in document["components"]["schemas"].items():
        parts += list(_declared(_safe(name), schema))
    parts += [
        "/** 全部操作；每个函数名是 openapi.json 里的 operationId。 */",
        "export class Shujian extends Caller {",
    ]
    for path, methods in document["paths"].items():
        for method, one in methods.items():
            parts += list(_function(path, method.upper(), one))
    return "\n".join([*parts, "}"]) + "\n"


def _safe(name: str) -> str:
    return re.sub(r"\W", "", name.rstrip("_"))


def _declared(name: str, schema: Mapping[str, Any]) -> Iterator[str]:
    if "description" in schema:
        yield f"/** {_comment(schema['description'])} */"
    if schema.get("type") == "object" and "properties" in schema:
        needed = set(schema.get("required", ()))
        yield f"export interface {name} {{"
        for key, one in schema["properties"].items():
            yield f"  {_key(key)}{'' if key in needed else '?'}: {_type(one)};"
        yield "}"
    else:
        yield f"export type {name} = {_type(schema)};"
    yield ""


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z_]\w*", name) else json.dumps(name)


def _comment(text: str) -> str:
    return " ".join(text.replace("*/", "").split())


def _type(schema: Any) -> str:
    if "$ref" in schema:
        return _safe(schema["$ref"].rpartition("/")[2])
    for many in ("anyOf", "oneOf"):
        if many in schema:
            return " | ".join(dict.fromkeys(_type(one) for one in schema[many]))
    if "allOf" in schema:
        return " & ".join(_type(one) for one in schema["allOf"])
    if "const" in schema or "enum" in schema:
        return " | ".join(
            json.dumps(one, ensure_ascii=False) for one in schema.get("enum", [schema.get("const")])
        )
    if schema.get("type") == "array":
        if "prefixItems" in schema:
            return f"[{', '.join(_type(one) for one in schema['prefixItems'])}]"
        return f"Array<{_type(schema.get('items', {}))}>"
    if schema.get("type") == "object":
        inside = schema.get("additionalProperties", True)
        return f"Record<string, {_type(inside) if isinstance(inside, dict) else 'unknown'}>"
    if schema.get("format") == "binary":
        return "Blob"
    return _PLAIN.get(schema.get("type"), "unknown")


def _function(path: str, method: str, one: Mapping[str, Any]) -> Iterator[str]:
    places = {
        kind: [each for each in one["parameters"] if each["in"] == kind]
        for kind in ("path", "query", "header")
    }
    arguments, options = [], []
    for each in places["path"]:
        arguments.append(f"{each['name']}: {_type(each['schema'])}")
    sent: Mapping[str, Any] = one.get("requestBody", {}).get("content", {})
    media = next(iter(sent), "")
    body = sent.get(media, {})
    if media == "application/json":
        arguments.append(f"body: {_type(body['schema'])}")
    elif media:
        arguments.append("form: FormData")
    if places["query"]:
        inner = "; ".join(
            f"{_key(e['name'])}{'' if e['required'] else '?'}: {_type(e['schema'])}" for e in places["query"]
        )
        needed = any(e["required"] for e in places["query"])
        arguments.append(f"query: {{ {inner} }}{'' if needed else ' = {}'}")
    names = {each["name"] for each in places["header"]}
    options = ["ifMatch: string"] * ("If-Match" in names) + ["ifNoneMatch?: string"] * (
        "If-None-Match" in names
    )
    options += ["key?: string"] * ("Idempotency-Key" in names)
    if options:
        arguments.append(f"options: {{ {'; '.join(options)} }}{'' if 'If-Match' in names else ' = {}'}")
    answer, kind = _answer(one["responses"])
    told = ["query"] * bool(places["query"]) + ["body"] * (media == "application/json")
    told += ["form"] * (media == "multipart/form-data") + ["...options"] * bool(options)
    address = (
        "`" + re.sub(r"\{(\w+)\}", r"${encodeURIComponent(String(\1))}", path.removeprefix("/api/v1")) + "`"
    )
    yield f"  /** {one['summary']}：{_comment(one.get('description', ''))} */"
    yield f"  {_camel(one['operationId'])}({', '.join(_ordered(arguments))}): Promise<Reply<{answer}>> {{"
    yield f'    return this.call<{answer}>("{method}", {address}, {{ {", ".join([*told, f"answer: {json.dumps(kind)}"])} }});'
    yield "  }"
    yield ""


def _ordered(arguments: list[str]) -> list[str]:
    """Those that must be given first."""
    return sorted(arguments, key=lambda one: one.endswith(" = {}"))


def _answer(responses: Mapping[str, Any]) -> tuple[str, str]:
    """The type of a good answer, and how it is read."""
    good = next(one for status, one in responses.items() if status.startswith("2"))
    given: Mapping[str, Any] = good.get("content", {})
    media = next(iter(given), "")
    if not media:
        return "void", "none"
    if media != "application/json":
        return "Blob", "blob"
    return _type(given[media]["schema"]), "json"


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)
