"""``keys rotate|retire|list``: nothing in clear in the database file, a killed rotation is taken up, a lost key is told."""

from __future__ import annotations

import json
from typing import Any

from house import House

TEXT = "电话核实时本人说手续正在办"


def _shown(house: House) -> tuple[str, dict[str, Any]]:
    number = house.ask("clue", "list")["items"][0]["id"]
    return number, house.ask("clue", "show", number, "--unmask", "--reason", "核对轮换")


def test_nothing_stands_in_clear_and_a_killed_rotation_is_taken_up(house: House) -> None:
    number, before = _shown(house)
    house.ask("clue", "comment", number, "--text", TEXT)
    planted = {str(value) for row in before["evidence"] for name, value in row["fields"].items()
               if value and any(word in name for word in ("owner", "id_card", "name", "phone"))}  # fmt: skip
    assert len(planted) >= 2, before["evidence"]
    house.run("keys", "rotate", code=70, SHUJIAN_FAILPOINT="keys.batch")
    assert _shown(house)[1]["evidence"] == before["evidence"]
    done = house.ask("keys", "rotate")
    assert (done["number"], done["resumed"], done["broken"], done["left"]) == (2, True, [], {})
    refused = house.ask("keys", "retire", "2", "--yes", code=2)["errors"][0]
    assert refused["code"] == "in_use"
    assert house.ask("keys", "retire", "1", code=2)["errors"][0]["code"] == "not_confirmed"
    assert house.ask("keys", "retire", "1", "--yes")["number"] == 1
    told = house.ask("keys", "list")["columns"]
    assert [(one["number"], one["state"]) for one in told] == [(1, "destroyed"), (2, "in_use")]
    assert told[0]["total"] == 0 and told[1]["values"]["clues_cluecomment.sealed"] == 1
    assert _shown(house)[1]["evidence"] == before["evidence"]
    stored = b"".join(path.read_bytes() for path in sorted((house.root / "db").iterdir()))
    assert number.removeprefix("XS") and b"clues_clue" in stored
    assert [text for text in {*planted, TEXT} if text.encode() in stored] == []
    actions = json.dumps(house.ask("audit", "verify"))
    assert '"ok": true' in actions


def test_a_lost_master_key_is_told_with_its_file_and_the_way_out(house: House) -> None:
    number, _ = _shown(house)
    place = house.root / "secrets" / "master.key"
    place.rename(house.root / "elsewhere.key")
    for words in (("clue", "show", number), ("keys", "list"), ("keys", "rotate")):
        fault = house.ask(*words, code=4)["errors"][0]
        assert (fault["code"], fault["file"]) == ("no_master_key", str(place)), words
        assert "备份" in fault["expected"]
    (told,) = [one for one in house.ask("doctor", code=4)["items"] if one["check"] == "master_key"]
    assert told["ok"] is False and str(place) in told["found"] and told["remedy"]
    elsewhere = {"SHUJIAN_MASTER_KEY": str(house.root / "elsewhere.key")}
    assert house.ask("clue", "show", number, **elsewhere)["id"] == number
