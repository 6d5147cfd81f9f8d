"""``clue import | attach | comment | identity | looks`` in process: shapes, refusals, masks."""

from __future__ import annotations

from pathlib import Path

import pytest

from shujian.cli.test_clue import call, fill, first_pk, own_home
from shujian.clues.tests.factories import ID, NAME, UNIT
from shujian.clues.tests.people import account
from shujian.clues.tests.test_papers import jpeg

pytestmark = pytest.mark.django_db
__all__ = ["own_home"]


def test_a_list_lands_once_and_a_bad_one_not_at_all(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    account("one")
    path = tmp_path / "a.csv"
    path.write_text(
        "标题,内容,来源,收到日期,归口单元,主体类别\n" + f"疑似欠缴出让金,示例公司拖欠,来信,2020-05-01,{UNIT},事项\n", "utf-8"
    )  # fmt: skip
    code, body, _ = call(capsys, "clue", "import", str(path), "--json")
    assert (code, body["schema"], len(body["made"]), body["same"]) == (0, "shujian.clue.import/1", 1, 0)
    assert call(capsys, "clue", "import", str(path), "--json")[1]["same"] == 1
    assert call(capsys, "clue", "list", "--mark", "hand", "--json")[1]["total"] == 1
    path.write_text(path.read_text("utf-8").replace(UNIT, "没有的部门"), "utf-8")
    code, body, _ = call(capsys, "clue", "import", str(path), "--json")
    assert (code, body["errors"][0]["line"], body["errors"][0]["field"]) == (2, 2, "归口单元")


def test_papers_and_comments(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    fill()
    number, path = f"XS{first_pk():06d}", tmp_path / "a.jpg"
    path.write_bytes(jpeg())
    code, body, _ = call(capsys, "clue", "attach", number, str(path), "--json")
    assert (code, body["kind"], len(body["sha256"])) == (0, "jpeg", 64)
    assert call(capsys, "clue", "attach", number, str(tmp_path / "no"))[0] == 2
    assert call(capsys, "clue", "comment", number, "--text", "核对过档案", "--json")[0] == 0
    assert call(capsys, "clue", "comment", number, "--text", "")[0] == 2


def test_the_queues(capsys: pytest.CaptureFixture[str]) -> None:
    fill()
    code, body, _ = call(capsys, "clue", "identity", "--json")
    assert (code, body["total"], body["items"][0]["matches"][0]["compared"][0]["field"]) == (0, 1, "身份证号")
    out = call(capsys, "clue", "identity")[2] + repr(body)
    assert NAME not in out and ID not in out
    code, body, _ = call(capsys, "clue", "looks", "--json")
    assert (code, body["items"], body["done"], body["share"]) == (0, [], 0, "5")
    assert call(capsys, "clue", "identity", "--grade", "Z")[0] == 2
