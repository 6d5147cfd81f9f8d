"""协办 and 批注: colleagues who may read a clue and add to it, and what they say."""

from __future__ import annotations

from django.db import transaction

from shujian.accounts.read import Actor, colleague
from shujian.audit import service as audit
from shujian.clues import desk, details
from shujian.clues.desk_policy import may_add, may_help, may_tend
from shujian.clues.events import HelpAsked
from shujian.clues.models import ClueComment, ClueHelper
from shujian.clues.numbers import number_of
from shujian.clues.refusals import refusals_told
from shujian.clues.sealing import sealed_with
from shujian.kernel.clock import now
from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.events import publish


@refusals_told("help_on")
def help_on(*, actor: Actor, number: str, username: str, note: str) -> None:
    """Ask a colleague of the procuratorate to help; he sees this clue from now on. Raises ClueUnknown, ClueRefused, BadInput."""
    with transaction.atomic():
        clue = desk.held(actor, number)
        desk.ask(may_tend(actor, details.standing(clue), "增加协办"))
        helper = colleague(username.strip())
        if helper is None or helper.id is None or not may_help(helper):
            raise BadInput(
                Fault(
                    code="no_colleague", message="没有这位可以协办的同事", field="username", found=username.strip()[:60],
                    expected="本院部门负责人、检察官、助理的账号，不能是系统、安全、审计管理员",
                )
            )  # fmt: skip
        if helper.id == clue.handler_id:
            raise desk.refused("is_handler", "这位同事就是承办人")
        if clue.helpers.filter(user=helper.id, ended_at=None).exists():
            raise desk.refused("helps_already", "这位同事已经在协办")
        told = desk.words(note, "请其协办的事项")
        ClueHelper.objects.create(clue=clue, user_id=helper.id, by=actor.name, at=now())
        desk.put_down(clue, actor, "help_on", told, to=helper.display, detail={"helper": helper.name})
        publish(HelpAsked(number_of(clue.pk), clue.unit, helper.id))


@refusals_told("help_off")
def help_off(*, actor: Actor, number: str, username: str) -> None:
    """End a colleague's help; what he added stays. He may end it himself. Raises ClueUnknown, ClueRefused."""
    with transaction.atomic():
        clue = desk.held(actor, number)
        helper = colleague(username.strip())
        own = helper is not None and helper.id == actor.id
        if not own:
            desk.ask(may_tend(actor, details.standing(clue), "结束协办"))
        ended = clue.helpers.filter(user=helper.id if helper else None, ended_at=None).update(ended_at=now())
        if helper is None or not ended:
            raise desk.refused("helps_not", "这位同事没有在协办")
        desk.put_down(clue, actor, "help_off", "", to=helper.display, detail={"helper": helper.name})


@refusals_told("comment")
def comment(*, actor: Actor, number: str, text: str) -> int:
    """Say something about a clue, to all who may read it; answers the comment's id. Raises as the others do."""
    with transaction.atomic():
        clue = desk.held(actor, number)
        desk.ask(may_add(actor, details.standing(clue)))
        told = desk.words(text, "批注的内容", least=2)
        made = sealed_with(ClueComment(clue=clue, at=now(), actor=actor.name), {"text": told})
        made.save()
        audit.record(
            actor=actor.name, action="clue.comment", thing=f"clue:{number_of(clue.pk)}", detail={"comment": made.pk}
        )  # fmt: skip
    return made.pk


@refusals_told("uncomment")
def uncomment(*, actor: Actor, number: str, comment: int) -> None:
    """Take one's own comment back: its words are gone, that there was one stays. Raises ClueUnknown, ClueRefused."""
    with transaction.atomic():
        clue = desk.held(actor, number)
        found = clue.comments.select_for_update().filter(pk=comment, withdrawn_at=None).first()
        if found is None or found.actor != actor.name:
            raise desk.refused("not_own", "只能撤回自己的、还没有撤回的批注")
        found.withdrawn_at = now()
        sealed_with(found, {"text": ""})
        found.save()
        audit.record(
            actor=actor.name, action="clue.uncomment", thing=f"clue:{number_of(clue.pk)}",
            detail={"comment": found.pk},
        )  # fmt: skip
