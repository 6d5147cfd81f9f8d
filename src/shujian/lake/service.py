"""The lake's door for writing: ingest files, declare coverage; and rows of a proof on the same way."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from shujian.kernel.clock import now, today
from shujian.kernel.errors import BadInput, Fault, FaultList, GuardRefused
from shujian.kernel.home import home, private_folder
from shujian.kernel.ids import new_id
from shujian.kernel.progress import Progress, Silent
from shujian.lake import register as registers
from shujian.lake import store
from shujian.lake.agreeing import Agreed, agree, check_agreement, disagree
from shujian.lake.arrivals.documents import folder_arrival
from shujian.lake.closing import close_landed
from shujian.lake.compaction import Compacted, compact
from shujian.lake.contracts import check, source
from shujian.lake.county import CountyAgreement
from shujian.lake.coverage import Coverage, Gap
from shujian.lake.drafting import write_source
from shujian.lake.engines.spark.door import spark_module
from shujian.lake.erasing.tombstones import Gate, lift
from shujian.lake.erasing.work import Order, Outcome, carry_out, take_up
from shujian.lake.erasing.work import plan as plan_erasure
from shujian.lake.errors import FileRefused
from shujian.lake.keeping import keep_snapshot, release_snapshot
from shujian.lake.landing import Arrival, Delivery, Landing, file_arrival, statement_body, work_folder
from shujian.lake.limits import reject_limit
from shujian.lake.locks import writing
from shujian.lake.log import Commit
from shujian.lake.mappings import remove_mapping, save_mapping
from shujian.lake.proofs import typed_table
from shujian.lake.publishing import PublishReport, publish
from shujian.lake.reading.encoding import Sniffed
from shujian.lake.rejects import batch_folder
from shujian.lake.reports import FileReport, IngestReport
from shujian.lake.retention import Due, due
from shujian.lake.retention import target_of as retention_target
from shujian.lake.screening.store import ensure_each as screen
from shujian.lake.search.plan import plan_of
from shujian.lake.search.shards import ready
from shujian.lake.search.shards import sweep as sweep_search
from shujian.lake.snapshots import pin
from shujian.lake.sources import SourceContract


def spark_cluster() -> Any:
    """The module that starts and stops a Spark cluster on this machine. Raises Unavailable without the extra."""
    return spark_module("cluster")


CoverageClaim = Coverage
"""A provider's declaration given with a batch."""


def ingest(
    source_id: str,
    files: Sequence[Path],
    *,
    as_of: date | None = None,
    sheet: str | None = None,
    max_rejects: str = "5%",
    coverage: Sequence[Coverage] = (),
    progress: Progress | None = None,
) -> IngestReport:
    """Land files in the dataset of a source, each by a commit of its own; one refused file stops no other.

    A folder stands for the documents in it, one row each.
    ``as_of`` is the day on which the provider drew the extract; without it absence can never be proved.
    Raises UnknownSource, BadInput for wrong use, GuardRefused past the agreement, Unavailable while another
    process writes the dataset. Faults of a file are in its report.
    """
    if not files:
        source(source_id)
        raise BadInput(Fault(code="no_files", message="没有给出要导入的文件", expected="一个或多个文件"))
    return land(
        source_id, [_named(path, source_id) for path in files], as_of=as_of, sheet=sheet, max_rejects=max_rejects,
        coverage=coverage, progress=progress,
    )  # fmt: skip


def _named(path: Path, source_id: str) -> Arrival:
    """A file, or a folder of documents."""
    return folder_arrival(path, source_id) if path.is_dir() else file_arrival(path)


def land(
    source_id: str,
    arrivals: Sequence[Arrival],
    *,
    as_of: date | None = None,
    sheet: str | None = None,
    max_rejects: str = "5%",
    coverage: Sequence[Coverage] = (),
    progress: Progress | None = None,
) -> IngestReport:
    """Land what arrived by whatever way, each arrival by a commit of its own. As ``ingest``."""
    contract = source(source_id)
    _guard(contract, as_of)
    started = time.monotonic()
    told = progress or Silent()
    delivery = Delivery(
        contract, new_id("batch"), now(), as_of, sheet, reject_limit(max_rejects), tuple(coverage), told
    )
    with writing(contract.id):
        store.sweep(contract.id)
        work = work_folder(delivery.batch, home().lake / "staging" / contract.id)
        reports: dict[int, FileReport] = {}
        ordered = sorted(enumerate(arrivals), key=lambda entry: (entry[1].name, str(entry[1].path)))
        for number, arrival in ordered:
            told.begin(f"导入 {arrival.name}", None)
            reports[number] = _one(delivery, arrival, number, work)
        _tidy(work)
        kept = tuple(reports[number] for number in range(len(arrivals)))
        seconds = time.monotonic() - started
        report = IngestReport(delivery.batch, contract.id, kept, seconds, pin().id, _warnings(kept, delivery))
        _keep_report(report)
    return report


def _guard(contract: SourceContract, as_of: date | None) -> None:
    if contract.inside is not None:
        raise GuardRefused(
            Fault(code="inside_data", message=f"“{contract.title}”由本院系统发布，不从文件导入", found=contract.id,
                  expected="shujian lake publish")
        )  # fmt: skip
    expires = contract.agreement.expires
    if expires is not None and expires < today():
        raise GuardRefused(
            Fault(code="agreement_expired", message=f"“{contract.title}”的数据使用协议已到期，不能再导入",
                  found=expires.isoformat(), expected=f"{today().isoformat()} 当日或以后到期的协议")
        )  # fmt: skip
    begins = contract.agreement.from_
    if begins is not None and begins > today():
        raise GuardRefused(
            Fault(code="agreement_not_begun", message=f"“{contract.title}”的数据使用协议尚未生效，还不能导入",
                  found=begins.isoformat(), expected=f"{today().isoformat()} 当日或以前生效的协议")
        )  # fmt: skip
    if as_of is not None and as_of > today():
        raise BadInput(
            Fault(code="future_extract", message="数据截止日不能晚于今天", field="--as-of", found=as_of.isoformat(),
                  expected=f"不晚于 {today().isoformat()}")
        )  # fmt: skip


def _one(delivery: Delivery, arrival: Arrival, number: int, work: Path) -> FileReport:
    sniffed: Sniffed | None = None
    try:
        sniffed = arrival.sniff()
        if Gate().file(sniffed.sha256):
            raise _erased(arrival)
        known = _known(delivery, sniffed)
        if known is not None:
            return _same(delivery, arrival, known)
        return Landing(delivery, arrival, sniffed, number).land(work)
    except (FileRefused, BadInput) as error:
        return FileReport(
            path=str(arrival.path),
            state="refused",
            sha256=sniffed.sha256 if sniffed else None,
            faults=error.faults,
        )


def _erased(arrival: Arrival) -> FileRefused:
    return FileRefused(
        Fault(code="erased_file", message="这份文件所在的批次已按规定删除，不能再导入", file=str(arrival.path),
              expected="先用 shujian lake erasures --lift 写明理由解除")
    )  # fmt: skip


def _known(delivery: Delivery, sniffed: Sniffed) -> Commit | None:
    """The commit that landed these very bytes, read by the same contract, or None.

    Behind an erasure no bytes are known. Known bytes of a newer extract are read again where other files have
    landed: rows may no longer be current.
    """
    known: Commit | None = None
    others = False
    with registers.register() as connection:
        for commit in registers.commits(connection, delivery.contract.id):
            same_sheet = delivery.sheet in (None, commit.body.get("sheet"))
            same_reading = commit.body.get("contract") == delivery.fingerprint
            if commit.kind == "land" and commit.sha256 == sniffed.sha256 and same_sheet and same_reading:
                known = commit
            elif commit.kind == "land":
                others = True
            elif commit.kind == "erase":  # what was unchanged then may be gone now
                known = None
    return None if known and others and _newer(delivery, known) else known


def _newer(delivery: Delivery, known: Commit) -> bool:
    return delivery.as_of is not None and (known.as_of is None or delivery.as_of > known.as_of)


def _same(delivery: Delivery, arrival: Arrival, known: Commit) -> FileReport:
    """Nothing lands. A newer extract date or a declaration given with the same bytes is still recorded."""
    if _newer(delivery, known) or delivery.coverage:
        more = {"sha256": known.sha256, "file": arrival.name}
        body = statement_body(
            "extract",
            delivery.batch,
            delivery.received,
            as_of=delivery.as_of,
            coverage=delivery.coverage,
            more=more,
        )
        _state(delivery.contract, body)
    return FileReport(
        path=str(arrival.path), state="same", sha256=known.sha256, encoding=known.body.get("encoding"),
        sheet=known.body.get("sheet"), header_line=known.body.get("header_line"),
    )  # fmt: skip


def _state(contract: SourceContract, body: Mapping[str, Any]) -> None:
    commit = store.commit(store.ensure_table(contract), contract.id, None, body)
    with registers.register() as connection:
        registers.keep_commit(connection, commit)


def _warnings(files: Sequence[FileReport], delivery: Delivery) -> tuple[str, ...]:
    found = []
    if (
        delivery.as_of is None
        and delivery.contract.extract_field is None
        and any(f.state == "landed" for f in files)
    ):
        found.append("没有给出数据截止日（--as-of）：时效无法判断，“没有记录”一类结论只能是“不能确定”")
    for file in files:
        found += [f"{file.path}：{told}" for told in file.warnings]
        if file.state == "landed" and file.read == 0:
            found.append(f"{file.path}：只有表头，没有数据行")
    return tuple(found)


def _tidy(work: Path) -> None:
    for path in work.iterdir():
        path.unlink()
    work.rmdir()


def _keep_report(report: IngestReport) -> None:
    folder = private_folder(batch_folder(report.batch))
    body = {**report.as_dict(), "errors": [fault.as_dict() for fault in report.faults]}
    (folder / "report.json").write_text(json.dumps(body, ensure_ascii=False), "utf-8")


def declare_coverage(
    dataset: str,
    coverage: Sequence[Coverage],
    *,
    replace: bool = False,
) -> str:
    """Record a provider's declaration about data that has landed already; answers the new snapshot's id.

    ``replace`` takes back what was declared before (not what the contract declares). Raises BadInput for a
    span that ends before it starts, or a declaration that nobody stated.
    """
    contract = source(dataset)
    faults = FaultList()
    for claim in coverage:
        for first, last in ((claim.from_, claim.to), *((gap.from_, gap.to) for gap in claim.gaps)):
            if last < first:
                faults.add(Fault(code="bad_span", message="起止日期颠倒", found=f"{first} 至 {last}"))
        if not claim.stated_by.strip():
            faults.add(
                Fault(
                    code="no_statement",
                    message="没有写明由谁声明",
                    field="stated_by",
                    expected="如 来函〔2026〕1号",
                )
            )
    faults.raise_if_any()
    with writing(contract.id):
        body = statement_body(
            "cover", new_id("batch"), now(), as_of=None, coverage=coverage, more={"replace": replace}
        )
        _state(contract, body)
        return pin().id


def seal(dataset: str) -> int:
    """Shut rows that landed before a rule of their source stood: they stop being current in every later snapshot.

    Answers how many. Earlier snapshots still hold them until they are erased. Raises UnknownSource, Unavailable.
    """
    contract = source(dataset)
    received = now()
    body = {
        "batch": new_id("batch"), "number": 0, "file": "inside:lake/seal", "as_of": None,
        "received": received.isoformat(), "coverage": [],
    }  # fmt: skip
    with writing(contract.id):
        closed = close_landed(contract, pin(), body, received)
        pin()
    return closed


def index(dataset: str, *, progress: Progress | None = None) -> int:
    """Bring the search index of a dataset up to its newest state; answers the rows indexed. Nothing to search: 0."""
    plan, one = plan_of(dataset), pin().datasets.get(dataset)
    if plan is None or one is None or not one.files:
        return 0
    return sum(shard.rows for shard in ready(plan, one.files, progress=progress).shards)


__all__ = [
    "Agreed", "Compacted", "CountyAgreement", "Coverage", "CoverageClaim", "Due", "FileReport", "Gap",
    "IngestReport", "Order", "Outcome", "PublishReport", "agree", "carry_out", "check", "check_agreement",
    "compact", "declare_coverage", "disagree", "due", "index",
    "ingest", "keep_snapshot", "land", "lift", "plan_erasure", "publish", "release_snapshot",
    "remove_mapping", "retention_target", "save_mapping", "screen", "seal", "sweep_search", "take_up", "typed_table",
    "write_source",
]  # fmt: skip
