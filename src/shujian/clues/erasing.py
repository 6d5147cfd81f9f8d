"""Takes a person's data out of clues. What stays: key, counts, model, state, history and digests.

A clue about the person loses everything that speaks of him. A clue about somebody or something else loses the
evidence rows that went, and every place in its texts that names him.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from shujian.clues.filing import forget_papers
from shujian.clues.judging import forget, words_of
from shujian.clues.models import Clue, ClueComment, ClueEvidence, ClueFile, Judgement, Objection
from shujian.clues.sealing import sealed_with, unsealed
from shujian.kernel.canonical import canonical
from shujian.kernel.clock import now
from shujian.kernel.secrets import pseudonym
from shujian.lake.read import Forgotten, Gone

ERASED = "（已按规定删除）"
_BLANK = "［已删除］"
_CHUNK = 400
_EMPTY: Mapping[str, Any] = {
    "subject": "", "matches": [], "keywords": [], "absences": [], "explanation": [f"个人信息{ERASED}"],
}  # fmt: skip


def erase(gone: Gone, person: str | None) -> Forgotten:
    """Take out what an erasure of the lake has taken; answers how many clues were concerned.

    Called again for the same record it finishes what is left and counts what was done before.
    """
    handle = pseudonym("person", person) if person else None
    at = now()
    with transaction.atomic():
        mine = Clue.objects.filter(erased_by=gone.record)
        done = set(mine.values_list("pk", flat=True))
        for clue in _candidates(gone, handle):
            if clue.pk in done:
                continue
            if handle is not None and clue.subject_key == handle:
                _empty(clue, gone, at)
            else:
                _lighten(clue, gone, at)
        _forget_judgements(gone, handle)
        found, whole = mine.count(), mine.filter(erased_at__isnull=False).count()
    note = f"{whole} 条整条删除个人信息，{found - whole} 条去掉有关的证据行和文字" if found else ""
    return Forgotten("clues", "线索", found, found, note)


def _forget_judgements(gone: Gone, handle: str | None) -> None:
    """Blank what was written where a person was judged; handles and verdicts stay, for they tell nobody who it was."""
    about = Q(clue__erased_by=gone.record, clue__erased_at__isnull=False)
    for one in Judgement.objects.all():
        if handle in (one.left, one.right) or gone.hits(canonical(words_of(one))):
            forget(one, ERASED)
    for one in Judgement.objects.filter(about):
        forget(one, ERASED)


def _candidates(gone: Gone, handle: str | None) -> Iterator[Clue]:
    """All clues for a person, because any text may name him; else those with an evidence row that went."""
    if gone.pattern is not None:
        found = Clue.objects.all()
    else:
        found = Clue.objects.filter(pk__in=ClueEvidence.objects.filter(_rows(gone)).values("clue"))
    keys = list(found.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), _CHUNK):
        yield from Clue.objects.filter(pk__in=keys[start : start + _CHUNK]).order_by("pk")


def _rows(gone: Gone) -> Q:
    wanted = Q(batch__in=gone.batches)
    for dataset, rows in gone.rows.items():
        ordered = sorted(rows) if not gone.batches else []
        for start in range(0, len(ordered), _CHUNK):
            wanted |= Q(dataset=dataset, row__in=ordered[start : start + _CHUNK])
    return wanted


def _empty(clue: Clue, gone: Gone, at: datetime) -> None:
    clue.evidence.all().delete()
    clue.folds.update(why="")
    for note in clue.notes.all():
        sealed_with(note, {"note": ERASED})
        note.save(update_fields=["sealed"])
    for one in _said(clue):
        sealed_with(one, dict.fromkeys(unsealed(one), ERASED))
        one.save(update_fields=["sealed"])
    forget_papers(clue.pk)
    clue.objected = False
    clue.title, clue.subject_masked = f"个人信息{ERASED}", ERASED
    clue.figures, clue.region, clue.ground_note = {}, "", ""
    sealed_with(clue, _EMPTY)
    _mark(clue, gone, at)


def _said(clue: Clue) -> list[ClueComment | Objection | ClueFile]:
    """What people said, objected and called their papers."""
    return [*clue.comments.all(), *clue.objections.all(), *clue.files.all()]


def _mark(clue: Clue, gone: Gone, at: datetime) -> None:
    clue.erased_at, clue.erased_by = at, gone.record
    clue.fresh_evidence = clue.ground_changed = False
    clue.changed_at, clue.revision = at, clue.revision + 1
    clue.save()


def _lighten(clue: Clue, gone: Gone, at: datetime) -> None:
    """Take out what speaks of the person, if anything does; empty the clue where no evidence is left."""
    went = [row for row in clue.evidence.all() if _went(row, clue.key, gone)]
    dossier = unsealed(clue)
    seen = canonical([clue.title, clue.subject_masked, clue.figures, clue.region, clue.ground_note, dossier])
    notes = [note for note in clue.notes.all() if gone.hits(unsealed(note)["note"])]
    said_of = any(gone.hits(canonical(unsealed(one))) for one in _said(clue))
    if not went and not notes and not said_of and not gone.hits(seen):
        return
    ClueEvidence.objects.filter(pk__in=[row.pk for row in went]).delete()
    if went and not clue.evidence.exists():
        _empty(clue, gone, at)
        return
    rows = {row.row for row in went}
    sealed_with(clue, _lightened(dossier, rows, gone))
    for name in ("title", "subject_masked", "region", "ground_note"):
        setattr(clue, name, _scrubbed(getattr(clue, name), gone))
    clue.figures = _scrubbed(clue.figures, gone)
    for note in notes:
        sealed_with(note, {"note": _scrubbed(unsealed(note)["note"], gone)})
        note.save(update_fields=["sealed"])
    for one in _said(clue):
        if gone.hits(canonical(opened := unsealed(one))):
            sealed_with(one, _scrubbed(opened, gone))
            one.save(update_fields=["sealed"])
    for fold in clue.folds.all():
        fold.why = _scrubbed(fold.why, gone)
        fold.save(update_fields=["why"])
    clue.erased_by = gone.record
    clue.changed_at, clue.revision = at, clue.revision + 1
    clue.save()


def _went(row: ClueEvidence, key: str, gone: Gone) -> bool:
    if row.batch in gone.batches or row.row in gone.rows.get(row.dataset, ()):
        return True
    return gone.pattern is not None and gone.hits(canonical(unsealed(row)))


def _lightened(dossier: Mapping[str, Any], rows: set[str], gone: Gone) -> dict[str, Any]:
    def stays(one: Mapping[str, Any], ends: Sequence[str]) -> bool:
        return not any(one.get(end) in rows for end in ends) and not gone.hits(canonical(one))

    kept = {
        **dossier,
        "matches": [one for one in dossier["matches"] if stays(one, ("left", "right"))],
        "keywords": [one for one in dossier["keywords"] if stays(one, ("row",))],
    }
    return dict(_scrubbed(kept, gone))


def _scrubbed(value: Any, gone: Gone) -> Any:
    """The same value with the number and the names blanked wherever they stand."""
    if isinstance(value, str):
        told = gone.pattern.sub(_BLANK, value) if gone.pattern else value
        for name in sorted(gone.names, key=len, reverse=True):
            told = told.replace(name, _BLANK) if len(name) > 1 else told
        return told
    if isinstance(value, Mapping):
        return {key: _scrubbed(item, gone) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_scrubbed(item, gone) for item in value]
    return value
