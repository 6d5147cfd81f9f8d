"""The document, its committed copy, the client written from it, and the page that people read."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.test import Client

from shujian.accounts.read import Role, table
from shujian.faces.api.building import document
from shujian.faces.api.client_writing import FILE, typescript
from shujian.faces.api.describing import problem_statuses
from shujian.faces.api.doors import DOORS
from shujian.faces.api.tests.script import enter, problem

COPY = Path(__file__).parents[1] / "openapi.json"
RENEW = bool(os.environ.get("SHUJIAN_RENEW"))


def test_the_committed_document_is_the_one_that_is_served() -> None:
    written = json.dumps(document(), ensure_ascii=False, indent=1) + "\n"
    if RENEW:
        COPY.write_text(written, "utf-8")
    assert COPY.read_text("utf-8") == written, (
        "接口变了：SHUJIAN_RENEW=1 重写 openapi.json 和客户端，并看过差别"
    )


def test_the_committed_client_is_written_from_the_document() -> None:
    written = typescript(document())
    if RENEW:
        FILE.write_text(written, "utf-8")
    assert FILE.read_text("utf-8") == written
    assert written == typescript(json.loads(COPY.read_text("utf-8")))


def test_the_client_passes_the_type_checker_where_there_is_one(tmp_path: Path) -> None:
    compiler = shutil.which("tsc")
    if compiler is None:
        pytest.skip("没有 tsc：装了 node 的机器上 npm install -g typescript 之后会检查客户端的类型")
    command = [
        compiler,
        "--noEmit",
        "--strict",
        "--target",
        "es2022",
        "--lib",
        "es2022,dom,dom.iterable",
        str(FILE),
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_every_operation_says_in_chinese_what_it_does_and_asks_a_right_of_the_table() -> None:
    told = document()
    assert told["openapi"] == "3.1.0"
    found = {one["operationId"]: one for methods in told["paths"].values() for one in methods.values()}
    assert len(found) == len(DOORS)
    for door in DOORS.values():
        one = found[door.name]
        assert re.search("[\u4e00-\u9fff]", one["summary"]) and re.search(
            "[\u4e00-\u9fff]", one["description"]
        ), door
        assert (door.action in table().actions) != door.stranger, door
        assert {str(status) for status in problem_statuses(door)} <= set(one["responses"])
    english = [
        name
        for name, one in told["components"]["schemas"].items()
        if re.match("[A-Za-z ]{9}", one.get("description", ""))
    ]
    assert english == []


def test_two_shapes_never_share_a_name() -> None:
    """django-ninja keeps the last of two classes with one name, and says nothing."""
    source = [
        path.read_text("utf-8")
        for path in (Path(__file__).parents[1]).rglob("*.py")
        if "tests" not in path.parts
    ]
    names = [
        name for text in source for name in re.findall(r"^class (\w+)\((?:Schema|Body)", text, re.MULTILINE)
    ]
    told = {
        "Decision",
        "Step",
        "Action",
        "Evidence",
        "Refused",
        "Progress",
        "Target",
        "Looks",
        "Funnel",
        "Around",
    }
    told |= set(
        re.findall(r"export (?:class|interface) (\w+)", (FILE.parent / "runtime.ts").read_text("utf-8"))
    )
    assert len(names) == len(set(names)) and not set(names) & told


@pytest.mark.django_db
def test_people_read_a_page_and_machines_the_document() -> None:
    script = enter(Role.SJGL)
    page = script.get("/docs")
    text = page.content.decode()
    assert (
        page["Content-Type"].startswith("text/html")
        and "<script>" not in text  # a script of its own file is the policy's to let in
        and "http://" not in text.replace("http://www.w3.org", "")
    )
    assert "办理一步" in text and "POST /api/v1/clues/{number}/moves/{verb}" in text
    assert script.get("/openapi.json").json() == document()


@pytest.mark.django_db
def test_strangers_are_told_nothing_of_either() -> None:
    for path in ("/docs", "/openapi.json"):
        problem(Client().get("/api/v1" + path), 401, "not_signed_in")
