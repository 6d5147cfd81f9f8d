"""One tree of errors, so that every error has an exit code and a Chinese sentence."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

import shujian
from shujian.kernel.errors import ShujianError

EXTRAS = {"pyspark"}
"""What an extra brings: its modules are looked at where it is installed."""


def test_every_exception_class_derives_from_the_one_base() -> None:
    strays = []
    for info in pkgutil.walk_packages(shujian.__path__, "shujian."):
        if ".test" in info.name or "conftest" in info.name or ".migrations" in info.name:
            continue
        try:
            module = importlib.import_module(info.name)
        except ModuleNotFoundError as error:
            assert error.name in EXTRAS, error
            continue
        for name, found in inspect.getmembers(module, inspect.isclass):
            ours = found.__module__ == info.name and issubclass(found, BaseException)
            if ours and not issubclass(found, ShujianError):
                strays.append(f"{info.name}.{name}")
    assert strays == []
