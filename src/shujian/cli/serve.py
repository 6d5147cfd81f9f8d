"""``shujian serve``: the pages, until SIGTERM."""

from __future__ import annotations

import errno
import signal
import socket
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from shujian.cli.output import say
from shujian.cli.serve_jobs import Beside
from shujian.kernel.errors import Fault, Unavailable
from shujian.kernel.home import home

command = typer.Typer(add_completion=False)


@command.command()
def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="端口")] = 8000,
    host: Annotated[str, typer.Option(help="监听地址；正式部署请放在 TLS 反向代理之后")] = "127.0.0.1",
    jobs: Annotated[
        bool, typer.Option("--jobs/--no-jobs", help="同时运行后台任务；另外运行 shujian jobs work 时关掉")
    ] = True,
) -> None:
    """启动网页服务和后台任务；就绪后打印 READY 一行，收到 SIGTERM 后正常结束。"""
    listening = _listen(host, port)
    accounts, nobody = _prepare()
    shown = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}/"
    beside = Beside()

    def ready() -> None:
        _ready(shown, accounts, nobody)
        if jobs:
            beside.start()

    try:
        _run(listening, ready)
    finally:
        beside.stop()


def _listen(host: str, port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(128)
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        words = (
            f"端口 {port} 已被占用，请换一个：--port {port + 1}"
            if taken
            else f"端口 {port} 打不开：{error.strerror}"
        )
        raise Unavailable(Fault(code="port_taken" if taken else "port", message=words)) from None
    return listening


def _prepare() -> tuple[str | None, bool]:
    """The file of the evaluation accounts, and whether there is nobody yet who could sign in."""
    from shujian.cli.rooms import open_rooms

    open_rooms()
    from shujian.server.first_start import first_accounts, nobody_yet

    return first_accounts(), nobody_yet()


def _ready(address: str, accounts: str | None, nobody: bool) -> None:
    """Called within the server's loop, where no database may be asked."""
    sys.stdout.write(f"READY {address}" + (f" accounts in {accounts}" if accounts else "") + "\n")
    sys.stdout.flush()
    if home().evaluation.exists():
        say("评估模式：时钟已停住，不要求第二因子，只可用于试用，不得录入真实数据。")
    elif nobody:
        say(
            "还没有账号。另开一个终端运行 shujian people first，建立系统、安全、审计三名管理员（只能用一次）。"
        )


def _run(listening: socket.socket, ready: Callable[[], None]) -> None:
    import uvicorn

    from shujian.faces.live.hub import close_streams

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                ready()

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            close_streams()  # an open stream would hold the end up for as long as it may
            await super().shutdown(sockets)

    config = uvicorn.Config(
        "shujian.server.asgi:application", log_level="warning", lifespan="off", access_log=False,
        server_header=False, date_header=True, timeout_graceful_shutdown=10,
    )  # fmt: skip
    # uvicorn raises the signal again once it has shut down; that second one must not kill us.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    Server(config).run(sockets=[listening])
