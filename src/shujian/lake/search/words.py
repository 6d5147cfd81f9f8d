"""What somebody types into the search box, taken apart: words that must stand there, one of several, or none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.masking import mask_text
from shujian.lake.search.text import form, written_close
from shujian.matching.normalise import id_card, person, phone

MOST_SIGNS = 200
MOST_WORDS = 16
_PIECE = re.compile(
    r"(?P<minus>[-－−](?=\S))?(?:\"(?P<plain>[^\"]*)\"|[“”](?P<curly>[^“”]*)[“”]|(?P<word>\S+))"
)
_OR = frozenset({"OR", "|", "｜"})
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class SearchWords:
    """``clauses``: each must stand in the row, by one of its words; ``without``: words that must not. All in
    their searched form.
    """

    clauses: tuple[tuple[str, ...], ...]
    without: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """Every word that is looked for."""
        return tuple(dict.fromkeys(word for clause in self.clauses for word in clause))


def wanted(typed: str) -> SearchWords:
    """Read a query: words apart by spaces, ``"as one"``, ``-without``, ``this OR that``. Raises BadInput."""
    if len(typed) > MOST_SIGNS:
        raise _bad("查询太长", f"{len(typed)} 字", f"至多 {MOST_SIGNS} 字")
    clauses: list[list[str]] = []
    without: list[str] = []
    joining = False
    for piece in _PIECE.finditer(typed):
        if piece["word"] in _OR and not piece["minus"]:
            joining = bool(clauses)
            continue
        text = next(part for part in (piece["plain"], piece["curly"], piece["word"]) if part is not None)
        made = form(_CONTROL.sub("", text if piece["word"] is None else text.strip('"“”')))
        if not made:
            continue
        if piece["minus"]:
            without.append(made)
        elif joining:
            clauses[-1].append(made)
        else:
            clauses.append([made])
        joining = False
    if not clauses:
        raise _bad("没有可以检索的词", typed[:40] or None, "至少一个字；只写排除词不能检索")
    if sum(map(len, clauses)) + len(without) > MOST_WORDS:
        raise _bad("词太多", f"{sum(map(len, clauses)) + len(without)} 个", f"至多 {MOST_WORDS} 个")
    return SearchWords(tuple(map(tuple, clauses)), tuple(without))


def holds_number(typed: str) -> bool:
    """Whether an identity or phone number stands in a query: that is a look-up of a person, not of words."""
    return any(mask_text(text) != text for text in (typed, *written_close(typed)))


def person_key(typed: str) -> tuple[str, str]:
    """(kind, key) of a person who is looked up: ``id_card``, ``phone`` or ``name``. Raises BadInput for a number
    that fails its check, is masked, or for a text that can be no name.
    """
    card, number = id_card.parse(typed), phone.normalise(typed)
    if card.key:
        return "id_card", card.key
    if number:
        return "phone", number
    name = person.normalise(typed)
    if name and 2 <= len(name) <= 30 and not any(sign.isdigit() for sign in name):
        return "name", name
    raise BadInput(
        Fault(code="bad_person", message="不是完整有效的号码或姓名，不能凭它查人", field="person",
              expected="完整的身份证号、电话号码，或两个字以上的姓名")
    )  # fmt: skip


def _bad(message: str, found: str | None, expected: str) -> BadInput:
    return BadInput(Fault(code="bad_query", message=message, field="query", found=found, expected=expected))
