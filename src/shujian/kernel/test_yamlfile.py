from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import BaseModel, Field, ValidationError

from shujian.kernel.errors import BadInput
from shujian.kernel.yamlfile import parse_yaml, read_yaml

HERE = Path("t.yaml")


def test_core_schema_of_yaml_1_2() -> None:
    text = "a: 1.50\nb: yes\nc: on\nd: 2020-07-01\ne: ~\nf: true\ng: '1'\nh: 012\ni: 2020-13-01\nj: 1e3\nk:\nl: 12:30\n"
    assert parse_yaml(text, HERE).value == {
        "a": Decimal("1.50"), "b": "yes", "c": "on", "d": date(2020, 7, 1), "e": None, "f": True, "g": "1", "h": 12,
        "i": "2020-13-01", "j": Decimal(1000), "k": None, "l": "12:30",
    }  # fmt: skip


def test_every_place_is_known() -> None:
    file = parse_yaml("a: 1\ns:\n  - {id: q, where: x}\n  - id: z\n", HERE)
    assert file.place(("s", 0, "where")) == (3, 13)
    assert file.place(("s", 1, "id")) == (4, 5)
    assert file.place(("s", 1, "nothing")) == (4, 5)
    assert file.place(("nothing",)) == (1, 1)


def test_all_duplicate_keys_are_told_at_once() -> None:
    with pytest.raises(BadInput) as caught:
        parse_yaml("a: 1\na: 2\nb: {c: 1, c: 2}\n", HERE)
    assert [(fault.code, fault.line, fault.found) for fault in caught.value.faults] == [
        ("duplicate_key", 2, "a"), ("duplicate_key", 3, "c"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["a: [1\nb: 2\n", "a: b: c\n", "\ta: 1\n", "a: &x [*x\n"])
def test_bad_syntax_names_the_line(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_yaml(text, HERE)
    assert caught.value.faults[0].code == "bad_yaml"
    assert caught.value.faults[0].line is not None


def test_unreadable_files(tmp_path: Path) -> None:
    (tmp_path / "g.yaml").write_bytes("a: 1\nb: 中".encode("gb18030"))
    with pytest.raises(BadInput) as caught:
        read_yaml(tmp_path / "g.yaml")
    assert (caught.value.faults[0].code, caught.value.faults[0].line) == ("not_utf8", 2)
    with pytest.raises(BadInput) as caught:
        read_yaml(tmp_path / "none.yaml")
    assert caught.value.faults[0].code == "no_file"


def test_a_file_that_blows_up_is_refused() -> None:
    laughs = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 8)
    )
    with pytest.raises(BadInput) as caught:
        parse_yaml(laughs, HERE)
    assert caught.value.faults[0].code == "too_large"


@pytest.mark.parametrize("text", ["9" * 5000, "1e99999999999999999999", "!!int x", "!!float y"])
def test_a_number_that_cannot_be_one_is_text(text: str) -> None:
    assert parse_yaml(f"a: {text}\n", HERE).value == {"a": text.rpartition(" ")[2]}


def test_what_is_too_short_or_too_long_is_said_in_chinese() -> None:
    class Form(BaseModel):
        why: str = Field(min_length=6)
        names: list[str] = Field(max_length=1)

    file = parse_yaml("why: 短\nnames: [a, b]\n", HERE)
    with pytest.raises(ValidationError) as caught:
        Form.model_validate(file.value)
    told = [(fault.line, fault.message, fault.expected) for fault in file.faults_of(caught.value)]
    assert told == [(1, "太短", "至少 6 个字"), (2, "太长", "至多 1 项")]
