"""The real engine on a page that a browser drew: Chinese text comes back, sure of itself."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from house import House

pytestmark = pytest.mark.lane("ocr")
PAGE = """<meta charset="utf-8"><style>body{font:32px "Noto Serif CJK SC",serif;margin:60px;line-height:1.8}</style>
示例市人民法院<br>民事判决书<br>（2024）示0281民初1号<br>原告：示例甲，男，住示例市。<br>判决如下：<br>
一、被告支付货款1万元；<br>审判长　示例丙<br>二〇二四年三月五日"""


def test_a_picture_of_a_judgment_is_read_and_lands(empty_house: House, tmp_path: Path) -> None:
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    (tmp_path / "scans").mkdir()
    picture = tmp_path / "scans" / "判决.png"
    command = [
        browser,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={tmp_path / 'profile'}",
    ]
    subprocess.run(
        [*command, "--window-size=1000,800", f"--screenshot={picture}", f"file://{tmp_path / 'a.html'}"],
        check=True, capture_output=True,
    )  # fmt: skip
    answer = empty_house.ask("lake", "ocr", picture.parent, "--source", "judgment", "--as-of", "2026-06-30")
    assert (answer["schema"], answer["pages"], answer["recognised"]) == ("shujian.lake.ocr/1", 1, 1)
    assert answer["files"][0]["landed"] == 1
    (row,) = empty_house.ask("lake", "show", "judgment")["items"]
    assert "2024" in row["case_no"] and row["case_no"].endswith("示0281民初1号")
    assert (row["document_kind"], row["judged_on"], row["_file"]) == ("判决书", "2024-03-05", "判决.png")
    again = empty_house.ask("lake", "ocr", picture.parent, "--source", "judgment", "--as-of", "2026-06-30")
    assert (again["recognised"], again["kept"], again["files"][0]["state"]) == (0, 1, "same")
