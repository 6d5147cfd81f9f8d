"""What stands before a model reads persons' rows (a purpose), and whether what it misses means anything."""

from __future__ import annotations

from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.home import home
from shujian.lake.read import Snapshot
from shujian.runs.errors import NoPurpose
from shujian.supervision.read import ModelSpec

PURPOSE_AT_MOST = 80
"""As many characters as a run's record keeps."""


def require_purpose(purpose: str | None) -> None:
    """Raises NoPurpose outside evaluation mode without a 事由 number (PIPL 6, 34), BadInput for one too long."""
    if len(purpose or "") > PURPOSE_AT_MOST:
        raise BadInput(
            Fault(
                code="purpose_too_long", message="事由编号太长", field="purpose", found=f"{len(purpose or '')} 字",
                expected=f"至多 {PURPOSE_AT_MOST} 字，如 湘示检行监〔2026〕12号",
            )
        )  # fmt: skip
    if not (purpose or "").strip() and not home().evaluation.exists():
        raise NoPurpose(
            Fault(
                code="no_purpose", message="运行监督模型须写明事由编号",
                field="purpose", expected="--purpose 事由编号，如 湘示检行监〔2026〕12号",
            )
        )  # fmt: skip


def able_to_judge(spec: ModelSpec, snapshot: Snapshot) -> bool:
    """Whether a missing hit means anything: every source that the model reads holds rows in this snapshot."""
    pins = [snapshot.datasets.get(need.source) for need in spec.needs.values()]
    return all(pin is not None and pin.rows > 0 for pin in pins)
