"""Complaints of one issue become one clue with a count: same place, same matter, within the book's window.

Only hits whose subject is the complaint itself are folded, and only complaints of sources that the book names. A
complaint that already is a clue of its own stays one; whatever was once folded stays where it was folded, so that
a number never changes its meaning under a reader. Which complaint was joined to which, and why, is kept.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from shujian.clues.models import Clue, ClueFold
from shujian.clues.rows import GRADES
from shujian.matching.matters.book import ComplaintSource, MatterBook, matter_book
from shujian.matching.matters.grouping import Joined, group
from shujian.matching.matters.profiles import Complaint
from shujian.matching.normalise import address, org
from shujian.supervision.read import EvidenceRow, Hit

_CHUNK = 400


@dataclass(frozen=True)
class Folded:
    """``hits``: by key of the clue that takes them; ``folds``: key of a complaint → (key of its clue, why);
    ``counts``: how many complaints a clue speaks for.
    """

    hits: Mapping[str, Hit]
    folds: Mapping[str, tuple[str, str]]
    counts: Mapping[str, int]


def fold(hits: Mapping[str, Hit]) -> Folded:
    """Fold the hits of one run. Asks the database which complaints are clues, or were folded, already."""
    if not any(hit.subject_kind == "case" for hit in hits.values()):
        return Folded(hits, {}, {})
    book = matter_book()
    told = {key: one for key, hit in hits.items() if (one := complaint_of(book, key, hit)) is not None}
    if not told:
        return Folded(hits, {}, {})
    own, homes = _known(told)
    moved: dict[str, tuple[str, str]] = {key: (homes[key], "") for key in homes if key not in own}
    fresh = [one for key, one in told.items() if key not in own and key not in moved]
    for issue in group(book, _near(book, fresh, list(told.values()))).groups:
        free = [key for key in issue.keys if key not in own and key not in moved]
        first = next(
            (moved[key][0] if key in moved else key for key in issue.keys if key in own or key in moved), None
        )
        home = first or issue.keys[0]
        why = {joined.key: joined for joined in issue.joined}
        moved |= {key: (home, _because(why.get(key))) for key in free if key != home}
    return _combined(hits, moved)


def _near(book: MatterBook, fresh: Sequence[Complaint], every: Sequence[Complaint]) -> list[Complaint]:
    """The complaints that a new one could join, or be joined by: those within the window of some new one."""
    days = sorted({one.on for one in fresh if one.on is not None})
    if not days:
        return list(fresh)
    reach = timedelta(days=book.window_days)

    def near(day: date) -> bool:
        place = bisect_left(days, day - reach)
        return place < len(days) and days[place] <= day + reach

    return [one for one in every if one.on is not None and near(one.on)]


def _because(joined: Joined | None) -> str:
    return joined.likeness.says()[:400] if joined else "后到的更早一件"


def _known(told: Iterable[str]) -> tuple[set[str], dict[str, str]]:
    """Which of these keys are clues, and which were folded into which clue."""
    keys, own, homes = list(told), set[str](), dict[str, str]()
    for start in range(0, len(keys), _CHUNK):
        part = keys[start : start + _CHUNK]
        own |= set(Clue.objects.filter(key__in=part).values_list("key", flat=True))
        homes |= dict(ClueFold.objects.filter(key__in=part).values_list("key", "clue__key"))
    return own, homes


def _combined(hits: Mapping[str, Hit], moved: Mapping[str, tuple[str, str]]) -> Folded:
    members: dict[str, list[str]] = {}
    for key in hits:
        members.setdefault(moved[key][0] if key in moved else key, []).append(key)
    made: dict[str, Hit] = {}
    counts: dict[str, int] = {}
    for home, keys in members.items():
        if len(keys) == 1:
            made[home] = hits[keys[0]]
            if keys != [home]:
                counts[home] = 1
            continue
        ordered = [home] * (home in keys) + sorted(key for key in keys if key != home)
        made[home] = _together(
            [hits[key] for key in ordered], [moved[key][1] for key in ordered if key in moved]
        )
        counts[home] = len(ordered)
    return Folded(made, moved, counts)


def _together(hits: Sequence[Hit], why: Sequence[str]) -> Hit:
    """One hit that speaks for all: the first one's words, the evidence, keywords and matches of all.

    It is as sure as its least sure member; the subject stays the first complaint.
    """
    first = hits[0]
    evidence = tuple(dict.fromkeys((row.alias, row.dataset, row.row) for hit in hits for row in hit.evidence))
    rows: dict[tuple[str, str, str], EvidenceRow] = {
        (row.alias, row.dataset, row.row): row for hit in hits for row in hit.evidence
    }
    told = sorted({reason for reason in why if reason})
    return replace(
        first,
        title=f"{first.title}（同一事项 {len(hits)} 件）",
        evidence=tuple(rows[place] for place in evidence),
        keywords=tuple(dict.fromkeys(word for hit in hits for word in hit.keywords)),
        matches=tuple(dict.fromkeys(match for hit in hits for match in hit.matches)),
        grade=max((hit.grade for hit in hits), key=GRADES.index),
        explanation=(
            *first.explanation,
            f"近似诉求归并：{len(hits)} 件说的疑似是同一事项（同一地点或主体、事项相近、相隔在观察期内），请核对是否确为一事",
            *(f"归并理由：{reason}" for reason in told[:5]),
        ),
    )


def complaint_of(book: MatterBook, key: str, hit: Hit) -> Complaint | None:
    """The complaint that a hit is, as far as the model shows its fields; None where it is none."""
    if hit.subject_kind != "case" or len({row.dataset for row in hit.evidence}) != 1:
        return None
    row = hit.evidence[0]
    source = book.sources.get(row.dataset)
    text = row.fields.get(source.text) if source else None
    if source is None or not text:
        return None
    return Complaint(
        key=key,
        title=str(row.fields.get(source.title or "") or ""),
        text=str(text),
        on=day_of(row.fields.get(source.on)),
        places=_normalised(row, source, source.places),
        bodies=_normalised(row, source, source.bodies),
        regions=frozenset({str(region)} if (region := row.fields.get(source.region or "")) else ()),
    )


def _normalised(row: EvidenceRow, source: ComplaintSource, names: Sequence[str]) -> tuple[str, ...]:
    reader = org.core if names == source.bodies else address.key
    told = (reader(str(row.fields[name])) for name in names if row.fields.get(name))
    return tuple(dict.fromkeys(text for text in told if text))


def day_of(value: object) -> date | None:
    """The day of a date or a moment, also as text; None for anything else."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def keep(clues: Mapping[str, Clue], folded: Folded, run: str) -> list[tuple[Clue, int]]:
    """Store what was folded in this run; answers each clue that gained complaints, and how many."""
    fresh: dict[str, list[ClueFold]] = {}
    known = _known(folded.folds)[1]
    for key, (home, why) in folded.folds.items():
        if key not in known:
            fresh.setdefault(home, []).append(ClueFold(key=key, clue=clues[home], run=run, why=why))
    ClueFold.objects.bulk_create([one for some in fresh.values() for one in some], batch_size=_CHUNK)
    return [(clues[home], len(some)) for home, some in fresh.items()]
