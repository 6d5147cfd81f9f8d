"""``shujian lake firms``: which firm of one list is which of the other, why, and what a person must look at."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from shujian.cli import output
from shujian.cli.rooms import reads_persons

if TYPE_CHECKING:
    from shujian.lake.read import FirmsFound
    from shujian.matching.firms.report import Answered

Only = Literal["same", "check", "ambiguous", "different", "none", "related"]
FIELDS = {
    "uscc": "信用代码", "tax": "税号", "full": "名称", "core": "字号", "former": "曾用名或别名", "rep": "法定代表人",
    "address": "地址", "town": "乡镇",    "parent": "总机构",
}  # fmt: skip
OUTCOMES = {"same": "相同", "close": "相近", "masked": "可见部分相同", "differs": "不同", "missing": "缺"}


@reads_persons("lake.firms", lambda **told: f"dataset:{told['left']} dataset:{told['right']}")
def firms(
    left: Annotated[
        str, typer.Argument(metavar="LEFT", help="要认定的数据集；有几个单位主体的写成 数据集.主体")
    ],
    right: Annotated[str, typer.Argument(metavar="RIGHT", help="在哪个数据集里找，如企业登记 firm_register")],
    only: Annotated[
        Only | None,
        typer.Option(
            "--only",
            help="只列某一类：same 同一家、check 待核、ambiguous 有几家同样像、"
            "different 名同码不同、none 没找到、related 总分机构",
        ),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100_000, help="最多列几家")] = 20,
    export: Annotated[
        Path | None, typer.Option("--export", help="把全部结果写成一个 XLSX 文件，供人工核对")
    ] = None,
    snapshot: Annotated[
        str | None, typer.Option("--snapshot", help="读旧快照，编号见 lake snapshots")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="只在标准输出打印一个 JSON 对象")] = False,
) -> None:
    """认定两份名单里的单位是不是同一家：信用代码、税号、名称、曾用名、一字之差，逐级比对，每一级都留痕。

    只有 A 级可以不经人工；名称相近的一律待核；几家同样像的不替人选；信用代码都有效而不同的，名称再像也不是一家。
    """
    from shujian.lake.read import pin, resolve_firms
    from shujian.lake.read import snapshot as pinned
    from shujian.supervision.read import firm_limits

    found = resolve_firms(left, right, pinned(snapshot) if snapshot else pin(), firm_limits())
    if export is not None:
        _export(found, export)
    items, more = _items(found, only, limit)
    if as_json:
        output.emit_json("lake.firms", {**_summary(found), "items": items, "next": None, "more": more})
        return
    _draw(found, items, more)


def _summary(found: FirmsFound) -> dict[str, Any]:
    resolved, pairs = found.resolved, found.resolved.pairs
    from shujian.matching.firms.ladder import GRADES
    from shujian.matching.firms.stages import STAGES

    answers = [int(place) for place in resolved.answer if place >= 0]
    told = Counter((STAGES[pairs.stage[place]], GRADES[pairs.grade[place]]) for place in answers)
    cuts = [*resolved.cuts, *found.related.cuts]
    return {
        "snapshot": found.snapshot,
        "left": {"dataset": found.left.dataset, "subject": found.left.subject, "firms": len(found.left.row)},
        "right": {"dataset": found.right.dataset, "subject": found.right.subject, "firms": len(found.right.row)},
        "decisions": dict(Counter(resolved.decision)),
        "stages": [{"stage": stage, "grade": grade, "firms": count} for (stage, grade), count in sorted(told.items())],
        "related": len(found.related.left),
        "cuts": [{"stage": cut.stage, "why": cut.why, "limit": cut.limit, "keys": cut.keys, "pairs": cut.pairs} for cut in cuts],
    }  # fmt: skip


def _items(found: FirmsFound, only: Only | None, limit: int) -> tuple[list[dict[str, Any]], int]:
    from shujian.matching.firms.report import answered
    from shujian.supervision.read import firm_limits

    related = _related(found)
    rows = [
        row
        for row, decision in enumerate(found.resolved.decision)
        if only is None or decision == only or (only == "related" and row in related)
    ]
    shown = firm_limits().candidates
    items = [
        _item(found, answered(found.resolved, row, limit=shown), related.get(row, [])) for row in rows[:limit]
    ]
    return items, max(len(rows) - limit, 0)


def _related(found: FirmsFound) -> dict[int, list[dict[str, Any]]]:
    by_row: dict[int, list[dict[str, Any]]] = {}
    told = zip(
        found.related.left, found.related.right, found.related.relation, found.related.parent, strict=True
    )
    for left, right, relation, parent in told:
        entry = {"relation": relation, "parent": parent, **_firm(found.right, int(right))}
        by_row.setdefault(int(left), []).append(entry)
    return by_row


def _firm(side: Any, row: int) -> dict[str, Any]:
    firms = side.firms
    return {
        "row": side.row[row], "rows": side.rows[row], "name": firms.full[row].as_py(), "uscc": firms.uscc[row].as_py(),
    }  # fmt: skip


def _item(found: FirmsFound, one: Answered, related: list[dict[str, Any]]) -> dict[str, Any]:
    from shujian.kernel.masking import mask_value

    def shown(field: str, value: str | None) -> str | None:
        masked = mask_value("person_name", value) if field == "rep" else value
        return None if masked is None else str(masked)

    candidates = [
        {
            **_firm(found.right, candidate.right), "stage": candidate.stage, "grade": candidate.grade,
            "compared": [
                {"field": each.field, "left": shown(each.field, each.left), "right": shown(each.field, each.right),
                 "outcome": each.outcome}
                for each in candidate.compared
            ],
        }
        for candidate in one.candidates
    ]  # fmt: skip
    return {
        **_firm(found.left, one.left), "decision": one.decision, "candidates": candidates, "more_candidates": one.more,
        "tried": [
            {"stage": each.stage, "title": each.title, "outcome": each.outcome, "says": each.says} for each in one.tried
        ],
        "related": related,
    }  # fmt: skip


def _draw(found: FirmsFound, items: list[dict[str, Any]], more: int) -> None:
    from shujian.matching.firms.report import DECISIONS
    from shujian.matching.firms.stages import TITLES

    counts = Counter(found.resolved.decision)
    title = f"{found.left.dataset}（{len(found.left.row):,} 家）→ {found.right.dataset}（{len(found.right.row):,} 家）"
    output.table(title, ("结论", "家数"), [(text, f"{counts[key]:,}") for key, text in DECISIONS.items()])
    rows = []
    for item in items:
        best = item["candidates"][0] if item["candidates"] else None
        told = (
            _because(best)
            if best
            else "；".join(each["says"] for each in item["tried"] if each["outcome"] == "dropped")
        )
        rows.append((
            item["name"], item["uscc"], DECISIONS[item["decision"]].partition("（")[0],
            best and best["grade"], best and TITLES[best["stage"]], *_others(item), told,
            "、".join(f"{'总机构' if each['relation'] == 'head' else '分支'} {each['name']}" for each in item["related"][:3]),
        ))  # fmt: skip
    columns = ("单位", "信用代码", "结论", "等级", "依据", "对方单位", "对方信用代码", "比对", "总分机构")
    output.table(f"列出 {len(items):,} 家，另有 {more:,} 家未列出", columns, rows)
    for cut in [*found.resolved.cuts, *found.related.cuts]:
        output.say(_cut(cut))
    output.say("只有 A 级可以不经人工核对；其余都是线索，须逐家核对后再用。")


def _others(item: dict[str, Any]) -> tuple[str | None, str | None]:
    """Name and code of the other side; of several equally good ones the names only, none before the others."""
    found = item["candidates"]
    if item["decision"] == "ambiguous":
        return "；".join(each["name"] for each in found), "；".join(
            each["uscc"] or "无代码" for each in found
        )
    return (found[0]["name"], found[0]["uscc"]) if found else (None, None)


def _because(candidate: dict[str, Any]) -> str:
    told = [
        f"{FIELDS[each['field']]}{OUTCOMES[each['outcome']]}"
        for each in candidate["compared"]
        if each["outcome"] != "missing"
    ]
    return "，".join(told)


def _cut(cut: Any) -> str:
    from shujian.matching.firms.stages import TITLES

    where = {str(stage): title for stage, title in TITLES.items()}.get(cut.stage, "总分机构")
    why = "名称太常见" if cut.why == "common" else "同一比对键的行太多"
    return f"注意：{where}一级有 {cut.keys:,} 个键因{why}（上限 {cut.limit}）没有比对，涉及 {cut.pairs:,} 对"


def _export(found: FirmsFound, path: Path) -> None:
    from shujian.faces.sheets.firms import FirmLine, firms_xlsx
    from shujian.kernel.errors import BadInput, Fault

    if path.suffix.lower() != ".xlsx":
        raise BadInput(
            Fault(
                code="bad_export",
                message="只能写成 XLSX 文件",
                field="--export",
                found=path.name,
                expected="如 单位核对.xlsx",
            )
        )
    items, _ = _items(found, None, len(found.left.row) or 1)
    lines = [FirmLine.of(item, _because) for item in items]
    try:
        path.write_bytes(firms_xlsx(lines, f"{found.left.dataset} 对 {found.right.dataset}"))
    except OSError as error:
        raise BadInput(
            Fault(code="cannot_write", message="写不了这个文件", file=str(path), found=error.strerror)
        ) from error
    output.say(f"已写入 {path}（{len(lines):,} 家）")
