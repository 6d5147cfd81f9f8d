"""The Spark cluster: a standalone one of this machine (master and workers as processes of their own), or any by URL.

``SHUJIAN_SPARK`` names a master (``spark://host:7077``, ``local[2]``); else the cluster that ``shujian spark up`` started.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import asdict, dataclass
from pathlib import Path

import pyspark
from pyspark.sql import SparkSession

from shujian.kernel.errors import Fault, Unavailable
from shujian.kernel.home import home
from shujian.kernel.progress import Progress, Silent

HOST = "127.0.0.1"
WAIT = 90.0
"""Seconds that a process may take to answer; a first JVM on two busy cores takes up to 30."""
EXECUTOR_MB, WORKER_MB, DRIVER_MB = 1024, 1400, 2048


@dataclass(frozen=True)
class Process:
    """One process of the cluster: its number, what it is, its log."""

    pid: int
    what: str
    log: str


@dataclass(frozen=True)
class Cluster:
    """A started cluster: the master's URL, its status page, its processes."""

    url: str
    status: str
    processes: tuple[Process, ...]


def _file() -> Path:
    return home().root / "spark" / "cluster.json"


def started() -> Cluster | None:
    """The cluster that was started here and still lives; None where there is none."""
    try:
        told = json.loads(_file().read_text("utf-8"))
    except FileNotFoundError:
        return None
    processes = tuple(Process(**each) for each in told["processes"])
    return Cluster(told["url"], told["status"], processes) if _alive(processes[0]) else None


def _alive(process: Process) -> bool:
    # A number may have gone to another program meanwhile: only a Java process of Spark counts.
    try:
        command = Path(f"/proc/{process.pid}/cmdline").read_bytes()
    except OSError:
        return False
    return b"org.apache.spark.deploy" in command


def workers(cluster: Cluster) -> list[dict[str, object]]:
    """The workers that the master counts as alive: ``{id, cores, memory}``. Raises Unavailable."""
    try:
        with urllib.request.urlopen(f"{cluster.status}/json/", timeout=5) as answer:
            told = json.load(answer)
    except OSError as error:
        raise _unavailable("Spark 主节点没有回答", str(error)) from error
    return [
        {"id": each["id"], "cores": each["cores"], "memory": each["memory"]}
        for each in told["workers"]
        if each["state"] == "ALIVE"
    ]


def up(count: int = 2, *, cores: int = 1, progress: Progress | None = None) -> Cluster:
    """Start a master and ``count`` workers on loopback and wait until the master counts them. What lives is kept; workers
    that are missing, as one that died, are started beside it.

    Raises Unavailable where Java is missing or a process does not answer; nothing that was started now is left then.
    """
    found, shown = started(), progress or Silent()
    folder = home().root / "spark"
    folder.mkdir(parents=True, exist_ok=True)
    living = tuple(each for each in found.processes if _alive(each)) if found else ()
    names = {each.what for each in living}
    missing = [number for number in range(1, count + 1) if f"worker-{number}" not in names]
    if found is not None and not missing:
        return found
    _java()
    shown.begin("启动 Spark 集群", len(missing) + (found is None))
    cluster = Cluster(found.url, found.status, living) if found else _with_master(folder)
    try:
        for number in missing:
            shown.advance(1)
            cluster = _with_worker(cluster, folder, number, cores)
    except BaseException:
        if found is None:
            _stop(cluster)
        raise
    shown.advance(1)
    _file().write_text(json.dumps(asdict(cluster), ensure_ascii=False), "utf-8")
    return cluster


def _with_master(folder: Path) -> Cluster:
    port, status = _free_ports(2)
    master = _start(
        folder, "master", "org.apache.spark.deploy.master.Master",
        ["--host", HOST, "--port", str(port), "--webui-port", str(status)],
    )  # fmt: skip
    cluster = Cluster(f"spark://{HOST}:{port}", f"http://{HOST}:{status}", (master,))
    try:
        _wait(lambda: _answers(cluster), master)
    except BaseException:
        _stop(cluster)
        raise
    return cluster


def _with_worker(cluster: Cluster, folder: Path, number: int, cores: int) -> Cluster:
    before = {each["id"] for each in workers(cluster)}
    (page,) = _free_ports(1)
    worker = _start(
        folder, f"worker-{number}", "org.apache.spark.deploy.worker.Worker",
        ["--host", HOST, "--cores", str(cores), "--memory", f"{WORKER_MB}M", "--webui-port", str(page),
         "--work-dir", str(folder / f"work-{number}"), cluster.url],
    )  # fmt: skip
    try:
        _wait(lambda: {each["id"] for each in workers(cluster)} - before, worker)
    except BaseException:
        _stop(Cluster("", "", (worker,)))
        raise
    return Cluster(cluster.url, cluster.status, (*cluster.processes, worker))


def down() -> int:
    """Stop the cluster that was started here; answers how many processes ended."""
    try:
        told = json.loads(_file().read_text("utf-8"))
    except FileNotFoundError:
        return 0
    processes = tuple(Process(**each) for each in told["processes"])
    stopped = _stop(Cluster(told["url"], told["status"], processes))
    _file().unlink(missing_ok=True)
    return stopped


def _stop(cluster: Cluster) -> int:
    living = [each for each in reversed(cluster.processes) if _alive(each)]
    for sign in (signal.SIGTERM, signal.SIGKILL):
        for each in living:
            if _alive(each):
                os.kill(each.pid, sign)
        deadline = time.monotonic() + 15
        while any(_alive(each) for each in living) and time.monotonic() < deadline:
            time.sleep(0.1)
    return len(living)


def _java() -> None:
    """Raises Unavailable where no Java answers."""
    told = os.environ.get("JAVA_HOME")
    java = str(Path(told) / "bin" / "java") if told else "java"
    try:
        subprocess.run([java, "-version"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise _unavailable(
            "没有找到 Java，Spark 不能运行",
            str(error),
            "Java 17 或更新，如 apt-get install openjdk-17-jre-headless",
        ) from error


def _start(folder: Path, what: str, program: str, arguments: list[str]) -> Process:
    home_of_spark = Path(pyspark.__file__).parent
    environment = {
        **os.environ, "SPARK_HOME": str(home_of_spark), "SPARK_LOCAL_IP": HOST, "PYSPARK_PYTHON": sys.executable,
        "SPARK_DAEMON_MEMORY": "256m", "SPARK_DAEMON_JAVA_OPTS": _QUICK,
    }  # fmt: skip
    log = folder / f"{what}.log"
    # Spark's own script knows which options its Java needs; it becomes that Java, so the number stays.
    command = [str(home_of_spark / "bin" / "spark-class"), program, *arguments]
    with log.open("wb") as out:
        child = subprocess.Popen(
            command, stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=environment,
            cwd=folder, start_new_session=True,
        )  # fmt: skip
    return Process(child.pid, what, str(log))


def _answers(cluster: Cluster) -> bool:
    try:
        workers(cluster)
    except Unavailable:
        return False
    return True


def _wait(done: object, process: Process) -> None:
    assert callable(done)
    deadline = time.monotonic() + WAIT
    while not done():
        if not Path(f"/proc/{process.pid}").exists() or time.monotonic() > deadline:
            tail = Path(process.log).read_text("utf-8", "replace")[-400:]
            raise _unavailable(f"Spark 的 {process.what} 没有起来", tail, f"日志 {process.log}")
        time.sleep(0.2)


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind((HOST, 0))
        return [int(each.getsockname()[1]) for each in sockets]
    finally:
        for each in sockets:
            each.close()


def master_url() -> str:
    """The master to be used. Raises Unavailable where none is named and none was started."""
    told = os.environ.get("SHUJIAN_SPARK")
    if told:
        return told
    found = started()
    if found is None:
        raise _unavailable(
            "没有可用的 Spark 集群", None, "先运行 shujian spark up，或用 SHUJIAN_SPARK 指明主节点地址"
        )
    return found.url


def connect() -> SparkSession:
    """The one connection of this process to the cluster. Raises Unavailable."""
    active = SparkSession.getActiveSession()
    if active is not None:
        return active
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("PYSPARK_DRIVER_PYTHON", sys.executable)
    url = master_url()
    near = url.startswith("local") or HOST in url
    if near:
        os.environ.setdefault("SPARK_LOCAL_IP", HOST)
    builder = SparkSession.builder.master(url).appName("shujian")
    for name, value in _SETTINGS.items():
        builder = builder.config(name, value)
    try:
        spark = builder.config("spark.driver.host", HOST if near else _own_name()).getOrCreate()
    except Exception as error:
        raise _unavailable("连不上 Spark 集群", str(error)[:300], url) from error
    spark.sparkContext.setLogLevel("OFF")
    return spark


def _own_name() -> str:
    return socket.getfqdn()


_QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""For a Java that only plans and watches: its second compiler costs more than all its work."""
_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.shuffle.partitions": "4",
    "spark.sql.adaptive.enabled": "true",
    "spark.executor.memory": f"{EXECUTOR_MB}m",
    "spark.driver.memory": f"{DRIVER_MB}m",
    "spark.driver.extraJavaOptions": _QUICK,
    "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
    "spark.sql.caseSensitive": "true",
}


def _unavailable(message: str, found: str | None, expected: str | None = None) -> Unavailable:
    return Unavailable(Fault(code="no_spark", message=message, found=found, expected=expected))
