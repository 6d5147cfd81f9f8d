"""Private settings of an installation: YAML files that only their owner can read, secrets only by reference."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from shujian.kernel.errors import BadInput, Fault, GuardRefused, Unavailable
from shujian.kernel.home import home
from shujian.kernel.yamlfile import read_yaml

M = TypeVar("M", bound=BaseModel)


class Strict(BaseModel):
    """Settings refuse what they do not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class SecretAt(Strict):
    """Where a secret is: an environment variable, or a file (relative to SHUJIAN_HOME), mode 0600. Never itself."""

    env: str | None = None
    file: str | None = None

    @model_validator(mode="after")
    def _one(self) -> SecretAt:
        if (self.env is None) == (self.file is None):
            raise ValueError("写 env（环境变量名）或 file（文件）之一；不能把密码直接写在这里")
        return self

    def read(self) -> str:
        """The secret. Raises Unavailable where it is not there, GuardRefused where others could read it."""
        if self.env is not None:
            told = os.environ.get(self.env)
            if not told:
                raise Unavailable(
                    Fault(code="no_secret", message="没有找到密码：环境变量没有设置", field=self.env, expected="设置这个环境变量")
                )  # fmt: skip
            return told
        path = home().root / str(self.file)
        if not path.is_file():
            raise Unavailable(
                Fault(
                    code="no_secret",
                    message="没有找到密码文件",
                    file=str(path),
                    expected="只写一行密码、权限 0600 的文件",
                )
            )
        guard_private(path)
        return path.read_text("utf-8").strip("\r\n")


def guard_private(path: Path) -> None:
    """Raises GuardRefused where anybody but the owner can read or change a file."""
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise GuardRefused(
            Fault(code="open_to_others", message="文件的权限太宽，其他用户可以读到", file=str(path), found=f"{mode:04o}",
                  expected=f"0600（运行 chmod 600 {path}）")
        )  # fmt: skip


def private_settings(name: str, model: type[M], example: str) -> M:
    """Read ``SHUJIAN_HOME/<name>``. Raises BadInput with every fault and its line, GuardRefused for a wide mode."""
    path = home().root / name
    if not path.is_file():
        raise BadInput(Fault(code="no_settings", message="还没有这份设置", file=str(path), expected=example))
    guard_private(path)
    text = read_yaml(path)
    if not isinstance(text.value, dict):
        raise BadInput(text.fault((), "not_a_mapping", "设置文件应是键值表", expected=example))
    try:
        return model.model_validate(text.value)
    except ValidationError as error:
        raise BadInput([_without_input(text.fault_of(dict(item))) for item in _items(error)]) from None


def _items(error: ValidationError) -> list[Any]:
    return list(error.errors(include_url=False))


def _without_input(fault: Fault) -> Fault:
    """What stands in a settings file may be a password in the wrong place: it is not printed."""
    return Fault(code=fault.code, message=fault.message, file=fault.file, line=fault.line, column=fault.column,
                 field=fault.field, found=None, expected=fault.expected)  # fmt: skip
