"""The documents agree with the code: commands, options, steps, links, ids, twins."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from shujian.cli.main import COMMANDS, root
from shujian.kernel.yamlfile import read_yaml

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
STEPS = (
    "filter",
    "screen",
    "match",
    "absent",
    "compute",
    "group",
    "during",
    "union",
    "rank",
    "near",
    "resolve",
)
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]


def _commands() -> Iterator[tuple[str, click.Command]]:
    """Every command that can be called: ``("lake ingest", command)``."""
    context = click.Context(root)
    for name in COMMANDS:
        command = root.get_command(context, name)
        assert command is not None
        if hasattr(command, "list_commands"):  # typer brings its own copy of click's classes
            inner = click.Context(command)
            for below in command.list_commands(inner):
                found = command.get_command(inner, below)
                assert found is not None
                yield f"{name} {below}", found
        else:
            yield name, command


@pytest.fixture(scope="module")
def commands() -> dict[str, click.Command]:
    return dict(_commands())


def _listed(page: str) -> set[str]:
    text = (ROOT / page).read_text("utf-8")
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `shujian ")]
    return {name.removeprefix("shujian ") for row in rows for name in re.findall(r"`([^`]+)`", row)}


def _calls(text: str) -> Iterator[str]:
    """Lines of code blocks that call shujian, with continuation lines joined."""
    for block in re.findall(r"```(?:bash|console|sh)\n(.*?)```", text, re.DOTALL):
        for line in block.replace("\\\n", " ").splitlines():
            found = re.match(r"\s*(?:\$ )?(?:\w+=\S+ )*(?:\.venv/bin/)?shujian( .*)?$", line.split(" #")[0])
            if found:
                yield (found[1] or "").strip()


def test_readme_lists_every_command(commands: dict[str, click.Command]) -> None:
    assert _listed("README.md") == set(commands)


def test_the_two_readmes_list_the_same_commands_and_call_the_same() -> None:
    assert _listed("README.md") == _listed("README.en.md")
    shapes = []
    for page in ("README.md", "README.en.md"):
        calls = [call.split() for call in _calls((ROOT / page).read_text("utf-8"))]
        shapes.append([[word for word in call if word.isascii() and word.islower()][:2] for call in calls])
    assert shapes[0] == shapes[1]


def test_every_make_target_is_in_both_readmes_or_contributing() -> None:
    targets = set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    text = "".join(
        (ROOT / page).read_text("utf-8") for page in ("README.md", "CONTRIBUTING.md", "docs/README.md")
    )
    assert {target for target in targets if f"make {target}" not in text} == set()


@pytest.mark.parametrize("step", STEPS)
def test_every_step_is_explained(step: str) -> None:
    page = (ROOT / "docs/guide/write-a-model.md").read_text("utf-8")
    assert re.search(rf"`{step}`", page)


@pytest.mark.parametrize("page", NAMES)
def test_calls_in_documents_are_real(page: str, commands: dict[str, click.Command]) -> None:
    wrong = []
    for call in _calls((ROOT / page).read_text("utf-8")):
        words = shlex.split(call)
        name = next((n for n in (" ".join(words[:2]), words[0] if words else "") if n in commands), None)
        if name is None:
            if not words or words[0].startswith("-") or words[-1] == "--help":
                continue
            wrong.append(f"no such command: {call}")
            continue
        known = {option for parameter in commands[name].params for option in parameter.opts} | {
            "--help",
            "-h",
        }
        wrong += [
            f"{call}: no option {word}"
            for word in words
            if word.startswith("--") and word.split("=")[0] not in known
        ]
    assert wrong == []


@pytest.mark.parametrize("page", NAMES)
def test_links_lead_somewhere(page: str) -> None:
    here = (ROOT / page).parent
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", (ROOT / page).read_text("utf-8"))
    local = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in local if not (here / link).exists()] == []


def test_every_guide_is_in_the_index() -> None:
    index = (ROOT / "docs/README.md").read_text("utf-8")
    pages = [
        page for page in (ROOT / "docs").rglob("*.md") if page.name != "README.md" and "adr" not in page.parts
    ]
    assert [page.name for page in pages if page.name not in index] == []


def test_decisions_are_numbered_listed_and_whole() -> None:
    pages = sorted((ROOT / "docs/adr").glob("[0-9]*.md"))
    assert [page.name[:4] for page in pages] == [f"{n:04}" for n in range(1, len(pages) + 1)]
    index = (ROOT / "docs/adr/README.md").read_text("utf-8")
    for page in pages:
        text = page.read_text("utf-8")
        assert page.name in index
        headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
        assert headings == ["背景", "决定", "后果", "何时重议"], page.name
        assert re.search(r"^状态：(采用|被 \d{4} 取代|提议)", text, re.MULTILINE), page.name


def test_the_changelog_tells_of_this_version() -> None:
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert headings and (headings[0] == "未发布" or headings[0].startswith("0.1.0"))


def test_security_says_what_this_is_not() -> None:
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    assert "不是经认证的商用密码产品" in text and "密评" in text


def test_publiccode_has_the_required_keys() -> None:
    stated = read_yaml(ROOT / "publiccode.yml").value
    required = {
        "publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus",
        "softwareType", "description", "legal", "maintenance", "localisation",
    }  # fmt: skip
    assert required - set(stated) == set()
    assert stated["legal"]["license"] == "Apache-2.0"
    for language, described in stated["description"].items():
        assert len(described["shortDescription"]) <= 150, language
        assert 150 <= len(described["longDescription"]) <= 10_000, language
        assert described["features"], language
    assert set(stated["localisation"]) >= {"localisationReady", "availableLanguages"}
    assert stated["maintenance"]["contacts"]
