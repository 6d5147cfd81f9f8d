"""``keys``, ``model pack`` and ``model unpack``: one home sends, another with other columns finds the same."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from house import SAMPLE, TODAY, House, fill, new_house

RENAMES = (
    ("{id: permit_no, title: 登记证号, aliases: [证号]", "{id: licence, title: 犬证编号, aliases: [登记证号]"),
    ("{id: name, title: 养犬人, aliases: [姓名, 犬主]", "{id: keeper, title: 养犬人"),
    ("{id: id_card, title: 身份证号, aliases: [证件号码]", "{id: keeper_id, title: 身份证号"),
    ("{id: issued_on, title: 发证日期, aliases: [登记日期]", "{id: day, title: 发证日期"),
    ("key: [permit_no]", "key: [licence]"),
    ("date_field: issued_on", "date_field: day"),
    ("person: {kind: person, name: name, id_card: id_card}", "owner: {kind: person, name: keeper, id_card: keeper_id}"),
)  # fmt: skip
TEXTS = (
    ("{id: content, title: 投诉内容, aliases: [内容]", "{id: words, title: 反映事项, aliases: [投诉内容]"),
    ("{id: complained_on, title: 投诉日期", "{id: on, title: 投诉日期"),
    ("date_field: complained_on", "date_field: on"),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sender with its rows; the receiver with its own contracts and the same rows under its own headers."""
    tmp_path = tmp_path_factory.mktemp("exchange")
    sender, receiver = new_house(tmp_path / "甲"), new_house(tmp_path / "乙")
    fill(sender)
    sources = receiver.root / "catalogue/sources"
    for folder in ("models", "parameters", "keywords"):
        shutil.rmtree(receiver.root / "catalogue" / folder)
    for name, new, changes in (
        ("dog_permit", "dog_licence", RENAMES),
        ("dog_complaint", "dog_complaint", TEXTS),
    ):
        text = (sources / f"{name}.yaml").read_text("utf-8").replace(f"id: {name}\n", f"id: {new}\n")
        for old, said in changes:
            assert old in text
            text = text.replace(old, said)
        (sources / f"{name}.yaml").unlink()
        (sources / f"{new}.yaml").write_text(text, "utf-8")
        file = receiver.root / f"{new}.csv"
        shutil.copyfile(SAMPLE / "files" / f"{name}.csv", file)
        receiver.run("lake", "ingest", new, file, "--as-of", TODAY, "--json")
    own = sender.ask("keys", "make", "--office", "示例甲市人民检察院", "--county", "示例甲县")
    sender.run("keys", "show", "--out", tmp_path / "office.json")
    receiver.ask("keys", "trust", tmp_path / "office.json", "--fingerprint", own["fingerprint"][:20])
    packed = sender.ask("model", "pack", "M901", "--out", tmp_path / "dog.sjmodel")
    (tmp_path / "sm3").write_text(packed["sm3"], "utf-8")
    return tmp_path


@pytest.fixture
def homes(made: Path, tmp_path: Path) -> tuple[House, House, str]:
    """Own copies of the two, the package, and its SM3."""
    shutil.copyfile(made / "dog.sjmodel", tmp_path / "dog.sjmodel")
    sides = [House(made / name).copy(tmp_path / name) for name in "甲乙"]
    return sides[0], sides[1], (made / "sm3").read_text("utf-8")


def told(house: House) -> list[tuple[Any, ...]]:
    """What the clues say, whoever holds the keys of the handles."""
    house.ask("model", "run", "M901")
    rows = []
    for item in house.ask("clue", "list", "--model", "M901")["items"]:
        clue = house.ask("clue", "show", item["id"])
        words = [(word["word"], word["offset"], word["snippet"]) for word in clue["keywords"]]
        rows.append(
            (clue["title"], clue["grade"], clue["absence"], clue["score"], words, clue["explanation"])
        )
    return sorted(rows)


def test_a_packed_model_finds_the_same_under_other_columns(
    homes: tuple[House, House, str], tmp_path: Path
) -> None:
    sender, receiver, sm3 = homes
    package = tmp_path / "dog.sjmodel"
    again = sender.ask("model", "pack", "M901", "--out", tmp_path / "again.sjmodel")
    assert again["sm3"] == sm3 and (tmp_path / "again.sjmodel").read_bytes() == package.read_bytes()
    refused = receiver.run("model", "unpack", package, "--json", code=3)
    assert refused.errors[0]["code"] == "mapping_unconfirmed" and "犬证编号" in refused.err
    mapping = tmp_path / "对应.yaml"
    pairs = receiver.ask("model", "unpack", package, "--propose", mapping)["pairs"]
    assert {pair["arriving"]: pair["source"] for pair in pairs} == {
        "dog_permit": "dog_licence", "dog_complaint": "dog_complaint",
    }  # fmt: skip
    assert "permit_no: licence" in mapping.read_text("utf-8")
    assert receiver.ask("model", "list")["items"] and "M901" not in receiver.run("model", "list").out
    done = receiver.ask("model", "unpack", package, "--map", mapping)
    assert done["schema"] == "shujian.model.unpack/1" and (done["proofs"], done["office"]) == (
        6,
        "示例甲市人民检察院",
    )
    assert done["near"] == [] and "keywords/dog_nuisance.yaml" in done["installed"]
    found = told(receiver)
    assert len(found) == 2 and found == told(sender)
    (clue, *_) = receiver.ask("clue", "list", "--model", "M901")["items"]
    shown = receiver.ask("clue", "show", clue["id"])["evidence"]
    assert {"words", "on"} <= shown[0]["fields"].keys() and shown[0]["dataset"] == "dog_complaint"


def test_a_second_one_like_it_is_told_with_whom_both_hit(
    homes: tuple[House, House, str], tmp_path: Path
) -> None:
    sender, receiver, _ = homes
    mapping = tmp_path / "对应.yaml"
    receiver.ask("model", "unpack", tmp_path / "dog.sjmodel", "--propose", mapping)
    receiver.ask("model", "unpack", tmp_path / "dog.sjmodel", "--map", mapping)
    model = sender.root / "catalogue/models/sample/unlicensed_dog/model.yaml"
    text = model.read_text("utf-8").replace("id: unlicensed_dog\nnumber: M901", "id: biting_dog")
    model.write_text(text, "utf-8")
    sender.ask("model", "pack", "biting_dog", "--out", tmp_path / "two.sjmodel")
    done = receiver.ask("model", "unpack", tmp_path / "two.sjmodel", "--map", mapping)
    assert [near["model"] for near in done["near"]] == ["unlicensed_dog"]
    assert done["overlaps"] == [{"model": "unlicensed_dog", "own": 2, "other": 2, "both": 2}]


def test_the_refusals_of_the_command_line(homes: tuple[House, House, str], tmp_path: Path) -> None:
    sender, receiver, _ = homes
    package = tmp_path / "dog.sjmodel"
    assert (
        sender.run("model", "pack", "M901", "--out", package, "--json", code=4).errors[0]["code"]
        == "cannot_write"
    )
    assert receiver.run("model", "pack", "M08", "--json", code=3).errors[0]["code"] == "no_keys"
    body = bytearray(package.read_bytes())
    body[len(body) // 2] ^= 1
    (tmp_path / "changed.sjmodel").write_bytes(bytes(body))
    assert receiver.run("model", "unpack", tmp_path / "changed.sjmodel", "--json", code=3).errors[0][
        "code"
    ] in ("not_a_package", "changed")
    stranger = new_house(tmp_path / "丙")
    assert stranger.run("model", "unpack", package, "--json", code=3).errors[0]["code"] == "unknown_office"
    assert "没有信任过的单位" in stranger.run("model", "unpack", package, code=3).err
    (office,) = receiver.ask("keys", "list")["items"]
    assert office["title"] == "示例甲市人民检察院" and "private" not in str(office)
    receiver.ask("keys", "distrust", office["id"])
    assert receiver.run("model", "unpack", package, "--json", code=3).errors[0]["code"] == "unknown_office"
