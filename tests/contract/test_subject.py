"""CONTRACT: ``subject judge | undo | list | show`` and ``lake publish judgements``."""

from __future__ import annotations

from house import House

ROW = {
    "judgement", "verdict", "verdict_title", "undoes", "in_force", "conflict", "clue", "grade", "left", "right",
    "left_label", "right_label", "by", "at", "reason",
}  # fmt: skip
MATCH = {
    "match", "step", "grade", "kind", "absent", "left", "right", "standing", "standing_title", "judgement", "by", "at", "reason",
    "may_undo",
}  # fmt: skip
WHY = ("--reason", "调取户籍档案核对过")


def _clue(house: House) -> str:
    items = house.ask("clue", "list")["items"]
    return str(next(item["id"] for item in items if house.ask("subject", "show", item["id"])["matches"]))


def _ground(house: House, clue: str) -> tuple[bool, str]:
    told = house.ask("clue", "show", clue)
    return told["ground_changed"], told["ground_note"]


def test_judge_show_undo_and_publish(house: House) -> None:
    clue = _clue(house)
    opened = house.ask("clue", "show", clue, "--unmask", "--reason", "核对身份")["matches"][0]["compared"]
    name = next(one["left"] for one in opened if one["field"] == "name")
    why = ("--reason", f"核对过{name}的户籍档案")
    answer = house.ask("subject", "judge", clue, "--match", "1", "--same", *why)
    assert answer["schema"] == "shujian.subject.judge/1"
    number = answer["judgement"]
    (match,) = answer["matches"]
    assert set(match) == MATCH and (match["standing"], match["judgement"]) == ("same", number)
    assert match["absent"]  # the record that was missed is there: nothing is missing any more
    assert _ground(house, clue) == (True, f"人工认定另一名册中的记录就是本人（{number}）")
    listed = house.run("subject", "list", "--json")
    (row,) = listed.json["items"]
    assert set(row) == ROW and row["in_force"] and name not in listed.out
    shown = house.ask("subject", "show", match["left"])
    assert shown["schema"] == "shujian.subject.show/1" and shown["judgements"] == [row]
    published = house.ask("lake", "publish", "judgements")
    assert (published["dataset"], published["landed"]) == ("identity_judgement", 1)
    undone = house.ask("subject", "undo", number, "--reason", "认定有误，收回")
    assert undone["schema"] == "shujian.subject.undo/1" and undone["matches"][0]["standing"] == "none"
    assert _ground(house, clue) == (False, "")
    assert [item["in_force"] for item in house.ask("subject", "list")["items"]] == [False, False]
    assert house.run("subject", "undo", number, *WHY, "--json", code=3).errors[0]["code"] == "already_undone"


def test_bad_words_are_named(house: House) -> None:
    clue = _clue(house)
    both = house.run("subject", "judge", clue, "--match", "1", "--same", "--unsure", *WHY, "--json", code=2)
    assert [one["code"] for one in both.errors] == ["no_verdict"]
    told = house.run("subject", "judge", clue, "--match", "9", "--same", "--json", code=2)
    assert [one["code"] for one in told.errors] == ["no_match", "no_reason"]
    assert (
        house.run("subject", "undo", "RD000099", *WHY, "--json", code=2).errors[0]["code"]
        == "unknown_judgement"
    )
    assert house.run("subject", "show", "XS999999", "--json", code=2).errors[0]["code"] == "unknown_clue"
