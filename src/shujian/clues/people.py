"""What runs of models are told of the judgements: whose rows are one person, whose are not; plain, for this run only.

Told are pairs that stand without doubt: no conflict, nobody unsure, nothing that was erased. A group in which two valid
numbers would become one person joins nothing here, for then somebody erred and a machine must not go on from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations, product

from shujian.clues.judging import words_of
from shujian.clues.ledger import ledger
from shujian.clues.models import Judgement
from shujian.clues.numbers import judgement_number
from shujian.matching.persons.judgements import Clusters, pair_of
from shujian.supervision.read import JudgedPair, JudgedPeople, Known

_NAMED = 5


def judged_people() -> JudgedPeople | None:
    """All that people judged and did not take back; None where nothing was judged."""
    told = ledger()
    if not told.in_force:
        return None
    wanted = [one.number for one in told.in_force.values() if one.verdict in ("same", "different")]
    known: dict[str, set[Known]] = {}
    for one in Judgement.objects.filter(pk__in=wanted):
        for handle, side in words_of(one).get("known", {}).items():
            natural = tuple(side["natural"]) if side["natural"] is not None else None
            known.setdefault(handle, set()).add(Known(**{**side, "natural": natural}))
    pairs = [*_same(told, known), *_different(told, known)]
    if not pairs:
        return None
    sides = {
        side for handle in {key for one in pairs for key in (one.left, one.right)} for side in known[handle]
    }
    return JudgedPeople(tuple(sorted(sides, key=repr)), tuple(pairs))


def _same(told: Clusters, known: Mapping[str, set[Known]]) -> Iterable[JudgedPair]:
    for members in told.joined.values():
        sides = [side for key in members for side in known.get(key, ())]
        numbers = {side.number for side in sides if not side.dataset}
        if len({side.kind for side in sides}) != 1 or len(numbers) > 1:
            continue
        direct = {pair: one.number for pair, one in told.in_force.items() if {*pair} <= {*members}}
        for pair in combinations([key for key in members if key in known], 2):
            if told.standing(*pair) == "same" and not _of_two_numbers(pair, known):
                through = [direct[pair_of(*pair)]] if pair_of(*pair) in direct else sorted(direct.values())
                yield JudgedPair(*pair, True, _numbers(through))


def _of_two_numbers(pair: tuple[str, str], known: Mapping[str, set[Known]]) -> bool:
    """Whether both sides bear valid numbers and those differ: never one subject, whatever was judged (grade X)."""
    numbers = [{side.number for side in known[key]} - {None} for key in pair]
    return bool(numbers[0] and numbers[1]) and numbers[0] != numbers[1]


def _different(told: Clusters, known: Mapping[str, set[Known]]) -> Iterable[JudgedPair]:
    found: dict[tuple[str, str], set[int]] = {}
    for (left, right), one in told.in_force.items():
        if one.verdict != "different":
            continue
        homes = [told.joined.get(told.canonical(key), (key,)) for key in (left, right)]
        for pair in product(*homes):
            if told.standing(*pair) == "different":
                found.setdefault(pair_of(*pair), set()).add(one.number)
    for pair, numbers in sorted(found.items()):
        if pair[0] in known and pair[1] in known:
            yield JudgedPair(*pair, False, _numbers(sorted(numbers)))


def _numbers(found: list[int]) -> tuple[str, ...]:
    return tuple(judgement_number(number) for number in found[:_NAMED])
