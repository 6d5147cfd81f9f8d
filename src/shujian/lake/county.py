"""What the county itself agreed with a provider: a few keys of its own over a source of the catalogue.

``SHUJIAN_HOME/county/sources/<id>.yaml`` may state number, purpose, first and last day, provider and cadence, and
nothing else: what a row means and what the law shuts stay in the source file. A key that it does not write stands as
the source file has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shujian.kernel.errors import BadInput, Fault
from shujian.kernel.home import home
from shujian.kernel.yamlfile import Where, YamlFile, read_yaml
from shujian.lake.promises import agreement_faults
from shujian.lake.sources import Period, SourceContract

Said = Annotated[str, Field(pattern=r"\S", max_length=500)]
TITLES = {
    "number": "协议编号", "purpose": "使用目的", "from": "生效日", "to": "到期日", "provider": "提供单位",
    "cadence": "更新周期",
}  # fmt: skip
_OF_AGREEMENT = {"number": "number", "purpose": "purpose", "from": "from_", "to": "expires"}
_PLACES = {"expires": "to"}


class CountyAgreement(BaseModel):
    """The file as it stands. An unwritten key is None; a written one is never empty."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    number: Said | None = None
    purpose: Said | None = None
    from_: date | None = Field(default=None, alias="from")
    to: date | None = None
    provider: Said | None = None
    cadence: Period | None = None

    def written(self) -> dict[str, str | date]:
        """Key → value, of the keys that it states, in the order of ``TITLES``."""
        told = self.model_dump(by_alias=True, exclude_none=True)
        return {key: told[key] for key in TITLES if key in told}


@dataclass(frozen=True)
class CountyFile:
    """One county file that has no fault of its own."""

    path: Path
    told: CountyAgreement
    text: YamlFile

    @property
    def keys(self) -> tuple[str, ...]:
        """What it states."""
        return tuple(self.told.written())


def folder() -> Path:
    """Where the county's files lie."""
    return home().root / "county" / "sources"


def county_files() -> list[Path]:
    """Every county file, by name."""
    return sorted(folder().glob("*.yaml"))


def is_county_file(path: Path) -> bool:
    """Whether a path lies where county files lie."""
    return path.resolve().parent == folder().resolve()


def county_file(source_id: str) -> CountyFile | None:
    """What the county states of a source; None where it states nothing. Raises BadInput with every fault."""
    path = folder() / f"{source_id}.yaml"
    return read_county_file(path) if path.exists() else None


def read_county_file(path: Path) -> CountyFile:
    """One county file. Raises BadInput with every fault and its line."""
    return read_county_text(read_yaml(path))


def read_county_text(text: YamlFile) -> CountyFile:
    """What a county file states. Raises BadInput with every fault and its line."""
    if not isinstance(text.value, dict) or not text.value:
        raise BadInput(text.fault((), "not_a_mapping", "本县协议文件应是键值表", expected=_allowed()))
    faults = [
        text.fault(
            (key,), "empty_value", f"{TITLES[key]}不能写空", found="null", expected="写明，或删去这一行"
        )
        for key, value in text.value.items()
        if value is None and key in TITLES
    ]
    try:
        told = CountyAgreement.model_validate(text.value)
    except ValidationError as error:
        faults += [_fault(text, dict(item)) for item in error.errors(include_url=False)]
    if faults:
        raise BadInput(sorted(faults, key=lambda one: (one.line or 0, one.column or 0)))
    return CountyFile(text.path, told, text)


def _fault(text: YamlFile, item: dict[str, object]) -> Fault:
    place = item["loc"]
    assert isinstance(place, tuple)
    if item["type"] == "extra_forbidden":
        message = "本县协议文件里不能写这一项，须改的请改数据源文件"
        return text.fault(place, "not_of_county", message, found=str(place[0]), expected=_allowed())
    if item["type"] == "string_pattern_mismatch":
        wanted = "如 P1M、P2W、P10D" if place == ("cadence",) else "不是空白"
        return text.fault(place, "bad_value", "写法不对", found=str(item["input"]), expected=wanted)
    return text.fault_of(item)


def _allowed() -> str:
    return "、".join(f"{key}（{title}）" for key, title in TITLES.items())


def with_county(contract: SourceContract) -> SourceContract:
    """The source with the county's agreement over it. Raises BadInput with every fault of the county's file, alone
    and together with the source.
    """
    found = county_file(contract.id)
    if found is None:
        return contract
    faults = list(misfits(contract, found))
    if faults:
        raise BadInput(faults)
    return over(contract, found.told)


def over(contract: SourceContract, told: CountyAgreement) -> SourceContract:
    """The source with what the county states in place of what its file states; nothing is checked."""
    written = told.written()
    agreement = {_OF_AGREEMENT[key]: value for key, value in written.items() if key in _OF_AGREEMENT}
    further = {key: value for key, value in written.items() if key not in _OF_AGREEMENT}
    return contract.model_copy(
        update={**further, "agreement": contract.agreement.model_copy(update=agreement)}
    )


def misfits(contract: SourceContract, found: CountyFile) -> Iterator[Fault]:
    """What does not go together: a county file and the source it is for."""
    text = found.text
    if contract.inside is not None:
        yield text.fault(
            (),
            "inside_data",
            "本院自己发布的数据没有提供单位的协议",
            found=contract.id,
            expected="删去这个文件",
        )
    for where, code, message, value, expected in agreement_faults(over(contract, found.told)):
        if where[0] == "agreement":
            key = str(where[1])
            place: Where = (_PLACES.get(key, key),)
            yield text.fault(place, code, message, found=value, expected=expected)
