"""From outside: files in, models run, one person erased; then every byte of the home is looked through.

The oracle here knows nothing of the product: it opens tables with pyarrow, archives with zipfile, reads the rest raw.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from house import House, new_house

DAY = "2026-06-30"
HEADER = "登记证号,养犬人,身份证号,发证日期,登记费\n"
ID = "999999198102020032"
OLD = ID[:6] + ID[8:17]


def _plain(data: bytes) -> str:
    """Whatever the bytes say, in one width and with digits side by side."""
    texts = [data.decode(encoding, "replace") for encoding in ("utf-8", "gb18030", "utf-16-le", "utf-16-be")]
    texts.append(data[1:].decode("utf-16-le", "replace"))
    return "\n".join(re.sub(r"[\s\-.]", "", unicodedata.normalize("NFKC", text)) for text in texts).upper()


def _holds(data: bytes) -> bool:
    plain = _plain(data)
    return ID in plain or OLD in plain


def _residue(home: Path) -> list[str]:
    found = []
    for path in sorted(path for path in home.rglob("*") if path.is_file()):
        if path.is_relative_to(home / "catalogue"):  # the proofs of the sample use the same invented number
            continue
        data = path.read_bytes()
        pieces = [data, path.name.encode()]
        if data[:4] == b"PAR1":
            pieces.append(repr(pq.read_table(path).to_pylist()).encode())
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                pieces += [archive.read(name) for name in archive.namelist()]
        if any(_holds(piece) for piece in pieces):
            found.append(str(path.relative_to(home)))
    return found


def _rows(home: Path, dataset: str) -> dict[str, dict[str, object]]:
    files = sorted((home / "lake" / "tables" / dataset).glob("*.parquet"))
    return {row["_row"]: row for path in files for row in pq.read_table(path).to_pylist()}


@pytest.fixture(scope="module")
def erased(tmp_path_factory: pytest.TempPathFactory) -> tuple[House, dict[str, object], dict[str, object]]:
    """A house in which one person was erased: the house, the rows of the others before, the record."""
    folder = tmp_path_factory.mktemp("erasure")
    house = new_house(folder / "home")
    wide = ID.translate({ord(sign): ord(sign) + 0xFEE0 for sign in ID})
    files = {
        "证件.csv": [f"证1,示例乙,{ID},2025-01-01,300", "证2,示例丙,999999198203030053,2025-01-02,300"],
        "更正.csv": [f"证1,示例乙,{wide},2025-01-01,350", f"证3,示例丁,{OLD},2025-01-03,300"],
        "坏行.csv": [
            *(f"证{n},示例戊,,2025-02-{n - 9:02d},300" for n in range(10, 30)),
            f"证99,示例乙,{ID},坏日期,300",
        ],
    }
    for name, rows in files.items():
        path = folder / name
        path.write_text(HEADER + "".join(f"{row}\n" for row in rows), "utf-8")
        house.ask("lake", "ingest", "dog_permit", path, "--as-of", DAY, "--max-rejects", "60%")
    complaint = folder / "投诉.csv"
    sample = Path(__file__).resolve().parents[1] / "sample" / "files" / "dog_complaint.csv"
    complaint.write_bytes(sample.read_bytes())
    house.ask("lake", "ingest", "dog_complaint", complaint, "--as-of", DAY)
    house.run("model", "run", "--all", "--json")
    assert _residue(house.root) != []
    before = {
        name: row for name, row in _rows(house.root, "dog_permit").items() if "示例" in str(row["name"])
    }
    others = {name: row for name, row in before.items() if row["name"] not in ("示例乙", "示例丁")}
    words = ("--reason", "本人申请删除", "--approver", "示例检察长", "--yes")
    record = house.ask("lake", "erase", "--person", "-", *words, given=f"{ID}\n")
    return house, dict(others), record


def test_no_byte_of_the_number_is_left(erased: tuple[House, dict[str, object], dict[str, object]]) -> None:
    house, _, record = erased
    assert _residue(house.root) == []
    assert record["schema"] == "shujian.lake.erase/1" and record["number"] == "XH-2026-0001"
    (told,) = [one for one in record["datasets"] if one["dataset"] == "dog_permit"]  # type: ignore[attr-defined]
    assert (told["rows"], told["current"]) == (3, 2)


def test_nobody_elses_row_changed(erased: tuple[House, dict[str, object], dict[str, object]]) -> None:
    house, others, _ = erased
    assert _rows(house.root, "dog_permit") == others and len(others) == 21
    (info,) = [one for one in house.ask("lake", "datasets")["items"] if one["id"] == "dog_permit"]
    assert info["rows"] == 21


def test_the_chain_the_records_and_the_doctor_agree(
    erased: tuple[House, dict[str, object], dict[str, object]],
) -> None:
    house, _, record = erased
    assert house.ask("audit", "verify")["ok"] is True
    listed = house.ask("lake", "erasures")
    assert listed["ok"] is True and [one["sm3"] for one in listed["items"]] == [record["sm3"]]
    findings = {one["check"]: one["ok"] for one in house.run("doctor", "--json", code=None).json["items"]}
    assert findings["erasure"] and findings["erasure_records"]


def test_the_same_file_brings_nobody_back(
    erased: tuple[House, dict[str, object], dict[str, object]], tmp_path: Path
) -> None:
    house, others, _ = erased
    copied = house.copy(tmp_path / "copy")
    path = tmp_path / "证件.csv"
    path.write_text(
        HEADER + f"证1,示例乙,{ID},2025-01-01,300\n证2,示例丙,999999198203030053,2025-01-02,300\n", "utf-8"
    )
    answer = copied.ask("lake", "ingest", "dog_permit", path, "--as-of", DAY)
    (file,) = answer["files"]
    assert (file["read"], file["unchanged"], file["rejected"]) == (2, 1, 1)
    (reject,) = copied.ask("lake", "rejects", answer["batch"])["items"]
    assert (reject["code"], reject["raw"], reject["line"]) == ("erased_person", "", 2)
    path.unlink()
    assert _residue(copied.root) == []
    assert _rows(copied.root, "dog_permit").keys() == others.keys()
