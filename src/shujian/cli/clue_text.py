"""One clue as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shujian.clues.read import ClueDetail, Evidence, MatchJudged

_ABSENCE = {"proved": "已证明没有", "possible": "可能存在记录", "unknown": "数据不全", "none": "不涉及"}
FIELD = {
    "id_card": "身份证号", "mask": "脱敏证件号", "name": "姓名／名称", "birth": "出生日期", "sex": "性别", "area": "户籍地",
    "uscc": "统一社会信用代码", "core": "字号",
}  # fmt: skip
OUTCOME = {"same": "一致", "close": "相近", "differs": "不同", "missing": "缺失", "masked": "脱敏后一致"}


def lines_of(detail: ClueDetail, judged: Sequence[MatchJudged]) -> Iterator[str]:
    """The clue read from top to bottom, as on its page."""
    from shujian.clues.read import grade_title

    row = detail.row
    yield f"{row.id}　{row.title}"
    yield f"状态：{row.state_title}　归口：{row.unit}　承办：{row.handler or '—'}　数据日期：{row.as_of}"
    grade = row.grade if len(row.grade) < 3 else grade_title(row.grade)
    yield f"比对等级：{grade}　缺失判断：{_ABSENCE[row.absence]}　强度：{row.strength}　得分：{row.score}"
    if detail.held_title:
        yield f"未推送：{detail.held_title}"
    if row.ground_changed:
        yield f"依据已变：{detail.ground_note}（{detail.ground_run}）"
    for basis in detail.basis:
        yield f"依据：《{basis.get('law')}》{basis.get('article')}"
    yield from _figures(detail)
    yield ""
    yield "为什么命中"
    yield from (f"  {line}" for line in detail.explanation)
    for match, told in zip(detail.matches, judged, strict=True):
        yield f"  比对（{grade_title(match['grade'])}）"
        for one in match["compared"]:
            outcome = OUTCOME.get(one["outcome"], one["outcome"])
            yield f"    {FIELD.get(one['field'], one['field'])}：{one['left'] or '—'} ｜ {one['right'] or '—'}　{outcome}"
        yield from _judged(told)
    for word in detail.keywords:
        yield f"  关键词“{word['word']}”第 {word['offset'] + 1} 字起：{word['snippet']}"
    yield ""
    yield f"证据（{len(detail.evidence)} 行）"
    for evidence in detail.evidence:
        yield from _evidence(evidence)
    yield ""
    yield "核查清单"
    yield from (f"  □ {line}" for line in detail.verify)


def _judged(told: MatchJudged) -> Iterator[str]:
    """What people judged of a match; nothing where nobody did."""
    if told.judgement is None and told.standing == "none":
        return
    who = f"，{told.by} {told.at:%Y-%m-%d %H:%M}，理由：{told.reason}" if told.at else ""
    yield f"    人工认定：{told.standing_title}（{told.judgement or '由其他认定推出'}{who}）"


def _figures(detail: ClueDetail) -> Iterator[str]:
    """What the model computed for the clue, by the titles that the model gives; nothing where it computed nothing."""
    from shujian.supervision.read import column_title

    told = {name: value for name, value in detail.figures.items() if value is not None}
    if not told:
        return
    said = "　".join(f"{column_title(detail.row.model, name)} {value}" for name, value in told.items())
    yield f"模型算出（估算，仅供核查）：{said}"


def _evidence(evidence: Evidence) -> Iterator[str]:
    place = f"{evidence.file}" + (f" · {evidence.sheet}" if evidence.sheet else "")
    mark = "" if evidence.current else "（本次运行未再出现）"
    yield f"  {evidence.source}{mark}：{place} 第 {evidence.line} 行"
    yield f"    批次 {evidence.batch}　sha256 {evidence.sha256[:16]}…"
    for field, value in evidence.fields.items():
        shown = "—" if value is None else _plain(evidence.types.get(field), str(value))
        yield f"    {evidence.titles.get(field, field)}：{shown}"


def _plain(kind: str | None, value: str) -> str:
    """A decimal without the zeros that only say how it is stored: 20160.000000 → 20160."""
    return value.rstrip("0").rstrip(".") if kind == "decimal" and "." in value else value
