"""Which rows a screening needs to read at all, told by the stored hits alone."""

from __future__ import annotations

from shujian.supervision.keyword_forms import KeywordFile
from shujian.supervision.relation import text

_BITS = 60
"""Groups to one mask, a signed number of 64 bits."""


def near_sql(shelf: KeywordFile, least: int) -> str:
    """The head of a query that may read ``hopeful`` (_row): rows whose words, and patterns of which they hold every
    group, would be worth ``least`` if nothing cancelled them. Only the texts of these need to be read.
    """
    needed = [sorted({each.find, *each.near}) for each in shelf.patterns]
    places = {name: place for place, name in enumerate(sorted({name for names in needed for name in names}))}
    worth = {spelling: word.weight for word in shelf.words for spelling in word.spellings()}
    held: dict[str, dict[int, int]] = {spelling: {} for spelling in worth}
    for name, place in places.items():
        for spelling in shelf.groups.get(name, ()):
            bits = held.setdefault(spelling, {})
            bits[place // _BITS] = bits.get(place // _BITS, 0) | 1 << place % _BITS
    masks = range(-(-len(places) // _BITS))
    columns = "".join(f", m{number}" for number in masks)
    carriers = ", ".join(
        f"({text(spelling)}, {worth.get(spelling, 0)}{''.join(f', {bits.get(number, 0)}' for number in masks)})"
        for spelling, bits in sorted(held.items())
    )
    reached = ["coalesce(w, 0)"]
    for each, names in zip(shelf.patterns, needed, strict=True):
        asked = dict.fromkeys(masks, 0)
        for name in names:
            asked[places[name] // _BITS] |= 1 << places[name] % _BITS
        met = " AND ".join(f"(m{number} & {bits}) = {bits}" for number, bits in asked.items() if bits)
        reached.append(f"CASE WHEN {met} THEN {each.weight} ELSE 0 END")
    added = "".join(f", bit_or(c.m{number}) AS m{number}" for number in masks)
    ctes = [
        f"carriers(spelling, weight{columns}) AS (VALUES {carriers})",
        f"sums AS (SELECT h._row, CAST(sum(c.weight) AS BIGINT) AS w{added} FROM {{hits}} AS h "
        "JOIN carriers AS c ON h.word = c.spelling GROUP BY h._row)",
        f"hopeful AS (SELECT _row FROM sums WHERE {' + '.join(reached)} >= {least})",
    ]
    return f"WITH {', '.join(ctes)}"
