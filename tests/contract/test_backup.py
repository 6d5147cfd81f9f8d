"""``backup`` and ``restore``: equal counts, an unbroken chain, nothing half done, every refusal with its way out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from house import House

WORDS = "SHUJIAN_BACKUP_PASSPHRASE_FILE"


@pytest.fixture
def words(tmp_path: Path) -> Path:
    path = tmp_path / "words"
    path.write_text("示例的口令 correct horse\n", "utf-8")
    path.chmod(0o600)
    return path


@pytest.fixture(scope="module")
def kept(ran: House, shared: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """A folder with a home, its words and one backup of it. Read only."""

    def make(root: Path) -> None:
        root.mkdir()
        (root / "words").write_text("示例的口令 correct horse\n", "utf-8")
        (root / "words").chmod(0o600)
        house = ran.copy(root / "home")
        told = house.ask("backup", root / "a.bak", "--keep-days", "90", **{WORDS: str(root / "words")})
        (root / "told.json").write_text(json.dumps(told), "utf-8")

    return shared("backed-up", make)


def test_a_restored_home_has_equal_counts_an_unbroken_chain_and_works(kept: Path, tmp_path: Path) -> None:
    told = json.loads((kept / "told.json").read_text("utf-8"))
    assert (told["schema"], told["number"], told["audit"]["ok"]) == ("shujian.backup/1", "BF-2026-0001", True)
    before, after = House(kept / "home"), House(tmp_path / "machine" / "home")
    after.root.parent.mkdir()
    body = after.ask("restore", kept / "a.bak", **{WORDS: str(kept / "words")})
    for name in ("tables", "datasets", "runs", "audit", "rows"):
        assert body[name] == told[name], name
    assert body["equal"] is True and told["runs"] == 1 and told["tables"]["clues_clue"] > 0
    chain = after.ask("audit", "verify", "--anchor", told["audit"]["anchor"])
    assert (chain["ok"], chain["anchor_found"], chain["entries"]) == (
        True,
        True,
        told["audit"]["entries"] + 1,
    )
    clues = [house.ask("clue", "list") for house in (before, after)]
    assert clues[0]["items"] == clues[1]["items"] != []
    number = clues[0]["items"][0]["id"]
    shown = [
        house.ask("clue", "show", number, "--unmask", "--reason", "核对恢复") for house in (before, after)
    ]
    assert shown[0]["evidence"] == shown[1]["evidence"] != []
    run = clues[0]["items"][0]["run"]
    assert after.ask("model", "replay", run)["same"] is True
    assert (after.root / "secrets").stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in (after.root / "secrets").iterdir()} == {0o600}


def test_nothing_of_it_stands_in_clear_and_it_is_checked_anywhere(kept: Path, tmp_path: Path) -> None:
    data = (kept / "a.bak").read_bytes()
    assert b"parquet" not in data and "示例".encode() not in data and b"columns" not in data
    assert (kept / "a.bak").stat().st_mode & 0o777 == 0o600
    body = House(tmp_path / "elsewhere").ask(
        "backup", "check", kept / "a.bak", **{WORDS: str(kept / "words")}
    )
    told = json.loads((kept / "told.json").read_text("utf-8"))
    assert (body["ok"], body["tables"], body["sm3"]) == (True, told["tables"], told["sm3"])
    assert not (tmp_path / "elsewhere").exists()


def test_a_drill_is_on_record_and_leaves_nothing(kept: Path, tmp_path: Path) -> None:
    house = House(kept / "home").copy(tmp_path / "home")
    body = house.ask("backup", "drill", kept / "a.bak", **{WORDS: str(kept / "words")})
    assert (body["equal"], body["number"]) == (True, "BF-2026-0001")
    assert [one["drilled_at"] for one in house.ask("backup", "list")["items"]] == [body["drilled_at"]]
    assert list((house.root / "tmp").glob("drill-*")) == []
    bent = tmp_path / "bent.bak"
    data = bytearray((kept / "a.bak").read_bytes())
    data[len(data) // 2] ^= 1
    bent.write_bytes(data)
    failed = house.ask("backup", "drill", bent, code=1, **{WORDS: str(kept / "words")})
    assert {one["code"] for one in failed["errors"]} <= {"part_damaged", "backup_cut"}
    assert all(one["field"] for one in failed["errors"])
    assert list((house.root / "tmp").glob("drill-*")) == []


def test_a_record_of_erasure_names_the_backups_that_still_hold_it(kept: Path, tmp_path: Path) -> None:
    house = House(kept / "home").copy(tmp_path / "home")
    until = house.ask("backup", "list")["items"][0]["keep_until"]
    batch = next(path.name for path in (house.root / "lake" / "batches").iterdir())
    record = house.ask("lake", "erase", "--batch", batch, "--reason", "示例", "--approver", "某主任", "--yes")
    assert "BF-2026-0001" in record["backups"] and until in record["backups"]
    still = house.ask("backup", "gone", "BF-2026-0001", code=2)["errors"][0]
    assert still["code"] == "still_there"
    unknown = house.ask("backup", "gone", "BF-2026-0009", code=2)["errors"][0]
    assert unknown["code"] == "unknown_backup"


def test_places_that_are_not_empty_and_wrong_words_are_refused(
    kept: Path, tmp_path: Path, words: Path
) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "x").touch()
    house = House(tmp_path / "home")
    right = {WORDS: str(kept / "words")}
    for told, code, more in (
        (("restore", kept / "a.bak", "--into", full), "not_empty", right),
        (("restore", kept / "none.bak"), "no_file", right),
        (("restore", kept / "words"), "no_backup", right),
        (("backup", kept / "a.bak"), "taken", right),
        (("backup", tmp_path, "--keep-days", "0"), "bad_days", right),
        (("backup", tmp_path), "no_passphrase", {WORDS: str(tmp_path / "nothing")}),
        (("backup", tmp_path), "no_passphrase", {}),
    ):
        found = house.ask(*told, code=2, **more)["errors"][0]
        assert found["code"] == code and found["expected" if code != "no_passphrase" else "message"], (
            told,
            found,
        )
    assert sorted(path.name for path in full.iterdir()) == ["x"]
    words.write_text("别的口令而且够长的一句话\n", "utf-8")
    assert (
        house.ask("backup", "check", kept / "a.bak", code=2, **{WORDS: str(words)})["errors"][0]["code"]
        == "wrong_passphrase"
    )
    words.write_text("太短\n", "utf-8")
    assert (
        house.ask("backup", tmp_path, code=2, **{WORDS: str(words)})["errors"][0]["code"] == "weak_passphrase"
    )
    words.chmod(0o644)
    assert (
        house.ask("backup", tmp_path, code=2, **{WORDS: str(words)})["errors"][0]["code"] == "open_passphrase"
    )


@pytest.mark.parametrize("place", ["backup.tables", "backup.files"])
def test_a_process_that_dies_leaves_no_backup_and_the_next_one_is_whole(
    kept: Path, tmp_path: Path, place: str
) -> None:
    house = House(kept / "home").copy(tmp_path / "home")
    more = {WORDS: str(kept / "words")}
    house.run("backup", tmp_path / "b.bak", code=70, SHUJIAN_FAILPOINT=place, **more)
    assert not (tmp_path / "b.bak").exists()
    assert house.ask("backup", tmp_path / "b.bak", **more)["number"] == "BF-2026-0002"
    assert [path.name for path in tmp_path.glob("b.bak*")] == ["b.bak"]
    assert house.ask("backup", "check", tmp_path / "b.bak", **more)["ok"] is True


def test_a_restore_that_dies_leaves_nothing_under_the_name_and_can_be_done_again(
    kept: Path, tmp_path: Path
) -> None:
    house, more = House(tmp_path / "home"), {WORDS: str(kept / "words")}
    house.run("restore", kept / "a.bak", code=70, SHUJIAN_FAILPOINT="restore.filled", **more)
    assert not house.root.exists()
    assert house.ask("restore", kept / "a.bak", **more)["equal"] is True
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_folder_that_may_not_be_written_is_told(kept: Path, tmp_path: Path) -> None:
    more = {WORDS: str(kept / "words")}
    house = House(kept / "home").copy(tmp_path / "home")
    found = house.ask("backup", tmp_path / "no" / "such" / "b.bak", code=4, **more)["errors"][0]
    assert (found["code"], found["file"]) == ("cannot_write", str(tmp_path / "no" / "such" / "b.bak.partial"))
    if Path("/dev/full").exists():
        (tmp_path / "full.bak.partial").symlink_to("/dev/full")
        found = house.ask("backup", tmp_path / "full.bak", code=4, **more)["errors"][0]
        assert found["code"] == "cannot_write", found
