"""The picture of a model: every part once, each below what it reads, nothing of a title taken for markup."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

from shujian.supervision.conftest import MODEL, write_model
from shujian.supervision.diagram import diagram
from shujian.supervision.library import load_model, load_models

SVG = "{http://www.w3.org/2000/svg}"


def boxes(text: str) -> dict[str, tuple[int, int]]:
    """Title of each box → its place."""
    found = {}
    for group in ElementTree.fromstring(text).iter(f"{SVG}g"):
        title, rect = group.find(f"{SVG}title"), group.find(f"{SVG}rect")
        assert title is not None and rect is not None
        found[title.text or ""] = (int(rect.attrib["x"]), int(rect.attrib["y"]))
    return found


def test_sources_above_steps_above_clues(own_home: Path) -> None:
    spec = load_model(write_model(own_home, MODEL)).spec
    text = diagram(spec, {"名单": "示例名单", "记录": "示例记录"}, {"filter": "筛选", "absent": "查有无"})
    place = boxes(text)
    assert list(place) == ["名单", "记录", "金额达到起点", "没有对应记录", "〔…〕疑似未见记录"]
    rows = [y for _, y in place.values()]
    assert rows[0] == rows[1] < rows[2] < rows[3] < rows[4]
    assert text.count("<path") == 2 * 4  # list → large → missing → clue, record → missing
    assert "（1）筛选" in text and "（2）查有无" in text and "线索 · 中" in text
    assert text == diagram(
        spec, {"名单": "示例名单", "记录": "示例记录"}, {"filter": "筛选", "absent": "查有无"}
    )


def test_titles_are_text_and_long_ones_are_cut(own_home: Path) -> None:
    text = MODEL.replace("says: 金额达到起点", 'says: "<script>&金额达到一个很长很长的起点"')
    place = boxes(drawn := diagram(load_model(write_model(own_home, text)).spec, {}, {}))
    assert "<script>&金额达到一个很长很长的起点" in place and "<script>" not in drawn and "…" in drawn


def test_every_shipped_model_has_a_picture_without_boxes_over_each_other(own_home: Path) -> None:
    for model in load_models().values():
        text = diagram(model.spec, {}, {})
        parts = len(model.spec.needs) + len(model.spec.steps) + len(model.spec.emit)
        places = re.findall(r'<rect x="(\d+)" y="(\d+)"', text)
        assert len(places) == len(set(places)) == parts
