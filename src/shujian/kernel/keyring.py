"""The keys of sealed columns: numbered, wrapped by a master key that lies outside the database, one of them in use.

The ring is ``secrets/columns.ring.json``; the master key ``secrets/master.key``, or the file that ``SHUJIAN_MASTER_KEY``
names, for instance on another disk. Both are made at the first use. A key that an earlier version left in
``columns.key`` becomes the first of the ring; what it sealed then bears no number (``bare``).
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from shujian.kernel.clock import now
from shujian.kernel.errors import BadInput, Fault, Unavailable
from shujian.kernel.gm import NONCE, sm4_gcm_open, sm4_gcm_seal
from shujian.kernel.home import home, private_folder

MASTER = "SHUJIAN_MASTER_KEY"


@dataclass(frozen=True)
class Key:
    """One data key; ``wrapped`` is empty once it is destroyed. ``bare``: it also opens values without a number."""

    number: int
    made_at: str
    wrapped: str
    bare: bool = False
    retired_at: str = ""


@dataclass(frozen=True)
class Ring:
    """The keys, oldest first; the last is in use. ``opened``: number → 16 bytes, of those that are not destroyed."""

    keys: tuple[Key, ...]
    opened: dict[int, bytes]

    @property
    def current(self) -> int:
        """The number of the key in use."""
        return self.keys[-1].number

    @property
    def bare(self) -> int | None:
        """The key of values without a number, where there is one."""
        return next((one.number for one in self.keys if one.bare and one.number in self.opened), None)


_known: dict[tuple[Path, Path], tuple[tuple[int, ...], Ring]] = {}


def master_file() -> Path:
    """Where the master key lies."""
    told = os.environ.get(MASTER)
    return Path(told) if told else home().secrets / "master.key"


def ring_file() -> Path:
    """Where the wrapped keys lie."""
    return home().secrets / "columns.ring.json"


def ring() -> Ring:
    """The keys, opened. Raises Unavailable with the file and the way out where the master key is missing or another."""
    place = (ring_file(), master_file())
    try:
        stamp = _stamp(place)
    except FileNotFoundError:
        with _changing():
            if not ring_file().exists():
                _begin()
        stamp = _stamp_or_missing(place)
    held = _known.get(place)
    if held is None or held[0] != stamp:
        held = (stamp, _read(_master()))
        _known[place] = held
    return held[1]


def add() -> int:
    """Make a new key and take it into use; answers its number."""
    with _changing():
        held = _read(_master())
        number = held.current + 1
        _write([*held.keys, _made(number, secrets.token_bytes(16), _master())])
    return number


def retire(number: int) -> None:
    """Destroy a key; what it sealed can never be opened again. Raises BadInput for the one in use and unknown ones."""
    with _changing():
        held = _read(_master())
        if number not in held.opened or number == held.current:
            raise BadInput(
                Fault(code="no_such_key", message="没有这把可以销毁的密钥（正在用的不能销毁）", found=str(number),
                      expected="shujian keys list 列出的旧密钥")
            )  # fmt: skip
        at = now().isoformat(timespec="seconds")
        _write(
            [replace(one, wrapped="", retired_at=at) if one.number == number else one for one in held.keys]
        )


def _stamp(place: tuple[Path, Path]) -> tuple[int, ...]:
    told = [path.stat() for path in place]
    return tuple(part for one in told for part in (one.st_mtime_ns, one.st_size, one.st_ino))


def _stamp_or_missing(place: tuple[Path, Path]) -> tuple[int, ...]:
    try:
        return _stamp(place)
    except FileNotFoundError:
        raise _no_master() from None


def _no_master() -> Unavailable:
    return Unavailable(
        Fault(code="no_master_key", message="主密钥文件不在，加密的列打不开", file=str(master_file()),
              expected=f"挂上放密钥的磁盘，或改正环境变量 {MASTER}；丢了就从备份恢复")
    )  # fmt: skip


def _begin() -> None:
    old = home().secrets / "columns.key"
    master = _master(new=True)
    if old.exists():
        _write([_made(1, bytes.fromhex(old.read_text("ascii").strip())[:16], master, bare=True)])
        old.unlink()
        return
    _write([_made(1, secrets.token_bytes(16), master)])


def _master(*, new: bool = False) -> bytes:
    path = master_file()
    if new and not path.exists():
        if not path.parent.is_dir():
            raise _no_master()
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(secrets.token_bytes(32).hex())
            out.flush()
            os.fsync(handle)
    try:
        mode, text = path.stat().st_mode, path.read_text("ascii")
        found = bytes.fromhex(text.strip())
    except FileNotFoundError:
        raise _no_master() from None
    except OSError as error:
        raise Unavailable(
            Fault(code="no_master_key", message=f"主密钥读不出：{error.strerror}", file=str(path),
                  expected="运行数检的用户可读，权限 0600")
        ) from None  # fmt: skip
    except ValueError:
        found = b""
    if mode & 0o077:
        raise Unavailable(
            Fault(code="open_master_key", message="主密钥文件别人也能读", file=str(path), found=format(mode & 0o777, "04o"),
                  expected=f"chmod 600 {path}")
        )  # fmt: skip
    if len(found) != 32:
        raise Unavailable(
            Fault(code="bad_master_key", message="主密钥文件的内容不对", file=str(path), found=f"{len(text.strip())} 个字符",
                  expected="64 位十六进制；从备份恢复这个文件")
        )  # fmt: skip
    return found[:16]


def _made(number: int, key: bytes, master: bytes, *, bare: bool = False) -> Key:
    nonce = os.urandom(NONCE)
    wrapped = nonce + sm4_gcm_seal(master, nonce, f"columns:{number}".encode(), key)
    return Key(number, now().isoformat(timespec="seconds"), wrapped.hex(), bare)


def _read(master: bytes) -> Ring:
    try:
        keys = tuple(Key(**one) for one in json.loads(ring_file().read_text("utf-8"))["keys"])
        wrapped = {one.number: bytes.fromhex(one.wrapped) for one in keys if one.wrapped}
    except (ValueError, KeyError, TypeError):
        raise Unavailable(
            Fault(code="bad_ring", message="密钥文件被改动，读不出", file=str(ring_file()), expected="从备份恢复这个文件")
        ) from None  # fmt: skip
    return Ring(keys, {number: _opened(number, told, master) for number, told in wrapped.items()})


def _opened(number: int, wrapped: bytes, master: bytes) -> bytes:
    opened = sm4_gcm_open(master, wrapped[:NONCE], f"columns:{number}".encode(), wrapped[NONCE:])
    if opened is None:
        raise Unavailable(
            Fault(code="other_master_key", message="主密钥不是原来那一把，加密的列打不开", file=str(master_file()),
                  expected=f"换回与 {ring_file()} 配对的主密钥，或从备份恢复这两个文件")
        )  # fmt: skip
    return opened


@contextmanager
def _changing() -> Iterator[None]:
    with (private_folder(home().secrets) / "columns.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write(keys: list[Key]) -> None:
    draft = ring_file().with_suffix(".draft")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump({"keys": [asdict(one) for one in keys]}, out, indent=1)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(ring_file())
