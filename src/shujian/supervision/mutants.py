"""Every small change of a model that some proof of it must notice, with the place in the model where it was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from shujian.kernel.yamlfile import Where
from shujian.supervision.flips import changed_expressions
from shujian.supervision.forms import AbsentStep, ComputeStep, FilterStep, MatchStep, ScreenStep
from shujian.supervision.further_forms import NearStep
from shujian.supervision.further_mutants import changed, further_mutations
from shujian.supervision.keyword_forms import KeywordFile
from shujian.supervision.library import Model
from shujian.supervision.parameters import ParameterBook
from shujian.supervision.screen_mutants import reachable, screen_mutations
from shujian.supervision.spec import ModelSpec


@dataclass(frozen=True)
class Mutant:
    """A model that differs in one thing: what, where it stands in the file, and the changed model or numbers."""

    name: str
    where: Where
    steps: tuple[str, ...]
    """The steps that it changes; a clue is named by ``emit:`` and the step that it comes from."""
    model: Model
    nudged: Mapping[str, int] = field(default_factory=dict)
    """Parameter → −1 or 1: a little less, a little more than on the day of the proof."""
    scores: tuple[int, ...] = ()
    """The scores that a text can have, where the parameter is the least score of a screening and nothing else."""


def mutants_of(model: Model, book: ParameterBook) -> Iterator[Mutant]:
    """All mutants of a model, step by step, then clues, parameters and keywords."""
    for name, spec, where, step in _spec_mutants(model.spec):
        yield Mutant(name, where, (step,), _with(model, spec))
    for position, name in enumerate(model.spec.parameters):
        sample = _sample(book, name)
        if sample is not None:
            for sign, told in ((1, "多一点"), (-1, "少一点")):
                yield Mutant(
                    f"参数 {name} {told}",
                    ("parameters", position),
                    _readers(model.spec, name),
                    model,
                    {name: sign},
                    _scores(model, name),
                )
    for name, words in screen_mutations(model.spec, model.keywords):
        file = name.partition("：")[0]
        readers = [
            place for place, step in enumerate(model.spec.steps) if getattr(step, "keywords", None) == file
        ]
        steps = tuple(model.spec.steps[place].id for place in readers)
        yield Mutant(name, ("steps", readers[0], "keywords"), steps, _with(model, model.spec, words))


def _with(model: Model, spec: ModelSpec, words: Mapping[str, KeywordFile] | None = None) -> Model:
    return Model(
        spec=spec, keywords=model.keywords if words is None else words, file=model.file, fingerprint="mutant"
    )


def _readers(spec: ModelSpec, name: str) -> tuple[str, ...]:
    """The steps that read a parameter, and those from which clues that read it come; every step where none names it."""
    written = f"param.{name}"
    steps = [step.id for step in spec.steps if written in step.model_dump_json(by_alias=True)]
    emits = [f"emit:{emit.from_}" for emit in spec.emit if written in (emit.where or "")]
    return (*steps, *emits) or tuple(step.id for step in spec.steps)


def _sample(book: ParameterBook, name: str) -> Any:
    parameter = book.items.get(name)
    value = parameter.values[-1].value if parameter else None
    return value if isinstance(value, int | Decimal | date) and not isinstance(value, bool) else None


def _scores(model: Model, name: str) -> tuple[int, ...]:
    written, spec = f"param.{name}", model.spec.model_dump_json(by_alias=True)
    screens = [
        step for step in model.spec.steps if isinstance(step, ScreenStep) and step.min_score == written
    ]
    if spec.count(written) != len(screens):
        return ()
    return tuple(sorted({each for step in screens for each in reachable(model.keywords[step.keywords])}))


def nudged(value: Any, sign: int, scores: tuple[int, ...] = ()) -> Any:
    """A little more or less: one day, one, or one in the last place of a fraction.

    Of ``scores`` no other can come out, so that 29 keeps just what 30 does: less is the next score below, more is one
    more than the next score that is kept.
    """
    if scores:
        other = [each for each in scores if (each >= value if sign > 0 else each < value)]
        return (min(other) + 1 if sign > 0 else max(other)) if other else value + sign
    if isinstance(value, date):
        return value + timedelta(days=sign)
    if isinstance(value, Decimal) and value != value.to_integral():
        return value + sign * Decimal(1).scaleb(int(value.as_tuple().exponent))
    return value + sign


Made = Iterator[tuple[str, ModelSpec, Where, str]]
Told = Iterator[tuple[str, Where, dict[str, Any]]]
"""What changes, where below the step, and the parts of the step that are other."""


def _spec_mutants(spec: ModelSpec) -> Made:
    for position, step in enumerate(spec.steps):
        at: Where = ("steps", position)
        for name, below, parts in _step_changes(step):
            yield (
                f"{step.id}{name}",
                changed(spec, position, step.model_copy(update=parts)),
                (*at, *below),
                step.id,
            )
        for told, mutant in further_mutations(spec, position):
            yield told, mutant, at, step.id
    for position, emit in enumerate(spec.emit):
        for told, text in (*changed_expressions(emit.where), ("去掉条件", "true")) if emit.where else ():
            emits = [*spec.emit]
            emits[position] = emit.model_copy(update={"where": text})
            name = f"产出 {emit.name}：{told}"
            yield name, spec.model_copy(update={"emit": emits}), ("emit", position, "where"), emit.from_


def _step_changes(step: Any) -> Told:
    for attribute in ("where", "when"):
        source = getattr(step, attribute, None)
        if isinstance(source, str):
            for told, text in changed_expressions(source):
                yield f".{attribute}：{told}", (attribute,), {attribute: text}
    if isinstance(step, FilterStep):
        yield "：去掉这一步", (), {"where": "true"}
    if isinstance(step, ComputeStep):
        for column, source in step.add.items():
            for told, text in changed_expressions(source):
                yield f".{column}：{told}", ("add", column), {"add": {**step.add, column: text}}
    if isinstance(step, MatchStep) and step.require == "left":
        yield "：只留配上的", (), {"require": "inner"}
    if isinstance(step, AbsentStep | NearStep) and step.covering is not None:
        for told, part, text in _later_or_earlier(step.covering):
            yield (
                f".covering：{told}",
                ("covering",),
                {"covering": step.covering.model_copy(update={part: text})},
            )


def _later_or_earlier(covering: Any) -> Iterator[tuple[str, str, str]]:
    yield "起日早一天", "from_", f"({covering.from_}) - days(1)"
    yield "起日晚一天", "from_", f"({covering.from_}) + days(1)"
    yield "止日早一天", "to", f"({covering.to}) - days(1)"
    if (
        covering.to.strip() != "as_of"
    ):  # nobody can know of a day after the run: the extract bounds what is asked
        yield "止日晚一天", "to", f"({covering.to}) + days(1)"
