"""Try a keyword file on texts that stand in no source: the compiled ``screen`` step itself, in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shujian.kernel.clock import today
from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.progress import Silent
from shujian.kernel.yamlfile import YamlFile
from shujian.lake.read import SourceContract, memory_session
from shujian.lake.service import typed_table
from shujian.supervision.execute import execute
from shujian.supervision.forms import ScreenStep
from shujian.supervision.keyword_forms import KeywordFile
from shujian.supervision.keywords import keyword_shelf
from shujian.supervision.library import Model, find_model, load_models
from shujian.supervision.parameters import parameter_book
from shujian.supervision.run import make_plan, rights_of
from shujian.supervision.screen_words import screened_rows
from shujian.supervision.spec import ModelSpec

_CONTRACT = {
    "id": "tried_texts", "title": "试看的文字", "provider": "本机", "basis": [{"law": "试看"}],
    "agreement": {"purpose": "试看", "number": None, "expires": None}, "cadence": "P1M", "fresh": "P60D",
    "sensitivity": "低", "key": ["no"],
    "fields": [
        {"id": "no", "title": "序号", "type": "document_no", "required": True},
        {"id": "title", "title": "标题", "type": "text"},
        {"id": "content", "title": "内容", "type": "text"},
    ],
}  # fmt: skip
_SPEC = {
    "id": "tried_words", "title": "疑似", "taxonomy": {"programme": "试看", "area": "试看", "point": "试看"}, "unit": "试看",
    "basis": [{"law": "试看", "article": "1", "from": "2020-01-01"}], "needs": {"文": {"source": "tried_texts"}},
    "false_positives": [{"what": "试看", "guard": "不推送"}], "verify": ["试看"],
    "emit": [{"from": "kept", "subject": {"case": "文.no"}, "strength": "弱", "title": "疑似", "evidence": {"文": ["no"]}}],
}  # fmt: skip

_TEXTS = {"title", "content"}


@dataclass(frozen=True)
class Kept:
    """What was found in one text: keywords and titles of patterns, the score, how it came about."""

    words: tuple[str, ...]
    score: int
    told: str


def try_words(keywords: str | KeywordFile, texts: Sequence[tuple[str, str]]) -> list[Kept | None]:
    """Screen (title, content) pairs with one keyword file; None for a text that is not kept.

    Raises BadInput for a file that is not in the catalogue or has faults.
    """
    shelf = keywords if isinstance(keywords, KeywordFile) else _found(keywords)
    return _screened(shelf, {"field": ["title", "content"], "keywords": shelf.id}, [], texts)


def screening_of(keywords: str) -> tuple[str, str] | None:
    """(model, step) of the catalogue that screens titles and contents with this keyword file; None where none does."""
    for name, model in load_models().items():
        for step in model.spec.steps:
            if isinstance(step, ScreenStep) and step.keywords == keywords and {*step.fields()} <= _TEXTS:
                return name, step.id
    return None


def try_step(model: str, step: str, texts: Sequence[tuple[str, str]]) -> list[Kept | None]:
    """Screen (title, content) pairs with a step of a model as it stands: its fields, words and least score."""
    loaded = find_model(model)
    found = loaded.spec.step(step)
    if not isinstance(found, ScreenStep):
        raise BadInput(Fault(code="no_screening", message="这一步不是关键词筛查", found=f"{model}.{step}"))
    asked = {"field": found.field, "keywords": found.keywords, "min_score": found.min_score}
    least = found.min_score
    named = [least.removeprefix("param.")] if isinstance(least, str) else []
    return _screened(loaded.keywords[found.keywords], asked, named, texts)


def _screened(
    shelf: KeywordFile, asked: Mapping[str, Any], parameters: list[str], texts: Sequence[tuple[str, str]]
) -> list[Kept | None]:
    step = {"id": "kept", "says": "试看", "use": "screen", "from": "文", **asked}
    spec = ModelSpec.model_validate({**_SPEC, "parameters": parameters, "steps": [step]})
    file = YamlFile(path=Path("model.yaml"), value={}, places={})
    model = Model(spec=spec, keywords={shelf.id: shelf}, file=file, fingerprint="")
    contract = SourceContract.model_validate(_CONTRACT)
    rows = [
        {"no": str(place), "title": title or None, "content": content or None}
        for place, (title, content) in enumerate(texts)
    ]
    session = memory_session({contract.id: typed_table(contract, rows)})
    try:
        day, contracts = today(), {"文": contract}
        rights = rights_of(model, contracts, {}, day, session)
        execute(make_plan(model, contracts, parameter_book(), day, rights), session, Silent())
        found = session.sql(
            'SELECT "文.no" AS no, "文._row" AS row, kept_words AS w, kept_score AS s FROM st_kept'
        ).to_pylist()
        titles = [each.title for each in shelf.patterns]
        told = screened_rows(session, "kept", [row["row"] for row in found], titles)
    finally:
        session.close()
    kept: list[Kept | None] = [None] * len(texts)
    for row in found:
        kept[int(row["no"])] = Kept(tuple(row["w"].split("、")), int(row["s"]), told.get(row["row"], ""))
    return kept


def _found(name: str) -> KeywordFile:
    shelf = keyword_shelf()
    if name not in shelf.items:
        faults = [fault for fault in shelf.faults if fault.file and Path(fault.file).stem == name]
        known = "、".join(sorted(shelf.items))
        raise BadInput(
            faults
            or [Fault(code="unknown_keywords", message="没有这个关键词文件", found=name, expected=known)]
        )
    return shelf.items[name]
