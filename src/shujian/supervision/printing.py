"""SQL as people read it in review: one thought a line, short items of a list side by side."""

from __future__ import annotations

from sqlglot import parse_one

WIDE = 140


def printed(sql: str) -> str:
    """The statement laid out for reading. The same statement: only blanks and line ends differ. DuckDB's dialect."""
    lines = parse_one(sql, dialect="duckdb").sql(dialect="duckdb", pretty=True).split("\n")
    folded: list[str] = []
    open_list = -1  # indent of the list whose last item so far was a short one and is followed by another
    for place, line in enumerate(lines):
        indent = _indent(line)
        deeper = place + 1 < len(lines) and _indent(lines[place + 1]) > indent
        short = not deeper and line.count("(") == line.count(")") and line.count("'") % 2 == 0
        if short and indent == open_list and len(folded[-1]) + len(line.strip()) < WIDE:
            folded[-1] += f" {line.strip()}"
        else:
            folded.append(line)
        open_list = indent if short and line.endswith(",") else -1
    return "\n".join(folded)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
