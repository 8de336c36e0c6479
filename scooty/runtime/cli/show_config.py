"""``scooty config``: every setting, where its value comes from, and no secret."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from pydantic import SecretStr, ValidationError
from pydantic_settings import DotEnvSettingsSource, EnvSettingsSource

from scooty.runtime.cli.terminal import say
from scooty.runtime.config import BurstLimit, Settings, load_settings
from scooty.runtime.masking import MASK

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction
    from collections.abc import Iterator

_ENV_FILE: Final = Path(".env")

_Source: TypeAlias = Literal["environment", ".env", "default"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    variable: str
    value: str
    source: _Source


def add_to(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add the command to the console command's parser."""
    parser = commands.add_parser(
        "config", help="print every setting and where its value comes from; secrets are masked"
    )
    parser.set_defaults(carry_out=carry_out)


def carry_out(_arguments: Namespace) -> int:
    """Print the settings as a run would take them.

    Raises:
        ConfigError: Some cannot be used; raised after all were printed.
    """
    rows = list(_rows())
    widths = [max(len(getattr(row, part)) for row in rows) for part in ("variable", "value")]
    for row in rows:
        say(f"{row.variable:<{widths[0]}}  {row.value:<{widths[1]}}  {row.source}")
    load_settings(env_file=_ENV_FILE)
    return os.EX_OK


def _rows() -> Iterator[_Row]:
    wrong = _wrong_variables()
    defaults = {
        field.alias: field.default
        for field in Settings.model_fields.values()
        if field.alias in wrong
    }
    settings = Settings(_env_file=_ENV_FILE, **defaults)
    sources = _sources()
    for name, field in Settings.model_fields.items():
        variable = str(field.alias)
        # A wrong value may be a secret that was put into the wrong variable, so it is not shown.
        value = "cannot be used" if variable in wrong else _shown(getattr(settings, name))
        yield _Row(variable=variable, value=value, source=sources.get(variable, "default"))


def _wrong_variables() -> set[str]:
    try:
        Settings(_env_file=_ENV_FILE)
    except ValidationError as error:
        return {str(each["loc"][0]) for each in error.errors()}
    return set()


def _sources() -> dict[str, _Source]:
    """Tell where each variable that has a value takes it from, by pydantic-settings' own reading.

    A blank in the environment hides what ``.env`` says, and itself stands for "not set".
    """
    sources: dict[str, _Source] = {}
    readings: tuple[tuple[_Source, dict[str, Any]], ...] = (
        (".env", DotEnvSettingsSource(Settings, env_file=_ENV_FILE)()),
        ("environment", EnvSettingsSource(Settings)()),
    )
    for source, found in readings:
        for variable, value in found.items():
            sources[variable] = source if str(value).strip() else "default"
    return sources


def _shown(value: Any) -> str:
    match value:
        case None:
            return "not set"
        case SecretStr():
            return MASK
        case bool():
            return str(int(value))
        case BurstLimit(burst=burst, per_minute=per_minute):
            return f"{burst}/{per_minute:g}"
        case _:
            return str(value)
