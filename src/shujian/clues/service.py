"""The only way in to write clues: merge a run, move a clue, open what is masked."""

from __future__ import annotations

from shujian.accounts.read import Actor
from shujian.audit import service as audit
from shujian.clues import details
from shujian.clues.bulk import BulkDone, Pick, move_many
from shujian.clues.by_hand import HandedIn, import_list, type_in
from shujian.clues.deputies import use_deputies
from shujian.clues.details import ClueDetail
from shujian.clues.erasing import erase
from shujian.clues.errors import ClueRefused
from shujian.clues.filing import Filed, attachments, file_paper, open_paper, unfile
from shujian.clues.helping import comment, help_off, help_on, uncomment
from shujian.clues.joining import join, unjoin
from shujian.clues.judging import judge, undo
from shujian.clues.looking import look
from shujian.clues.merging import Merged, Merger
from shujian.clues.models import Clue
from shujian.clues.moving import move_clue
from shujian.clues.numbers import number_of, pk_of, unknown
from shujian.clues.objecting import answer_objection, record_objection
from shujian.clues.policy import may_read_clue, may_unmask_clue
from shujian.clues.proposing import decide_proposal
from shujian.clues.publishing import publish_judgements, publish_register
from shujian.clues.refusals import refusals_told
from shujian.clues.revisions import at_revision
from shujian.clues.routing import assign
from shujian.clues.sealing import COLUMNS as SEALED_COLUMNS
from shujian.clues.snoozing import snooze, wake
from shujian.clues.splitting import split, unsplit
from shujian.clues.telling import tell_snoozes
from shujian.clues.trying import Trial, Tried, try_hits
from shujian.kernel.errors import Fault
from shujian.supervision.read import RunResult

__all__ = [
    "SEALED_COLUMNS", "BulkDone", "Filed", "HandedIn", "Merged", "Pick", "Trial", "Tried", "answer_objection", "assign",
    "at_revision", "attachments",
    "comment", "decide_proposal", "erase", "file_paper", "help_off", "help_on", "import_list", "join", "judge", "look",
    "merge_hits", "move_clue", "move_many", "open_paper", "publish_judgements", "publish_register",
    "record_objection", "snooze", "split", "tell_snoozes", "try_hits", "type_in", "uncomment", "undo", "unfile", "unjoin",
    "unmask_clue", "unsplit", "use_deputies", "wake",
]  # fmt: skip


def merge_hits(*, run: str, result: RunResult, judged: bool) -> Merged:
    """Bring the hits of a run in; see ``merging``. Call inside the transaction that stores the run."""
    return Merger(run, result, judged).merge()


@refusals_told("unmask")
def unmask_clue(*, actor: Actor, number: str, reason: str) -> ClueDetail:
    """The clue with names and numbers in full; who asked and why goes on record first.

    Raises ClueUnknown, or ClueRefused for a missing reason or right.
    """
    clue = Clue.objects.filter(pk=pk_of(number)).first()
    if clue is None or not may_read_clue(actor, details.standing(clue)):
        raise unknown(number)
    decision = may_unmask_clue(actor, details.standing(clue))
    if not decision:
        raise ClueRefused(Fault(code="not_allowed", message=decision.because))
    if len(reason.strip()) < 4:
        raise ClueRefused(
            Fault(code="no_reason", message="查看完整信息须写明事由（至少四个字）", field="reason")
        )
    audit.record(
        actor=actor.name, action="clue.unmask", thing=f"clue:{number_of(clue.pk)}",
        detail={"reason": reason.strip()[:200]},
    )  # fmt: skip
    return details.detail_of(clue, actor, masked=False)
