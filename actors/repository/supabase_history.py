"""Whether a Supabase project is ready for this program, from its first answer."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from actors.repository.errors import ConnectFailed, MigrationError, SettingRefused
from actors.repository.migrations import note_newer
from actors.repository.schema import check_history, missing_steps
from actors.repository.supabase_verdict import Heard, Unheard, describe, is_credentials_refusal

if TYPE_CHECKING:
    from pydantic import SecretStr

    from actors.repository.messages import JsonValue
    from actors.repository.schema import Migrations

_NOT_EXPOSED: Final = "PGRST106"
_UNKNOWN_FUNCTION: Final = "PGRST202"
_NOT_ALLOWED: Final = "42501"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A key of our own, which the functions ask for when the project's key is a public one."""

    header: str
    key: SecretStr
    setting: str
    """The setting that holds it, for sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupabaseProject:
    """Where a project's API is, what opens it, and where the functions are in it."""

    url: str
    """Without ``/rest/v1``."""
    key: SecretStr
    key_setting: str
    """The setting that holds the key, for sentences."""
    schema: str
    """Must be among the project's exposed schemas."""
    history_function: str
    """Returns the recorded ``[number, name, checksum]`` of all migrations."""
    remedy: str
    """What a person has to do when the functions are missing or old: a sentence without its dot."""
    gate: Gate | None = None


def check_project(
    outcome: Heard | Unheard, project: SupabaseProject, migrations: Migrations
) -> None:
    """Judge the answer of the history function.

    Raises:
        ConnectFailed: When the project cannot be reached now.
        MigrationError: When its functions are missing, hidden, or not this program's.
        SettingRefused: When a key is wrong.
    """
    match outcome:
        case Heard(status=HTTPStatus.OK, is_json=True, value=value):
            recorded = _read(value, project)
            check_history(recorded, migrations)
            note_newer(recorded, migrations)
            if missing := missing_steps(recorded, migrations):
                names = ", ".join(map(str, missing))
                raise MigrationError(f"it lacks {names}. {project.remedy}")
        case Heard(code=code) if code == _NOT_EXPOSED:
            raise MigrationError(
                f"the API does not expose the schema {project.schema}. In Supabase's dashboard"
                " open Project Settings, Data API, and add it to the exposed schemas"
            )
        case Heard(code=code) if code == _UNKNOWN_FUNCTION:
            raise MigrationError(f"the API does not know its functions. {project.remedy}")
        case Heard(code=code) if code == _NOT_ALLOWED:
            raise SettingRefused(_refused_by_the_database(project))
        case Heard() if is_credentials_refusal(outcome):
            raise SettingRefused(
                f"{project.key_setting} was refused by {project.url} ({describe(outcome)})."
            )
        case _:
            raise ConnectFailed(describe(outcome))


def _read(value: JsonValue, project: SupabaseProject) -> dict[int, tuple[str, str]]:
    recorded: dict[int, tuple[str, str]] = {}
    for row in value if isinstance(value, list) else [value]:
        match row:
            case [int(number), str(name), str(checksum)]:
                recorded[number] = (name, checksum)
            case _:
                raise MigrationError(
                    f"{project.history_function} does not return a history. {project.remedy}"
                )
    return recorded


def _refused_by_the_database(project: SupabaseProject) -> str:
    if project.gate is None:
        return (
            f"{project.key_setting} may not call the functions of this database. It has to be a"
            f" secret or service-role key. If it is one: {project.remedy}."
        )
    return (
        f"{project.gate.setting} is not the key that this database knows. {project.remedy}: what"
        f" is printed lets in the key that is set as {project.gate.setting}."
    )
