"""``make run``: the invented county once, its funnel, the server. Says READY, then serves until SIGTERM."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from pathlib import Path
from typing import Any

from shujian.kernel.home import Home, home, private_folder

SHUJIAN = Path(sys.executable).with_name("shujian")
START_LIMIT = 60.0


def say(line: str = "") -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def stop(sentence: str, code: int) -> None:
    sys.stderr.write(f"错误：{sentence}\n")
    sys.exit(code)


def county_command(here: Home, rows: str) -> list[str]:
    """The demo command: the county that stands there, or a new one where another number of rows is asked for."""
    command = [str(SHUJIAN), "demo", "--json"]
    if not here.evaluation.exists():
        return command + (["--rows", rows] if rows else [])
    stated = json.loads(here.evaluation.read_text("utf-8"))
    if rows and str(stated.get("rows")) != rows:
        say(f"    已有的示例县是 {stated.get('rows')} 行，按 {rows} 行重建")
        return [*command, "--rows", rows, "--fresh", "--yes"]
    return [*command, "--rows", str(stated["rows"]), "--seed", str(stated["seed"])]


def county(here: Home, rows: str) -> dict[str, Any]:
    """The report of the demo; made when it is not there, or when another number of rows is asked for."""
    kept = here.demo / "report.json"
    if kept.exists():
        report: dict[str, Any] = json.loads(kept.read_text("utf-8"))
        if not rows or report.get("asked_rows") == rows:
            say(f"==> 示例县：已有 {report['rows']:,} 行（种子 {report['seed']}），直接使用")
            return report
    if here.lake.exists() and not here.evaluation.exists():
        stop(f"{here.root} 里已有正式数据，不能混入示例县。请另设 SHUJIAN_HOME 再运行 make run", 3)
    say("==> 示例县：生成名单、导入数据湖、运行全部模型（首次约两三分钟）")
    started = time.monotonic()
    done = subprocess.run(county_command(here, rows), stdout=subprocess.PIPE, text=True, encoding="utf-8")
    if done.returncode:
        sys.stderr.write(done.stdout)
        stop("示例县没有建成，原因见上。改正后再运行 make run 会从头接着做", done.returncode)
    report = {**json.loads(done.stdout), "asked_rows": rows}
    private_folder(here.demo)
    partial = kept.with_suffix(".partial")
    partial.write_text(json.dumps(report, ensure_ascii=False), "utf-8")
    partial.replace(kept)
    say(f"    完成，用时 {time.monotonic() - started:.0f} 秒")
    return report


def funnel(report: dict[str, Any]) -> None:
    """What the models found, in the words of the seed, and how it compares with what was planted."""
    case = report["seed_case"]
    say("")
    say("==> 漏斗")
    say(f"    涉刑在编　有罪判决和相对不起诉 {case['convicted']:,} 人 × 在编 {case['establishment']:,} 人")
    left = f"未见处分 {case['undisciplined']} 人 → 其中教育系统 {case['education']} 人"
    say(f"    　　　　　→ 涉刑在编 {case['overlap']} 人 → {left}")
    tax = (
        f"，估算 {float(case['env_tax_low']):,.0f}—{float(case['env_tax_high']):,.0f} 元"
        if "env_tax_low" in case
        else ""
    )
    say(f"    环保税　　受过处罚而未见申报 {case['env_tax_firms']} 家{tax}")
    say(f"    涉爆矫正　矫正期内又被处罚 {case['correction']} 人")
    say(f"    反向衔接　不起诉后未移送、超期、未回复 {case['reverse']} 条")
    say(f"    督促履职　卫健、交通行政处罚未执行、超期等 {case['urged']} 条")
    say("")
    say("    模型                      埋设    找到    漏掉    误报    其中可能有    不知道")
    for model, counts in report["models"].items():
        graded = list(counts.get("grade", {}).values())
        if graded and not isinstance(graded[0], dict):
            graded = [counts["grade"]]
        sums = [
            sum(int(one.get(key, 0)) for one in graded) for key in ("planted", "found", "missed", "false")
        ]
        rest = [counts.get(key, {}).get("found", 0) for key in ("possible", "unknown")]
        say(f"    {model:<24}" + "".join(f"{n:>8,}" for n in sums) + f"{rest[0]:>12,}{rest[1]:>10,}")
    say("")


def serve(here: Home, port: int) -> subprocess.Popen[bytes]:
    """The server as a child, its words in a log file; back when ``/healthz`` says ready."""
    log = private_folder(here.root / "logs") / "serve.log"
    with log.open("ab") as out:
        child = subprocess.Popen([str(SHUJIAN), "serve", "--port", str(port)], stdout=out, stderr=out)
    limit = time.monotonic() + START_LIMIT
    while time.monotonic() < limit:
        code = child.poll()
        if code is not None:
            sys.stderr.write(
                "".join(log.read_text("utf-8", errors="replace").splitlines(keepends=True)[-15:])
            )
            stop(f"网页服务没有起来（记录在 {log}）", code or 4)
        if ready(port):
            return child
        time.sleep(0.1)
    child.terminate()
    stop(f"网页服务 {START_LIMIT:.0f} 秒内没有就绪（记录在 {log}）", 4)
    raise AssertionError("unreachable")


def index(here: Home) -> subprocess.Popen[bytes]:
    """Bring the search index up to date beside the server, as the least urgent work; searches meanwhile say what lacks."""
    with (private_folder(here.root / "logs") / "index.log").open("wb") as out:
        return subprocess.Popen(
            [str(SHUJIAN), "lake", "index"], stdout=out, stderr=out, preexec_fn=lambda: os.nice(15)
        )


def ready(port: int) -> bool:
    """Whether our server answers on the port."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return bool(json.load(answer).get("ready"))
    except (OSError, ValueError, urllib.error.URLError):
        return False


def shown(path: Path) -> str:
    """The path as the user would type it: relative where it lies below the present folder."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def main() -> int:
    """Exit code 0 after SIGTERM or Ctrl+C; otherwise the server's own."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--port", type=int, required=True)
    asked.add_argument("--rows", default="")
    asked.add_argument("--open", default="1")
    told = asked.parse_args()
    here = home()
    funnel(county(here, told.rows.replace(",", "").replace("_", "")))
    say("==> 网页服务（评估模式：日期已停住，免二次验证，只放示例数据）")
    child = serve(here, told.port)
    indexing = index(here)
    stopping = False

    def pass_on(number: int, _: object) -> None:
        nonlocal stopping
        stopping = True
        indexing.terminate()
        child.send_signal(signal.SIGTERM)

    signal.signal(signal.SIGTERM, pass_on)
    signal.signal(signal.SIGINT, pass_on)
    address = f"http://127.0.0.1:{told.port}/"
    say("    检索索引在后台建立，头一两分钟里检索可能不全，页面会说明")
    say(f"READY {address} accounts in {shown(here.root / 'demo-accounts.json')}")
    if told.open != "0" and (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or sys.platform == "darwin"
    ):
        webbrowser.open(address)
    code = child.wait()
    return 0 if stopping else code


if __name__ == "__main__":
    sys.exit(main())
