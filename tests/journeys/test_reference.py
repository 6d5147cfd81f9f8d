"""M02 and M06 over real messages of citizens: explained clues whose words and offsets are right.

The messages lie outside this repository (``SHUJIAN_REFERENCE_DATA``); their source contract lies here.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from house import House
from shujian.kernel.secrets import pseudonym
from shujian.kernel.yamlfile import read_yaml

pytestmark = pytest.mark.lane("reference")
CATALOGUE = Path(__file__).resolve().parents[2] / "src/shujian/catalogue"
AS_OF = "2020-12-31"
SHIPPED = {"M02": "public_interest/ebike_charging", "M06": "civil/support_litigation"}
VARIANT = {"M02": "M902", "M06": "M906"}
CONTRACT = """\
id: board_message
title: 问政留言
provider: 公开数据集
basis: [{law: 仅供测试, article: "1"}]
agreement: {purpose: 测试, number: null, expires: null}
cadence: P1M
fresh: P9999D
sensitivity: 低
key: [order_no]
date_field: accepted_at
unmatchable_limit: "1"
subjects:
  caller: {kind: person, name: caller_name, id_card: null, birth: null, sex: null, area: null}
  org: {kind: org, name: subject, uscc: null}
  place: {kind: place, address: address}
  estate: {kind: place, address: estate}
fields:
  - {id: order_no, title: id, type: document_no, required: true}
  - {id: accepted_at, title: time, type: timestamp, required: true}
  - {id: title, title: title, type: text}
  - {id: content, title: text, type: text, required: true, screen: true}
  - {id: address, title: place, type: address}
  - {id: phone, title: user, type: phone}
"""
# Columns that the models name and the messages do not have.
MISSING = {
    "caller_name": "person_name",
    "kind": "category",
    "duplicate": "category",
    "subject": "org_name",
    "estate": "text",
    "region": "category",
    "result_text": "text",
}


def _messages() -> Iterator[dict[str, Any]]:
    path = Path(os.environ["SHUJIAN_REFERENCE_DATA"]) / "complaints_unlabelled/messages.dev.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _write_files(root: Path, file: Path) -> int:
    fields = "".join(f"  - {{id: {name}, title: 无{name}, type: {kind}}}\n" for name, kind in MISSING.items())
    sources = root / "catalogue/sources"
    sources.mkdir(parents=True)
    (sources / "board_message.yaml").write_text(CONTRACT + fields, "utf-8")
    count = 0
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["id", "time", "title", "text", "place", "user"])
        for message in _messages():
            place = re.match(r"[A-Z]\d*[市区县]", message["title"])
            row = [message[key] for key in ("id", "time", "title", "text")]
            writer.writerow([*row, f"示例{place[0]}" if place else "示例市", message["user"]])
            count += 1
    return count


def _write_variant(root: Path, number: str) -> None:
    """The shipped model, read from the message board, with a window as long as the data."""
    group = SHIPPED[number].split("/")[1].split("_")[0]
    shipped = read_yaml(CATALOGUE / "models" / SHIPPED[number] / "model.yaml").value
    text = (CATALOGUE / "models" / SHIPPED[number] / "model.yaml").read_text("utf-8")
    own = f"board_{group}"
    for name in shipped["parameters"]:
        text = text.replace(name, f"{own}.{name.split('.')[1]}")
    text = text.replace(f"id: {shipped['id']}\n", f"id: {own}\n", 1).replace(
        f"number: {number}\n", f"number: {VARIANT[number]}\n"
    )
    text = re.sub(
        r"工单: \{source: hotline_order, fresh: P30D\}", "工单: {source: board_message, fresh: P9999D}", text
    )
    folder = root / "catalogue/models/test" / own
    folder.mkdir(parents=True)
    (folder / "model.yaml").write_text(text, "utf-8")
    parameters = root / "catalogue/parameters"
    parameters.mkdir(exist_ok=True)
    lines = []
    for name in shipped["parameters"]:
        short = name.split(".")[1]
        value = 15 if "score" in short else 9999 if "days" in short else 1
        period = f"{{from: 2000-01-01, value: {value}, basis: 测试, source: 测试, verified: false}}"
        lines.append(f"{short}:\n  title: {short}\n  unit: 件\n  type: integer\n  values:\n    - {period}\n")
    (parameters / f"{own}.yaml").write_text("".join(lines), "utf-8")


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> House:
    root = tmp_path_factory.mktemp("board")
    count = _write_files(root, root / "messages.csv")
    for number in SHIPPED:
        _write_variant(root, number)
    (root / "evaluation.json").write_text(json.dumps({"today": AS_OF, "seed": 0, "rows": 0}), "utf-8")
    house = House(root)
    (file,) = house.ask("lake", "ingest", "board_message", root / "messages.csv", "--as-of", AS_OF)["files"]
    assert file["read"] == count and file["rejected"] == 0
    house.ask("model", "run", *VARIANT.values())
    return house


def _words(number: str) -> tuple[dict[str, int], list[str]]:
    """Every spelling with its weight (0: a part of a pattern), and everything that may cancel a hit."""
    name = SHIPPED[number].split("/")[1]
    found = read_yaml(CATALOGUE / "keywords" / f"{name}.yaml").value
    spelled = {
        text: one["weight"] for one in found["words"] for text in (one["word"], *one.get("variants", []))
    }
    parts = dict.fromkeys((text for members in found.get("groups", {}).values() for text in members), 0)
    windows = [*found.get("exclusion_windows", []), *found.get("negation_windows", [])]
    return parts | spelled, [
        *found["exclude"],
        *found["negations"],
        *(text for one in windows for text in one["words"]),
    ]


def _clues(house: House, number: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        more = ("--cursor", cursor) if cursor else ()
        page = house.ask("clue", "list", "--model", VARIANT[number], "--limit", "200", *more)
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            return found


@pytest.mark.parametrize("number", SHIPPED)
def test_words_and_offsets_are_right(board: House, number: str) -> None:
    texts = {
        str(message["id"]): {"content": message["text"].strip(), "title": message["title"].strip()}
        for message in _messages()
    }
    spelled, _ = _words(number)
    clues = _clues(board, number)
    assert len(clues) >= 3
    for clue in clues[:8]:
        shown = board.ask("clue", "show", clue["id"], "--unmask", "--reason", "核对偏移")
        orders = {
            row["fields"]["order_no"]: row for row in shown["evidence"] if row["dataset"] == "board_message"
        }
        assert orders and shown["keywords"] and shown["explanation"]
        candidates = [texts[order] for order in orders]
        for hit in shown["keywords"]:
            assert hit["word"] in spelled and hit["length"] == len(hit["word"])
            end = hit["offset"] + hit["length"]
            seen = [text[hit["field"]][hit["offset"] : end] for text in candidates]
            assert hit["word"] in seen, (clue["id"], hit)
            assert hit["word"] in hit["snippet"]


def test_no_message_is_lost_and_none_invented(board: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two bounds that need no engine: clear messages must be there, messages without a word must not."""
    monkeypatch.setenv("SHUJIAN_HOME", str(board.root))
    spelled, cancelling = _words("M06")
    clear, touched = set(), set()
    for message in _messages():
        text, key = message["title"] + "。" + message["text"], pseudonym("case", str(message["id"]))
        found = [word for word in spelled if word in text]
        if found:
            touched.add(key)
        if any(spelled[word] >= 30 for word in found) and not any(word in text for word in cancelling):
            clear.add(key)
    found_keys = {clue["subject_key"] for clue in _clues(board, "M06") if clue["subject_kind"] == "case"}
    assert clear, "the data should hold some"
    assert clear <= found_keys <= touched
