"""The plain-Chinese sentence of a model, made from its steps, so that it cannot say what the model does not do."""

from __future__ import annotations

from collections.abc import Mapping

from shujian.lake.read import SourceContract
from shujian.supervision.forms import (
    AbsentStep,
    ComputeStep,
    DuringStep,
    FilterStep,
    GroupStep,
    KeyOn,
    KeyPair,
    MatchStep,
    ScreenStep,
)
from shujian.supervision.spec import Emit, ModelSpec

KEY_WORDS = {"person": "身份证号、姓名等", "org": "统一社会信用代码、企业名称", "place": "地址"}


def sentence(spec: ModelSpec, contracts: Mapping[str, SourceContract]) -> str:
    """Data, steps in order, clues and where they go: one sentence a prosecutor can read aloud."""
    data = "、".join(f"“{alias}”（{contract.title}）" for alias, contract in contracts.items())
    steps = "；".join(_step(step) for step in spec.steps)
    clues = "；".join(_emit(emit, spec) for emit in spec.emit)
    return f"以{data}为数据：{steps}。{clues}，推送{spec.unit}初核；身份或缺失不能确认的，留待人工核对。"


def _key(key: str | KeyPair | KeyOn) -> str:
    if isinstance(key, KeyOn):
        return "、".join(left for left, _ in key.on)
    name = key if isinstance(key, str) else key.left
    return KEY_WORDS.get(name.rpartition(".")[2], name)


def _step(step: object) -> str:
    if isinstance(step, FilterStep):
        return f"从“{step.from_}”中筛出{step.says}的记录"
    if isinstance(step, DuringStep):
        return f"在“{step.from_}”中留下{step.says}的记录"
    if isinstance(step, ComputeStep):
        return f"{step.says}"
    if isinstance(step, ScreenStep):
        return f"在“{step.field}”中按关键词筛查：{step.says}"
    if isinstance(step, MatchStep):
        return f"将“{step.left}”与“{step.right}”按{_key(step.key)}碰撞：{step.says}"
    if isinstance(step, AbsentStep):
        return f"到“{step.right}”中按{_key(step.key)}查找，{step.says}（该来源须声明所问时期数据完整，否则只记为无法判断）"
    if isinstance(step, GroupStep):
        return f"按{'、'.join(step.keys())}汇总：{step.says}"
    raise TypeError(type(step).__name__)


def _emit(emit: Emit, spec: ModelSpec) -> str:
    which = f"“{emit.from_}”中符合条件的" if emit.where else f"“{emit.from_}”的每一项"
    return f"{which}列为{emit.strength}线索“{emit.title}”"
