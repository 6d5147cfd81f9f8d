"""The plain-Chinese sentence of a model, made from its steps, so that it cannot say what the model does not do."""

from __future__ import annotations

from collections.abc import Mapping

from shujian.lake.read import SourceContract
from shujian.supervision.emission import PLACEHOLDER
from shujian.supervision.forms import (
    AbsentStep,
    ComputeStep,
    FilterStep,
    GroupStep,
    KeyOn,
    KeyPair,
    MatchStep,
    ScreenStep,
)
from shujian.supervision.further_words import sentence_of
from shujian.supervision.group_words import group_sentence
from shujian.supervision.keyword_forms import KeywordFile
from shujian.supervision.screen_words import screening_rule
from shujian.supervision.spec import Emit, ModelSpec

KEY_WORDS = {"person": "身份证号、姓名等", "org": "统一社会信用代码、企业名称", "place": "地址"}


def sentence(
    spec: ModelSpec,
    contracts: Mapping[str, SourceContract],
    keywords: Mapping[str, KeywordFile] | None = None,
) -> str:
    """Data, steps in order, clues and where they go: one sentence a prosecutor can read aloud.

    ``keywords``: the keyword files of the model, so that their patterns are said too.
    """
    speaker = _Speaker(spec, contracts, keywords or {})
    data = "、".join(f"“{alias}”（{contract.title}）" for alias, contract in contracts.items())
    steps = "；".join(f"（{place}）{speaker.step(step)}" for place, step in enumerate(spec.steps, start=1))
    clues = "；".join(speaker.emit(emit) for emit in spec.emit)
    return f"以{data}为数据：{steps}。{clues}，推送{'、'.join(spec.units())}初核；身份或缺失不能确认的，留待人工核对。"


class _Speaker:
    """Says steps by their places and columns by their titles: nobody reads ids aloud."""

    def __init__(
        self, spec: ModelSpec, contracts: Mapping[str, SourceContract], keywords: Mapping[str, KeywordFile]
    ) -> None:
        self.spec, self.contracts, self.keywords = spec, contracts, keywords
        self.places = {step.id: place for place, step in enumerate(spec.steps, start=1)}

    def source(self, name: str) -> str:
        """An alias in quotes, or a step by its place."""
        return f"第（{self.places[name]}）步的结果" if name in self.places else f"“{name}”"

    def column(self, name: str) -> str:
        """A column by its Chinese title where a source has it."""
        if name in self.spec.columns:
            return self.spec.columns[name]
        alias, _, bare = name.rpartition(".")
        for holder, contract in self.contracts.items():
            field = contract.field(bare) if alias in ("", holder) else None
            if field is not None:
                return f"{alias}的{field.title}" if alias else field.title
        subject, _, part = bare.rpartition("__")
        return {"name": "名称", "key": "地点", "id": "号码"}.get(part, subject) if subject else name

    def key(self, key: str | KeyPair | KeyOn) -> str:
        """What is compared."""
        if isinstance(key, KeyOn):
            return "、".join(self.column(left) for left, _ in key.on)
        name = key if isinstance(key, str) else key.left
        return KEY_WORDS.get(name.rpartition(".")[2], "主体")

    def step(self, step: object) -> str:
        """One step."""
        if isinstance(step, FilterStep):
            return f"从{self.source(step.from_)}中留下：{step.says}"
        if isinstance(step, ComputeStep):
            return f"对{self.source(step.from_)}：{step.says}"
        if isinstance(step, ScreenStep):
            columns, shelf = (
                "、".join(self.column(name) for name in step.fields()),
                self.keywords.get(step.keywords),
            )
            rule = screening_rule(shelf) if shelf else ""
            return f"在{self.source(step.from_)}的{columns}中按关键词筛查：{step.says}{rule}"
        if isinstance(step, MatchStep):
            return f"将{self.source(step.left)}与{self.source(step.right)}按{self.key(step.key)}碰撞：{step.says}"
        if isinstance(step, AbsentStep):
            sides = f"拿{self.source(step.left)}到{self.source(step.right)}中按{self.key(step.key)}查找"
            return f"{sides}：{step.says}（来源须声明所问时期数据完整，否则只记为无法判断）"
        if isinstance(step, GroupStep):
            by = "、".join(self.column(name) for name in list(step.keys()))
            return f"把{self.source(step.from_)}按{by}汇总：{step.says}{group_sentence(step)}"
        said = sentence_of(step, self.source, self.column)
        if said is None:
            raise TypeError(type(step).__name__)
        return said

    def emit(self, emit: Emit) -> str:
        """One kind of clue."""
        title = PLACEHOLDER.sub(lambda found: f"〔{self.column(found.group(1))}〕", emit.title)
        which = "中符合条件的" if emit.where else "的每一项"
        return f"{self.source(emit.from_)}{which}列为{emit.strength}线索“{title}”"
