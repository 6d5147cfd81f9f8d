"""``shujian model``: list, show, schema, check, prove, plan, run, explain, replay, pack, unpack."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from shujian.cli import model_exchange, model_papers, model_plan, model_prove, model_publish, model_words
from shujian.cli.engines import Engine, known_engine
from shujian.cli.output import emit_items, emit_json, progress, say, table
from shujian.kernel.errors import BadInput, Fault

group = typer.Typer(help="监督模型：检查、证明、预演、运行、解释、重放、打包。", no_args_is_help=True)
AsJson = Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")]
AsOf = Annotated[datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="基准日（默认今天）")]


@group.command("list")
def list_models(as_json: AsJson = False) -> None:
    """列出全部监督模型。"""
    from shujian.supervision import read

    items = [_listed(spec) for spec in read.models().values()]
    _tell_faulty(read.faults())
    if as_json:
        emit_items("model.list", items)
        return
    table(
        "监督模型",
        ["编号", "id", "名称", "状态", "归口单元", "数据"],
        [
            [
                item["number"],
                item["id"],
                item["title"],
                item["status"],
                item["unit"],
                "、".join(item["needs"]),
            ]
            for item in items
        ],
    )


def _tell_faulty(faults: list[Fault]) -> None:
    """Say which model files were left out; the rest goes on."""
    for fault in faults:
        say(f"未载入的模型：{fault.sentence()}")


def _listed(spec: Any) -> dict[str, Any]:
    from shujian.supervision import read

    words = read.words(spec.id)
    return {
        "id": spec.id,
        "number": spec.number,
        "title": spec.title,
        "status": spec.status,
        "taxonomy": spec.taxonomy.model_dump(),
        "unit": spec.unit,
        "needs": list(dict.fromkeys(need.source for need in spec.needs.values())),
        "keywords": words,
        "fingerprint": read.fingerprint(spec.id),
    }


@group.command("show")
def show(
    model: Annotated[str, typer.Argument(help="模型 id 或编号，如 M08")],
    sql: Annotated[bool, typer.Option("--sql", help="只输出编译成的 SQL，供审阅")] = False,
    as_json: AsJson = False,
) -> None:
    """查看一个模型：一句话、步骤、依据、误报与核实清单。"""
    from shujian.supervision import read

    if sql:
        _show_sql(model, as_json)
        return
    spec = read.model(model)
    told = read.sentence(spec)
    if as_json:
        body = {
            **_listed(spec),
            "sentence": told,
            "spec": json.loads(spec.model_dump_json(by_alias=True, exclude_none=True)),
            "note": read.note(spec.id),
        }
        emit_json("model.show", body)
        return
    sys.stdout.write(f"{spec.number or ''} {spec.title}（{spec.id}，{spec.status}）\n\n{told}\n")
    table("步骤", ["步骤", "做什么", "种类"], [[step.id, step.says, step.use] for step in spec.steps])
    table(
        "法律依据",
        ["法律", "条", "自", "至"],
        [[item.law, item.article, item.from_, item.to or ""] for item in spec.basis],
    )
    table("误报与防护", ["可能的误报", "防护"], [[item.what, item.guard] for item in spec.false_positives])
    sys.stdout.write("核实清单：\n" + "".join(f"  □ {item}\n" for item in spec.verify))


def _show_sql(model: str, as_json: bool) -> None:
    from shujian.supervision import read, service

    text = service.sql(model)
    if as_json:
        emit_json("model.show", {"id": read.model(model).id, "sql": text})
    else:
        sys.stdout.write(text)


@group.command("schema")
def schema(as_json: AsJson = False) -> None:
    """输出 model.yaml 的 JSON Schema。"""
    from shujian.supervision import read

    body = read.model_schema()
    if as_json:  # the schema itself, under a tag like any other answer
        emit_json("model.schema", {**body, "json_schema": body})
    else:
        sys.stdout.write(json.dumps(body, ensure_ascii=False, indent=2) + "\n")


Paths = Annotated[list[Path] | None, typer.Argument(help="model.yaml 或文件夹；不写则为全部模型")]


@group.command("check")
def check(paths: Paths = None, as_json: AsJson = False) -> None:
    """检查模型文件：一次报出全部错误，指明文件、行、实际与应为。"""
    from shujian.supervision import service

    faults = service.check(paths or [])
    if as_json:
        emit_items("model.check", [_fault(fault) for fault in faults])
    elif faults:
        for fault in faults:
            sys.stdout.write(fault.sentence() + "\n")
        say(f"共 {len(faults)} 处错误")
    else:
        sys.stdout.write("没有发现错误\n")
    if faults:
        raise typer.Exit(1)


def _fault(fault: Fault) -> dict[str, Any]:
    body = fault.as_dict()
    return {"path": body.pop("file"), **body}


@group.command("run")
def run(
    models: Annotated[list[str] | None, typer.Argument(help="模型 id 或编号，可多个")] = None,
    everything: Annotated[bool, typer.Option("--all", help="运行全部模型")] = False,
    engine: Engine = "duckdb",
    as_of: AsOf = None,
    purpose: Annotated[
        str | None, typer.Option(help="事由编号（评估模式以外必填；督促履职一类的模型总要写）")
    ] = None,
    threads: Annotated[int | None, typer.Option(min=1, help="线程数（默认按机器）")] = None,
    as_json: AsJson = False,
) -> None:
    """在当前数据上运行模型，产生或更新线索。"""
    from shujian.cli.rooms import open_rooms
    from shujian.supervision import read

    known_engine(engine)
    if everything == bool(models):
        raise BadInput(
            Fault(code="usage", message="请写明模型，或用 --all 运行全部", expected="shujian model run M08")
        )
    held = {} if purpose or not everything else _held_back()
    names = (
        [spec.id for spec in read.models().values() if spec.status != "retired" and spec.id not in held]
        if everything
        else list(models or [])
    )
    if everything:
        _tell_faulty(read.faults())
        for fault in held.values():
            say(fault.sentence())
    actor = open_rooms()
    from shujian.runs import service

    with progress() as bar:
        records = service.run_models(
            names,
            actor=actor.name,
            purpose=purpose,
            as_of=_day(as_of),
            threads=threads,
            progress=bar,
            on=engine,
        )
    items = [record.item() for record in records]
    if as_json:
        skipped = [fault.as_dict() for fault in (*read.faults(), *held.values())] if everything else []
        emit_json("model.run", {"items": items, "next": None, "skipped": skipped})
        return
    for item in items:
        _print_run(item)


def _held_back() -> dict[str, Fault]:
    """The models that run under a purpose only, and how to run them."""
    from shujian.supervision import read

    return {
        spec.id: Fault(
            code="no_purpose", message=f"“{spec.title}”只在具体事由下运行，这次没有运行", field="purpose",
            expected=f"shujian model run {spec.number or spec.id} --purpose 事由编号",
        )
        for spec in read.models().values() if spec.privacy.purpose == "required"
    }  # fmt: skip


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _print_run(item: dict[str, Any]) -> None:
    table(
        f"{item['model']}  基准日 {item['as_of']}  快照 {item['snapshot'][:12]}  用时 {item['seconds']} 秒",
        ["步骤", "行数", "不能判断", "说明"],
        [
            [
                step["id"],
                step["rows"],
                step["unknown"] or "",
                step["says"] + "".join(f"（{note}）" for note in step["notes"]),
            ]
            for step in item["steps"]
        ],
    )
    clues = item["clues"]
    sys.stdout.write(
        f"命中 {item['hits']}；新线索 {clues['new']}，追加 {clues['appended']}，不变 {clues['unchanged']}，依据已变 {clues['withdrawn']}\n"
    )
    for warning in item["warnings"]:
        say(f"注意：{warning}")


@group.command("explain")
def explain(
    model: Annotated[str, typer.Argument(help="模型 id 或编号")],
    subject: Annotated[
        str, typer.Argument(help="线索的 subject_key；写 - 则从标准输入读一个证件号码或信用代码")
    ],
    run_id: Annotated[str | None, typer.Option("--run", help="按哪次运行解释（默认最近一次）")] = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """解释一个主体在每一步发生了什么；没有成为线索的也能解释。"""
    from shujian.cli.rooms import open_rooms

    actor = open_rooms()
    from shujian.runs import service

    plain = sys.stdin.readline().strip() if subject == "-" else None
    if subject == "-" and not plain:
        raise BadInput(
            Fault(code="no_subject", message="标准输入里没有号码", expected="一行证件号码或统一社会信用代码")
        )
    found = service.explain(
        model,
        subject_key=None if plain else subject,
        subject_id=plain,
        run_id=run_id,
        as_of=_day(as_of),
        actor=actor.name,
    )
    steps: list[dict[str, Any]] = [
        {
            "id": step.id,
            "says": step.says,
            "in": step.came,
            "out": step.left,
            "reason": step.reason,
            "rows": list(step.rows),
        }
        for step in found.steps
    ]
    if as_json:
        emit_json("model.explain", {"subject": found.subject, "verdict": found.verdict, "steps": steps})
        return
    words = {"hit": "成为线索", "miss": "没有成为线索", "unknown": "不能判断"}
    told = [step for number, step in enumerate(steps) if number == 0 or step["in"]]
    table(
        f"{found.subject}：{words[found.verdict]}",
        ["步骤", "做什么", "进", "出", "原因", "来源行"],
        [
            [step["id"], step["says"], step["in"], step["out"], step["reason"], "\n".join(step["rows"])]
            for step in told
        ],
    )


@group.command("replay")
def replay(
    run_id: Annotated[str, typer.Argument(metavar="RUN", help="运行编号")],
    engine: Engine = "duckdb",
    as_json: AsJson = False,
) -> None:
    """用当时的模型、参数和数据快照重放一次运行，比对结果摘要。"""
    from shujian.cli.rooms import open_rooms

    known_engine(engine)
    actor = open_rooms()
    from shujian.runs import service

    found = service.replay(run_id, actor=actor.name, on=engine)
    body = {
        "run": run_id,
        "same": found.same,
        "expected_sm3": found.expected_sm3,
        "found_sm3": found.found_sm3,
        "first_difference": found.first_difference,
    }
    if as_json:
        emit_json("model.replay", body)
    else:
        sys.stdout.write("重放一致\n" if found.same else f"重放不一致：{found.first_difference}\n")
        sys.stdout.write(f"当时 {found.expected_sm3}\n重放 {found.found_sm3}\n")
    if not found.same:
        raise typer.Exit(1)


model_plan.register(group)
model_prove.register(group)
model_papers.register(group)
model_exchange.register(group)
model_words.register(group)
model_publish.register(group)
