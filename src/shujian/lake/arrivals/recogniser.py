"""The engine that reads pictures, behind one small protocol. It is an optional extra: base works without it."""

from __future__ import annotations

import importlib
import importlib.metadata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from shujian.kernel.errors import Fault, ShujianError, Unavailable

_PACKAGE = "rapidocr"


@dataclass(frozen=True)
class Line:
    """A recognised piece of text: how sure the engine is, 0 to 1, and its box in pixels (left, top, right, bottom)."""

    text: str
    sure: float
    box: tuple[int, int, int, int]


class UnreadablePicture(ShujianError):
    """The engine cannot open a picture."""


class Recogniser(Protocol):
    """Reads one picture: encoded bytes, or a pixel array in BGR."""

    name: str

    def read(self, picture: Any) -> Sequence[Line]:
        """Every piece of text, however unsure. Raises UnreadablePicture."""


class _Rapid:
    """RapidOCR on the processor, with the models that its own package brings; nothing is fetched."""

    def __init__(self, package: Any) -> None:
        self.name = f"{_PACKAGE} {importlib.metadata.version(_PACKAGE)}"
        self._engine = package.RapidOCR(params={"Global.log_level": "critical"})

    def read(self, picture: Any) -> Sequence[Line]:
        try:
            found = self._engine(picture, text_score=0.0)
        except Exception as error:  # whatever a decoder of pictures may raise
            fault = Fault(
                code="unreadable_picture",
                message="图片打不开",
                found=type(error).__name__,
                expected="PNG、JPEG、TIFF 图片",
            )
            raise UnreadablePicture(fault) from None
        if found.txts is None:
            return ()
        lines = []
        for text, sure, box in zip(found.txts, found.scores, found.boxes, strict=True):
            across, down = [float(point[0]) for point in box], [float(point[1]) for point in box]
            edges = (round(min(across)), round(min(down)), round(max(across)), round(max(down)))
            lines.append(Line(str(text), float(sure), edges))
        return lines


def recogniser() -> Recogniser:
    """The installed engine. Raises Unavailable where it is not installed, or does not start."""
    try:
        return _Rapid(importlib.import_module(_PACKAGE))
    except (ImportError, OSError) as error:
        raise Unavailable(
            Fault(code="ocr_missing", message="没有安装文字识别组件，不能识别扫描件", found=str(error)[:100],
                  expected="运行 make ocr（或 deploy/setup.sh ocr）安装后再试")
        ) from None  # fmt: skip
