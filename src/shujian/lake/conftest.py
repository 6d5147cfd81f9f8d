"""A lake of its own for every test, with two invented sources."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from shujian.matching.normalise.id_card import check_character

STAFF = """\
id: t_staff
title: 示例名册
provider: 示例市编办
agreement: {purpose: 测试, number: null, expires: null}
cadence: P1M
fresh: P60D
sensitivity: 高
key: [id_card]
date_field: joined_on
region_field: town
subjects:
  person: {kind: person, name: name, id_card: id_card, birth: birth_on, sex: sex, area: null}
fields:
  - {id: name, title: 姓名, aliases: [人员姓名], type: person_name, required: true, sensitivity: 高}
  - {id: id_card, title: 身份证号, aliases: [公民身份号码], type: id_card, sensitivity: 高}
  - {id: birth_on, title: 出生日期, type: date}
  - {id: sex, title: 性别, type: category, values: [男, 女]}
  - {id: town, title: 乡镇, type: category}
  - {id: joined_on, title: 入编日期, aliases: [入职日期], type: date, required: true}
  - {id: salary, title: 工资（元）, aliases: [工资, 月工资], type: money}
  - {id: remark, title: 备注, type: text, screen: true}
"""

FIRMS = """\
id: t_firms
title: 示例企业
provider: 示例市市监局
agreement: {purpose: 测试, number: null, expires: null}
cadence: P1M
fresh: P60D
sensitivity: 低
key: [doc_no]
subjects:
  org: {kind: org, name: company, uscc: uscc}
  place: {kind: place, address: address}
fields:
  - {id: doc_no, title: 文号, type: document_no, required: true}
  - {id: company, title: 企业名称, type: org_name}
  - {id: uscc, title: 统一社会信用代码, type: uscc}
  - {id: address, title: 地址, type: address}
  - {id: at, title: 时间, type: timestamp}
  - {id: amount, title: 数量, type: decimal}
  - {id: count, title: 次数, type: integer}
  - {id: lon, title: 经度, type: lonlat}
  - {id: phone, title: 电话, type: phone}
  - {id: plate, title: 车牌, type: plate}
"""


@pytest.fixture
def lake_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home whose day is 2026-06-30, with the sources ``t_staff`` and ``t_firms``."""
    home = tmp_path / "home"
    folder = home / "catalogue" / "sources"
    folder.mkdir(parents=True)
    (folder / "t_staff.yaml").write_text(STAFF, "utf-8")
    (folder / "t_firms.yaml").write_text(FIRMS, "utf-8")
    monkeypatch.setenv("SHUJIAN_HOME", str(home))
    monkeypatch.setenv("SHUJIAN_TODAY", "2026-06-30")
    return home


@pytest.fixture
def put(tmp_path: Path) -> Callable[..., Path]:
    """Write a file of text (or bytes) and give its path."""

    def write(name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
        return path

    return write


def number(place: int, birth: str = "19900101") -> str:
    """An identity number of the never-assigned area 999999."""
    first17 = f"999999{birth}{place:03d}"
    return first17 + check_character(first17)


def traces(folder: Path, text: str) -> list[Path]:
    """Files that hold a text: raw bytes of any file, and the values of Parquet files, which are compressed."""
    found = []
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        held = text.encode() in path.read_bytes()
        if not held and path.suffix == ".parquet":
            held = text in str(pq.read_table(path).to_pylist())
        if held:
            found.append(path)
    return found
