"""A lake of invented complaints for the search measure, and the questions that are put to it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from shujian.bench.complaints import SEED, make
from shujian.kernel.clock import now
from shujian.lake.read import DatasetPin, Snapshot

DATASET = "bench_texts"
TOWNS = tuple(f"示例{number}镇" for number in range(20))
FILES = 4
_SOURCE = """
id: bench_texts
title: 测速留言
provider: 示例单位
basis: [{law: 测速}]
agreement: {purpose: 测速}
cadence: P1M
fresh: P60D
sensitivity: 中
key: [no]
date_field: at
region_field: town
unmatchable_limit: "1"
subjects:
  caller: {kind: person, name: caller}
fields:
  - {id: no, title: 编号, type: document_no}
  - {id: at, title: 时间, type: timestamp}
  - {id: town, title: 乡镇, type: category}
  - {id: caller, title: 来电人, type: person_name, sensitivity: 高}
  - {id: phone, title: 电话, type: phone, sensitivity: 高}
  - {id: content, title: 内容, type: text, sensitivity: 中}
"""
QUESTIONS: dict[str, tuple[str, ...]] = {
    "两个字，少见": ("赌博", "欠薪", "家暴", "骗保", "毁林"),
    "两个字，常见": ("噪声", "垃圾", "小区", "物业"),
    "三个字": ("电动车", "充电桩", "渣土车", "加油站"),
    "四个字以上": ("噪声扰民", "飞线充电", "井盖缺失", "私拉电线", "下雨天情况更加严重"),
    "两个词": ("噪声 深夜施工", "电梯 物业公司", "食堂 有异味", "工地 拖欠"),
    "整句": ('"来电人对办理结果不满意"', '"具体时间不清楚"'),
    "排除与任一": ("垃圾站 -下雨天", "幼儿园 OR 养老院"),
    "没有": ("无人机", "不存在的词", "噪声扰民欠薪"),
    "一个字": ("井",),
    "套话（一半的行都有）": ("希望有关部门",),
}
"""What prosecutors type, by kind; the last kind is what nobody should type and somebody does."""


@dataclass(frozen=True)
class Texts:
    """The lake: a pinned snapshot over Parquet files."""

    snapshot: Snapshot
    files: tuple[Path, ...]
    rows: int


def texts(folder: Path, rows: int) -> Texts:
    """Write the source and the data files under a home."""
    source = folder / "catalogue" / "sources" / f"{DATASET}.yaml"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(_SOURCE, "utf-8")
    target = folder / "lake" / "tables" / DATASET
    target.mkdir(parents=True)
    column, chance = make(rows, 96).column.cast(pa.string()), np.random.default_rng(SEED)
    seconds = chance.integers(0, 730 * 86_400, rows)
    moments = pa.array((np.datetime64(datetime(2024, 7, 1), "s") + seconds).astype("datetime64[us]"))  # noqa: DTZ001
    ids = [hashlib.sha256(str(place).encode()).hexdigest()[:32] for place in range(rows)]
    numbers = chance.integers(0, 10**8, rows)
    table = pa.table(
        {
            "_row": ids, "_file": pa.array(["留言.csv"] * rows), "_sheet": pa.nulls(rows, pa.string()),
            "_line": pa.array(np.arange(2, rows + 2)), "_supersedes": pa.nulls(rows, pa.string()),
            "no": [f"示{place:08d}" for place in range(rows)], "at": moments,
            "town": pa.array(np.array(TOWNS)[chance.integers(0, len(TOWNS), rows)]),
            "caller": [f"示{chr(0x4E00 + one % 600)}{chr(0x4E00 + one // 600 % 600)}" for one in numbers.tolist()],
            "caller__name": pa.nulls(rows, pa.string()), "phone": [f"100{one:08d}" for one in numbers.tolist()],
            "content": column,
        }
    )  # fmt: skip
    table = table.set_column(table.schema.get_field_index("caller__name"), "caller__name", table["caller"])
    files = []
    share = -(-rows // FILES)
    for number in range(FILES):
        path = target / f"batch-{number}.parquet"
        pq.write_table(table.slice(number * share, share), path, row_group_size=65_536)
        files.append(path)
    pin = DatasetPin(
        dataset=DATASET, version=1, files=tuple(map(str, files)), superseding=False, rows=rows, extract_on=None,
        coverage=(),
    )  # fmt: skip
    return Texts(Snapshot(id="bench", pinned_at=now(), datasets={DATASET: pin}), tuple(files), rows)
