"""How values are said in Chinese text."""

from __future__ import annotations

import re

from django import template

from shujian.clues.read import grade_title

register = template.Library()
_ARTICLE = re.compile(r"([\d、，之—\-]+)(.*)", re.DOTALL)


@register.filter
def graded(grade: object) -> str:
    """``B`` → B 级; what a person judged is called that."""
    return grade_title(str(grade))


@register.filter
def article(value: object) -> str:
    """``14`` → 第 14 条; ``177第三款`` → 第 177 条第三款; what does not begin with a number stays as it is."""
    found = _ARTICLE.fullmatch(str(value).strip())
    return f"第 {found[1]} 条{found[2]}" if found else str(value)


@register.filter
def thousands(value: object) -> str:
    """``1234567`` → 1,234,567; anything else stays as it is."""
    return f"{value:,}" if isinstance(value, int) else str(value)
