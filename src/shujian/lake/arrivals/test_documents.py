"""Folders of documents become rows: fields by layout, own path and digest, rejects by name, one commit."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from shujian.kernel.errors import BadInput
from shujian.lake import log, read, service
from shujian.lake.arrivals.conftest import docx_bytes, pdf_bytes

Folder = Callable[..., Path]
JUDGMENT = """示例市人民法院
民 事 判 决 书
（2024）示0281民初{n}号
原告：示例甲，男，住示例市。
委托诉讼代理人：示例律，示例律师事务所律师。
被告：示例贸易有限公司，住所地示例市。
原告示例甲与被告示例贸易有限公司买卖合同纠纷一案，本院于2024年1月2日立案。
依照《中华人民共和国民法典》第五百七十七条、《中华人民共和国民事诉讼法》第六十七条第一款之规定，判决如下：
一、被告支付货款1万元；
二、驳回其他请求。
如不服本判决，可在十五日内上诉。
审 判 长 示例丙
二〇二四年三月五日
书 记 员 示例丁
"""
DISCLOSED = """<html><head><meta charset="gb2312"><title>案件进展</title></head><body><table>
<tr><td>受案编号</td><td>示公（刑）受案〔2026〕{n}号</td></tr><tr><td>案件类别</td><td>刑事</td></tr>
<tr><td>办案单位</td><td>示例派出所</td></tr><tr><td>公开时间</td><td>2026-05-06 10:00:00</td></tr>
<tr><td>公开内容</td><td>已立案侦查</td></tr></table></body></html>"""


def _rows(dataset: str, columns: str, order: str) -> list[dict[str, Any]]:
    with read.open_session(read.pin()) as session:
        found = session.sql(f"select {columns} from {session.attach(dataset)} order by {order}").to_pylist()
    return [dict(row) for row in found]


def test_a_judgment_is_taken_apart(arrivals_home: Path, folder: Folder) -> None:
    body = JUDGMENT.format(n=1)
    root = folder({"2024/甲.txt": body.encode("gb18030")})
    report = service.ingest("judgment", [root]).files[0]
    assert (report.state, report.read, report.landed, report.rejected) == ("landed", 1, 1, 0)
    (row,) = _rows("judgment", "*", "case_no")
    assert {name: row[name] for name in (
        "case_no", "court", "kind", "cause", "instance", "document_kind", "judged_on", "agents", "ruling", "cited_law",
    )} == {
        "case_no": "（2024）示0281民初1号", "court": "示例市人民法院", "kind": "民事案件", "cause": "买卖合同纠纷",
        "instance": "一审", "document_kind": "判决书", "judged_on": date(2024, 3, 5), "agents": "示例律",
        "ruling": "一、被告支付货款1万元；\n二、驳回其他请求。",
        "cited_law": "《中华人民共和国民法典》第五百七十七条；《中华人民共和国民事诉讼法》第六十七条第一款",
    }  # fmt: skip
    assert row["parties__raw"] == "示例甲、示例贸易有限公司" and row["full_text"].startswith(
        "示例市人民法院\n"
    )
    assert (row["_file"], row["_line"], row["_sha256"]) == (
        "2024/甲.txt", 1, hashlib.sha256(body.encode("gb18030")).hexdigest(),
    )  # fmt: skip
    assert row["_extra"] == '{"文书格式":"txt"}'


def test_pages_in_every_format_and_the_folder_again(arrivals_home: Path, folder: Folder) -> None:
    root = folder({
        "a.html": DISCLOSED.format(n=1).encode("gb18030"),
        "b.docx": docx_bytes(["案件进展"], [["受案编号", "示公（刑）受案〔2026〕2号"], ["公开时间", "2026年5月7日"]]),
        "c.txt": "受案编号：示公（刑）受案〔2026〕3号　公开时间：2026-05-08\n办案单位：\n示例派出所\n进展内容：不予立案",
    })  # fmt: skip
    assert service.ingest("police_disclosure", [root]).files[0].landed == 3
    told = _rows(
        "police_disclosure",
        "case_no, unit, content, cast(cast(disclosed_at as date) as varchar) as at, _file",
        "_file",
    )
    assert told == [
        {"case_no": "示公（刑）受案〔2026〕1号", "unit": "示例派出所", "content": "已立案侦查", "at": "2026-05-06", "_file": "a.html"},
        {"case_no": "示公（刑）受案〔2026〕2号", "unit": None, "content": told[1]["content"], "at": "2026-05-07", "_file": "b.docx"},
        {"case_no": "示公（刑）受案〔2026〕3号", "unit": "示例派出所", "content": "不予立案", "at": "2026-05-08", "_file": "c.txt"},
    ]  # fmt: skip
    assert service.ingest("police_disclosure", [root]).files[0].state == "same"
    (root / "d.html").write_bytes(DISCLOSED.format(n=4).encode("gb18030"))
    more = service.ingest("police_disclosure", [root]).files[0]
    assert (more.read, more.landed, more.changed, more.unchanged) == (4, 1, 0, 3)


def test_what_is_no_document_of_the_source_is_rejected_by_its_path(
    arrivals_home: Path, folder: Folder
) -> None:
    root = folder({
        "好.txt": JUDGMENT.format(n=1), "无案号.txt": "示例市人民法院\n民事判决书\n没有案号\n", "扫描.pdf": pdf_bytes([], picture=True),
        "坏.docx": b"PK\x03\x04", "错日.txt": JUDGMENT.format(n=2).replace("二〇二四年三月五日", "裁判日期：2024年13月5日"),
    })  # fmt: skip
    report = service.ingest("judgment", [root], max_rejects="4")
    assert (report.files[0].read, report.files[0].landed, report.files[0].rejected) == (5, 1, 4)
    assert sorted((one.file, one.line, one.field, one.code) for one in read.rejects(report.batch)) == [
        ("坏.docx", 1, None, "corrupt_document"),
        ("扫描.pdf", 1, None, "needs_ocr"),
        ("无案号.txt", 1, "案号", "no_key"),
        ("错日.txt", 1, "裁判日期", "wrong_type"),
    ]
    over = service.ingest("judgment", [root], max_rejects="5%").files[0]
    assert over.state == "same"


def test_a_money_label_with_its_unit(arrivals_home: Path, folder: Folder) -> None:
    root = folder({
        "a.txt": "行政相对人名称：示例公司\n决定书文号：示环罚〔2026〕1号\n罚款金额（万元）：1.5\n处罚决定日期：2026年5月1日",
        "b.txt": "行政相对人名称：示例厂\n决定书文号：示环罚〔2026〕2号\n罚款金额：2000元\n处罚决定日期：2026年5月1日",
    })  # fmt: skip
    service.ingest("public_penalty", [root])
    assert [str(row["fine"]) for row in _rows("public_penalty", "fine", "doc_no")] == ["15000.00", "2000.00"]


@pytest.mark.parametrize("count", [pytest.param(1_200), pytest.param(10_000, marks=pytest.mark.lane("soak"))])
def test_many_documents_are_one_commit(arrivals_home: Path, folder: Folder, count: int) -> None:
    root = folder({f"{n // 1000}/{n}.txt": JUDGMENT.format(n=n) for n in range(count)})
    report = service.ingest("judgment", [root]).files[0]
    assert (report.landed, report.rejected) == (count, 0)
    with read.open_session(read.pin()) as session:
        view = session.attach("judgment")
        counted = session.sql(f"select count(*) as n, count(distinct _file) as files from {view}").to_pylist()
    assert counted == [{"n": count, "files": count}]
    assert len(list(log.table_path("judgment").glob("*.parquet"))) == 1


def test_a_folder_without_documents_and_a_source_without_layout(arrivals_home: Path, folder: Folder) -> None:
    empty = folder({}, name="空")
    empty.mkdir()
    assert service.ingest("judgment", [empty]).faults[0].code == "empty_folder"
    refused = service.ingest("school", [folder({"a.txt": "x"})]).faults[0]
    assert (refused.code, refused.found) == ("no_layout", "school")


def test_an_own_layout_stands_instead_of_the_shipped_one_and_reads_anew(
    arrivals_home: Path, folder: Folder
) -> None:
    root = folder({"a.txt": "编号甲：示1号\n时间乙：2026-05-01\n正文"})
    assert service.ingest("police_disclosure", [root]).files[0].over_limit
    own = arrivals_home / "catalogue" / "layouts" / "police_disclosure.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(
        "source: police_disclosure\ntitle: 自己的\nfields:\n  case_no: [{label: [编号甲]}]\n"
        "  disclosed_at: [{label: [时间乙]}]\n", "utf-8",
    )  # fmt: skip
    assert service.ingest("police_disclosure", [root]).files[0].landed == 1
    own.write_text(own.read_text("utf-8") + "  content: [{whole: true}]\n", "utf-8")
    again = service.ingest("police_disclosure", [root]).files[0]
    assert (again.state, again.changed) == ("landed", 1)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (
            "source: judgment\ntitle: x\nfields:\n  case_no: [{label: [案号], whole: true}]\n",
            "value_error",
            4,
        ),
        ("source: judgment\ntitle: x\nfields:\n  case_no: [{pattern: '('}]\n", "value_error", 4),
        ("source: judgment\ntitle: x\nfields:\n  nothing: [{whole: true}]\n", "unknown_field", 4),
        (
            "source: school\ntitle: x\nfields:\n  case_no: [{whole: true}]\n  document_kind: [{whole: true}]\n",
            "wrong_source",
            1,
        ),
        ("source: judgment\ntitle: x\nfields:\n  case_no: [{whole: true}]\n", "key_not_read", 3),
    ],
)
def test_a_faulty_layout_tells_its_line(
    arrivals_home: Path, folder: Folder, text: str, code: str, line: int
) -> None:
    own = arrivals_home / "catalogue" / "layouts" / "judgment.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(text, "utf-8")
    fault = service.ingest("judgment", [folder({"a.txt": "x"})]).faults[0]
    assert (fault.code, fault.line) == (code, line)
    assert BadInput.exit_code == 2
