"""The way to Spark for those who may not have it: the extra is loaded only when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import pyarrow as pa

from shujian.kernel.errors import Fault, Unavailable
from shujian.lake.engines.session import Session
from shujian.lake.snapshots import Snapshot


def spark_session(
    *, snapshot: Snapshot | None = None, tables: Mapping[str, pa.Table] | None = None
) -> Session:
    """A session of the Spark cluster. Raises Unavailable where the extra is not installed or no cluster answers."""
    made: Session = spark_module("session").Session(snapshot=snapshot, tables=tables)
    return made


def spark_module(name: str) -> Any:
    """A module of this folder that needs the extra. Raises Unavailable where it is not installed."""
    try:
        return import_module(f"shujian.lake.engines.spark.{name}")
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in ("pyspark", "py4j", "pandas"):
            raise
        raise Unavailable(
            Fault(code="no_spark", message="没有安装 Spark 组件", found=error.name,
                  expected="在数检的文件夹里运行 make spark")
        ) from error  # fmt: skip
