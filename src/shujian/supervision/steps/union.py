"""``union``: the rows of several steps in one list, the provenance of each kept.

A column that only one branch has is null in the rows of the others. ``<id>_from`` names the branches of a row; a row
out of two branches names both. ``subject`` says which subject of each branch the list is matched and counted by.
"""

from __future__ import annotations

from collections.abc import Sequence

from shujian.kernel.yamlfile import Where
from shujian.supervision.builder import SUBJECT_PARTS, Builder, Statement
from shujian.supervision.further_forms import UnionStep
from shujian.supervision.relation import Relation, quoted, text
from shujian.supervision.scope import KINDS, Column
from shujian.supervision.steps.compute import free_name
from shujian.supervision.steps.pairs import subject_of

PLACE_PARTS = {
    "key": "text", "town": "text", "village": "text", "road": "text", "number": "text", "lon": "number", "lat": "number"
}  # fmt: skip
"""What ``near`` compares of a place."""
Made = list[tuple[Column, list[str]]]
"""A column of the union, and for each branch the SQL of its value there."""


def build(step: UnionStep, builder: Builder) -> None:
    """Write one SELECT a branch, and put equal rows of branches that share a source together."""
    branches = branches_of(builder, step.id, step.from_)
    if branches is None or not fit(step, builder, branches):
        return
    relation, sql = united(step, builder, branches, ())
    builder.finish(step.id, relation, Statement(step=step.id, name=relation.name, sql=sql))


def branches_of(builder: Builder, step_id: str, names: Sequence[str]) -> list[Relation] | None:
    """The relations of these names; None where one is not there, with a fault for each."""
    found = [builder.relation(builder.at(step_id, "from", place), name) for place, name in enumerate(names)]
    branches = [each for each in found if each is not None]
    return branches if len(branches) == len(found) else None


def united(
    step: UnionStep, builder: Builder, branches: Sequence[Relation], more: Sequence[tuple[Column, list[str]]]
) -> tuple[Relation, str]:
    """The relation and the SQL of a union that fits. ``more``: further columns, with the SQL of each branch."""
    aliases = tuple(dict.fromkeys(alias for branch in branches for alias in branch.aliases))
    base = _shared(step, builder, branches)
    made: Made = [*_named(step, builder, branches, base), *_subjects(step, builder, branches), *more]
    origin = Column(f"{step.id}_from", "text")
    relation = Relation(
        name=f"st_{step.id}",
        columns={**base, **{column.name: column for column, _ in made}, origin.name: origin},
        aliases=aliases,
        grouped=branches[0].grouped,
        path=tuple(dict.fromkeys(name for branch in branches for name in branch.path)),
        made={**_kept_subjects(branches), **_made_subjects(step, builder, branches)},
        united=len(branches) > 1 or branches[0].united,
    )
    parts = [_branch(step, relation, branch, place, made) for place, branch in enumerate(branches)]
    sql = " UNION ALL ".join(parts)
    if len(aliases) == sum(len(branch.aliases) for branch in branches):
        return relation, f"SELECT * EXCLUDE (_place) FROM ({sql})"
    named = quoted(origin.name)
    order = [quoted(name) for name in [*relation.physical(), "_g", "_st"]]
    others = ", ".join(name for name in order if name != named)
    listed = f"string_agg({named}, '、' ORDER BY _place) AS {named}"
    return relation, f"SELECT {', '.join(order)} FROM (SELECT {others}, {listed} FROM ({sql}) GROUP BY ALL)"


def fit(step: UnionStep, builder: Builder, branches: Sequence[Relation]) -> bool:
    fine = True
    for place, name in enumerate(step.from_):
        if name in step.from_[:place]:
            builder.fault(
                builder.at(step.id, "from", place),
                "repeated_branch",
                "同一步骤并了两次",
                name,
                "每个来处只写一次",
            )
            fine = False
    if len({branch.grouped for branch in branches}) > 1:
        builder.fault(
            builder.at(step.id, "from"),
            "wrong_type",
            "分组结果只能与分组结果合并",
            "、".join(step.from_),
            "都分组，或都不分组",
        )
        fine = False
    for part, listed in (("columns", step.columns), ("subject", step.subject)):
        for name, each in listed.items():
            if len(each) != len(branches):
                at, said = builder.at(step.id, part, name), "每个来处各写一项，次序与 from 相同"
                builder.fault(at, "wrong_length", said, str(len(each)), str(len(branches)))
                fine = False
    return fine


def _shared(step: UnionStep, builder: Builder, branches: Sequence[Relation]) -> dict[str, Column]:
    """Every column of every branch; a fault where two branches give one name to things of two kinds."""
    found: dict[str, Column] = {}
    for place, branch in enumerate(branches):
        for name, column in branch.columns.items():
            other = found.setdefault(name, column)
            if "null" not in (other.kind, column.kind) and other.kind != column.kind:
                builder.fault(
                    builder.at(step.id, "from", place), "wrong_type", f"两个来处的“{name}”类型不同",
                    f"{KINDS[other.kind]} 与 {KINDS[column.kind]}", "同一类型，或另取列名",
                )  # fmt: skip
            if other.kind == "null":
                found[name] = column
    return found


def _named(step: UnionStep, builder: Builder, branches: Sequence[Relation], base: dict[str, Column]) -> Made:
    made: Made = []
    for name, bodies in step.columns.items():
        at: Where = builder.at(step.id, "columns", name)
        if not free_name(builder, at, name, Relation("", base, ())):
            continue
        compiled = [
            builder.expression((*at, place), body, branch)
            for place, (body, branch) in enumerate(zip(bodies, branches, strict=True))
        ]
        sound = [each for each in compiled if each is not None]
        if len(sound) < len(compiled):
            made.append((Column(name, "null"), ["NULL"] * len(branches)))
            continue
        kinds = {each.kind for each in sound} - {"null"}
        values = [each.sql for each in sound]
        if kinds == {"date", "timestamp"}:
            kinds, values = {"date"}, [f"CAST({value} AS DATE)" for value in values]
        if len(kinds) > 1:
            told = "、".join(KINDS[each.kind] for each in sound)
            builder.fault(at, "wrong_type", "各来处的类型不一致", told, "同一类型")
        types = {branch.columns[each].semantic for each, branch in _read(sound, branches)}
        semantic = next(
            (kind for kind in ("id_card", "person_name", "phone", "money", "integer") if kind in types), None
        )
        made.append((Column(name, kinds.pop() if kinds else "null", semantic), values))
    return made


def _read(sound: Sequence[object], branches: Sequence[Relation]) -> list[tuple[str, Relation]]:
    pairs = zip(sound, branches, strict=True)
    return [
        (name, branch)
        for each, branch in pairs
        for name in getattr(each, "columns", ())
        if name in branch.columns
    ]


def _subjects(step: UnionStep, builder: Builder, branches: Sequence[Relation]) -> Made:
    made: Made = []
    for name, told in step.subject.items():
        sides = [
            subject_of(builder.contracts, branch, each) for branch, each in zip(branches, told, strict=True)
        ]
        for place, side in enumerate(sides):
            if side is None:
                builder.fault(
                    builder.at(step.id, "subject", name, place),
                    "unknown_key",
                    "这里没有这个主体",
                    told[place],
                    "别名.主体",
                )
        kinds = {side[2] for side in sides if side is not None}
        if len(kinds) > 1:
            builder.fault(
                builder.at(step.id, "subject", name),
                "wrong_type",
                "各来处的主体种类不同",
                "、".join(sorted(kinds)),
                "同一种主体",
            )
        if None in sides or len(kinds) != 1:
            continue
        parts = {**SUBJECT_PARTS, "place": PLACE_PARTS}
        for part, kind in parts[next(iter(kinds))].items():
            values = []
            for side, branch in zip(sides, branches, strict=True):
                column = branch.columns.get(f"{side[0]}.{side[1]}__{part}") if side else None
                values.append(builder.use(column) if column is not None else "NULL")
            made.append((Column(f"{step.id}.{name}__{part}", kind), values))
    return made


def _made_subjects(
    step: UnionStep, builder: Builder, branches: Sequence[Relation]
) -> dict[tuple[str, str], str]:
    found = {}
    for name, told in step.subject.items():
        side = subject_of(builder.contracts, branches[0], told[0])
        if side is not None:
            found[(step.id, name)] = side[2]
    return found


def _kept_subjects(branches: Sequence[Relation]) -> dict[tuple[str, str], str]:
    return {key: kind for branch in branches for key, kind in branch.made.items()}


def _branch(step: UnionStep, relation: Relation, branch: Relation, place: int, made: Made) -> str:
    own = {column.name: values[place] for column, values in made}
    own[f"{step.id}_from"] = text(step.from_[place])
    suffix, empty = (
        ("._rows", "CAST(NULL AS VARCHAR[])") if relation.grouped else ("._row", "CAST(NULL AS VARCHAR)")
    )
    parts = []
    for name in relation.columns:
        value = own.get(name) or (quoted(name) if name in branch.columns else "NULL")
        parts.append(f"{value} AS {quoted(name)}")
    for alias in relation.aliases:
        value = quoted(alias + suffix) if alias in branch.aliases else empty
        parts.append(f"{value} AS {quoted(alias + suffix)}")
    return f"SELECT DISTINCT {', '.join(parts)}, _g, _st, {place} AS _place FROM {quoted(branch.name)}"
