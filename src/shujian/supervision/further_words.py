"""What the further steps say for themselves: in the sentence of a model, of one row, and of one subject."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from shujian.supervision.during_forms import DuringStep
from shujian.supervision.during_words import during_row, during_sentence, during_subject
from shujian.supervision.forms import ComputeStep
from shujian.supervision.further_forms import NearStep, RankStep, ResolveStep, UnionStep

Named = Callable[[str], str]


def sentence_of(step: object, source: Named, column: Named) -> str | None:
    """A step in the sentence of its model; None where it is not of these kinds."""
    if isinstance(step, DuringStep):
        return f"从{source(step.from_)}中留下：{step.says}{during_sentence(step)}"
    if isinstance(step, UnionStep):
        return f"把{'、'.join(source(name) for name in step.from_)}合在一起，各自的来源都保留：{step.says}"
    if isinstance(step, RankStep):
        by = "、".join(column(name) for name in list(step.keys()))
        if step.top is None:
            return f"给{source(step.from_)}{'的每个' + by if by else ''}排名次，都留下：{step.says}"
        ties = "末位并列的都留下" if step.ties == "keep" else "末位并列而容纳不下的都不留"
        return f"从{source(step.from_)}{'的每个' + by if by else ''}中取前几名：{step.says}（{ties}）"
    if isinstance(step, ResolveStep):
        lists = "、".join(source(name) for name in step.inputs())
        told = "" if "A-" in step.grades else "，姓名（名称）不同的不归"
        return f"把{lists}中号码有效且相同的归为一个主体{told}：{step.says}（只有姓名相同的不归，号码不明的各自单列、记为无法判断）"
    if isinstance(step, NearStep):
        how = {
            None: "",
            "same": "地址相同",
            "number": "乡镇、道路、门牌相同",
            "road": "乡镇、道路相同",
            "village": "同村（社区）",
            "town": "同乡镇",
        }
        place = "或".join(
            each
            for each in ("距离在限度之内" if step.within.metres is not None else "", how[step.within.address])
            if each
        )
        days = "，日期相隔在限度之内" if step.time else ""
        return f"在{source(step.right)}中找出与{source(step.left)}{place}{days}的：{step.says}（地点或日期不明的只记为无法判断）"
    return None


def row_words(step: Any, row: Mapping[str, Any], says: Mapping[str, str]) -> str:
    """What one row showed at a step, to stand behind the step's own sentence; empty where there is nothing to add.

    ``says`` maps the ids of steps to their sentences.
    """
    if isinstance(step, UnionStep) and row.get(f"{step.id}_from"):
        return f"：来自{_branches(row[f'{step.id}_from'], says)}"
    if isinstance(step, RankStep) and row.get(f"{step.id}_place") is not None:
        return f"：第 {row[f'{step.id}_place']} 名，共 {row[f'{step.id}_of']} 个"
    if isinstance(step, ComputeStep) and (told := told_column(step)) and row.get(told):
        return f"：{row[told]}"
    if isinstance(step, DuringStep):
        return during_row(step, row)
    if isinstance(step, ResolveStep) and row.get(f"{step.id}_why"):
        return f"：{_resolved(step, row)}"
    if isinstance(step, NearStep) and row.get(f"{step.id}_how"):
        return f"：{_near(step, row)}"
    return ""


def told_column(step: ComputeStep) -> str | None:
    """The column in which a named function tells how it came to its answers (``how``); None where it tells nothing."""
    return step.call.outputs().get("how") if step.call else None


def _near(step: NearStep, row: Mapping[str, Any]) -> str:
    metres, days = row[f"{step.id}_metres"], row[f"{step.id}_days"]
    place = "地址相符" if metres is None else f"相距 {metres} 米"
    return place if days is None else f"{place}，相隔 {abs(days)} 天"


def _resolved(step: ResolveStep, row: Mapping[str, Any]) -> str:
    why, members = row[f"{step.id}_why"], row[f"{step.id}_members"]
    if members is None:
        return f"{why}，单列，不能判断与别的行是不是同一主体"
    check = "，须人工核对" if "不同" in why else ""
    return f"{why}{check}；同一主体共 {members} 行，见于{row[f'{step.id}_sources']}"


def _branches(told: str, says: Mapping[str, str]) -> str:
    return "、".join(f"“{says.get(name, name)}”" for name in told.split("、"))


def subject_words(
    step: Any,
    left: int,
    says: Mapping[str, str],
    rows: Callable[[Sequence[str]], Sequence[Mapping[str, Any]]],
) -> str | None:
    """Why so many rows of a subject left a step; None where it is not of these kinds.

    ``rows`` answers the subject's rows of the step, with the columns asked for.
    """
    if isinstance(step, ComputeStep) and (column := told_column(step)) is not None:
        said = [str(row[column]) for row in rows([column]) if row[column]]
        return f"{left} 条" + (f"：{'；'.join(dict.fromkeys(said))}" if said else "，算出新列")
    if isinstance(step, UnionStep):
        told = [row[f"{step.id}_from"] for row in rows([f"{step.id}_from"])]
        return f"{left} 条，来自{'；'.join(dict.fromkeys(_branches(each, says) for each in told))}"
    if isinstance(step, RankStep):
        if not left:
            return "没有排进前列，或者缺少排序所用的数值"
        places = [row[f"{step.id}_place"] for row in rows([f"{step.id}_place"])]
        return f"排在第 {'、'.join(str(place) for place in dict.fromkeys(places))} 名"
    if isinstance(step, DuringStep) and step.uncovered is not None:
        return during_subject(step, left, rows)
    if isinstance(step, ResolveStep):
        names = [f"{step.id}_{part}" for part in ("why", "members", "sources")]
        return f"{left} 条；{'；'.join(dict.fromkeys(_resolved(step, row) for row in rows(names)))}"
    if isinstance(step, NearStep):
        names = [f"{step.id}_{part}" for part in ("metres", "days", "how")]
        found = [row for row in rows(names) if row[f"{step.id}_how"]]
        if found:
            return f"“{step.right}”中有相近的：{'；'.join(_near(step, row) for row in found)}"
        return f"“{step.right}”中没有可以认定相近的；地点、日期不明的不能判断"
    return None
