"""An invented register of persons as a text file, by a fixed seed, written piece by piece: what ingest is timed on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from shujian.bench.people import People, population

SOURCE_ID = "bench_register"
SOURCE = """\
id: bench_register
title: 测速名册
provider: 示例市编办
agreement: {purpose: 测速, number: null, expires: null}
cadence: P1M
fresh: P60D
sensitivity: 高
key: [doc_no]
date_field: decided_on
subjects:
  person: {kind: person, name: name, id_card: id_card, birth: birth_on, sex: sex, area: null}
  org: {kind: org, name: employer, uscc: null}
fields:
  - {id: doc_no, title: 文号, type: document_no, required: true}
  - {id: name, title: 姓名, type: person_name, required: true}
  - {id: id_card, title: 身份证号, type: id_card}
  - {id: birth_on, title: 出生日期, type: date}
  - {id: sex, title: 性别, type: category}
  - {id: employer, title: 单位, type: org_name}
  - {id: decided_on, title: 决定日期, type: date}
  - {id: amount, title: 金额, type: money}
  - {id: content, title: 内容, type: text}
"""
TITLES = ("文号", "姓名", "身份证号", "出生日期", "性别", "单位", "决定日期", "金额", "内容")
TYPES = ("VARCHAR", "VARCHAR", "VARCHAR", "DATE", "VARCHAR", "VARCHAR", "DATE", "DECIMAL(18,2)", "VARCHAR")
PIECE = 250_000
_EMPLOYERS = 3_000
_WORDS = (
    "反映",
    "示例路",
    "夜间",
    "施工",
    "噪声",
    "扬尘",
    "未见",
    "处理",
    "多次",
    "投诉",
    "商户",
    "占道",
    "经营",
    "影响",
    "通行",
    "居民",
)


def pieces(rows: int) -> Iterator[pa.Table]:
    """The register in tables of at most ``PIECE`` rows; persons come again from piece to piece."""
    everyone = population(min(rows, PIECE))
    for start in range(0, rows, PIECE):
        yield _piece(everyone, start, min(PIECE, rows - start))


def _piece(everyone: People, start: int, size: int) -> pa.Table:
    chance = np.random.default_rng(start + 1)
    who = chance.permutation(len(everyone.ids))[:size]
    days = np.datetime64("2023-01-01") + chance.integers(0, 1000, size)
    money = chance.integers(100, 9_999_999, size)
    words = np.array(_WORDS)
    text = words[chance.integers(0, len(words), size)]
    for _ in range(9):
        text = np.char.add(text, words[chance.integers(0, len(words), size)])
    return pa.table({
        "文号": [f"示例罚〔2023〕{start + place}号" for place in range(size)],
        "姓名": everyone.names[who], "身份证号": everyone.ids[who], "出生日期": np.datetime_as_string(everyone.births[who]),
        "性别": everyone.sexes[who],
        "单位": [f"示例市第{number}建筑有限公司" for number in chance.integers(0, _EMPLOYERS, size)],
        "决定日期": np.datetime_as_string(days),
        "金额": [f"{cents // 100}.{cents % 100:02d}" for cents in money], "内容": text,
    })  # fmt: skip


def write_csv(path: Path, rows: int) -> None:
    """The register as UTF-8 text with a header."""
    options = pa_csv.WriteOptions(quoting_style="needed")
    with path.open("wb") as into:
        into.write((",".join(TITLES) + "\n").encode())
        for piece in pieces(rows):
            pa_csv.write_csv(
                piece, into, pa_csv.WriteOptions(include_header=False, quoting_style=options.quoting_style)
            )
