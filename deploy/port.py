"""Says in one sentence that a port is taken, and exits 4. Called before long work; standard library only."""

import errno
import socket
import sys


def why_not(port: int) -> str | None:
    """The Chinese sentence that says why nothing can listen on this port of the loopback, or None."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return f"端口 {port} 已被别的程序占用。换一个端口：make run PORT={port + 1}"
            return f"端口 {port} 不能使用（{error.strerror}）。换一个端口：make run PORT=8080"
    return None


def main() -> int:
    """Exit code 0 when the port is free, 4 when it is not, 2 when it is no port."""
    told = sys.argv[1] if len(sys.argv) > 1 else ""
    if not told.isdigit() or not 0 < int(told) < 65536:
        sys.stderr.write(f"错误：PORT 应是 1 到 65535 的整数；实际为：{told}\n")
        return 2
    because = why_not(int(told))
    if because:
        sys.stderr.write(f"错误：{because}\n")
        return 4
    return 0


if __name__ == "__main__":
    sys.exit(main())
